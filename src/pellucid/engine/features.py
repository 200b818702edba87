"""What the network sees of a point: its coordinates and functions of them."""

from enum import IntEnum

from pellucid.engine.numerics import sin
from pellucid.engine.primitives import Floats


class Feature(IntEnum):
    """The functions on offer; bit k of a mask stands for number k."""

    X1 = 0
    X2 = 1
    X1_SQUARED = 2
    X2_SQUARED = 3
    X1_X2 = 4
    SIN_X1 = 5
    SIN_X2 = 6


FEATURES = 7
"""How many there are."""


def count_features(mask: int) -> int:
    """Return how many features a mask has."""
    count = 0
    for k in range(FEATURES):
        count += (mask >> k) & 1
    return count


def feature(kind: int, x1: float, x2: float) -> float:
    """Return one feature of the point (x1, x2)."""
    if kind == Feature.X1:
        return x1
    if kind == Feature.X2:
        return x2
    if kind == Feature.X1_SQUARED:
        return x1 * x1
    if kind == Feature.X2_SQUARED:
        return x2 * x2
    if kind == Feature.X1_X2:
        return x1 * x2
    if kind == Feature.SIN_X1:
        return sin(x1)
    return sin(x2)


def encode_point(mask: int, x1: float, x2: float, row: Floats) -> None:
    """Write the features of a point into row (inputs,), in the order of their numbers."""
    i = 0
    for kind in range(FEATURES):
        if (mask >> kind) & 1:
            row[i] = feature(kind, x1, x2)
            i += 1
