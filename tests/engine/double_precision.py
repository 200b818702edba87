"""A network in float64, computed sample by sample with the engine's own source: for central differences."""

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from pellucid.engine import activations, dense, losses, weighting
from pellucid.engine.activations import Activation
from pellucid.engine.losses import Loss

Doubles = npt.NDArray[Any]
"""Arrays of float64, where the annotations of the engine say float32."""

KINKED = (Activation.RELU, Activation.LEAKY_RELU)

FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "exp": np.exp,
    "log": np.log,
    "tanh": np.tanh,
    "sin": np.sin,
    "cos": np.cos,
    "sigmoid": lambda x: 1.0 / (1.0 + np.exp(-x)),
    "softplus": lambda x: np.logaddexp(0.0, x),
}


def use_float64_functions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put float64 functions where the engine uses its own, whose tricks are made for the bits of float32."""
    for module in (activations, losses):
        for name, function in FUNCTIONS.items():
            if hasattr(module, name):
                monkeypatch.setattr(module, name, function)


class Network:
    """Layers whose parameters lie in one array, a layer's W (n_in, n_out) and then its b, as in the engine's block."""

    def __init__(
        self, widths: Sequence[int], kinds: Sequence[Activation], loss: Loss, rng: np.random.Generator
    ) -> None:
        self.kinds, self.loss = kinds, loss
        self.shapes = list(itertools.pairwise(widths))
        size = sum((n_in + 1) * n_out for n_in, n_out in self.shapes)
        self.parameters = rng.uniform(0.1, 1.0, size) * rng.choice([-1.0, 1.0], size)

    def layers(self, flat: Doubles) -> list[tuple[Doubles, Doubles]]:
        """Return views of W and b of each layer in a flat array."""
        result, start = [], 0
        for n_in, n_out in self.shapes:
            end = start + n_in * n_out
            result.append((flat[start:end].reshape(n_in, n_out), flat[end : end + n_out]))
            start = end + n_out
        return result

    def forward(self, x: Doubles) -> tuple[list[Doubles], list[Doubles]]:
        """Return z of each layer, and a of the inputs and each layer; both fill whole groups of four."""
        pre_activations, values = [], [padded(x)]
        for (W, b), kind in zip(self.layers(self.parameters), self.kinds, strict=True):
            n_out = b.size
            z, a = padded(np.zeros(n_out)), padded(np.zeros(n_out))
            dense.forward(W, b, values[-1], z)
            if kind == Activation.SOFTMAX:
                activations.softmax(z[:n_out, None], a[:n_out, None])
            else:
                activations.activate(kind, z, a, z.size // 4)
            pre_activations.append(z)
            values.append(a)
        return pre_activations, values

    def sample_loss(self, x: Doubles, target: Doubles) -> float:
        """Return the loss of one sample."""
        pre_activations, values = self.forward(x)
        n, out = target.size, padded(np.zeros(1))[:1]
        z, a = pre_activations[-1][:n, None], values[-1][:n, None]
        losses.sample_losses(self.loss, z, a, target[:, None], out)
        return float(out[0])

    def add_gradients(self, x: Doubles, target: Doubles, gradient: Doubles, weight: float = 1.0) -> None:
        """Add the gradient of one sample's loss, by its weight, by backpropagation."""
        pre_activations, values = self.forward(x)
        delta = padded(np.zeros(target.size))
        quads = delta.size // 4
        z, a = pre_activations[-1], values[-1]
        losses.output_delta(self.loss, self.kinds[-1], z, a, padded(target), delta, quads)
        weighting.multiply(np.array([weight]), np.array([0]), delta[:, None])
        layers, gradients = self.layers(self.parameters), self.layers(gradient)
        for layer in reversed(range(len(layers))):
            dense.add_gradients(delta, values[layer], *gradients[layer])
            if layer > 0:
                below = padded(np.zeros(self.shapes[layer][0]))
                dense.backward(layers[layer][0], delta, below)
                z, a = pre_activations[layer - 1], values[layer]
                activations.multiply_slope(self.kinds[layer - 1], z, a, below, below.size // 4)
                delta = below

    def distance_to_kink(self, X: Doubles) -> float:
        """Return how near the z of any unit with a kink comes to it, over the samples."""
        distances = [np.inf]
        for x in X:
            for z, kind, (_, n_out) in zip(self.forward(x)[0], self.kinds, self.shapes, strict=True):
                if kind in KINKED:
                    distances.append(float(np.abs(z[:n_out]).min()))
        return min(distances)


def padded(values: Doubles) -> Doubles:
    """Return the values with zeros behind them that fill the last group of four."""
    result = np.zeros((values.size + 3) // 4 * 4)
    result[: values.size] = values
    return result
