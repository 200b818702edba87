"""Rewrites an engine function so that Numba compiles it as it is meant.

Some things are changed, none of which changes what the source says:

- a float literal, or a float constant of the module, is a float32 (unless it stands in `float64(…)`);
- a member of an enumeration is its number;
- an index is unsigned.
"""

import ast
from enum import EnumMeta
from typing import Any

from pellucid.compiler.intrinsics import constant
from pellucid.engine.primitives import bits_of


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
        if all(isinstance(self.namespace.get(name), float) for name in names):
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
