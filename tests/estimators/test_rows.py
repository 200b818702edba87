"""Weights of rows, and that the order of rows changes nothing."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estimators.conftest import Data
from pellucid import PellucidClassifier, PellucidRegressor
from pellucid.estimators.rows import LEAST_BOUND, Rows, arrange, hold_out, repetitions

pytestmark = pytest.mark.filterwarnings("ignore:The maximum of:sklearn.exceptions.ConvergenceWarning")

SETTINGS: dict[str, Any] = {"max_iter": 10, "batch_size": 16, "random_state": 3, "learning_rate_init": 0.01}
ESTIMATORS = [
    PellucidClassifier((6,), **SETTINGS),
    PellucidClassifier((6,), early_stopping=True, validation_fraction=0.2, **SETTINGS),
    PellucidRegressor((6,), **SETTINGS),
]
IDS = ["classifier", "early stopping", "regressor"]


def learnt(model: Any, X: npt.NDArray[Any], y: npt.NDArray[Any], weights: npt.ArrayLike | None = None) -> str:
    digest: str = model.fit(X, y, weights).network_.weights_sha256
    return digest


@pytest.mark.parametrize("model", ESTIMATORS, ids=IDS)
def test_the_order_of_rows_changes_no_bit(model: Any, two_moons: Data) -> None:
    X, y = two_moons
    order = np.random.default_rng(0).permutation(len(X))
    assert learnt(model, X, y) == learnt(model, X[order], y[order])
    weights = np.random.default_rng(1).uniform(0, 3, len(X))
    assert learnt(model, X, y, weights) == learnt(model, X[order], y[order], weights[order])
    assert learnt(model, X, y) != learnt(model, X, y, weights)


def test_without_shuffling_the_order_is_the_one_given(two_moons: Data) -> None:
    X, y = two_moons
    model = PellucidClassifier((6,), shuffle=False, **SETTINGS)
    assert learnt(model, X, y) != learnt(model, X[::-1], y[::-1])


@pytest.mark.parametrize("model", ESTIMATORS, ids=IDS)
@pytest.mark.parametrize("shuffle", [True, False])
def test_a_whole_number_is_the_row_so_many_times_to_the_bit(model: Any, shuffle: bool, two_moons: Data) -> None:
    X, y = two_moons
    model = model.__class__(**model.get_params() | {"shuffle": shuffle})
    weights = np.random.default_rng(2).integers(0, 4, len(X))
    rows = np.repeat(np.arange(len(X)), weights)
    assert learnt(model, X, y, weights) == learnt(model, X[rows], y[rows])


@pytest.mark.parametrize("model", ESTIMATORS, ids=IDS)
@pytest.mark.parametrize("weight", [1.0, 1 / 200, 1e-12, 0.3])
def test_weights_up_to_1_that_are_all_alike_are_no_weights(model: Any, weight: float, two_moons: Data) -> None:
    X, y = two_moons
    assert learnt(model, X, y, np.full(len(X), weight)) == learnt(model, X, y)


def test_heavy_rows_win(two_moons: Data) -> None:
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(300, 2)), np.arange(300) % 2  # nothing to be learnt but the share of each class
    model = PellucidClassifier((), learning_rate_init=0.05, batch_size=32, max_iter=50, random_state=0)
    for heavy in (9.0, 0.9, 9e-6):
        share = model.fit(X, y, np.where(y == 1, heavy, heavy / 9)).predict_proba(X)[:, 1].mean()
        assert share == pytest.approx(0.9, abs=0.03)
    weights = np.where(y == 1, 1e-3, 1e-6)
    weights[0] = 0.15  # one row of class 0 that counts as much as all of class 1
    share = model.fit(X * 0, y, weights).predict_proba(X * 0)[0, 1]
    assert share == pytest.approx(0.5, abs=0.1)


@settings(max_examples=200)
@given(st.lists(st.floats(1e-9, 50), min_size=1, max_size=30))
def test_a_pass_has_each_row_by_its_weight(listed: list[float]) -> None:
    weights = np.array(listed)
    times, last = repetitions(weights)
    found = times - 1 + last
    scale = 1 / weights.mean() if weights.mean() < 1 else 1.0
    np.testing.assert_allclose(found, weights * scale, rtol=1e-6, atol=2e-6)
    assert times.min() >= 1
    assert ((last > 0) & (last <= 1)).all()


@pytest.mark.parametrize("n", [1, 100, 5000])
def test_a_pass_stays_within_its_bound(n: int) -> None:
    weights = np.random.default_rng(0).uniform(1, 1e6, n)
    times, last = repetitions(weights)
    assert times.sum() <= max(LEAST_BOUND, 10 * n)
    np.testing.assert_allclose((times - 1 + last) / (times - 1 + last).sum(), weights / weights.sum(), rtol=1e-3)


def test_a_million_rows_are_never_more() -> None:
    times, _ = repetitions(np.random.default_rng(0).uniform(0.1, 1e6, 1_000_000))
    assert times.sum() <= 1_000_000


def test_only_weights_that_are_no_whole_numbers_reach_the_engine() -> None:
    X, y = np.arange(6, dtype=np.float32).reshape(3, 2), np.zeros(3, dtype=np.float32)
    assert arrange(X, y, np.array([1.0, 2.0, 3.0]), shuffled=False).weights is None
    rows = arrange(X, y, np.array([1.0, 2.5, 1.0]), shuffled=False)
    assert rows.weights is not None
    assert rows.weights.tolist() == [1, 1, 1, 0.5, 1]
    assert rows.X[:, 0].tolist() == [0, 2, 2, 2, 4]


@settings(max_examples=100)
@given(st.integers(2, 60), st.integers(2, 5), st.floats(0.01, 0.99), st.integers(0, 99))
def test_rows_are_held_out_evenly_and_every_class_stays(n: int, classes: int, fraction: float, seed: int) -> None:
    classes = min(classes, n - 1)
    y = (np.arange(n) % classes).astype(np.float32)
    rows = Rows(np.arange(n, dtype=np.float32)[:, None], y, None)
    train, held_out = hold_out(rows, fraction, classes, np.random.RandomState(seed))
    assert sorted([*train.X[:, 0], *held_out.X[:, 0]]) == list(range(n))
    assert set(train.y) == set(y)
    assert len(held_out.X) >= 1
    if n >= 10 * classes and fraction < 0.5:
        counts = np.bincount(held_out.y.astype(int), minlength=classes)
        assert counts.max() - counts.min() <= 2
