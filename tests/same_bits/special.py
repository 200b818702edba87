"""Experiments that the matrix does not have: drawings of pixels, given numbers, many samples, many or wide layers."""

import random
from collections.abc import Iterator
from typing import Any, get_args

from pellucid.experiment import Activation, Experiment
from same_bits.case import Case
from same_bits.matrix import bits


def special() -> Iterator[Case]:
    """Yield the experiments that are chosen one by one."""
    rng = random.Random(36)
    small = {"kind": "given", **bits(rng, samples=30, width=36, classes=2)}
    for batch_size, optimizer in ((1, "sgd"), (7, "adam"), (10, "momentum"), ("all", "rmsprop")):
        training = {"optimizer": optimizer, "learning_rate": 0.05, "batch_size": batch_size}
        yield drawings(small, 16, "cross_entropy", training)
        yield drawings(small, 16, "squared_error", training)
    large = {"kind": "given", "classes": 10, "test_share": 0.1, **bits(rng, samples=80, width=784, classes=10)}
    for batch_size in (1, 10, "all"):
        yield drawings(large, 32, "cross_entropy", {"learning_rate": 0.05, "batch_size": batch_size})
    yield Case(numbers(rng), 50)
    yield Case(points(rng), 50)
    for batch_size in (1, 7, "all"):
        yield with_weights(rng, numbers(rng), batch_size)
        yield with_weights(rng, Experiment(data={**small, "test_share": 0}), batch_size)
    yield Case(Experiment(network={"hidden": mixed_layers()}, training={"batch_size": 32}), 50)
    yield Case(Experiment(network={"hidden": [{"units": 512}]}, training={"batch_size": 9}), 30)
    for kind, classes in (("blobs", 2), ("spiral", 5)):
        data = {"kind": kind, "classes": classes, "samples": 5000, "noise": 0.3}
        yield Case(Experiment(data=data, training={"batch_size": 1000}), 20)
    for activation in get_args(Activation):
        yield Case(extremes(rng, activation), 40)
    yield Case(diverging(), 50)


def drawings(data: dict[str, Any], units: int, loss: str, training: dict[str, Any]) -> Case:
    """Return an experiment with drawings: one hidden layer, an output per class."""
    network = {
        "hidden": [{"units": units, "activation": "sigmoid"}],
        "outputs": "per_class",
        "output_activation": "sigmoid" if loss == "squared_error" else "auto",
        "initializer": "uniform",
    }
    return Case(Experiment(data=data, network=network, training={**training, "loss": loss}), 40)


def numbers(rng: random.Random) -> Experiment:
    """Return an experiment whose inputs are given and are not bits, in four classes."""
    inputs = [[rng.gauss(0, 1) for _ in range(5)] for _ in range(50)]
    targets = [rng.randrange(4) for _ in inputs]
    return Experiment(data={"kind": "given", "classes": 4, "inputs": inputs, "targets": targets})


def with_weights(rng: random.Random, experiment: Experiment, batch_size: int | str) -> Case:
    """Return a case whose samples have weights, some of them 0."""
    changes = {"data.test_share": 0, "training.batch_size": batch_size, "training.optimizer": "adam"}
    weights = tuple(rng.choice((0.0, 0.5, 1.0, rng.random())) for _ in experiment.data.targets or ())
    return Case(experiment.replace_all(changes), 50, weights)


def points(rng: random.Random) -> Experiment:
    """Return an experiment with given points and numbers to fit, the last of which are held out."""
    rows = [[rng.uniform(-3, 3), rng.uniform(-3, 3), rng.uniform(-1, 1)] for _ in range(70)]
    held_out = list(range(60, 70))
    return Experiment(data={"kind": "given", "classes": 0, "points": rows, "held_out": held_out})


def extremes(rng: random.Random, activation: str) -> Experiment:
    """Return an experiment with pre-activations from the smallest numbers to those that no sine can make sense of.

    It is hardly trained, since it would diverge: it is for the functions themselves.
    """
    sizes = (0.0, 1e-42, 1e-20, 1e-3, 0.3, 3.0, 10.0, 1e3, 1e6, 1e6)
    inputs = [[rng.choice((-1, 1)) * sizes[row % len(sizes)] for _ in range(20)] for row in range(60)]
    return Experiment(
        data={"kind": "given", "inputs": inputs, "targets": [row % 2 for row in range(60)]},
        network={
            "hidden": [{"units": 12, "activation": activation}],
            "output_activation": activation,
            "initializer": "uniform",
            "initializer_scale": 10.0,
        },
        training={"loss": "squared_error", "learning_rate": 1e-25, "batch_size": 7},
    )


def mixed_layers() -> list[dict[str, Any]]:
    """Return a hidden layer of each activation, and one more: as many layers as there may be."""
    return [{"units": 6, "activation": activation} for activation in (*get_args(Activation), "tanh")]


def diverging() -> Experiment:
    """Return an experiment that ends in infinity, at the same update everywhere."""
    return Experiment(
        network={"hidden": [{"units": 8, "activation": "relu"}], "output_activation": "linear"},
        training={"loss": "squared_error", "learning_rate": 3},
    )
