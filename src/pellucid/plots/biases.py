"""The biases: under each unit a bar from its middle, to the right for a positive, to the left for a negative one."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from pellucid.plots.colours import Theme
from pellucid.plots.edges import strength_of
from pellucid.plots.layout import Column, Place
from pellucid.plots.subject import Subject

BELOW, HALF = 3.5, 0.36
"""Points under the unit, and half of the length of a bar as a share of the unit's edge."""

REST, BAR = 0.8, 2.2


class LayerBiases:
    """The biases of one layer, that can be brought up to date.

    Parameters
    ----------
    ax : Axes
        Where they are drawn.
    subject : Subject
        The network.
    columns : list of Column
        Where its units lie.
    layer : int
        The layer, from 0: the first hidden one.
    theme : Theme
        The colours.
    """

    def __init__(self, ax: Axes, subject: Subject, columns: list[Column], layer: int, theme: Theme) -> None:
        self._subject, self._layer, self._theme = subject, layer, theme
        self._bars = [_bar_of(place) for place in columns[layer + 1].places]
        rests = [[(x - half, y), (x + half, y)] for x, y, half in self._bars]
        ax.add_collection(LineCollection(rests, colors=theme.hairline, linewidths=REST, zorder=2), autolim=False)
        self.shown = LineCollection([], linewidths=BAR, capstyle="butt", zorder=2.5)
        ax.add_collection(self.shown, autolim=False)
        self.update()

    def update(self) -> None:
        """Show the biases as they are now."""
        biases = self._subject.network.biases[self._layer][: len(self._bars)]
        shares = np.sign(np.nan_to_num(biases)) * strength_of(2 * biases)
        self.shown.set_segments(
            [[(x, y), (x + half * share, y)] for (x, y, half), share in zip(self._bars, shares, strict=True)]
        )
        self.shown.set_color([self._theme.negative if bias < 0 else self._theme.positive for bias in biases])


def _bar_of(place: Place) -> tuple[float, float, float]:
    return place.x, place.y + place.size / 2 + BELOW, HALF * place.size
