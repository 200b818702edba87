"""Weights from a file or a dictionary, checked against a network before anything is changed.

What a file holds is told by its content, not by its name. Errors are one sentence, which names the file and the layer.
"""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from pellucid.block import Block, Floats
from pellucid.errors import StateError
from pellucid.experiment.faults import shown
from pellucid.extras import need
from pellucid.saved import text_of

NAME = re.compile(r"(?:.*\.)?([0-9]{1,9})\.(weight|bias)")
"""A name ends in a number and in what it is: layers.0.weight, and 0.weight of a state_dict of PyTorch."""

NO_NAMES = "there are no names such as layers.0.weight in it"

MOST_BYTES = 256 * 1024 * 1024
"""Of an unpacked archive: some times what the largest network takes."""

UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    EOFError,
    OSError,
    KeyError,
    RuntimeError,  # of an archive with a password; and what zipfile does not implement
    MemoryError,
)
"""What NumPy and zipfile raise for an archive that they cannot read."""

Layers = list[tuple[Floats, Floats]]
Weights = str | Path | Mapping[str, npt.ArrayLike]


def put_weights(block: Block, weights: Weights) -> None:
    """Set all weights and biases, and let the optimiser forget what it remembers of the former ones.

    Parameters
    ----------
    block : Block
        The run; its counters and its order of samples stay.
    weights : str, Path or mapping of str to array_like
        A file, or arrays by their names in one.

    Raises
    ------
    StateError
        When there is no such file, or it does not hold the weights of this network; nothing is changed then.
    """
    if isinstance(weights, Mapping):
        source, found = "The dictionary", dict(weights)
    else:
        source, found = f"The file {str(weights)!r}", _read(text_of(weights), f"The file {str(weights)!r}")
    layers = _fitting(_layers(found, source), block, source)
    for (W, b), (new_W, new_b) in zip(block.layers("PARAMETERS"), layers, strict=True):
        W[:], b[:] = new_W, new_b
    for memory in ("MOMENTS_1", "MOMENTS_2"):
        block.array(memory)[:] = 0
    for power in ("MOMENTUM_POWER", "DECAY_POWER"):
        block.set(power, 1)
    block.set("STATUS", block.library.enumerations["Status"]["running"])


def form_of(content: bytes) -> Literal["npz", "safetensors", "json"]:
    """Return the form of a file by how it begins; JSON is whatever is nothing else."""
    if content.startswith(b"PK"):
        return "npz"
    return "safetensors" if content[8:9] == b"{" and not content.lstrip().startswith(b"{") else "json"


def _read(content: bytes, source: str) -> dict[str, Any]:
    """Return arrays, or lists, by name."""
    readers = {"npz": _read_npz, "safetensors": _read_safetensors, "json": _read_json}
    return readers[form_of(content)](content, source)


def _read_npz(content: bytes, source: str) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size <= MOST_BYTES:
            with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
                return {name: arrays[name] for name in arrays.files if name != "pellucid"}
    except UNREADABLE:
        reason = "it is damaged, or its arrays are not plain numbers"
        raise StateError(f"{source} does not hold weights: {reason}.") from None
    raise StateError(f"{source} holds more than {MOST_BYTES // 1024**2} MB, but no network is so large.")


def _read_safetensors(content: bytes, source: str) -> dict[str, Any]:
    library = need("safetensors.numpy", "Reading safetensors")
    try:
        arrays: dict[str, Any] = library.load(content)
    except (need("safetensors", "Reading safetensors").SafetensorError, KeyError, TypeError, ValueError):
        reason = "it is damaged, or holds numbers of another type than float64, float32 and float16"
        raise StateError(f"{source} does not hold weights: {reason}.") from None
    return arrays


def _read_json(content: bytes, source: str) -> dict[str, Any]:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        reason = "it is neither JSON, NPZ nor safetensors, or only a part of one"
        raise StateError(f"{source} does not hold weights: {reason}.") from None
    found = document.get("weights", document) if isinstance(document, dict) else document
    if not isinstance(found, dict):
        raise StateError(f"{source} does not hold weights: {NO_NAMES}.")
    if found is document and "state" in found:
        raise StateError(f"{source} holds a saved run, not weights: open it with Run.open.")
    if found is document and found.keys() & {"data", "network", "training"}:
        raise StateError(f"{source} holds an experiment, which has no weights: open it with Experiment.open.")
    return found


def _layers(found: Mapping[str, Any], source: str) -> Layers:
    """Return the weights and biases in the order of the layers."""
    if not found:
        raise StateError(f"{source} does not hold weights: {NO_NAMES}.")
    numbered: dict[int, dict[str, Floats]] = {}
    for name, array in found.items():
        match = NAME.fullmatch(str(name))
        if match is None:
            raise StateError(
                f"{source} does not hold weights: `{shown(str(name))[1:-1]}` is not a name such as layers.0.weight "
                "or layers.0.bias."
            )
        layer = numbered.setdefault(int(match[1]), {})
        if match[2] in layer:
            raise StateError(f"{source} names the {match[2]} of layer {match[1]} twice.")
        layer[match[2]] = _finite(array, str(name), source)
    for number, layer in numbered.items():
        for missing in {"weight", "bias"} - layer.keys():
            raise StateError(f"{source} has no {missing} for layer {number}, but each layer must have both.")
    return [(layer["weight"], layer["bias"]) for _, layer in sorted(numbered.items())]


def _finite(array: object, name: str, source: str) -> Floats:
    """Return an array of finite float32."""
    try:
        numbers = np.asarray(array)
    except (ValueError, TypeError, OverflowError):
        numbers = np.array("not numbers")
    if numbers.dtype.kind not in "fiu":
        raise StateError(
            f"`{name}` must be rows of numbers, all of one length, but {_lower(source)} has something else."
        )
    with np.errstate(over="ignore"):
        singles: Floats = numbers.astype(np.float32)
    if not np.isfinite(singles).all():
        raise StateError(
            f"`{name}` must be finite float32 numbers, but {_lower(source)} has NaN, infinity or a number too large."
        )
    return singles


def _fitting(layers: Layers, block: Block, source: str) -> Layers:
    """Return layers of the network's own shapes, or name the first that has another."""
    own = block.layers("PARAMETERS")
    if len(layers) != len(own):
        raise StateError(
            f"{source} has {_counted(len(layers))} (the outputs are one), but this network has {len(own)}."
        )
    for place, (found, mine) in enumerate(zip(layers, own, strict=True)):
        layer = "the output layer" if place == len(own) - 1 else f"hidden layer {place + 1}"
        for what, array, expected in zip(("weights", "biases"), found, mine, strict=True):
            if array.shape != expected.shape:
                here, there = f"{expected.shape} in this network", f"{array.shape} in {_lower(source)}"
                raise StateError(f"The {what} of {layer} are {there}, but {here}.")
    return layers


def _counted(layers: int) -> str:
    return "1 layer" if layers == 1 else f"{layers} layers"


def _lower(source: str) -> str:
    return source[0].lower() + source[1:]
