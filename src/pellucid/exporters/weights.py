"""Weights as files, in three formats: JSON, NumPy's NPZ, and safetensors. `docs/files.md` describes them."""

import io
import json

import numpy as np

from pellucid.block import Block, Floats
from pellucid.experiment import Experiment
from pellucid.exporters.about import about_json
from pellucid.exporters.numbers import single
from pellucid.extras import need


def tensors(block: Block) -> dict[str, Floats]:
    """Return the weights (n_out, n_in) and biases (n_out,) of all layers by their names in a file, in C order."""
    named = {}
    for layer, (W, b) in enumerate(block.layers("PARAMETERS")):
        named[f"layers.{layer}.weight"] = np.array(W, dtype="<f4", order="C")
        named[f"layers.{layer}.bias"] = np.array(b, dtype="<f4")
    return named


def to_json(block: Block, experiment: Experiment) -> str:
    """Return the weights as JSON, every number in the fewest digits that give it back."""
    listed = ",\n".join(f"  {json.dumps(name)}: {_listed(array)}" for name, array in tensors(block).items())
    return f'{{\n "pellucid": {about_json(block, experiment)},\n "weights": {{\n{listed}\n }}\n}}\n'


def to_npz(block: Block, experiment: Experiment) -> bytes:
    """Return the weights as an archive of NumPy."""
    archive = io.BytesIO()
    about = {"pellucid": np.array(about_json(block, experiment))}
    np.savez_compressed(archive, allow_pickle=False, **tensors(block), **about)
    return archive.getvalue()


def to_safetensors(block: Block, experiment: Experiment) -> bytes:
    """Return the weights as safetensors.

    Raises
    ------
    MissingExtraError
        When the library is not installed.
    """
    library = need("safetensors.numpy", "Writing safetensors")
    content: bytes = library.save(tensors(block), metadata={"pellucid": about_json(block, experiment)})
    return content


def _listed(array: Floats) -> str:
    """Return an array as a list of JSON, a row a line."""
    if array.ndim == 1:
        return f"[{', '.join(map(single, array))}]"
    return "[\n   " + ",\n   ".join(_listed(row) for row in array) + "\n  ]"
