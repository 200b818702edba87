"""An account in the engine's memory, with its records as arrays."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.forms import ENUMERATIONS
from engine.harness import Trial, aligned_words
from pellucid.engine.memory import Int

Floats = npt.NDArray[np.float32]
RECORDS = ENUMERATIONS["Record"]


def copied(trial: Trial) -> Trial:
    """Return another run that is where this one is."""
    other = copy.copy(trial)
    other.memory = aligned_words(trial.memory.size)
    other.memory[:] = trial.memory
    return other


class Account:
    """The account of one update of a run, which stays as it is."""

    def __init__(self, trial: Trial, sample: int | None = None, place: int = 0) -> None:
        self.before, self.after = copied(trial), copied(trial)
        alone = 0 if sample is None else 1
        self.status = self.before.call("account", self.after.memory, alone, place if sample is None else sample)
        self.widths = [int(n) for n in trial.slot("WIDTHS")[: trial["LAYERS"] + 1]]
        self.room = 64 + 4 * max(*self.widths, trial["SAMPLES"])

    @property
    def sample(self) -> int:
        return int(self.before.memory.view(np.int32)[Int.ACCOUNT_SAMPLE])

    @property
    def batch(self) -> list[int]:
        header = self.before.memory.view(np.int32)
        if header[Int.ACCOUNT_ALONE]:
            return [self.sample]
        start, size = self.before["POSITION"], int(header[Int.ACCOUNT_SIZE])
        start += int(header[Int.ARRAYS + 4])
        return [int(s) for s in header[start : start + size]]

    def record(self, kind: str, layer: int = 0, unit: int = 0, source: int = -1) -> Floats:
        """Return a record."""
        out = np.full(self.room, np.nan, np.float32)
        length = self.before.call("record", self.after.memory, RECORDS[kind], layer, unit, source, out)
        assert length >= 0
        return out[:length]

    def units(self) -> list[Floats]:
        """Return z, a and δ of each column's units, (width, 3)."""
        out = np.empty((sum(self.widths), 3), np.float32)
        self.before.call("account_units", out)
        return np.split(out, np.cumsum(self.widths)[:-1])


def rows(record: Floats, first: int, width: int) -> Floats:
    """Return the terms of a record."""
    return record[first:].reshape(-1, width)


def running(terms: Any, start: Any = None) -> Any:
    """Add float32 terms from the first to the last."""
    total = start
    for term in terms:
        total = term if total is None else np.float32(total + term)
    return total
