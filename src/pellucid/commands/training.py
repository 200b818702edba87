"""Trains a run in slices that are short enough for a progress bar and for Ctrl-C."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pellucid.errors import ArgumentError, DivergedError
from pellucid.interruption import Interruption
from pellucid.run import Run

SLICE_SECONDS = 0.05


@dataclass
class Training:
    """How a training went.

    Attributes
    ----------
    status : str
        Whether it was finished, interrupted by Ctrl-C, or diverged.
    seconds : float
        Time spent on training alone, without evaluation and display.
    samples : int
        Samples trained on, each counted as often as it was used.
    divergence : DivergedError or None
        Where and why the run diverged.
    """

    status: Literal["finished", "interrupted", "diverged"] = "finished"
    seconds: float = 0.0
    samples: int = 0
    divergence: DivergedError | None = None


def train(run: Run, epochs: int, report: Callable[[float], None], interruption: Interruption) -> Training:
    """Train a run.

    Parameters
    ----------
    run : Run
        What is trained.
    epochs : int
        Number of whole passes; one that is under way is completed and counts as one.
    report : callable
        Called between slices with the passes made so far, a fraction included.
    interruption : Interruption
        Whether to stop before the next slice.

    Returns
    -------
    Training
        How it went. An interruption and divergence end it early; the run stays where it stopped.

    Raises
    ------
    ArgumentError
        When there is no sample to train on.
    """
    if run.train_samples == 0:
        raise ArgumentError("There is nothing to train on: the experiment has no drawings, or all are held out.")
    training, first = Training(), _samples_used(run)
    left = updates_left(run, epochs)
    count, start = 1, _passes(run)
    try:
        while left and not interruption.wanted:
            count = min(count, left)
            began = time.perf_counter()
            run.step(count)
            took = time.perf_counter() - began
            training.seconds += took
            left -= count
            count = max(1, 2 * count if took < SLICE_SECONDS / 2 else math.ceil(count * SLICE_SECONDS / took))
            report(_passes(run) - start)
    except DivergedError as divergence:
        training.status, training.divergence = "diverged", divergence
    if left and interruption.wanted and training.divergence is None:
        training.status = "interrupted"
    training.samples = _samples_used(run) - first
    return training


def updates_left(run: Run, epochs: int) -> int:
    """Return how many updates complete so many passes, of which one may be under way."""
    batch_size = run.experiment.training.batch_size
    size = run.train_samples if batch_size == "all" else min(batch_size, run.train_samples)
    return epochs * math.ceil(run.train_samples / size) - math.ceil(run.position / size) if epochs else 0


def _samples_used(run: Run) -> int:
    return run.epochs * run.train_samples + run.position


def _passes(run: Run) -> float:
    return run.epochs + run.position / run.train_samples
