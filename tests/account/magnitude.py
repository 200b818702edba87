"""How large the numbers are that a formula is put together from: where terms cancel, their rounding remains."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from pellucid.formulas import Tree, evaluate

Numbers = Mapping[str, float]


def magnitude(tree: Tree, values: Numbers, terms: Sequence[Numbers] = ()) -> float:  # noqa: C901 - a case for each kind
    """Return what a formula would come to if nothing cancelled: at least |its value|.

    Numbers that are each wrong by a relative 1e-8 make a result that is wrong by about 1e-8 of this.
    """
    match tree:
        case ["=", _, right]:
            return magnitude(right, values, terms)
        case ["sum", _, body]:
            return math.fsum(magnitude(body, dict(values) | dict(term)) for term in terms)
        case ["cases", *_, then, otherwise]:
            return max(magnitude(then, values, terms), magnitude(otherwise, values, terms))
        case ["name" | "number", *_]:
            return abs(evaluate(tree, values, terms))
    kind, *parts = tree
    parts = parts[1:] if kind == "call" else parts
    sizes = [magnitude(part, values, terms) for part in parts]
    exact = [abs(evaluate(part, values, terms)) for part in parts]
    match kind:
        case "+" | "-":
            return math.fsum(sizes)
        case "*":
            return math.prod(sizes)
        case "/":
            return sizes[0] / exact[1] * (sizes[1] / exact[1])
        case "^":
            return float(sizes[0] ** exact[1])
        case "neg":
            return sizes[0]
    value = abs(evaluate(tree, values, terms))
    match tree[1]:
        case "exp":
            return value * max(1.0, sizes[0])
        case "log":
            return max(value, sizes[0] / exact[0])
        case "sqrt":
            return value * (sizes[0] / exact[0] if exact[0] else 1.0)
    return max(value, *sizes)
