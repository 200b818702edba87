"""How far a sweep is and how long it will take, on standard error."""

import time
from collections import Counter
from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from pellucid.sweeps.sheet import counted
from pellucid.sweeps.work import Outcome

LINE_SECONDS = 10.0
"""How often a line is written where nobody can see a bar, as in the log of a batch job."""


class Watching(Protocol):
    """What is told how a sweep goes."""

    def begin(self, done: int, total: int) -> None:
        """Hear how many of the runs there are results of already."""

    def came(self, outcomes: Sequence[Outcome]) -> None:
        """Hear what some more runs arrived at."""

    def stopping(self, under_way: int) -> None:
        """Hear that the sweep ends early, once the runs that are under way have ended."""


class Silence:
    """Say nothing."""

    def begin(self, done: int, total: int) -> None:
        """Say nothing."""

    def came(self, outcomes: Sequence[Outcome]) -> None:
        """Say nothing."""

    def stopping(self, under_way: int) -> None:
        """Say nothing."""


class Progression:
    """Show a bar in a terminal or a notebook, and elsewhere a line from time to time.

    Parameters
    ----------
    console : rich.console.Console, optional
        Where it is shown; standard error by default.
    line_seconds : float
        How often a line is written where there is no bar.
    """

    def __init__(self, console: Console | None = None, line_seconds: float = LINE_SECONDS) -> None:
        self._console = console or Console(stderr=True, highlight=False)
        self._line_seconds = line_seconds
        self._lost: Counter[str] = Counter()
        columns = (
            TextColumn("sweep"),
            BarColumn(),
            TextColumn("{task.completed:,.0f} of {task.total:,.0f} runs{task.fields[lost]}"),
            TimeRemainingColumn(compact=True),
            TextColumn("left"),
        )
        self._bar = Progress(*columns, console=self._console, transient=True)
        self._has_bar = self._console.is_terminal or self._console.is_jupyter
        self._done = self._total = 0
        self._first: tuple[float, int] | None = None
        """When the first results came, and how many there were then: before, the workers were still starting."""
        self._said = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._has_bar:
            self._bar.stop()

    def begin(self, done: int, total: int) -> None:
        """Begin to show how it goes."""
        self._done = done
        self._total = total
        if self._has_bar:
            self._bar.start()
            self._task = self._bar.add_task("", total=total, completed=done, lost="")

    def came(self, outcomes: Sequence[Outcome]) -> None:
        """Show that some more runs are there."""
        self._done += len(outcomes)
        self._lost.update(outcome.status for outcome in outcomes)
        lost = "".join(f", {self._lost[each]:,} {each}" for each in ("diverged", "failed") if self._lost[each])
        if self._has_bar:
            self._bar.update(self._task, completed=self._done, lost=lost)
        else:
            self._say(lost, time.monotonic())

    def stopping(self, under_way: int) -> None:
        """Say that the sweep ends early."""
        if under_way:
            self._console.print(
                f"Stopping after the {counted(under_way, 'run')} under way; Ctrl-C stops at once.", soft_wrap=True
            )

    def _say(self, lost: str, now: float) -> None:
        if self._first is None:
            self._first, self._said = (now, self._done), now
        elif now - self._said >= self._line_seconds:
            self._said = now
            began, done_then = self._first
            left = (now - began) / (self._done - done_then) * (self._total - self._done)
            self._console.print(
                f"{self._done:,} of {self._total:,} runs{lost}, about {left:,.0f} s left", soft_wrap=True
            )
