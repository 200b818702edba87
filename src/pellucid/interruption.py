"""Ctrl-C as a question that a training asks between its slices, so that it never stops in the middle of something."""

import signal
import threading
from types import FrameType, TracebackType
from typing import Self


class Interruption:
    """Take note of the first Ctrl-C instead of raising KeyboardInterrupt; the second one raises it.

    Examples
    --------
    >>> with Interruption() as interruption:
    ...     interruption.wanted
    False
    """

    def __init__(self) -> None:
        self.wanted = False
        """Whether Ctrl-C was pressed."""
        self._heard = threading.current_thread() is threading.main_thread()  # others cannot hear signals

    def __enter__(self) -> Self:
        if self._heard:
            self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._heard:
            signal.signal(signal.SIGINT, self._before)

    def _note(self, _signal: int, _frame: FrameType | None) -> None:
        self.wanted = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
