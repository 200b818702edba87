"""Weights come back from every format as they were, and each file can be read by the libraries of its format."""

import json
from pathlib import Path

import numpy as np
import pytest
import safetensors
import safetensors.numpy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporters.cases import SAMPLES
from pellucid import Experiment, Run

ENDINGS = (".json", ".npz", ".safetensors")
FLOATS = st.floats(width=32, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", SAMPLES)
def test_weights_come_back_to_the_last_bit(name: str, ending: str, tmp_path: Path) -> None:
    run, other = Run(SAMPLES[name]), Run(SAMPLES[name])
    run.epoch(2)
    run.export(tmp_path / f"weights{ending}")
    other.load_weights(tmp_path / f"weights{ending}")
    assert other.weights_sha256 == run.weights_sha256
    assert (other.updates, other.epochs, other.loss) == (0, 0, run.loss)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("ending", ENDINGS)
@given(values=st.lists(FLOATS, min_size=6, max_size=6))
def test_every_float32_comes_back(values: list[float], ending: str, tmp_path: Path) -> None:
    run = Run(Experiment(network={"hidden": [{"units": 1}]}))
    found = np.array(values, dtype=np.float32) + np.float32(0)  # the engine keeps no −0 that is set
    W, b = found[:2][None], found[2:3]
    run.load_weights({"0.weight": W, "0.bias": b, "1.weight": found[3:4][None], "1.bias": found[4:5]})
    run.export(tmp_path / f"weights{ending}")
    other = Run(run.experiment)
    other.load_weights(tmp_path / f"weights{ending}")
    assert other.weights_sha256 == run.weights_sha256
    assert other.weights[0].tobytes() == W.tobytes()


def test_npz_is_an_archive_of_numpy(tmp_path: Path) -> None:
    run = Run(Experiment())
    run.export(tmp_path / "weights.npz")
    with np.load(tmp_path / "weights.npz", allow_pickle=False) as arrays:
        assert arrays["layers.1.weight"].dtype == np.float32
        assert np.array_equal(arrays["layers.1.weight"], run.weights[1])
        assert json.loads(str(arrays["pellucid"]))["inputs"] == ["x1", "x2"]
        assert len(arrays.files) == 7


def test_safetensors_can_be_read_by_its_library(tmp_path: Path) -> None:
    run = Run(Experiment())
    run.export(tmp_path / "weights.safetensors")
    tensors = safetensors.numpy.load_file(tmp_path / "weights.safetensors")
    assert [tensors[f"layers.{layer}.bias"].shape for layer in range(3)] == [(4,), (3,), (1,)]
    assert all(np.array_equal(tensors[f"layers.{layer}.weight"], W) for layer, W in enumerate(run.weights))
    with safetensors.safe_open(tmp_path / "weights.safetensors", "np") as file:
        assert json.loads(file.metadata()["pellucid"])["format"] == "weights"


def test_a_file_tells_what_the_network_is(tmp_path: Path) -> None:
    experiment = SAMPLES["scaled numbers"]
    run = Run(experiment)
    run.epoch(3)
    run.export(tmp_path / "weights.json")
    document = json.loads((tmp_path / "weights.json").read_text("utf-8"))
    about = document["pellucid"]
    assert Experiment.from_dict(about.pop("experiment")) == experiment
    scaling = about.pop("scaling")
    assert scaling["x1"] == [run._block.get("X1_CENTER"), run._block.get("X1_SCALE")]
    assert about == {
        "format": "weights",
        "version": 1,
        "made_with": "0.1.0",
        "updates": run.updates,
        "epochs": 3,
        "inputs": ["x1", "x2"],
        "activations": ["tanh", "tanh", "linear"],
        "loss": "squared_error",
        "class_names": None,
    }


@pytest.mark.parametrize(
    ("name", "inputs"), [("inputs", ["i1", "i2", "i3", "i4", "i5"]), ("drawings", [f"p{cell}" for cell in range(64)])]
)
def test_inputs_have_names(name: str, inputs: list[str], tmp_path: Path) -> None:
    Run(SAMPLES[name]).export(tmp_path / "weights.json")
    assert json.loads((tmp_path / "weights.json").read_text("utf-8"))["pellucid"]["inputs"] == inputs


def test_the_same_weights_make_the_same_file(tmp_path: Path) -> None:
    for ending in ENDINGS:
        contents = []
        for attempt in "ab":
            Run(Experiment()).export(tmp_path / f"{attempt}{ending}")
            contents.append((tmp_path / f"{attempt}{ending}").read_bytes())
        assert contents[0] == contents[1]


def test_training_goes_on_from_weights_as_from_a_start() -> None:
    """The optimiser remembers nothing, so a fresh run with the same weights makes the same update."""
    adam = Experiment(training={"optimizer": "adam", "batch_size": "all"})
    trained, fresh = Run(adam), Run(adam)
    trained.step(5)
    weights = {f"{layer}.weight": W for layer, W in enumerate(trained.weights)}
    weights |= {f"{layer}.bias": b for layer, b in enumerate(trained.biases)}
    weights = {name: np.array(array) for name, array in weights.items()}
    trained.step(5)
    for run in (trained, fresh):
        run.load_weights(weights)
        run.step()
    assert [np.abs(W - V).max() < 1e-6 for W, V in zip(trained.weights, fresh.weights, strict=True)] == [True] * 3
    assert trained.updates == 11


def test_a_run_that_diverged_goes_on_with_other_weights(tmp_path: Path) -> None:
    run = Run(Experiment(data={"kind": "plane"}, training={"learning_rate": 100.0}))
    run.export(tmp_path / "weights.npz")
    with pytest.raises(ArithmeticError):
        run.epoch(50)
    run.load_weights(tmp_path / "weights.npz")
    assert not run.diverged
    run.step(0)
    assert run.loss < 1


def test_numbers_of_another_type_are_rounded() -> None:
    run = Run(Experiment(network={"hidden": []}))
    run.load_weights({"layers.0.weight": np.array([[0.1, 1]], dtype=np.float64), "layers.0.bias": [2]})
    assert run.weights[0].tolist() == np.array([[0.1, 1]], dtype=np.float32).tolist()
    run.load_weights({"layers.0.weight": np.array([[3, 4]], dtype=np.float16), "layers.0.bias": np.array([5])})
    assert (run.weights[0].tolist(), run.biases[0].tolist()) == ([[3, 4]], [5])
