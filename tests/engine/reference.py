"""A network trained in float64 by NumPy's own functions: written from the formulas, beside the engine."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Layer = tuple[Doubles, Doubles]


def _gelu(z: Doubles) -> Doubles:
    result: Doubles = 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))
    return result


ACTIVATIONS: dict[str, Callable[[Doubles], Doubles]] = {
    "linear": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
    "gelu": _gelu,
    "sine": np.sin,
    "softmax": lambda z: (
        np.exp(z - z.max(axis=1, keepdims=True)) / np.exp(z - z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
    ),
}

SLOPES: dict[str, Callable[[Doubles], Doubles]] = {
    "linear": np.ones_like,
    "sigmoid": lambda z: ACTIVATIONS["sigmoid"](z) * (1 - ACTIVATIONS["sigmoid"](z)),
    "tanh": lambda z: 1 - np.tanh(z) ** 2,
    "relu": lambda z: (z > 0).astype(float),
    "leaky_relu": lambda z: np.where(z > 0, 1, 0.01),
    "gelu": lambda z: (_gelu(z + 1e-6) - _gelu(z - 1e-6)) / 2e-6,
    "sine": np.cos,
}


def forward(layers: Sequence[Layer], kinds: Sequence[str], X: Doubles) -> tuple[list[Doubles], list[Doubles]]:
    """Return z of each layer, and a of the inputs and each layer; a sample a row."""
    zs, values = [], [X]
    for (W, b), kind in zip(layers, kinds, strict=True):
        zs.append(values[-1] @ W + b)
        values.append(ACTIVATIONS[kind](zs[-1]))
    return zs, values


def gradients(layers: Sequence[Layer], kinds: Sequence[str], X: Doubles, T: Doubles, loss: str) -> list[Layer]:
    """Return the gradient of the mean loss of the samples."""
    zs, values = forward(layers, kinds, X)
    delta = (values[-1] - T) / len(X)
    if loss == "squared_error":
        delta = delta * SLOPES[kinds[-1]](zs[-1])
    result: list[Layer] = []
    for layer in reversed(range(len(layers))):
        result.insert(0, (values[layer].T @ delta, delta.sum(axis=0)))
        if layer > 0:
            delta = delta @ layers[layer][0].T * SLOPES[kinds[layer - 1]](zs[layer - 1])
    return result


def losses(layers: Sequence[Layer], kinds: Sequence[str], X: Doubles, T: Doubles, loss: str) -> Doubles:
    """Return the loss of each sample."""
    zs, values = forward(layers, kinds, X)
    z, a = zs[-1], values[-1]
    if loss == "binary_cross_entropy":
        result: Doubles = (np.logaddexp(0, z) - T * z)[:, 0]
    elif loss == "softmax_cross_entropy":
        result = np.logaddexp.reduce(z, axis=1) - (T * z).sum(axis=1)
    else:
        result = 0.5 * ((a - T) ** 2).sum(axis=1)
    return result


class Optimizer:
    """The update rules of the papers, on one array."""

    def __init__(self, kind: str, rate: float, momentum: float, decay: float, epsilon: float) -> None:
        self.kind, self.rate, self.momentum, self.decay, self.epsilon = kind, rate, momentum, decay, epsilon
        self.m: Any = 0.0
        self.v: Any = 0.0
        self.t = 0

    def update(self, w: Doubles, g: Doubles) -> None:
        """Change w by the gradient g."""
        self.t += 1
        if self.kind == "sgd":
            w -= self.rate * g
        elif self.kind == "momentum":
            self.m = self.momentum * self.m + g
            w -= self.rate * self.m
        elif self.kind == "rmsprop":
            self.v = self.decay * self.v + (1 - self.decay) * g**2
            w -= self.rate * g / (np.sqrt(self.v) + self.epsilon)
        else:
            self.m = self.momentum * self.m + (1 - self.momentum) * g
            self.v = self.decay * self.v + (1 - self.decay) * g**2
            m_hat, v_hat = self.m / (1 - self.momentum**self.t), self.v / (1 - self.decay**self.t)
            w -= self.rate * m_hat / (np.sqrt(v_hat) + self.epsilon)
