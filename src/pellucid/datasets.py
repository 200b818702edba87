"""The engine's shapes of data as arrays: the very points that an experiment with the same numbers and seed has.

All points lie about the square [−3, 3]²; noise is the standard deviation of a Gaussian displacement of every point in
those units, and never changes a label.
"""

from numbers import Integral, Real

import numpy as np
import numpy.typing as npt

from pellucid.errors import ArgumentError
from pellucid.experiment.slots import Entry
from pellucid.library import library
from pellucid.preparation import lay_out

__all__ = ["blobs", "bumps", "circles", "moons", "plane", "spiral", "xor"]

Points = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
MOST_NOISE = 1000

Seed = int | np.integer | np.random.RandomState | np.random.Generator | None


def moons(n_samples: int = 300, *, noise: float = 0.2, random_state: Seed = 0) -> tuple[Points, Labels]:
    """Return two interleaved half circles.

    Parameters
    ----------
    n_samples : int
        Number of points, from 1 to 1,000,000.
    noise : float
        Standard deviation of the displacement of every point, from 0 to 1000.
    random_state : int, RandomState, Generator or None
        The seed, from 0 to 2³¹ − 1; a generator draws one; None means another one every time.

    Returns
    -------
    X : ndarray of shape (n_samples, 2), float64
        The points.
    y : ndarray of shape (n_samples,), int64
        Their classes: 0 (above) and 1.

    Raises
    ------
    ArgumentError
        When a number is out of range.

    Examples
    --------
    >>> X, y = moons(100, noise=0.1)
    >>> X.shape, y[:5].tolist()
    ((100, 2), [1, 1, 0, 1, 1])
    """
    return _labelled("moons", n_samples, 2, noise, random_state)


def circles(n_samples: int = 300, *, noise: float = 0.2, random_state: Seed = 0) -> tuple[Points, Labels]:
    """Return a disc within a ring.

    Parameters
    ----------
    n_samples : int
        Number of points, from 1 to 1,000,000.
    noise : float
        Standard deviation of the displacement of every point, from 0 to 1000.
    random_state : int, RandomState, Generator or None
        The seed, from 0 to 2³¹ − 1; a generator draws one; None means another one every time.

    Returns
    -------
    X : ndarray of shape (n_samples, 2), float64
        The points.
    y : ndarray of shape (n_samples,), int64
        Their classes: 0 (the ring) and 1.

    Raises
    ------
    ArgumentError
        When a number is out of range.
    """
    return _labelled("circles", n_samples, 2, noise, random_state)


def xor(n_samples: int = 300, *, noise: float = 0.2, random_state: Seed = 0) -> tuple[Points, Labels]:
    """Return four quadrants, of which those that lie opposite are of one class.

    Parameters
    ----------
    n_samples : int
        Number of points, from 1 to 1,000,000.
    noise : float
        Standard deviation of the displacement of every point, from 0 to 1000.
    random_state : int, RandomState, Generator or None
        The seed, from 0 to 2³¹ − 1; a generator draws one; None means another one every time.

    Returns
    -------
    X : ndarray of shape (n_samples, 2), float64
        The points.
    y : ndarray of shape (n_samples,), int64
        Their classes: 1 where, before the displacement, the signs of both coordinates are equal, else 0.

    Raises
    ------
    ArgumentError
        When a number is out of range.
    """
    return _labelled("xor", n_samples, 2, noise, random_state)


def blobs(
    n_samples: int = 300, *, classes: int = 2, noise: float = 0.2, random_state: Seed = 0
) -> tuple[Points, Labels]:
    """Return round clouds of points, whose centres lie on a circle.

    Parameters
    ----------
    n_samples : int
        Number of points, from 1 to 1,000,000.
    classes : int
        Number of clouds, from 2 to 5.
    noise : float
        Standard deviation of the displacement of every point, from 0 to 1000; a cloud's own is 0.4.
    random_state : int, RandomState, Generator or None
        The seed, from 0 to 2³¹ − 1; a generator draws one; None means another one every time.

    Returns
    -------
    X : ndarray of shape (n_samples, 2), float64
        The points.
    y : ndarray of shape (n_samples,), int64
        Their classes, from 0.

    Raises
    ------
    ArgumentError
        When a number is out of range.
    """
    return _labelled("blobs", n_samples, _whole("classes", classes, 2, 5), noise, random_state)


