"""The Python that an engine function may use: what is outside is refused with its file and line.

Numba would accept more, and some of it would go wrong in silence: an exception that is raised is lost, `**` and
`math.exp` call the C library of the machine.
"""

import ast
from collections.abc import Iterator
from types import FunctionType
from typing import Any

BUILT_IN = ("abs", "int", "range")

# fmt: off
STATEMENTS = (
    ast.FunctionDef, ast.Return, ast.Assign, ast.AugAssign, ast.Expr, ast.For, ast.While, ast.If, ast.Break,
    ast.Continue,
)
EXPRESSIONS = (
    ast.IfExp, ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Compare, ast.Call, ast.Name, ast.Constant, ast.Attribute,
    ast.Subscript, ast.Slice, ast.Tuple,
)
# fmt: on


class CompileError(Exception):
    """An engine function uses Python that the compiler cannot translate; the message names file and line."""


def check_function(function: ast.FunctionDef, file: str, namespace: dict[str, Any]) -> None:
    """Refuse what an engine function may not use."""
    arguments = [a.arg for a in ast.walk(function.args) if isinstance(a, ast.arg)]
    stored = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    known = {*arguments, *stored, *namespace, *BUILT_IN}
    for node in inner_nodes(function):
        fault = find_fault(node, known, namespace)
        if fault:
            raise CompileError(
                f"{file}, line {node.lineno}: an engine function may not use {fault} (in {function.name})"
            )


def inner_nodes(function: ast.FunctionDef) -> Iterator[ast.stmt | ast.expr]:
    """Yield the statements and expressions of a function's body; its docstring is none."""
    has_docstring = ast.get_docstring(function, clean=False) is not None
    for statement in function.body[1 if has_docstring else 0 :]:
        for node in ast.walk(statement):
            if isinstance(node, ast.stmt | ast.expr | ast.keyword | ast.comprehension | ast.excepthandler):
                yield node  # type: ignore[misc]


def find_fault(node: ast.AST, known: set[str], namespace: dict[str, Any]) -> str:
    """Say what is not allowed about a node; nothing when it is allowed."""
    source = f"`{ast.unparse(node).splitlines()[0]}`"
    if isinstance(node, ast.FunctionDef) or not isinstance(node, STATEMENTS + EXPRESSIONS):
        return source
    if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Pow | ast.MatMult):
        return source
    if isinstance(node, ast.Compare) and any(
        isinstance(op, ast.Is | ast.IsNot | ast.In | ast.NotIn) for op in node.ops
    ):
        return source
    if isinstance(node, ast.Constant) and not isinstance(node.value, int | float):
        return source
    if isinstance(node, ast.Name) and node.id not in known:
        return f"the unknown name `{node.id}`"
    if isinstance(node, ast.Call) and not callable_from_the_engine(node.func, namespace):
        return f"{source}: it can only call engine functions, primitives, {', '.join(BUILT_IN)}"
    return ""


def callable_from_the_engine(function: ast.expr, namespace: dict[str, Any]) -> bool:
    """Tell whether a call's target is one of the engine's own functions or a built-in that is known."""
    if not isinstance(function, ast.Name):
        return False
    target = namespace.get(function.id)
    own = isinstance(target, FunctionType) or function.id in ("float32", "float64")
    return own or (target is None and function.id in BUILT_IN)
