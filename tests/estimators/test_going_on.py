"""Training in parts: partial_fit, warm starts, early stopping, schedules of the learning rate, and when it stops."""

import signal
from typing import Any

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning

from estimators.conftest import Data
from pellucid import PellucidClassifier, PellucidRegressor
from pellucid.block import Block
from pellucid.errors import ArgumentError
from pellucid.estimators import course

converging = pytest.mark.filterwarnings("ignore:The maximum of:sklearn.exceptions.ConvergenceWarning")


def small(**settings: Any) -> PellucidClassifier:
    defaults: dict[str, Any] = {"learning_rate_init": 0.02, "batch_size": 32, "max_iter": 20, "random_state": 0}
    return PellucidClassifier((8,), **defaults | settings)


def test_partial_fit_learns_in_parts(two_moons: Data) -> None:
    X, y = two_moons
    model = small()
    for _ in range(100):
        for part in np.array_split(np.arange(200), 4):
            model.partial_fit(X[part], y[part], classes=[0, 1])
    assert model.score(X, y) > 0.95
    assert (model.n_iter_, len(model.loss_curve_), model.t_) == (1, 400, 100 * 200)


def test_partial_fit_knows_the_classes_from_the_first_call(two_moons: Data) -> None:
    X, y = two_moons
    model = small().partial_fit(X[y == 0], y[y == 0], classes=[2, 1, 0])
    np.testing.assert_array_equal(model.classes_, [0, 1, 2])
    assert model.partial_fit(X, y).predict_proba(X).shape == (200, 3)
    with pytest.raises(ArgumentError, match=r"^y has the class 3, but the classes are 0, 1, 2; name them all with"):
        model.partial_fit(X, y + 2)
    with pytest.raises(ArgumentError, match=r"^`classes` is 0, 1, but was 0, 1, 2 before\.$"):
        model.partial_fit(X, y, classes=[0, 1])
    with pytest.raises(ValueError, match=r"X has 1 features, but PellucidClassifier is expecting 2 features as input"):
        model.partial_fit(X[:, :1], y)


def test_partial_fit_says_how_to_name_classes_that_come_later(two_moons: Data) -> None:
    X, y = two_moons
    sentence = r"but there must be at least 2 classes; name them all with `classes` when partial_fit is first called\.$"
    with pytest.raises(ArgumentError, match=sentence):
        small().partial_fit(X[y == 0], y[y == 0])


@pytest.mark.parametrize("solver", ["adam", "sgd", "rmsprop"])
def test_partial_fit_keeps_what_the_optimiser_remembers(solver: str, cones: Data) -> None:
    X, y = cones
    whole = PellucidRegressor((5,), shuffle=False, solver=solver, batch_size=50, max_iter=4, tol=0, random_state=1)
    parts = PellucidRegressor(**whole.get_params())
    with pytest.warns(ConvergenceWarning):
        whole.fit(X, y)
    for _ in range(4):
        parts.partial_fit(X, y)
    assert parts.network_.weights_sha256 == whole.network_.weights_sha256
    assert parts.loss_curve_ == whole.loss_curve_


@converging
def test_a_warm_start_goes_on_and_a_cold_one_begins_anew(two_moons: Data) -> None:
    warm = small(warm_start=True, max_iter=5).fit(*two_moons)
    first = warm.loss_
    warm.fit(*two_moons)
    assert (len(warm.loss_curve_), warm.n_iter_, warm.t_) == (10, 5, 2000)
    assert warm.loss_ < first
    cold = small(max_iter=5)
    assert cold.fit(*two_moons).loss_curve_ == cold.fit(*two_moons).loss_curve_
    assert cold.loss_ == first


@converging
def test_a_warm_start_refuses_other_layers_and_other_classes(two_moons: Data) -> None:
    X, y = two_moons
    model = small(warm_start=True, max_iter=1).fit(X, y)
    with pytest.raises(
        ArgumentError, match=r"^The hidden layers cannot be changed while training goes on: they are 8 relu;"
    ):
        model.set_params(hidden_layer_sizes=(9,)).fit(X, y)
    with pytest.raises(ArgumentError, match=r"^y has the class 2, but the classes are 0, 1\.$"):
        model.set_params(hidden_layer_sizes=(8,)).fit(X, y + 1)


def test_it_stops_when_the_loss_gets_no_better(two_moons: Data) -> None:
    model = small(max_iter=2000, tol=1e-3, n_iter_no_change=5).fit(*two_moons)
    assert model.n_iter_ < 2000
    assert min(model.loss_curve_[:-6]) - min(model.loss_curve_) < 6e-3


def test_it_warns_when_it_is_not_done(two_moons: Data) -> None:
    with pytest.warns(ConvergenceWarning, match=r"^The maximum of 3 passes is reached, and the training has not"):
        small(max_iter=3).fit(*two_moons)


@converging
@pytest.mark.parametrize("kind", [PellucidClassifier, PellucidRegressor])
def test_early_stopping_keeps_the_best_weights(kind: Any, cones: Data) -> None:
    X, y = cones
    y = y > 0 if kind is PellucidClassifier else y
    model = kind((16,), early_stopping=True, learning_rate_init=0.02, batch_size=20, max_iter=300, random_state=2)
    model.fit(X, y)
    scores = model.validation_scores_
    assert len(scores) == model.n_iter_ == len(model.loss_curve_)
    assert model.best_validation_score_ == max(scores)
    assert model.best_loss_ is None
    # The same passes without the rest give the weights of the best pass.
    best = int(np.argmax(scores)) + 1
    again = kind(**model.get_params() | {"max_iter": best}).fit(X, y)
    assert again.network_.weights_sha256 == model.network_.weights_sha256


