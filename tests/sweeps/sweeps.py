"""Small sweeps, and what their results are known by."""

import csv
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pellucid.sweeps import Sweep
from pellucid.sweeps.plan import Plan, plan

BOUND = 180.0
"""Seconds within which anything that is waited for has to happen on a busy machine."""

SMALL: dict[str, Any] = {
    "grid": {"network.hidden.0.units": [1, 2], "data.kind": ["circles", "moons"]},
    "seeds": 4,
    "epochs": 20,
}


def planned(**settings: Any) -> Plan:
    return plan(Sweep(**{**SMALL, **settings}))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def without_times(path: Path) -> set[tuple[tuple[str, str], ...]]:
    """Return the rows of a results file as a set, without the seconds, which differ."""
    return {tuple((name, cell) for name, cell in row.items() if name != "seconds") for row in rows_of(path)}


def spec_file(folder: Path, **settings: Any) -> Path:
    """Write a sweep as TOML."""
    path = folder / "spec.toml"
    settings = {**SMALL, **settings}
    grid = settings.pop("grid")
    lines = [f"{name} = {value!r}" for name, value in settings.items()]
    lines += ["[grid]", *(f'"{name}" = {values!r}' for name, values in grid.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def wait_for(what: Callable[[], object]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + BOUND
    while not what():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.02)


@contextmanager
def here(folder: Path) -> Iterator[None]:
    """Be in a folder."""
    import os

    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
