"""The picture of a summary: medians as lines with a band around them, or for random draws as points."""

import math
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from pellucid.errors import ArgumentError, StateError
from pellucid.plots.colours import LIGHT
from pellucid.sweeps.sheet import shown, title_of
from pellucid.sweeps.summary import Summary, SummaryRow

INK, SOFT, HAIRLINE, PAPER = LIGHT.ink, LIGHT.soft, LIGHT.hairline, LIGHT.card
MARKERS = "osD^vPX*"
"""A series has the colour of a class and a mark of its own; more cannot be told apart."""

MOST_PANELS = 12
PANEL = (5.6, 3.8)
"""Width and height of a panel, in inches."""

LOG_FROM = 50
"""Numbers that lie so many times apart are shown by their logarithms."""

STYLE: dict[Any, Any] = {
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": SOFT,
    "axes.titlecolor": INK,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": HAIRLINE,
    "grid.linewidth": 0.8,
    "axes.axisbelow": True,
    "axes.titlesize": "medium",
    "axes.titlelocation": "left",
    "legend.frameon": False,
    "font.size": 10.0,
    "svg.hashsalt": "pellucid",
}


def draw(summary: Summary, figure: Figure) -> list[Axes]:
    """Draw a summary in a figure, and return its axes.

    Parameters
    ----------
    summary : Summary
        What is drawn.
    figure : matplotlib.figure.Figure
        Where; it has nothing in it yet.

    Raises
    ------
    ArgumentError
        When nothing varies or no run finished, or there are more panels than can be seen.
    """
    panels = _panels(summary)
    with rc_context(STYLE):
        axes = _new_axes(figure, len(panels))
        for place, panel in zip(axes, panels, strict=True):
            _draw_panel(place, summary, *panel)
    return axes


def draw_in(summary: Summary, ax: Axes) -> None:
    """Draw a summary that has one panel.

    Parameters
    ----------
    summary : Summary
        What is drawn.
    ax : matplotlib.axes.Axes
        Where.

    Raises
    ------
    ArgumentError
        When nothing varies or no run finished, or there is more than one panel.
    """
    panels = _panels(summary)
    if len(panels) > 1:
        raise ArgumentError(f"The picture of this sweep has {len(panels)} panels; leave ax out, and they get a figure.")
    with rc_context(STYLE):
        _draw_panel(ax, summary, *panels[0])


def save(summary: Summary, path: Path) -> None:
    """Draw a summary into a file: SVG, PNG, PDF, or what else Matplotlib knows by its name.

    Raises
    ------
    StateError
        When the file cannot be written, or nobody knows its kind.
    """
    figure = Figure(layout="constrained", facecolor=PAPER)
    draw(summary, figure)
    with rc_context(STYLE):  # with its salt the same picture is the same file
        try:
            figure.savefig(path, dpi=160, metadata={"Date": None} if path.suffix.lower() == ".svg" else None)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise StateError(f"The plot {str(path)!r} cannot be written: {reason}.") from None


Panel = tuple[str, str, str | None, Sequence[SummaryRow]]
"""Its heading, the setting along x, the one that lines differ in, and what is drawn."""


def _panels(summary: Summary) -> list[Panel]:
    rows = [row for row in summary.rows if not math.isnan(row.median)]
    if not summary.fields or not rows:
        reason = "no run of it finished" if summary.fields else "no setting varies in it"
        raise ArgumentError(f"The sweep cannot be drawn: {reason}.")
    numbers = {field: len({shown(row.values[field]) for row in rows}) for field in summary.fields}
    varying = [field for field in summary.fields if numbers[field] > 1] or list(summary.fields)
    if summary.drawn:
        colour = next(
            (field for field in varying if field not in summary.drawn and numbers[field] <= len(MARKERS)), None
        )
        return _checked([("", field, colour, rows) for field in varying if field in summary.drawn])
    x = max(varying, key=lambda field: (_numeric(rows, field), numbers[field]))
    others = sorted((field for field in varying if field != x), key=lambda field: -numbers[field])
    series = next((field for field in others if numbers[field] <= len(MARKERS)), None)
    apart = [field for field in others if field != series]
    values = [list({shown(row.values[field]): None for row in rows}) for field in apart]
    panels: list[Panel] = []
    for choice in product(*values):
        chosen = [row for row in rows if all(shown(row.values[f]) == v for f, v in zip(apart, choice, strict=True))]
        heading = ", ".join(f"{title_of(field)} {value}" for field, value in zip(apart, choice, strict=True))
        panels.append((heading, x, series, chosen))
    return _checked(panels)


