"""The ONNX model answers as the run does, in another program."""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest

from exporters.cases import SAMPLES, matrix
from pellucid import Experiment, Run
from pellucid.block import Floats
from pellucid.errors import MissingExtraError

MATRIX = matrix()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_model_answers_as_the_run_does(name: str, tmp_path: Path) -> None:
    check(SAMPLES[name], tmp_path)


@pytest.mark.heavy
@pytest.mark.parametrize("name", MATRIX)
def test_every_model_answers_as_the_run_does(name: str, tmp_path: Path) -> None:
    check(MATRIX[name], tmp_path)


@pytest.mark.parametrize("activation", ["linear", "sigmoid", "tanh", "relu", "leaky_relu", "gelu", "sine"])
def test_every_activation_is_the_same_in_a_model(activation: str, tmp_path: Path) -> None:
    hidden = [{"units": 5, "activation": activation}]
    experiment = Experiment(
        network={"hidden": hidden, "output_activation": activation}, training={"loss": "squared_error"}
    )
    check(experiment, tmp_path)


def test_a_model_takes_any_number_of_rows(tmp_path: Path) -> None:
    run = Run(Experiment())
    session = opened(run, tmp_path)
    for rows in (0, 1, 2, 777):
        assert session.run(["outputs"], {"X": np.zeros((rows, 2), dtype=np.float32)})[0].shape == (rows, 1)


def test_a_model_is_one_that_older_programs_know(tmp_path: Path) -> None:
    Run(SAMPLES["all features"]).export(tmp_path / "model.onnx")
    model = onnx.load(tmp_path / "model.onnx")
    onnx.checker.check_model(model, full_check=True)
    assert [(each.domain, each.version) for each in model.opset_import] == [("", 17)]
    assert (model.ir_version, model.producer_name) == (8, "pellucid")


def test_a_model_tells_what_it_is_from(tmp_path: Path) -> None:
    run = Run(SAMPLES["points of three named classes"])
    metadata = opened(run, tmp_path).get_modelmeta().custom_metadata_map
    assert json.loads(metadata["class_names"]) == ["one", 'a "b"', "λ"]
    assert Experiment.from_dict(json.loads(metadata["pellucid"])["experiment"]) == run.experiment


def test_where_all_outputs_say_no_no_class_is_likelier(tmp_path: Path) -> None:
    experiment = Experiment(data={"kind": "blobs", "classes": 3}, training={"loss": "squared_error"})
    run = Run(experiment.replace("network.output_activation", "relu"))
    for output in range(3):
        run.set_bias(2, output, -100.0)
    found = opened(run, tmp_path).run(["probabilities"], {"X": np.ones((2, 2), dtype=np.float32)})[0]
    assert np.allclose(found, 1 / 3)
    assert np.allclose(found, run.predict_proba(np.ones((2, 2))))


def test_without_onnx_one_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(MissingExtraError, match=r"needs onnx: pip install 'pellucid\[exports\]'"):
        Run(Experiment()).export(tmp_path / "model.onnx")


def check(experiment: Experiment, folder: Path) -> None:
    run = Run(experiment)
    run.epoch(10)
    session, X = opened(run, folder), samples(run)
    found = dict(zip([each.name for each in session.get_outputs()], session.run(None, {"X": X}), strict=True))
    expected = run.outputs(X)
    assert found["outputs"].dtype == np.float32
    assert np.abs(found["outputs"] - expected).max() <= 1e-6
    if run.accuracy is None:
        assert found.keys() == {"outputs", "values"}
        assert np.allclose(found["values"], run.predict(X), rtol=1e-6, atol=1e-6)
    else:
        assert found.keys() == {"outputs", "label", "probabilities"}
        assert np.abs(found["probabilities"] - run.predict_proba(X)).max() <= 2e-6
        assert np.mean(found["label"] == run.predict(X)) == 1


def samples(run: Run) -> Floats:
    """Return the samples as the run's `outputs` takes them, and for generated ones points all over the plane."""
    data = run.experiment.data
    if data.given and data.points is None:
        return np.array(run.inputs)
    if data.points is not None:
        return np.array(data.points, dtype=np.float32)[:, :2]
    grid = np.linspace(-3, 3, 41, dtype=np.float32)
    return np.stack(np.meshgrid(grid, grid), axis=-1).reshape(-1, 2)


def opened(run: Run, folder: Path) -> onnxruntime.InferenceSession:
    run.export(folder / "model.onnx")
    return onnxruntime.InferenceSession(folder / "model.onnx", providers=["CPUExecutionProvider"])