@converging
def test_a_warm_start_that_gets_no_better_keeps_the_best_weights(cones: Data) -> None:
    model = PellucidRegressor((16,), early_stopping=True, warm_start=True, batch_size=20, max_iter=60, random_state=2)
    model.set_params(learning_rate_init=0.02).fit(*cones)
    best, passes = model.network_.weights_sha256, model.n_iter_
    model.set_params(learning_rate_init=1e-6, max_iter=3, tol=0, solver="sgd", momentum=0).fit(cones[0], -cones[1])
    later: list[float] = (model.validation_scores_ or [])[passes:]
    assert len(later) == 3
    assert model.best_validation_score_ is not None
    assert max(later) < model.best_validation_score_
    assert model.network_.weights_sha256 == best


def test_early_stopping_needs_rows() -> None:
    with pytest.raises(ArgumentError, match=r"too few: n_samples = 2\.$"):
        PellucidRegressor(early_stopping=True).fit([[0.0], [1.0]], [0.0, 1.0])


@converging
@pytest.mark.parametrize("solver", ["sgd", "adam"])
def test_the_schedules_make_the_rate_smaller(solver: str, two_moons: Data) -> None:
    rates: dict[str, Any] = {}
    for schedule in ("constant", "invscaling", "adaptive"):
        model = small(learning_rate=schedule, solver=solver, max_iter=30, tol=0.5, n_iter_no_change=4, power_t=0.4)
        model.fit(*two_moons)
        rates[schedule] = model.n_iter_, model._course.learning_rate
        # What follows goes on with the rate that was reached.
        model.set_params(n_iter_no_change=np.inf).partial_fit(*two_moons)
        later = 0.02 / (model.t_ + 1) ** 0.4 if schedule == "invscaling" else rates[schedule][1]
        assert model._course.learning_rate == pytest.approx(later)
    assert rates["constant"] == (6, pytest.approx(0.02))
    assert rates["invscaling"] == (6, pytest.approx(0.02 / (6 * 200 + 1) ** 0.4))
    assert rates["adaptive"] == (30, pytest.approx(0.02 / 5**5))


def test_an_adaptive_rate_ends_when_it_is_slow(two_moons: Data, capsys: pytest.CaptureFixture[str]) -> None:
    small(learning_rate="adaptive", max_iter=500, tol=10, n_iter_no_change=1, verbose=True).fit(*two_moons)
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("Iteration 1, loss = 0.")
    rates = [line for line in printed if line.startswith("Setting learning rate to")]
    assert rates[0] == "Setting learning rate to 0.004000"
    assert len(rates) == 7


def test_validation_scores_are_printed(two_moons: Data, capsys: pytest.CaptureFixture[str]) -> None:
    model = small(early_stopping=True, verbose=True, max_iter=500, tol=1).fit(*two_moons)
    printed = capsys.readouterr().out.splitlines()
    assert printed[1] == f"Validation score: {(model.validation_scores_ or [])[0]:.6f}"


@converging
def test_a_seed_gives_the_same_bits_and_none_draws_another(two_moons: Data) -> None:
    def digest(random_state: Any) -> str:
        result: str = small(random_state=random_state, max_iter=2).fit(*two_moons).network_.weights_sha256
        return result

    assert digest(5) == digest(5) == digest(np.int64(5))
    assert digest(5) != digest(6)
    assert digest(np.random.RandomState(1)) == digest(np.random.RandomState(1))
    assert digest(None) != digest(None)


def press_ctrl_c_at_update(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    call, made = Block.call, []

    def interrupted(block: Block, function: str, *arguments: float) -> int:
        made.extend([1] * (function == "step"))
        if function == "step" and len(made) == number:
            signal.raise_signal(signal.SIGINT)
        return call(block, function, *arguments)

    monkeypatch.setattr(course, "SLICE", 1)  # look at every update
    monkeypatch.setattr(Block, "call", interrupted)


def test_ctrl_c_ends_a_fit_within_a_pass_and_keeps_what_was_learnt(
    two_moons: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    press_ctrl_c_at_update(3 * 7 + 2, monkeypatch)  # of seven a pass
    with pytest.warns(UserWarning, match=r"^Training was interrupted"):
        model = small().fit(*two_moons)
    assert model.n_iter_ == len(model.loss_curve_) == 3
    assert model.network_._block.get("UPDATES") == 3 * 7 + 2
    assert model.predict(two_moons[0]).shape == (200,)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_fit_may_be_interrupted_before_its_first_pass_is_made(
    two_moons: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    press_ctrl_c_at_update(1, monkeypatch)
    with pytest.warns(UserWarning, match=r"^Training was interrupted"):
        model = small(early_stopping=True).fit(*two_moons)
    assert (model.n_iter_, model.loss_curve_, model.t_) == (0, [], 0)
    assert np.isnan(model.loss_)


def test_looking_for_ctrl_c_changes_no_bit(two_moons: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.warns(ConvergenceWarning):
        once = small().fit(*two_moons)
    monkeypatch.setattr(course, "SLICE", 1)
    with pytest.warns(ConvergenceWarning):
        often = small().fit(*two_moons)
    assert often.network_.weights_sha256 == once.network_.weights_sha256
    assert often.loss_curve_ == once.loss_curve_
