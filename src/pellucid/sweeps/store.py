"""The results file of a sweep: rows are appended as they come, and what is in it is not run again."""

import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from pellucid.errors import StateError
from pellucid.sweeps import parquet
from pellucid.sweeps.identity import check_or_note
from pellucid.sweeps.lock import Lock
from pellucid.sweeps.plan import Plan
from pellucid.sweeps.table import columns_of, csv_lines, outcome_of, rows_in, rows_of
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
        self._parquet = path.suffix.lower() == ".parquet"
        self._rows = path.with_name(f"{path.name}.rows.csv") if self._parquet else path
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
            self._sync()
            os.close(self._file)
            if self._parquet:
                parquet.write(self._rows, self.path)
                self._rows.unlink()

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
        there = any(path.exists() and path.stat().st_size for path in (self._rows, self.path))
        check_or_note(self.path, self._plan.sweep, rows_there=there)
        if self._parquet and there and not self._rows.exists():
            parquet.restore(self.path, self._rows)
        try:
            self._file = os.open(self._rows, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            raise StateError(f"The file {str(self.path)!r} cannot be written: {reason}.") from None
        self._runs = {run.key: run for run in self._plan.runs}
        self._synced = time.monotonic()
        self._refresh_at = self._synced + REFRESH_SECONDS
        self.outcomes = self._read()
        """What is known of the plan's runs already, by their keys."""

    def _read(self) -> dict[str, Outcome]:
        """Read what is there, without a last line that was cut off, and begin the table where nothing is."""
        content = self._rows.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if len(whole) < len(content):
            os.truncate(self._rows, len(whole))
        header, rows = rows_in(whole.decode("utf-8", errors="replace"), self.path)
        self._columns = tuple(header) or columns_of(self._plan.sweep.fields)
        if not header:
            self._write(csv_lines([self._columns]))
        elif set(header) != set(columns_of(self._plan.sweep.fields)):
            raise StateError(f"The columns of {str(self.path)!r} are not those of this sweep; choose another file.")
        found: dict[str, Outcome] = {}
        for number, row in enumerate(rows, 2):
            cells: Mapping[str, str] = dict(zip(header, row, strict=True))
            if cells["key"] in self._runs:
                try:
                    found[cells["key"]] = outcome_of(cells)
                except ValueError as error:
                    raise StateError(f"Line {number} of {str(self.path)!r} cannot be read: {error}.") from None
        return found

    def _write(self, text: str) -> None:
        # One call for whole lines: whoever interrupts this process does not leave half a line.
        content = text.encode("utf-8")
        try:
            written = os.write(self._file, content)
            if written < len(content):
                os.write(self._file, content[written:])
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            raise StateError(f"The file {str(self.path)!r} cannot be written any further: {reason}.") from None

    def _sync(self) -> None:
        os.fsync(self._file)
        self._synced = time.monotonic()

    def _refresh(self) -> None:
        began = time.monotonic()
        parquet.write(self._rows, self.path)
        took = time.monotonic() - began
        self._refresh_at = began + max(REFRESH_SECONDS, took / REFRESH_SHARE)


def check_name(path: Path) -> None:
    """Refuse a results file whose name does not say what it is, or that is a folder."""
    if path.suffix.lower() not in (".csv", ".parquet"):
        raise StateError(f"The results file is {str(path)!r}, but its name must end with .csv or .parquet.")
    if path.is_dir() or not path.parent.is_dir():
        reason = "it is a folder" if path.is_dir() else f"there is no folder {str(path.parent)!r}"
        raise StateError(f"The file {str(path)!r} cannot be written: {reason}.")
