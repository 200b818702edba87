"""What Pellucid reaches beside TensorFlow Playground, on its data: ``python -m benchmarks.playground``."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import typer
from numpy.typing import NDArray

from benchmarks.report import Row, Table, markdown
from pellucid import Experiment, Run
from pellucid.experiment import FEATURES, Feature

POINTS = 500
TRAINED_ON = 250
BATCH = 10
"""Their batch size, and Pellucid's own too."""
SEEDS = 10
SIGN = {"loss": 1, "accuracy": -1}
"""1 where less is better."""

Floats = NDArray[np.float64]
Labelled = tuple[Floats, NDArray[np.bool_]]
"""Points (n, 2) in ±6 and whether each is in their positive class (n,)."""

Way = Literal["same settings", "own defaults", "own defaults, points halved"]
WAYS: tuple[Way, ...] = ("same settings", "own defaults", "own defaults, points halved")
"""Its settings; Pellucid's own; Pellucid's own on points at half size, as its plane is ±3 and theirs ±6."""


def circle(n: int, generator: np.random.Generator) -> Labelled:
    """Make a disc of radius 2.5 inside a ring from 3.5 to 5, both denser towards the middle."""
    inner = np.arange(n) < n // 2
    radius = np.where(inner, generator.uniform(0, 2.5, n), generator.uniform(3.5, 5, n))
    return _polar(radius, generator.uniform(0, 2 * np.pi, n)), inner


def xor(n: int, generator: np.random.Generator) -> Labelled:
    """Make uniform points in ±5, pushed 0.3 away from the axes; two opposite quadrants are one class."""
    points = generator.uniform(-5, 5, (n, 2))
    points += np.where(points > 0, 0.3, -0.3)
    return points, points.prod(axis=1) >= 0


def gauss(n: int, generator: np.random.Generator) -> Labelled:
    """Make two round clouds of variance 0.5 about (2, 2) and (−2, −2)."""
    first = np.arange(n) < n // 2
    return np.where(first[:, None], 2.0, -2.0) + generator.normal(0, np.sqrt(0.5), (n, 2)), first


