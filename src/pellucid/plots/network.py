"""The network: its units with what they compute, its weights as edges, its biases as bars."""

from typing import Any

from matplotlib.axes import Axes

from pellucid.plots.biases import LayerBiases
from pellucid.plots.canvas import dress, empty, open_axes, points_across
from pellucid.plots.checks import whole
from pellucid.plots.colours import Theme, ThemeName
from pellucid.plots.edges import LayerEdges
from pellucid.plots.fields import Limits, Window, window_of
from pellucid.plots.layout import CIRCLE, TILE, Room, lay_out
from pellucid.plots.names import longest_at_the_sides, write_names
from pellucid.plots.subject import Subject
from pellucid.plots.tiles import Picture, Tile, add_bitmap, add_circle, colormap_of, has_pictures, pictures_of

SIZE = (7.2, 4.6)


def plot_network(
    network: Any,
    *,
    ax: Axes | None = None,
    limits: Limits | None = None,
    most: int | None = None,
    theme: ThemeName | None = None,
) -> Axes:
    """Draw the network: units as tiles with what they compute, weights as edges, biases as bars below the units.

    An edge is the wider and the darker the larger its weight is; positive ones are blue, negative ones orange and
    dashed. A tile shows the unit's value over the plane, or over two given inputs; where the inputs are a bitmap, what
    the unit looks for, and at the left the mean of the samples trained on, where the network has them. Other units are
    circles.

    Parameters
    ----------
    network : Run, LiveNetwork or fitted estimator
        Any network.
    ax : Axes, optional
        Where it is drawn; by default the current axes, or those of a new figure when these are in use.
    limits : ((float, float), (float, float)), optional
        The part of the plane that tiles show, as in `plot_surface`.
    most : int, optional
        A column with more units shows its first ones, and says how many more there are; by default, as many as there
        is room for. Of more than 1,500 edges between two columns only the strongest 800 are drawn, and that is said
        too.
    theme : {"light", "dark"}, optional
        The page's look, which the figure's background then has too; by default the one that suits the background.

    Returns
    -------
    Axes
        Where it was drawn; its coordinates are points (1/72 inch), as long as its size stays the same.

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
    if most is not None:
        whole("most", most, 2, 64)
    window = window_of(subject, subject.points, limits) if subject.flat else None
    ax = open_axes(ax, SIZE)
    NetworkPicture(ax, subject, dress(ax, theme), window, most)
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
    window : Window or None
        The part of the plane that tiles show; None where there is none.
    most : int, optional
        Most units that a column shows.
    """

    def __init__(
        self, ax: Axes, subject: Subject, theme: Theme, window: Window | None, most: int | None = None
    ) -> None:
        self.ax, self.subject, self.theme, self.window = ax, subject, theme, window
        empty(ax)
        width, height = points_across(ax)
        rows = most or Room(width, height, 0, 0).rows
        room = Room(width, height, *longest_at_the_sides(subject, rows, width, height))
        largest = [TILE if has_pictures(subject, column) else CIRCLE for column in range(len(subject.widths))]
        self.columns = lay_out(subject.widths, largest, room, rows, subject.grid)
        layers = range(len(subject.widths) - 1)
        self.tiles = self._add_units()
        self.edges = [LayerEdges(ax, subject, self.columns, layer, theme) for layer in layers]
        self.biases = [LayerBiases(ax, subject, self.columns, layer, theme) for layer in layers]
        write_names(ax, subject, self.columns, self.edges, theme, room)
        ax.set_aspect("equal")
        ax.set(xlim=(0, width), ylim=(height, 0))

    def update(self) -> None:
        """Show the network as it is now."""
        for parts in (self.edges, self.biases):
            for part in parts:
                part.update()
        for tiles, pictures in zip(self.tiles, self._pictures(), strict=True):
            for tile, picture in zip(tiles, pictures, strict=True):
                tile.update(picture)

    def _pictures(self) -> list[list[Picture]]:
        return pictures_of(self.subject, [len(column.places) for column in self.columns], self.window)

    def _add_units(self) -> list[list[Tile]]:
        subject, theme = self.subject, self.theme
        tiles: list[list[Tile]] = []
        for number, (column, pictures) in enumerate(zip(self.columns, self._pictures(), strict=True)):
            drawn = []
            if number == 0 and subject.grid:
                add_bitmap(self.ax, subject, column.places, theme)
            elif not pictures:
                for place in column.places:
                    add_circle(self.ax, subject, number, place, theme)
            else:
                for place, picture in zip(column.places, pictures, strict=True):
                    colormap = colormap_of(subject, number, place.unit, theme)
                    middle = place.x, place.y
                    drawn.append(Tile(self.ax, picture, colormap, middle, place.size, theme, smooth=subject.flat))
            tiles.append(drawn)
        return tiles
