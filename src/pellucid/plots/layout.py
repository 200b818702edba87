"""Where the units of a network lie in its picture; plain geometry, in points (1/72 inch) from the top left down."""

from typing import NamedTuple

HEAD, FOOT = 34.0, 12.0
LABEL, BIAS = 15.0, 6.0
"""Under a tile, for its name and for the bar of its bias."""

SMALLEST, SMALLEST_NAMED = 16.0, 22.0
"""Edge of a tile; where those with names would be smaller than this, they have none below them."""

TILE, CIRCLE, BITMAP = 64.0, 20.0, 110.0
"""The most that the edge of a tile, the diameter of a circle and the edge of a bitmap have."""

SHARE = 0.52
"""Of the distance between columns: the most that a tile takes."""

LARGEST_GAP = 34.0


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
    dense : bool
        Whether there is no room for names below the units.
    """

    x: float
    places: list[Place]
    hidden: int
    more: float
    dense: bool


class Room(NamedTuple):
    """What there is room for.

    Attributes
    ----------
    width, height : float
        Of the whole picture.
    left, right : float
        Kept for names at the sides.
    """

    width: float
    height: float
    left: float
    right: float

    @property
    def area(self) -> float:
        """Height for units."""
        return self.height - HEAD - FOOT

    @property
    def rows(self) -> int:
        """How many tiles of the smallest size find room below each other."""
        return max(2, int(self.area / (SMALLEST + BIAS)))


def lay_out(widths: list[int], largest: list[float], room: Room, most: int, grid: int) -> list[Column]:
    """Place the columns side by side and the units of each one below the other, around the middle.

    Parameters
    ----------
    widths : list of int
        Units of each column, from the inputs on.
    largest : list of float
        The most that the edge or diameter of a unit of each column may have.
    room : Room
        How large the picture is.
    most : int
        A column with more units shows one less, and says how many there are beside them.
    grid : int
        Pixels along the edge of the bitmap that the inputs are; 0 where they are none.
    """
    spacing = (room.width - room.left - room.right) / len(widths)
    columns = []
    for column, units in enumerate(widths):
        x = room.left + (column + 0.5) * spacing
        if grid and not column:
            size = min(BITMAP, SHARE * spacing, 0.6 * room.area)
            columns.append(Column(x, _pixels(grid, x, HEAD + room.area / 2, size), 0, 0.0, dense=True))
        else:
            columns.append(_stack(units, most, x, min(largest[column], SHARE * spacing), room.area))
    return columns


def _stack(units: int, most: int, x: float, largest: float, area: float) -> Column:
    shown = units if units <= most else most - 1
    rows = min(units, most)
    dense = area / rows < SMALLEST_NAMED + LABEL + BIAS
    below = BIAS if dense else LABEL + BIAS
    size = max(4.0, min(largest, area / rows - below))
    pitch = min(area / rows, size + below + LARGEST_GAP)
    middle = HEAD + (area - below) / 2

    def height(row: int) -> float:
        return middle + (row - (rows - 1) / 2) * pitch

    places = [Place(unit, x, height(unit), size, x + size / 2, height(unit)) for unit in range(shown)]
    return Column(x, places, units - shown, height(shown), dense)


def _pixels(grid: int, x: float, y: float, edge: float) -> list[Place]:
    """Return the places of a bitmap's pixels; their edges leave at its right side, each a little lower."""
    size = edge / grid
    left, top = x - edge / 2, y - edge / 2
    return [
        Place(
            pixel,
            left + (pixel % grid + 0.5) * size,
            top + (pixel // grid + 0.5) * size,
            size,
            x + edge / 2,
            top + (pixel + 0.5) * edge / grid**2,
        )
        for pixel in range(grid * grid)
    ]
