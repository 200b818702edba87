"""From what an estimator is given to the rows that the engine trains on.

Rows that are shuffled anyway are first put into one order of their own, so that the order in which they were given
changes nothing, and a whole number as a weight is exactly the same as the row so many times.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pellucid.block import Floats
from pellucid.engine.memory import MAX_SAMPLES
from pellucid.errors import ArgumentError

MOST_TIMES = 10
LEAST_BOUND = 10_000
"""A pass has at most MOST_TIMES as many rows as were given, or LEAST_BOUND if that is more."""

ROUNDING = 1e-6
"""Parts of a weight that are smaller than this are rounding."""

Doubles = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


class Rows(NamedTuple):
    """Rows to train on or to be judged by.

    Attributes
    ----------
    X : ndarray of shape (n, n_features), float32
        What the network sees.
    y : ndarray of shape (n,), float32
        The class of each, from 0, or the number to fit.
    weights : ndarray of shape (n,), float32, or None
        How much each counts, above 0 and at most 1; None when all count alike.
    """

    X: Floats
    y: Floats
    weights: Floats | None

    def take(self, places: Places) -> "Rows":
        """Return the rows at these places."""
        return Rows(self.X[places], self.y[places], None if self.weights is None else self.weights[places])


def as_float32(name: str, values: Any) -> Floats:
    """Return numbers of an array or a sparse matrix, which are finite, in the engine's precision.

    Raises
    ------
    ArgumentError
        When one is too large for it.
    """
    with np.errstate(over="ignore"):
        single = values.astype(np.float32)
    single = np.ascontiguousarray(single.toarray() if hasattr(single, "toarray") else single)
    if not np.isfinite(single).all():
        largest = float(np.abs(values).max())
        raise ArgumentError(
            f"{name} has a number of size {largest:.3g}, but the engine's float32 end at 3.4e38; scale it."
        )
    return single


def arrange(X: Floats, y: Floats, weights: Doubles | None, shuffled: bool) -> Rows:
    """Return the rows in the order in which the engine gets them, by their weights more than once or in part.

    Parameters
    ----------
    X : ndarray of shape (n, n_features), float32
        The rows.
    y : ndarray of shape (n,), float32
        Their classes or numbers.
    weights : ndarray of shape (n,), float64, or None
        Their weights, above 0.
    shuffled : bool
        Whether they will be shuffled, so that their order is free.
    """
    order = canonical_order(X, y, weights) if shuffled else np.arange(len(X))
    if weights is None:
        return Rows(X[order], y[order], None)
    times, last = repetitions(weights[order])
    places = np.repeat(order, times)
    shares = np.ones(len(places), dtype=np.float32)
    shares[np.cumsum(times) - 1] = last
    return Rows(X[places], y[places], None if (shares == 1).all() else shares)


def canonical_order(X: Floats, y: Floats, weights: Doubles | None) -> Places:
    """Return the places of the rows in an order that depends on nothing but their content."""
    order: Places = np.argsort(y, kind="stable") if weights is None else np.lexsort((weights, y))
    rows = np.ascontiguousarray(X[order])
    whole = rows.view(np.dtype((np.void, rows.shape[1] * rows.itemsize))).ravel()
    return order[np.argsort(whole, kind="stable")]


def repetitions(weights: Doubles) -> tuple[Places, Floats]:
    """Return how often each row comes in a pass, and what it counts the last time; before, it counts 1.

    A weight of 2.5 is the row twice and half of it once more. Weights whose mean is below 1, such as shares of 1, are
    first multiplied so that it is 1; those that would make a pass too long are made smaller.

    Examples
    --------
    >>> times, last = repetitions(np.array([1, 2.5, 3]))
    >>> times.tolist(), last.tolist()
    ([1, 3, 3], [1.0, 0.5, 1.0])
    >>> repetitions(np.full(3, 1 / 3))[0].tolist()
    [1, 1, 1]
    """
    if weights.mean() < 1:
        weights = weights / weights.mean()
    n = len(weights)
    most = min(MAX_SAMPLES, max(MOST_TIMES * n, LEAST_BOUND))
    if np.ceil(weights - ROUNDING).sum() > most:
        weights = weights * max((most - n) / weights.sum(), 1 / weights.max())
    whole = np.floor(weights + ROUNDING)
    part = weights - whole
    partly = (whole == 0) | (part > ROUNDING)
    return (whole + partly).astype(np.intp), np.where(partly, part, 1).astype(np.float32)


def hold_out(rows: Rows, fraction: float, classes: int, random: np.random.RandomState) -> tuple[Rows, Rows]:
    """Return the rows to train on and those held out: at random, and evenly over the classes or values.

    Raises
    ------
    ArgumentError
        When there are too few to hold some out.
    """
    n, least = len(rows.X), 1 if classes else 2
    order = random.permutation(n)
    order = order[np.argsort(rows.y[order], kind="stable")]
    free = np.ones(n, dtype=bool)
    if classes:
        free[np.unique(rows.y[order], return_index=True)[1]] = False  # every class keeps a row to train on
    candidates = order[free]
    count = min(max(round(fraction * n), least), len(candidates) if classes else n - 1)
    if count < least:
        raise ArgumentError(f"early_stopping needs rows to hold out, but there are too few: n_samples = {n}.")
    held_out = np.zeros(n, dtype=bool)
    held_out[candidates[((np.arange(count) + 0.5) * len(candidates) / count).astype(int)]] = True
    return rows.take(np.flatnonzero(~held_out)), rows.take(np.flatnonzero(held_out))