def spiral(n: int, _: np.random.Generator) -> Labelled:
    """Make two arms of 1.75 turns, 180° apart; without noise they are always the same."""
    first = np.arange(n) < n // 2
    along = np.tile(np.arange(n // 2) / (n // 2), 2)
    return _polar(5 * along, 1.75 * 2 * np.pi * along + np.where(first, 0, np.pi)), first


def _polar(radius: Floats, angle: Floats) -> Floats:
    points: Floats = radius[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=1)
    return points


@dataclass(frozen=True)
class Figures:
    """Median test loss, ½(o − t)² with targets ±1; median and worst test accuracy (None: not noted)."""

    loss: float
    accuracy: float
    worst: float | None


@dataclass(frozen=True)
class Setting:
    """A problem, its network, and what TensorFlow Playground's own code reached in 10 and in 200 runs."""

    name: str
    shape: Callable[[int, np.random.Generator], Labelled]
    hidden: tuple[int, ...]
    features: tuple[Feature, ...]
    epochs: int
    ten: Figures
    many: Figures


XY: tuple[Feature, ...] = ("x1", "x2")
SETTINGS = (
    Setting("circle", circle, (4, 2), XY, 200, Figures(0.006, 1.0, 0.86), Figures(0.0044, 1.0, 0.824)),
    Setting("xor", xor, (4, 2), XY, 200, Figures(0.013, 0.996, 0.95), Figures(0.0075, 1.0, 0.708)),
    Setting("gauss", gauss, (4, 2), XY, 200, Figures(0.0003, 1.0, None), Figures(0.000245, 1.0, 0.996)),
    Setting("spiral", spiral, (4, 2), XY, 1000, Figures(0.431, 0.67, None), Figures(0.434, 0.656, 0.54)),
    Setting("spiral, 8 8", spiral, (8, 8), XY, 1000, Figures(0.128, 0.94, None), Figures(0.122, 0.922, 0.684)),
    Setting(
        "spiral, 8 8, all features",
        spiral,
        (8, 8),
        FEATURES,
        1000,
        Figures(0.037, 0.98, 0.79),
        Figures(0.027, 0.982, 0.88),
    ),
)


def experiment(setting: Setting, way: Way, seed: int) -> Experiment:
    """Express a setting; one seed for the data and their split, the initial weights and the order."""
    generator = np.random.default_rng(seed)
    points, positive = setting.shape(POINTS, generator)
    order = generator.permutation(POINTS)
    size = 0.5 if way == "own defaults, points halved" else 1.0
    network: dict[str, Any] = {"seed": seed}
    training: dict[str, Any] = {"seed": seed}
    if way == "same settings" or setting.hidden != SETTINGS[0].hidden:
        network["hidden"] = [{"units": units} for units in setting.hidden]
    if way == "same settings":
        network |= {"initializer": "uniform", "initializer_scale": 0.5, "bias": 0.1, "output_activation": "tanh"}
        training |= {"loss": "squared_error", "learning_rate": 0.03, "batch_size": BATCH}
    return Experiment(
        data={
            "kind": "given",
            "points": np.column_stack([points * size, positive])[order],
            "held_out": range(TRAINED_ON, POINTS),
        },
        features=setting.features,
        network=network,
        training=training,
    )


def results(setting: Setting, way: Way, seeds: int) -> Floats:
    """Train from each seed; return test loss, ½(o − t)² with t = ±1, and test accuracy: (seeds, 2)."""
    found = []
    for seed in range(seeds):
        run = Run(experiment(setting, way, seed))
        run.step(setting.epochs * TRAINED_ON // BATCH)
        test = slice(run.train_samples, None)
        outputs = run.outputs(run.points[test])[:, 0].astype(float)
        if run.experiment.loss == "cross_entropy":
            outputs = 2 * outputs - 1  # from a probability to their ±1
        targets = np.where(run.values[test] == 1, 1.0, -1.0)
        found.append((float(np.mean((outputs - targets) ** 2)) / 2, run.test_accuracy))
    return np.array(found, dtype=float)


def table(way: Way, seeds: int) -> Table:
    """Set one way beside what TensorFlow Playground's code reached: the first 10 seeds, then all if there are more."""
    heads: Row = ("test loss; accuracy (worst)", "theirs, 10 runs", "Pellucid, 10 runs", "as good?")
    if seeds > SEEDS:
        heads += ("theirs, 200 runs", f"Pellucid, {seeds} runs", "as good?")
    body: list[Row] = []
    for setting in SETTINGS:
        found = results(setting, way, seeds)
        row: Row = (setting.name, *_beside(figures(found[:SEEDS]), setting.ten))
        body.append(row + _beside(figures(found), setting.many) if seeds > SEEDS else row)
    return f"Pellucid, {way}", heads, body


def rows() -> list[Row]:
    """Say for ``python -m benchmarks`` what Pellucid's defaults reach on their data, in its own plane."""
    found: list[Row] = []
    for setting in SETTINGS:
        ours = figures(results(setting, "own defaults, points halved", SEEDS))
        goal = f"≤ {setting.ten.loss:g}; ≥ {setting.ten.accuracy:.1%}"
        reached = "reached" if _verdict(ours, setting.ten) == "yes" else "not reached"
        found.append((f"their {setting.name}: test loss; accuracy", _text(ours), goal, reached))
    return found


def figures(found: Floats) -> Figures:
    """Sum up results (seeds, 2)."""
    loss, accuracy = np.median(found, axis=0)
    return Figures(float(loss), float(accuracy), float(found[:, 1].min()))


def _text(figures: Figures) -> str:
    worst = "" if figures.worst is None else f" ({figures.worst:.1%})"
    return f"{figures.loss:.3g}; {figures.accuracy:.1%}{worst}"


def _beside(ours: Figures, theirs: Figures) -> Row:
    return _text(theirs), _text(ours), _verdict(ours, theirs)


def _verdict(ours: Figures, theirs: Figures) -> str:
    worse = [
        name for name in ("loss", "accuracy") if getattr(ours, name) * SIGN[name] > getattr(theirs, name) * SIGN[name]
    ]
    return f"not in {' and '.join(worse)}" if worse else "yes"


def main(
    seeds: Annotated[int, typer.Option(min=SEEDS, help="Seeds, from 0.")] = SEEDS,
    into: Annotated[Path | None, typer.Option("--markdown", help="Write the tables to this file, as Markdown.")] = None,
) -> None:
    """Train on TensorFlow Playground's data and show the results beside those of its own code."""
    text = markdown([table(way, seeds) for way in WAYS], [])
    typer.echo(text)
    if into:
        into.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
