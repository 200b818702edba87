"""The ending of a file says the format, and `what` its content; what cannot be is refused, and nothing written."""

from pathlib import Path

import pytest

from pellucid import Experiment, Run
from pellucid.errors import ArgumentError, StateError


@pytest.fixture(scope="module")
def run() -> Run:
    run = Run(Experiment(data={"kind": "blobs"}))
    run.epoch(3)
    return run


def test_json_holds_weights_a_run_or_an_experiment(run: Run, tmp_path: Path) -> None:
    run.export(tmp_path / "weights.json")
    run.export(str(tmp_path / "run.json"), what="run")
    run.export(tmp_path / "experiment.json", what="experiment")
    fresh = Run(Experiment.open(tmp_path / "experiment.json"))
    assert fresh.experiment == run.experiment
    fresh.load_weights(tmp_path / "weights.json")
    assert fresh.weights_sha256 == run.weights_sha256
    assert Run.open(tmp_path / "run.json").updates == run.updates


def test_an_ending_may_be_in_capitals(run: Run, tmp_path: Path) -> None:
    run.export(tmp_path / "LESSON.PY")
    assert "import numpy" in (tmp_path / "LESSON.PY").read_text("utf-8")


@pytest.mark.parametrize("name", ["lesson", "lesson.txt", ".py", "weights.pt"])
def test_an_unknown_ending_is_refused(name: str, run: Run, tmp_path: Path) -> None:
    with pytest.raises(
        ArgumentError, match=r"must end in \.py, \.onnx, \.json, \.npz, \.safetensors, \.csv, \.svg or \.png, which"
    ):
        run.export(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "what", "allowed"),
    [("a.py", "jax", "numpy or torch"), ("a.npz", "samples", "weights"), ("a.json", "", "weights, run or experiment")],
)
def test_what_a_file_cannot_hold_is_refused(name: str, what: str, allowed: str, run: Run, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=f"`what` is '{what}', but must be {allowed} for a file that ends in"):
        run.export(tmp_path / name, what=what)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    with pytest.raises(StateError, match=r"weights\.npz' cannot be written: no such file or directory"):
        run.export(tmp_path / "no" / "weights.npz")


def test_a_file_that_is_written_again_leaves_nothing_beside_it(run: Run, tmp_path: Path) -> None:
    for _ in range(2):
        run.export(tmp_path / "weights.npz")
    assert [each.name for each in tmp_path.iterdir()] == ["weights.npz"]
