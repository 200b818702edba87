"""What is written into the picture of a network: over its columns, beside or below its units, and what is left out."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from pellucid.plots.colours import Theme
from pellucid.plots.edges import WANTED, LayerEdges
from pellucid.plots.layout import BIAS, Column, Place, Room
from pellucid.plots.subject import Subject
from pellucid.plots.tiles import has_pictures

SMALL, SYMBOL = 8.5, 11.0
LETTER = 0.62
"""Width of a letter as a share of its height, about."""

BESIDE = 5.0
MOST_OF_WIDTH = 0.25


def longest_at_the_sides(subject: Subject, rows: int, width: float, height: float) -> tuple[float, float]:
    """Return the room that is needed at the left and at the right for names beside inputs and outputs, in points.

    Parameters
    ----------
    subject : Subject
        The network.
    rows : int
        Most units that a column shows.
    width, height : float
        Of the picture.
    """
    last = len(subject.widths) - 1
    needed = [0.0, 0.0]
    for side, column in enumerate((0, last)):
        if _beside(subject, column, dense=height / max(1, min(rows, subject.widths[column])) < 45):
            shown = min(subject.widths[column], rows)
            letters = max(len(subject.unit_name(column, unit).strip("$")) for unit in range(shown))
            # Half of the space beside the outermost column is free anyway.
            free = width / len(subject.widths) * 0.24
            needed[side] = float(np.clip(LETTER * SMALL * letters + BESIDE - free, 0, MOST_OF_WIDTH * width))
    return needed[0], needed[1]


def write_names(
    ax: Axes, subject: Subject, columns: list[Column], edges: list[LayerEdges], theme: Theme, room: Room
) -> None:
    """Write everything.

    Parameters
    ----------
    ax : Axes
        Where it is written.
    subject : Subject
        The network.
    columns : list of Column
        Where its units lie.
    edges : list of LayerEdges
        Its edges, for how many are left out.
    theme : Theme
        The colours.
    room : Room
        How large the picture is.
    """
    spacing = (room.width - room.left - room.right) / len(columns)
    small = float(np.clip(0.115 * spacing, 5.5, SMALL))

    def write(x: float, y: float, text: str, **look: Any) -> None:
        usual: dict[str, Any] = {
            "ha": "center",
            "va": "center",
            "color": theme.soft,
            "fontsize": small,
            "math_fontfamily": "stix",
        }
        ax.text(x, y, text, zorder=4, **usual | look)

    for number, column in enumerate(columns):
        head = subject.column_name(number) + (f"\n{subject.activation(number)}" if number else "")
        write(column.x, 2, head, va="top", linespacing=1.45)
        if number == 0 and subject.grid:
            if not subject.network.train_samples:
                continue
            write(column.x, _bottom(column.places) + 6, "mean of the\ntraining samples", va="top", linespacing=1.3)
            continue
        beside = _beside(subject, number, dense=column.dense)
        for place in column.places if beside or not column.dense else []:
            name = subject.unit_name(number, place.unit)
            symbol = name.startswith("$")
            size = float(np.clip(0.22 * place.size, 8, SYMBOL)) if symbol else small
            if beside:
                side = -1 if number == 0 else 1
                x = place.x + side * (place.size / 2 + BESIDE)
                write(x, place.y, name, fontsize=size, ha="right" if side < 0 else "left", color=theme.ink)
            else:
                write(place.x, place.y + place.size / 2 + BIAS + (1.5 if number else -1), name, fontsize=size, va="top")
        if column.hidden:
            write(column.x, column.more, f"+ {column.hidden:,} more".replace(",", " "))
    thickets = [each for each in edges if each.crowded]
    if thickets:
        all_of = sum(len(each.sources) * len(each.targets) for each in thickets)
        note = f"the {WANTED * len(thickets):,} strongest of {all_of:,} weights".replace(",", " ")
        write(room.width / 2, room.height - 1, note, va="bottom")


def _beside(subject: Subject, column: int, *, dense: bool) -> bool:
    """Return whether the names of a column stand at its side: those of classes, and of inputs that have no room."""
    if column == len(subject.widths) - 1:
        return subject.widths[-1] > 1
    return column == 0 and not subject.grid and (dense or not has_pictures(subject, 0))


def _bottom(places: list[Place]) -> float:
    return places[-1].y + places[-1].size / 2
