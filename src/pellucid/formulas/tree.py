"""Formulas as trees: written as Python expressions, read with Python's own parser, evaluated in float64."""

import ast
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Tree = list[Any]
"""A node: its kind, then its parts, which are trees, numbers or texts.

- ``["=", left, right]``, ``["+", …]``, ``["-", a, b]``, ``["*", …]``, ``["/", a, b]``, ``["^", a, n]``, ``["neg", a]``;
- ``["name", identifier, [index, …]]``, ``["number", value]``;
- ``["call", function, a, …]`` with exp, log, tanh, sin, cos, sqrt, sign, abs, max;
- ``["sum", index, body]``: over the terms of the record;
- ``["cases", [">", a, b], then, otherwise]``.
"""

FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "exp": math.exp,
    "log": math.log,
    "tanh": math.tanh,
    "sin": math.sin,
    "cos": math.cos,
    "sqrt": math.sqrt,
    "sign": lambda x: math.copysign(1.0, x),
    "abs": abs,
    "max": max,
}

OPERATORS: Mapping[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "^",
}

CONSTANTS = {"pi": math.pi}


def parse(expression: str) -> Tree:
    """Return the tree of an expression such as ``z[j] == b[j] + Sum(i, w[j, i] * x[i])``.

    Examples
    --------
    >>> parse("slope == 1 - a ** 2")
    ['=', ['name', 'slope', []], ['-', ['number', 1], ['^', ['name', 'a', []], ['number', 2]]]]
    """
    return _tree(ast.parse(expression, mode="eval").body)


def _tree(node: ast.expr) -> Tree:  # noqa: C901 - a case for each kind of node
    match node:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            return ["=", _tree(left), _tree(right)]
        case ast.Compare(left=left, ops=[ast.Gt()], comparators=[right]):
            return [">", _tree(left), _tree(right)]
        case ast.BinOp(left=left, op=operator, right=right):
            return _joined(OPERATORS[type(operator)], _tree(left), _tree(right))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return ["neg", _tree(operand)]
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return ["cases", _tree(test), _tree(body), _tree(orelse)]
        case ast.Call(func=ast.Name(id="Sum"), args=[ast.Name(id=index), body]):
            return ["sum", index, _tree(body)]
        case ast.Call(func=ast.Name(id=function), args=arguments):
            return ["call", function, *(_tree(argument) for argument in arguments)]
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Tuple(elts=indices)):
            return ["name", name, [ast.unparse(index) for index in indices]]
        case ast.Subscript(value=ast.Name(id=name), slice=index):
            return ["name", name, [ast.unparse(index)]]
        case ast.Name(id=name):
            return ["name", name, []]
        case ast.Constant(value=int() | float() as value):
            return ["number", value]
    raise ValueError(f"a formula cannot have {ast.unparse(node)}")


def _joined(operator: str, left: Tree, right: Tree) -> Tree:
    """Return a node; sums and products of more than two are one node."""
    if operator in "+*" and left[0] == operator:
        return [*left, right]
    return [operator, left, right]


def evaluate(  # noqa: C901 - a case for each kind of node
    tree: Tree, values: Mapping[str, float], terms: Sequence[Mapping[str, float]] = ()
) -> float:
    """Return the value of a tree in float64.

    Parameters
    ----------
    tree : Tree
        Of an equation the right side is evaluated.
    values : mapping of str to float
        The numbers that names stand for.
    terms : sequence of mappings of str to float
        What they stand for in each term of a sum; outside of sums the first term counts.

    Raises
    ------
    KeyError
        When a name stands for nothing.

    Examples
    --------
    >>> z = parse("z[j] == b[j] + Sum(i, w[j, i] * x[i])")
    >>> evaluate(z, {"b": 1.0}, [{"w": 2.0, "x": 3.0}, {"w": 1.0, "x": -4.0}])
    3.0
    """
    known = (dict(terms[0]) if terms else {}) | dict(values)
    match tree:
        case ["=", _, right]:
            return evaluate(right, values, terms)
        case ["name", name, _]:
            return CONSTANTS[name] if name in CONSTANTS else float(known[name])
        case ["number", value]:
            return float(value)
        case ["sum", _, body]:
            return math.fsum(evaluate(body, dict(values) | dict(term)) for term in terms)
        case ["cases", [">", left, right], then, otherwise]:
            holds = evaluate(left, values, terms) > evaluate(right, values, terms)
            return evaluate(then if holds else otherwise, values, terms)
        case ["call", function, *arguments]:
            return float(FUNCTIONS[function](*(evaluate(argument, values, terms) for argument in arguments)))
    kind, *parts = tree
    numbers = [evaluate(part, values, terms) for part in parts]
    match kind:
        case "+":
            return math.fsum(numbers)
        case "-":
            return numbers[0] - numbers[1]
        case "*":
            return math.prod(numbers)
        case "/":
            return numbers[0] / numbers[1]
        case "^":
            return float(numbers[0] ** numbers[1])
        case "neg":
            return -numbers[0]
    raise ValueError(f"a formula has no {kind}")
