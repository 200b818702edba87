"""Where is drawn: the axes that were given or the current ones, dressed in one of the page's looks."""

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from pellucid.errors import ArgumentError
from pellucid.plots.checks import described, one_of
from pellucid.plots.colours import DARK, LIGHT, THEMES, Theme, ThemeName

PADDING = 0.12
"""Inches around what is drawn on a figure of our own."""

STILL = 0.002
"""Share of a figure by which what moves less has come to rest."""

DARK_BELOW = 0.4
"""Luminance of a background on which one draws in light colours."""


def open_axes(ax: Axes | None, size: tuple[float, float]) -> Axes:
    """Return the axes that were given, or the current ones; where these are in use, those of a new figure."""
    if ax is not None:
        if getattr(ax, "name", None) != "rectilinear":
            raise ArgumentError(f"ax is {described(ax)}, but must be Axes with two straight coordinates.")
        return ax
    if not plt.get_fignums() or _in_use(plt.gcf()):
        plt.figure(figsize=size, layout=ConstrainedLayoutEngine(w_pad=PADDING, h_pad=PADDING))
    return plt.gca()


def dress(ax: Axes, theme: ThemeName | None) -> Theme:
    """Return the theme that is asked for and give the figure its background, or the theme of the background it has."""
    if theme is None:
        return DARK if _is_dark(ax) else LIGHT
    one_of("theme", theme, (*THEMES, None))
    ax.figure.set_facecolor(THEMES[theme].card)
    return THEMES[theme]


def quieten(ax: Axes, theme: Theme) -> None:
    """Give the axes the page's calm: no frame, no ticks, no grid, soft numbers."""
    ax.set_facecolor("none")
    ax.grid(visible=False, which="both")
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.tick_params(which="both", length=0, pad=6, colors=theme.soft)
    for label in (ax.xaxis.label, ax.yaxis.label, ax.title):
        label.set_color(theme.ink)


def empty(ax: Axes) -> None:
    """Leave nothing of the axes but their place."""
    ax.set_axis_off()


def points_across(ax: Axes) -> tuple[float, float]:
    """Return width and height of the axes in points (1/72 inch), after they have been laid out."""
    lay_out_anew(ax, 1)
    box = ax.get_window_extent()
    scale = 72 / ax.figure.dpi
    return box.width * scale, box.height * scale


def lay_out_anew(ax: Axes, most: int = 8) -> None:
    """Let the figure's layout engine, if it has one, find the places of everything.

    Around axes of a fixed aspect, a constrained layout comes nearer to what is right each time, and Matplotlib does it
    once only: names at the side would be cut off. So it is done until nothing moves, `most` times at most.
    """
    engine = ax.figure.get_layout_engine()
    place = ax.get_position(original=True).bounds
    for _ in range(most if engine is not None else 0):
        engine.execute(ax.figure.figure)  # type: ignore[union-attr] # there is one
        before, place = place, ax.get_position(original=True).bounds
        if np.allclose(before, place, rtol=0, atol=STILL):
            return


def _in_use(figure: Figure) -> bool:
    if not figure.axes:
        return False
    ax = figure.gca()
    return ax.has_data() or bool(ax.child_axes) or not ax.axison


def _is_dark(ax: Axes) -> bool:
    # The background of a part of a figure is none as a rule; then one sees that of the whole.
    for figure in (ax.figure, ax.figure.figure):
        *rgb, alpha = to_rgba(figure.get_facecolor())
        if alpha > 0:
            return bool(np.dot(rgb, (0.2126, 0.7152, 0.0722)) < DARK_BELOW)
    return False
