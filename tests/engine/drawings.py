"""Drawings for tests: read, fitted and rasterised in float64 from the format's description, beside the engine."""

from collections.abc import Sequence
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from engine.forms import NATIVE, Engine

ALPHABET = ascii_uppercase + ascii_lowercase + digits + "-_"
GRIDS = (6, 8, 10, 12, 16, 20, 28)
LAST = 511
"""The largest coordinate on the pad."""

SPAN, PEN = 0.82, 0.04
"""In the fitted square: the longer side of the strokes, and the pen's radius."""

PEN_WIDTH = 20
"""On the pad; a drawing is magnified as if it were at least so long."""

DOT = 0.45
"""Least radius of a dot, as a share of a cell: a dot is a stroke that is no longer than the pen is wide."""

Stroke = Sequence[tuple[int, int]]
Strokes = Sequence[Stroke]
Doubles = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int32]

assert len(ALPHABET) == len(ascii_letters) + 12

COORDINATES = st.integers(0, LAST)


def drawings(
    most_strokes: int = 4, most_points: int = 6, coordinates: st.SearchStrategy[int] = COORDINATES
) -> st.SearchStrategy[list[list[tuple[int, int]]]]:
    """Return drawings of at least one stroke, on the whole pad or on a part of it."""
    points = st.tuples(coordinates, coordinates)
    return st.lists(st.lists(points, min_size=1, max_size=most_points), min_size=1, max_size=most_strokes)


def text_of(strokes: Strokes) -> str:
    """Return strokes as text, by the format's description."""
    return ".".join("".join(map(point_text, stroke)) for stroke in strokes)


def point_text(point: tuple[int, int]) -> str:
    """Return the three characters of a point."""
    bits = f"{point[0]:09b}{point[1]:09b}"
    return "".join(ALPHABET[int(bits[k : k + 6], 2)] for k in (0, 6, 12))


def cells_text(bits: npt.NDArray[np.bool_]) -> str:
    """Return a bitmap as text, by the format's description."""
    row = "".join("1" if bit else "0" for bit in bits.ravel())
    row += "0" * (-len(row) % 6)
    return "." + "".join(ALPHABET[int(row[k : k + 6], 2)] for k in range(0, len(row), 6))


def codes_of(text: str) -> Codes:
    """Return the character codes of a text as the engine takes them."""
    return np.array([*map(ord, text)], np.int32)


def rasterize(drawing: Strokes | str, grid: int, engine: Engine = NATIVE) -> npt.NDArray[np.bool_]:
    """Return the engine's bitmap (grid, grid) of a drawing."""
    codes = codes_of(drawing if isinstance(drawing, str) else text_of(drawing))
    bits = np.full(grid * grid, np.nan, np.float32)
    on = engine.call("rasterize", codes, len(codes), grid, bits)
    assert set(bits.tolist()) <= {0.0, 1.0}
    assert on == bits.sum()
    return bits.reshape(grid, grid).astype(bool)


def points_of(function: str, drawing: Strokes | str, engine: Engine = NATIVE) -> npt.NDArray[np.float32]:
    """Return what `read_strokes` or `fit_drawing` makes of a drawing: rows x, y, begins."""
    codes = codes_of(drawing if isinstance(drawing, str) else text_of(drawing))
    points = np.full((len(codes), 3), np.nan, np.float32)
    count = engine.call(function, codes, len(codes), points)
    assert 0 <= count <= len(codes)
    return points[:count]


def rows_of(strokes: Strokes) -> npt.NDArray[np.float32]:
    """Return the points of strokes as rows x, y, begins."""
    return np.array([(*point, k == 0) for stroke in strokes for k, point in enumerate(stroke)], np.float32)


def turned(strokes: Strokes) -> Strokes:
    """Return the drawing turned by 90° counterclockwise, as `np.rot90` turns a bitmap."""
    return [[(y, LAST - x) for x, y in stroke] for stroke in strokes]


def mirrored(strokes: Strokes) -> Strokes:
    """Return the drawing with left and right exchanged."""
    return [[(LAST - x, y) for x, y in stroke] for stroke in strokes]


def fitted(strokes: Strokes) -> list[Doubles]:
    """Return the strokes fitted to [0, 1]²."""
    every = np.array([point for stroke in strokes for point in stroke], float)
    low, high = every.min(axis=0), every.max(axis=0)
    side = max(float((high - low).max()), PEN_WIDTH)
    return [0.5 + SPAN * (np.array(stroke, float) - (low + high) / 2) / side for stroke in strokes]


def distances(strokes: Sequence[Doubles], places: Doubles) -> Doubles:
    """Return how far each place (n, 2) is from the nearest stroke."""
    nearest = np.full(len(places), np.inf)
    for stroke in strokes:
        for start, end in zip(stroke, stroke[1:] if len(stroke) > 1 else stroke, strict=False):
            nearest = np.minimum(nearest, segment_distances(places, start, end))
    return nearest


def segment_distances(places: Doubles, start: Doubles, end: Doubles) -> Doubles:
    """Return how far each place (n, 2) is from a line segment."""
    along = end - start
    length = float(along @ along)
    share = np.clip((places - start) @ along / length, 0, 1) if length > 0 else np.zeros(len(places))
    result: Doubles = np.linalg.norm(places - (start + share[:, None] * along), axis=1)
    return result


def lattice(grid: int, points: int) -> Doubles:
    """Return points × points places spread evenly over each cell of [0, 1]²: (grid, grid, points², 2), rows first."""
    line = (np.arange(grid * points) + 0.5) / (grid * points)
    y, x = np.meshgrid(line, line, indexing="ij")
    places = np.stack([x, y], axis=-1).reshape(grid, points, grid, points, 2)
    return places.transpose(0, 2, 1, 3, 4).reshape(grid, grid, points * points, 2)


def ink(strokes: Strokes, grid: int, points: int) -> Doubles:
    """Return how far each place of a lattice is from the ink, below 0 inside of it: (grid, grid, points²)."""
    places = lattice(grid, points)
    away = [
        distances([stroke], places.reshape(-1, 2)) - (max(PEN, DOT / grid) if is_dot(stroke) else PEN)
        for stroke in fitted(strokes)
    ]
    nearest: Doubles = np.min(away, axis=0).reshape(places.shape[:-1])
    return nearest


def is_dot(stroke: Doubles) -> bool:
    """Return whether a fitted stroke is a dot; a hair longer than the pen is wide is still one."""
    return bool(np.ptp(stroke, axis=0).max() <= 2 * PEN + 1e-9)
