"""The results file of a sweep: rows are appended as they come, and what is in it is not run again."""

import os
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from pellucid.errors import StateError, SweepError
from pellucid.saved import reason_of, text_of, write, writing
from pellucid.sweeps import identity, parquet
from pellucid.sweeps.lock import Lock
from pellucid.sweeps.plan import Plan
from pellucid.sweeps.table import columns_of, csv_lines, outcomes_in, rows_of
from pellucid.sweeps.work import Outcome

SYNC_SECONDS = 1.0
"""How often what was written is made sure to be on the disk."""

REFRESH_SECONDS = 10.0
REFRESH_SHARE = 0.05
"""How often a Parquet file is written anew: not before so long, and with at most this share of the time."""


class Store:
    """A results file, CSV or Parquet by its name, that this process alone writes.

    Parameters
    ----------
    path : Path
        The file; it is made if need be.
    plan : Plan
        What is run.

    Raises
    ------
    StateError
        When the file is of another sweep, another process writes it, or it cannot be read or written.
    MissingExtraError
        When the file is Parquet and pyarrow is not installed.
    """

    def __init__(self, path: Path, plan: Plan) -> None:
        check_name(path)
        self.path = path
        self._plan = plan
        self._parquet = _is_parquet(path)
        self._rows = _rows_file(path)
        self._lock = Lock(path)
        try:
            self._open()
        except BaseException:
            self._lock.__exit__(None, None, None)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with self._lock:
            try:
                self._close()
            except SweepError:
                if error is None:  # else what went wrong first is what is told
                    raise

    def append(self, outcomes: Iterable[Outcome]) -> None:
        """Write what some runs of the plan arrived at."""
        by_key = {outcome.key: outcome for outcome in outcomes}
        runs = [self._runs[key] for key in by_key]
        part = Plan(self._plan.sweep, self._plan.combinations, tuple(runs))
        self._write(csv_lines(rows_of(part, by_key, self._columns)))
        now = time.monotonic()
        if now - self._synced > SYNC_SECONDS:
            self._sync()
        if self._parquet and now > self._refresh_at:
            self._refresh()

    def _open(self) -> None:
        if self._parquet:
            parquet.check()
        if _is_there(self.path):
            identity.check(self.path, self._plan.sweep)
            if self._parquet and not self._rows.exists():
                write(self._rows, parquet.lines_of(self.path))
        else:
            identity.note(self.path, self._plan.sweep)
        with writing(self.path):
            self._file = os.open(self._rows, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
        self._runs = {run.key: run for run in self._plan.runs}
        self._synced = time.monotonic()
        self._refresh_at = self._synced + REFRESH_SECONDS
        try:
            self.outcomes = self._read()
            """What is known of the plan's runs already, by their keys."""
        except BaseException:
            os.close(self._file)
            raise

    def _read(self) -> dict[str, Outcome]:
        """Read what is there, without a last line that was cut off, and begin the table where nothing is."""
        content = text_of(self._rows)
        whole = content[: content.rfind(b"\n") + 1]
        if len(whole) < len(content):
            os.truncate(self._rows, len(whole))
        columns, found = outcomes_in(whole, self._plan, self.path)
        self._columns = columns or columns_of(self._plan.sweep.fields)
        if not columns:
            self._write(csv_lines([self._columns]))
        return found

    def _write(self, text: str) -> None:
        # One call for whole lines: whoever interrupts this process does not leave half a line.
        left = text.encode("utf-8")
        try:
            while left:
                left = left[os.write(self._file, left) :]
        except OSError as error:
            raise self._ended(error) from None

    def _sync(self) -> None:
        try:
            os.fsync(self._file)
        except OSError as error:
            raise self._ended(error) from None
        self._synced = time.monotonic()

    def _close(self) -> None:
        try:
            self._sync()
        finally:
            os.close(self._file)
        if self._parquet:
            self._write_parquet()
            self._rows.unlink()

    def _refresh(self) -> None:
        began = time.monotonic()
        self._write_parquet()
        took = time.monotonic() - began
        self._refresh_at = began + max(REFRESH_SECONDS, took / REFRESH_SHARE)

    def _write_parquet(self) -> None:
        try:
            parquet.write(self._rows, self.path)
        except StateError as error:
            raise SweepError(f"{error} The rows are in {str(self._rows)!r}.") from None

    def _ended(self, error: OSError) -> SweepError:
        return SweepError(f"The file {str(self.path)!r} cannot be written any further: {reason_of(error)}.")


def look(path: Path, plan: Plan) -> dict[str, Outcome]:
    """Return what a results file has of a plan, by key, and leave it as it is, also while a sweep writes to it.

    Raises
    ------
    StateError
        When there is no such file, it cannot be read, or it is of another sweep.
    MissingExtraError
        When the file is Parquet and pyarrow is not installed.
    """
    check_name(path)
    if not _is_there(path):
        reason = "it is empty" if path.exists() else "there is no such file"
        raise StateError(f"The file {str(path)!r} cannot be opened: {reason}.")
    identity.check(path, plan.sweep)
    rows = _rows_file(path)
    content = text_of(rows) if rows.exists() else parquet.lines_of(path).encode("utf-8")
    return outcomes_in(content[: content.rfind(b"\n") + 1], plan, path)[1]


def check_name(path: Path) -> None:
    """Refuse a results file whose name does not say what it is, or that is a folder."""
    if path.suffix.lower() not in (".csv", ".parquet"):
        raise StateError(f"The results file is {str(path)!r}, but its name must end with .csv or .parquet.")
    if path.is_dir() or not path.parent.is_dir():
        reason = "it is a folder" if path.is_dir() else f"there is no folder {str(path.parent)!r}"
        raise StateError(f"The file {str(path)!r} cannot be written: {reason}.")


def _is_parquet(path: Path) -> bool:
    return path.suffix.lower() == ".parquet"


def _rows_file(path: Path) -> Path:
    """Return the file that rows are appended to."""
    return path.with_name(f"{path.name}.rows.csv") if _is_parquet(path) else path


def _is_there(path: Path) -> bool:
    return any(each.exists() and each.stat().st_size for each in (_rows_file(path), path))
