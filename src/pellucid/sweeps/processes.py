"""Processes on this machine as an executor that outlives the death of any of them.

Each process is a pool of its own, of Python's `ProcessPoolExecutor`, and has one task at a time: so when a process
dies, it is known which task it had, no other task is lost, and a new process takes its place.
"""

import functools
import os
import signal
import sys
import threading
import types
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import parent_process
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any, NamedTuple


class Processes(Executor):
    """Processes that carry out tasks.

    They are spawned, not forked, so that threads and notebooks are no danger; they do not import the program that
    started them, ignore Ctrl-C, which is for that program to handle, and end when it does, however it ends.

    Parameters
    ----------
    jobs : int
        Number of processes.

    Examples
    --------
    >>> with Processes(2) as processes:
    ...     [processes.submit(abs, number).result() for number in (-1, -2, -3)]
    [1, 2, 3]
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        """Number of processes."""
        self._context = _Context()
        self._changed = threading.Condition()
        self._idle: list[ProcessPoolExecutor | None] = [None] * jobs
        """Pools with nothing to do; None is one that has still to be started."""
        self._waiting: deque[_Task] = deque()
        self._broken: list[ProcessPoolExecutor] = []
        """Pools whose process died. They are kept: one that goes while it tells of that waits for itself for ever."""
        self._closed = self._waited_for = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Carry out a call in one of the processes; the future fails with `BrokenProcessPool` if that one dies."""
        task = _Task(Future(), fn, args, kwargs)
        with self._changed:
            if self._closed:
                raise RuntimeError("The processes were told to end and take no more tasks.")
            self._waiting.append(task)
            self._hand_out()
        return task.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more tasks, and end the processes when those there are have been carried out."""
        with self._changed:
            self._closed = True
            self._waited_for = wait
            if cancel_futures:
                for task in self._waiting:
                    task.future.cancel()
            self._hand_out()
            if wait:
                self._changed.wait_for(lambda: len(self._idle) == self.jobs)
            pools = [*(pool for pool in self._idle if pool), *self._broken]
        for pool in pools:
            pool.shutdown(wait)

    def kill(self) -> None:
        """End the processes at once; tasks under way fail, those that wait are cancelled."""
        with self._changed:
            self._closed = True
            for task in self._waiting:
                task.future.cancel()
        for process in self._context.made:
            if process.pid is not None and process.is_alive():
                process.kill()

    def _hand_out(self) -> None:
        """Give waiting tasks to idle processes."""
        while self._waiting and self._idle:
            task = self._waiting.popleft()
            if not task.future.set_running_or_notify_cancel():
                continue
            pool = self._idle.pop() or ProcessPoolExecutor(1, self._context, _begin)
            try:
                inner = pool.submit(task.call, *task.arguments, **task.keywords)
            except BrokenProcessPool as error:  # it died while it had nothing to do
                inner = Future()
                inner.set_exception(error)
            inner.add_done_callback(functools.partial(self._finished, task, pool))

    def _finished(self, task: "_Task", pool: ProcessPoolExecutor, inner: Future[Any]) -> None:
        error = inner.exception()
        with self._changed:
            broken = isinstance(error, BrokenProcessPool)
            self._idle.append(None if broken else pool)
            if broken:
                self._broken.append(pool)
            self._hand_out()
            if self._closed and not (broken or self._waiting or self._waited_for):
                pool.shutdown(wait=False)
            self._changed.notify_all()
        if error is None:
            task.future.set_result(inner.result())
        else:
            task.future.set_exception(error)


class _Task(NamedTuple):
    future: Future[Any]
    call: Callable[..., Any]
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]


def _begin() -> None:
    """Prepare a process that was just started."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:

        def follow() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()


class _Process(SpawnProcess):
    """A spawned process that does not import the main program again.

    That program is a person's script, which may not be written for it, or the command line with its server. What is
    carried out here lies in modules that have names.
    """

    @staticmethod
    def _Popen(process_obj: Any) -> Any:  # noqa: N802, Python's own name
        with _no_main_module(), _no_ctrl_c():
            return SpawnProcess._Popen(process_obj)  # noqa: SLF001


class _Context(SpawnContext):
    """Makes such processes, and remembers them."""

    def __init__(self) -> None:
        self.made: list[_Process] = []

    def Process(self, *args: Any, **kwargs: Any) -> _Process:  # type: ignore[override]  # noqa: N802
        self.made.append(_Process(*args, **kwargs))
        return self.made[-1]


_changing_main = threading.Lock()


@contextmanager
def _no_main_module() -> Iterator[None]:
    """Let `multiprocessing` find an empty main module, for as long as it takes to start a process."""
    with _changing_main:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = types.ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


@contextmanager
def _no_ctrl_c() -> Iterator[None]:
    """Let a process that is started now be deaf to Ctrl-C from its first moment on, before `_begin` can see to it."""
    if sys.platform == "win32":
        yield
    else:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
