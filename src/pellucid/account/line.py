"""The parts of an account: stages in the order of the update, of parts with one formula each, of lines."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pellucid.account.filling import filled
from pellucid.account.ledger import Numbers
from pellucid.account.names import Name
from pellucid.account.rule import Rule, Source
from pellucid.account.text_writer import TextWriter
from pellucid.formulas import Formula, Tree

Place = tuple[int, int, int]
"""Layer, unit and source; −1 where there is none."""


@dataclass(frozen=True)
class Line:
    """One number of an account, with what it was made from.

    The numbers are those of the engine, float32, exactly.

    Attributes
    ----------
    name : Name
        What it belongs to: an input, a unit, a weight.
    rule : Rule
        Its formula.
    place : tuple of int
        Layer, from 0: the first hidden one; unit; source, an input of the layer, −1 for a bias or where there is none.
    values : dict of str to float
        The numbers of the formula; the first is the result.
    terms : tuple of dicts of str to float
        The numbers of each term of its sum.
    term_names : tuple of Name
        What each term belongs to.
    """

    name: Name
    rule: Rule
    place: Place
    values: Numbers
    terms: tuple[Numbers, ...] = ()
    term_names: tuple[Name, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of record, such as "pre_activation", or "input"."""
        return self.rule.kind

    @property
    def variant(self) -> str:
        """The variant of the formula, such as "tanh"."""
        return self.rule.variant

    @property
    def formula(self) -> Formula:
        """What stands in the record, and its equations."""
        return self.rule.formula

    @property
    def equations(self) -> tuple[Tree, ...]:
        """The equations as trees; the last one has the result on its left side."""
        return self.rule.trees

    @property
    def sources(self) -> tuple[Source | None, ...]:
        """The line of the engine that computes each equation; None where a number is computed by doing nothing."""
        return self.rule.sources

    @property
    def result(self) -> float:
        """What the equations lead to."""
        return self.values[self.formula.names[0]]

    def value(self, equation: Tree) -> float:
        """Return the engine's number for the left side of one of the equations."""
        return self.values[equation[1][1]]

    def symbols(self) -> tuple[str, ...]:
        """Return the equations in symbols, as text."""
        return tuple(TextWriter().write(tree) for tree in self.rule.symbols)

    def numbers(self, *, whole: bool = True) -> tuple[str, ...]:
        """Return the equations with numbers in place of symbols, as text.

        Parameters
        ----------
        whole : bool
            Whether long sums are written with all their terms, in their order, else with the five largest first.
        """
        return tuple(TextWriter().write(tree) for tree in self.filled(whole=whole))

    def filled(self, *, whole: bool) -> tuple[Tree, ...]:
        """Return the equations as trees of numbers: left side = numbers = result."""
        made = []
        for tree, written in zip(self.rule.trees, self.rule.symbols, strict=True):
            left = ["name", written[1][1], []]
            right, result = filled(tree[2], self.values, self.terms, whole=whole), ["number", self.value(tree)]
            made.append(["=", left, result] if right == result else ["=", left, right, result])
        return tuple(made)


@dataclass(frozen=True)
class Part:
    """The lines of a stage that have the same formula; they are read from the engine when they are asked for.

    Attributes
    ----------
    rule : Rule
        Their formula.
    places : sequence of tuples
        The place of each line.
    sizes : ndarray of shape (n,), float32
        How large the result of each is: when there are too many to show, the largest are shown.
    read : callable
        What reads the line of a place.
    """

    rule: Rule
    places: Sequence[Place]
    sizes: npt.NDArray[np.float32]
    read: Callable[[Rule, Place], Line]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines."""
        return self._at(range(len(self.places)))

    def largest(self, count: int) -> tuple[Line, ...]:
        """Return the lines with the largest results, in their order."""
        if count >= len(self.places):
            return self.lines
        return self._at(sorted(np.argsort(-self.sizes, kind="stable")[:count].tolist()))

    @cached_property
    def _known(self) -> dict[int, Line]:
        """The lines that have been read, by the number of their place."""
        return {}

    def _at(self, numbers: Iterable[int]) -> tuple[Line, ...]:
        for number in numbers:
            if number not in self._known:
                self._known[number] = self.read(self.rule, self.places[number])
        return tuple(self._known[number] for number in numbers)


@dataclass(frozen=True)
class Stage:
    """A stage of the update, such as the step of a layer.

    Attributes
    ----------
    title : str
        What happens in it.
    parts : tuple of Part
        Its lines by formula.
    """

    title: str
    parts: tuple[Part, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines of the stage."""
        return tuple(line for part in self.parts for line in part.lines)
