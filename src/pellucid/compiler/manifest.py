"""Describes the compiled engine in engine.json: functions, enumerations, slots and arrays, all read from the source."""

import hashlib
import json
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any

from pellucid.compiler.lowering import Export
from pellucid.engine import memory
from pellucid.engine.activations import Activation
from pellucid.engine.datasets import EXTENT, DataKind
from pellucid.engine.features import Feature
from pellucid.engine.handwriting import MOST_POINTS
from pellucid.engine.initializers import Initializer
from pellucid.engine.layout import OutputKind
from pellucid.engine.losses import Loss
from pellucid.engine.optimizers import Optimizer
from pellucid.engine.raster import PEN_RADIUS
from pellucid.engine.records import Record
from pellucid.engine.regularizers import Regularizer
from pellucid.engine.scaling import Scaling
from pellucid.engine.strokes import PAD, PAD_PEN, TOLERANCE

ENUMERATIONS: Sequence[type[IntEnum]] = (
    DataKind, Scaling, Feature, Activation, Loss, Regularizer, Optimizer, Initializer, OutputKind, Record,
    memory.Status, memory.Reason,
)  # fmt: skip
LIMITS = {
    "layers": memory.MAX_LAYERS,
    "units": memory.MAX_UNITS,
    "inputs": memory.MAX_INPUTS,
    "outputs": memory.MAX_OUTPUTS,
    "samples": memory.MAX_SAMPLES,
}


def describe_engine(exports: list[Export]) -> dict[str, Any]:
    """Return the content of engine.json."""
    return {
        "source_sha256": source_hash(),
        "header_words": memory.HEADER,
        "extent": EXTENT,
        "drawing": {
            "pad": PAD,
            "pen": PAD_PEN,
            "fitted_pen": PEN_RADIUS,
            "tolerance": TOLERANCE,
            "hand_points": MOST_POINTS,
        },
        "limits": LIMITS,
        "functions": {
            export.name: {
                "summary": export.summary,
                "parameters": [{"name": name, "type": kind.name} for name, kind in export.parameters.items()],
                "returns": "int32",
            }
            for export in exports
        },
        "enumerations": {kind.__name__: {member.name.lower(): int(member) for member in kind} for kind in ENUMERATIONS},
        "slots": {
            "int32": {slot.name: {"word": int(slot), "length": memory.LENGTHS.get(slot, 1)} for slot in memory.Int},
            "float32": {slot.name: {"word": int(slot), "length": 1} for slot in memory.Real},
            "float64": {slot.name: {"word": 2 * int(slot), "length": 1} for slot in memory.Double},
        },
        "arrays": {array.name: describe_array(array) for array in memory.SHAPES},
    }


def describe_array(array: memory.Array) -> dict[str, Any]:
    """Say where an array's start is noted, and what type and shape it has."""
    dtype, shape = memory.SHAPES[array]
    extents = [slot.name if isinstance(slot, memory.Int) else slot for slot in shape]
    return {"slot": int(memory.Int.ARRAYS) + int(array), "dtype": dtype, "shape": extents}


def source_hash() -> str:
    """Return the SHA-256 of the engine's source: it tells whether a library and its description belong together."""
    files = sorted(Path(memory.__file__).parent.glob("*.py"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def write_manifest(exports: list[Export], path: Path) -> dict[str, Any]:
    """Write engine.json and return its content."""
    manifest = describe_engine(exports)
    path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return manifest
