"""Signatures as the source has them, with its short names of types; evaluated, `ArrayLike` alone fills six lines."""

import ast
import dataclasses
import inspect
from collections.abc import Iterable
from pathlib import Path
from types import FunctionType
from typing import Any, Literal, get_args, get_origin

from sphinx.application import Sphinx

from pellucid.experiment.settings import Document


def setup(app: Sphinx) -> dict[str, bool]:
    """Let the source say how something is called."""
    app.connect("autodoc-process-signature", signature)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def signature(
    app: Sphinx, what: str, name: str, found: Any, options: Any, arguments: str, returned: str
) -> tuple[str, str] | None:
    """Return the arguments and the type of the result; None leaves it to autodoc."""
    if is_class(found):
        return _of_class(found)
    function = getattr(found, "__func__", found)
    return _of_function(function) if inspect.isfunction(function) else None


def is_class(found: Any) -> bool:
    """Tell a class; a name for a type such as ``list[int]`` is none."""
    return inspect.isclass(found) and get_origin(found) is None


def _of_class(found: type[Any]) -> tuple[str, str] | None:
    if issubclass(found, Document):
        return "(**settings)", ""
    if dataclasses.is_dataclass(found):
        return _names(field.name for field in dataclasses.fields(found) if field.init)
    if issubclass(found, tuple):
        return _names(getattr(found, "_fields", ()))
    made = found.__dict__.get("__init__")
    return (_of_function(made)[0], "") if inspect.isfunction(made) else None


def _names(fields: Iterable[str]) -> tuple[str, str]:
    """Return the arguments of a class that holds what its docstring lists."""
    return f"({', '.join(fields)})", ""


def _of_function(function: FunctionType) -> tuple[str, str]:
    tree = _Plain(function).visit(_definition(function))
    first = tree.args.posonlyargs or tree.args.args
    if first and first[0].arg in ("self", "cls"):
        first.pop(0)
    return f"({ast.unparse(tree.args)})", "" if tree.returns is None else ast.unparse(tree.returns)


class _Plain(ast.NodeTransformer):
    """Writes out what has a name in the source only: choices, numbers by default, and types that are yet to come."""

    def __init__(self, function: FunctionType) -> None:
        self._known = function.__globals__

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg):
            if each is not None and each.annotation is not None:
                each.annotation = self.visit(each.annotation)
        node.args.defaults = [self._value(each) for each in node.args.defaults]
        node.args.kw_defaults = [each and self._value(each) for each in node.args.kw_defaults]
        node.returns = None if node.returns is None else self.visit(node.returns)
        return node

    def _value(self, default: ast.expr) -> ast.expr:
        known = self._known.get(default.id) if isinstance(default, ast.Name) else None
        return ast.Constant(known) if isinstance(known, int | float | str) else default

    def visit_Name(self, node: ast.Name) -> ast.expr:
        known = self._known.get(node.id)
        if get_origin(known) is not Literal:
            return node
        return ast.parse(f"Literal{list(get_args(known))!r}", mode="eval").body

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        if ast.unparse(node.value) != "Literal":
            node.slice = self.visit(node.slice)
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return self.visit(ast.parse(node.value, mode="eval").body) if isinstance(node.value, str) else node


def _definition(function: FunctionType) -> ast.FunctionDef:
    """Return a function as its file has it."""
    tree = ast.parse(Path(function.__code__.co_filename).read_text("utf-8"))
    first = function.__code__.co_firstlineno
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and first in (node.lineno, *(each.lineno for each in node.decorator_list)):
            return node
    raise LookupError(f"{function.__qualname__} is not in {function.__code__.co_filename}, line {first}")
