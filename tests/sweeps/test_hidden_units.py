"""docs/hidden-units.md says what its sweep finds: every run of it is made again here."""

from functools import cache
from pathlib import Path

import numpy as np

from pellucid.sweeps import Sweep, SweepResult
from pellucid.sweeps.plan import plan
from pellucid.sweeps.progress import Silence
from pellucid.sweeps.sweeping import carry_through
from sweeps.executors import Here

DOCS = Path(__file__).parents[2] / "docs"


@cache
def result() -> SweepResult:
    planned = plan(Sweep.open(DOCS / "sweeps" / "hidden-units.toml"))
    return carry_through(planned, (Here(), lambda: 1), None, Silence(), lambda: False)


def accuracies(kind: str, units: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    found = result()
    chosen = (found["data.kind"] == kind) & (found["network.hidden.0.units"] == units)
    return np.asarray(found["test_accuracy"][chosen])


def test_the_table_is_what_the_sweep_finds() -> None:
    assert result().runs == 2400
    assert result().summary().sheet().markdown() in (DOCS / "hidden-units.md").read_text(encoding="utf-8")
    assert (DOCS / "hidden-units.svg").is_file()
    assert result()["seconds"].sum() < 60


def test_the_sentences_are_true() -> None:
    text = " ".join((DOCS / "hidden-units.md").read_text(encoding="utf-8").split())
    median = {
        (kind, units): float(np.median(accuracies(kind, units)))
        for kind in ("blobs", "circles", "moons")
        for units in range(1, 9)
    }
    assert all(median["blobs", units] == 1 for units in range(1, 9))
    assert "two out of three points is what is left" in text
    assert abs(median["circles", 1] - 2 / 3) < 0.01
    assert "It catches more of the disc, which is clearly better than one line" in text
    assert np.quantile(accuracies("circles", 2), 0.1) > np.quantile(accuracies("circles", 1), 0.9)
    assert "only one start in four finds the fold between the moons and puts at least 95 % right" in text
    assert abs(median["moons", 2] - median["moons", 1]) < 0.01
    assert (accuracies("moons", 2) >= 0.95).sum() == 25
    assert "at the median every single point that was held out is right" in text
    assert median["moons", 3] == 1
    assert median["circles", 3] > 0.99
    assert "of the 100 networks with three units 8 are stuck between 88 % and 94 % on the moons" in text
    stuck = accuracies("moons", 3)[accuracies("moons", 3) < 0.95]
    assert len(stuck) == 8
    assert 0.88 <= stuck.min() < stuck.max() <= 0.94
    assert "not far from what a single line can do" in text
    assert np.median(stuck) <= np.quantile(accuracies("moons", 1), 0.9)
    assert "From four on every one of the 100 starts puts at least 95 % of the moons right" in text
    assert min(accuracies("moons", units).min() for units in range(4, 9)) >= 0.95
    assert "The rounder the fence, the better it fits the disc" in text
    assert sorted(median["circles", units] for units in range(3, 9)) == [median["circles", n] for n in range(3, 9)]