def _checked(panels: list[Panel]) -> list[Panel]:
    if len(panels) > MOST_PANELS:
        raise ArgumentError(
            f"The picture of this sweep would have {len(panels)} panels, but {MOST_PANELS} can be seen; "
            "draw a part of the results with a library of your own."
        )
    return panels


def _new_axes(figure: Figure, count: int) -> list[Axes]:
    columns = min(count, 3)
    lines = math.ceil(count / columns)
    figure.set_size_inches(PANEL[0] * columns, PANEL[1] * lines)
    axes = figure.subplots(lines, columns, squeeze=False, sharey=True).ravel().tolist()
    for spare in axes[count:]:
        spare.set_visible(False)
    for place, each in enumerate(axes):
        each.yaxis.label.set_visible(place % columns == 0)  # they share the axis
    return axes[:count]


def _draw_panel(
    ax: Axes, summary: Summary, heading: str, x: str, series: str | None, rows: Sequence[SummaryRow]
) -> None:
    names = list({shown(row.values[series]): None for row in rows}) if series else [""]
    places = _places(ax, rows, x)
    for number, name in enumerate(names):
        chosen = sorted(
            (row for row in rows if not series or shown(row.values[series]) == name),
            key=lambda row: places[shown(row.values[x])],
        )
        at = [places[shown(row.values[x])] for row in chosen]
        colour, marker = LIGHT.classes[number], MARKERS[number]
        medians, lows, highs = zip(*((row.median, row.low, row.high) for row in chosen), strict=True)
        if summary.drawn:
            ax.vlines(at, lows, highs, color=colour, alpha=0.35, linewidth=1)
            ax.plot(at, medians, marker, color=colour, markersize=4, label=name)
        elif _numeric(rows, x):
            # The first are the broadest, so that lines which lie on each other are all seen.
            breadth = max(0.0, 1 - number / 4)
            ax.fill_between(at, lows, highs, color=colour, alpha=0.14, linewidth=0)
            ax.plot(at, medians, marker + "-", color=colour, ms=5 + 5 * breadth, lw=1.4 + 3 * breadth, label=name)
        else:
            aside = [each + 0.12 * (number - (len(names) - 1) / 2) for each in at]
            ax.vlines(aside, lows, highs, color=colour, alpha=0.5, linewidth=2)
            ax.plot(aside, medians, marker, color=colour, markersize=6, label=name)
    _dress(ax, summary, heading, x, series)


def _dress(ax: Axes, summary: Summary, heading: str, x: str, series: str | None) -> None:
    ax.set_xlabel(title_of(x))
    ax.set_ylabel(f"{summary.measure.replace('_', ' ')} (median, 10 % to 90 %)")
    ax.set_title(heading)
    if summary.measure.endswith("accuracy"):
        ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol=" %"))
    if series:
        ax.legend(title=title_of(series), alignment="left")


def _places(ax: Axes, rows: Sequence[SummaryRow], field: str) -> dict[str, float]:
    """Return where each value of a setting is along x, and set the ticks for it."""
    values = [row.values[field] for row in rows]
    if not _numeric(rows, field):
        names = list(dict.fromkeys(map(shown, values)))
        ax.set_xticks(range(len(names)), names)
        ax.set_xlim(-0.5, len(names) - 0.5)
        return {name: float(place) for place, name in enumerate(names)}
    low, high = min(values), max(values)
    if low > 0 and high / low >= LOG_FROM:
        ax.set_xscale("log")
    elif len(set(values)) <= len(MARKERS) and all(isinstance(value, int) for value in values):
        ax.set_xticks(sorted(set(values)))
    return {shown(value): float(value) for value in values}


def _numeric(rows: Sequence[SummaryRow], field: str) -> bool:
    values: list[Any] = [row.values[field] for row in rows]
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
