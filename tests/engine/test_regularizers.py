"""L1 and L2: the penalty shown, the pull on weights but not on biases, and L1's exact zeros."""

from typing import Any

import numpy as np
import pytest

from engine.forms import ENUMERATIONS, Engine
from engine.harness import Trial

RATE = 0.05


def one_weight(regularizer: str, target: float, weight: float, engine: Engine, **settings: Any) -> Trial:
    """Return a network a = w x + b for the sample x = 1 with this target; the loss is ½(a − t)²."""
    trial = Trial(
        hidden=(),
        given=([[1.0]], [target]),
        classes=0,
        initializer="zeros",
        regularizer=regularizer,
        regularization_rate=RATE,
        engine=engine,
        **settings,
    )
    trial.expect_running("set_weight", 0, 0, 0, weight)
    return trial


@pytest.mark.parametrize(
    ("regularizer", "share"), [("none", 0.0), ("l1", lambda W: np.abs(W).sum()), ("l2", lambda W: 0.5 * (W**2).sum())]
)
def test_the_penalty_counts_weights_and_no_biases(regularizer: str, share: Any) -> None:
    trial = Trial(regularizer=regularizer, regularization_rate=RATE, bias=7.0)
    expected = RATE * sum(share(W) for W, _ in trial.doubles()) if share else 0.0
    assert trial["PENALTY"] == pytest.approx(expected, rel=1e-6)
    assert trial["TRAIN_OBJECTIVE"] == trial["TRAIN_LOSS"] + trial["PENALTY"]
    assert trial["TEST_OBJECTIVE"] == trial["TEST_LOSS"] + trial["PENALTY"]


def test_a_regulariser_without_a_rate_changes_nothing() -> None:
    plain, l1, l2 = (Trial(regularizer=kind, regularization_rate=0.0) for kind in ("none", "l1", "l2"))
    for trial in (plain, l1, l2):
        trial.expect_running("epochs", 3)
    assert plain.bytes() == l1.bytes() == l2.bytes()


def test_l2_pulls_a_weight_in_proportion_to_it(engine: Engine) -> None:
    trial = one_weight("l2", target=0.5, weight=0.5, engine=engine, learning_rate=0.1)
    trial.expect_running("step", 1)
    assert trial.parameters[0] == pytest.approx(0.5 - 0.1 * RATE * 0.5, rel=1e-6)
    assert trial.parameters[1] == 0


@pytest.mark.parametrize(("before", "after"), [(0.5, 0.495), (-0.5, -0.495), (0.004, 0.0), (-0.004, 0.0), (0.0, 0.0)])
def test_l1_moves_a_weight_towards_zero_and_not_beyond(engine: Engine, before: float, after: float) -> None:
    trial = one_weight("l1", target=before, weight=before, engine=engine, learning_rate=0.1)
    trial.expect_running("step", 1)
    assert trial.parameters[0] == pytest.approx(after, rel=1e-6)
    assert trial.parameters[0] != 0 or after == 0


OPTIMIZERS = list(ENUMERATIONS["Optimizer"])


@pytest.mark.parametrize(("regularizer", "smallest"), [("l1", 0.4), ("l2", 0.5 / 1.1)])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimiser_arrives_where_loss_and_penalty_together_are_smallest(
    optimizer: str, regularizer: str, smallest: float
) -> None:
    """For the loss ½(w − 0.5)² and λ = 0.1 that is w = 0.5 − λ with L1 and w = 0.5 / (1 + λ) with L2."""
    trial = Trial(
        hidden=(),
        given=([[1.0], [-1.0]], [0.5, -0.5]),
        classes=0,
        optimizer=optimizer,
        learning_rate=0.001,
        regularizer=regularizer,
        regularization_rate=0.1,
        batch_size=0,
    )
    trial.expect_running("epochs", 20_000)
    assert trial.parameters[0] == pytest.approx(smallest, abs=0.001)
    assert trial.parameters[1] == pytest.approx(0, abs=0.001)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_l1_brings_useless_weights_to_exactly_zero(optimizer: str) -> None:
    inputs = np.random.default_rng(0).normal(size=(64, 3)).astype(np.float32)
    trial = Trial(
        hidden=(),
        given=(inputs, 2 * inputs[:, 0]),
        classes=0,
        optimizer=optimizer,
        learning_rate=0.01,
        regularizer="l1",
        regularization_rate=0.3,
        batch_size=0,
    )
    trial.expect_running("epochs", 2000)
    useful, *useless = trial.parameters[:3].tolist()
    assert useful > 1
    assert useless == [0.0, 0.0]


def test_a_weight_at_zero_comes_back_when_its_gradient_is_larger_than_the_rate(engine: Engine) -> None:
    trial = one_weight("l1", target=0.0, weight=0.004, engine=engine, learning_rate=0.1)
    trial.expect_running("step", 1)
    assert trial.parameters[0] == 0

    trial.array("TARGETS")[:] = 0.9 * RATE  # the gradient at 0 is −t
    trial.expect_running("set_bias", 0, 0, 0.0)
    trial.expect_running("step", 1)
    assert trial.parameters[0] == 0

    trial.array("TARGETS")[:] = 3 * RATE
    trial.expect_running("set_bias", 0, 0, 0.0)
    trial.expect_running("step", 1)
    assert trial.parameters[0] == pytest.approx(0.1 * (3 * RATE - RATE), rel=1e-5)
