"""
How the benchmark talks to a contestant in Python; ``protocol.mjs`` is the same for Node.

The benchmark starts one process for each contestant and workload, with the folder that holds the workload as its
argument, and writes requests to it, a line each:

- ``run SECONDS`` trains whole epochs until the process has used so much CPU time, and answers
  ``{"samples": …, "cpu": …, "wall": …}``;
- ``outputs`` answers with the network's outputs for all samples, so that the benchmark can see that it learns.

The first line of all is ``{"version": …}``. Imports, data and compilers are warm before a round is timed.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks.workloads import Samples, Workload, read

SHORTEST_CALL = 0.005
"""Seconds that one call of `epochs` should last at least, so that reading the clock costs nothing."""


class Contestant(Protocol):
    """A network that trains."""

    version: str

    def epochs(self, count: int) -> None:
        """Train `count` passes over the data, each in a new order, with all that it takes."""

    def outputs(self) -> NDArray[np.float32]:
        """Return the outputs for all samples, in the order of the file: (n, outputs)."""


def serve(make: Callable[[Workload, Samples], Contestant]) -> None:
    """Answer requests from standard input until it ends."""
    workload, samples = read(Path(sys.argv[1]))
    contestant = make(workload, samples)
    _answer({"version": contestant.version})
    count = 1
    for line in sys.stdin:
        request, *arguments = line.split()
        if request == "outputs":
            _answer(contestant.outputs().tolist())
            continue
        limit = float(arguments[0])
        done, cpu, wall, spent = 0, time.process_time(), time.perf_counter(), 0.0
        while spent < limit:
            contestant.epochs(count)
            done += count
            call, spent = time.process_time() - cpu - spent, time.process_time() - cpu
            if call < SHORTEST_CALL:
                count *= 2
        _answer({"samples": done * workload.samples, "cpu": spent, "wall": time.perf_counter() - wall})


def _answer(value: object) -> None:
    print(json.dumps(value), flush=True)
