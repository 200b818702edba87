"""The engine's account of an update: two copies of a run's block, before and after it, and the records in them."""

from typing import NamedTuple

import numpy as np

from pellucid.block import Block, Floats
from pellucid.engine.records import Record
from pellucid.formulas import FORMULAS

Numbers = dict[str, float]


class Entry(NamedTuple):
    """A record by the names of its numbers, and those of its terms."""

    values: Numbers
    terms: tuple[Numbers, ...]


class Ledger:
    """The memory of an account; the run that it is about is only read.

    Parameters
    ----------
    block : Block
        The memory of the run, before the update.
    alone : bool
        Whether the update is made on one sample alone, else on the next batch.
    place : int
        That sample, as a row of the run's; in a batch, the place of the sample that is looked at.
    """

    def __init__(self, block: Block, *, alone: bool, place: int) -> None:
        self.before, self.after = block.copy(), block.copy()
        self.before.call("account", self.after.address, int(alone), place)
        self.alone = alone
        self.widths = [self.before.integer("WIDTHS", column) for column in range(self.layers + 1)]
        self._room = np.empty(64 + 4 * max(*self.widths, self.size), dtype=np.float32)

    @property
    def layers(self) -> int:
        """How many layers the network has, the output layer included."""
        return self.before.integer("LAYERS")

    @property
    def size(self) -> int:
        """How many samples the update is made on."""
        return self.before.integer("ACCOUNT_SIZE")

    @property
    def sample(self) -> int:
        """The sample that is looked at, as a row of the run's."""
        return self.before.integer("ACCOUNT_SAMPLE")

    @property
    def batch(self) -> tuple[int, ...]:
        """The samples of the update, as rows of the run's."""
        if self.alone:
            return (self.sample,)
        start = self.before.integer("POSITION")
        return tuple(self.before.array("ORDER")[start : start + self.size].tolist())

    def units(self) -> list[Floats]:
        """Return z, a and δ of the units of each column, (width, 3), the inputs first."""
        out = np.empty((sum(self.widths), 3), dtype=np.float32)
        self.before.call("account_units", out.ctypes.data)
        return np.split(out, np.cumsum(self.widths)[:-1])

    def entry(self, kind: str, variant: str, layer: int = 0, unit: int = 0, source: int = -1) -> Entry | None:
        """Return a record of the update by names; None for a number that there is none of."""
        return self._entry(self.before, kind, variant, layer, unit, source)

    def loss_after(self, variant: str) -> Entry | None:
        """Return the record of the sample's loss with the weights after the update."""
        return self._entry(self.after, "loss", variant, 0, 0, -1)

    def nudge(self, layer: int, unit: int, source: int, epsilon: float) -> tuple[float, ...] | None:
        """Return the loss at w, w − ε and w + ε, the slope, and the gradient; None where there is no such parameter."""
        out = np.empty(5, dtype=np.float32)
        status = self.before.call("nudge", self.after.address, layer, unit, source, epsilon, out.ctypes.data)
        return None if status < 0 else tuple(out.tolist())

    def _entry(self, memory: Block, kind: str, variant: str, layer: int, unit: int, source: int) -> Entry | None:
        out = self._room
        place = (Record[kind.upper()], layer, unit, source)
        length = memory.call("record", self.after.address, *place, out.ctypes.data)
        if length <= 0:
            return None
        formula = FORMULAS[kind][variant]
        numbers, count, width = out[:length].tolist(), len(formula.names), len(formula.terms)
        rows = range(count, length, width) if width else ()
        terms = tuple(dict(zip(formula.terms, numbers[start : start + width], strict=True)) for start in rows)
        return Entry(dict(zip(formula.names, numbers[:count], strict=True)), terms)
