"""Reads the engine's Python files and prepares each function for the compiler.

Some things are changed on the way, none of which changes what the source says:

- a float literal, or a float constant of the module, is a float32 (unless it stands in `float64(…)`);
- a member of an enumeration is its number;
- an index is unsigned;
- a call of another engine function calls its compiled form, and `primitives` are machine instructions.
"""

import ast
import importlib
import re
from enum import EnumMeta
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from numba import njit
from numba.core.errors import NumbaError

from pellucid.compiler.intrinsics import INTRINSICS, constant
from pellucid.engine import primitives
from pellucid.engine.primitives import bits_of

ENGINE = "pellucid.engine"
NUMERICS = f"{ENGINE}.numerics"
"""The functions that are all constants, so that it matters how these are fetched (see `targets`)."""

VIEWS = (primitives.Floats, primitives.Integers, primitives.Doubles)


class CompileError(Exception):
    """An engine function uses Python that the compiler cannot translate; the message names file and line."""


class Compilable(ast.NodeTransformer):
    """Replaces floats by float32 and members of enumerations by their numbers."""

    def __init__(self, namespace: dict[str, Any], fetched: bool) -> None:
        self.namespace = namespace
        self.fetched = fetched

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Leave what stands in float64(…) in full precision."""
        if isinstance(node.func, ast.Name) and node.func.id == "float64":
            node.args = [self.double(argument) for argument in node.args]
            return node
        return self.generic_visit(node)

    def double(self, node: ast.expr) -> ast.expr:
        """Keep constants inside float64(…) in full precision."""
        names = [n.id for n in ast.walk(node) if isinstance(n, ast.Name)]
        constant = all(isinstance(self.namespace.get(name), float) for name in names)
        if constant:
            value = eval(compile(ast.Expression(node), "<constant>", "eval"), dict(self.namespace))
            return ast.copy_location(ast.Constant(value), node)
        return self.visit(node)  # type: ignore[no-any-return]

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        """Make a float literal a float32."""
        return self.single(node, node.value) if isinstance(node.value, float) else node

    def single(self, node: ast.expr, value: float) -> ast.Call:
        """Write a float32 in place of a float: a `constant`, where the target is to say how it is fetched."""
        if self.fetched and bits_of(value) != 0:
            name = f"constant_{bits_of(value) & 0xFFFFFFFF:08x}"
            self.namespace[name] = constant(value)
            call = ast.Call(func=ast.Name(id=name, ctx=ast.Load()), args=[], keywords=[])
            return ast.fix_missing_locations(ast.copy_location(call, node))
        return converted("float32", ast.copy_location(ast.Constant(float(value)), node))

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """Make a float constant of the module a float32."""
        value = self.namespace.get(node.id)
        if isinstance(node.ctx, ast.Load) and isinstance(value, float):
            return self.single(node, value)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """Make a member of an enumeration its number."""
        owner = self.namespace.get(node.value.id) if isinstance(node.value, ast.Name) else None
        if isinstance(owner, EnumMeta):
            return ast.copy_location(ast.Constant(int(owner[node.attr].value)), node)
        return self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """Make an index unsigned: the engine counts from the front, so that no index needs a look at its sign."""
        self.generic_visit(node)
        if not (isinstance(node.value, ast.Attribute) and node.value.attr == "shape"):
            indices = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            unsigned: list[ast.expr] = [
                index if isinstance(index, ast.Constant | ast.Slice) else converted("uint64", index)
                for index in indices
            ]
            node.slice = ast.Tuple(unsigned, ast.Load()) if isinstance(node.slice, ast.Tuple) else unsigned[0]
        return ast.fix_missing_locations(node)


def converted(kind: str, value: ast.expr) -> ast.Call:
    """Write kind(value)."""
    call = ast.Call(func=ast.Name(id=kind, ctx=ast.Load()), args=[value], keywords=[])
    return ast.fix_missing_locations(ast.copy_location(call, value))


def engine_functions(module: ModuleType) -> list[FunctionType]:
    """Return the functions that an engine module defines, in order."""
    return [f for f in vars(module).values() if isinstance(f, FunctionType) and f.__module__ == module.__name__]


def engine_imports(module: ModuleType) -> dict[str, FunctionType]:
    """Return the engine functions that a module imports from others, by the names that they have there."""
    return {
        alias: value
        for alias, value in vars(module).items()
        if isinstance(value, FunctionType)
        and value.__module__.startswith(ENGINE + ".")
        and value.__module__ not in (module.__name__, f"{ENGINE}.primitives")
    }


class Engine:
    """The engine's functions, ready to be compiled for given argument types."""

    def __init__(self) -> None:
        self.compiled: dict[str, dict[str, Any]] = {}

    def load(self, name: str) -> dict[str, Any]:
        """Return one engine module's functions by name, in compilable form (and those that it imports)."""
        if name not in self.compiled:
            module = importlib.import_module(name)
            namespace = dict(vars(module)) | INTRINSICS
            for alias, function in engine_imports(module).items():
                namespace[alias] = self.load(function.__module__)[function.__name__]
            self.compiled[name] = self.translate(module, namespace)
        return self.compiled[name]

    def translate(self, module: ModuleType, namespace: dict[str, Any]) -> dict[str, Any]:
        """Rewrite a module's functions and wrap each for the compiler; line numbers stay those of the file."""
        path = Path(module.__file__ or "")
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        tree.body = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        compilable_tree = Compilable(namespace, fetched=module.__name__ == NUMERICS)
        tree = ast.fix_missing_locations(compilable_tree.visit(tree))
        exec(compile(tree, str(path), "exec"), namespace)
        functions = {f.__name__: namespace[f.__name__] for f in engine_functions(module)}
        wrapped = {name: compilable(function) for name, function in functions.items()}
        namespace.update(wrapped)
        return wrapped

    def compile(self, module: str, function: str, signature: Any) -> Any:
        """Compile one function for the given Numba signature and return Numba's result for it."""
        dispatcher = self.load(module)[function]
        try:
            dispatcher.compile(signature)
        except NumbaError as error:
            raise CompileError(explain(error, function)) from error
        return dispatcher.overloads[signature.args]


def compilable(function: FunctionType) -> Any:
    """Wrap a function for Numba.

    A view of memory cannot be returned without a run-time library, so the code of a function that returns one is
    copied to where it is called.
    """
    options: dict[str, Any] = {
        "error_model": "numpy",  # x / 0 is infinity, as IEEE 754 says, not an exception
        "fastmath": False,  # the written order of a sum is part of its value
        "_nrt": False,  # no run-time library: nothing is allocated
        "no_cpython_wrapper": True,
        "no_cfunc_wrapper": True,
        "inline": "always" if function.__annotations__["return"] in VIEWS else "never",
    }
    return njit(**options)(function)


def explain(error: NumbaError, function: str) -> str:
    """Say in one line what the compiler does not accept and where it stands.

    Numba tells the innermost place and reason first, then every caller.
    """
    text = str(error)
    place = re.search(r'File "([^"]+)", line (\d+)|at (\S+\.py) \((\d+)\)', text)
    location = getattr(error, "loc", None)
    if place is not None:
        file, line = (place[1], place[2]) if place[1] else (place[3], place[4])
    else:
        file, line = (location.filename, location.line) if location is not None else ("the engine", "?")
    reasons = [row.strip() for row in text.splitlines() if row.strip() and not row.startswith("Failed in")]
    return f"{file}, line {line}: {reasons[0]} (while compiling {function})"
