"""The run: its start, updates, passes over the data in new orders, and batches of any size."""

import math
from typing import Any

import numpy as np
import pytest

from engine import reference
from engine.forms import ENUMERATIONS, Engine
from engine.harness import Trial
from pellucid.engine.memory import CHUNK


def test_a_run_starts_at_the_beginning() -> None:
    trial = Trial()
    assert (trial["EPOCHS"], trial["UPDATES"], trial["POSITION"]) == (0, 0, 0)
    assert trial.status == "running"
    assert trial["TRAIN_LOSS"] > 0
    assert not trial.array("GRADIENTS").any()


@pytest.mark.parametrize("optimizer", ENUMERATIONS["Optimizer"])
def test_reset_goes_back_to_the_same_start_and_the_same_run_follows(optimizer: str) -> None:
    trial = Trial(optimizer=optimizer)
    start = trial.snapshot().tobytes()
    trial.expect_running("step", 17)
    there = trial.snapshot().tobytes()
    trial.expect_running("reset")
    assert trial.snapshot().tobytes() == start
    trial.expect_running("step", 17)
    assert trial.snapshot().tobytes() == there


def test_two_blocks_with_the_same_settings_run_the_same() -> None:
    one, other = Trial(optimizer="adam"), Trial(optimizer="adam")
    for trial in (one, other):
        trial.expect_running("epochs", 5)
        trial.expect_running("evaluate")
    assert one.memory.tobytes() == other.memory.tobytes()


@pytest.mark.parametrize("seed", ["data_seed", "weight_seed", "order_seed"])
def test_each_seed_changes_its_own_part(seed: str) -> None:
    other_seed: dict[str, Any] = {seed: 1}
    one, other = Trial(), Trial(**other_seed)
    same = {name: one.bytes([name]) == other.bytes([name]) for name in ("POINTS", "PARAMETERS", "ORDER")}
    changed = {"data_seed": "POINTS", "weight_seed": "PARAMETERS", "order_seed": "ORDER"}[seed]
    assert same == {name: name != changed for name in same}


@pytest.mark.parametrize("batch_size", [1, 7, 10, 29, 30, 31, 1000, 0])
def test_an_epoch_has_as_many_updates_as_batches_fit_with_a_smaller_one_at_the_end(batch_size: int) -> None:
    trial = Trial(batch_size=batch_size)
    n = trial["TRAIN_SAMPLES"]
    updates = math.ceil(n / batch_size) if batch_size else 1
    trial.expect_running("epochs", 2)
    assert (trial["EPOCHS"], trial["UPDATES"], trial["POSITION"]) == (2, 2 * updates, 0)
    trial.expect_running("step", updates)
    assert (trial["EPOCHS"], trial["POSITION"]) == (3, 0)


def test_steps_stop_inside_a_pass_and_the_next_epoch_finishes_it() -> None:
    trial = Trial(batch_size=7)
    trial.expect_running("step", 2)
    assert (trial["EPOCHS"], trial["UPDATES"], trial["POSITION"]) == (0, 2, 14)
    trial.expect_running("epochs", 1)
    assert (trial["EPOCHS"], trial["UPDATES"], trial["POSITION"]) == (1, 5, 0)


def test_single_steps_and_whole_epochs_make_the_same_run() -> None:
    one, other = Trial(batch_size=7), Trial(batch_size=7)
    one.expect_running("epochs", 3)
    for _ in range(15):
        other.expect_running("step", 1)
    assert one.snapshot().tobytes() == other.snapshot().tobytes()


def test_no_steps_and_no_epochs_change_nothing() -> None:
    trial = Trial()
    before = trial.memory.tobytes()
    trial.expect_running("step", 0)
    trial.expect_running("epochs", 0)
    assert trial.memory.tobytes() == before


def test_each_pass_has_every_training_sample_once_in_a_new_order() -> None:
    trial = Trial(batch_size=7)
    n, orders = trial["TRAIN_SAMPLES"], []
    for _ in range(6):
        orders.append(trial.array("ORDER").tolist())
        assert sorted(orders[-1]) == list(range(n))
        trial.expect_running("step", 2)
        assert trial.array("ORDER").tolist() == orders[-1]  # the order stays for the whole pass
        trial.expect_running("epochs", 1)
    assert len(set(map(tuple, orders))) == len(orders)


