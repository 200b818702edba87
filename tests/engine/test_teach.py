"""Updates on one sample alone, and blocks whose samples are still to come."""

from typing import Any

import numpy as np
import pytest

from engine import reference
from engine.forms import ENUMERATIONS, NATIVE, SOURCE, Engine
from engine.harness import Trial

BAD = ENUMERATIONS["Status"]["bad_parameter"]
LEARNT = ("PARAMETERS", "GRADIENTS", "MOMENTS_1", "MOMENTS_2")
WAYS: list[dict[str, Any]] = [
    *({"optimizer": optimizer} for optimizer in ENUMERATIONS["Optimizer"]),
    {"optimizer": "adam", "regularizer": "l1", "regularization_rate": 0.02},
    {"regularizer": "l2", "regularization_rate": 0.02},
    {"loss": "squared_error", "activations": "sigmoid"},
    {"output_kind": "single"},
    {"bits": 0},
]


def network(engine: Engine = NATIVE, hidden: tuple[int, ...] = (5, 4), **settings: Any) -> Trial:
    rng = np.random.default_rng(2)
    bits = (rng.random((9, 12)) < 0.4).astype(np.float32)
    defaults: dict[str, Any] = {"output_kind": "per_class", "bits": 1, "batch_size": 1, "test_samples": 2}
    return Trial(hidden, given=(bits, np.arange(9) % 2), engine=engine, **defaults | settings)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_teaching_is_one_step_on_that_sample_to_the_bit(engine: Engine, way: dict[str, Any]) -> None:
    stepping, taught = network(engine, **way), network(engine, **way)
    for update in range(1, 10):
        sample = int(stepping.array("ORDER")[stepping["POSITION"]])
        stepping.expect_running("step", 1)
        taught.expect_running("teach", sample, 1)
        assert taught.bytes(LEARNT) == stepping.bytes(LEARNT)
        assert taught["UPDATES"] == stepping["UPDATES"] == update


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_many_updates_are_one_after_the_other(way: dict[str, Any]) -> None:
    at_once, singly = network(**way), network(**way)
    at_once.expect_running("teach", 3, 10)
    for _ in range(10):
        singly.expect_running("teach", 3, 1)
    assert at_once.snapshot().tobytes() == singly.snapshot().tobytes()
    assert at_once["UPDATES"] == 10


@pytest.mark.parametrize("batch_size", [1, 3, 0])
def test_the_pass_under_way_is_left_as_it_is(engine: Engine, batch_size: int) -> None:
    trial = network(engine, batch_size=batch_size)
    trial.expect_running("step", 2)
    before = trial.bytes(["ORDER"]), trial["POSITION"], trial["EPOCHS"], trial.slot("ORDER_STATE").tobytes()
    trial.expect_running("teach", 6, 5)
    assert (trial.bytes(["ORDER"]), trial["POSITION"], trial["EPOCHS"], trial.slot("ORDER_STATE").tobytes()) == before
    assert trial.guards_are_whole()


def test_the_batch_size_does_not_matter() -> None:
    results = set()
    for batch_size in (1, 7, 0):
        trial = network(batch_size=batch_size)
        trial.expect_running("teach", 4, 3)
        results.add(trial.bytes(LEARNT))
    assert len(results) == 1


def test_the_source_teaches_to_the_same_bytes() -> None:
    for way in WAYS:
        compiled, python = network(NATIVE, **way), network(SOURCE, **way)
        for trial in (compiled, python):
            trial.expect_running("teach", 5, 3)
            trial.expect_running("evaluate")
        assert np.flatnonzero(compiled.memory.view(np.uint32) != python.memory.view(np.uint32)).tolist() == []


def test_no_updates_change_nothing_and_a_sample_that_there_is_not_is_refused(engine: Engine) -> None:
    trial = network(engine)
    before = trial.memory.tobytes()
    trial.expect_running("teach", 0, 0)
    for sample in (-1, 9, 2**31 - 1):
        assert trial.call("teach", sample, 1) == BAD
    assert trial.memory.tobytes() == before


def test_hidden_units_learn_from_the_weights_before_the_update(engine: Engine) -> None:
    """The original changes the outputs' weights first and hands the error down by the new ones.

    Sigmoid units and outputs, squared error, learning rate 0.5, all as in the original.
    """
    trial = network(
        engine, (2,), activations="sigmoid", loss="squared_error", output_activation="sigmoid", learning_rate=0.5
    )
    trial.parameters[:] = np.linspace(-0.5, 0.5, trial.parameters.size)
    (W1, b1), (W2, b2) = trial.doubles()
    x, t = trial.array("NETWORK_INPUTS")[4].astype(float), trial.array("TARGETS")[4].astype(float)
    trial.expect_running("teach", 4, 1)

    hidden = 1 / (1 + np.exp(-(x @ W1 + b1)))
    a = 1 / (1 + np.exp(-(hidden @ W2 + b2)))
    delta = (a - t) * a * (1 - a)
    changed_W2 = W2 - 0.5 * np.outer(hidden, delta)
    right, originals = (
        W1 - 0.5 * np.outer(x, (weights @ delta) * hidden * (1 - hidden)) for weights in (W2, changed_W2)
    )
    np.testing.assert_allclose(trial.layers()[1][0], changed_W2, rtol=0, atol=1e-6)
    np.testing.assert_allclose(trial.layers()[0][0], right, rtol=0, atol=1e-6)
    assert np.abs(right - originals).max() > 1e-4


