"""``pellucid export``, as a person uses it."""

import json
from pathlib import Path
from typing import Any

import pytest

from exporters.scripts import run_script
from pellucid import Experiment, Run


@pytest.fixture
def saved(tmp_path: Path) -> Run:
    run = Run(Experiment(data={"kind": "blobs"}))
    run.epoch(5)
    run.save(tmp_path / "run.json")
    run.experiment.save(tmp_path / "experiment.json")
    for ending in ("json", "npz", "safetensors"):
        run.export(tmp_path / f"weights.{ending}")
    return run


@pytest.mark.parametrize("name", ["lesson.py", "model.onnx", "weights.npz", "weights.json", "data.csv"])
def test_a_saved_run_is_exported_as_the_run_itself(name: str, pellucid: Any, saved: Run, tmp_path: Path) -> None:
    assert pellucid("export", str(tmp_path / "run.json"), str(tmp_path / name)) == (0, "", "")
    found = (tmp_path / name).read_bytes()
    saved.export(tmp_path / name)
    assert found == (tmp_path / name).read_bytes()


def test_an_experiment_is_trained_first(pellucid: Any, saved: Run, tmp_path: Path) -> None:
    lesson = tmp_path / "lesson.py"
    assert pellucid("export", str(tmp_path / "experiment.json"), str(lesson), "--epochs", "5") == (0, "", "")
    trained, in_pellucid = run_script(lesson)["loss"]
    assert trained == pytest.approx(saved.loss, abs=1e-6)
    assert in_pellucid == pytest.approx(saved.loss, abs=1e-6)


def test_a_link_is_an_experiment_too(pellucid: Any, tmp_path: Path) -> None:
    assert pellucid("export", "#v=1&data=circles&hidden=2&end", str(tmp_path / "w.json"), "--epochs", "2")[0] == 0
    weights = json.loads((tmp_path / "w.json").read_text("utf-8"))["weights"]
    assert len(weights["layers.0.bias"]) == 2


def test_a_curve_has_a_line_for_every_pass(pellucid: Any, saved: Run, tmp_path: Path) -> None:
    arguments = ["export", str(tmp_path / "experiment.json"), str(tmp_path / "curve.csv"), "--what", "curve"]
    assert pellucid(*arguments, "--epochs", "5") == (0, "", "")
    found = (tmp_path / "curve.csv").read_bytes()
    saved.export(tmp_path / "curve.csv", what="curve")
    assert found == (tmp_path / "curve.csv").read_bytes()
    assert len(found.splitlines()) == 7


def test_weights_from_elsewhere_are_taken(pellucid: Any, saved: Run, tmp_path: Path) -> None:
    saved.export(tmp_path / "weights.safetensors")
    experiment, weights = str(tmp_path / "experiment.json"), str(tmp_path / "weights.safetensors")
    assert pellucid("export", experiment, str(tmp_path / "run2.json"), "--what", "run", "--weights", weights)[0] == 0
    assert Run.open(tmp_path / "run2.json").weights_sha256 == saved.weights_sha256


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["run.json", "lesson.txt"],
            "must end in .py, .onnx, .json, .npz, .safetensors, .csv, .svg or .png, which says",
        ),
        (
            ["run.json", "lesson.py", "--what", "jax"],
            "--what is 'jax', but must be numpy or torch for a file that ends",
        ),
        (["none.json", "lesson.py"], "none.json' cannot be opened: no such file or directory."),
        (["run.json", "no/lesson.py"], "cannot be written: there is no folder"),
        (["run.json", "lesson.py", "--epochs", "-1"], "--epochs is '-1', but must be a whole number"),
        (["run.json", "lesson.py", "--weights", "run.json"], "holds a saved run, not weights"),
        (["weights.json", "lesson.py"], "weights.json' holds weights alone: name the experiment that they are of, and"),
        (["weights.npz", "lesson.py"], "weights.npz' holds weights alone: name the experiment that they are of, and"),
        (["weights.safetensors", "lesson.py"], "weights.safetensors' holds weights alone: name the experiment that"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    arguments: list[str], sentence: str, pellucid: Any, saved: Run, tmp_path: Path
) -> None:
    files = [str(tmp_path / each) if "." in each else each for each in arguments]
    status, out, err = pellucid("export", *files)
    assert (status, out) == (2, "")
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("lesson")]


def test_a_run_that_diverges_is_not_exported(pellucid: Any, tmp_path: Path) -> None:
    Experiment(data={"kind": "plane"}, training={"learning_rate": 100.0}).save(tmp_path / "wild.json")
    status, _, err = pellucid("export", str(tmp_path / "wild.json"), str(tmp_path / "w.npz"), "--epochs", "50")
    assert status == 1
    assert "diverged at step" in err
    assert not (tmp_path / "w.npz").exists()


def test_the_help_names_every_ending(pellucid: Any) -> None:
    status, out, _ = pellucid("export", "--help")
    assert status == 0
    assert [
        ending for ending in (".py", ".onnx", ".json", ".npz", ".safetensors", ".csv", ".svg") if ending not in out
    ] == []
