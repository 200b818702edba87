"""Files that the page's tests read too: ``python tests/exporters/vectors.py`` writes them anew.

- ``tests/script_vectors.json``: experiments and numbers of updates, with the choices, the values and the SHA-256 of the
  scripts that come of them, in both languages.
- ``tests/weights_vectors/``: the weights of one run in each format, and files that are to be refused.
"""

import hashlib
import io
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

TESTS = Path(__file__).parents[1]
SCRIPTS = TESTS / "script_vectors.json"
WEIGHTS = TESTS / "weights_vectors"

RUN: dict[str, Any] = {
    "data": {"kind": "blobs", "classes": 3, "samples": 12},
    "features": ["x1", "x2", "sin_x2"],
    "network": {"hidden": [{"units": 2, "activation": "gelu"}, {"units": 3}]},
}
"""The run of the weights, after three updates."""


def script_vectors() -> list[dict[str, Any]]:
    """Return what `tests/script_vectors.json` is to hold."""
    from exporters.cases import SAMPLES, given
    from pellucid import Experiment, Run
    from pellucid.exporters.script import choices_of, script, values_of

    experiments = {
        "moons": Experiment(data={"kind": "moons", "samples": 20}),
        "a plane": Experiment(data={"kind": "plane", "samples": 15, "test_share": 0}, network={"hidden": []}),
        "names": Experiment(data=given(8, 3, class_names=['a "b"', "λ", "{{low}}"], axes=["w", "h"])),
        **{
            name: SAMPLES[name] for name in ("scaled numbers", "inputs", "bits", "drawings", "squared error of classes")
        },
    }
    vectors = []
    for place, (name, experiment) in enumerate(experiments.items()):
        run = Run(experiment)
        run.step(3 * place)
        scripts = {framework: script(run._block, experiment, framework) for framework in ("numpy", "torch")}
        vectors.append(
            {
                "name": name,
                "experiment": experiment.model_dump(mode="json"),
                "updates": run.updates,
                "choices": choices_of(run._block, experiment),
                "values": values_of(run._block, experiment),
                "sha256": {name: hashlib.sha256(text.encode()).hexdigest() for name, text in scripts.items()},
            }
        )
    return vectors


def weights_vectors() -> dict[str, bytes]:
    """Return the files that `tests/weights_vectors` is to hold, by their names."""
    from pellucid import Experiment, Run
    from pellucid.exporters.weights import to_json, to_npz, to_safetensors

    run = Run(Experiment(**RUN))
    run.step(3)
    other = Run(run.experiment.replace("network.hidden.0.units", 8))
    block, experiment = run._block, run.experiment
    text, npz, tensors = to_json(block, experiment), to_npz(block, experiment), to_safetensors(block, experiment)
    pickled = io.BytesIO()
    np.savez(pickled, allow_pickle=True, **{"layers.0.weight": np.array([{}], dtype=object)})
    return {
        "weights.json": text.encode(),
        "weights.npz": npz,
        "weights.safetensors": tensors,
        "another_shape.safetensors": to_safetensors(other._block, other.experiment),
        "cut.npz": npz[:700],
        "cut.safetensors": tensors[:-4],
        "cut.json": text.encode()[:-100],
        "pickled.npz": pickled.getvalue(),
        "header.safetensors": (2**40).to_bytes(8, "little") + tensors[8:],
        "not_a_number.json": json.dumps({"layers.0.weight": [[float("nan")]], "layers.0.bias": [0]}).encode(),
        "experiment.json": experiment.to_json().encode(),
        "state_dict.safetensors": _state_dict(run),
    }


def _state_dict(run: Any) -> bytes:
    """Return the weights of a run as nn.Sequential names them, where activations have numbers too."""
    import safetensors.numpy

    named = {f"{2 * layer}.weight": np.ascontiguousarray(W) for layer, W in enumerate(run.weights)}
    named |= {f"{2 * layer}.bias": np.array(b) for layer, b in enumerate(run.biases)}
    content: bytes = safetensors.numpy.save(named)
    return content


if __name__ == "__main__":
    sys.path.insert(0, str(TESTS))
    SCRIPTS.write_text(json.dumps(script_vectors(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    WEIGHTS.mkdir(exist_ok=True)
    for file, content in weights_vectors().items():
        (WEIGHTS / file).write_bytes(content)
