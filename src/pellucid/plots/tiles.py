"""The pictures of units as tiles: their value over the plane, or what they look for in a bitmap."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize
from matplotlib.image import AxesImage
from matplotlib.patches import Circle, FancyBboxPatch

from pellucid.block import Floats
from pellucid.plots.colours import Theme
from pellucid.plots.fields import LEAST_WEIGHT, Window, around, range_of, unit_surfaces, weight_pictures
from pellucid.plots.layout import Place
from pellucid.plots.palettes import diverging, towards
from pellucid.plots.subject import Subject

RESOLUTION = 40
"""Cells along the edge of a tile."""

Picture = tuple[Floats, tuple[float, float]]
"""Values, rows from the top, and those that have the first and the last colour."""


def has_pictures(subject: Subject, column: int) -> bool:
    """Return whether the units of a column have pictures; 0 is the inputs."""
    return subject.flat or (subject.grid > 0 and column > 0)


def pictures_of(subject: Subject, shown: list[int], window: Window | None) -> list[list[Picture]]:
    """Return the pictures of the first units of each column: as many as are shown, none where there are none."""
    if window is not None:
        surfaces = unit_surfaces(subject, window, RESOLUTION)
        return [
            [(picture, range_of(subject, column, picture)) for picture in surfaces[column][:count]]
            for column, count in enumerate(shown)
        ]
    columns: list[list[Picture]] = [[]]
    for column, count in enumerate(shown[1:], start=1):
        weights = weight_pictures(subject, column, count) if subject.grid else np.empty((0, 0, 0), np.float32)
        columns.append([(picture, around(weights, LEAST_WEIGHT)) for picture in weights])
    return columns


def colormap_of(subject: Subject, column: int, unit: int, theme: Theme) -> Colormap:
    """Return the colours of a unit's picture: those of its class for one of several outputs over the plane."""
    if subject.flat and column == len(subject.widths) - 1 > 0 and subject.widths[column] > 1:
        return towards(theme, subject.class_colours(theme)[unit])
    return diverging(theme)


def add_bitmap(ax: Axes, subject: Subject, places: list[Place], theme: Theme) -> None:
    """Draw the mean of the samples trained on, where the inputs are a bitmap."""
    network, grid = subject.network, subject.grid
    trained = network.inputs[: network.train_samples]
    mean = trained.mean(axis=0).reshape(grid, grid) if len(trained) else np.zeros((grid, grid), np.float32)
    ends = min(0.0, float(mean.min())), max(1.0, float(mean.max()))
    inked = LinearSegmentedColormap.from_list("ink", [theme.card, theme.ink])
    middle = (places[0].x + places[-1].x) / 2, (places[0].y + places[-1].y) / 2
    Tile(ax, (mean, ends), inked, middle, grid * places[0].size, theme, smooth=False)


def add_circle(ax: Axes, subject: Subject, column: int, place: Place, theme: Theme) -> None:
    """Draw a unit that has no picture; an output has the colour of its class."""
    classed = column == len(subject.widths) - 1 and subject.widths[-1] > 1
    rim = subject.class_colours(theme)[place.unit] if classed else theme.tile_rim
    circle = Circle((place.x, place.y), place.size / 2, facecolor=theme.card, edgecolor=rim, zorder=3)
    circle.set_linewidth(1.6 if classed else 0.9)
    ax.add_patch(circle)


class Tile:
    """The picture of a unit, with round corners.

    Parameters
    ----------
    ax : Axes
        Where it is drawn.
    picture : (ndarray, (float, float))
        Values, and those of the first and the last colour.
    colormap : Colormap
        The colours.
    middle : (float, float)
        Where it lies; y goes down.
    size : float
        Its edge.
    theme : Theme
        The colours.
    smooth : bool
        Whether there are values between its cells.
    """

    def __init__(
        self,
        ax: Axes,
        picture: Picture,
        colormap: Colormap,
        middle: tuple[float, float],
        size: float,
        theme: Theme,
        *,
        smooth: bool,
    ) -> None:
        (x, y), half = middle, size / 2
        self.frame = FancyBboxPatch(
            (x - half, y - half),
            size,
            size,
            boxstyle=f"round,pad=0,rounding_size={0.15 * size}",
            facecolor="none",
            edgecolor=theme.tile_rim,
            linewidth=0.9,
            zorder=3,
        )
        ax.add_patch(self.frame)
        values, (low, high) = picture
        self.image: AxesImage = ax.imshow(
            values,
            colormap,
            Normalize(low, high),
            extent=(x - half, x + half, y + half, y - half),
            interpolation="bilinear" if smooth else "nearest",
            zorder=2,
        )
        self.image.set_clip_path(self.frame)

    def update(self, picture: Picture) -> None:
        """Show other values."""
        values, ends = picture
        self.image.set_data(values)
        self.image.set_clim(*ends)
