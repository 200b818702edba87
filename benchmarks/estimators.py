"""`PellucidClassifier` beside scikit-learn's `MLPClassifier` with the same settings, and a grid search on two cores.

Both make every pass (no early stop), with scikit-learn's defaults for all that is not said: ReLU, Adam, learning rate
0.001, alpha 0.0001. They are fitted in turn on one core and in one thread, and CPU seconds are compared.
"""

import math
import os
import statistics
import time
import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

import joblib
import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from benchmarks.report import Row, verdict
from benchmarks.rounds import pinned
from pellucid import PellucidClassifier
from pellucid.datasets import moons

SEEDS = range(20)
UNSEEN = 10_000
MOONS: dict[str, Any] = {"hidden_layer_sizes": (16, 16), "max_iter": 200, "batch_size": 32}
DIGITS: dict[str, Any] = {"hidden_layer_sizes": (100,), "max_iter": 30, "batch_size": 32}
EVERY_PASS: dict[str, Any] = {"tol": 0.0, "n_iter_no_change": 10**6}
ROUNDS = 7

GRID = {"hidden_layer_sizes": [(32,), (64,), (32, 32), (64, 64)], "alpha": [1e-4, 1e-2]}
JOBS = 2


class Problem(NamedTuple):
    """Rows to fit, and unseen ones to be judged by."""

    X: NDArray[np.float64]
    y: NDArray[np.int64]
    X_unseen: NDArray[np.float64]
    y_unseen: NDArray[np.int64]


class Turn(NamedTuple):
    """What a fit of each took, in CPU seconds, and the share of unseen rows that each puts in the right class."""

    ours: float
    theirs: float
    our_accuracy: float
    their_accuracy: float


def rows() -> list[Row]:
    """Fit, and return what was measured."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        with pinned(), threadpool_limits(1):
            of_moons = [_turn(_moons(seed), MOONS, seed) for seed in SEEDS]
            digits = _digits()
            of_digits = [_turn(digits, DIGITS, seed) for seed in range(ROUNDS)]
            in_large_batches = [_turn(digits, DIGITS | {"batch_size": 200}, seed) for seed in range(ROUNDS)]
        return [
            *_beside("moons, 1,000 points, 2-16-16-1, 200 passes, batch 32", of_moons, 20),
            *_beside("digits, 64-100-10, 30 passes, batch 32", of_digits, 3, accurate=False),
            *_beside("digits, 64-100-10, 30 passes, batch 200", in_large_batches, None, accurate=False),
            *_searches(),
        ]


def _moons(seed: int) -> Problem:
    return Problem(*moons(1000, random_state=seed), *moons(UNSEEN, random_state=1000 + seed))


def _digits() -> Problem:
    X, y = load_digits(return_X_y=True)
    X_train, X_unseen, y_train, y_unseen = train_test_split(X / 16, y, test_size=0.5, random_state=0)
    return Problem(X_train, y_train, X_unseen, y_unseen)


def _turn(problem: Problem, settings: dict[str, Any], seed: int) -> Turn:
    """Fit both, each time the other one first."""
    kinds = (PellucidClassifier, MLPClassifier)
    times, accuracies = {}, {}
    for kind in kinds if seed % 2 == 0 else kinds[::-1]:
        model = kind(**settings, **EVERY_PASS, random_state=seed)
        start = time.process_time()
        model.fit(problem.X, problem.y)
        times[kind] = time.process_time() - start
        accuracies[kind] = model.score(problem.X_unseen, problem.y_unseen)
        if model.n_iter_ != settings["max_iter"]:
            raise RuntimeError(f"{kind.__name__} stopped after {model.n_iter_} passes")
    return Turn(*(times[kind] for kind in kinds), *(accuracies[kind] for kind in kinds))


def _beside(what: str, turns: Sequence[Turn], goal: float | None, *, accurate: bool = True) -> list[Row]:
    """Compare speed and accuracy, each with its goal, if it has one.

    Where both are as good as the data allow, chance decides which is ahead: as accurate is what is not behind by more
    than the standard error of the mean difference.
    """
    ours, theirs = (statistics.median(times) for times in list(zip(*turns, strict=True))[:2])
    ratio = statistics.median(turn.theirs / turn.ours for turn in turns)
    ahead = [100 * (turn.our_accuracy - turn.their_accuracy) for turn in turns]
    error = statistics.stdev(ahead) / math.sqrt(len(ahead))
    accuracy = statistics.mean(turn.our_accuracy for turn in turns)
    return [
        (
            f"{what}: as fast as MLPClassifier",
            f"{ratio:.3g}× ({1000 * ours:.0f} ms, {1000 * theirs:.0f} ms)",
            f"≥ {goal}×" if goal else "",
            verdict(-ratio, None if goal is None else -goal),
        ),
        (
            f"accuracy on unseen rows, {len(turns)} seeds, and how far ahead of MLPClassifier",
            f"{accuracy:.2%}, {statistics.mean(ahead):+.3f} ± {error:.3f} points",
            "as accurate" if accurate else "",
            verdict(-statistics.mean(ahead), error if accurate else None),
        ),
    ]


def _searches() -> list[Row]:
    """Search the same grid one by one, on two threads and on two processes."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    X, y = moons(10_000)
    model = PellucidClassifier(max_iter=20, batch_size=32, random_state=0, **EVERY_PASS)
    seconds: dict[str, list[float]] = {"sequential": [], "threading": [], "loky": []}
    scores = set()
    with threadpool_limits(1):
        for turn in range(4):
            for backend, taken in seconds.items():
                with joblib.parallel_backend(backend, n_jobs=1 if backend == "sequential" else JOBS):
                    start = time.perf_counter()
                    search = GridSearchCV(model, GRID, cv=4, refit=False).fit(X, y)
                if turn:  # in the first, the processes are started
                    taken.append(time.perf_counter() - start)
                scores.add(tuple(search.cv_results_["mean_test_score"]))
    if len(scores) != 1:
        raise RuntimeError("the searches gave different scores")
    found: list[Row] = []
    for backend, name in (("threading", "threads"), ("loky", "processes")):
        gain = statistics.median(one / two for one, two in zip(seconds["sequential"], seconds[backend], strict=True))
        what = f"GridSearchCV, 32 fits of 10,000 points on {JOBS} {name} of {cores} cores"
        found.append((what, f"{gain:.2f}× as fast as one by one", "≥ 1.5×", verdict(-gain, -1.5)))
    return found
