"""Experiments for the exports: every kind of data, and every choice of network and training."""

from typing import Any

from pellucid import Experiment, raster
from pellucid.engine.random import mixed

ACTIVATIONS = ("linear", "sigmoid", "tanh", "relu", "leaky_relu", "gelu", "sine")
OPTIMIZERS = {"sgd": 0.1, "momentum": 0.03, "rmsprop": 0.01, "adam": 0.01}
"""With learning rates at which a run settles: in one that jumps about, differences in the last digit grow."""


def points(rows: int, values: int, *, far: bool = False) -> list[list[float]]:
    """Return given points; far ones are in units of their own. The values are classes, or with 0 of them numbers."""
    found = []
    for row in range(rows):
        x1, x2 = (mixed(2 * row + axis) / 2**32 * 4 - 2 for axis in (0, 1))
        value = float((x1 * x1 > x2) + (x1 > x2)) % values if values else 0.5 * x1 * x2 + 0.1
        found.append([170 + 12.5 * x1, 0.002 * x2, value] if far else [x1, x2, value])
    return found


def drawn(classes: str = "XO", each: int = 4, grid: int = 8) -> Experiment:
    """Return an experiment with drawings by the engine's own hand."""
    names = classes * each
    drawings = [raster.text_of(raster.by_hand(name, seed=seed)) for seed, name in enumerate(names)]
    experiment = Experiment.for_drawings(drawings, [classes.index(name) for name in names], list(classes))
    return experiment.replace_all({"data.grid": grid, "data.held_out": [1, 6]})


def given(rows: int, classes: int, **settings: Any) -> dict[str, Any]:
    """Return data of given points."""
    return {"kind": "given", "points": points(rows, classes), "classes": classes, "test_share": 0.25, **settings}


def inputs(rows: int, width: int, classes: int, *, bits: bool) -> dict[str, Any]:
    """Return data of given inputs."""
    numbers = [[mixed(row * width + place) / 2**31 - 1 for place in range(width)] for row in range(rows)]
    targets = [sum(row[:2]) > 0 if classes else row[0] - row[1] for row in numbers]
    found = [[float(number > 0) for number in row] for row in numbers] if bits else numbers
    return {"kind": "given", "inputs": found, "targets": list(map(float, targets)), "classes": classes}


SAMPLES: dict[str, Experiment] = {
    **{kind: Experiment(data={"kind": kind}) for kind in ("blobs", "moons", "plane")},
    "three classes": Experiment(data={"kind": "blobs", "classes": 3}, training={"optimizer": "adam"}),
    "all features": Experiment(
        data={"kind": "circles"},
        features=["x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2"],
        network={"hidden": [{"units": 4, "activation": "gelu"}, {"units": 3, "activation": "leaky_relu"}]},
        training={"learning_rate": 0.03},
    ),
    "no hidden layer": Experiment(network={"hidden": []}, training={"optimizer": "momentum", "learning_rate": 0.03}),
    "points": Experiment(data=given(60, 2), training={"batch_size": "all", "optimizer": "rmsprop"}).replace(
        "training.learning_rate", 0.01
    ),
    "points of three named classes": Experiment(
        data=given(60, 3, class_names=["one", 'a "b"', "λ"], axes=["width", "height"], held_out=[3, 7, 8])
    ),
    "scaled points": Experiment(
        data={"kind": "given", "points": points(60, 2, far=True), "scaling": "standard"},
        training={"regularizer": "l1", "regularization_rate": 0.003},
    ),
    "scaled numbers": Experiment(
        data={"kind": "given", "points": points(60, 0, far=True), "classes": 0, "scaling": "standard", "test_share": 0},
        training={"regularizer": "l2", "regularization_rate": 0.003},
    ),
    "inputs": Experiment(data=inputs(50, 5, 2, bits=False), network={"initializer": "he"}),
    "bits": Experiment(data=inputs(50, 7, 2, bits=True), network={"initializer": "normal", "outputs": "per_class"}),
    "numbers of inputs": Experiment(data=inputs(50, 3, 0, bits=False), network={"bias": 0.25}),
    "drawings": drawn(),
    "squared error": Experiment(
        network={"output_activation": "tanh", "initializer": "uniform"}, training={"loss": "squared_error"}
    ),
    "squared error of classes": Experiment(
        data={"kind": "blobs", "classes": 4}, training={"loss": "squared_error", "batch_size": 100}
    ),
}
"""One of each kind."""


def matrix() -> dict[str, Experiment]:
    """Return many more, for the heavy tests."""
    found = {}
    for activation in ACTIVATIONS:
        layers = [{"units": 6, "activation": activation}, {"units": 4, "activation": activation}]
        for loss in ("cross_entropy", "squared_error"):
            network = {"hidden": layers, "output_activation": activation if loss == "squared_error" else "auto"}
            for classes in (2, 3):
                found[f"{activation}, {loss}, {classes} classes"] = Experiment(
                    data={"kind": "blobs", "classes": classes},
                    network=network,
                    training={"loss": loss, "learning_rate": 0.03},
                )
    for optimizer, rate in OPTIMIZERS.items():
        for regularizer in ("none", "l1", "l2"):
            for batch_size, slower in ((1, 0.1), (10, 1), (100, 1), ("all", 1)):
                training = {
                    "optimizer": optimizer,
                    "learning_rate": rate * slower,
                    "regularizer": regularizer,
                    "regularization_rate": 0.003,
                    "batch_size": batch_size,
                }
                found[f"{optimizer}, {regularizer}, batches of {batch_size}"] = Experiment(training=training)
    for initializer in ("glorot", "he", "uniform", "normal", "zeros"):
        found[initializer] = Experiment(network={"initializer": initializer, "seed": 5}, training={"seed": 2**31 - 1})
    for kind in ("blobs", "circles", "moons", "xor", "spiral", "plane", "bumps"):
        found[kind] = Experiment(data={"kind": kind, "seed": 3})
    found["characters"] = drawn("0123", each=6, grid=28)
    return found
