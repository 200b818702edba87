"""Going back to an earlier moment of a run, and taking over what another run has learnt."""

from typing import Any

import numpy as np
import pytest

from engine.forms import ENUMERATIONS
from engine.harness import Trial


@pytest.mark.parametrize("optimizer", ENUMERATIONS["Optimizer"])
def test_going_back_to_a_snapshot_gives_the_same_bits_again(optimizer: str) -> None:
    trial = Trial(optimizer=optimizer, batch_size=7)
    trial.expect_running("step", 8)
    snapshot = trial.snapshot()
    trial.expect_running("step", 30)
    trial.expect_running("evaluate")
    later = trial.memory.tobytes()
    trial.restore(snapshot)
    assert trial["UPDATES"] == 8
    trial.expect_running("step", 30)
    trial.expect_running("evaluate")
    assert trial.memory.tobytes() == later


def test_a_snapshot_goes_on_in_another_block_with_the_same_settings() -> None:
    trial = Trial(batch_size=7)
    trial.expect_running("step", 8)
    other = Trial(batch_size=7)
    other.restore(trial.snapshot())
    for one in (trial, other):
        one.expect_running("epochs", 2)
    assert trial.snapshot().tobytes() == other.snapshot().tobytes()


LEARNT = ("PARAMETERS", "MOMENTS_1", "MOMENTS_2")


@pytest.mark.parametrize("optimizer", ENUMERATIONS["Optimizer"])
def test_a_run_with_other_data_takes_over_what_was_learnt(optimizer: str) -> None:
    learnt = Trial(optimizer=optimizer)
    learnt.expect_running("step", 11)
    other = Trial(optimizer=optimizer, data_kind="circles", samples=90, batch_size=4)
    other.expect_running("adopt", learnt.memory)
    assert other.bytes(LEARNT) == learnt.bytes(LEARNT)
    assert (other["UPDATES"], other["EPOCHS"], other["POSITION"]) == (11, 3, 0)
    expected = Trial(optimizer=optimizer, data_kind="circles", samples=90, batch_size=4)
    expected.array("PARAMETERS")[:] = learnt.parameters
    for trial in (other, expected):
        trial.expect_running("evaluate")
    assert other["TRAIN_LOSS"] == expected["TRAIN_LOSS"]


def test_adam_goes_on_with_its_count_of_updates_after_taking_over() -> None:
    one = Trial(optimizer="adam", batch_size=0)
    one.expect_running("step", 5)
    other = Trial(optimizer="adam", batch_size=0)
    other.expect_running("adopt", one.memory)
    for trial in (one, other):
        trial.expect_running("step", 5)
    np.testing.assert_allclose(other.parameters, one.parameters, rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("settings", [{"hidden": (4, 4)}, {"hidden": (4,)}, {"features": ("x1",)}])
def test_a_run_of_another_network_is_not_taken_over(settings: dict[str, Any]) -> None:
    learnt, other = Trial((4, 3)), Trial(**settings)
    learnt.expect_running("step", 3)
    before = other.memory.tobytes()
    assert other.call("adopt", learnt.memory) == ENUMERATIONS["Status"]["bad_network"]
    assert other.memory.tobytes() == before
