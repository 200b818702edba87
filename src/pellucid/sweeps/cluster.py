"""A Dask cluster that is there already, as an executor."""

import logging
import math
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from pellucid.errors import SweepError
from pellucid.extras import need

CONNECT_SECONDS = 10.0
"""How long a scheduler is waited for, and then its first worker."""

ASK_SECONDS = 2.0
"""How often a cluster is asked how many workers it has: they come and go."""


@contextmanager
def connected(address: str, seconds: float | None = None) -> Iterator[tuple[Executor, Callable[[], int]]]:
    """Give the executor of a cluster, and a function that returns how many threads its workers have at the moment.

    Parameters
    ----------
    address : str
        Of the scheduler, such as ``"tcp://192.168.1.20:8786"``.
    seconds : float, optional
        How long the scheduler is waited for, and then its first worker.

    Raises
    ------
    SweepError
        When there is no scheduler at the address, or it has no workers.
    MissingExtraError
        When Dask's distributed is not installed.
    """
    seconds = CONNECT_SECONDS if seconds is None else seconds
    distributed = need("distributed", "A sweep on a cluster")
    with _quiet():
        try:
            client = distributed.Client(address, timeout=seconds, set_as_default=False)
        except (OSError, ValueError, TypeError, RuntimeError, ImportError):
            raise SweepError(
                f"No Dask scheduler answers at {address!r} within {seconds:g} s; "
                "the address looks like tcp://192.168.1.20:8786 and is printed by `dask scheduler`."
            ) from None
        try:
            yield client.get_executor(), _Threads(_with_a_worker(client, address, seconds))
        finally:
            client.close(timeout=seconds)


class _Threads:
    """How many threads the workers of a cluster have; asked of the scheduler from time to time."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._count = 0
        self._asked = -math.inf

    def __call__(self) -> int:
        now = time.monotonic()
        if now - self._asked > ASK_SECONDS:
            try:
                self._count = sum(self._client.ncores().values())
            except (OSError, RuntimeError, ValueError) as error:
                raise SweepError("The scheduler of the cluster answers no more.") from error
            self._asked = now
        return self._count


def _with_a_worker(client: Any, address: str, seconds: float) -> Any:
    try:
        client.wait_for_workers(1, timeout=seconds)
    except TimeoutError:
        raise SweepError(f"The Dask scheduler at {address} has no workers; `dask worker` starts one.") from None
    return client


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask from logging the tracebacks of what is said here in a sentence."""
    logs = [logging.getLogger(f"distributed.{part}") for part in ("client", "batched", "core", "comm")]
    before = [log.level for log in logs]
    for log in logs:
        log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for log, level in zip(logs, before, strict=True):
            log.setLevel(level)
