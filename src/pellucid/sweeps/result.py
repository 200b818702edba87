"""What a sweep arrived at: a table with a row for each run."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from pellucid.extras import need
from pellucid.sweeps.plan import Plan
from pellucid.sweeps.summary import Summary, summarize
from pellucid.sweeps.table import OUTCOMES, TEXTS, columns_of, rows_of
from pellucid.sweeps.work import Outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class SweepResult:
    """What a sweep arrived at: columns by their names, a row for each run, in the order of the sweep.

    ``pandas.DataFrame(result.columns)`` is its data frame; libraries that take Arrow's streams, such as Polars, take it
    as it is.

    Parameters
    ----------
    plan : Plan
        What was to be run.
    outcomes : mapping from str to Outcome
        What is known of its runs, by their keys.
    made : int
        How many of the runs were made now, and not found in the results file.
    seconds : float
        How long that took.
    """

    def __init__(self, plan: Plan, outcomes: Mapping[str, Outcome], made: int = 0, seconds: float = 0.0) -> None:
        self.plan = plan
        """What was to be run."""
        self.outcomes = outcomes
        """What is known of its runs, by their keys."""
        self.made = made
        """How many of the runs were made now, and not found in the results file."""
        self.seconds = seconds
        """How long that took."""

    @property
    def runs(self) -> int:
        """Number of rows: runs with an outcome."""
        return sum(run.key in self.outcomes for run in self.plan.runs)

    @property
    def complete(self) -> bool:
        """Whether every run of the sweep has an outcome."""
        return self.runs == len(self.plan.runs)

    @cached_property
    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """The columns: numbers where all are numbers, else texts; a measure that does not exist is NaN."""
        names = columns_of(self.plan.sweep.fields)
        cells = list(zip(*rows_of(self.plan, self.outcomes, names), strict=True)) or [()] * len(names)
        return {name: _array(name, column) for name, column in zip(names, cells, strict=True)}

    def summary(self, measure: str | None = None) -> Summary:
        """Return for each combination the median over its seeds, and the quantiles 0.1 and 0.9.

        Parameters
        ----------
        measure : str, optional
            One of test_accuracy, accuracy, test_loss, loss and objective; by default the first that the runs have.

        Raises
        ------
        ArgumentError
            When there is no such measure.
        """
        return summarize(self.plan, self.outcomes, measure)

    def plot(self, ax: "Axes | None" = None, *, measure: str | None = None) -> "list[Axes]":
        """Draw the summary: medians with what lies between the quantiles 0.1 and 0.9.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; by default in a new figure of `matplotlib.pyplot`.
        measure : str, optional
            As in `summary`.

        Returns
        -------
        list of matplotlib.axes.Axes
            What was drawn in.

        Raises
        ------
        ArgumentError
            When there is no such measure, nothing to draw, or the picture has several panels and ax is given.
        MissingExtraError
            When Matplotlib is not installed.
        """
        pyplot = need("matplotlib.pyplot", "The plot of a sweep")
        from pellucid.sweeps.picture import draw, draw_in

        if ax is None:
            return draw(self.summary(measure), pyplot.figure(layout="constrained"))
        draw_in(self.summary(measure), ax)
        return [ax]

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        """Return a column."""
        return self.columns[name]

    def __repr__(self) -> str:
        states = [outcome.status for outcome in self.outcomes.values()]
        lost = "".join(f", {states.count(each):,} {each}" for each in ("diverged", "failed") if each in states)
        return f"<SweepResult: {self.runs:,} of {len(self.plan.runs):,} runs{lost}>"

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """Give the table to any library that takes Arrow's streams."""
        pyarrow = need("pyarrow", "A sweep's result as an Arrow stream")
        arrays = {name: pyarrow.array(column, from_pandas=True) for name, column in self.columns.items()}
        return pyarrow.table(arrays).__arrow_c_stream__(requested_schema)


def _array(name: str, cells: tuple[Any, ...]) -> npt.NDArray[Any]:
    if name in TEXTS:
        return np.array(["" if cell is None else cell for cell in cells], dtype=np.str_)
    if name in OUTCOMES:
        kind = np.int64 if name in ("epochs", "updates") else np.float64
        return np.array([np.nan if cell is None else cell for cell in cells], dtype=kind)
    numbers = all(isinstance(cell, int | float) for cell in cells)
    return np.array(cells) if numbers else np.array([str(cell) for cell in cells], dtype=np.str_)
