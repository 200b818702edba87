"""Handwriting-like bitmaps: pen strokes, wobbled and drawn on a square of black and white cells."""

import math

import numpy as np
from numpy.typing import NDArray

PEN_RADIUS = 0.043
"""Half the width of the pen, as a share of the side: at 28 cells, about 13 % of them are on, as in MNIST."""


def _arc(
    centre: tuple[float, float], radius: tuple[float, float], start: float, end: float
) -> list[tuple[float, float]]:
    """List points on an ellipse from angle `start` to `end` in turns, clockwise on the screen from the right."""
    turns = np.linspace(start, end, 12)
    return [
        (centre[0] + radius[0] * math.cos(2 * math.pi * turn), centre[1] + radius[1] * math.sin(2 * math.pi * turn))
        for turn in turns
    ]


# Each class is a list of strokes; x grows to the right and y down, both from 0 to 1.
DIGITS: tuple[tuple[list[tuple[float, float]], ...], ...] = (
    (_arc((0.5, 0.5), (0.22, 0.32), 0.0, 1.0),),
    ([(0.4, 0.28), (0.52, 0.18), (0.52, 0.82)],),
    ([*_arc((0.5, 0.34), (0.2, 0.16), 0.55, 1.05), (0.3, 0.82), (0.72, 0.82)],),
    (_arc((0.47, 0.34), (0.2, 0.16), 0.6, 1.25), _arc((0.47, 0.66), (0.22, 0.17), 0.75, 1.4)),
    ([(0.36, 0.18), (0.3, 0.56), (0.72, 0.56)], [(0.62, 0.36), (0.6, 0.84)]),
    ([(0.7, 0.18), (0.38, 0.18), (0.34, 0.46), *_arc((0.48, 0.64), (0.22, 0.19), 0.65, 1.4)],),
    ([(0.6, 0.17), (0.4, 0.36), *_arc((0.5, 0.64), (0.2, 0.18), 0.5, 1.5)],),
    ([(0.28, 0.2), (0.72, 0.2), (0.44, 0.84)],),
    (_arc((0.5, 0.33), (0.17, 0.15), 0.25, 1.25), _arc((0.5, 0.65), (0.2, 0.17), -0.25, 0.75)),
    (_arc((0.5, 0.36), (0.19, 0.17), 0.0, 1.0), [(0.69, 0.36), (0.6, 0.84)]),
)


def draw(classes: int, samples: int, side: int, seed: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """
    Draw `samples` bitmaps of the first `classes` digits, in turn.

    Parameters
    ----------
    classes : int
        Number of digits, 1 to 10.
    samples : int
        Number of bitmaps.
    side : int
        Cells along each side.
    seed : int
        Seed of the hand's wobble.

    Returns
    -------
    bitmaps : ndarray of shape (samples, side * side)
        Rows from the top, 1 where the pen went, else 0.
    labels : ndarray of shape (samples,)
        The digit drawn.
    """
    generator = np.random.default_rng(seed)
    labels = np.arange(samples) % classes
    radius = max(PEN_RADIUS, 0.5 / side)  # a coarser grid needs a wider pen, or strokes would break
    centres = (np.arange(side) + 0.5) / side
    cells = np.stack(np.meshgrid(centres, centres), axis=-1).reshape(-1, 2)
    bitmaps = np.zeros((samples, side * side), np.float32)
    for bitmap, label in zip(bitmaps, labels, strict=True):
        hand = _wobble(generator)
        for stroke in DIGITS[label]:
            points = np.array(stroke) + generator.normal(0.0, 0.008, (len(stroke), 2))
            bitmap[_distance(cells, (points - 0.5) @ hand[:2] + hand[2]) <= radius] = 1.0
    return bitmaps, labels


def _wobble(generator: np.random.Generator) -> NDArray[np.float64]:
    """Make one drawing's turn, slant and size, shape (2, 2), above its centre, shape (2,)."""
    turn, slant = generator.normal(0.0, 0.12, 2)
    width, height = generator.normal(1.0, 0.08, 2)
    rotation = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    shape = np.array([[width, 0.0], [slant, height]])
    return np.vstack([shape @ rotation, 0.5 + generator.normal(0.0, 0.02, 2)])


def _distance(cells: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Measure each cell's distance to the line through `points`: (cells, 2), (points, 2) -> (cells,)."""
    starts, along = points[:-1], np.diff(points, axis=0)
    from_start = cells[:, None, :] - starts  # (cells, segments, 2)
    share = np.einsum("csd,sd->cs", from_start, along) / np.maximum((along**2).sum(axis=1), 1e-12)
    nearest = np.clip(share, 0.0, 1.0)[:, :, None] * along
    distances: NDArray[np.float64] = np.linalg.norm(from_start - nearest, axis=2).min(axis=1)
    return distances
