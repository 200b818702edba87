"""What a worker does: it carries out a few runs and says what each arrived at; whatever goes wrong becomes a result."""

import functools
import json
import math
import time
from collections.abc import Sequence
from typing import Literal, NamedTuple

from pellucid.errors import ArgumentError, DivergedError, LibraryError
from pellucid.experiment import Experiment
from pellucid.library import library
from pellucid.run import Run
from pellucid.sweeps.plan import Seeds, with_seeds

Status = Literal["finished", "diverged", "failed"]

MOST_AT_ONCE = 1_000_000_000
"""Updates that the engine is asked for in one call."""


class Task(NamedTuple):
    """A run that is to be carried out: its key, its changes of the common experiment as JSON, and its seeds."""

    key: str
    changes: str
    seeds: Seeds


class Chunk(NamedTuple):
    """A few runs for a worker, as plain values that any executor can send.

    Attributes
    ----------
    base : str
        The common experiment as JSON.
    length : tuple of str and int
        For how long each run is trained: ``("epochs", 300)`` or ``("updates", 4500)``.
    engine : str
        SHA-256 of the engine's source, since another engine gives other bits.
    tasks : sequence of Task
        The runs.
    """

    base: str
    length: tuple[str, int]
    engine: str
    tasks: Sequence[Task]


class Outcome(NamedTuple):
    """What a run arrived at; what does not exist is None, and a run that did not finish has no measures.

    Attributes
    ----------
    key : str
        What the run is known by.
    status : str
        Whether it was finished, diverged, or failed for another reason.
    reason : str
        Why it was not finished, in a sentence; else empty.
    epochs, updates : int
        Whole passes and updates made.
    test_accuracy, accuracy, test_loss, loss, objective, penalty : float or None
        As of `Run`.
    seconds : float
        Processor time that it took, to make the data, to train and to evaluate, whatever else the machine was doing.
    weights_sha256 : str or None
        SHA-256 of the weights at the end, as of `Run`.
    """

    key: str
    status: Status
    reason: str = ""
    epochs: int = 0
    updates: int = 0
    test_accuracy: float | None = None
    accuracy: float | None = None
    test_loss: float | None = None
    loss: float | None = None
    objective: float | None = None
    penalty: float | None = None
    seconds: float = 0.0
    weights_sha256: str | None = None


def carry_out(chunk: Chunk) -> list[Outcome]:
    """Return what the runs of a chunk arrived at.

    Raises
    ------
    LibraryError
        When this worker has another engine than the one that was asked for.
    """
    if library().source != chunk.engine:
        raise LibraryError("a worker has another engine, whose bits would differ; install the same Pellucid everywhere")
    return [_outcome(chunk, task) for task in chunk.tasks]


def _outcome(chunk: Chunk, task: Task) -> Outcome:
    began = time.thread_time()
    run = None
    try:
        run = Run(with_seeds(_experiment(chunk.base, task.changes), task.seeds))
        _train(run, chunk.length)
        found = _measured(task.key, run)
    except DivergedError as error:
        found = Outcome(task.key, "diverged", str(error))
    except Exception as error:  # noqa: BLE001, since one run must not stop the others
        found = Outcome(task.key, "failed", f"{type(error).__name__}: {error}")
    if run is not None:
        found = found._replace(epochs=run.epochs, updates=run.updates)
    return found._replace(seconds=round(time.thread_time() - began, 6))


@functools.lru_cache(maxsize=1024)
def _experiment(base: str, changes: str) -> Experiment:
    return Experiment.from_json(base).replace_all(json.loads(changes))


def _train(run: Run, length: tuple[str, int]) -> None:
    unit, left = length
    if run.train_samples == 0:
        raise ArgumentError("There is nothing to train on: the experiment has no drawings, or all are held out.")
    if unit == "epochs":
        size = run.experiment.training.batch_size
        left *= math.ceil(run.train_samples / (run.train_samples if size == "all" else size))
    while left:
        run.step(min(left, MOST_AT_ONCE))
        left -= min(left, MOST_AT_ONCE)


def _measured(key: str, run: Run) -> Outcome:
    measures = (run.test_accuracy, run.accuracy, run.test_loss, run.loss, run.objective, run.penalty)
    if not all(value is None or math.isfinite(value) for value in measures):
        return Outcome(key, "diverged", f"The run diverged by step {run.updates}: its loss is not finite.")
    return Outcome(
        key,
        "finished",
        test_accuracy=run.test_accuracy,
        accuracy=run.accuracy,
        test_loss=run.test_loss,
        loss=run.loss,
        objective=run.objective,
        penalty=run.penalty,
        weights_sha256=run.weights_sha256,
    )
