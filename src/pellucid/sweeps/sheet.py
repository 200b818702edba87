"""Summaries as tables of texts, and those as plain text and Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pellucid.sweeps.summary import Summary, SummaryRow

MOST_COLUMNS = 6
"""Values of a setting that may stand side by side."""


@dataclass(frozen=True)
class Sheet:
    """A table of texts, and a sentence that says how to read it.

    Examples
    --------
    >>> print(Sheet("Medians.", ("units", "moons"), (("1", "86 %"), ("2", "87 %"))).text())
    Medians.
    <BLANKLINE>
    units  moons
    -----  -----
    1       86 %
    2       87 %
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def width(self) -> int:
        """Characters of all columns together, without what is between them."""
        return sum(self._widths)

    def text(self) -> str:
        """Return it as plain text."""
        widths = self._widths
        lines = [self.headings, tuple("-" * width for width in widths), *self.rows]
        return "\n".join([self.caption, "", *(_aligned(line, widths) for line in lines)])

    def markdown(self) -> str:
        """Return it as Markdown; columns after the first are set to the right."""
        rule = ("---", *("---:" for _ in self.headings[1:]))
        lines = [self.headings, rule, *self.rows]
        table = "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
        return f"{self.caption}\n\n{table}\n"

    @property
    def _widths(self) -> list[int]:
        return [max(map(len, column)) for column in zip(self.headings, *self.rows, strict=True)]


def sheet_of_two(summary: "Summary") -> Sheet | None:
    """Return a table with the values of one setting down and of another across, where that is what varies."""
    if len(summary.fields) != 2 or summary.drawn:
        return None
    values = {field: _values(summary, field) for field in summary.fields}
    down, across = sorted(summary.fields, key=lambda field: -len(values[field]))
    if len(values[across]) > MOST_COLUMNS or len(values[down]) * len(values[across]) != len(summary.rows):
        return None
    cells = {(shown(row.values[down]), shown(row.values[across])): row for row in summary.rows}
    rows = tuple(
        (
            each,
            *(_cell(cells[each, other], summary) for other in values[across]),
        )
        for each in values[down]
    )
    return Sheet(f"{_caption(summary)} Across: {title_of(across)}.", (title_of(down), *values[across]), rows)


def sheet_of_list(summary: "Summary") -> Sheet:
    """Return a table with a line for each combination."""
    headings = (*map(title_of, summary.fields), "runs", "median", "10 % to 90 %")
    rows = tuple(
        (
            *(shown(row.values[field]) for field in summary.fields),
            str(row.runs),
            _median(row, summary),
            _spread(row, summary),
        )
        for row in summary.rows
    )
    return Sheet(_caption(summary), headings, rows)


def title_of(path: str) -> str:
    """Return the name of a setting for people.

    Examples
    --------
    >>> title_of("network.hidden.0.units"), title_of("training.learning_rate"), title_of("data.kind")
    ('units of hidden layer 1', 'learning rate', 'data kind')
    """
    *above, last = path.split(".")
    name = last.replace("_", " ")
    if above[:2] == ["network", "hidden"] and len(above) == 3:
        return f"{name} of hidden layer {int(above[2]) + 1}"
    return f"{above[-1]} {name}" if last in ("kind", "seed") else "hidden layers" if path == "network.hidden" else name


def shown(value: Any) -> str:
    """Return a value of a setting as it is shown in tables and pictures.

    Examples
    --------
    >>> shown("moons"), shown(0.001), shown([{"units": 4, "activation": "tanh"}, {"units": 3, "activation": "relu"}])
    ('moons', '0.001', '4 tanh – 3 relu')
    >>> shown(["x1", "x2"]), shown([]), shown({"kind": "blobs", "test_share": 0.5})
    ('x1, x2', 'none', 'kind blobs, test share 0.5')
    """
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {shown(each)}" for name, each in value.items()) or "as it is"
    if isinstance(value, list):
        if value and all(isinstance(each, dict) and set(each) == {"units", "activation"} for each in value):
            return " – ".join(f"{each['units']} {each['activation']}" for each in value)
        return ", ".join(map(str, value)) or "none"
    return f"{value:g}" if isinstance(value, float) else str(value)


def figure(value: float, measure: str) -> str:
    """Return a measure as text: accuracies in percent, losses with three digits.

    Examples
    --------
    >>> figure(0.9733, "test_accuracy"), figure(0.03125, "loss"), figure(float("nan"), "loss")
    ('97.3 %', '0.0312', '–')
    """
    if value != value:  # NaN
        return "–"
    return f"{100 * value:.1f} %" if measure.endswith("accuracy") else f"{value:#.3g}"


def counted(number: int, noun: str) -> str:
    """Return how many there are of something.

    Examples
    --------
    >>> counted(1, "run"), counted(2400, "run")
    ('1 run', '2,400 runs')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _values(summary: "Summary", field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(shown(row.values[field]) for row in summary.rows))


def _caption(summary: "Summary") -> str:
    counts = {row.runs for row in summary.rows}
    seeds = f"{min(counts):,}" if len(counts) == 1 else f"{min(counts):,} to {max(counts):,}"
    name = summary.measure.replace("_", " ")
    noun = "run" if counts == {1} else "runs"
    best = ", best first" if summary.drawn else ""
    return f"Median {name} of {seeds} {noun} each (10 % and 90 % quantile){best}."


def _cell(row: "SummaryRow", summary: "Summary") -> str:
    if row.median != row.median and (lost := _spread(row, summary)):
        return lost
    return f"{_median(row, summary)} {_spread(row, summary)}".rstrip()


def _median(row: "SummaryRow", summary: "Summary") -> str:
    return figure(row.median, summary.measure)


def _spread(row: "SummaryRow", summary: "Summary") -> str:
    """Return how far the seeds are apart, and how many runs were lost; nothing where there is neither."""
    low, high = (figure(each, summary.measure).removesuffix(" %") for each in (row.low, row.high))
    lost = [f"{count} {word}" for count, word in ((row.diverged, "diverged"), (row.failed, "failed")) if count]
    return ", ".join(([f"({low}–{high})"] if row.median == row.median else []) + lost)


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = [
        cell.rjust(width) if place else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(line, widths, strict=True))
    ]
    return "  ".join([first, *others]).rstrip()
