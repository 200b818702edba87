"""Hands the runs of a sweep to an executor in chunks, and takes their outcomes as they come.

Any `concurrent.futures.Executor` will do. As few chunks are under way as keep its workers busy, so that a hundred
thousand runs wait here as a plan and not there as tasks.
"""

import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from itertools import islice
from typing import Any

from pellucid.errors import SweepError
from pellucid.sweeps.work import Chunk, Outcome, Task, carry_out

CHUNK_SECONDS = 0.25
"""How long a worker is busy with a chunk: long beside the sending, short for whoever waits."""

LARGEST_CHUNK = 2000
OVERHEAD_SECONDS = 1e-4
"""What a run takes beside what it measures itself."""

LOOK_SECONDS = 0.2
"""How often it is asked whether to stop, when nothing comes."""

CHUNKS_PER_WORKER = 2
"""One that is being carried out, and one that is ready."""


class Sending:
    """The runs of a sweep on their way through an executor.

    Parameters
    ----------
    tasks : iterable of Task
        The runs that are to be carried out.
    count : int
        How many they are.
    chunk : callable
        Returns the chunk of some tasks.
    executor : concurrent.futures.Executor
        Carries them out.
    workers : callable
        Returns how many workers the executor has at this moment.
    """

    def __init__(
        self,
        tasks: Iterable[Task],
        count: int,
        chunk: Callable[[Sequence[Task]], Chunk],
        executor: Executor,
        workers: Callable[[], int],
    ) -> None:
        self._tasks = iter(tasks)
        self._left = count
        self._chunk = chunk
        self._executor = executor
        self._workers = workers
        self._again: deque[Task] = deque()
        """Runs whose worker was lost: they are sent once more, alone."""
        self._lost: set[str] = set()
        """The keys of runs that were alone with a worker which was lost."""
        self._flying: dict[Future[Any], Sequence[Task]] = {}
        self._seconds_per_run = CHUNK_SECONDS
        self._any_came = False
        self._losses = 0

    def outcomes(self, stop: Callable[[], bool]) -> Iterator[list[Outcome]]:
        """Yield outcomes as they come, until all are there or it is to be stopped.

        Once it is to be stopped nothing more is sent, and what is under way is waited for and yielded.

        Raises
        ------
        SweepError
            When the workers cannot do this work at all, or the executor takes no more.
        """
        while not stop() and self._fill():
            yield from self._come()
        # The oldest are those that are being carried out; not every executor says so.
        for future in list(self._flying)[self._busy :]:
            if future.cancel():
                del self._flying[future]
        while self._flying:
            yield from self._come()

    @property
    def under_way(self) -> int:
        """How many runs are being carried out."""
        return sum(map(len, list(self._flying.values())[: self._busy]))

    @property
    def _busy(self) -> int:
        """How many chunks are being carried out, one for each worker."""
        return max(1, self._workers())

    def _fill(self) -> bool:
        """Send chunks until the workers have enough; return whether any are under way."""
        workers = self._busy
        while len(self._flying) < CHUNKS_PER_WORKER * workers and (tasks := self._next(workers)):
            try:
                future = self._executor.submit(carry_out, self._chunk(tasks))
            except Exception as error:
                raise SweepError(f"The executor takes no more work: {_words(error)}.") from error
            self._flying[future] = tasks
        return bool(self._flying)

    def _next(self, workers: int) -> list[Task]:
        if self._again:
            return [self._again.popleft()]
        # Towards the end the chunks become smaller, so that all workers end together.
        fair = math.ceil(self._left / (CHUNKS_PER_WORKER * workers))
        size = min(max(1, int(CHUNK_SECONDS / self._seconds_per_run)), max(1, fair), LARGEST_CHUNK)
        tasks = list(islice(self._tasks, size))
        self._left -= len(tasks)
        return tasks

    def _come(self) -> Iterator[list[Outcome]]:
        """Yield the outcomes of the chunks that came back."""
        done, _ = wait(self._flying, LOOK_SECONDS, FIRST_COMPLETED)
        for future in [each for each in self._flying if each in done]:
            tasks = self._flying.pop(future)
            error = CancelledError() if future.cancelled() else future.exception()
            if error is None:
                yield self._arrived(future.result())
            elif _is_loss(error):
                if failed := self._after_loss(tasks, error):
                    yield failed
            elif isinstance(error, CancelledError):
                raise SweepError("The executor gave its work up, as one does that has lost its scheduler.")
            else:
                raise SweepError(f"The workers cannot carry out this sweep: {_words(error)}.") from error

    def _arrived(self, outcomes: list[Outcome]) -> list[Outcome]:
        seconds = OVERHEAD_SECONDS + sum(each.seconds for each in outcomes) / len(outcomes)
        # The first runs of a worker load the engine; what is measured later counts for more.
        self._seconds_per_run = (self._seconds_per_run + seconds) / 2 if self._any_came else seconds
        self._any_came = True
        return outcomes

    def _after_loss(self, tasks: Sequence[Task], error: BaseException) -> list[Outcome]:
        """Send the runs of a lost worker once more, each alone; one that was lost alone before has failed."""
        self._losses += 1
        if not self._any_came and self._losses > CHUNKS_PER_WORKER * self._busy + 1:
            raise SweepError(f"The workers end before they do anything: {_words(error)}.") from error
        failed = []
        for task in tasks:
            if len(tasks) == 1 and task.key in self._lost:
                reason = "The worker that had this run ended abruptly, and a second one too: killed, or out of memory."
                failed.append(Outcome(task.key, "failed", reason))
            else:
                self._again.append(task)
                self._lost.update([task.key] if len(tasks) == 1 else [])
        return failed


def _is_loss(error: BaseException) -> bool:
    """Tell the loss of a worker from work that cannot be done; Dask's error is known by its name, without Dask."""
    return isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker"


def _words(error: BaseException) -> str:
    text = " ".join(str(error).split()).rstrip(".")
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
