"""NumPy as one who knows it well writes it: float32, no allocation, few calls, biases that ride in the product."""

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_info

from benchmarks.contestants.protocol import serve
from benchmarks.workloads import Samples, Workload

Array = NDArray[np.float32]
ONE = np.float32(1)


class Layer:
    """
    One dense layer for batches of a fixed size, with everything that a step needs made once.

    The samples of a batch stand side by side, (units, batch). The activations carry a row of ones below, and the
    weights, (n_out, n_in + 1), the biases in their last column: one product makes z, one makes the whole gradient.
    """

    def __init__(self, weights: Array, batch_size: int) -> None:
        n_out = len(weights)
        self.weights = weights
        self.weights_back = weights[:, :-1].T
        self.gradient = np.empty_like(weights)
        self.output = np.ones((n_out + 1, batch_size), np.float32)
        self.output_back = self.output.T
        self.a = self.output[:-1]
        self.delta = np.empty((n_out, batch_size), np.float32)
        self.slope = np.empty((n_out, batch_size), np.float32)


class NumpyNetwork:
    """A dense network with one activation throughout, trained by plain SGD on squared error."""

    version = f"{np.__version__} ({threadpool_info()[0]['internal_api']} for {threadpool_info()[0]['architecture']})"

    def __init__(self, workload: Workload, samples: Samples) -> None:
        self._generator = np.random.default_rng(0)
        self._tanh = workload.activation == "tanh"
        self._rate = np.float32(workload.learning_rate / workload.batch_size)
        self._inputs = np.hstack([samples.inputs, np.ones((workload.samples, 1), np.float32)])
        self._targets = samples.targets
        widths = zip(workload.sizes, workload.sizes[1:], strict=False)
        self._layers = [Layer(self._glorot(n_in, n_out), workload.batch_size) for n_in, n_out in widths]
        # An epoch's samples are shuffled into these two; the batches are views of them.
        self._shuffled = np.empty_like(self._inputs), np.empty_like(self._targets)
        starts = range(0, workload.samples, workload.batch_size)
        inputs, targets = ([part[at : at + workload.batch_size] for at in starts] for part in self._shuffled)
        self._batches = [(x, x.T, y.T) for x, y in zip(inputs, targets, strict=True)]

    def epochs(self, count: int) -> None:
        """Train `count` passes over the data, each in a new order."""
        for _ in range(count):
            order = self._generator.permutation(len(self._inputs))
            self._inputs.take(order, 0, self._shuffled[0], "clip")
            self._targets.take(order, 0, self._shuffled[1], "clip")
            for x, x_side_by_side, y in self._batches:
                self._forward(x_side_by_side)
                self._backward(x, y)

    def outputs(self) -> Array:
        """Return the outputs for all samples: (n, outputs)."""
        a = self._inputs.T
        for layer in self._layers:
            z = layer.weights @ a
            a = np.vstack([np.tanh(z) if self._tanh else 1 / (1 + np.exp(-z)), np.ones_like(z[:1])])
        return a[:-1].T

    def _glorot(self, n_in: int, n_out: int) -> Array:
        limit = (6 / (n_in + n_out)) ** 0.5
        weights = self._generator.uniform(-limit, limit, (n_out, n_in))
        return np.hstack([weights, np.zeros((n_out, 1))]).astype(np.float32)

    def _forward(self, inputs: Array) -> None:
        """Compute every layer's activations from a batch's inputs, (n_in + 1, batch)."""
        for layer in self._layers:
            a = layer.a
            np.dot(layer.weights, inputs, a)
            if self._tanh:
                np.tanh(a, a)
            else:
                np.negative(a, a)
                np.exp(a, a)
                np.add(a, ONE, a)
                np.reciprocal(a, a)
            inputs = layer.output

    def _backward(self, x: Array, y: Array) -> None:
        """Carry δ back and update: W ← W - learning_rate · δ aᵀ / batch_size. x (batch, n_in + 1), y (n_out, batch)."""
        layers = self._layers
        last = layers[-1]
        # The rate goes into the last layer's δ, which is small, rather than into every gradient.
        np.subtract(last.a, y, last.delta)
        np.multiply(last.delta, self._rate, last.delta)
        for number in range(len(layers) - 1, -1, -1):
            layer = layers[number]
            if self._tanh:
                np.multiply(layer.a, layer.a, layer.slope)
                np.subtract(ONE, layer.slope, layer.slope)
            else:
                np.subtract(ONE, layer.a, layer.slope)
                np.multiply(layer.slope, layer.a, layer.slope)
            np.multiply(layer.delta, layer.slope, layer.delta)
            if number:
                np.dot(layer.weights_back, layer.delta, layers[number - 1].delta)
            np.dot(layer.delta, layers[number - 1].output_back if number else x, layer.gradient)
            np.subtract(layer.weights, layer.gradient, layer.weights)


if __name__ == "__main__":
    serve(NumpyNetwork)
