"""What cannot be learnt from is refused with one clear sentence."""

from typing import Any

import numpy as np
import pytest
from sklearn.exceptions import NotFittedError

from estimators.conftest import Data
from pellucid import PellucidClassifier, PellucidRegressor
from pellucid.errors import ArgumentError, DivergedError

X = np.arange(12.0).reshape(6, 2)
Y = np.array([0, 1, 0, 1, 0, 1])
NAN = np.where(X == 3, np.nan, X)


@pytest.mark.parametrize(
    ("X", "y", "sentence"),
    [
        (NAN, Y, "Input X contains NaN"),
        (np.where(X == 3, np.inf, X), Y, "Input X contains infinity"),
        (1e39 * X, Y, r"X has a number of size 1.1e\+40, but the engine's float32 end at 3.4e38; scale it."),
        (X, np.zeros(6), r"y has one class only, 0.0 \(of n_samples = 6\), but there must be at least 2 classes."),
        (X, Y + 0.1 * X[:, 0], "Unknown label type: continuous"),
        (X, Y[:5], "inconsistent numbers of samples"),
        (X[:0], Y[:0], "0 sample"),
        (X[:, :0], Y, "0 feature"),
        (X[0], Y, "Expected 2D array"),
        ([["a", "b"]] * 6, Y, "could not convert string to float"),
        (X, np.where(Y == 1, np.nan, 0), "Input y contains NaN"),
        (X, np.array([1, "a", 1, "a", 1, 1], dtype=object), "y has labels of the types int, str, but must have labels"),
        (X, np.array([None, "a"] * 3, dtype=object), "y has labels of the types NoneType, str, but must have labels"),
    ],
    ids=str,
)
def test_rows_and_labels(X: Any, y: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        PellucidClassifier().fit(X, y)


@pytest.mark.parametrize("X", [X[:, :1], np.hstack([X, X]), NAN], ids=["too few", "too many", "NaN"])
def test_rows_to_be_predicted(X: Any) -> None:
    model = PellucidClassifier((2,), max_iter=1, tol=1e9, n_iter_no_change=1).partial_fit(
        np.arange(12.0).reshape(6, 2), Y
    )
    with pytest.raises(
        ValueError, match=r"X has \d features, but PellucidClassifier is expecting 2|Input X contains NaN"
    ):
        model.predict(X)


SIZES = "up to 8 whole numbers from 1 to 512"
NAMES = "one of identity, linear, logistic, sigmoid, tanh, relu, leaky_relu, gelu, sine"

REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {"hidden_layer_sizes": (4, 0)},
        f"`hidden_layer_sizes` is (4, 0), but must be {SIZES}.",
    ),
    ({"hidden_layer_sizes": 513}, f"`hidden_layer_sizes` is 513, but must be {SIZES}."),
    (
        {"hidden_layer_sizes": [2] * 9},
        f"`hidden_layer_sizes` is {[2] * 9}, but must be {SIZES}.",
    ),
    ({"hidden_layer_sizes": "16"}, f"`hidden_layer_sizes` is '16', but must be {SIZES}."),
    ({"hidden_layer_sizes": 2.0}, f"`hidden_layer_sizes` is 2.0, but must be {SIZES}."),
    ({"activation": "swish"}, f"`activation` is 'swish', but must be {NAMES}."),
    (
        {"activation": ["relu", "tanh"]},
        f"`activation` is ['relu', 'tanh'], but must be {NAMES}, or a list with one for each hidden layer.",
    ),
    ({"solver": "lbfgs"}, "`solver` is 'lbfgs', but must be one of sgd, adam, rmsprop."),
    ({"learning_rate": 0.1}, "`learning_rate` is 0.1, but must be one of constant, invscaling, adaptive."),
    ({"alpha": -1}, "`alpha` is -1, but must be a finite number from 0."),
    ({"alpha": "none"}, "`alpha` is 'none', but must be a finite number from 0."),
    ({"learning_rate_init": 0}, "`learning_rate_init` is 0, but must be a finite number above 0."),
    ({"learning_rate_init": float("nan")}, "`learning_rate_init` is nan, but must be a finite number above 0."),
    ({"learning_rate_init": 1e40}, "`learning_rate_init` is 1e+40, but must be a finite number above 0."),
    ({"momentum": 1}, "`momentum` is 1, but must be a number from 0 to below 1."),
    ({"beta_1": -0.1}, "`beta_1` is -0.1, but must be a number from 0 to below 1."),
    ({"beta_2": 1 - 1e-9}, "`beta_2` is 0.999999999, but must be a number from 0 to below 1."),
    ({"epsilon": 0}, "`epsilon` is 0, but must be a finite number from 1e-30."),
    ({"tol": float("inf")}, "`tol` is inf, but must be a finite number from 0."),
    ({"power_t": None}, "`power_t` is None, but must be a finite number from 0."),
    ({"validation_fraction": 1.0}, "`validation_fraction` is 1.0, but must be a number above 0 and below 1."),
    ({"max_iter": 0}, "`max_iter` is 0, but must be a whole number from 1."),
    ({"max_iter": True}, "`max_iter` is True, but must be a whole number from 1."),
    ({"batch_size": "all"}, "`batch_size` is 'all', but must be 'auto' or a whole number from 1."),
    ({"n_iter_no_change": 0.5}, "`n_iter_no_change` is 0.5, but must be a whole number from 1 or infinity."),
    (
        {"random_state": -1},
        "`random_state` is -1, but must be a whole number from 0 to 4294967295, a RandomState or None.",
    ),
    ({"early_stopping": "yes"}, "`early_stopping` is 'yes', but must be True or False."),
]


