"""Drawings for Python: from strokes to the bits that the network sees, by the engine that the page uses too.

A drawing is a list of strokes, and a stroke is an array (n, 2) of points on a pad of 512 × 512 units: x to the right,
y downwards. An experiment holds it as a short text, rounded to whole units.

>>> from pellucid import Experiment, Run, raster
>>> cross = [[(100, 100), (300, 300)], [(300, 100), (100, 300)]]
>>> print(raster.picture(raster.rasterize(cross, 6)))
██        ██
  ██    ██
    ████
    ████
  ██    ██
██        ██
>>> run = Run(Experiment.for_drawings([raster.text_of(cross)], [0]))
>>> run.inputs.shape
(1, 36)
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pellucid.block import Floats
from pellucid.engine.handwriting import MOST_POINTS
from pellucid.engine.strokes import TOLERANCE
from pellucid.errors import ArgumentError
from pellucid.library import library

__all__ = ["by_hand", "fit", "picture", "rasterize", "strokes_of", "text_of", "text_of_cells"]

GRIDS = (6, 8, 10, 12, 16, 20, 28)
"""Sizes that a text of cells may have."""

MOST_GRID = 32
"""The largest bitmap: the network takes 1024 inputs."""

Bits = npt.NDArray[np.uint8]
Stroke = npt.ArrayLike
Drawing = str | Sequence[Stroke]
"""Strokes, or their text."""


def rasterize(drawing: Drawing, grid: int = 6) -> Bits:
    """Return the bitmap of a drawing, fitted to the square.

    The drawing's box is centred and scaled, the same both ways, until its longer side and the pen fill 90 % of the
    square. A cell is on when ink covers at least 3 of 25 points spread evenly over it.

    Parameters
    ----------
    drawing : str or sequence of array_like of shape (n, 2)
        The strokes in pad units, or a drawing's text. No strokes at all are an empty square.
    grid : int
        Cells along each side, from 1 to 32.

    Returns
    -------
    ndarray of shape (grid, grid), uint8
        1 where a cell is on; the first row is the top one.

    Raises
    ------
    ArgumentError
        When the drawing is none, or the grid is out of range.
    """
    if not is_whole(grid) or not 1 <= grid <= MOST_GRID:
        raise ArgumentError(f"grid is {grid!r}, but must be a whole number from 1 to {MOST_GRID}.")
    codes = _codes(drawing)
    bits = np.empty(grid * grid, dtype=np.float32)
    _call("rasterize", codes, int(grid), bits)
    return bits.reshape(grid, grid).astype(np.uint8)


def fit(drawing: Drawing) -> list[Floats]:
    """Return the strokes of a drawing as they lie in the square that the bitmap is taken from.

    Returns
    -------
    list of ndarray of shape (n, 2), float32
        Points from (0, 0) at the top left to (1, 1). The pen's radius there is 0.04. A drawing of cells has none.
    """
    return _strokes("fit_drawing", _codes(drawing))


def strokes_of(text: str) -> list[Floats]:
    """Return the strokes of a drawing's text in pad units; a drawing of cells has none.

    Examples
    --------
    >>> [stroke.tolist() for stroke in strokes_of(text_of([[(1, 2), (511, 0)]]))]
    [[[1.0, 2.0], [511.0, 0.0]]]
    """
    return _strokes("read_strokes", _codes(text))


def text_of(strokes: Sequence[Stroke], *, simplified: bool = True) -> str:
    """Return the text of a drawing: what `Data.drawings` holds.

    Parameters
    ----------
    strokes : sequence of array_like of shape (n, 2)
        Points in pad units, from 0 to 511; they are rounded, and those outside are moved to the edge.
    simplified : bool
        Whether points that lie within 1.5 units of the line through the others are left out.

    Raises
    ------
    ArgumentError
        When a stroke has another shape or no points, or holds what is no finite number.
    """
    points = _rows(strokes)
    codes = np.empty(4 * len(points) + 1, dtype=np.int32)
    length = library().call(
        "write_strokes", points.ctypes.data, len(points), TOLERANCE if simplified else 0.0, codes.ctypes.data
    )
    return "".join(map(chr, codes[:length]))


def text_of_cells(bits: npt.ArrayLike) -> str:
    """Return the text of a drawing that is made of cells.

    Parameters
    ----------
    bits : array_like of shape (grid, grid) or (grid², )
        0 and 1 or False and True, from the top row down, on a grid of 6, 8, 10, 12, 16, 20 or 28.

    Examples
    --------
    >>> text_of_cells(np.eye(6))
    '.gQIECB'
    """
    cells = np.asarray(bits).ravel()
    grid = int(np.sqrt(cells.size))
    if grid not in GRIDS or grid * grid != cells.size:
        sizes = ", ".join(f"{each * each} ({each}×{each})" for each in GRIDS)
        raise ArgumentError(f"The bitmap has {cells.size} cells, but must have one of {sizes}.")
    if not np.isin(cells, (0, 1)).all():
        raise ArgumentError("The bitmap holds other numbers, but its cells must be 0 or 1.")
    values = cells.astype(np.float32)
    codes = np.empty(1 + (cells.size + 5) // 6, dtype=np.int32)
    library().call("write_cells", values.ctypes.data, grid, codes.ctypes.data)
    return "".join(map(chr, codes))


def by_hand(character: str, seed: int) -> list[Floats]:
    r"""Return a character as a hand writes it: every seed has its own jitter, slant, size and place.

    Parameters
    ----------
    character : str
        One of ``X O — | / \ + ✓ ✗`` and the digits, or a character that looks like one of them.
    seed : int
        From 0 to 2³¹ − 1.

    Returns
    -------
    list of ndarray of shape (n, 2), float32
        Strokes in pad units.

    Raises
    ------
    ArgumentError
        When the hand does not know the character.

    Examples
    --------
    >>> len(by_hand("X", seed=1)), len(by_hand("O", seed=1))
    (2, 1)
    """
    engine = library()
    # Behind the points is room for the generator's state.
    room = np.zeros(3 * MOST_POINTS + 4, dtype=np.float32)
    count = engine.call("write_by_hand", ord(character), seed, room.ctypes.data) if len(character) == 1 else -1
    if count < 0:
        raise ArgumentError(f"The hand cannot write {character!r}; it knows X, O, —, |, /, \\, +, ✓, ✗ and 0 to 9.")
    return _split(room[: 3 * count].reshape(count, 3))


def picture(bits: npt.ArrayLike) -> str:
    """Return a bitmap as lines of text, two characters to a cell."""
    return "\n".join("".join("██" if cell else "  " for cell in row).rstrip() for row in np.asarray(bits))


def is_whole(value: object) -> bool:
    """Return whether a value is a whole number, and no truth value."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _codes(drawing: Drawing) -> npt.NDArray[np.int32]:
    text = drawing if isinstance(drawing, str) else text_of(drawing, simplified=False)
    return np.array([*map(ord, text)], dtype=np.int32)


