"""The files that Python and the page are both tested against are those that Python writes today."""

import json

import pytest

from exporters.vectors import RUN, SCRIPTS, WEIGHTS, script_vectors, weights_vectors
from pellucid import Experiment, Run
from pellucid.errors import StateError

AGAIN = "python tests/exporters/vectors.py writes them anew"


def test_the_scripts_are_those_of_the_vectors() -> None:
    stored = json.loads(SCRIPTS.read_text("utf-8"))
    for found, expected in zip(script_vectors(), stored, strict=True):
        assert found == expected, AGAIN


@pytest.mark.parametrize("name", ["weights.json", "weights.npz", "weights.safetensors", "state_dict.safetensors"])
def test_weights_are_those_of_the_vectors(name: str) -> None:
    run, other = Run(Experiment(**RUN)), Run(Experiment(**RUN))
    run.step(3)
    other.load_weights(WEIGHTS / name)
    assert other.weights_sha256 == run.weights_sha256


def test_json_and_safetensors_are_the_same_bytes() -> None:
    found = weights_vectors()
    assert {path.name for path in WEIGHTS.iterdir()} == found.keys(), AGAIN
    for name in ("weights.json", "weights.safetensors", "another_shape.safetensors", "experiment.json"):
        assert (WEIGHTS / name).read_bytes() == found[name], AGAIN


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("another_shape.safetensors", r"weights of hidden layer 1 are \(8, 3\) in .*, but \(2, 3\) in this network"),
        ("cut.npz", "it is damaged"),
        ("cut.safetensors", "it is damaged"),
        ("cut.json", "or only a part of one"),
        ("pickled.npz", "it is damaged, or its arrays are not plain numbers"),
        ("header.safetensors", "it is damaged"),
        ("not_a_number.json", "must be finite float32 numbers"),
        ("experiment.json", "holds an experiment, which has no weights"),
    ],
)
def test_the_other_files_are_refused(name: str, sentence: str) -> None:
    with pytest.raises(StateError, match=sentence):
        Run(Experiment(**RUN)).load_weights(WEIGHTS / name)
