"""Points of the plane to learn from, by formula and seed.

They lie in the square [−3, 3]². Noise always means the same: a Gaussian displacement of every point with that
standard deviation, in units of the plane. It never changes a label.
"""

from enum import IntEnum

from pellucid.engine.numerics import cos, sin
from pellucid.engine.primitives import Floats, Integers, float32, sqrt
from pellucid.engine.random import below, normal, uniform

PI = 3.14159265359

EXTENT = 3.0
"""Half the side of the square that data lie in."""


class DataKind(IntEnum):
    """What the samples are."""

    BLOBS = 0
    CIRCLES = 1
    MOONS = 2
    XOR = 3
    SPIRAL = 4
    PLANE = 5
    BUMPS = 6
    GIVEN = 7


def make_points(kind: int, n: int, classes: int, noise: float, state: Integers, points: Floats, values: Floats) -> None:
    """Fill points (n, 2) and values (n,): classes 0 … in turn, or the regression target; then shuffle the rows."""
    for k in range(n):
        if kind == DataKind.BLOBS:
            blob(k, classes, state, points, values)
        elif kind == DataKind.CIRCLES:
            ring(k, state, points, values)
        elif kind == DataKind.MOONS:
            moon(k, state, points, values)
        elif kind == DataKind.XOR:
            quadrant(k, state, points, values)
        elif kind == DataKind.SPIRAL:
            arm(k, n, classes, points, values)
        elif kind == DataKind.PLANE:
            tilted(k, state, points, values)
        else:
            bump(k, state, points, values)
    for k in range(n):
        points[k, 0] += noise * normal(state)
        points[k, 1] += noise * normal(state)
    for k in range(n - 1, 0, -1):
        swap_rows(k, below(state, k + 1), points, values)


def blob(k: int, classes: int, state: Integers, points: Floats, values: Floats) -> None:
    """Put a point in one of the round clouds (standard deviation 0.4) whose centres lie on a circle of radius 1.6."""
    label = k % classes
    angle = PI * (0.25 + 2.0 * float32(label) / float32(classes))
    points[k, 0] = 1.6 * cos(angle) + 0.4 * normal(state)
    points[k, 1] = 1.6 * sin(angle) + 0.4 * normal(state)
    values[k] = float32(label)


def ring(k: int, state: Integers, points: Floats, values: Floats) -> None:
    """Put a point in the ring of radius 1.7 to 2.4 (class 0) or in the disc of radius 1 inside it (class 1)."""
    label = k % 2
    angle = 2.0 * PI * uniform(state)
    u = uniform(state)
    radius = u if label == 1 else 1.7 + 0.7 * u
    points[k, 0] = radius * cos(angle)
    points[k, 1] = radius * sin(angle)
    values[k] = float32(label)


def moon(k: int, state: Integers, points: Floats, values: Floats) -> None:
    """Put a point on one of two interleaved half circles of radius 1.5 (class 0 above)."""
    label = k % 2
    angle = PI * uniform(state)
    side = 1.0 if label == 0 else -1.0
    points[k, 0] = 1.5 * cos(angle) - 0.75 * side
    points[k, 1] = side * (1.5 * sin(angle) - 0.375)
    values[k] = float32(label)


def quadrant(k: int, state: Integers, points: Floats, values: Floats) -> None:
    """Put a point in a quadrant, 0.15 away from the axes: class 1 where the signs of x₁ and x₂ are equal."""
    right = 1.0 if k % 2 == 0 else -1.0
    top = 1.0 if k // 2 % 2 == 0 else -1.0
    points[k, 0] = right * (0.15 + 2.35 * uniform(state))
    points[k, 1] = top * (0.15 + 2.35 * uniform(state))
    values[k] = 1.0 if right == top else 0.0


def arm(k: int, n: int, classes: int, points: Floats, values: Floats) -> None:
    """Put a point on one of the spiral's arms, which turn 1.75 times (two arms; less the more arms there are)."""
    label = k % classes
    along = float32(k // classes + 1) / float32((n + classes - 1) // classes)
    turns = 3.5 / float32(classes)
    angle = 2.0 * PI * (turns * along + float32(label) / float32(classes))
    points[k, 0] = 2.6 * along * sin(angle)
    points[k, 1] = 2.6 * along * cos(angle)
    values[k] = float32(label)


def tilted(k: int, state: Integers, points: Floats, values: Floats) -> None:
    """Put a point anywhere; its target is the height (x₁ + x₂) / 6 of a tilted plane, from −1 to 1."""
    x1, x2 = EXTENT * (2.0 * uniform(state) - 1.0), EXTENT * (2.0 * uniform(state) - 1.0)
    points[k, 0] = x1
    points[k, 1] = x2
    values[k] = (x1 + x2) / 6.0


def bump(k: int, state: Integers, points: Floats, values: Floats) -> None:
    """Put a point anywhere; its target is the height of six cones of radius 1.1, three up to 1 and three down to −1."""
    x1, x2 = EXTENT * (2.0 * uniform(state) - 1.0), EXTENT * (2.0 * uniform(state) - 1.0)
    value = 0.0
    for row in range(2):
        for column in range(3):
            d1 = x1 - 2.0 * float32(column - 1)
            d2 = x2 - (1.25 if row == 0 else -1.25)
            height = 1.0 - sqrt(d1 * d1 + d2 * d2) / 1.1
            sign = 1.0 if (row + column) % 2 == 0 else -1.0
            value += sign * height if height > 0.0 else 0.0
    points[k, 0] = x1
    points[k, 1] = x2
    values[k] = value


def swap_rows(k: int, j: int, points: Floats, values: Floats) -> None:
    """Exchange two samples."""
    x1, x2, value = points[k, 0], points[k, 1], values[k]
    points[k, 0] = points[j, 0]
    points[k, 1] = points[j, 1]
    values[k] = values[j]
    points[j, 0] = x1
    points[j, 1] = x2
    values[j] = value
