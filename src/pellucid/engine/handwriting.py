"""Characters as a hand writes them: strokes with jitter, slant, size and place of their own, by seed.

A character is written in a square from −1 to 1, y downwards, as lines and arcs whose ends tremble a little. Then the
whole is slanted, turned, stretched, made wavy, and put somewhere on the pad, as large as it happens to come out.
These drawings are for demonstrations and for measuring how fast a network learns; they are no one's.
"""

from pellucid.engine.numerics import cos, sin
from pellucid.engine.primitives import Floats, Integers, float32
from pellucid.engine.random import normal, uniform
from pellucid.engine.strokes import PAD

MOST_POINTS = 256
"""In one character."""

EDGE = 8.0
ROOM = 495.0
"""Units of the pad that are left free at its edges, and those between."""

HALF_TURN = 3.14159265359
TREMBLE = 0.07
"""Standard deviation of every end of a line and every radius of an arc, in the square's units."""

UNKNOWN_CHARACTER = -1


def write_character(code: int, state: Integers, points: Floats) -> int:
    """Write a character (its code point) as points (256, 3) on the pad: x, y, begins; return how many there are."""
    n = write_letter(code, state, points)
    if n == 0:
        n = write_low_digit(code, state, points) if code < 53 else write_high_digit(code, state, points)
    if n == 0:
        return UNKNOWN_CHARACTER
    put_on_pad(points, n, state)
    return n


def write_letter(code: int, state: Integers, points: Floats) -> int:
    """Write a character that is no digit, such as X, O, —, |, / and +; return 0 for any other."""
    if code == 88 or code == 120 or code == 215 or code == 10007:
        n = line(points, 0, 1.0, -0.8, -1.0, 0.8, 1.0, state)
        return line(points, n, 1.0, 0.8, -1.0, -0.8, 1.0, state)
    if code == 79 or code == 111 or code == 9675:
        return ring(points, 0, 0.0, 0.0, 0.85, 1.0, state)
    if code == 45 or code == 8211 or code == 8212 or code == 8722:
        return line(points, 0, 1.0, -1.0, 0.0, 1.0, 0.0, state)
    if code == 124 or code == 73 or code == 108:
        return line(points, 0, 1.0, 0.0, -1.0, 0.0, 1.0, state)
    if code == 47:
        return line(points, 0, 1.0, 0.7, -1.0, -0.7, 1.0, state)
    if code == 92:
        return line(points, 0, 1.0, -0.7, -1.0, 0.7, 1.0, state)
    if code == 43:
        n = line(points, 0, 1.0, -1.0, 0.0, 1.0, 0.0, state)
        return line(points, n, 1.0, 0.0, -1.0, 0.0, 1.0, state)
    if code == 10003:
        n = line(points, 0, 1.0, -0.9, 0.1, -0.3, 0.9, state)
        return line(points, n, 0.0, -0.3, 0.9, 1.0, -0.9, state)
    return 0


def write_low_digit(code: int, state: Integers, points: Floats) -> int:
    """Write a digit from 0 to 4; return 0 for any other character."""
    if code == 48:
        return ring(points, 0, 0.0, 0.0, 0.65, 1.0, state)
    if code == 49:
        n = line(points, 0, 1.0, -0.4, -0.55, 0.1, -1.0, state)
        return line(points, n, 0.0, 0.1, -1.0, 0.1, 1.0, state)
    if code == 50:
        n = arc(points, 0, 1.0, 0.0, -0.45, 0.6, 0.55, -1.0, 0.25, state)
        n = line(points, n, 0.0, 0.4, -0.1, -0.65, 0.95, state)
        return line(points, n, 0.0, -0.65, 0.95, 0.7, 0.95, state)
    if code == 51:
        n = arc(points, 0, 1.0, -0.1, -0.5, 0.6, 0.5, -0.9, 0.5, state)
        return arc(points, n, 0.0, -0.1, 0.5, 0.7, 0.5, -0.5, 0.9, state)
    if code == 52:
        n = line(points, 0, 1.0, 0.2, -1.0, -0.7, 0.3, state)
        n = line(points, n, 0.0, -0.7, 0.3, 0.75, 0.3, state)
        return line(points, n, 1.0, 0.3, -0.3, 0.3, 1.0, state)
    return 0


