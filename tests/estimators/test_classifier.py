"""The classifier: what it learns, which labels it takes, and that its weights are what it says."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from sklearn.metrics import log_loss

from estimators.conftest import Data
from pellucid import PellucidClassifier
from pellucid.datasets import moons
from pellucid.errors import ArgumentError

FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "identity": lambda z: z,
    "logistic": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
    "sine": np.sin,
    "softmax": lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True),
}


def quick(*arguments: Any, **settings: Any) -> PellucidClassifier:
    defaults: dict[str, Any] = {"learning_rate_init": 0.02, "batch_size": 32, "max_iter": 60, "random_state": 0}
    return PellucidClassifier(*arguments, **defaults | {"tol": 0, "n_iter_no_change": np.inf} | settings)


pytestmark = pytest.mark.filterwarnings("ignore:The maximum of:sklearn.exceptions.ConvergenceWarning")


def test_it_learns_the_moons(two_moons: Data) -> None:
    model = quick((16, 16)).fit(*two_moons)
    assert model.score(*moons(1000, noise=0.15, random_state=9)) > 0.98
    assert model.n_iter_ == len(model.loss_curve_) == 60
    assert model.loss_curve_[-1] == model.loss_ < 0.1 < model.loss_curve_[0]
    assert model.best_loss_ == min(model.loss_curve_)
    assert (model.n_layers_, model.n_outputs_, model.out_activation_, model.t_) == (4, 1, "logistic", 60 * 200)
    assert model.validation_scores_ is None


def test_it_tells_many_classes_apart(many_classes: Data) -> None:
    X, y = many_classes
    model = quick(32).fit(X, y)
    assert model.score(X, y) > 0.99
    probabilities = model.predict_proba(X)
    assert probabilities.shape == (360, 12)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-12)
    assert (model.n_outputs_, model.out_activation_) == (12, "softmax")
    np.testing.assert_allclose(model.predict_log_proba(X), np.log(probabilities))


def test_there_may_be_1024_classes_and_no_more() -> None:
    X = np.random.default_rng(0).normal(size=(2050, 3))
    model = quick((), max_iter=1).fit(X, np.arange(2050) % 1024)
    assert model.predict_proba(X[:2]).shape == (2, 1024)
    with pytest.raises(ArgumentError, match=r"^y has 1025 classes, but may have at most 1024\.$"):
        quick(()).fit(X, np.arange(2050) % 1025)


LABELS = [
    ["no", "yes"],
    [False, True],
    [-1, 1],
    [1.0, 2.0],
    [7, 10**12],
    np.array(["a", "b"], dtype=object),
    np.array([-5, 3], dtype=np.int8),
]


@pytest.mark.parametrize("labels", LABELS, ids=str)
def test_labels_of_any_kind_come_back_as_they_were(labels: Any, two_moons: Data) -> None:
    X, codes = two_moons
    y = np.asarray(labels)[codes]
    model = quick((8,)).fit(X, y)
    np.testing.assert_array_equal(model.classes_, labels)
    assert model.classes_.dtype == y.dtype == model.predict(X).dtype
    plain = quick((8,)).fit(X, codes)
    np.testing.assert_array_equal(model.predict(X), np.asarray(labels)[plain.predict(X)])
    assert model.network_.weights_sha256 == plain.network_.weights_sha256


@pytest.mark.parametrize("activation", [name for name in FUNCTIONS if name != "softmax"])
@pytest.mark.parametrize("hidden", [(), (7,), (6, 5)])
@pytest.mark.parametrize("classes", [2, 3])
def test_coefs_and_intercepts_give_the_probabilities(activation: str, hidden: tuple[int, ...], classes: int) -> None:
    rng = np.random.default_rng(1)
    X, y = rng.normal(size=(60, 3)), np.arange(60) % classes
    model = quick(hidden, activation, max_iter=5).fit(X, y)
    a: npt.NDArray[Any] = X
    names = [activation] * len(hidden) + [model.out_activation_]
    for W, b, name in zip(model.coefs_, model.intercepts_, names, strict=True):
        a = FUNCTIONS[name](a @ W + b)
    assert [W.shape for W in model.coefs_] == list(zip((3, *hidden), (*hidden, model.n_outputs_), strict=True))
    np.testing.assert_allclose(model.predict_proba(X)[:, -a.shape[1] :], a, rtol=1e-4, atol=1e-6)


def test_the_loss_is_the_cross_entropy_and_the_penalty(two_moons: Data) -> None:
    X, y = two_moons
    model = quick((8,), alpha=0.5, max_iter=30, learning_rate_init=1e-9, solver="sgd").fit(X, y)
    squares = sum(float((W**2).sum()) for W in model.coefs_)
    assert model.loss_ == pytest.approx(log_loss(y, model.predict_proba(X)) + 0.5 * 0.5 / 32 * squares, rel=1e-5)


@pytest.mark.parametrize("features", [1, 1024])
def test_any_number_of_features_up_to_1024(features: int) -> None:
    X = np.random.default_rng(0).normal(size=(80, features))
    y = X[:, 0] > 0
    assert quick(8, batch_size=8).fit(X, y).score(X, y) > 0.95


def test_1025_features_are_too_many() -> None:
    with pytest.raises(ArgumentError, match=r"^X has 1025 features, but may have at most 1024\.$"):
        PellucidClassifier().fit(np.zeros((4, 1025)), [0, 1, 0, 1])


def test_inputs_that_are_bits_are_learnt_too() -> None:
    X = np.random.default_rng(0).integers(0, 2, size=(200, 9))
    y = X[:, :3].sum(axis=1)
    assert quick(16).fit(X, y).score(X, y) == 1


def test_the_network_is_alive_and_holds_no_rows(two_moons: Data) -> None:
    X, y = two_moons
    model = quick((8,)).fit(X, y)
    network = model.network_
    np.testing.assert_array_equal(network.predict(X), model.predict(X))
    np.testing.assert_allclose(network.predict_proba(X), model.predict_proba(X), rtol=1e-6)
    assert network.inputs.shape == (0, 2)
    with pytest.raises(ValueError, match="read-only"):
        model.coefs_[0][0, 0] = 1
    before = model.predict_proba(X)
    network.set_weight(0, 0, 0, 5.0)
    assert model.coefs_[0][0, 0] == 5
    assert not np.array_equal(model.predict_proba(X), before)
