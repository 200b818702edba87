"""What a network says over a part of the plane, and what its units look for: all computed by the engine."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pellucid.block import Floats
from pellucid.engine.datasets import EXTENT
from pellucid.errors import ArgumentError
from pellucid.plots.palettes import Rgb, words_of
from pellucid.plots.subject import Subject

Limits = tuple[tuple[float, float], tuple[float, float]]

FINEST, COARSEST = 240, 48
AFFORDABLE = 2e9
"""Products of a weight and an activation that a picture may take: half a second or so."""

AROUND = 0.05
"""Share of their range by which a picture reaches beyond samples that do not lie on the page's plane."""

LEAST_WEIGHT = 0.4
"""Pictures of weights go that far at least, so that an untrained network looks dim."""


class Window(NamedTuple):
    """A rectangle of the plane in the units of the data.

    Attributes
    ----------
    left, right, bottom, top : float
        Its edges, in the order of Matplotlib's ``extent``.
    """

    left: float
    right: float
    bottom: float
    top: float

    def grid(self, resolution: int) -> Floats:
        """Return the middles of resolution × resolution cells, row by row from the top: (resolution², 2)."""
        middles = (np.arange(resolution) + 0.5) / resolution
        x = self.left + middles * (self.right - self.left)
        y = self.top - middles * (self.top - self.bottom)
        return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2).astype(np.float32)


def window_of(subject: Subject, points: Floats, limits: Limits | None = None) -> Window:
    """Return the part of the plane that is drawn: the page's square, or more where samples lie outside of it."""
    if limits is not None:
        return _checked(limits)
    center, scale = subject.plane
    seen = (points - center) / scale
    if len(seen) == 0 or (subject.on_plane and np.abs(seen).max() <= EXTENT):
        low, high = np.array([-EXTENT, -EXTENT]), np.array([EXTENT, EXTENT])
    else:
        low, high = _edges(seen, alike=subject.same_units)
    (left, bottom), (right, top) = center + scale * low, center + scale * high
    return Window(float(left), float(right), float(bottom), float(top))


def _edges(points: Floats, *, alike: bool) -> tuple[Floats, Floats]:
    """Return the lower and the upper edges around points: of a square where both coordinates have the same units."""
    low, high = points.min(axis=0), points.max(axis=0)
    middle, across = (low + high) / 2, np.where(high > low, high - low, 1)
    if alike:
        across = np.full(2, across.max())
    half = (0.5 + AROUND) * across
    return middle - half, middle + half


def resolution_for(subject: Subject) -> int:
    """Return how many cells along an edge take a moment at most."""
    affordable = (AFFORDABLE / subject.block.integer("PARAMETER_COUNT")) ** 0.5
    return int(min(FINEST, max(COARSEST, affordable)))


def answers(subject: Subject, window: Window, resolution: int) -> Floats:
    """Return what the outputs say: (resolution, resolution, outputs), rows from the top."""
    outputs = subject.network.outputs(window.grid(resolution))
    return outputs.reshape(resolution, resolution, -1)


def blended(subject: Subject, values: Floats, colours: Rgb, *, hard: bool) -> npt.NDArray[np.uint8]:
    """Return the classes' colours (classes, 3), blended by values (rows, columns, classes), as a picture with RGBA."""
    rows, columns, classes = values.shape
    by_class = np.ascontiguousarray(values.reshape(-1, classes).T)
    palette, pixels = words_of(colours), np.empty(rows * columns, dtype=np.int32)
    addresses = by_class.ctypes.data, palette.ctypes.data, pixels.ctypes.data
    subject.block.library.call("paint_classes", addresses[0], len(pixels), classes, int(hard), *addresses[1:])
    return pixels.astype("<i4").view(np.uint8).reshape(rows, columns, 4)


