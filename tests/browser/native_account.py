"""The account of an update by the native engine, and its numbers as the page writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pellucid import Run
from pellucid.block import Block
from pellucid.library import library

Floats = npt.NDArray[np.float32]
MINUS = "−"
DIGITS = 4
RESULT = 6
"""Digits of a number, and of a result."""


@dataclass(frozen=True)
class Term:
    """A term of a sum: its own number and what it is made from, the product last."""

    number: int
    values: tuple[float, ...]


class NativeAccount:
    """The account of the next update of a run, which stays as it is.

    Parameters
    ----------
    run : Run
        A run that was trained as the page's.
    sample : int or None
        The sample that the update is made on alone; None for the next batch.
    """

    def __init__(self, run: Run, sample: int | None = None, place: int = 0) -> None:
        words = run._block.words
        self._before, self._after = Block(library(), words.size), Block(library(), words.size)
        for block in (self._before, self._after):
            block.words[:] = words
        alone, chosen = (0, place) if sample is None else (1, sample)
        assert self._call("account", alone, chosen) >= 0
        widths = [self._before.integer("WIDTHS", column) for column in range(self._before.integer("LAYERS") + 1)]
        self.widths = widths
        self.losses: Floats = self._before.array("SAMPLE_LOSSES").copy()
        self.targets: Floats = self._before.array("TARGETS").copy()
        # The result of looking into one number must not be that of another.
        self._out = np.empty(64 + 4 * max(*widths, run._block.integer("SAMPLES")), np.float32)

    @property
    def sample(self) -> int:
        return self._before.integer("ACCOUNT_SAMPLE")

    def record(self, kind: str, layer: int = 0, unit: int = 0, source: int = -1, after: bool = False) -> Floats:
        """Return a record, of the moment before the update or of the one after it."""
        block = self._after if after else self._before
        code = library().enumerations["Record"][kind]
        length = block.call("record", self._after.address, code, layer, unit, source, self._out.ctypes.data)
        assert length >= 0
        return self._out[:length].copy()

    def units(self, after: bool = False) -> list[Floats]:
        """Return z, a and δ of each column's units, (width, 3)."""
        out = np.empty((sum(self.widths), 3), np.float32)
        (self._after if after else self._before).call("account_units", out.ctypes.data)
        return np.split(out, np.cumsum(self.widths)[:-1])

    def parameters(self, after: bool = False) -> list[tuple[Floats, Floats]]:
        """Return W (n_out, n_in) and b of each layer."""
        return (self._after if after else self._before).layers("PARAMETERS")

    def gradients(self) -> list[tuple[Floats, Floats]]:
        """Return ∂L/∂W (n_out, n_in) and ∂L/∂b of each layer."""
        return self._after.layers("GRADIENTS")

    def nudge(self, layer: int, unit: int, source: int, epsilon: float) -> Floats:
        """Return L(w), L(w − ε), L(w + ε), the slope between them, ∂L/∂w."""
        out = np.empty(5, np.float32)
        status = self._before.call("nudge", self._after.address, layer, unit, source, epsilon, out.ctypes.data)
        assert status >= 0
        return out

    def _call(self, function: str, *arguments: Any) -> int:
        return self._before.call(function, self._after.address, *arguments)


def terms_of(record: Floats, head: int, width: int) -> list[Term]:
    """Return the terms behind the head of a record, the largest first."""
    rows = record[head:].reshape(-1, width).tolist()
    return [Term(int(row[0]), tuple(row[1:])) for row in sorted(rows, key=lambda row: -abs(row[-1]))]


def figure(value: float, digits: int = DIGITS) -> str:
    """Return a number as an account writes it: "0.4777", "−3.702e−5"."""
    mantissa, power = parts(value, digits)
    return mantissa if power == 0 else f"{mantissa}e{str(power).replace('-', MINUS)}"


def parts(value: float, digits: int = DIGITS) -> tuple[str, int]:
    """Return mantissa and power of ten as they are written."""
    value = float(value)
    size, sign = abs(value), MINUS if value < 0 else ""
    if size == 0:
        return "0", 0
    if size.is_integer() and size < 1e5:
        return f"{sign}{size:.0f}", 0
    mantissa, power = f"{size:.{digits - 1}e}".split("e")
    if size >= 1e-3 and int(power) < digits:
        return f"{sign}{size:.{digits - 1 - int(power)}f}", 0
    return sign + mantissa, int(power)


def signed(value: float, decimals: int = 3) -> str:
    """Return a number as the picture writes it: "+0.500", "0.000"."""
    text = f"{abs(float(value)):.{decimals}f}"
    if float(text) == 0:
        return text
    return f"{'+' if value > 0 else MINUS}{text}"


def pieces(value: float, digits: int = DIGITS) -> set[str]:
    """Return all that is written for a number in a formula, without its sign."""
    mantissa, power = parts(abs(float(value)), digits)
    return {mantissa} if power == 0 else {mantissa, "10", str(power).lstrip("-")}
