"""Reads the engine's Python files and compiles their functions.

A call of another engine function calls its compiled form, and `primitives` are machine instructions.
"""

import ast
import importlib
import os
import re
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from numba import njit
from numba.core.errors import NumbaError, UnsupportedBytecodeError

from pellucid.compiler.intrinsics import INTRINSICS
from pellucid.compiler.rewriting import Compilable
from pellucid.compiler.subset import CompileError, check_function
from pellucid.engine import primitives

ENGINE = "pellucid.engine"
NUMERICS = f"{ENGINE}.numerics"
"""The functions that are all constants, so that it matters how these are fetched (see `targets`)."""

VIEWS = (primitives.Floats, primitives.Integers, primitives.Doubles)


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
        definitions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        for definition in definitions:
            check_function(definition, str(path), vars(module))
        tree.body = [*definitions]
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
        except (NumbaError, UnsupportedBytecodeError) as error:
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
        "inline": "always" if function.__annotations__.get("return") in VIEWS else "never",
    }
    return njit(**options)(function)


def explain(error: Exception, function: str) -> str:
    """Say in one line what the compiler does not accept and where it stands.

    Numba tells the innermost place and reason first, then every caller.
    """
    text = str(error)
    places = re.findall(r'File "([^"]+)", line (\d+)', text) + re.findall(r"at (\S+\.py) \((\d+)\)", text)
    own = [place for place in places if f"{os.sep}numba{os.sep}" not in place[0]]
    location = getattr(error, "loc", None)
    if own:
        file, line = own[0]
    else:
        file, line = (location.filename, str(location.line)) if location is not None else ("the engine", "?")
    reasons = [row.strip() for row in text.splitlines() if row.strip() and not row.startswith("Failed in")]
    return f"{file}, line {line}: {reasons[0]} (while compiling {function})"