def write_high_digit(code: int, state: Integers, points: Floats) -> int:
    """Write a digit from 5 to 9; return 0 for any other character."""
    if code == 53:
        n = line(points, 0, 1.0, 0.6, -1.0, -0.5, -1.0, state)
        n = line(points, n, 0.0, -0.5, -1.0, -0.55, -0.1, state)
        return arc(points, n, 0.0, -0.05, 0.4, 0.65, 0.6, -0.7, 0.8, state)
    if code == 54:
        n = arc(points, 0, 1.0, 0.5, 0.3, 1.05, 1.35, -0.5, -1.0, state)
        return arc(points, n, 0.0, 0.0, 0.45, 0.6, 0.52, -1.0, 1.0, state)
    if code == 55:
        n = line(points, 0, 1.0, -0.7, -0.95, 0.7, -0.95, state)
        return line(points, n, 0.0, 0.7, -0.95, -0.2, 1.0, state)
    if code == 56:
        n = arc(points, 0, 1.0, 0.0, -0.5, 0.5, 0.48, 0.5, -1.5, state)
        return arc(points, n, 0.0, 0.0, 0.5, 0.6, 0.5, -0.5, 1.5, state)
    if code == 57:
        n = arc(points, 0, 1.0, 0.0, -0.45, 0.55, 0.52, 0.0, -2.0, state)
        return line(points, n, 0.0, 0.55, -0.45, 0.4, 1.0, state)
    return 0


def near(value: float, state: Integers) -> float:
    """Return a value as a hand hits it."""
    return value + TREMBLE * normal(state)


def line(points: Floats, n: int, begins: float, x0: float, y0: float, x1: float, y1: float, state: Integers) -> int:
    """Write a slightly bent line behind the n points there are; return how many there are then.

    One that does not begin a stroke starts where the point before it lies.
    """
    count = 12
    ax, ay = near(x0, state), near(y0, state)
    if begins == 0.0:
        ax, ay = points[n - 1, 0], points[n - 1, 1]
    bx, by = near(x1, state), near(y1, state)
    bend = 0.5 * float32(TREMBLE) * normal(state)
    for k in range(count):
        share = float32(k) / float32(count - 1)
        bow = 4.0 * share * (1.0 - share) * bend
        points[n + k, 0] = ax + share * (bx - ax) - bow * (by - ay)
        points[n + k, 1] = ay + share * (by - ay) + bow * (bx - ax)
        points[n + k, 2] = begins if k == 0 else float32(0.0)
    return n + count


def arc(
    points: Floats,
    n: int,
    begins: float,
    x: float,
    y: float,
    x_radius: float,
    y_radius: float,
    first: float,
    last: float,
    state: Integers,
) -> int:
    """Write a part of an ellipse about (x, y), its ends given in half turns from the right, clockwise on the screen."""
    count = 24
    x, y = near(x, state), near(y, state)
    x_radius, y_radius = near(x_radius, state), near(y_radius, state)
    first, last = near(first, state), near(last, state)
    for k in range(count):
        angle = HALF_TURN * (first + (last - first) * float32(k) / float32(count - 1))
        points[n + k, 0] = x + x_radius * cos(angle)
        points[n + k, 1] = y + y_radius * sin(angle)
        points[n + k, 2] = begins if k == 0 else float32(0.0)
    return n + count


def ring(points: Floats, n: int, x: float, y: float, x_radius: float, y_radius: float, state: Integers) -> int:
    """Write a closed ellipse that begins anywhere, goes either way, and does not quite meet its start."""
    first = 2.0 * uniform(state)
    way = float32(2.0) if uniform(state) < 0.5 else float32(-2.0)
    return arc(points, n, 1.0, x, y, x_radius, y_radius, first, first + way, state)


def put_on_pad(points: Floats, n: int, state: Integers) -> None:
    """Slant, turn, stretch and wave n points, then place them on the pad in a size and at a place of their own."""
    slant, turn = 0.15 * normal(state), 0.1 * normal(state)
    stretch = 1.0 + 0.15 * normal(state)
    c, s = cos(turn), sin(turn)
    wave_x, wave_y = 0.03 * normal(state), 0.03 * normal(state)
    phase = 2.0 * uniform(state) * HALF_TURN
    for k in range(n):
        x = stretch * points[k, 0] - slant * points[k, 1]
        y = points[k, 1]
        points[k, 0] = c * x - s * y + wave_x * sin(3.0 * y + phase)
        points[k, 1] = s * x + c * y + wave_y * sin(3.0 * x + phase)
    x0, x1, y0, y1 = points[0, 0], points[0, 0], points[0, 1], points[0, 1]
    for k in range(n):
        x0 = points[k, 0] if points[k, 0] < x0 else x0
        x1 = points[k, 0] if points[k, 0] > x1 else x1
        y0 = points[k, 1] if points[k, 1] < y0 else y0
        y1 = points[k, 1] if points[k, 1] > y1 else y1
    half = float32(PAD) * (0.14 + 0.22 * uniform(state))
    longer = x1 - x0 if x1 - x0 > y1 - y0 else y1 - y0
    half = half if half * longer < ROOM else ROOM / longer
    left = spot(half * (x1 - x0), state)
    top = spot(half * (y1 - y0), state)
    for k in range(n):
        points[k, 0] = left + half * (points[k, 0] - x0)
        points[k, 1] = top + half * (points[k, 1] - y0)


def spot(size: float, state: Integers) -> float:
    """Return where something of a size starts on the pad, so that all of it lies on it."""
    return EDGE + uniform(state) * (ROOM - size)
