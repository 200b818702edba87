"""Experiments of every sort, for Hypothesis."""

from string import ascii_letters, digits
from typing import Any, get_args

from hypothesis import strategies as st

from pellucid.experiment import FEATURES, Activation, Experiment, Initializer, Optimizer, OutputActivation, Regularizer
from pellucid.experiment.data import Grid

SEEDS = st.integers(0, 2**31 - 1)
VALUES = st.floats(-1e6, 1e6) | st.integers(-3, 3).map(float)


CHARACTERS = ascii_letters + digits + "-_"
POINTS = st.text(CHARACTERS, min_size=3, max_size=3)
STROKES = st.lists(st.lists(POINTS, min_size=1, max_size=4).map("".join), min_size=1, max_size=3).map(".".join)
CELLS = st.sampled_from([6, 11, 17, 24, 43, 67, 131]).flatmap(
    lambda length: st.text(CHARACTERS, min_size=length, max_size=length).map(".".__add__)
)
DRAWINGS = STROKES | CELLS
"""Drawings as text."""

CLASS_NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=16).filter(str.strip)


def names(choice: Any) -> st.SearchStrategy[str]:
    return st.sampled_from(get_args(choice))


@st.composite
def generated_data(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["blobs", "circles", "moons", "xor", "spiral", "plane", "bumps"]))
    classes = draw(st.integers(2, 5)) if kind in ("blobs", "spiral") else 2
    return {"kind": kind, "classes": classes, "samples": draw(st.integers(10, 5000)), "noise": draw(st.floats(0, 1))}


@st.composite
def given_data(draw: st.DrawFn) -> dict[str, Any]:
    rows, classes = draw(st.integers(1, 6)), draw(st.sampled_from([0, *range(2, 11)]))
    values = draw(st.lists(st.integers(0, classes - 1) if classes else VALUES, min_size=rows, max_size=rows))
    data: dict[str, Any] = {"kind": "given", "classes": classes}
    if draw(st.booleans()):
        data["points"] = [[draw(VALUES), draw(VALUES), value] for value in values]
    else:
        width = draw(st.integers(1, 5))
        numbers = st.integers(0, 1) if draw(st.booleans()) else VALUES
        row = st.lists(numbers, min_size=width, max_size=width)
        data |= {"inputs": draw(st.lists(row, min_size=rows, max_size=rows)), "targets": values}
    if draw(st.booleans()):
        data["held_out"] = draw(st.lists(st.integers(0, rows - 1), unique=True, max_size=rows - 1))
    if classes and draw(st.booleans()):
        data["class_names"] = draw(class_names(classes))
    return data


def class_names(classes: int) -> st.SearchStrategy[list[str]]:
    return st.lists(CLASS_NAMES, min_size=classes, max_size=classes, unique=True)


@st.composite
def given_drawings(draw: st.DrawFn) -> dict[str, Any]:
    """Draw drawings, or none; all of them may be held out."""
    rows, classes = draw(st.integers(0, 5)), draw(st.integers(2, 10))
    return {
        "kind": "given",
        "classes": classes,
        "drawings": draw(st.lists(DRAWINGS, min_size=rows, max_size=rows)),
        "targets": draw(st.lists(st.integers(0, classes - 1), min_size=rows, max_size=rows)),
        "grid": draw(names(Grid)),
        "class_names": draw(st.none() | class_names(classes)),
        "held_out": draw(st.none() | st.lists(st.integers(0, rows - 1), unique=True) if rows else st.just(())),
    }


@st.composite
def networks(draw: st.DrawFn, *, single: bool, per_class: bool, squared_error: bool) -> dict[str, Any]:
    layers = st.fixed_dictionaries({"units": st.integers(1, 512), "activation": names(Activation)})
    outputs = ["auto", *(["single"] if single else []), *(["per_class"] if per_class else [])]
    return {
        "hidden": draw(st.lists(layers, max_size=8)),
        "outputs": draw(st.sampled_from(outputs)),
        "output_activation": draw(names(OutputActivation)) if squared_error else "auto",
        "initializer": draw(names(Initializer)),
        "initializer_scale": draw(st.floats(0, 10)),
        "bias": draw(st.floats(-10, 10)),
        "seed": draw(SEEDS),
    }


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    """Any experiment that the model allows."""
    data = draw(generated_data() | given_data() | given_drawings())
    regression = data["kind"] in ("plane", "bumps") or data["classes"] == 0
    loss = draw(st.sampled_from(["auto", "squared_error", *([] if regression else ["cross_entropy"])]))
    network = draw(
        networks(
            single=regression or data["classes"] == 2,
            per_class=not regression,
            squared_error=loss == "squared_error" or (loss == "auto" and regression),
        )
    )
    training = {
        "loss": loss,
        "optimizer": draw(names(Optimizer)),
        "learning_rate": draw(st.floats(0, 100)),
        "momentum": draw(st.floats(0, 1, exclude_max=True)),
        "decay": draw(st.floats(0, 1, exclude_max=True)),
        "epsilon": draw(st.floats(1e-12, 1)),
        "regularizer": draw(names(Regularizer)),
        "regularization_rate": draw(st.floats(0, 10)),
        "batch_size": draw(st.integers(1, 10_000) | st.just("all")),
        "seed": draw(SEEDS),
    }
    return Experiment(
        data={**data, "test_share": draw(st.floats(0, 0.9)), "seed": draw(SEEDS)},
        features=draw(st.lists(st.sampled_from(FEATURES), min_size=1, unique=True)),
        network=network,
        training=training,
    )