def unit_surfaces(subject: Subject, window: Window, resolution: int) -> list[Floats]:
    """Return the activations of all units over a part of the plane or of two inputs, a picture each.

    Returns
    -------
    list of ndarray of shape (units, resolution, resolution), float32
        For the inputs and for each layer; rows go from the top.
    """
    total = sum(subject.widths)
    pictures = np.empty((total, resolution, resolution), dtype=np.float32)
    square = _square_of(subject, window)
    if square is not None:
        subject.block.call("surfaces", resolution, *square, 0, pictures.ctypes.data)
    else:
        inputs = _inputs_at(subject, window.grid(resolution))
        z, a = np.empty((2, len(inputs), total), dtype=np.float32)
        for x, z_row, a_row in zip(inputs, z, a, strict=True):
            subject.block.call("respond", x.ctypes.data, z_row.ctypes.data, a_row.ctypes.data)
        pictures[:] = a.T.reshape(pictures.shape)
    return np.split(pictures, np.cumsum(subject.widths)[:-1])


def _square_of(subject: Subject, window: Window) -> tuple[float, float] | None:
    """Return from where to where a window goes on both axes of the plane, as the engine's pictures do; else None."""
    if not subject.on_plane:
        return None
    corners = np.array([[window.left, window.bottom], [window.right, window.top]])
    center, scale = subject.plane
    (left, bottom), (right, top) = (corners - center) / scale
    alike = np.allclose((left, right), (bottom, top), rtol=0, atol=1e-5 * (right - left))
    return (float(left), float(right)) if alike else None


def _inputs_at(subject: Subject, points: Floats) -> Floats:
    """Return what the network sees of points in the units of the data: (n, inputs)."""
    if not subject.on_plane:
        return points
    inputs = np.empty((len(points), subject.widths[0]), dtype=np.float32)
    subject.block.call("encode", points.ctypes.data, len(points), inputs.ctypes.data)
    return inputs


def weight_pictures(subject: Subject, column: int, count: int) -> Floats:
    """Return what the first units of a column look for, on the grid of the inputs: (count, grid, grid)."""
    pictures = np.empty((count, subject.grid, subject.grid), dtype=np.float32)
    subject.block.call("picture_weights", column - 1, count, pictures.ctypes.data)
    return pictures


BOUNDED = {"sigmoid": (0.0, 1.0), "softmax": (0.0, 1.0), "tanh": (-1.0, 1.0), "sine": (-1.0, 1.0)}
"""Activations whose values lie between known bounds; all others are shown from −m to m, m the largest |value|."""


def range_of(subject: Subject, column: int, values: Floats) -> tuple[float, float]:
    """Return the values that have the first and the last colour, in a picture of a unit of a column."""
    if column == len(subject.widths) - 1:
        return output_range(subject, values)
    bounds = BOUNDED.get(subject.activation(column)) if column else None
    return bounds or around(values)


def output_range(subject: Subject, seen: Floats) -> tuple[float, float]:
    """Return the outputs that have the first and the last colour.

    They are both targets, or ± the largest sample's value. Of a network without samples, such as an estimator's, they
    are ± the largest of what is seen of it, or where all of that is on one side of 0, the least and the greatest.
    """
    if subject.classes:
        return float(subject.block.get("TARGET_LOW")), float(subject.block.get("TARGET_HIGH"))
    if len(subject.network.values):
        return around(subject.network.values)
    low, high = float(seen.min(initial=np.inf)), float(seen.max(initial=-np.inf))
    return (low, high) if -np.inf < low < high < np.inf and low * high >= 0 else around(seen)


def around(values: Floats, least: float = 0.0) -> tuple[float, float]:
    """Return −m and m, m being the largest |value| or `least`."""
    most = max(least, float(np.abs(values).max(initial=0.0)))
    return (-most, most) if 0 < most < np.inf else (-1.0, 1.0)


def _checked(limits: Limits) -> Window:
    try:
        (left, right), (bottom, top) = limits
        window = Window(float(left), float(right), float(bottom), float(top))
    except (TypeError, ValueError):
        window = Window(0, 0, 0, 0)
    if not (np.isfinite(window).all() and window.left < window.right and window.bottom < window.top):
        raise ArgumentError(f"limits is {limits!r}, but must be two pairs of rising numbers: ((x1, x1), (x2, x2)).")
    return window
