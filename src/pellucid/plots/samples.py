"""The samples in a picture of the plane: discs for those trained on, diamonds for those held out."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import Colormap, Normalize, to_rgba

from pellucid.block import Floats
from pellucid.errors import ArgumentError
from pellucid.plots.canvas import points_across
from pellucid.plots.colours import Theme
from pellucid.plots.subject import Subject

DIAMOND = 0.86
"""Size of a diamond beside a disc that looks as large."""

RIM = 1.0
"""Points."""


class Samples(NamedTuple):
    """Samples to be drawn.

    Attributes
    ----------
    points : ndarray of shape (n, 2), float32
        Where they lie, in the units of the data.
    values : ndarray of shape (n,) or None
        The class, from 0, or the number to fit; None where it is not known.
    train : int
        The first so many were trained on.
    own : bool
        Whether they are the network's; of others nobody knows whether it was trained on them.
    """

    points: Floats
    values: npt.NDArray[np.floating] | None
    train: int
    own: bool


def samples_of(subject: Subject, X: npt.ArrayLike | None, y: npt.ArrayLike | None) -> Samples:
    """Return the samples that are given, or else the network's own."""
    if X is None:
        if y is not None:
            raise ArgumentError("y is given without X, but the values of samples need their places.")
        return Samples(subject.points, subject.values, subject.network.train_samples, own=True)
    subject.check_columns(X)
    points = np.asarray(X, dtype=np.float32)
    if points.ndim != 2 or points.shape[1] != 2:
        raise ArgumentError(f"X has the shape {points.shape}, but must have the shape (n, 2).")
    if y is None:
        return Samples(points, None, len(points), own=False)
    values = checked_classes(subject, y, len(points)) if subject.classes else _shaped(np.asarray(y), len(points))
    return Samples(points, values.astype(np.float64), len(points), own=False)


def checked_classes(subject: Subject, y: npt.ArrayLike, rows: int) -> npt.NDArray[np.int64]:
    """Return the numbers of classes that are given by number or name.

    Raises
    ------
    ArgumentError
        When there are not as many as rows, or one of them is no class.
    """
    numbers = _shaped(subject.label_numbers(y), rows).astype(np.float64)
    wrong = numbers[~np.isin(numbers, np.arange(subject.classes))]
    if len(wrong):
        raise ArgumentError(f"y has {wrong[0]:g}, but must be classes: numbers from 0 to {subject.classes - 1}.")
    return numbers.astype(np.int64)


def _shaped(y: npt.NDArray[Any], rows: int) -> npt.NDArray[Any]:
    if y.shape != (rows,):
        raise ArgumentError(f"y has the shape {y.shape}, but must have the shape ({rows},), as X has rows.")
    return y


class SamplesPicture:
    """Samples over a picture of the plane.

    Parameters
    ----------
    ax : Axes
        Where they are drawn.
    subject : Subject
        The network, which says what it takes them for.
    samples : Samples
        What is drawn.
    theme : Theme
        The colours.
    colours : sequence of colours, or (Colormap, Normalize)
        Of the classes, or of the values to fit.
    """

    def __init__(
        self,
        ax: Axes,
        subject: Subject,
        samples: Samples,
        theme: Theme,
        colours: tuple[str, ...] | tuple[Colormap, Normalize],
    ) -> None:
        self.subject, self.samples, self.theme = subject, samples, theme
        self._faces = _faces(samples, theme, colours, classes=subject.classes)
        self._rim = to_rgba(theme.point_rim) if subject.classes else to_rgba(theme.soft, 0.56)
        radius = _radius(ax, len(samples.points))
        self.parts: list[tuple[npt.NDArray[np.int_], PathCollection]] = []
        """Rows and what shows them: first those held out, so that the others lie on top, and the misread ones last."""
        n = len(samples.points)
        held_out, trained = np.arange(samples.train, n), np.arange(samples.train)
        for z, (rows, marker, size) in enumerate(((held_out, "D", DIAMOND * radius), (trained, "o", radius))):
            shown = ax.scatter([], [], s=(2 * size) ** 2, marker=marker, linewidths=RIM, zorder=3 + z / 4)
            self.parts.append((rows, shown))
        self.update()

    def update(self) -> None:
        """Show what the network makes of the samples now."""
        wrong = self._misread()
        for rows, shown in self.parts:
            last = rows[np.argsort(wrong[rows], kind="stable")]
            shown.set_offsets(self.samples.points[last])
            shown.set_facecolor([tuple(colour) for colour in self._faces[last].tolist()])
            shown.set_edgecolor([to_rgba(self.theme.ink) if wrong[row] else self._rim for row in last])

    def _misread(self) -> npt.NDArray[np.bool_]:
        points, values = self.samples.points, self.samples.values
        if not self.subject.classes or values is None or len(points) == 0:
            return np.zeros(len(points), dtype=np.bool_)
        return np.asarray(self.subject.network.predict(points) != values)


def _faces(
    samples: Samples, theme: Theme, colours: tuple[str, ...] | tuple[Colormap, Normalize], *, classes: int
) -> npt.NDArray[np.float64]:
    points, values = samples.points, samples.values
    if values is None:
        return np.tile(to_rgba(theme.soft), (len(points), 1))
    if classes:
        palette = np.array([to_rgba(str(colour)) for colour in colours])
        classed: npt.NDArray[np.float64] = palette[values.astype(int)].reshape(-1, 4)
        return classed
    colormap, norm = colours
    return np.asarray(colormap(norm(values)))  # type: ignore[operator] # values have a map


def _radius(ax: Axes, count: int) -> float:
    """Return the radius in points: smaller the more samples there are, larger on a larger picture."""
    crowding = min(1.0, (400 / max(count, 1)) ** 0.5)
    return max(1.1, min(points_across(ax)) / 350 * 4.4 * max(0.4, float(crowding)))
