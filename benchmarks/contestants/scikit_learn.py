"""scikit-learn's multi-layer perceptron: `MLPRegressor.partial_fit`, which is one shuffled epoch a call."""

import numpy as np
import sklearn
from numpy.typing import NDArray
from sklearn.neural_network import MLPRegressor

from benchmarks.contestants.protocol import serve
from benchmarks.workloads import Samples, Workload

ACTIVATIONS = {"sigmoid": "logistic", "tanh": "tanh"}


class ScikitLearn:
    """
    An `MLPRegressor` under plain SGD.

    Its last layer is linear, whatever the activation: squared error after a sigmoid or tanh cannot be had.
    """

    version = sklearn.__version__

    def __init__(self, workload: Workload, samples: Samples) -> None:
        self._inputs = samples.inputs
        self._targets = samples.targets.squeeze()
        self._network = MLPRegressor(
            hidden_layer_sizes=workload.sizes[1:-1],
            activation=ACTIVATIONS[workload.activation],
            solver="sgd",
            learning_rate_init=workload.learning_rate / 10,  # a linear last layer diverges at the others' rate
            momentum=0.0,
            nesterovs_momentum=False,
            alpha=0.0,
            batch_size=workload.batch_size,
            random_state=0,
        )

    def epochs(self, count: int) -> None:
        """Train `count` passes over the data, each in a new order."""
        for _ in range(count):
            self._network.partial_fit(self._inputs, self._targets)

    def outputs(self) -> NDArray[np.float32]:
        """Return the outputs for all samples: (n, outputs)."""
        outputs: NDArray[np.float32] = self._network.predict(self._inputs).reshape(len(self._inputs), -1)
        return outputs


if __name__ == "__main__":
    serve(ScikitLearn)
