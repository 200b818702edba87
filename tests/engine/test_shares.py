"""Each input's share in an answer: DeepLIFT's Rescale rule, beside NumPy in float64."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from engine import reference
from engine.forms import ENUMERATIONS, NATIVE, SOURCE, Engine
from engine.harness import Trial

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

BAD = ENUMERATIONS["Status"]["bad_parameter"]
HIDDEN = ((), (5,), (6, 4), (5, 4, 3))
ACTIVATIONS = [name for name in ENUMERATIONS["Activation"] if name != "softmax"]
OUTPUTS: dict[str, dict[str, Any]] = {
    "two classes": {"classes": 2},
    "five classes": {"classes": 5},
    "sigmoids": {"classes": 3, "loss": "squared_error"},
    "one output": {"classes": 2, "output_kind": "single"},
}
SIZES = (0.3, 2.0)
"""Standard deviation of the weights: units that hardly bend, and such that are almost full."""

SUM_BOUND = 8 * 2.0**-24
"""How far the shares' sum may be off, as a share of all that is added on the way: eight roundings of float32."""

SHARE_BOUND = 1e-5
"""The same of each share: where z differs little, Δa / Δz loses digits that the sum does not."""


def network(hidden: tuple[int, ...], activation: str, size: float, engine: Engine = NATIVE, **output: Any) -> Trial:
    """Return a network of 12 bits with random weights and biases."""
    rng = np.random.default_rng(len(hidden))
    bits = (rng.random((8, 12)) < 0.4).astype(np.float32)
    settings = {"output_kind": "per_class", "bits": 1} | output
    trial = Trial(hidden, activation, given=(bits, np.arange(8) % 2), engine=engine, **settings)
    trial.parameters[:] = size * rng.standard_normal(trial.parameters.size)
    return trial


def shared(trial: Trial, x: Floats, output: int) -> tuple[Floats, float, float]:
    """Return the shares of the inputs, and the margins without input and with it."""
    out = np.full(x.size + 2, np.nan, np.float32)
    trial.expect_running("share_out", x, output, out)
    assert np.isfinite(out).all()
    return out[:-2], float(out[-2]), float(out[-1])


def margin_of(trial: Trial, output: int) -> Doubles:
    """Return how the margin of an output depends on each z of the outputs."""
    n = trial["OUTPUTS"]
    others = -1 / (n - 1) if trial.kinds[-1] == "softmax" else 0.0
    return np.where(np.arange(n) == output, 1.0, others)


def rescaled(trial: Trial, x: Doubles, output: int) -> tuple[Doubles, float]:
    """Return the shares by the Rescale rule, and the sum of the sizes of all that is added up on the way."""
    layers = trial.doubles()
    zs, values = reference.forward(layers, trial.kinds, np.stack([x, np.zeros_like(x)]))
    multiplier = margin_of(trial, output)
    size = float(np.abs(zs[-1]).max(axis=0) @ np.abs(multiplier))
    for layer in range(len(layers) - 1, 0, -1):
        z, a = zs[layer - 1], values[layer]
        difference = z[0] - z[1]
        close = np.abs(difference) < 1e-9
        middle = reference.SLOPES[trial.kinds[layer - 1]](z.mean(axis=0))
        secant = (a[0] - a[1]) / np.where(close, 1, difference)
        below = layers[layer][0] @ multiplier
        multiplier = below * np.where(close, middle, secant)
        size += float(np.abs(below) @ np.abs(a).max(axis=0) + np.abs(multiplier) @ np.abs(z).max(axis=0))
    shares: Doubles = x * (layers[0][0] @ multiplier)
    return shares, size + float(np.abs(shares).sum())


def inputs(n: int = 6) -> list[Floats]:
    rng = np.random.default_rng(3)
    return [*(rng.random((n, 12)) < 0.4).astype(np.float32), np.ones(12, np.float32), np.zeros(12, np.float32)]


CASES = pytest.mark.parametrize("size", SIZES)
LAYERS = pytest.mark.parametrize("hidden", HIDDEN, ids=str)


