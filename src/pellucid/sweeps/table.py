"""The table of results: its columns, and its rows as lines of CSV."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pellucid.errors import StateError
from pellucid.sweeps.plan import Combination, Plan, PlannedRun
from pellucid.sweeps.spec import SEED_PATHS
from pellucid.sweeps.work import Outcome

OUTCOMES = tuple(name for name in Outcome._fields if name != "key")
INTEGERS = frozenset({"epochs", "updates"})
TEXTS = frozenset({"status", "reason", "weights_sha256", "key"})


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


def rows_in(text: str, path: object) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows of a results file.

    Raises
    ------
    StateError
        When a line has too many or too few cells.
    """
    header, *rows = csv.reader(io.StringIO(text)) if text else ([],)
    for number, row in enumerate(rows, 2):
        if len(row) != len(header):
            raise StateError(
                f"Line {number} of {str(path)!r} has {len(row)} cells, but the first line has {len(header)}; "
                "mend or remove it, and its run is made again."
            )
    return header, rows


def outcome_of(cells: Mapping[str, str]) -> Outcome:
    """Return the outcome in a row.

    Raises
    ------
    ValueError
        When a cell holds no number where there must be one.
    """
    values = {name: _read(name, cells[name]) for name in OUTCOMES}
    return Outcome(key=cells["key"], **values)


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
    if name in TEXTS:
        return cell if cell or name != "weights_sha256" else None
    if name in INTEGERS:
        return int(cell)
    return float(cell) if cell else None


def _flat(value: Any) -> Any:
    if value is None or isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value
