"""A lock that one process has on a file, and that the system takes back when the process ends, however it ends."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from pellucid.errors import StateError
from pellucid.saved import writing


class Lock:
    """Keep others from writing a file at the same time; a file beside it, ``NAME.lock``, stands for it.

    Parameters
    ----------
    path : Path
        The file that is to be written by this process alone.

    Raises
    ------
    StateError
        When another process has the lock, or the folder cannot be written to.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f"{path.name}.lock")
        while True:
            with writing(path):
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
            if not _locked(self._file):
                os.close(self._file)
                raise StateError(f"Another sweep is writing {str(path)!r}; wait until it ends, or choose another file.")
            # Who had it before may have removed it between our opening and locking.
            if self._is_there():
                break
            os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if sys.platform == "win32":  # where an open file cannot be removed
            os.close(self._file)
            with suppress(OSError):
                self._path.unlink()
        else:
            self._path.unlink(missing_ok=True)
            os.close(self._file)

    def _is_there(self) -> bool:
        with suppress(OSError):
            return os.path.samestat(os.fstat(self._file), self._path.stat())
        return False


if sys.platform == "win32":
    import msvcrt

    def _locked(file: int) -> bool:
        with suppress(OSError):
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            return True
        return False

else:
    import fcntl

    def _locked(file: int) -> bool:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False
