"""Samples that count more or less: each gradient and mean by the weights, and no weights at all when all are 1."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from engine import reference
from engine.double_precision import Network, use_float64_functions
from engine.forms import ENUMERATIONS, NATIVE, SOURCE, Engine
from engine.harness import Trial
from engine.test_gradients import HIDDEN, OUTPUTS, RELATIVE_ERROR, central_differences, mean_gradient, name, problem
from pellucid.engine.activations import Activation
from pellucid.engine.losses import Loss
from pellucid.engine.regularizers import Regularizer

N = 70
RNG = np.random.default_rng(3)
X = RNG.normal(size=(N, 3)).astype(np.float32)
BITS = (X > 0).astype(np.float32)
CLASSES = np.arange(N) % 3
WEIGHTS = RNG.uniform(0.1, 2.0, N).astype(np.float32)


def trial(weights: Any = WEIGHTS, inputs: npt.ArrayLike = X, **settings: Any) -> Trial:
    settings = {"classes": 3, "follow_loss": 1} | settings
    return Trial((5, 4), given=(inputs, CLASSES), sample_weights=weights, **settings)


@pytest.mark.parametrize("optimizer", ENUMERATIONS["Optimizer"])
@pytest.mark.parametrize("batch_size", [1, 7, 10, 69, 0])
@pytest.mark.parametrize("inputs", [X, BITS], ids=["numbers", "bits"])
def test_weights_that_are_all_1_give_the_bits_of_no_weights(
    optimizer: str, batch_size: int, inputs: npt.NDArray[Any]
) -> None:
    settings: dict[str, Any] = {"optimizer": optimizer, "batch_size": batch_size, "bits": int(inputs is BITS)}
    one, other = (trial(weights, inputs, **settings) for weights in (np.ones(N), None))
    for each in (one, other):
        each.expect_running("epochs", 3)
        each.expect_running("teach", 5, 2)
        each.expect_running("evaluate")
    names = ("PARAMETERS", "GRADIENTS", "MOMENTS_1", "MOMENTS_2", "ORDER", "SAMPLE_LOSSES")
    assert one.bytes(names) == other.bytes(names)
    assert (one["TRAIN_LOSS"], one["LOSS_SUM"]) == (other["TRAIN_LOSS"], other["LOSS_SUM"])


@pytest.mark.parametrize("inputs", [X, BITS], ids=["numbers", "bits"])
@pytest.mark.parametrize("settings", [{"classes": 3}, {"classes": 3, "loss": "squared_error"}, {"classes": 0}], ids=str)
def test_a_gradient_is_the_mean_by_the_weights(
    settings: dict[str, Any], inputs: npt.NDArray[Any], engine: Engine
) -> None:
    run = trial(inputs=inputs, bits=int(inputs is BITS), batch_size=0, engine=engine, **settings)
    layers, targets = run.doubles(), run.array("TARGETS").astype(float)
    parts = [
        reference.gradients(layers, run.kinds, inputs[[s]].astype(float), targets[[s]], run.loss) for s in range(N)
    ]
    run.expect_running("step", 1)
    for layer, (W, b) in enumerate(run.layers("GRADIENTS")):
        for found, place in ((W, 0), (b, 1)):
            expected = np.average([part[layer][place] for part in parts], axis=0, weights=WEIGHTS)
            np.testing.assert_allclose(found, expected, rtol=2e-4, atol=1e-6)


def test_a_weight_of_2_is_the_sample_twice_and_one_of_0_none_at_all() -> None:
    weights = np.ones(N)
    weights[:10], weights[10:20] = 2, 0
    weighted = trial(weights, batch_size=0)
    rows = np.repeat(np.arange(N), weights.astype(int))
    repeated = Trial((5, 4), given=(X[rows], CLASSES[rows]), classes=3, batch_size=0)
    for each in (weighted, repeated):
        each.expect_running("step", 20)
        each.expect_running("evaluate")
    np.testing.assert_allclose(weighted.parameters, repeated.parameters, rtol=1e-4, atol=1e-5)
    assert weighted["TRAIN_LOSS"] == pytest.approx(repeated["TRAIN_LOSS"], rel=1e-5)


def test_losses_are_means_by_the_weights() -> None:
    run = trial(test_samples=20)
    losses = run.array("SAMPLE_LOSSES").astype(float)
    assert run["TRAIN_LOSS"] == pytest.approx(np.average(losses[:50], weights=WEIGHTS[:50]), rel=1e-12)
    assert run["TEST_LOSS"] == pytest.approx(np.average(losses[50:], weights=WEIGHTS[50:]), rel=1e-12)


@pytest.mark.parametrize("weights", [WEIGHTS, None], ids=["weights", "none"])
@pytest.mark.parametrize("batch_size", [7, 1, 0])
def test_the_loss_of_a_pass_is_that_of_each_sample_just_before_its_update(
    weights: npt.NDArray[Any] | None, batch_size: int, engine: Engine
) -> None:
    run, beside = (trial(weights, batch_size=batch_size, engine=engine) for _ in range(2))
    counts = np.ones(N) if weights is None else weights.astype(float)
    for _ in range(2):
        expected, position = 0.0, 0
        while position < N:
            size = min(batch_size or N, N - position)
            batch = beside.array("ORDER")[position : position + size].copy()
            beside.call("evaluate")
            expected += counts[batch] @ beside.array("SAMPLE_LOSSES")[batch].astype(float)
            beside.call("step", 1)
            position += size
        run.expect_running("epochs", 1)
        assert run["LOSS_SUM"] == pytest.approx(expected, rel=1e-12)


def test_without_follow_loss_nothing_is_added_up() -> None:
    run = trial(follow_loss=0)
    run.expect_running("epochs", 2)
    assert run["LOSS_SUM"] == 0


def test_a_batch_without_any_weight_changes_nothing() -> None:
    run = trial(np.zeros(N))
    before = run.parameters.copy()
    run.expect_running("epochs", 2)
    assert run.parameters.tobytes() == before.tobytes()
    assert run["TRAIN_LOSS"] == 0


@pytest.mark.parametrize("batch_size", [1, 10, 0])
@pytest.mark.parametrize("inputs", [X, BITS], ids=["numbers", "bits"])
def test_the_uncompiled_engine_gives_the_same_bytes(batch_size: int, inputs: npt.NDArray[Any]) -> None:
    settings: dict[str, Any] = {"batch_size": batch_size, "bits": int(inputs is BITS), "optimizer": "adam"}
    both = [trial(inputs=inputs, engine=engine, **settings) for engine in (NATIVE, SOURCE)]
    for each in both:
        each.expect_running("step", 3)
        each.expect_running("teach", 4, 1)
        each.expect_running("evaluate")
    one, other = (each.memory.view(np.uint32) for each in both)
    assert np.flatnonzero(one != other).tolist() == []


def test_a_run_with_weights_has_no_account() -> None:
    run = trial()
    before, after = run.memory.copy(), run.memory.copy()
    assert run.engine.call("account", before, after, 0, 0) == ENUMERATIONS["Status"]["bad_weights"]


@pytest.mark.parametrize("output", OUTPUTS, ids=name)
@pytest.mark.parametrize("kind", HIDDEN, ids=name)
def test_the_gradient_by_weights_follows_the_slope_of_the_mean_loss(
    kind: Activation, output: tuple[Loss, Activation, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    use_float64_functions(monkeypatch)
    network, inputs, targets = problem(2, kind, output)
    weights = np.array([0.3, 2.0, 1.1])[: len(inputs)]
    # The mean loss by weights is linear in the losses, and so are both of its gradients.
    numeric = np.average(
        [
            central_differences(network, x[None], t[None], Regularizer.NONE)
            for x, t in zip(inputs, targets, strict=True)
        ],
        axis=0,
        weights=weights,
    )
    analytic = weighted_gradient(network, inputs, targets, weights)
    np.testing.assert_allclose(analytic, numeric, rtol=RELATIVE_ERROR, atol=1e-10)
    assert not np.allclose(analytic, mean_gradient(network, inputs, targets), rtol=1e-3)


def weighted_gradient(
    network: Network, inputs: npt.NDArray[Any], targets: npt.NDArray[Any], weights: npt.NDArray[Any]
) -> npt.NDArray[Any]:
    """Return the sum of the samples' gradients, with δ multiplied by the engine's `weigh`, ÷ the sum of the weights."""
    total: npt.NDArray[Any] = np.zeros_like(network.parameters)
    for x, t, weight in zip(inputs, targets, weights, strict=True):
        network.add_gradients(x, t, total, weight)
    total /= weights.sum()
    return total
