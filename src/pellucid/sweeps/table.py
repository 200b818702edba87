"""The table of results: its columns, and its rows as lines of CSV."""

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from pellucid.errors import StateError
from pellucid.experiment.faults import either
from pellucid.sweeps.plan import Combination, Plan, PlannedRun
from pellucid.sweeps.spec import SEED_PATHS
from pellucid.sweeps.work import Outcome, Status

OUTCOMES = tuple(name for name in Outcome._fields if name != "key")
INTEGERS = frozenset({"epochs", "updates"})
TEXTS = frozenset({"status", "reason", "weights_sha256", "key"})
STATES: tuple[str, ...] = get_args(Status)


def columns_of(fields: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the columns: the settings that vary, the seeds, what came out, and the key.

    Examples
    --------
    >>> columns_of(["network.hidden.0.units"])[:6]
    ('network.hidden.0.units', 'data.seed', 'network.seed', 'training.seed', 'status', 'reason')
    """
    return tuple(dict.fromkeys((*fields, *SEED_PATHS.values(), *OUTCOMES, "key")))


def settings_of(run: PlannedRun, combination: Combination) -> dict[str, Any]:
    """Return the values of a run's settings that stand in the table; lists and objects as JSON."""
    values = {path: _flat(value) for path, value in combination.changes.items()}
    return {**values, **dict(zip(SEED_PATHS.values(), run.seeds, strict=True))}


def csv_lines(rows: Iterable[Sequence[Any]]) -> str:
    r"""Return rows as CSV, a line each; numbers in full, what does not exist as nothing.

    Examples
    --------
    >>> csv_lines([["moons", 0.1, None], ["a, b", 3, ""]])
    'moons,0.1,\n"a, b",3,\n'
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        writer.writerow([" ".join(cell.splitlines()) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue()


def rows_in(content: bytes, path: object) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of a results file.

    Raises
    ------
    StateError
        When a line has too many or too few cells.
    """
    text = content.decode("utf-8-sig", errors="replace")  # with the mark that spreadsheets put at the beginning
    before = csv.field_size_limit(max(len(text), 1))  # a cell may hold a setting with thousands of samples
    try:
        header, *rows = csv.reader(io.StringIO(text, newline="")) if text else ([],)
    finally:
        csv.field_size_limit(before)
    for number, row in enumerate(rows, 2):
        if len(row) != len(header):
            raise StateError(
                f"Line {number} of {str(path)!r} has {len(row)} cells, but the first line has {len(header)}; "
                "mend or remove it, and its run is made again."
            )
    return header, rows


def outcomes_in(content: bytes, plan: Plan, path: object) -> tuple[tuple[str, ...], dict[str, Outcome]]:
    """Return the columns of a results file, and by key the outcomes of those of its rows that are of a plan.

    Raises
    ------
    StateError
        When its columns are not those of the plan, or a line cannot be read.
    """
    header, rows = rows_in(content, path)
    if header and set(header) != set(columns_of(plan.sweep.fields)):
        raise StateError(f"The columns of {str(path)!r} are not those of this sweep; choose another file.")
    keys = {run.key for run in plan.runs}
    found: dict[str, Outcome] = {}
    for number, row in enumerate(rows, 2):
        cells = dict(zip(header, row, strict=True))
        if cells["key"] in keys:
            try:
                values = {name: _read(name, cells[name]) for name in OUTCOMES}
            except ValueError as error:
                raise StateError(f"Line {number} of {str(path)!r} cannot be read: {error}.") from None
            found[cells["key"]] = Outcome(key=cells["key"], **values)
    return tuple(header), found


def rows_of(plan: Plan, outcomes: Mapping[str, Outcome], columns: Sequence[str]) -> list[list[Any]]:
    """Return the rows of those runs of a plan that have an outcome, in the plan's order."""
    rows = []
    for run in plan.runs:
        if run.key in outcomes:
            cells = {**settings_of(run, plan.combinations[run.combination]), **outcomes[run.key]._asdict()}
            rows.append([cells[name] for name in columns])
    return rows


def typed(name: str, cells: Sequence[str]) -> list[Any]:
    """Return a column of texts as whole numbers, as numbers, or as it is, whichever all of it can be; '' is None.

    Examples
    --------
    >>> typed("training.batch_size", ["10", "20"]), typed("training.batch_size", ["10", "all"])
    ([10, 20], ['10', 'all'])
    >>> typed("loss", ["0.5", ""]), typed("reason", [""])
    ([0.5, None], [''])
    """
    if name in OUTCOMES or name == "key":
        return [_read(name, cell) for cell in cells]
    for kind in (int, float):
        try:
            return [kind(cell) if cell else None for cell in cells]
        except ValueError:
            continue
    return list(cells)


def _read(name: str, cell: str) -> Any:
    """Return what a cell of an outcome says, or raise a ValueError with the reason as a part of a sentence."""
    if name == "status" and cell not in STATES:
        raise ValueError(f"{name} is {cell!r}, but must be {either(STATES)}")
    if name in TEXTS:
        return cell if cell or name != "weights_sha256" else None
    if not cell and name not in INTEGERS:
        return None
    try:
        number = int(cell) if name in INTEGERS else float(cell)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        allowed = "a whole number" if name in INTEGERS else "a finite number or empty"
        raise ValueError(f"{name} is {cell!r}, but must be {allowed}")
    return number


def _flat(value: Any) -> Any:
    if value is None or isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value
