"""A script that trains the network as the engine did, in NumPy or PyTorch, with its data and its weights.

The page makes the same script of the same run: `docs/files.md` names the choices and the values.
"""

import json
from typing import Literal

import numpy as np

from pellucid import __version__
from pellucid.block import Block, Floats
from pellucid.errors import ArgumentError
from pellucid.experiment import Data, Experiment
from pellucid.experiment.split import split_rows
from pellucid.exporters.architecture import Architecture
from pellucid.exporters.numbers import lines, single
from pellucid.exporters.scripts.table import assembled, pieces

Framework = Literal["numpy", "torch"]

SETTINGS = ("learning_rate", "momentum", "decay", "epsilon", "regularization_rate")


def script(block: Block, experiment: Experiment, framework: Framework = "numpy") -> str:
    """Return the text of a script.

    Parameters
    ----------
    block : Block
        The run.
    experiment : Experiment
        What is run.
    framework : {"numpy", "torch"}
        What the script computes with.

    Raises
    ------
    ArgumentError
        When there is no sample to train on.
    """
    if block.integer("TRAIN_SAMPLES") == 0:
        raise ArgumentError("A script trains its network, but this experiment has no samples to train on.")
    return assembled(pieces(framework), choices_of(block, experiment), values_of(block, experiment))


def choices_of(block: Block, experiment: Experiment) -> dict[str, list[str]]:
    """Return what decides on the pieces of the script: for each key the names that hold for the network."""
    network = Architecture.of(block, experiment)
    *hidden, output = network.activations
    squared = network.loss == "squared_error"
    bits = "bits" if block.integer("BITS") else "inputs"
    held_out = block.integer("TRAIN_SAMPLES") < block.integer("SAMPLES")
    return {
        "samples": ["points" if network.features else bits],
        "scaling": [_scaling(experiment.data)],
        "features": network.features,
        "task": ["classes" if network.classes else "numbers"],
        "names": ["given" if network.classes and network.class_names else "numbers"],
        "held_out": ["some" if held_out else "none"],
        "hidden": _different(hidden),
        "output": [output],
        "activations": _different(network.activations),
        "slopes": _different(network.activations if squared else hidden),
        "depth": ["deep" if hidden else "flat"],
        "outputs": ["one" if network.widths[-1] == 1 else "many"],
        "loss": [network.loss],
        "initializer": [experiment.network.initializer],
        "optimizer": [experiment.training.optimizer],
        "regularizer": [experiment.training.regularizer],
    }


def values_of(block: Block, experiment: Experiment) -> dict[str, str]:
    """Return the texts that are put into the pieces, by name."""
    network, training = Architecture.of(block, experiment), experiment.training
    train = block.integer("TRAIN_SAMPLES")
    batch_size = train if training.batch_size == "all" else min(training.batch_size, train)
    layers = list(zip(network.widths[1:], network.activations, strict=True))
    (x1_center, x1_scale), (x2_center, x2_scale), (value_center, value_scale) = network.scaling.values()
    return {
        "version": __version__,
        "network": " – ".join([str(network.widths[0]), *(f"{units} {name}" for units, name in layers)]),
        "widths": ", ".join(map(str, network.widths)),
        "layer_activations": ", ".join(network.activations),
        "hidden_activations": ", ".join(network.activations[:-1]),
        "train_samples": str(train),
        "batch_size": str(batch_size),
        "updates": str(int(block.get("UPDATES"))),
        **{name: repr(float(getattr(training, name))) for name in SETTINGS},
        "bias": repr(float(experiment.network.bias)),
        "initializer_scale": repr(float(experiment.network.initializer_scale)),
        "weight_seed": str(experiment.network.seed),
        "order_seed": str(training.seed),
        "low": single(network.low),
        "x_centers": f"{single(x1_center)}, {single(x2_center)}",
        "x_scales": f"{single(x1_scale)}, {single(x2_scale)}",
        "value_center": single(value_center),
        "value_scale": single(value_scale),
        "class_names": json.dumps(network.class_names or [], ensure_ascii=False),
        "samples": "\n".join(_samples(block, experiment.data)),
        "parameters": "\n\n".join("\n".join(lines(np.column_stack([W, b]))) for W, b in block.layers("PARAMETERS")),
    }


def _scaling(data: Data) -> str:
    return data.scaling if data.points is not None else "none"


def _different(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _samples(block: Block, data: Data) -> list[str]:
    """Return a line for each sample, those trained on first."""
    values = block.array("VALUES")
    if data.points is not None:
        train, held_out = split_rows(data)
        rows = np.array(data.points, dtype=np.float32).reshape(-1, 3)[train + held_out]
        points, values = rows[:, :2], rows[:, 2]
    elif not data.given:
        points = block.array("POINTS")
    else:
        points = block.array("NETWORK_INPUTS")
    bits = data.given and data.points is None and block.integer("BITS")
    texts = _bitmaps(points, data.grid if data.drawings is not None else points.shape[1]) if bits else lines(points)
    return [f"{text} {_answer(value, block)}" for text, value in zip(texts, values, strict=True)]


def _bitmaps(inputs: Floats, width: int) -> list[str]:
    """Return bits as text, with a space after so many."""
    texts = ["".join("01"[int(bit)] for bit in row) for row in inputs]
    return [" ".join(text[start : start + width] for start in range(0, len(text), width)) for text in texts]


def _answer(value: np.float32, block: Block) -> str:
    return str(int(value)) if block.integer("OUTPUT_CLASSES") else single(value)
