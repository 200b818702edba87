"""Activation functions a = f(z) and their slopes f′(z)."""

from enum import IntEnum

from pellucid.engine.numerics import cos, exp, sigmoid, sin, tanh
from pellucid.engine.primitives import Floats

LEAK = 0.01
"""Slope of leaky ReLU for negative z (Maas et al. 2013)."""

# GELU in its tanh form (Hendrycks and Gimpel 2016): ½z(1 + tanh(√(2/π)(z + 0.044715z³))).
GELU_SCALE = 0.7978845608028654
GELU_CUBIC = 0.044715


class Activation(IntEnum):
    """The functions on offer; softmax is for the output layer only."""

    LINEAR = 0
    SIGMOID = 1
    TANH = 2
    RELU = 3
    LEAKY_RELU = 4
    GELU = 5
    SINE = 6
    SOFTMAX = 7


def gelu(z: float) -> float:
    """Return ½z(1 + tanh(√(2/π)(z + 0.044715z³)))."""
    return 0.5 * z * (1.0 + tanh(GELU_SCALE * (z + GELU_CUBIC * z * z * z)))


def gelu_slope(z: float) -> float:
    """Return the derivative of `gelu`, by the product and chain rules."""
    t = tanh(GELU_SCALE * (z + GELU_CUBIC * z * z * z))
    return 0.5 * (1.0 + t) + 0.5 * z * (1.0 - t * t) * GELU_SCALE * (1.0 + 3.0 * (GELU_CUBIC * z * z))


def activate(kind: int, z: Floats, a: Floats, quads: int) -> None:
    """Set a = f(z) for 4 · quads values; every function but softmax."""
    if kind == Activation.LINEAR:
        for k in range(4 * quads):
            a[k] = z[k]
    elif kind == Activation.SIGMOID:
        for k in range(4 * quads):
            a[k] = sigmoid(z[k])
    elif kind == Activation.TANH:
        for k in range(4 * quads):
            a[k] = tanh(z[k])
    elif kind == Activation.RELU:
        for k in range(4 * quads):
            a[k] = 0.0 if z[k] <= 0.0 else z[k]
    elif kind == Activation.LEAKY_RELU:
        for k in range(4 * quads):
            a[k] = z[k] if z[k] > 0.0 else LEAK * z[k]
    elif kind == Activation.GELU:
        for k in range(4 * quads):
            a[k] = gelu(z[k])
    elif kind == Activation.SINE:
        for k in range(4 * quads):
            a[k] = sin(z[k])


def softmax(z: Floats, a: Floats) -> None:
    """Set a[j, s] = exp z[j, s] / Σⱼ exp z[j, s] for z (outputs, samples).

    The largest z of a sample is taken off first, which changes nothing but keeps exp from overflowing.
    """
    outputs, samples = z.shape
    for s in range(samples):
        largest = z[0, s]
        for j in range(1, outputs):
            largest = z[j, s] if z[j, s] > largest else largest
        total = 0.0
        for j in range(outputs):
            a[j, s] = exp(z[j, s] - largest)
            total += a[j, s]
        for j in range(outputs):
            a[j, s] = a[j, s] / total


def multiply_slope(kind: int, z: Floats, a: Floats, delta: Floats, quads: int) -> None:
    """Multiply delta by f′(z), for 4 · quads values: from ∂L/∂a to ∂L/∂z. ReLU's slope at 0 is taken as 0."""
    if kind == Activation.SIGMOID:
        for k in range(4 * quads):
            delta[k] *= a[k] * (1.0 - a[k])
    elif kind == Activation.TANH:
        for k in range(4 * quads):
            delta[k] *= 1.0 - a[k] * a[k]
    elif kind == Activation.RELU:
        for k in range(4 * quads):
            kept = delta[k]  # read in any case, so that this is a choice of numbers and no branch
            delta[k] = 0.0 if z[k] <= 0.0 else kept
    elif kind == Activation.LEAKY_RELU:
        for k in range(4 * quads):
            delta[k] *= 1.0 if z[k] > 0.0 else LEAK
    elif kind == Activation.GELU:
        for k in range(4 * quads):
            delta[k] *= gelu_slope(z[k])
    elif kind == Activation.SINE:
        for k in range(4 * quads):
            delta[k] *= cos(z[k])
