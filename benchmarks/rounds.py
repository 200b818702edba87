"""Run the contestants in turn, round after round, each in its own process on the same core."""

import json
import os
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from benchmarks.field import Contestant
from benchmarks.workloads import Samples, Workload, write

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
# Some machines set these for the sake of old libraries; they hold a current NumPy back.
SLOWING = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")

WARM_UP = 0.5
"""CPU seconds after which the optimising compilers of Node have done their work."""


@dataclass
class Measured:
    """
    What one contestant did with one workload.

    Attributes
    ----------
    version : str
        The contestant's own.
    throughput : list of float
        Samples per CPU second of its process, one for every round.
    wall_throughput : list of float
        Samples per second on the wall's clock, one for every round.
    loss : float
        Mean of ½ Σ (a - y)² over the samples after the last round.
    loss_of_mean : float
        The same for the best constant outputs: what a network that learns must get below.
    """

    version: str
    throughput: list[float] = field(default_factory=list)
    wall_throughput: list[float] = field(default_factory=list)
    loss: float = 0.0
    loss_of_mean: float = 0.0

    @property
    def median(self) -> float:
        """Median throughput in samples/s."""
        return statistics.median(self.throughput)

    @property
    def learned(self) -> bool:
        """Whether the loss came well down, as it must when the work was done."""
        return self.loss < 0.7 * self.loss_of_mean


def times_as_fast(one: Measured, other: Measured) -> float:
    """Compare two contestants: the median of the rounds' ratios."""
    return statistics.median(a / b for a, b in zip(one.throughput, other.throughput, strict=True))


@contextmanager
def pinned() -> Iterator[None]:
    """Keep this process, and all that it starts, on one core where the system can do that."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


class Process:
    """A contestant under way; speaks the protocol of ``contestants/protocol.py``."""

    def __init__(self, command: Sequence[str]) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in SLOWING} | ONE_THREAD
        self._command = command
        self._process = subprocess.Popen(
            command,
            cwd=Path(__file__).parents[1],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.version: str = self._answer()["version"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def ask(self, request: str) -> Any:
        """Send one request and wait for its answer."""
        print(request, file=self._process.stdin, flush=True)
        return self._answer()

    def _answer(self) -> Any:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise RuntimeError(f"a contestant stopped (its message is above): {' '.join(self._command)}")
        return json.loads(line)


def measure(
    workload: Workload,
    samples: Samples,
    contestants: Sequence[Contestant],
    node: str,
    rounds: int,
    seconds: float,
    progress: Callable[[str], None],
) -> dict[str, Measured]:
    """
    Train one workload with every contestant in turn.

    Parameters
    ----------
    workload : Workload
        The network.
    samples : Samples
        Its data.
    contestants : sequence of Contestant
        Who takes part.
    node : str
        The Node that runs the JavaScript ones.
    rounds : int
        Rounds that count; each contestant runs once before them to get warm.
    seconds : float
        Least CPU seconds of a contestant's turn; a started epoch is finished. The turn before the rounds, in which
        compilers get warm, takes `WARM_UP` seconds if that is more.
    progress : callable
        Is told what is running.

    Returns
    -------
    dict
        What each did, by its name.
    """
    with tempfile.TemporaryDirectory() as folder, ExitStack() as processes:
        write(workload, samples, Path(folder))
        running: dict[str, Process] = {}
        measured: dict[str, Measured] = {}
        for contestant in contestants:
            progress(f"{workload.key} warming up {contestant.name}")
            process = processes.enter_context(Process([*contestant.command(node), folder]))
            running[contestant.name] = process
            measured[contestant.name] = Measured(process.version)
            process.ask(f"run {max(seconds, WARM_UP)}")
        for number in range(1, rounds + 1):
            for name, process in running.items():
                progress(f"{workload.key} round {number} of {rounds}: {name}")
                turn = process.ask(f"run {seconds}")
                measured[name].throughput.append(turn["samples"] / turn["cpu"])
                measured[name].wall_throughput.append(turn["samples"] / turn["wall"])
        for name, process in running.items():
            measured[name].loss = _loss(np.array(process.ask("outputs")), samples)
            measured[name].loss_of_mean = _loss(samples.targets.mean(axis=0), samples)
        return measured


def _loss(outputs: NDArray[np.floating], samples: Samples) -> float:
    return float(((outputs - samples.targets) ** 2).sum(axis=1).mean() / 2)
