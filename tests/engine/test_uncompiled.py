"""The engine run as plain Python gives the bytes of the compiled one: the whole block, after every call."""

import itertools
from typing import Any

import numpy as np
import pytest

from engine.forms import ENUMERATIONS, NATIVE, SOURCE, Engine
from engine.harness import Trial

SAMPLES = 12

EXPERIMENTS: dict[str, dict[str, Any]] = {
    "tanh, sgd": {},
    "sigmoid, momentum": {"activations": "sigmoid", "optimizer": "momentum", "data_kind": "circles"},
    "relu, rmsprop, he": {"activations": "relu", "optimizer": "rmsprop", "initializer": "he"},
    "gelu, adam, l2": {
        "activations": "gelu",
        "optimizer": "adam",
        "regularizer": "l2",
        "regularization_rate": 0.01,
    },
    "sine, l1, spiral": {
        "activations": "sine",
        "regularizer": "l1",
        "regularization_rate": 0.05,
        "data_kind": "spiral",
        "classes": 3,
        "initializer": "normal",
    },
    "leaky relu, squared error per class": {
        "activations": "leaky_relu",
        "data_kind": "blobs",
        "classes": 5,
        "loss": "squared_error",
    },
    "linear, plane": {"activations": "linear", "data_kind": "plane", "initializer": "uniform", "bias": 0.1},
    "mixed layers, bumps": {"hidden": (3, 2), "activations": ("sine", "gelu"), "data_kind": "bumps"},
    "tanh targets ±1": {"loss": "squared_error", "output_activation": "tanh", "optimizer": "adam"},
    "all features, xor": {"features": tuple(ENUMERATIONS["Feature"]), "data_kind": "xor"},
    "no hidden layer": {"hidden": (), "output_kind": "per_class"},
    "zeros": {"initializer": "zeros"},
    "bits": {"bits": 1, "classes": 3},
    "bits, adam, l1": {
        "bits": 1,
        "classes": 2,
        "optimizer": "adam",
        "regularizer": "l1",
        "regularization_rate": 0.02,
    },
}


def trial(engine: Engine, **settings: Any) -> Trial:
    if "bits" in settings:
        rng = np.random.default_rng(0)
        inputs = (rng.random((SAMPLES, 9)) < 0.4).astype(np.float32)
        settings["given"] = inputs, np.arange(SAMPLES) % settings["classes"]
        return Trial(engine=engine, **settings)
    return Trial(engine=engine, samples=SAMPLES, test_share=0.17, **settings)


def expect_same_bytes(compiled: Trial, python: Trial) -> None:
    one, other = compiled.memory.view(np.uint32), python.memory.view(np.uint32)
    assert np.flatnonzero(one != other).tolist() == []


@pytest.mark.parametrize("batch_size", [1, 7, 10, 0])
@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_three_updates_give_the_same_bytes(experiment: str, batch_size: int) -> None:
    settings = EXPERIMENTS[experiment]
    compiled, python = (trial(engine, batch_size=batch_size, **settings) for engine in (NATIVE, SOURCE))
    expect_same_bytes(compiled, python)
    for function, arguments in (("step", (3,)), ("evaluate", ())):
        compiled.call(function, *arguments)
        python.call(function, *arguments)
        expect_same_bytes(compiled, python)


def test_an_epoch_of_a_batch_over_64_samples_gives_the_same_bytes() -> None:
    compiled, python = (Trial((3,), engine=engine, samples=150, batch_size=70) for engine in (NATIVE, SOURCE))
    compiled.call("epochs", 1)
    python.call("epochs", 1)
    expect_same_bytes(compiled, python)


def test_a_run_that_diverges_gives_the_same_bytes_but_for_what_is_not_a_number() -> None:
    settings: dict[str, Any] = {"activations": "linear", "learning_rate": 1e30, "samples": SAMPLES}
    compiled, python = (Trial(engine=engine, **settings) for engine in (NATIVE, SOURCE))
    compiled.call("step", 9)
    python.call("step", 9)
    for slot in ("STATUS", "FAILED_LAYER", "FAILED_REASON", "UPDATES"):
        assert compiled[slot] == python[slot]
    np.testing.assert_array_equal(compiled.parameters, python.parameters)


def test_pictures_and_predictions_are_the_same_bytes() -> None:
    compiled, python = (
        trial(engine, data_kind="spiral", classes=3, features=("x1", "x2", "sin_x1", "x1_x2"))
        for engine in (NATIVE, SOURCE)
    )
    resolution, low, high = 9, -3.0, 3.0
    units = 4 + 4 + 3 + 3
    points = np.random.default_rng(1).uniform(low, high, (70, 2)).astype(np.float32)
    palette = np.arange(1, 33, dtype=np.int32) * 0x01234567
    results = []
    for one in (compiled, python):
        surfaces = np.zeros((units, resolution, resolution), np.float32)
        one.call("surfaces", resolution, low, high, 0, surfaces)
        inputs = np.zeros((len(points), 4), np.float32)
        one.call("encode", points, len(points), inputs)
        outputs = np.zeros((len(points), 3), np.float32)
        one.call("predict", inputs, len(points), outputs)
        cells = resolution * resolution
        colours, blended = np.zeros(cells, np.int32), np.zeros(cells, np.int32)
        one.engine.call("paint", surfaces[5], cells, 0.0, 0.0, palette, palette.size, colours)
        one.engine.call("paint_classes", surfaces[-3:], cells, 3, 0, palette, blended)
        results.append([array.tobytes() for array in (surfaces, inputs, outputs, colours, blended)])
    assert results[0] == results[1]


FULL: dict[str, list[Any]] = {
    "data_kind": [kind for kind in ENUMERATIONS["DataKind"] if kind != "given"],
    "activations": [kind for kind in ENUMERATIONS["Activation"] if kind != "softmax"],
    "loss": ["auto", "squared_error"],
    "optimizer": list(ENUMERATIONS["Optimizer"]),
    "batch_size": [1, 7, 10, 0],
}


@pytest.mark.heavy
@pytest.mark.parametrize("data_kind", FULL["data_kind"])
@pytest.mark.parametrize("regularizer", ENUMERATIONS["Regularizer"])
def test_every_eleventh_experiment_of_the_matrix_gives_the_same_bytes(data_kind: str, regularizer: str) -> None:
    names = [name for name in FULL if name != "data_kind"]
    for values in itertools.islice(itertools.product(*(FULL[name] for name in names)), 0, None, 11):
        settings = dict(zip(names, values, strict=True), data_kind=data_kind, regularizer=regularizer)
        both = [trial(engine, hidden=(3, 2), regularization_rate=0.01, **settings) for engine in (NATIVE, SOURCE)]
        for one in both:
            one.call("step", 3)
            one.call("evaluate")
        expect_same_bytes(*both)
