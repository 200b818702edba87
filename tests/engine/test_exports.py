"""What the outside may do with a run beyond training: set a number, ask for predictions and features."""

import numpy as np
import pytest

from engine import reference
from engine.forms import ENUMERATIONS, Engine
from engine.harness import Trial

BAD = ENUMERATIONS["Status"]["bad_parameter"]


def test_a_weight_is_set_where_it_belongs(engine: Engine) -> None:
    trial = Trial((4, 3), engine=engine)
    expected = trial.doubles()
    for layer, unit, source, value in ((0, 3, 1, 0.5), (1, 2, 0, -2.0), (2, 0, 2, 1e-3)):
        trial.expect_running("set_weight", layer, unit, source, value)
        expected[layer][0][source, unit] = np.float32(value)
    for layer, unit, value in ((0, 0, 0.25), (1, 2, -1.5), (2, 0, 3.0)):
        trial.expect_running("set_bias", layer, unit, value)
        expected[layer][1][unit] = value
    for (W, b), (W_expected, b_expected) in zip(trial.layers(), expected, strict=True):
        assert np.array_equal(W, W_expected)
        assert np.array_equal(b, b_expected)


@pytest.mark.parametrize(
    ("layer", "unit", "source"),
    [(-1, 0, 0), (3, 0, 0), (0, -1, 0), (0, 4, 0), (0, 0, -1), (0, 0, 2), (1, 3, 0), (2, 1, 0), (2**31 - 1, 0, 0)],
)
def test_a_weight_that_there_is_not_is_refused(engine: Engine, layer: int, unit: int, source: int) -> None:
    trial = Trial((4, 3), engine=engine)
    before = trial.memory.tobytes()
    assert trial.call("set_weight", layer, unit, source, 1.0) == BAD
    assert trial.memory.tobytes() == before


@pytest.mark.parametrize(("layer", "unit"), [(-1, 0), (3, 0), (0, -1), (0, 4), (1, 3), (2, 1)])
def test_a_bias_that_there_is_not_is_refused(engine: Engine, layer: int, unit: int) -> None:
    trial = Trial((4, 3), engine=engine)
    before = trial.memory.tobytes()
    assert trial.call("set_bias", layer, unit, 1.0) == BAD
    assert trial.memory.tobytes() == before


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_parameter_is_never_set_to_what_is_not_finite(engine: Engine, value: float) -> None:
    trial = Trial(engine=engine)
    before = trial.memory.tobytes()
    assert trial.call("set_weight", 0, 0, 0, value) == BAD
    assert trial.call("set_bias", 0, 0, value) == BAD
    assert trial.memory.tobytes() == before


def test_minus_zero_is_set_as_zero(engine: Engine) -> None:
    """So that an input of 0 changes no bit of a sum, and bits may be skipped."""
    trial = Trial(engine=engine)
    trial.expect_running("set_weight", 0, 0, 0, -0.0)
    trial.expect_running("set_bias", 0, 0, -0.0)
    assert not np.signbit(trial.layers()[0][0][0, 0])
    assert not np.signbit(trial.layers()[0][1][0])


def predicted(
    trial: Trial, x: np.ndarray[tuple[int, ...], np.dtype[np.float32]]
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    out = np.zeros((len(x), trial["OUTPUTS"]), np.float32)
    trial.expect_running("predict", x, len(x), out)
    return out


@pytest.mark.parametrize("count", [0, 1, 3, 64, 65, 200])
def test_predictions_are_what_the_network_makes_of_any_inputs(count: int) -> None:
    trial = Trial(data_kind="spiral", classes=3)
    trial.expect_running("epochs", 3)
    x = np.random.default_rng(0).normal(size=(count, 2)).astype(np.float32)
    expected = reference.forward(trial.doubles(), trial.kinds, x.astype(float))[1][-1]
    np.testing.assert_allclose(predicted(trial, x), expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("activation", [name for name in ENUMERATIONS["Activation"] if name != "softmax"])
def test_a_sample_alone_has_the_bits_that_it_has_among_others(activation: str) -> None:
    """One lane and four lanes: the order of every sum is the same."""
    trial = Trial((5, 3), activations=activation, data_kind="spiral", classes=3, initializer="normal")
    x = np.random.default_rng(0).normal(size=(9, 2)).astype(np.float32)
    alone = np.concatenate([predicted(trial, x[k : k + 1]) for k in range(len(x))])
    assert alone.tobytes() == predicted(trial, x).tobytes()


def test_predictions_of_the_samples_are_the_outputs_of_the_evaluation() -> None:
    trial = Trial(samples=150)
    trial.expect_running("epochs", 3)
    trial.expect_running("evaluate")
    outputs = predicted(trial, trial.array("NETWORK_INPUTS").copy())
    assert outputs.tobytes() == trial.array("NETWORK_OUTPUTS").tobytes()


def test_predictions_for_bits_are_those_of_their_samples() -> None:
    inputs = (np.random.default_rng(0).random((30, 12)) < 0.4).astype(np.float32)
    trial = Trial(given=(inputs, np.arange(30) % 2), bits=1)
    assert predicted(trial, inputs).tobytes() == trial.array("NETWORK_OUTPUTS").tobytes()


def test_asking_changes_nothing_that_training_uses() -> None:
    one, other = Trial(batch_size=7), Trial(batch_size=7)
    x = np.zeros((70, 2), np.float32)
    picture = np.zeros(8 * 8 * 10, np.float32)
    for _ in range(7):
        one.expect_running("step", 1)
        predicted(one, x)
        one.expect_running("surfaces", 8, -3.0, 3.0, 0, picture)
    other.expect_running("step", 7)
    assert one.snapshot().tobytes() == other.snapshot().tobytes()