def spiral(
    n_samples: int = 300, *, classes: int = 2, noise: float = 0.2, random_state: Seed = 0
) -> tuple[Points, Labels]:
    """Return the arms of a spiral.

    Parameters
    ----------
    n_samples : int
        Number of points, from 1 to 1,000,000.
    classes : int
        Number of arms, from 2 to 5.
    noise : float
        Standard deviation of the displacement of every point, from 0 to 1000.
    random_state : int, RandomState, Generator or None
        The seed, from 0 to 2³¹ − 1; a generator draws one; None means another one every time.

    Returns
    -------
    X : ndarray of shape (n_samples, 2), float64
        The points.
    y : ndarray of shape (n_samples,), int64
        Their classes, from 0.

    Raises
    ------
    ArgumentError
        When a number is out of range.
    """
    return _labelled("spiral", n_samples, _whole("classes", classes, 2, 5), noise, random_state)


def plane(n_samples: int = 300, *, noise: float = 0.2, random_state: Seed = 0) -> tuple[Points, Points]:
    """Return the heights of a tilted plane, for regression.

    Parameters
    ----------
    n_samples : int
        Number of points, from 1 to 1,000,000.
    noise : float
        Standard deviation of the displacement of every point, from 0 to 1000; its height stays what it was before.
    random_state : int, RandomState, Generator or None
        The seed, from 0 to 2³¹ − 1; a generator draws one; None means another one every time.

    Returns
    -------
    X : ndarray of shape (n_samples, 2), float64
        The points.
    y : ndarray of shape (n_samples,), float64
        Their heights (x₁ + x₂) / 6, from −1 to 1.

    Raises
    ------
    ArgumentError
        When a number is out of range.
    """
    return _made("plane", n_samples, 0, noise, random_state)


def bumps(n_samples: int = 300, *, noise: float = 0.2, random_state: Seed = 0) -> tuple[Points, Points]:
    """Return the heights of six cones, three up and three down, for regression.

    Parameters
    ----------
    n_samples : int
        Number of points, from 1 to 1,000,000.
    noise : float
        Standard deviation of the displacement of every point, from 0 to 1000; its height stays what it was before.
    random_state : int, RandomState, Generator or None
        The seed, from 0 to 2³¹ − 1; a generator draws one; None means another one every time.

    Returns
    -------
    X : ndarray of shape (n_samples, 2), float64
        The points.
    y : ndarray of shape (n_samples,), float64
        Their heights, from −1 to 1.

    Raises
    ------
    ArgumentError
        When a number is out of range.

    Examples
    --------
    >>> X, y = bumps(1000, noise=0)
    >>> float(y.max()) > 0.9, float(y.min()) < -0.9
    (True, True)
    """
    return _made("bumps", n_samples, 0, noise, random_state)


def _labelled(kind: str, n_samples: int, classes: int, noise: float, random_state: Seed) -> tuple[Points, Labels]:
    X, values = _made(kind, n_samples, classes, noise, random_state)
    return X, values.astype(np.int64)


def _made(kind: str, n_samples: int, classes: int, noise: float, random_state: Seed) -> tuple[Points, Points]:
    engine = library()
    settings = {
        "DATA_KIND": engine.enumerations["DataKind"][kind],
        "SAMPLES": _whole("n_samples", n_samples, 1, 1_000_000),
        "CLASSES": classes,
        "NOISE": _noise(noise),
        "DATA_SEED": _seed(random_state),
        "FEATURES": 1,
        "LOSS": -1,
        "OUTPUT_ACTIVATION": -1,
    }
    block = lay_out(engine, (Entry(slot, 0, value) for slot, value in settings.items()), None)
    return block.array("POINTS").astype(np.float64), block.array("VALUES").astype(np.float64)


def _seed(random_state: object) -> int:
    """Return the engine's seed for what scikit-learn calls a random state."""
    if random_state is None:
        return int(np.random.default_rng().integers(2**31))
    if isinstance(random_state, np.random.RandomState):
        return int(random_state.randint(2**31 - 1))
    if isinstance(random_state, np.random.Generator):
        return int(random_state.integers(2**31))
    return _whole("random_state", random_state, 0, 2**31 - 1)


def _whole(name: str, value: object, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, Integral) or not least <= int(value) <= most:
        raise ArgumentError(f"`{name}` is {value!r}, but must be a whole number from {least} to {most}.")
    return int(value)


def _noise(noise: object) -> float:
    if isinstance(noise, bool) or not isinstance(noise, Real) or not 0 <= float(noise) <= MOST_NOISE:
        raise ArgumentError(f"`noise` is {noise!r}, but must be a number from 0 to {MOST_NOISE}.")
    return float(noise)
