"""From a sweep to its runs: each with the settings that it has, its seeds, and a key by which its result is known."""

import hashlib
import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

from pellucid.errors import ArgumentError, ExperimentError
from pellucid.experiment import Experiment
from pellucid.sweeps.spec import SEED_PATHS, Sweep

MOST_RUNS = 1_000_000

Seeds = tuple[int, int, int]
"""The seeds of the data, of the weights and of the order."""


class PlannedRun(NamedTuple):
    """A run of a sweep.

    Attributes
    ----------
    key : str
        What its result is known by, see `key_of`.
    combination : int
        Which of the plan's combinations it has.
    seeds : tuple of three int
        The seeds of the data, of the weights and of the order.
    """

    key: str
    combination: int
    seeds: Seeds


@dataclass(frozen=True)
class Combination:
    """Values of the settings that vary, and the experiment that they make."""

    changes: Mapping[str, Any]
    experiment: Experiment


@dataclass(frozen=True)
class Plan:
    """All runs of a sweep, seed by seed, so that every combination has some results early."""

    sweep: Sweep
    combinations: tuple[Combination, ...]
    runs: tuple[PlannedRun, ...]


def plan(sweep: Sweep) -> Plan:
    """Return the runs of a sweep, with every combination checked.

    Raises
    ------
    ExperimentError
        When a path is no setting or a value is not allowed there, or a combination contradicts itself.
    ArgumentError
        When there are more than a million runs.

    Examples
    --------
    >>> planned = plan(Sweep(grid={"network.hidden.0.units": [1, 2], "data.kind": ["circles", "moons"]}, seeds=3))
    >>> len(planned.combinations), len(planned.runs), planned.combinations[1].changes
    (4, 12, {'network.hidden.0.units': 1, 'data.kind': 'moons'})
    >>> plan(Sweep(grid={"training.learning_rat": [0.1]}))
    Traceback (most recent call last):
    pellucid.errors.ExperimentError: `training.learning_rat` is not a setting; known are loss, optimizer, \
learning_rate, momentum, decay, epsilon, regularizer, regularization_rate, batch_size and seed; \
did you mean 'learning_rate'?
    """
    count = math.prod(map(len, sweep.grid.values())) * (sweep.draws if sweep.random else 1) * len(sweep.seed_numbers)
    if count > MOST_RUNS:
        raise ArgumentError(f"The sweep has {count:,} runs, but may have {MOST_RUNS:,} at most.")
    found: dict[Experiment | str, Combination] = {}
    for changes in _changes(sweep):
        experiment = _changed(sweep.experiment, changes)
        # A draw that comes up again would be the same run again.
        found.setdefault(experiment.to_json(None), Combination(_as_checked(experiment, changes), experiment))
    combinations = tuple(found.values())
    stems = [_stem(each.experiment, sweep.length) for each in combinations]
    runs = []
    for seed in sweep.seed_numbers:
        for place, combination in enumerate(combinations):
            seeds = seeds_of(combination.experiment, sweep, seed)
            runs.append(PlannedRun(_key(stems[place], seeds), place, seeds))
    return Plan(sweep, combinations, tuple(runs))


def key_of(experiment: Experiment, length: tuple[str, int]) -> str:
    """Return what a run is known by: the beginning of a SHA-256 of its experiment and of how long it is trained.

    Parameters
    ----------
    experiment : Experiment
        What is run, with its seeds.
    length : tuple of str and int
        ``("epochs", 300)`` or ``("updates", 4500)``.

    Examples
    --------
    >>> planned = plan(Sweep(grid={"data.kind": ["moons"]}, seeds=[7], epochs=20))
    >>> alone = Experiment(data={"seed": 7}, network={"seed": 7}, training={"seed": 7})
    >>> planned.runs[0].key == key_of(alone, ("epochs", 20))
    True
    """
    return _key(_stem(experiment, length), _own_seeds(experiment))


def with_seeds(experiment: Experiment, seeds: Seeds) -> Experiment:
    """Return an experiment with other seeds, which are not checked again."""
    data, weights, order = seeds
    return experiment.model_copy(
        update={
            "data": experiment.data.model_copy(update={"seed": data}),
            "network": experiment.network.model_copy(update={"seed": weights}),
            "training": experiment.training.model_copy(update={"seed": order}),
        }
    )


