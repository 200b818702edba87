"""Update rules beside their formulas in float64, and parameters that may change during a run."""

import itertools
from typing import Any

import numpy as np
import pytest

from engine import reference
from engine.forms import ENUMERATIONS
from engine.harness import Trial

UPDATES = 20

RATES = {"sgd": 0.5, "momentum": 0.2, "rmsprop": 0.02, "adam": 0.02}


@pytest.mark.parametrize(
    ("optimizer", "regularizer"), [*itertools.product(ENUMERATIONS["Optimizer"], ["none", "l2"]), ("sgd", "l1")]
)
def test_twenty_updates_agree_with_the_formulas(optimizer: str, regularizer: str) -> None:
    strength, rate = 0.01, RATES[optimizer]
    settings: dict[str, Any] = {"momentum": 0.8, "decay": 0.95, "epsilon": 1e-4}
    trial = Trial(
        optimizer=optimizer,
        learning_rate=rate,
        regularizer=regularizer,
        regularization_rate=strength,
        batch_size=0,
        bias=0.1,
        **settings,
    )
    layers = trial.doubles()
    rules = [[reference.Optimizer(optimizer, rate, **settings) for _ in pair] for pair in layers]
    train = slice(trial["TRAIN_SAMPLES"])
    X, T = trial.array("NETWORK_INPUTS")[train].astype(float), trial.array("TARGETS")[train].astype(float)
    for _ in range(UPDATES):
        gradients = reference.gradients(layers, trial.kinds, X, T, trial.loss)
        for (W, b), (W_gradient, b_gradient), (W_rule, b_rule) in zip(layers, gradients, rules, strict=True):
            W_rule.update(W, W_gradient + (strength * W if regularizer == "l2" else 0.0))
            b_rule.update(b, b_gradient)
            if regularizer == "l1":
                W[:] = np.sign(W) * np.maximum(np.abs(W) - rate * strength, 0)
        trial.expect_running("step", 1)
        for (W, b), (W_engine, b_engine) in zip(layers, trial.layers(), strict=True):
            np.testing.assert_allclose(W_engine, W, rtol=1e-4, atol=2e-6)
            np.testing.assert_allclose(b_engine, b, rtol=1e-4, atol=2e-6)


def test_the_gradients_left_behind_are_those_of_the_mean_with_the_slope_of_l2() -> None:
    trial = Trial(regularizer="l2", regularization_rate=0.3, batch_size=0)
    layers = trial.doubles()
    train = slice(trial["TRAIN_SAMPLES"])
    X, T = trial.array("NETWORK_INPUTS")[train].astype(float), trial.array("TARGETS")[train].astype(float)
    expected = reference.gradients(layers, trial.kinds, X, T, trial.loss)
    trial.expect_running("step", 1)
    for (W, _), (W_mean, b_mean), (W_left, b_left) in zip(layers, expected, trial.layers("GRADIENTS"), strict=True):
        np.testing.assert_allclose(W_left, W_mean + 0.3 * W, rtol=1e-5, atol=1e-7)
        np.testing.assert_allclose(b_left, b_mean, rtol=1e-5, atol=1e-7)


def test_momentum_and_decay_of_zero_make_plain_updates() -> None:
    plain = Trial(optimizer="sgd")
    no_momentum = Trial(optimizer="momentum", momentum=0.0)
    for trial in (plain, no_momentum):
        trial.expect_running("epochs", 2)
    np.testing.assert_allclose(no_momentum.parameters, plain.parameters, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("optimizer", ENUMERATIONS["Optimizer"])
def test_moments_of_a_gradient_that_is_gone_end_at_zero_and_not_in_subnormal_numbers(optimizer: str) -> None:
    trial = Trial(hidden=(), given=([[1.0]], [1.0]), classes=0, optimizer=optimizer, momentum=0.5, decay=0.5)
    trial.expect_running("step", 1)
    trial.array("NETWORK_INPUTS")[:] = 0.0
    trial.set(learning_rate=0.0)
    trial.array("TARGETS")[:] = trial.parameters[-1]
    trial.expect_running("step", 200)
    moments = np.concatenate([trial.array("MOMENTS_1"), trial.array("MOMENTS_2")])
    assert np.all(moments == 0)


def test_the_learning_rate_may_change_during_a_run() -> None:
    trial = Trial(batch_size=0)
    before = trial.parameters.copy()
    trial.set(learning_rate=0.0)
    trial.expect_running("step", 3)
    assert np.array_equal(trial.parameters, before)
    trial.set(learning_rate=0.5)
    trial.expect_running("step", 1)
    np.testing.assert_allclose(trial.parameters, before - 0.5 * trial.array("GRADIENTS"), rtol=1e-5, atol=1e-7)
