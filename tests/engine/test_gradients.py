"""Backpropagation beside central differences, in float64 and on the engine's own source."""

import itertools

import numpy as np
import pytest

from engine.double_precision import Doubles, Network, use_float64_functions
from pellucid.engine import activations
from pellucid.engine.activations import Activation
from pellucid.engine.losses import Loss
from pellucid.engine.optimizers import sgd
from pellucid.engine.regularizers import Regularizer, penalty, shrink

HIDDEN = [kind for kind in Activation if kind != Activation.SOFTMAX]
OUTPUTS = [
    (Loss.BINARY_CROSS_ENTROPY, Activation.SIGMOID, 1),
    (Loss.SOFTMAX_CROSS_ENTROPY, Activation.SOFTMAX, 3),
    *((Loss.SQUARED_ERROR, kind, 2) for kind in HIDDEN),
]
"""Every loss with every activation of the outputs that goes with it, and a number of outputs."""

WIDTHS = (3, 2, 3)
"""Units of the hidden layers."""

STRENGTH = 0.03
RATE = 0.01
STEP = 3e-4
MARGIN = 20 * STEP
RELATIVE_ERROR = 1e-6


def problem(
    depth: int, kind: Activation, output: tuple[Loss, Activation, int], samples: int = 3
) -> tuple[Network, Doubles, Doubles]:
    """Return a network, inputs and targets, away from ReLU's kinks and with a gradient that reaches the first layer."""
    loss, output_kind, outputs = output
    for seed in itertools.count():
        rng = np.random.default_rng(seed)
        kinds = [kind] * depth + [output_kind]
        network = Network((2, *WIDTHS[:depth], outputs), kinds, loss, rng)
        X = rng.uniform(-1.5, 1.5, (samples, 2))
        T = rng.uniform(-1.0, 1.0, (samples, outputs))
        if loss != Loss.SQUARED_ERROR:
            T = np.eye(max(outputs, 2))[rng.integers(0, max(outputs, 2), samples)][:, -outputs:]
        first = network.layers(mean_gradient(network, X, T))[0][0]
        if network.distance_to_kink(X) > MARGIN and np.abs(first).max() > 1e-3:
            return network, X, T
    raise AssertionError


def mean_gradient(network: Network, X: Doubles, T: Doubles) -> Doubles:
    """Return the sum of the samples' gradients ÷ their number, by backpropagation."""
    gradient: Doubles = np.zeros_like(network.parameters)
    for x, t in zip(X, T, strict=True):
        network.add_gradients(x, t, gradient)
    gradient /= len(X)
    return gradient


def objective(network: Network, X: Doubles, T: Doubles, regularizer: Regularizer) -> float:
    """Return the mean loss + the penalty on the weights: what training makes small."""
    loss = np.mean([network.sample_loss(x, t) for x, t in zip(X, T, strict=True)])
    weights = [W.ravel() for W, _ in network.layers(network.parameters)]
    return float(loss) + sum(penalty(regularizer, STRENGTH, W, W.size) for W in weights)


def central_differences(network: Network, X: Doubles, T: Doubles, regularizer: Regularizer) -> Doubles:
    """Return the gradient of the objective by differences of fourth order."""
    slopes: Doubles = np.empty_like(network.parameters)
    for k, value in enumerate(network.parameters.copy()):
        values = {}
        for shift in (-2, -1, 1, 2):
            network.parameters[k] = value + shift * STEP
            values[shift] = objective(network, X, T, regularizer)
        network.parameters[k] = value
        slopes[k] = (8 * (values[1] - values[-1]) - (values[2] - values[-2])) / (12 * STEP)
    return slopes


def change_per_rate(network: Network, X: Doubles, T: Doubles, regularizer: Regularizer) -> Doubles:
    """Return −(change of the parameters) / η of one update with SGD and the regulariser."""
    before = network.parameters.copy()
    total = mean_gradient(network, X, T) * len(X)
    l2 = STRENGTH if regularizer == Regularizer.L2 else 0.0
    for (W, b), (W_sum, b_sum) in zip(network.layers(network.parameters), network.layers(total), strict=True):
        weights = W.reshape(-1)
        sgd(weights, W_sum.reshape(-1), W.size, 1 / len(X), l2, RATE)
        sgd(b, b_sum, b.size, 1 / len(X), 0.0, RATE)
        if regularizer == Regularizer.L1:
            shrink(RATE * STRENGTH, weights, W.size)
    change: Doubles = before - network.parameters
    network.parameters[:] = before
    return change / RATE


def check(depth: int, kind: Activation, output: tuple[Loss, Activation, int], regularizer: Regularizer) -> None:
    network, X, T = problem(depth, kind, output)
    numeric = central_differences(network, X, T, regularizer)
    analytic = change_per_rate(network, X, T, regularizer)
    np.testing.assert_allclose(analytic, numeric, rtol=RELATIVE_ERROR, atol=1e-10)


@pytest.fixture(autouse=True)
def float64_functions(monkeypatch: pytest.MonkeyPatch) -> None:
    use_float64_functions(monkeypatch)


def name(value: object) -> str | None:
    if isinstance(value, Activation | Loss | Regularizer):
        return value.name.lower()
    return "-".join(str(name(part) or part) for part in value) if isinstance(value, tuple) else None


@pytest.mark.parametrize("regularizer", Regularizer, ids=name)
@pytest.mark.parametrize("output", OUTPUTS, ids=name)
@pytest.mark.parametrize("kind", HIDDEN, ids=name)
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_an_update_follows_the_slope_of_the_objective(
    depth: int, kind: Activation, output: tuple[Loss, Activation, int], regularizer: Regularizer
) -> None:
    check(depth, kind, output, regularizer)


@pytest.mark.parametrize("output", OUTPUTS, ids=name)
@pytest.mark.parametrize("regularizer", Regularizer, ids=name)
def test_an_update_without_hidden_layers_follows_the_slope_of_the_objective(
    output: tuple[Loss, Activation, int], regularizer: Regularizer
) -> None:
    check(0, Activation.LINEAR, output, regularizer)


def test_a_slope_that_is_wrong_in_the_fifth_digit_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    right = activations.gelu_slope
    monkeypatch.setattr(activations, "gelu_slope", lambda z: right(z) * 1.00001)
    with pytest.raises(AssertionError, match="Mismatched elements"):
        check(2, Activation.GELU, OUTPUTS[0], Regularizer.NONE)
