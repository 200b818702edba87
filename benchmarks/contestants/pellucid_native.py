"""Pellucid on the desktop, as a person uses it from Python: the engine's native library behind `pellucid.Run`."""

import numpy as np
from numpy.typing import NDArray

import pellucid
from benchmarks.contestants.protocol import serve
from benchmarks.workloads import Samples, Workload
from pellucid import Experiment, Run
from pellucid.library import library


class PellucidNative:
    """A `Run` with given data, all of them for training."""

    version = f"{library().source[:7]} (pellucid {pellucid.__version__})"

    def __init__(self, workload: Workload, samples: Samples) -> None:
        per_class = workload.sizes[-1] > 1
        labels = samples.targets.argmax(axis=1) if per_class else samples.targets[:, 0] > 0
        self._inputs = samples.inputs
        self._updates = workload.samples // workload.batch_size
        self._run = Run(
            Experiment(
                data={
                    "kind": "given",
                    "inputs": samples.inputs,
                    "targets": labels.astype(int),
                    "classes": max(2, workload.sizes[-1]),
                    "test_share": 0.0,
                },
                network={
                    "hidden": [{"units": units, "activation": workload.activation} for units in workload.sizes[1:-1]],
                    "outputs": "per_class" if per_class else "single",
                    "output_activation": workload.activation,
                },
                training={
                    "loss": "squared_error",
                    "learning_rate": workload.learning_rate,
                    "batch_size": workload.batch_size,
                },
            )
        )

    def epochs(self, count: int) -> None:
        """Train `count` passes over the data, each in a new order; `Run.epoch` would evaluate each of them too."""
        self._run.step(count * self._updates)

    def outputs(self) -> NDArray[np.float32]:
        """Return the outputs for all samples: (n, outputs)."""
        return self._run.outputs(self._inputs)


if __name__ == "__main__":
    serve(PellucidNative)
