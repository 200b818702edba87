"""The pictures of all units, column by column."""

import math
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize

from pellucid.errors import ArgumentError
from pellucid.plots.canvas import dress, empty, open_axes, points_across
from pellucid.plots.checks import whole
from pellucid.plots.colours import Theme, ThemeName
from pellucid.plots.fields import Limits, window_of
from pellucid.plots.subject import Subject
from pellucid.plots.tiles import Picture, colormap_of, has_pictures, pictures_of

SIZE = (7.2, 4.6)
MOST = 32
GAP, BELOW, HEAD = 0.6, 0.42, 0.9
"""Between columns, under a picture for its name, and above for what a column is; in edges of a picture."""

APART = 0.12
RIM = 0.9


def plot_units(
    network: Any,
    *,
    ax: Axes | None = None,
    limits: Limits | None = None,
    most: int = MOST,
    theme: ThemeName | None = None,
) -> list[list[Axes]]:
    """Draw what each unit computes: its value over the plane, or what it looks for where the inputs are a bitmap.

    Orange is for low values and blue for high ones: from the least to the greatest value of the activation, or where it
    has no bounds, from −m to m, m being the largest |value| of the picture. What a unit looks for are its weights; for
    later layers, those of the units before it added up by its own.

    Parameters
    ----------
    network : Run, LiveNetwork or fitted estimator
        A network that sees the plane, is given two inputs, or a bitmap: a square of at least 16.
    ax : Axes, optional
        The place that is divided among the pictures; by default the current axes, or those of a new figure when these
        are in use.
    limits : ((float, float), (float, float)), optional
        The part of the plane that is shown, as in `plot_surface`.
    most : int
        A layer with more units shows so many of them, and says how many more there are.
    theme : {"light", "dark"}, optional
        The page's look, which the figure's background then has too; by default the one that suits the background.

    Returns
    -------
    list of list of Axes
        The axes of each picture: by column, inputs first (not for a bitmap), and unit.

    Raises
    ------
    ArgumentError
        When the network has other inputs, or an argument is out of range.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from pellucid import Experiment, Run
    >>> axes = plot_units(Run(Experiment()), ax=Figure().subplots())
    >>> [len(column) for column in axes]
    [2, 4, 3, 1]
    """
    subject = Subject(network, "plot_units")
    if not has_pictures(subject, 1):
        raise ArgumentError(
            "plot_units draws networks that see the plane, two inputs or a bitmap, but this one has "
            f"{subject.column_name(0)}; plot_network draws any."
        )
    whole("most", most, 1, 512)
    window = window_of(subject, subject.points, limits) if subject.flat else None
    ax = open_axes(ax, SIZE)
    colours = dress(ax, theme)
    empty(ax)
    columns = [column for column in range(len(subject.widths)) if has_pictures(subject, column)]
    shown = [min(width, most) for width in subject.widths]
    pictures = pictures_of(subject, shown, window)
    grid = _grid([shown[column] for column in columns], *points_across(ax))
    axes: list[list[Axes]] = []
    left = 0.0
    for column in columns:
        axes.append(_add_column(ax, subject, column, pictures[column], grid, left, colours))
        left += grid.across(shown[column]) + GAP
    return axes


class Grid(NamedTuple):
    """How pictures of one size fill the place.

    Attributes
    ----------
    rows : int
        So many pictures stand below each other at most.
    size : float
        Edge of a picture in points.
    width, height : float
        Of the place, in points.
    total : float
        Width of all columns, in edges of a picture.
    """

    rows: int
    size: float
    width: float
    height: float
    total: float

    def across(self, units: int) -> float:
        """Return the width of a column, in edges of a picture."""
        return _across(units, self.rows)

    def bounds(self, units: int, unit: int, left: float) -> tuple[float, float, float, float]:
        """Return where the picture of a unit lies, as shares of the place: left, bottom, width, height."""
        side, row = divmod(unit, self.rows)
        high = min(units, self.rows) * (1 + BELOW)
        x = self._left(left) + side * (1 + APART) * self.size
        y = self._middle() + (row * (1 + BELOW) - high / 2) * self.size
        return x / self.width, 1 - (y + self.size) / self.height, self.size / self.width, self.size / self.height

    def head(self, units: int, left: float) -> tuple[float, float]:
        """Return where the words over a column stand, as shares of the place."""
        block = self.rows * (1 + BELOW) * self.size
        y = self._middle() - block / 2 - 0.16 * self.size
        return (self._left(left) + self.across(units) * self.size / 2) / self.width, 1 - y / self.height

    def _left(self, left: float) -> float:
        return (self.width - self.total * self.size) / 2 + left * self.size

    def _middle(self) -> float:
        return (self.height + HEAD * self.size) / 2


def _grid(shown: list[int], width: float, height: float) -> Grid:
    """Return the grid whose pictures are largest."""
    best: Grid | None = None
    for rows in range(1, max(shown) + 1):
        total = sum(_across(units, rows) for units in shown) + GAP * (len(shown) - 1)
        size = min(width / (total + APART), height / (rows * (1 + BELOW) + HEAD))
        if best is None or size > best.size:
            best = Grid(rows, size, width, height, total)
    if best is None:
        raise AssertionError("a network has units")
    return best


def _across(units: int, rows: int) -> float:
    sides = math.ceil(units / rows)
    return sides + APART * (sides - 1)


def _add_column(
    ax: Axes, subject: Subject, column: int, pictures: list[Picture], grid: Grid, left: float, theme: Theme
) -> list[Axes]:
    units, last = len(pictures), column == len(subject.widths) - 1
    small = float(np.clip(0.17 * grid.size, 5, 10))
    drawn = []
    for unit, (values, ends) in enumerate(pictures):
        own = ax.inset_axes(grid.bounds(units, unit, left))
        own.imshow(
            values,
            colormap_of(subject, column, unit, theme),
            Normalize(*ends),
            interpolation="bilinear" if subject.flat else "nearest",
        )
        own.set(xticks=[], yticks=[])
        for spine in own.spines.values():
            spine.set(color=theme.tile_rim, linewidth=RIM)
        name = subject.unit_name(column, unit)
        symbol = name.startswith("$")
        own.set_xlabel(
            name,
            color=theme.soft,
            fontsize=1.25 * small if symbol else small,
            labelpad=0.06 * grid.size,
            math_fontfamily="stix",
        )
        drawn.append(own)
    more = subject.widths[column] - units
    words = [subject.column_name(column), *([subject.activation(column)] if column and (last or subject.flat) else [])]
    if more:
        words.append(f"+ {more:,} more".replace(",", " "))
    ax.text(
        *grid.head(units, left),
        "\n".join(words),
        transform=ax.transAxes,
        ha="center",
        va="bottom",
        color=theme.soft,
        fontsize=float(np.clip(0.17 * grid.size, 6.5, 10)),
        linespacing=1.4,
    )
    return drawn
