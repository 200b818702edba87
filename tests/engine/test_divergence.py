"""A run whose numbers leave the range of float32 stops, and says in which layer, at which update and why."""

import numpy as np
import pytest

from engine.forms import ENUMERATIONS, Engine
from engine.harness import Trial


def test_a_run_that_diverges_stops_and_says_where_and_why(engine: Engine) -> None:
    trial = Trial(activations="linear", data_kind="plane", learning_rate=1e30, engine=engine)
    diverged = ENUMERATIONS["Status"]["diverged"]
    assert trial.call("step", 100) == diverged
    assert trial.status == "diverged"
    assert trial["UPDATES"] <= 5
    broken = [not (np.isfinite(W).all() and np.isfinite(b).all()) for W, b in trial.layers()]
    assert trial["FAILED_LAYER"] == broken.index(True)
    W, b = trial.layers()[trial["FAILED_LAYER"]]
    has_nan = bool(np.isnan(W).any() or np.isnan(b).any())
    names = {value: name for name, value in ENUMERATIONS["Reason"].items()}
    assert names[trial["FAILED_REASON"]] in (("not_a_number", "infinite") if has_nan else ("infinite",))

    updates, stopped = trial["UPDATES"], trial.snapshot().tobytes()
    assert trial.call("step", 5) == diverged
    assert trial.call("epochs", 5) == diverged
    assert trial.call("evaluate") == diverged
    assert trial["UPDATES"] == updates
    assert trial.parameters.tobytes() in stopped


def test_a_parameter_that_is_not_a_number_stops_the_run_at_once(engine: Engine) -> None:
    trial = Trial(batch_size=0, engine=engine)
    trial.layers()[1][0][2, 1] = np.nan
    assert trial.call("step", 10) == ENUMERATIONS["Status"]["diverged"]
    assert trial["UPDATES"] == 1
    assert trial["FAILED_REASON"] == ENUMERATIONS["Reason"]["not_a_number"]


@pytest.mark.parametrize("optimizer", ENUMERATIONS["Optimizer"])
@pytest.mark.parametrize("regularizer", ENUMERATIONS["Regularizer"])
def test_an_infinite_weight_stops_the_run_with_its_layer_and_reason(optimizer: str, regularizer: str) -> None:
    trial = Trial(
        hidden=(),
        given=([[1.0, 0.0]], [0.5]),
        classes=0,
        optimizer=optimizer,
        regularizer=regularizer,
        regularization_rate=0.1,
    )
    trial.parameters[1] = np.inf  # the weight of an input that is 0: 0 · ∞ is not a number
    assert trial.call("step", 1) == ENUMERATIONS["Status"]["diverged"]
    assert trial["FAILED_LAYER"] == 0


def test_a_loss_that_overflows_ends_the_run_with_the_loss_as_the_reason() -> None:
    trial = Trial(hidden=(), given=([[1.0]], [0.0]), classes=0, initializer="zeros")
    trial.expect_running("set_bias", 0, 0, 1e30)
    assert trial.call("evaluate") == ENUMERATIONS["Status"]["diverged"]
    assert trial["FAILED_LAYER"] == -1
    assert trial["FAILED_REASON"] == ENUMERATIONS["Reason"]["infinite"]


def test_reset_starts_a_run_that_diverged_again() -> None:
    trial = Trial(activations="linear", data_kind="plane")
    start = trial.bytes()
    rate = trial["LEARNING_RATE"]
    trial.set(learning_rate=1e30)
    trial.call("step", 100)
    trial.set(learning_rate=rate)
    trial.expect_running("reset")
    assert trial.bytes() == start
    assert trial["FAILED_REASON"] == ENUMERATIONS["Reason"]["none"]
    trial.expect_running("step", 10)
