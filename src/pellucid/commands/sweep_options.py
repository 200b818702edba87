"""The sweep that the options of ``pellucid sweep`` describe."""

import json
from pathlib import Path
from typing import Any

from pellucid.commands.starting import found_experiment
from pellucid.errors import ArgumentError
from pellucid.experiment.faults import either
from pellucid.sweeps import Sweep
from pellucid.sweeps.spec import MEASURES, MOST_SEEDS


def chosen(
    spec: Path | None,
    grid: list[str] | None,
    experiment: str | None,
    seeds: str | None,
    epochs: str | None,
    measure: str | None,
) -> Sweep:
    """Return the sweep that the options describe."""
    settings: dict[str, Any] = {}
    if spec is not None:
        if grid or experiment is not None:
            option = "--grid" if grid else "--experiment"
            raise ArgumentError(f"{option} cannot be used with a SPEC, which says what is run.")
        read = Sweep.open(spec)
        settings = {name: getattr(read, name) for name in read.model_fields_set}
    elif not grid and seeds is None:
        raise ArgumentError(
            "What is to be run? Name a SPEC, or say it with --grid or --seeds; --example prints a SPEC."
        )
    elif experiment is not None:
        settings["experiment"] = found_experiment(experiment)
    if grid:
        settings["grid"] = dict(map(_values, grid))
    if seeds is not None:
        settings["seeds"] = number("--seeds", seeds, 1, MOST_SEEDS)
    if epochs is not None:
        settings |= {"epochs": number("--epochs", epochs, 0, 1_000_000_000), "updates": None}
    if measure is not None:
        if measure not in MEASURES:
            raise ArgumentError(f"--measure is {measure!r}, but must be {either(MEASURES)}.")
        settings["measure"] = measure
    return Sweep(**settings)


def number(option: str, text: str, low: int, high: int) -> int:
    """Return a whole number that an option says, or refuse it."""
    if text.isdecimal() and low <= int(text[:11]) <= high:
        return int(text)
    raise ArgumentError(f"{option} is {text!r}, but must be a whole number from {low} to {high}.")


def _values(option: str) -> tuple[str, list[Any]]:
    """Return the path and the values of a --grid: numbers and names with commas, or a list in JSON."""
    path, equals, text = option.partition("=")
    if not equals or not text:
        raise ArgumentError(f"--grid is {option!r}, but must be a setting and its values: data.kind=circles,moons.")
    if text.startswith("["):
        try:
            return path, list(json.loads(text))
        except ValueError:
            raise ArgumentError(f"--grid {path} is {text!r}, which begins like a list but is not JSON.") from None
    return path, [_value(each) for each in text.split(",")]


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
