"""The grammar of formulas: where parentheses stand, for every notation alike."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from enum import IntEnum

from pellucid.account.figures import is_negative
from pellucid.formulas import Tree

BREAK = "\x1f"
"""Stands where a line may end; what puts a part between braces or tags takes it out."""


class Level(IntEnum):
    """How tightly the parts of a node hold together."""

    EQUATION = 0
    SUM = 1
    PRODUCT = 2
    SIGN = 3
    POWER = 4
    ATOM = 5


class Writer(ABC):
    """Turns a tree into a notation; what differs between notations is left to the subclass.

    A negative number is put in parentheses unless it stands first.
    """

    most_drawn = 0
    """Quotients of sums of up to so many terms are drawn with a line; longer ones are written so that they break."""

    def write(self, tree: Tree) -> str:
        """Return an equation, or a part of one."""
        return "".join(self.pieces(tree))

    def pieces(self, tree: Tree) -> list[str]:
        """Return the same in the pieces between which a line may end: before + and the last =."""
        pieces = self._write(tree, Level.EQUATION, first=True).split(BREAK)
        return ["".join(pieces[:2]), *pieces[2:]] if tree[0] == "=" else pieces

    @abstractmethod
    def _number(self, value: float) -> str:
        """Return a number."""

    @abstractmethod
    def _name(self, identifier: str, indices: Sequence[str]) -> str:
        """Return the symbol of a name."""

    @abstractmethod
    def _sign(self, operator: str) -> str:
        """Return one of "=", "+", "−", "·", "/" as it stands between parts."""

    @abstractmethod
    def _negative(self, part: str) -> str:
        """Return a part with a minus sign before it."""

    @abstractmethod
    def _power(self, base: str, exponent: str) -> str:
        """Return a power."""

    @abstractmethod
    def _call(self, function: str, arguments: Sequence[str]) -> str:
        """Return a function of its arguments."""

    @abstractmethod
    def _total(self, index: str, body: str) -> str:
        """Return the sum over an index."""

    @abstractmethod
    def _cases(self, left: str, right: str, then: str, otherwise: str) -> str:
        """Return one of two parts, by whether left > right."""

    @abstractmethod
    def _more(self, count: int, total: str) -> str:
        """Return what stands for further terms of a sum."""

    @abstractmethod
    def _grouped(self, part: str) -> str:
        """Return a part in parentheses."""

    def _draws(self, tree: Tree) -> bool:
        return tree[0] == "/" and max(_terms(part) for part in tree[1:]) <= self.most_drawn

    def _fraction(self, above: str, below: str) -> str:
        """Return a quotient that is drawn."""
        return self._joined("/", [above, below])

    def _joined(self, operator: str, parts: Iterable[str]) -> str:
        return ((BREAK if operator in "=+" else "") + self._sign(operator)).join(parts)

    def _write(self, tree: Tree, least: Level, *, first: bool) -> str:
        """Return a tree whose parts must hold together at least so tightly; `first` where nothing stands before it."""
        level = _level(tree, drawn=self._draws(tree))
        negative = tree[0] == "number" and is_negative(tree[1]) and not first
        if level < least or negative:
            return self._grouped(self._node(tree, first=True))
        return self._node(tree, first=first)

    def _node(self, tree: Tree, *, first: bool) -> str:  # noqa: C901 - a case for each kind of node
        match tree:
            case ["number", value]:
                return self._number(value)
            case ["name", identifier, indices]:
                return self._name(identifier, indices)
            case ["call", function, *arguments]:
                return self._call(function, [self._write(each, Level.SUM, first=True) for each in arguments])
            case ["sum", index, body]:
                return self._total(index, self._write(body, Level.PRODUCT, first=False))
            case ["cases", [">", left, right], then, otherwise]:
                return self._cases(
                    *(self._write(each, Level.SUM, first=True) for each in (left, right, then, otherwise))
                )
            case ["more", count, total]:
                return self._more(count, self._number(total))
            case ["^", base, exponent]:
                raised = self._write(exponent, Level.ATOM, first=True)
                return self._power(self._write(base, Level.ATOM, first=False), raised)
            case ["neg", part]:
                return self._negative(self._write(part, Level.SIGN, first=False))
            case ["/", above, below] if self._draws(tree):
                return self._fraction(
                    self._write(above, Level.SUM, first=True), self._write(below, Level.SUM, first=True)
                )
            case ["/", above, below]:
                over = self._write(above, Level.PRODUCT, first=first)
                return self._joined("/", [over, self._write(below, Level.SIGN, first=False)])
            case ["-", left, right]:
                taken = self._write(right, Level.PRODUCT, first=False)
                return self._joined("−", [self._write(left, Level.SUM, first=first), taken])
            case ["=", *parts]:
                return self._joined("=", [self._write(part, Level.SUM, first=True) for part in parts])
        operator, least = ("+", Level.SUM) if tree[0] == "+" else ("·", Level.PRODUCT)
        written = [self._write(part, least, first=first and not place) for place, part in enumerate(tree[1:])]
        return self._joined(operator, written)


def _terms(tree: Tree) -> int:
    return len(tree) - 1 if tree[0] == "+" else 1


def _level(tree: Tree, *, drawn: bool) -> Level:
    match tree[0]:
        case "+" | "-" | "sum":
            return Level.SUM
        case "*":
            return Level.PRODUCT
        case "/":
            return Level.ATOM if drawn else Level.PRODUCT
        case "neg":
            return Level.SIGN
        case "^":
            return Level.POWER
        case "=":
            return Level.EQUATION
        case "number" if isinstance(tree[1], float) and "e" in f"{tree[1]:.6g}":
            return Level.POWER
    return Level.ATOM


def unbroken(part: str) -> str:
    """Return a part in which no line may end."""
    return part.replace(BREAK, "")
