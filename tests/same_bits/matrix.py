"""The experiments whose bits are compared: every pair of choices, and the whole product."""

import itertools
import random
from collections.abc import Iterator
from typing import Any, get_args

from pellucid.experiment import (
    FEATURES,
    Activation,
    DataKind,
    Experiment,
    Initializer,
    Optimizer,
    OutputActivation,
    Regularizer,
)
from pellucid.experiment.data import KINDS_WITH_CLASSES, REGRESSION_KINDS
from same_bits.case import Case

SEED = 2
CANDIDATES = 60

Choice = dict[str, Any]
"""A value for each axis, or for some."""

Pair = tuple[tuple[str, Any], tuple[str, Any]]

AXES: dict[str, tuple[Any, ...]] = {
    "data": get_args(DataKind),
    "activation": (*get_args(Activation), None),
    "objective": ("cross_entropy", *(name for name in get_args(OutputActivation) if name != "auto")),
    "outputs": ("single", "per_class"),
    "optimizer": get_args(Optimizer),
    "regularizer": get_args(Regularizer),
    "initializer": get_args(Initializer),
    "batch_size": (1, 7, 10, "all"),
    "classes": (2, 3, 5),
    "features": (("x1", "x2"), FEATURES, ("sin_x1",), ("x1_squared", "x2_squared", "x1_x2"), None),
    "hidden": ((), (1,), (6,), (4, 3), (8, 8, 8), (3, 5, 4, 7, 2, 6, 4, 3)),
}
"""Cross-entropy is binary or softmax by the number of outputs; the other objectives are squared error's activations.

No activation goes with no hidden layer, and no features with given data, which here are bits.
"""

PRODUCT = ("data", "activation", "objective", "outputs", "optimizer", "regularizer", "initializer", "batch_size")
"""Axes whose product is run with the marker `heavy`; there the others are drawn."""

EVERY = 37
"""The product has 211,200 experiments; one in so many (a prime, so that every choice keeps its share) takes minutes."""

LEARNING_RATES = {"sgd": 0.02, "momentum": 0.005, "rmsprop": 0.003, "adam": 0.01}
"""So small that hardly a network diverges: of one that does, less is compared."""


def pairwise() -> Iterator[Case]:
    """Yield few experiments in which every two choices that can meet do meet."""
    rng = random.Random(SEED)
    wanted = dict.fromkeys(all_pairs())
    while wanted:
        start = dict(next(iter(wanted)))
        candidates = [completed(start, rng) for _ in range(CANDIDATES)]
        best = max(candidates, key=lambda choice: sum(pair in wanted for pair in pairs(choice)))
        for pair in pairs(best):
            wanted.pop(pair, None)
        yield detailed(best, rng, most_samples=150, updates=rng.randint(30, 100))


def product() -> Iterator[Case]:
    """Yield an experiment for one in EVERY combinations of the axes in PRODUCT."""
    rng = random.Random(SEED)
    for values in itertools.islice(itertools.product(*(AXES[axis] for axis in PRODUCT)), 0, None, EVERY):
        choice = dict(zip(PRODUCT, values, strict=True))
        if allowed(choice):
            yield detailed(completed(choice, rng), rng, most_samples=40, updates=30)


def all_pairs() -> Iterator[Pair]:
    """Yield every two values of different axes that can meet."""
    places = [[(axis, value) for value in AXES[axis]] for axis in AXES]
    for first, second in itertools.combinations(places, 2):
        yield from (pair for pair in itertools.product(first, second) if allowed(dict(pair)))


def pairs(choice: Choice) -> Iterator[Pair]:
    """Yield every two of the values chosen, in the order of the axes."""
    return itertools.combinations(((axis, choice[axis]) for axis in AXES), 2)


def allowed(choice: Choice) -> bool:
    """Return whether these choices, of some or all axes, can meet."""
    kind, outputs, classes = choice.get("data"), choice.get("outputs"), choice.get("classes", 2)
    if kind in REGRESSION_KINDS and (choice.get("objective") == "cross_entropy" or outputs == "per_class"):
        return False
    if classes > 2 and (outputs == "single" or ("data" in choice and kind not in KINDS_WITH_CLASSES)):
        return False
    if {"features", "data"} <= choice.keys() and (choice["features"] is None) != (kind == "given"):
        return False
    return not {"activation", "hidden"} <= choice.keys() or (choice["activation"] is None) == (choice["hidden"] == ())


def choice_of(experiment: Experiment) -> Choice:
    """Return the choices that an experiment has been made from."""
    data, network, training = experiment.data, experiment.network, experiment.training
    return {
        "data": data.kind,
        "activation": network.hidden[0].activation if network.hidden else None,
        "objective": network.output_activation if training.loss == "squared_error" else "cross_entropy",
        "outputs": network.outputs,
        "optimizer": training.optimizer,
        "regularizer": training.regularizer,
        "initializer": network.initializer,
        "batch_size": training.batch_size,
        "classes": data.classes,
        "features": None if data.given else experiment.features,
        "hidden": tuple(layer.units for layer in network.hidden),
    }


def completed(choice: Choice, rng: random.Random) -> Choice:
    """Return the choice with the axes that it leaves open drawn at random."""
    choice = dict(choice)
    for axis in rng.sample(list(AXES), len(AXES)):
        if axis not in choice:
            choice[axis] = rng.choice([each for each in AXES[axis] if allowed({**choice, axis: each})])
    return choice


def detailed(choice: Choice, rng: random.Random, most_samples: int, updates: int) -> Case:
    """Return the experiment of a choice; its seeds, rates and numbers are drawn."""
    squared = choice["objective"] != "cross_entropy"
    samples = rng.randint(10, most_samples)
    data = {
        "kind": choice["data"],
        "classes": choice["classes"],
        "samples": samples,
        "noise": rng.choice((0.0, 0.1, 0.25)),
        "test_share": rng.choice((0.0, 0.3, 0.5)),
        "seed": rng.getrandbits(31),
    }
    if choice["data"] == "given":
        data |= bits(rng, samples=min(samples, 40), width=36, classes=choice["classes"])
    return Case(
        Experiment(
            data=data,
            features=choice["features"] or FEATURES,
            network={
                "hidden": [{"units": units, "activation": choice["activation"]} for units in choice["hidden"]],
                "outputs": choice["outputs"],
                "output_activation": choice["objective"] if squared else "auto",
                "initializer": choice["initializer"],
                "initializer_scale": rng.choice((0.2, 0.5)),
                "bias": rng.choice((0.0, 0.1)),
                "seed": rng.getrandbits(31),
            },
            training={
                "loss": "squared_error" if squared else "cross_entropy",
                "optimizer": choice["optimizer"],
                "learning_rate": LEARNING_RATES[choice["optimizer"]],
                "momentum": rng.choice((0.5, 0.9)),
                "decay": rng.choice((0.9, 0.999)),
                "regularizer": choice["regularizer"],
                "regularization_rate": rng.choice((0.001, 0.03)),
                "batch_size": choice["batch_size"],
                "seed": rng.getrandbits(31),
            },
        ),
        updates,
    )


def bits(rng: random.Random, samples: int, width: int, classes: int) -> Choice:
    """Return given data: rows of bits, of which about a third are 1, and their classes."""
    return {
        "inputs": [[int(rng.random() < 0.35) for _ in range(width)] for _ in range(samples)],
        "targets": [rng.randrange(classes) for _ in range(samples)],
    }
