"""Where the units of a network lie in its picture; plain geometry, in edges of a tile, from the top left down."""

from typing import NamedTuple

SPACING = 2.3
"""Least distance between columns."""

HEAD, FOOT = 1.0, 0.1
BELOW = 0.66
"""Under a tile, for the bar of its bias and its name."""

LARGEST_GAP = 0.7
BITMAP = 2.4
"""Edge of the bitmap that the inputs are."""


class Place(NamedTuple):
    """Where a unit lies.

    Attributes
    ----------
    unit : int
        Its number in its column, from 0.
    x, y : float
        Its middle.
    size : float
        Its edge, or its diameter.
    right, port : float
        From where its edges to the next column leave.
    """

    unit: int
    x: float
    y: float
    size: float
    right: float
    port: float


class Column(NamedTuple):
    """Where the units of a column lie.

    Attributes
    ----------
    x : float
        The middle of all.
    places : list of Place
        Of the units that are shown, the first ones.
    hidden : int
        How many are not.
    more : float
        Height at which the number of those is written.
    """

    x: float
    places: list[Place]
    hidden: int
    more: float


class Layout(NamedTuple):
    """A network's picture: its width and height, and its columns from the inputs to the outputs."""

    width: float
    height: float
    columns: list[Column]


def lay_out(
    widths: list[int], sizes: list[float], most: int, aspect: float, grid: int, margins: tuple[float, float]
) -> Layout:
    """Place the columns side by side and the units of each one below the other, around the middle.

    Parameters
    ----------
    widths : list of int
        Units of each column, from the inputs on.
    sizes : list of float
        What is the edge or the diameter of a unit in each column.
    most : int
        A column with more units shows one less, and says how many there are beside them.
    aspect : float
        Width of the picture divided by its height, which it has if there is room enough so.
    grid : int
        Pixels along the edge of the bitmap that the inputs are; 0 where they are none.
    margins : (float, float)
        Room to the left and to the right for names.
    """
    rows = [BITMAP / (1 + BELOW) if grid and not column else min(units, most) for column, units in enumerate(widths)]
    room = max(2.0, *rows) * (1 + BELOW)
    height = HEAD + room + FOOT
    left, right = margins
    spacing = max(SPACING, (aspect * height - left - right) / len(widths))
    columns = []
    for column, units in enumerate(widths):
        x = left + (column + 0.5) * spacing
        if grid and not column:
            columns.append(Column(x, _pixels(grid, x, HEAD + (room - BELOW) / 2), 0, 0.0))
        else:
            columns.append(_stack(units, sizes[column], most, x, room))
    return Layout(left + len(widths) * spacing + right, height, columns)


def _stack(units: int, size: float, most: int, x: float, room: float) -> Column:
    shown = units if units <= most else most - 1
    rows = min(units, most)
    pitch = min(room / rows, 1 + BELOW + LARGEST_GAP)
    middle = HEAD + (room - BELOW) / 2

    def height(row: int) -> float:
        return middle + (row - (rows - 1) / 2) * pitch

    places = [Place(unit, x, height(unit), size, x + size / 2, height(unit)) for unit in range(shown)]
    return Column(x, places, units - shown, height(shown))


def _pixels(grid: int, x: float, y: float) -> list[Place]:
    """Return the places of a bitmap's pixels; their edges leave at its right side, each a little lower."""
    size = BITMAP / grid
    left, top = x - BITMAP / 2, y - BITMAP / 2
    return [
        Place(
            pixel,
            left + (pixel % grid + 0.5) * size,
            top + (pixel // grid + 0.5) * size,
            size,
            x + BITMAP / 2,
            top + (pixel + 0.5) * BITMAP / grid**2,
        )
        for pixel in range(grid * grid)
    ]
