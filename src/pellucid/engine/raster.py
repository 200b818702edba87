"""From a drawing to bits: fitted to the square, then an n × n bitmap.

The fit. The box around the strokes' points is moved to the middle of the square and scaled, by the same factor both
ways, until its longer side is `SPAN` of the square. The pen then draws with the radius `PEN_RADIUS`, so that a margin
of 5 % is left free on all sides, and the ink is as thick however large the drawing was. A straight line keeps its
direction and stays a line. What is smaller than the pen is wide is taken for a dot: it is magnified only as if it
were as long as that, so that a tap with a trembling hand stays a dot and nothing is divided by zero.

The bits. A cell is on when ink lies on at least `ENOUGH` of the `POINTS` × `POINTS` points that are spread evenly over
it: at least 12 % of its area. Ink is where any stroke comes within the pen's radius. A dot, which is a stroke no
longer than the pen is wide, is drawn with at least `DOT_RADIUS` of a cell, so that it cannot fall between coarse cells.

Coordinates are taken from the middle of the square. So a drawing that is moved, turned by 90° or mirrored has the same
bits moved, turned or mirrored, to the last one, and one that is scaled by a whole number has the same: all numbers
involved only change sign or places, and a quotient of integers does not change when both are multiplied.
"""

from pellucid.engine.primitives import Floats, Integers, float32
from pellucid.engine.strokes import (
    DOT,
    PAD_PEN,
    after_dot,
    cell_of,
    grid_of,
    square_to_segment,
    x_at,
    y_at,
)

Box = tuple[int, int, float]
"""Smallest + largest x, smallest + largest y, and the longer side."""

SPAN = 0.82
"""Longer side of the fitted strokes, as a share of the square: what 5 % of margin and the pen leave."""

PEN_RADIUS = 0.04
"""Radius of the pen in the fitted square, as a share of its side."""

DOT_RADIUS = 0.45
"""Least radius of a dot, as a share of a cell: a dot on the corner of four cells then has ink enough in each."""

POINTS = 5
"""Points along each side of a cell, at which is looked for ink."""

ENOUGH = 3
"""Points with ink that turn a cell on, out of 25."""


def fit_points(text: Integers, points: Floats) -> int:
    """Write the points of a drawing's strokes, fitted to [0, 1]², as rows (x, y, begins); return how many there are."""
    if text.shape[0] == 0 or text[0] == DOT:
        return 0
    x_sum, y_sum, longer = box_of(text, 0, text.shape[0])
    side = at_least_pen(longer)
    count, place = 0, 0
    while place < text.shape[0]:
        start = after_dot(text, place)
        points[count, 0] = 0.5 + fitted(x_at(text, start), x_sum, side)
        points[count, 1] = 0.5 + fitted(y_at(text, start), y_sum, side)
        points[count, 2] = 1.0 if place == 0 or start > place else 0.0
        count += 1
        place = start + 3
    return count


def box_of(text: Integers, start: int, end: int) -> Box:
    """Return the box around the points of a text from `start` to before `end`."""
    place = after_dot(text, start)
    left, right, top, bottom = x_at(text, place), x_at(text, place), y_at(text, place), y_at(text, place)
    while place < end:
        place = after_dot(text, place)
        x, y = x_at(text, place), y_at(text, place)
        left = x if x < left else left
        right = x if x > right else right
        top = y if y < top else top
        bottom = y if y > bottom else bottom
        place += 3
    longer = right - left if right - left > bottom - top else bottom - top
    return left + right, top + bottom, float32(longer)


def at_least_pen(side: float) -> float:
    """Return the side of a drawing's box as it is fitted: no less than the pen is wide."""
    return side if side > 2.0 * PAD_PEN else 2.0 * PAD_PEN


def fitted(place: int, ends: int, side: float) -> float:
    """Return where a coordinate on the pad comes to lie, from the middle of the square."""
    return float32(2 * place - ends) / side * (0.5 * SPAN)