@CASES
@LAYERS
@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_shares_add_up_and_are_those_of_the_rescale_rule(
    activation: str, output: str, hidden: tuple[int, ...], size: float
) -> None:
    trial = network(hidden, activation, size, **OUTPUTS[output])
    for x in inputs():
        for k in range(trial["OUTPUTS"]):
            got, empty, total = shared(trial, x, k)
            expected, added = rescaled(trial, x.astype(float), k)
            assert abs(got.sum(dtype=float) - (total - empty)) <= SUM_BOUND * added
            assert np.abs(got - expected).max() <= SHARE_BOUND * max(1.0, added)


@LAYERS
@pytest.mark.parametrize("output", OUTPUTS)
def test_margins_are_those_of_the_network(output: str, hidden: tuple[int, ...]) -> None:
    trial = network(hidden, "tanh", 0.5, **OUTPUTS[output])
    for x in inputs():
        rows = np.stack([np.zeros_like(x), x]).astype(float)
        z = reference.forward(trial.doubles(), trial.kinds, rows)[0][-1]
        for k in range(trial["OUTPUTS"]):
            expected = z @ margin_of(trial, k)
            np.testing.assert_allclose(shared(trial, x, k)[1:], expected, rtol=1e-5, atol=1e-5)


def test_with_two_classes_the_margin_is_the_log_odds() -> None:
    trial = network((5,), "sigmoid", 0.5, classes=2)
    for x in inputs():
        p = np.zeros(2, np.float32)
        trial.expect_running("predict", x, 1, p)
        assert shared(trial, x, 0)[2] == pytest.approx(float(np.log(p[0] / p[1])), abs=1e-5)
        np.testing.assert_allclose(shared(trial, x, 0)[0], -shared(trial, x, 1)[0], rtol=1e-6, atol=1e-7)


def test_without_hidden_layers_a_share_is_weight_times_input_to_the_bit() -> None:
    trial = network((), "tanh", 0.5, classes=3, loss="squared_error")
    W, b = trial.layers()[0]
    for x in inputs():
        for k in range(3):
            got, empty, _ = shared(trial, x, k)
            assert got.tobytes() == (x * W[:, k] + np.float32(0)).tobytes()
            assert empty == b[k]


def test_an_input_that_is_off_has_no_share() -> None:
    trial = network((6, 4), "gelu", 1.0, classes=4)
    for x in inputs():
        assert not shared(trial, x, 1)[0][x == 0].any()


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_units_that_hardly_move_do_not_spoil_the_sum(activation: str) -> None:
    """Where z hardly differs, Δa / Δz would be rounding alone."""
    for tiny in (0.0, 1e-9, 1e-6, 5e-4, 2e-3):
        trial = network((6, 4), activation, 0.5, classes=3)
        (W, _), *_ = trial.layers()
        W[:, :3] *= tiny
        x = np.ones(12, np.float32)
        got, empty, total = shared(trial, x, 2)
        expected, added = rescaled(trial, x.astype(float), 2)
        assert abs(got.sum(dtype=float) - (total - empty)) <= SUM_BOUND * added
        assert np.abs(got - expected).max() <= SHARE_BOUND * max(1.0, added)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_source_shares_to_the_same_bytes(activation: str) -> None:
    for output in OUTPUTS.values():
        for hidden in HIDDEN:
            both = [network(hidden, activation, 0.7, engine, **output) for engine in (NATIVE, SOURCE)]
            for x in inputs(2):
                one, other = (np.zeros(14, np.float32) for _ in range(2))
                both[0].call("share_out", x, 0, one)
                both[1].call("share_out", x, 0, other)
                assert one.tobytes() == other.tobytes()


def test_an_output_that_there_is_not_is_refused(engine: Engine) -> None:
    trial = network((3,), "tanh", 0.5, engine, classes=3)
    before = trial.memory.tobytes()
    for output in (-1, 3, 2**31 - 1):
        assert trial.call("share_out", np.ones(12, np.float32), output, np.zeros(14, np.float32)) == BAD
    assert trial.memory.tobytes() == before


def test_asking_changes_nothing_that_training_uses() -> None:
    one, other = network((4,), "tanh", 0.5, classes=2), network((4,), "tanh", 0.5, classes=2)
    for _ in range(5):
        one.expect_running("step", 1)
        shared(one, np.ones(12, np.float32), 1)
    other.expect_running("step", 5)
    assert one.snapshot().tobytes() == other.snapshot().tobytes()
    assert one.guards_are_whole()
