"""Formulas with numbers in the places of their names."""

import math
from collections.abc import Mapping, Sequence

from pellucid.formulas import Tree, evaluate
from pellucid.formulas.tree import CONSTANTS

MOST_TERMS = 6
"""Up to so many terms of a sum are shown in their order."""

LARGEST_TERMS = 5
"""Of more terms so many are shown, the largest first."""


def filled(
    tree: Tree, values: Mapping[str, float], terms: Sequence[Mapping[str, float]] = (), *, whole: bool = False
) -> Tree:
    """Return a tree with numbers for names, whose sums are written out.

    Terms that are left out stand as one node: ``["more", how many, what they add up to]``.

    Parameters
    ----------
    tree : Tree
        Of an equation, the right side.
    values : mapping of str to float
        The numbers that names stand for.
    terms : sequence of mappings of str to float
        What they stand for in each term of a sum; outside of sums the first term counts.
    whole : bool
        Whether sums are written with all their terms.

    Examples
    --------
    >>> from pellucid.formulas import parse
    >>> filled(parse("b + Sum(i, w * x)"), {"b": 1.0}, [{"w": 2.0, "x": 3.0}])
    ['+', ['number', 1.0], ['*', ['number', 2.0], ['number', 3.0]]]
    """
    known = (dict(terms[0]) if terms else {}) | dict(values)
    match tree:
        case ["name", name, _]:
            return tree if name in CONSTANTS else ["number", known[name]]
        case ["number", _]:
            return tree
        case ["sum", _, body]:
            return _summed(body, values, terms, whole=whole)
        case ["call", function, *arguments]:
            return ["call", function, *(filled(each, values, terms, whole=whole) for each in arguments)]
    kind, *parts = tree
    made = [filled(part, values, terms, whole=whole) for part in parts]
    if kind == "+":
        # A sum within a sum is one sum.
        made = [each for part in made for each in (part[1:] if part[0] == "+" else [part])]
    return [kind, *made]


def _summed(body: Tree, values: Mapping[str, float], terms: Sequence[Mapping[str, float]], *, whole: bool) -> Tree:
    own = [dict(values) | dict(term) for term in terms]
    if whole or len(own) <= MOST_TERMS:
        made = [filled(body, each) for each in own]
    else:
        sizes = [evaluate(body, each) for each in own]
        order = sorted(range(len(own)), key=lambda place: _size(sizes[place]), reverse=True)
        rest = order[LARGEST_TERMS:]
        made = [filled(body, own[place]) for place in order[:LARGEST_TERMS]]
        made.append(["more", len(rest), sum(sizes[place] for place in rest)])
    if not made:
        return ["number", 0.0]
    return made[0] if len(made) == 1 else ["+", *made]


def _size(number: float) -> float:
    """Return |number|; what is not a number is what one wants to see first."""
    return math.inf if math.isnan(number) else abs(number)