def gradients_of(trial: Trial, samples: list[int]) -> list[reference.Layer]:
    """Return the mean gradient over some samples, by NumPy in float64."""
    X = trial.array("NETWORK_INPUTS")[samples].astype(float)
    T = trial.array("TARGETS")[samples].astype(float)
    return reference.gradients(trial.doubles(), trial.kinds, X, T, trial.loss)


@pytest.mark.parametrize("batch_size", [1, 2, 7, 10, 64, 65, 100, 0])
@pytest.mark.parametrize(
    "data", [{"data_kind": "moons"}, {"data_kind": "spiral", "classes": 3}, {"data_kind": "bumps"}]
)
def test_every_batch_is_averaged_over_its_own_samples(engine: Engine, data: dict[str, Any], batch_size: int) -> None:
    """Also the last, smaller batch of a pass, and batches of more than one chunk."""
    trial = Trial(samples=152, test_share=0.0, batch_size=batch_size, engine=engine, **data)
    n = trial["TRAIN_SAMPLES"]
    size = batch_size or n
    for first in range(0, n, size) if size > 2 else (0, size):
        batch = trial.array("ORDER")[first : first + size].tolist()
        expected = gradients_of(trial, batch)
        trial.expect_running("step", 1)
        for (W, b), (W_engine, b_engine) in zip(expected, trial.layers("GRADIENTS"), strict=True):
            np.testing.assert_allclose(W_engine, W, rtol=1e-4, atol=1e-6)
            np.testing.assert_allclose(b_engine, b, rtol=1e-4, atol=1e-6)


def test_batches_of_more_than_a_chunk_were_tested() -> None:
    assert CHUNK == 64


def test_a_batch_larger_than_the_data_is_all_of_them() -> None:
    larger, everything = Trial(batch_size=1000), Trial(batch_size=0)
    for trial in (larger, everything):
        trial.expect_running("epochs", 5)
    assert larger.bytes() == everything.bytes()


def given_bits(**settings: Any) -> Trial:
    rng = np.random.default_rng(0)
    inputs = (rng.random((70, 20)) < 0.3).astype(np.float32)
    return Trial(given=(inputs, rng.integers(0, 3, 70)), classes=3, **settings)


def test_bits_train_like_any_inputs_to_the_bit_when_batches_have_one_sample() -> None:
    bits, inputs = given_bits(bits=1, batch_size=1), given_bits(bits=0, batch_size=1)
    for trial in (bits, inputs):
        trial.expect_running("epochs", 3)
        trial.expect_running("evaluate")
    names = ("PARAMETERS", "GRADIENTS", "NETWORK_OUTPUTS", "SAMPLE_LOSSES")
    assert bits.bytes(names) == inputs.bytes(names)


@pytest.mark.parametrize("batch_size", [7, 64, 0])
def test_bits_train_like_any_inputs_within_rounding(batch_size: int) -> None:
    bits, inputs = given_bits(bits=1, batch_size=batch_size), given_bits(bits=0, batch_size=batch_size)
    for trial in (bits, inputs):
        trial.expect_running("epochs", 3)
    np.testing.assert_allclose(bits.parameters, inputs.parameters, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("batch_size", [1, 7, 64, 0])
@pytest.mark.parametrize("data", [{}, {"data_kind": "blobs", "classes": 5}, {"data_kind": "plane"}], ids=str)
def test_nothing_outside_the_block_is_written(data: dict[str, Any], batch_size: int) -> None:
    for hidden in ((), (1,), (7, 5, 3)):
        trial = Trial(hidden, samples=131, batch_size=batch_size, **data)
        trial.expect_running("epochs", 1)
        trial.expect_running("evaluate")
        assert trial.guards_are_whole()


def test_training_learns() -> None:
    trial = Trial((8,), samples=200, learning_rate=0.3)
    before = trial["TRAIN_LOSS"]
    trial.expect_running("epochs", 200)
    trial.expect_running("evaluate")
    assert trial["TRAIN_LOSS"] < before / 5
    assert trial["TEST_ACCURACY"] > 0.95