def draw_bits(text: Integers, grid: int, bits: Floats, masks: Integers) -> int:
    """Set bits (grid²,) to the bitmap of a drawing, row by row from the top; return how many cells are on.

    `masks` is the same memory as `bits`: there each cell first collects which of its points have ink, a bit for each.
    """
    for cell in range(grid * grid):
        masks[cell] = 0
    if text.shape[0] > 0 and text[0] == DOT:
        ink_cells(text, grid, masks)
    elif text.shape[0] > 0:
        ink_strokes(text, grid, masks)
    on = 0
    for cell in range(grid * grid):
        covered = 0
        for point in range(POINTS * POINTS):
            covered += (masks[cell] >> point) & 1
        bits[cell] = 1.0 if covered >= ENOUGH else 0.0
        on += 1 if covered >= ENOUGH else 0
    return on


def ink_cells(text: Integers, grid: int, masks: Integers) -> None:
    """Let the cells of a text of cells be the ink, each as large as it is there."""
    own = grid_of(text)
    lattice = grid * POINTS
    for row in range(lattice):
        for column in range(lattice):
            y, x = (2 * row + 1) * own, (2 * column + 1) * own
            if is_inked(text, own, y, x, 2 * lattice):
                mark(masks, grid, row, column)


def is_inked(text: Integers, own: int, y: int, x: int, cell: int) -> bool:
    """Return whether a point lies in a cell that is on, or on the edge of one; cells are `cell` wide here."""
    ink = 0
    for row in range((y - 1) // cell, y // cell + 1):
        for column in range((x - 1) // cell, x // cell + 1):
            ink |= cell_of(text, row * own + column)
    return ink != 0


def ink_strokes(text: Integers, grid: int, masks: Integers) -> None:
    """Draw every stroke with the pen: segment after segment, and a point that is alone as a dot."""
    x_sum, y_sum, longer = box_of(text, 0, text.shape[0])
    side = at_least_pen(longer)
    x0, y0, radius = float32(0.0), float32(0.0), float32(0.0)
    place = 0
    while place < text.shape[0]:
        start = after_dot(text, place)
        x = fitted(x_at(text, start), x_sum, side)
        y = fitted(y_at(text, start), y_sum, side)
        begins = place == 0 or start > place
        if begins:
            radius = radius_for(text, start, side, grid)
        ink_segment(x if begins else x0, y if begins else y0, x, y, radius, grid, masks)
        x0, y0 = x, y
        place = start + 3


def radius_for(text: Integers, start: int, side: float, grid: int) -> float:
    """Return the radius with which the stroke that starts here is drawn."""
    end = start
    while end < text.shape[0] and text[end] != DOT:
        end += 3
    _, _, longer = box_of(text, start, end)
    is_dot = longer / side * SPAN <= 2.0 * PEN_RADIUS
    least = DOT_RADIUS / float32(grid)
    return least if is_dot and least > PEN_RADIUS else float32(PEN_RADIUS)


def ink_segment(x0: float, y0: float, x1: float, y1: float, radius: float, grid: int, masks: Integers) -> None:
    """Mark the points within the pen's radius of a segment, which is given from the middle of the square."""
    lattice = grid * POINTS
    left, right = first_near(x0, x1, radius, lattice), last_near(x0, x1, radius, lattice)
    top, bottom = first_near(y0, y1, radius, lattice), last_near(y0, y1, radius, lattice)
    for row in range(top, bottom + 1):
        y = place_of(row, lattice)
        for column in range(left, right + 1):
            away = square_to_segment(place_of(column, lattice), y, x0, y0, x1, y1)
            if away <= radius * radius:
                mark(masks, grid, row, column)


def place_of(index: int, lattice: int) -> float:
    """Return where a row or column of points lies, from the middle of the square."""
    return float32(2 * index + 1 - lattice) / float32(2 * lattice)


def first_near(a: float, b: float, radius: float, lattice: int) -> int:
    """Return the first row or column of points that the pen may reach between two places, or one before it."""
    low = ((a if a < b else b) - radius + 0.5) * float32(lattice)
    return int(low) - 1 if low > 1.0 else 0


def last_near(a: float, b: float, radius: float, lattice: int) -> int:
    """Return the last row or column of points that the pen may reach between two places, or one behind it."""
    high = ((a if a > b else b) + radius + 0.5) * float32(lattice)
    return int(high) + 1 if high < float32(lattice - 1) else lattice - 1


def mark(masks: Integers, grid: int, row: int, column: int) -> None:
    """Note that a point has ink."""
    bit = row % POINTS * POINTS + column % POINTS
    masks[row // POINTS * grid + column // POINTS] |= 1 << bit
