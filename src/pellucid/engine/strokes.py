"""Drawings as text: strokes on a pad of 512 × 512 units, or cells of a bitmap.

A stroke is a polyline. Every point takes three characters of base64url (6 bits each, the most significant first): 9
bits of x, to the right, then 9 bits of y, downwards. A dot stands between strokes. A text that begins with a dot has
cells instead: the bits of a square bitmap, row by row from the top, six to a character, the last one filled up with
zeros. The number of characters tells the size of the bitmap.

Text is given and written as an array of character codes. Points are rows (x, y, 1 where a stroke begins, else 0).
"""

from pellucid.engine.primitives import Floats, Integers, float32

PAD = 512
"""Units along each side of the pad."""

PAD_PEN = 10.0
"""Radius of the pen on the pad, in its units."""

TOLERANCE = 1.5
"""In pad units: by so much a line may move when it is simplified for keeping."""

DOT = 46
UNKNOWN = -1
"""What `digit` says of a character that stands for no number, and `grid_of` of a text of no known size."""


def digit(code: int) -> int:
    """Return the number from 0 to 63 that a character of base64url (RFC 4648) stands for."""
    if code >= 65 and code <= 90:
        return code - 65
    if code >= 97 and code <= 122:
        return code - 71
    if code >= 48 and code <= 57:
        return code + 4
    if code == 45:
        return 62
    return 63 if code == 95 else UNKNOWN


def character(number: int) -> int:
    """Return the code of the character of base64url for a number from 0 to 63."""
    if number < 26:
        return number + 65
    if number < 52:
        return number + 71
    if number < 62:
        return number - 4
    return 45 if number == 62 else 95


def is_drawing(text: Integers) -> bool:
    """Return whether the codes (length,) are a drawing; no text at all is an empty one."""
    length = text.shape[0]
    if length > 0 and text[0] == DOT:
        return grid_of(text) != UNKNOWN and are_digits(text, 1, length)
    start = 0
    while start < length:
        if text[start] == DOT:
            if start == 0 or start + 1 == length:
                return False
            start += 1
        if start + 3 > length or not are_digits(text, start, start + 3):
            return False
        start += 3
    return True


def are_digits(text: Integers, start: int, end: int) -> bool:
    """Return whether all characters from `start` to before `end` are of base64url."""
    known = True
    for k in range(start, end):
        known = known and digit(text[k]) != UNKNOWN
    return known


def grid_of(text: Integers) -> int:
    """Return the cells along each side of the bitmap that a text of cells holds."""
    for grid in range(6, 29):
        known = grid == 6 or grid == 8 or grid == 10 or grid == 12 or grid == 16 or grid == 20 or grid == 28
        if known and text.shape[0] == 1 + (grid * grid + 5) // 6:
            return grid
    return UNKNOWN


