"""PyTorch in eager mode on the CPU, one thread: what its tutorials show, with the data in one tensor."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from benchmarks.contestants.protocol import serve
from benchmarks.workloads import Samples, Workload

ACTIVATIONS = {"sigmoid": nn.Sigmoid, "tanh": nn.Tanh}


class PyTorch:
    """
    An `nn.Sequential` with `torch.optim.SGD`.

    Shuffling the whole tensor once an epoch and cutting it into batches was the fastest of the usual ways on one core;
    `foreach` and `fused` made no difference beyond the noise.
    """

    version: str = torch.__version__

    def __init__(self, workload: Workload, samples: Samples) -> None:
        torch.set_num_threads(1)
        torch.manual_seed(0)
        self._updates = workload.samples // workload.batch_size
        self._inputs = torch.from_numpy(samples.inputs)
        self._targets = torch.from_numpy(samples.targets)
        layers: list[nn.Module] = []
        for n_in, n_out in zip(workload.sizes, workload.sizes[1:], strict=False):
            layers += [nn.Linear(n_in, n_out), ACTIVATIONS[workload.activation]()]
        self._network = nn.Sequential(*layers)
        self._loss = nn.MSELoss()
        # MSELoss is the mean over the outputs too, and has no ½.
        rate = workload.learning_rate * workload.sizes[-1] / 2
        self._optimizer = torch.optim.SGD(self._network.parameters(), lr=rate)

    def epochs(self, count: int) -> None:
        """Train `count` passes over the data, each in a new order."""
        for _ in range(count):
            order = torch.randperm(len(self._inputs))
            batches = [part[order].chunk(self._updates) for part in (self._inputs, self._targets)]
            for inputs, targets in zip(*batches, strict=True):
                self._optimizer.zero_grad(set_to_none=True)
                self._loss(self._network(inputs), targets).backward()
                self._optimizer.step()

    def outputs(self) -> NDArray[np.float32]:
        """Return the outputs for all samples: (n, outputs)."""
        with torch.no_grad():
            outputs: NDArray[np.float32] = self._network(self._inputs).numpy()
        return outputs


if __name__ == "__main__":
    serve(PyTorch)
