"""The network: its units with what they compute, its weights as edges, its biases as bars."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Circle

from pellucid.plots.canvas import dress, empty, open_axes, points_across
from pellucid.plots.checks import whole
from pellucid.plots.colours import Theme, ThemeName
from pellucid.plots.edges import WANTED, LayerEdges, strength_of
from pellucid.plots.layout import BITMAP, Place, lay_out
from pellucid.plots.subject import Subject
from pellucid.plots.tiles import Tile, colormap_of, has_pictures, pictures_of

SIZE = (7.2, 4.6)
CIRCLE = 0.56
MOST = 8
LETTER = 0.55
"""Width of a letter as a share of its height, about."""


def plot_network(network: Any, *, ax: Axes | None = None, most: int = MOST, theme: ThemeName | None = None) -> Axes:
    """Draw the network: units as tiles with what they compute, weights as edges, biases as bars below the units.

    An edge is the wider and the darker the larger its weight is; positive ones are blue, negative ones orange and
    dashed. A tile shows the unit's value over the plane, or over two given inputs; where the inputs are a bitmap, what
    the unit looks for, and at the left the mean of the samples trained on. Other units are circles.

    Parameters
    ----------
    network : Run, LiveNetwork or fitted estimator
        Any network.
    ax : Axes, optional
        Where it is drawn; by default the current axes.
    most : int
        A column with more units shows its first ones, and says how many more there are. Of more than 1,500 edges
        between two columns, only the strongest 800 are drawn, and that is said too.
    theme : {"light", "dark"}, optional
        The page's look, which the figure's background then has too; by default the one that suits the background.

    Returns
    -------
    Axes
        Where it was drawn.

    Raises
    ------
    ArgumentError
        When an argument is out of range.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from pellucid import Experiment, Run
    >>> ax = plot_network(Run(Experiment()), ax=Figure().subplots())
    >>> [text.get_text() for text in ax.texts][:3]
    ['2 inputs', '$x_1$', '$x_2$']
    """
    subject = Subject(network, "plot_network")
    whole("most", most, 2, 64)
    ax = open_axes(ax, SIZE)
    NetworkPicture(ax, subject, dress(ax, theme), most)
    return ax


class NetworkPicture:
    """The network, that can be brought up to date.

    Parameters
    ----------
    ax : Axes
        Where it is drawn.
    subject : Subject
        The network.
    theme : Theme
        The colours.
    most : int
        Most units that a column shows.
    """

    def __init__(self, ax: Axes, subject: Subject, theme: Theme, most: int = MOST) -> None:
        self.ax, self.subject, self.theme = ax, subject, theme
        empty(ax)
        width, height = points_across(ax)
        names = [_longest(subject, column, most) for column in (0, len(subject.widths) - 1)]
        margins = [0.0 if has_pictures(subject, 0) or subject.grid else _room(names[0]), _room(names[1])]
        if subject.flat:
            margins = [0.0, 0.0]
        sizes = [1.0 if has_pictures(subject, column) else CIRCLE for column in range(len(subject.widths))]
        self.layout = lay_out(subject.widths, sizes, most, width / height, subject.grid, (margins[0], margins[1]))
        self.tile = min(width / self.layout.width, height / self.layout.height)
        """Edge of a tile in points, as the axes are now."""
        self.edges = [
            LayerEdges(ax, subject, self.layout, layer, theme, self.tile) for layer in range(len(subject.widths) - 1)
        ]
        self.tiles = self._add_tiles()
        self.biases = self._add_biases()
        self._add_names()
        ax.set_aspect("equal")
        ax.set(xlim=(0, self.layout.width), ylim=(self.layout.height, 0))

    def update(self) -> None:
        """Show the network as it is now."""
        for edges in self.edges:
            edges.update()
        for tiles, pictures in zip(self.tiles, self._pictures(), strict=True):
            for tile, picture in zip(tiles, pictures, strict=True):
                tile.update(picture)
        for layer, bars in enumerate(self.biases):
            self._show_biases(layer, bars)

    def _pictures(self) -> list[list[Any]]:
        shown = [len(column.places) for column in self.layout.columns]
        return pictures_of(self.subject, shown)

    def _add_tiles(self) -> list[list[Tile]]:
        subject, theme = self.subject, self.theme
        tiles: list[list[Tile]] = []
        for number, (column, pictures) in enumerate(zip(self.layout.columns, self._pictures(), strict=True)):
            drawn = []
            for place, picture in zip(column.places, pictures, strict=False):
                colormap = colormap_of(subject, number, place.unit, theme)
                middle = place.x, place.y
                drawn.append(Tile(self.ax, picture, colormap, middle, place.size, theme, smooth=subject.flat))
            tiles.append(drawn)
            if number == 0 and subject.grid:
                self._add_bitmap(column.x, column.places)
            elif not pictures:
                self._add_circles(number, column.places)
        return tiles

    def _add_circles(self, number: int, places: list[Place]) -> None:
        last = number == len(self.subject.widths) - 1
        colours = self.subject.class_colours(self.theme) if last and self.subject.widths[-1] > 1 else ()
        for place in places:
            rim = colours[place.unit] if colours else self.theme.tile_rim
            look = {"facecolor": self.theme.card, "edgecolor": rim, "linewidth": 1.6 if colours else 0.9, "zorder": 3}
            self.ax.add_patch(Circle((place.x, place.y), place.size / 2, **look))

    def _add_bitmap(self, x: float, places: list[Place]) -> None:
        network, grid = self.subject.network, self.subject.grid
        trained = network.inputs[: network.train_samples]
        mean = trained.mean(axis=0).reshape(grid, grid) if len(trained) else np.zeros((grid, grid), np.float32)
        low, high = min(0.0, float(mean.min())), max(1.0, float(mean.max()))
        y = (places[0].y + places[-1].y) / 2
        Tile(self.ax, (mean, (low, high)), _inked(self.theme), (x, y), BITMAP, self.theme, smooth=False)

    def _add_biases(self) -> list[LineCollection]:
        bars = []
        for layer, column in enumerate(self.layout.columns[1:]):
            rests = [[(x - half, y), (x + half, y)] for x, y, half in map(_bar_of, column.places)]
            self.ax.add_collection(
                LineCollection(rests, colors=self.theme.hairline, linewidths=0.02 * self.tile, zorder=2), autolim=False
            )
            shown = LineCollection([], linewidths=0.055 * self.tile, capstyle="butt", zorder=2.5)
            self.ax.add_collection(shown, autolim=False)
            self._show_biases(layer, shown)
            bars.append(shown)
        return bars

    def _show_biases(self, layer: int, bars: LineCollection) -> None:
        places = self.layout.columns[layer + 1].places
        biases = self.subject.network.biases[layer][: len(places)]
        shares = np.sign(np.nan_to_num(biases)) * strength_of(2 * biases)
        bars.set_segments(
            [[(x, y), (x + half * share, y)] for (x, y, half), share in zip(map(_bar_of, places), shares, strict=True)]
        )
        bars.set_color([self.theme.negative if bias < 0 else self.theme.positive for bias in biases])

    def _add_names(self) -> None:
        layout, subject = self.layout, self.subject
        small = float(np.clip(0.19 * self.tile, 6.5, 10))
        symbol = float(np.clip(0.25 * self.tile, 7.5, 13))
        for number, column in enumerate(layout.columns):
            head = subject.column_name(number) + (f"\n{subject.activation(number)}" if number else "")
            self._write(column.x, 0.1, head, small, va="top", linespacing=1.5)
            if number == 0 and subject.grid:
                self._write(column.x, column.places[-1].y + 0.3, "mean of the training samples", small, va="top")
                continue
            for place in column.places:
                self._name(number, place, symbol, small)
            if column.hidden:
                self._write(column.x, column.more, f"+ {column.hidden:,} more".replace(",", " "), small)
        thickets = [edges for edges in self.edges if edges.crowded]
        if thickets:
            all_of = sum(len(edges.sources) * len(edges.targets) for edges in thickets)
            note = f"the {WANTED} strongest of {all_of:,} weights".replace(",", " ")
            self._write(layout.width / 2, layout.height, note, small, va="bottom")

    def _name(self, number: int, place: Place, symbol: float, small: float) -> None:
        subject, last = self.subject, number == len(self.subject.widths) - 1
        name = subject.unit_name(number, place.unit)
        below = (place.x, place.y + place.size / 2 + 0.21)
        size = symbol if name.startswith("$") else small
        if has_pictures(subject, number) and (subject.flat or not last):
            self._write(*below, name, size, va="top")
        elif last:
            self._write(place.x + place.size / 2 + 0.15, place.y, name, size, ha="left", color=self.theme.ink)
        elif number == 0:
            self._write(place.x - place.size / 2 - 0.15, place.y, name, size, ha="right", color=self.theme.ink)
        else:
            self._write(*below, name, size, va="top")

    def _write(self, x: float, y: float, text: str, size: float, **look: Any) -> None:
        usual = {"ha": "center", "va": "center", "color": self.theme.soft, "math_fontfamily": "stix"}
        self.ax.text(x, y, text, fontsize=size, zorder=4, **usual | look)


def _bar_of(place: Place) -> tuple[float, float, float]:
    """Return the middle of the bar of a bias, and half of the length that it may have."""
    return place.x, place.y + place.size / 2 + 0.1, 0.36 * place.size


def _longest(subject: Subject, column: int, most: int) -> int:
    """Return how many letters the longest name has of those that are shown."""
    shown = min(subject.widths[column], most)
    return max(len(subject.unit_name(column, unit).strip("$")) for unit in range(shown))


def _room(letters: int) -> float:
    return 0.19 * LETTER * letters


def _inked(theme: Theme) -> LinearSegmentedColormap:
    return LinearSegmentedColormap.from_list("ink", [theme.card, theme.ink])