def _strokes(function: str, codes: npt.NDArray[np.int32]) -> list[Floats]:
    points = np.empty((len(codes), 3), dtype=np.float32)
    count = _call(function, codes, points)
    return _split(points[:count])


def _split(points: Floats) -> list[Floats]:
    starts = np.flatnonzero(points[:, 2])
    return [stroke[:, :2].copy() for stroke in np.split(points, starts[1:])] if len(points) else []


def _call(function: str, codes: npt.NDArray[np.int32], *arguments: int | Floats) -> int:
    """Call a function of the engine on a drawing's text."""
    values = [each.ctypes.data if isinstance(each, np.ndarray) else each for each in arguments]
    result = library().call(function, codes.ctypes.data, len(codes), *values)
    if result < 0:
        text = "".join(map(chr, codes))
        raise ArgumentError(f"The text {text[:40]!r} is no drawing.")
    return result


def _rows(strokes: Sequence[Stroke]) -> Floats:
    rows = []
    for stroke in strokes:
        try:
            with np.errstate(over="ignore"):
                points = np.asarray(stroke, dtype=np.float32)
        except (TypeError, ValueError):
            raise ArgumentError("A stroke must be points of two numbers each, of shape (n, 2).") from None
        if points.ndim != 2 or points.shape[1] != 2 or len(points) == 0 or not np.isfinite(points).all():
            raise ArgumentError(
                f"A stroke has the shape {points.shape}, but must be (n, 2): at least one point, all of them finite."
            )
        begins = np.zeros((len(points), 1), dtype=np.float32)
        begins[0] = 1
        rows.append(np.hstack([points, begins]))
    return np.ascontiguousarray(np.vstack(rows)) if rows else np.empty((0, 3), dtype=np.float32)
