"""Losses L of a sample and δ = ∂L/∂z of the output layer, for outputs a = f(z) and targets t."""

from enum import IntEnum

from pellucid.engine.activations import Activation, multiply_slope
from pellucid.engine.numerics import exp, log, softplus
from pellucid.engine.primitives import Floats


class Loss(IntEnum):
    """What training makes small; the negative numbers are resolved by `resolve_loss`."""

    AUTO = -1
    CROSS_ENTROPY = -2
    BINARY_CROSS_ENTROPY = 0
    SOFTMAX_CROSS_ENTROPY = 1
    SQUARED_ERROR = 2


def resolve_loss(loss: int, classes: int, outputs: int) -> int:
    """Return the loss that `auto` or `cross_entropy` stands for.

    Auto is cross-entropy for classes and squared error for regression. Cross-entropy is binary with one output and
    softmax with one output per class.
    """
    if loss == Loss.SQUARED_ERROR or (loss == Loss.AUTO and classes == 0):
        return Loss.SQUARED_ERROR
    if loss == Loss.AUTO or loss == Loss.CROSS_ENTROPY:
        return Loss.BINARY_CROSS_ENTROPY if outputs == 1 else Loss.SOFTMAX_CROSS_ENTROPY
    return loss


def output_delta(loss: int, activation: int, z: Floats, a: Floats, target: Floats, delta: Floats, quads: int) -> None:
    """Set δ = ∂L/∂z, for 4 · quads values.

    Both cross-entropies, with their sigmoid or softmax, have δ = a − t; squared error has (a − t) f′(z).
    """
    for k in range(4 * quads):
        delta[k] = a[k] - target[k]
    if loss == Loss.SQUARED_ERROR:
        multiply_slope(activation, z, a, delta, quads)


def sample_losses(loss: int, z: Floats, a: Floats, target: Floats, out: Floats) -> None:
    """Set the loss of each sample, out (samples,), for z, a and target (outputs, lanes).

    - binary cross-entropy −t log a − (1 − t) log(1 − a) = log(1 + eᶻ) − t z, which cannot overflow;
    - softmax cross-entropy −Σ t log a = log Σ eᶻ − Σ t z, with the largest z taken off first;
    - squared error ½ Σ (a − t)².
    """
    outputs = z.shape[0]
    for s in range(out.shape[0]):
        if loss == Loss.BINARY_CROSS_ENTROPY:
            out[s] = softplus(z[0, s]) - target[0, s] * z[0, s]
        elif loss == Loss.SOFTMAX_CROSS_ENTROPY:
            out[s] = softmax_loss(z[:, s], target[:, s])
        else:
            total = 0.0
            for j in range(outputs):
                error = a[j, s] - target[j, s]
                total += error * error
            out[s] = 0.5 * total


def softmax_loss(z: Floats, target: Floats) -> float:
    """Return log Σⱼ exp zⱼ − Σⱼ tⱼ zⱼ."""
    largest = z[0]
    for j in range(1, z.shape[0]):
        largest = z[j] if z[j] > largest else largest
    total = 0.0
    said = 0.0
    for j in range(z.shape[0]):
        total += exp(z[j] - largest)
        said += target[j] * (z[j] - largest)
    return log(total) - said


def default_output_activation(loss: int, classes: int) -> int:
    """Return the output's activation where none is named: linear for regression, else sigmoid or softmax."""
    if loss == Loss.SOFTMAX_CROSS_ENTROPY:
        return Activation.SOFTMAX
    if classes == 0:
        return Activation.LINEAR
    return Activation.SIGMOID


def low_target(activation: int) -> float:
    """Return what an output is to say for "no": −1 where the activation goes below 0 evenly, else 0."""
    symmetric = activation == Activation.TANH or activation == Activation.SINE or activation == Activation.LINEAR
    return -1.0 if symmetric else 0.0