def seeds_of(experiment: Experiment, sweep: Sweep, seed: int) -> Seeds:
    """Return the three seeds of a run: the sweep's seed where the sweep sets it, else the experiment's own."""
    data, weights, order = (
        seed if name in sweep.seeds_of else own for name, own in zip(SEED_PATHS, _own_seeds(experiment), strict=True)
    )
    return data, weights, order


def value_at(document: Any, path: str) -> Any:
    """Return what nested dictionaries and sequences hold at a path such as ``network.hidden.0.units``."""
    for name in path.split("."):
        document = document[name] if isinstance(document, Mapping) else document[int(name)]
    return document


def _changes(sweep: Sweep) -> list[dict[str, Any]]:
    """Return the values of each combination, with the ends of ranges checked."""
    base = sweep.experiment.model_dump()
    random = Random(sweep.draw_seed)  # noqa: S311, for draws and not for secrets
    whole = {path: _is_whole(base, path, sweep) for path in sweep.random}
    drawn: list[dict[str, Any]] = [{}]
    if sweep.random:
        drawn = [
            {path: draw.value(random, whole=whole[path]) for path, draw in sweep.random.items()}
            for _ in range(sweep.draws)
        ]
    found = [
        {**dict(zip(sweep.grid, values, strict=True)), **draw}
        for values in itertools.product(*sweep.grid.values())
        for draw in drawn
    ]
    for path, draw in sweep.random.items():
        for end in (draw.low, draw.high):
            if end is not None:
                value = int(end) if whole[path] and end.is_integer() else end
                _check_end(sweep.experiment, path, value, found)
    return found


def _check_end(base: Experiment, path: str, end: float, found: Sequence[Mapping[str, Any]]) -> None:
    """Refuse an end of a range that is allowed in no combination: with more draws, a value near it would come."""
    first = None
    for changes in found:
        try:
            _changed(base, {**changes, path: end})
        except ExperimentError as error:
            first = first or error
        else:
            return
    if first is not None:
        raise ExperimentError(((path, f"`random.{path}`: {first.faults[0][1]}"),))


def _is_whole(base: Any, path: str, sweep: Sweep) -> bool:
    """Tell whether a setting that is drawn from a range is a whole number, by the value that it has."""
    if sweep.random[path].choices is not None:
        return False
    try:
        value = value_at(base, path)
    except (KeyError, IndexError, TypeError, ValueError):
        _changed(sweep.experiment, {path: sweep.random[path].low})  # says what is wrong with it
        raise
    if not isinstance(value, int | float):
        text = f"`random.{path}` is a range, but the setting is no number; choose from a list."
        raise ExperimentError(((path, text),))
    return isinstance(value, int)


def _changed(base: Experiment, changes: Mapping[str, Any]) -> Experiment:
    """Return the experiment with some changes, the ones nearer to its top first."""
    try:
        return base.replace_all(dict(sorted(changes.items(), key=lambda each: each[0].count("."))))
    except ExperimentError as error:
        if len(changes) < 2 or str(error) in (_fault_of(base, path, value) for path, value in changes.items()):
            raise
        values = ", ".join(f"{path} {value}" for path, value in changes.items())
        raise ExperimentError(((error.faults[0][0], f"{error} (With {values}.)"),)) from None


def _fault_of(base: Experiment, path: str, value: Any) -> str | None:
    """Return what is wrong with one change alone."""
    try:
        base.replace(path, value)
    except ExperimentError as error:
        return str(error)
    return None


def _as_checked(experiment: Experiment, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes as the experiment has them: 1 for a number with decimals is 1.0."""
    document = experiment.model_dump(mode="json")
    return {path: _as_given(value_at(document, path), value) for path, value in changes.items()}


def _as_given(checked: Any, value: Any) -> Any:
    """Return a checked value without the defaults of an object's settings that were not given."""
    if isinstance(value, Mapping) and isinstance(checked, Mapping):
        return {name: _as_given(checked[name], value[name]) for name in value}
    return checked


def _own_seeds(experiment: Experiment) -> Seeds:
    return experiment.data.seed, experiment.network.seed, experiment.training.seed


def _stem(experiment: Experiment, length: tuple[str, int]) -> str:
    """Return what the keys of all seeds of an experiment have in common."""
    return f"{with_seeds(experiment, (0, 0, 0)).to_json(None)} {length[0]} {length[1]}"


def _key(stem: str, seeds: Seeds) -> str:
    return hashlib.sha256(f"{stem} {seeds[0]} {seeds[1]} {seeds[2]}".encode()).hexdigest()[:20]