@pytest.mark.parametrize("hidden", [(), (5,), (5, 4, 3)], ids=str)
def test_the_gradient_of_the_sample_is_numpys(hidden: tuple[int, ...]) -> None:
    trial = network(hidden=hidden)
    X, T = (trial.array(name)[7:8].astype(float) for name in ("NETWORK_INPUTS", "TARGETS"))
    expected = reference.gradients(trial.doubles(), trial.kinds, X, T, trial.loss)
    trial.expect_running("teach", 7, 1)
    for (W, b), (W_engine, b_engine) in zip(expected, trial.layers("GRADIENTS"), strict=True):
        np.testing.assert_allclose(W_engine, W, rtol=1e-4, atol=1e-6)
        np.testing.assert_allclose(b_engine, b, rtol=1e-4, atol=1e-6)


def test_a_run_that_diverges_stops_at_that_update() -> None:
    trial = network(activations="linear", loss="squared_error", output_activation="linear", learning_rate=1e30)
    trial.call("teach", 0, 100)
    assert trial.status == "diverged"
    updates = trial["UPDATES"]
    assert 0 < updates < 100
    trial.call("teach", 0, 1)
    assert trial["UPDATES"] == updates


def without_samples(engine: Engine, **settings: Any) -> Trial:
    defaults: dict[str, Any] = {"classes": 3, "bits": 1, "batch_size": 1}
    return Trial((4,), given=(np.zeros((0, 36)), np.zeros(0)), engine=engine, **defaults | settings)


RESULTS = ("TRAIN_LOSS", "TEST_LOSS", "TRAIN_ACCURACY", "TEST_ACCURACY", "PENALTY")


@pytest.mark.parametrize(
    "settings",
    [{}, {"batch_size": 0}, {"bits": 0}, {"loss": "squared_error", "optimizer": "adam"}, {"classes": 2}],
    ids=str,
)
def test_without_samples_nothing_is_trained_and_nothing_is_nan(engine: Engine, settings: dict[str, Any]) -> None:
    trial = without_samples(engine, **settings)
    before = trial.snapshot().tobytes()
    trial.expect_running("step", 5)
    trial.expect_running("epochs", 5)
    trial.expect_running("evaluate")
    assert trial.snapshot().tobytes() == before
    assert [trial[result] for result in RESULTS] == [0] * len(RESULTS)
    assert (trial["UPDATES"], trial["EPOCHS"], trial["POSITION"], trial["SAMPLES"]) == (0, 0, 0, 0)
    assert trial.call("teach", 0, 1) == BAD
    assert trial.guards_are_whole()
    assert np.isfinite(trial.parameters).all()
    assert not trial.array("CONFUSION").any()


def test_a_network_without_samples_answers() -> None:
    trial = without_samples(NATIVE)
    p = np.zeros(3, np.float32)
    trial.expect_running("predict", np.ones(36, np.float32), 1, p)
    assert p.sum() == pytest.approx(1)
    assert trial.parameters.any()


def test_samples_that_come_later_go_on_from_the_same_weights() -> None:
    empty = without_samples(NATIVE, classes=2)
    full = Trial((4,), given=(np.eye(36)[:3], [0, 1, 0]), classes=2, bits=1, batch_size=1)
    full.expect_running("adopt", empty.memory)
    assert full.bytes() == empty.bytes()
    full.expect_running("teach", 1, 1)
    empty.expect_running("adopt", full.memory)
    assert empty.bytes() == full.bytes()
    assert empty["UPDATES"] == 1


@pytest.mark.parametrize("batch_size", [1, 0])
def test_when_all_are_held_out_they_are_tested_and_nothing_is_trained(engine: Engine, batch_size: int) -> None:
    trial = network(engine, test_samples=9, batch_size=batch_size)
    before = trial.snapshot().tobytes()
    trial.expect_running("step", 3)
    trial.expect_running("epochs", 3)
    trial.expect_running("evaluate")
    assert trial.snapshot().tobytes() == before
    assert (trial["TRAIN_SAMPLES"], trial["TRAIN_LOSS"], trial["TRAIN_ACCURACY"]) == (0, 0, 0)
    assert 0.5 < trial["TEST_LOSS"] < 1
    assert trial.array("CONFUSION")[1].sum() == 9
