"""What a sweep found: for each combination the median over its seeds, and how far the seeds are apart."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pellucid.errors import ArgumentError
from pellucid.sweeps.plan import Plan
from pellucid.sweeps.sheet import Sheet, sheet_of_list, sheet_of_two
from pellucid.sweeps.spec import MEASURES, Measure
from pellucid.sweeps.work import Outcome

LOW, MIDDLE, HIGH = QUANTILES = (0.1, 0.5, 0.9)
"""One seed in ten is below the first, one in ten above the last."""

BY_ITSELF: tuple[Measure, ...] = ("test_accuracy", "accuracy", "test_loss", "loss")
"""What a summary is about if nobody says so: the first of these that the runs have."""


@dataclass(frozen=True)
class SummaryRow:
    """What one combination came to.

    Attributes
    ----------
    values : dict
        The values of the settings that vary.
    runs : int
        How many runs have an outcome.
    diverged, failed : int
        How many of them did not finish; they are in no quantile.
    low, median, high : float
        Quantiles 0.1, 0.5 and 0.9 over the seeds; NaN if no run finished.
    """

    values: Mapping[str, Any]
    runs: int
    diverged: int
    failed: int
    low: float
    median: float
    high: float


@dataclass(frozen=True)
class Summary:
    """Medians and quantiles of a measure for each combination; printed, it is a table.

    Attributes
    ----------
    measure : str
        What was measured.
    fields : tuple of str
        The settings that vary.
    drawn : tuple of str
        Those of them that were drawn at random; if there are any, the best combinations come first.
    rows : tuple of SummaryRow
        One for each combination.
    """

    measure: Measure
    fields: tuple[str, ...]
    drawn: tuple[str, ...]
    rows: tuple[SummaryRow, ...]

    def sheet(self) -> Sheet:
        """Return the table: where two settings make a rectangle, as one; else a line for each combination."""
        return sheet_of_two(self) or sheet_of_list(self)

    def __repr__(self) -> str:
        return self.sheet().text()


def summarize(plan: Plan, outcomes: Mapping[str, Outcome], measure: str | None = None) -> Summary:
    """Return the summary of what there is of a plan.

    Parameters
    ----------
    plan : Plan
        What was run.
    outcomes : mapping from str to Outcome
        What is known of its runs, by their keys.
    measure : str, optional
        Which measure: test_accuracy, accuracy, test_loss, loss or objective.

    Raises
    ------
    ArgumentError
        When the measure is unknown or no run has it.
    """
    chosen = _chosen(measure or plan.sweep.measure, outcomes)
    of_combination: list[list[Outcome]] = [[] for _ in plan.combinations]
    for run in plan.runs:
        if run.key in outcomes:
            of_combination[run.combination].append(outcomes[run.key])
    rows = [
        _row(combination.changes, found, chosen)
        for combination, found in zip(plan.combinations, of_combination, strict=True)
    ]
    if plan.sweep.random:
        rows.sort(key=lambda row: _badness(row, chosen))
    return Summary(chosen, plan.sweep.fields, tuple(plan.sweep.random), tuple(rows))


def _chosen(measure: str | None, outcomes: Mapping[str, Outcome]) -> Measure:
    if measure is not None:
        for known in MEASURES:
            if known == measure:
                return known
        raise ArgumentError(f"The measure is {measure!r}, but must be one of {', '.join(MEASURES)}.")
    finished = [outcome for outcome in outcomes.values() if outcome.status == "finished"]
    return next((each for each in BY_ITSELF if any(getattr(one, each) is not None for one in finished)), "loss")


def _row(values: Mapping[str, Any], outcomes: Sequence[Outcome], measure: Measure) -> SummaryRow:
    count = Counter(outcome.status for outcome in outcomes)
    found = [getattr(outcome, measure) for outcome in outcomes if getattr(outcome, measure) is not None]
    low, median, high = np.quantile(found, QUANTILES).tolist() if found else [np.nan] * 3
    return SummaryRow(values, len(outcomes), count["diverged"], count["failed"], low, median, high)


def _badness(row: SummaryRow, measure: Measure) -> float:
    if np.isnan(row.median):
        return np.inf
    return -row.median if measure.endswith("accuracy") else row.median