@pytest.mark.parametrize(("parameters", "sentence"), REFUSED, ids=str)
def test_parameters(parameters: dict[str, Any], sentence: str) -> None:
    model = PellucidClassifier(**parameters)
    with pytest.raises(ArgumentError) as refused:
        model.fit(X, Y)
    assert str(refused.value) == sentence


def test_every_parameter_can_be_refused() -> None:
    named = {name for parameters, _ in REFUSED for name in parameters}
    free = {"verbose"}  # of which only the truth counts
    assert set(PellucidClassifier().get_params()) - named - free == {"shuffle", "warm_start"}
    with pytest.raises(ArgumentError, match=r"^`shuffle` is 2, but must be True or False\.$"):
        PellucidRegressor().set_params(shuffle=2).fit(X, Y)
    with pytest.raises(ArgumentError, match=r"^`warm_start` is None, but must be True or False\.$"):
        PellucidRegressor().set_params(warm_start=None).fit(X, Y)


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        (np.zeros(6), "[Ss]ample.?weights? must contain at least one non-zero number|zero for every row"),
        ([-1, 1, 1, 1, 1, 1], "[Nn]egative"),
        ([np.nan, 1, 1, 1, 1, 1], "NaN"),
        (np.ones(5), r"shape"),
        (Y, r"one class only, 1"),
    ],
    ids=str,
)
def test_weights(weights: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        PellucidClassifier().fit(X, Y, weights)


def test_a_run_that_diverges_says_where_and_keeps_what_was_learnt(cones: Data) -> None:
    model = PellucidRegressor(
        (8,), "identity", solver="sgd", learning_rate_init=0.01, max_iter=3, tol=1e9, n_iter_no_change=1
    )
    model.set_params(warm_start=True).fit(*cones)
    before, curve = model.network_.weights_sha256, list(model.loss_curve_)
    model.set_params(learning_rate_init=1e6, max_iter=50, n_iter_no_change=50)
    with pytest.raises(
        DivergedError,
        match=r"^The run diverged at step \d+: .+ became (infinite|NaN .+); a smaller learning rate may help\.$",
    ):
        model.fit(*cones)
    assert (model.network_.weights_sha256, model.loss_curve_) == (before, curve)


def test_a_fit_from_the_start_that_fails_leaves_nothing(two_moons: Data) -> None:
    model = PellucidClassifier((4,), max_iter=1).partial_fit(*two_moons)
    with pytest.raises(ArgumentError, match="one class only"):
        model.fit(np.zeros((3, 5)), [1, 1, 1])
    assert not hasattr(model, "coefs_")
    with pytest.raises(NotFittedError):
        model.predict(two_moons[0])


def test_a_loss_beyond_all_numbers_is_a_divergence_too() -> None:
    model = PellucidRegressor((), solver="sgd", momentum=0, learning_rate_init=1e-30, max_iter=2)
    with pytest.raises(DivergedError, match=r"the loss became infinite"):
        model.fit(X, 1e30 * X[:, 0])


def test_numbers_that_are_too_large_from_the_start_are_no_matter_of_the_learning_rate_alone() -> None:
    with pytest.raises(DivergedError, match=r"^The run diverged at step 1: .*; smaller inputs and targets, or"):
        PellucidRegressor().fit(X, 1e25 * X[:, 0])


@pytest.mark.parametrize("y", [Y, np.arange(6) % 3, X[:, 0]], ids=["two classes", "three classes", "numbers"])
def test_rows_for_which_the_network_has_no_numbers_are_refused(y: Any) -> None:
    kind = PellucidRegressor if y is not Y and y.dtype == np.float64 else PellucidClassifier
    model: Any = kind((50,), "identity", random_state=0).partial_fit(X / 100, y)
    for unit, onward in enumerate((1, -1)):
        model.network_.set_weight(0, unit, 0, 5)
        model.network_.set_weight(1, 0, unit, onward)
    assert np.isfinite(model.predict([[1e30, 1e30]])).all()
    with pytest.raises(
        ArgumentError, match=r"^X has a number of size 3\.4e\+38 in row 1, for which the network's own are"
    ):
        model.predict([[1, 1], [3.4e38, -3.4e38]])


def test_weights_are_asked_for_after_training_only() -> None:
    model = PellucidClassifier()
    assert not hasattr(model, "coefs_")
    with pytest.raises(NotFittedError, match="not fitted yet"):
        _ = model.intercepts_


def test_more_rows_than_the_engine_holds_are_refused() -> None:
    with pytest.raises(ArgumentError, match=r"^X has 1000001 rows, but may have at most 1000000\.$"):
        PellucidRegressor().fit(np.zeros((1_000_001, 1), dtype=np.float32), np.zeros(1_000_001))
