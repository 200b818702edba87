"""What every contestant is given to train: four networks and their data, made from one seed."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from benchmarks.bitmaps import draw

SEED = 0


@dataclass(frozen=True)
class Workload:
    """
    A network, its data and how it is trained: plain SGD on ½ Σ (a - y)², averaged over the batch.

    Parameters
    ----------
    key : str
        The name in the tables.
    sizes : tuple of int
        Units of every layer, inputs first.
    activation : {"sigmoid", "tanh"}
        Of every layer, the last one too: the one choice that brain.js, convnetjs, PyTorch and NumPy can all make.
    batch_size : int
        Samples of one update. It divides `samples`, so that every update of every contestant is of the same size.
    learning_rate : float
        Step along the gradient of the batch's mean loss.
    samples : int
        Training samples, that is, the length of an epoch.
    data : {"moons", "bitmaps"}
        Two half moons in the plane, or pen strokes in black and white.
    """

    key: str
    sizes: tuple[int, ...]
    activation: Literal["sigmoid", "tanh"]
    batch_size: int
    learning_rate: float
    samples: int
    data: Literal["moons", "bitmaps"]

    @property
    def title(self) -> str:
        """Name the network as people write it, such as ``2-4-2-1``."""
        return "-".join(str(size) for size in self.sizes)


@dataclass(frozen=True)
class Samples:
    """Training samples: inputs (n, sizes[0]), targets (n, sizes[-1]) that the last activation can nearly reach."""

    inputs: NDArray[np.float32]
    targets: NDArray[np.float32]


WORKLOADS = (
    Workload("W0", (36, 16, 2), "sigmoid", 1, 0.1, 200, "bitmaps"),
    Workload("W1", (2, 4, 2, 1), "tanh", 10, 0.1, 300, "moons"),
    Workload("W2", (2, 8, 8, 8, 1), "tanh", 10, 0.1, 300, "moons"),
    Workload("W3", (784, 128, 10), "sigmoid", 32, 0.5, 1024, "bitmaps"),
)


def make_samples(workload: Workload) -> Samples:
    """Make the workload's data, the same on every machine."""
    outputs = workload.sizes[-1]
    if workload.data == "moons":
        inputs, labels = moons(workload.samples, noise=0.15)
        targets = np.where(labels == 1, 1.0, -1.0)[:, None]
    else:
        side = round(workload.sizes[0] ** 0.5)
        inputs, labels = draw(outputs, workload.samples, side, SEED)
        targets = np.eye(outputs)[labels]
    return Samples(inputs, targets.astype(np.float32))


def moons(samples: int, noise: float) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Make two interleaved half circles of radius 1, moved by Gaussian noise: (samples, 2) and labels (samples,)."""
    generator = np.random.default_rng(SEED)
    labels = np.arange(samples) % 2
    angle = generator.uniform(0.0, np.pi, samples)
    upper = np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25], axis=1)
    points = np.where(labels[:, None] == 0, upper, -upper)
    return (points + generator.normal(0.0, noise, (samples, 2))).astype(np.float32), labels


def write(workload: Workload, samples: Samples, folder: Path) -> None:
    """Write ``workload.json``, ``inputs.f32`` and ``targets.f32`` (little-endian, row by row) for the contestants."""
    (folder / "workload.json").write_text(json.dumps(asdict(workload)), encoding="utf-8")
    samples.inputs.astype("<f4").tofile(folder / "inputs.f32")
    samples.targets.astype("<f4").tofile(folder / "targets.f32")


def read(folder: Path) -> tuple[Workload, Samples]:
    """Read what `write` wrote."""
    fields = json.loads((folder / "workload.json").read_text(encoding="utf-8"))
    workload = Workload(**{**fields, "sizes": tuple(fields["sizes"])})
    inputs = np.fromfile(folder / "inputs.f32", "<f4").reshape(-1, workload.sizes[0])
    targets = np.fromfile(folder / "targets.f32", "<f4").reshape(-1, workload.sizes[-1])
    return workload, Samples(inputs, targets)
