"""The weights as edges: width and opacity by their size, the colour by their sign, and negative ones dashed."""

import numpy as np
import numpy.typing as npt
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from pellucid.block import Floats
from pellucid.plots.colours import Theme
from pellucid.plots.layout import Column, Place
from pellucid.plots.subject import Subject

MOST = 1500
"""More edges of one layer are a thicket: a band stands for them, and the strongest are drawn over it."""

WANTED = 800
MANY = 400
"""Beyond so many they are finer."""

FINER = 0.55
LEAST, THINNEST, THICKER = 0.5, 0.55, 4.2
"""Points: of any edge, of a weight of 0, and what is added for an infinite one."""

FULL = 40.0
"""Edges that lead to smaller units than this (points) are finer in proportion."""

CODES = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]

Strengths = npt.NDArray[np.float64]


def strength_of(weights: Floats) -> Strengths:
    """Return the share of the full width and opacity that weights have: 0 for 0, one half for 1.5, towards 1.

    Examples
    --------
    >>> strength_of(np.array([0.0, -1.5, np.inf], dtype=np.float32))
    array([0. , 0.5, 1. ])
    """
    sizes = np.abs(weights.astype(np.float64))
    finite = np.isfinite(sizes)
    return np.where(finite, np.where(finite, sizes, 0) / (np.where(finite, sizes, 0) + 1.5), 1.0)


class LayerEdges:
    """The edges of one layer, that can be brought up to date.

    Parameters
    ----------
    ax : Axes
        Where they are drawn.
    subject : Subject
        The network.
    columns : list of Column
        Where its units lie.
    layer : int
        The layer that they lead to, from 0: the first hidden one.
    theme : Theme
        The colours.
    """

    def __init__(self, ax: Axes, subject: Subject, columns: list[Column], layer: int, theme: Theme) -> None:
        self._subject, self._layer, self._theme = subject, layer, theme
        self.sources, self.targets = columns[layer].places, columns[layer + 1].places
        pairs = len(self.sources) * len(self.targets)
        self.crowded = pairs > MOST
        if self.crowded:
            ax.add_patch(_band(self.sources, self.targets, theme))
        self._scale = min(1.0, self.targets[0].size / FULL) * (FINER if pairs > MANY else 1)
        self._paths = [_curve(source, target) for target in self.targets for source in self.sources]
        self.shown = PathCollection([], facecolors="none", capstyle="butt", zorder=1)
        ax.add_collection(self.shown, autolim=False)
        self.update()

    def update(self) -> None:
        """Show the weights as they are now."""
        W = self._subject.network.weights[self._layer][: len(self.targets), : len(self.sources)]
        weights = W.ravel()
        drawn = np.argsort(np.abs(weights), kind="stable")  # the strongest on top
        if self.crowded:
            drawn = drawn[-WANTED:]
        weights = weights[drawn]
        strengths = strength_of(weights)
        widths = np.maximum(LEAST, (THINNEST + THICKER * strengths) * self._scale)
        colours = np.where((weights < 0)[:, None], to_rgba(self._theme.negative), to_rgba(self._theme.positive))
        colours[:, 3] = np.minimum(1, 0.12 + 1.05 * strengths)
        self.shown.set_paths([self._paths[place] for place in drawn])
        self.shown.set_linewidth(widths.tolist())
        self.shown.set_edgecolor([tuple(colour) for colour in colours.tolist()])
        self.shown.set_linestyle(
            [_dashes(width) if weight < 0 else "solid" for weight, width in zip(weights, widths, strict=True)]
        )


def _curve(source: Place, target: Place) -> Path:
    start, end = (source.right, source.port), (target.x - target.size / 2, target.y)
    middle = (start[0] + end[0]) / 2
    return Path([start, (middle, start[1]), (middle, end[1]), end], CODES)


def _dashes(width: float) -> tuple[float, tuple[float, float]]:
    on, off = max(3.0, 1.5 * width), max(2.25, width)
    unit = width if rcParams["lines.scale_dashes"] else 1.0
    return 0, (on / unit, off / unit)


def _band(sources: list[Place], targets: list[Place], theme: Theme) -> PathPatch:
    """Return the area from the right side of all sources to the left side of all targets."""
    x0, x1 = sources[0].right, targets[0].x - targets[0].size / 2
    top0, bottom0 = sources[0].port, sources[-1].port
    top1, bottom1 = targets[0].y - targets[0].size / 2, targets[-1].y + targets[-1].size / 2
    middle = (x0 + x1) / 2
    corners = [
        *((x0, top0), (middle, top0), (middle, top1), (x1, top1)),
        *((x1, bottom1), (middle, bottom1), (middle, bottom0), (x0, bottom0)),
        (x0, top0),
    ]
    codes = [Path.MOVETO, *3 * [Path.CURVE4], Path.LINETO, *3 * [Path.CURVE4], Path.CLOSEPOLY]
    return PathPatch(Path(corners, codes), facecolor=theme.hairline, edgecolor="none", alpha=0.55, zorder=0.5)
