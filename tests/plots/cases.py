"""Runs that are drawn, trained a little; no test changes them."""

import functools

import numpy as np

from pellucid import Experiment, Run, raster
from pellucid.library import library
from pellucid.live_network import LiveNetwork
from pellucid.preparation import prepare

SEEDS = range(1, 7)


@functools.cache
def moons() -> Run:
    """Two classes, one output, half of the samples held out."""
    return _trained(Experiment(), 40)


@functools.cache
def spiral() -> Run:
    """Four classes, and more units than a picture shows."""
    return _trained(
        Experiment(
            data={"kind": "spiral", "classes": 4, "noise": 0.1},
            features=("x1", "x2", "x1_squared", "sin_x1"),
            network={"hidden": [{"units": 12}, {"units": 6, "activation": "relu"}]},
        ),
        60,
    )


@functools.cache
def bumps() -> Run:
    """Numbers to fit."""
    return _trained(Experiment(data={"kind": "bumps"}, network={"hidden": [{"units": 8}, {"units": 6}]}), 60)


@functools.cache
def table() -> Run:
    """Given points in units of their own, with names that Matplotlib could take for mathematics."""
    points = np.random.default_rng(0).normal(size=(80, 2)) * [4, 900] + [170, 30_000]
    labels = (points[:, 0] > 170).astype(float)
    data = {
        "kind": "given",
        "points": np.column_stack([points, labels]),
        "scaling": "standard",
        "axes": ["height in cm", "income in $"],
        "class_names": ["$mall$", "tall"],
        "held_out": list(range(20)),
    }
    return _trained(Experiment(data=data), 20)


@functools.cache
def fitted() -> Run:
    """Numbers to fit in units of their own."""
    x = np.random.default_rng(1).uniform(0, 10, size=(60, 2))
    data = {
        "kind": "given",
        "points": np.column_stack([x, 500 + 30 * x[:, 0]]),
        "classes": 0,
        "scaling": "standard",
    }
    return _trained(Experiment(data=data), 20)


@functools.cache
def drawings(grid: int = 6, units: int = 12) -> Run:
    """Characters, of which each pixel is an input."""
    drawn = [raster.text_of(raster.by_hand(character, seed=seed)) for seed in SEEDS for character in "XO"]
    experiment = Experiment.for_drawings(drawn, [0, 1] * len(SEEDS), ["X", "O"])
    return _trained(experiment.replace_all({"data.grid": grid, "network.hidden": [{"units": units}]}), 10)


@functools.cache
def given(inputs: int = 5) -> Run:
    """Inputs that are no points, of three classes with names."""
    X = np.random.default_rng(2).normal(size=(60, inputs))
    y = (X[:, 0] > 0).astype(float) + (X[:, 1] > 0)
    data = {
        "kind": "given",
        "inputs": X,
        "targets": y,
        "classes": 3,
        "class_names": ["setosa", "versicolor", "virginica"],
        "held_out": list(range(15)),
    }
    return _trained(Experiment(data=data, network={"hidden": [{"units": 7}]}), 20)


class Estimator:
    """What a fitted estimator looks like from outside: a network without samples, and names of its own."""

    def __init__(self, inputs: int = 2) -> None:
        run = given(inputs)
        data = {"kind": "given", "classes": 3, "points": []} if inputs == 2 else run.experiment.data.model_dump()
        experiment = Experiment(data=data, network=run.experiment.network)
        self.network_ = LiveNetwork(prepare(library(), experiment))
        self.network_._block.array("PARAMETERS")[:] = run._block.array("PARAMETERS")
        self.loss_curve_ = [0.9, 0.5, 0.4]
        self.classes_ = np.array(["ant", "bee", "cat"])
        self.feature_names_in_ = np.array([f"feature {number}" for number in range(inputs)], dtype=object)


def _trained(experiment: Experiment, epochs: int) -> Run:
    run = Run(experiment)
    run.epoch(epochs)
    return run
