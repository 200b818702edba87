"""Weights that are switched off: held at 0 until they are let go, in training and through snapshots."""

import numpy as np
import pytest

from engine.forms import NATIVE, SOURCE, Engine, name_of
from engine.harness import Trial

OPTIMIZERS = ("sgd", "momentum", "rmsprop", "adam")


def off(trial: Trial) -> list[int]:
    """Places in PARAMETERS of the weights that are switched off."""
    return sorted(trial.array("OFF").tolist())


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("regularizer", ["none", "l1", "l2"])
def test_a_weight_that_is_off_stays_0_while_all_others_are_trained(optimizer: str, regularizer: str) -> None:
    trial = Trial(optimizer=optimizer, regularizer=regularizer, regularization_rate=0.001, momentum=0.9)
    trial.expect_running("epochs", 2)
    before = trial.array("PARAMETERS").copy()
    trial.expect_running("switch_off", 0, 2, 1, 1)  # unit 2's weight for input 1: place 1 · 4 + 2
    trial.expect_running("epochs", 3)
    after = trial.array("PARAMETERS")
    assert off(trial) == [6]
    assert after[6] == 0
    assert (np.delete(after, 6) != np.delete(before, 6)).mean() > 0.9


def test_a_weight_that_is_let_go_is_what_it_was() -> None:
    trial = Trial()
    trial.expect_running("epochs", 1)
    before = trial.array("PARAMETERS").copy()
    for unit in range(3):
        trial.expect_running("switch_off", 1, unit, 2, 1)
    trial.expect_running("switch_off", 1, 0, 2, 1)  # again: nothing new
    assert len(off(trial)) == 3
    for unit in (1, 0, 2):
        trial.expect_running("switch_off", 1, unit, 2, 0)
    assert off(trial) == []
    np.testing.assert_array_equal(trial.array("PARAMETERS"), before)


def test_what_is_off_goes_over_to_a_run_that_adopts_and_not_over_a_reset() -> None:
    trial, other = Trial(), Trial(data_seed=9)
    trial.expect_running("switch_off", 2, 0, 1, 1)
    other.expect_running("adopt", trial.memory)
    other.expect_running("epochs", 1)
    assert off(other) == off(trial) != []
    assert other.array("PARAMETERS")[off(other)[0]] == 0
    other.expect_running("reset")
    assert off(other) == []


@pytest.mark.parametrize("place", [(3, 0, 0), (-1, 0, 0), (0, 4, 0), (0, 0, 2), (0, -1, 0)])
def test_a_weight_that_is_not_there_cannot_be_switched_off(place: tuple[int, int, int]) -> None:
    trial = Trial()
    before = trial.memory.copy()
    assert name_of("Status", trial.call("switch_off", *place, 1)) == "bad_parameter"
    assert trial.memory.tobytes() == before.tobytes()


def test_no_more_than_512_weights_are_off() -> None:
    trial = Trial(hidden=(300, 2))
    for unit in range(300):
        trial.expect_running("switch_off", 0, unit, 0, 1)
    statuses = [name_of("Status", trial.call("switch_off", 0, unit, 1, 1)) for unit in range(213)]
    assert statuses == ["running"] * 212 + ["bad_parameter"]


def test_the_source_does_what_the_compiled_engine_does() -> None:
    def bytes_of(engine: Engine) -> bytes:
        trial = Trial(engine=engine, samples=10, batch_size=3)
        trial.expect_running("switch_off", 0, 1, 1, 1)
        trial.expect_running("switch_off", 2, 0, 2, 1)
        trial.expect_running("epochs", 2)
        trial.expect_running("switch_off", 0, 1, 1, 0)
        return trial.memory[: trial["STATE_WORDS"]].tobytes()

    assert bytes_of(NATIVE) == bytes_of(SOURCE)