def cell_of(text: Integers, cell: int) -> int:
    """Return the bit of a cell of a text of cells."""
    return (digit(text[1 + cell // 6]) >> (5 - cell % 6)) & 1


def after_dot(text: Integers, place: int) -> int:
    """Return where the next point's characters start: behind the dot, if one stands here."""
    return place + 1 if place < text.shape[0] and text[place] == DOT else place


def x_at(text: Integers, place: int) -> int:
    """Return x of the point whose characters start here, in pad units from 0 to 511."""
    return (digit(text[place]) << 3) | (digit(text[place + 1]) >> 3)


def y_at(text: Integers, place: int) -> int:
    """Return y of the point whose characters start here, in pad units from 0 to 511."""
    return ((digit(text[place + 1]) & 7) << 6) | digit(text[place + 2])


def get_strokes(text: Integers, points: Floats) -> int:
    """Write the points of a text of strokes as rows (x, y, begins), in pad units; return how many there are."""
    if text.shape[0] > 0 and text[0] == DOT:
        return 0
    count, place = 0, 0
    while place < text.shape[0]:
        start = after_dot(text, place)
        points[count, 0] = float32(x_at(text, start))
        points[count, 1] = float32(y_at(text, start))
        points[count, 2] = 1.0 if place == 0 or start > place else 0.0
        count += 1
        place = start + 3
    return count


def put_cells(bits: Floats, grid: int, text: Integers) -> int:
    """Write the text of a bitmap's bits (grid²,); return its length."""
    cells = grid * grid
    length = 1 + (cells + 5) // 6
    text[0] = DOT
    for k in range(1, length):
        number = 0
        for cell in range(6 * (k - 1), 6 * k):
            number = 2 * number + (1 if cell < cells and bits[cell] != 0.0 else 0)
        text[k] = character(number)
    return length


def put_strokes(points: Floats, tolerance: float, text: Integers) -> int:
    """Write the text of points (n, 3), rounded to whole units of the pad; return its length.

    With a tolerance above 0, strokes are simplified first: no point that is left out was further than this from the
    line that goes on without it (Ramer 1972; Douglas and Peucker 1973). `points` is changed.
    """
    n = points.shape[0]
    for k in range(n):
        points[k, 0] = rounded(points[k, 0])
        points[k, 1] = rounded(points[k, 1])
    start, length = 0, 0
    while start < n:
        end = start + 1
        while end < n and points[end, 2] == 0.0:
            end += 1
        if tolerance > 0.0:
            mark_needed(points, start, end, tolerance)
        length = put_stroke(points, start, end, tolerance, text, length)
        start = end
    return length


def rounded(place: float) -> float:
    """Return the nearest whole unit on the pad."""
    inside = place if place > 0.0 else 0.0
    inside = inside if inside < float32(PAD - 1) else float32(PAD - 1)
    return float32(int(inside + 0.5))


def mark_needed(points: Floats, start: int, end: int, tolerance: float) -> None:
    """Set the third column of a stroke's points to 1 for those to be kept: its ends, and all that bend it."""
    points[start, 2] = 1.0
    points[end - 1, 2] = 1.0
    found = True
    while found:
        found = False
        first = start
        for last in range(start + 1, end):
            if points[last, 2] == 0.0:
                continue
            furthest, most = first, tolerance * tolerance
            for k in range(first + 1, last):
                away = square_to_segment(
                    points[k, 0], points[k, 1], points[first, 0], points[first, 1], points[last, 0], points[last, 1]
                )
                if away > most:
                    furthest, most = k, away
            if furthest > first:
                points[furthest, 2] = 1.0
                found = True
            first = last


def square_to_segment(x: float, y: float, x0: float, y0: float, x1: float, y1: float) -> float:
    """Return the square of the distance from a point to a line segment.

    It is written from the segment's middle, so that it is the same to the last bit when the ends change places, and
    when everything is turned by 90° about the origin or mirrored.
    """
    half_x, half_y = 0.5 * (x1 - x0), 0.5 * (y1 - y0)
    away_x, away_y = x - 0.5 * (x0 + x1), y - 0.5 * (y0 + y1)
    square = half_x * half_x + half_y * half_y
    along = (away_x * half_x + away_y * half_y) / square if square > 0.0 else float32(0.0)
    along = along if along < 1.0 else float32(1.0)
    along = along if along > -1.0 else float32(-1.0)
    rest_x, rest_y = away_x - along * half_x, away_y - along * half_y
    return rest_x * rest_x + rest_y * rest_y


def put_stroke(points: Floats, start: int, end: int, tolerance: float, text: Integers, length: int) -> int:
    """Write one stroke behind what there is; return the new length. A point on the one before it is left out."""
    if length > 0:
        text[length] = DOT
        length += 1
    x, y = -1, -1
    for k in range(start, end):
        if tolerance > 0.0 and points[k, 2] == 0.0:
            continue
        next_x, next_y = int(points[k, 0]), int(points[k, 1])
        if next_x == x and next_y == y:
            continue
        x, y = next_x, next_y
        text[length] = character(x >> 3)
        text[length + 1] = character(((x & 7) << 3) | (y >> 6))
        text[length + 2] = character(y & 63)
        length += 3
    return length
