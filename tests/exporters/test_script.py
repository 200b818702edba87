"""The NumPy script trains the same steps, alone, and answers as the run does."""

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from exporters.cases import SAMPLES, drawn, matrix
from exporters.scripts import run_script
from pellucid import Experiment, Run
from pellucid.block import Floats
from pellucid.errors import ArgumentError

EPOCHS = 60
MATRIX = matrix()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_script_reaches_the_losses_of_the_run(name: str, tmp_path: Path) -> None:
    check(SAMPLES[name], tmp_path)


@pytest.mark.heavy
@pytest.mark.parametrize("name", MATRIX)
def test_every_script_reaches_the_losses_of_the_run(name: str, tmp_path: Path) -> None:
    check(MATRIX[name], tmp_path)


@pytest.mark.parametrize("updates", [0, 1, 14, 15, 16])
def test_a_script_stops_where_the_run_stands(updates: int, tmp_path: Path) -> None:
    run = Run(Experiment())
    run.step(updates)
    run.export(tmp_path / "lesson.py")
    agree(run, run_script(tmp_path / "lesson.py"))


@pytest.mark.parametrize("name", SAMPLES)
def test_predict_answers_as_the_run_does(name: str, tmp_path: Path) -> None:
    run = Run(SAMPLES[name])
    run.epoch(20)
    lesson = imported(run, tmp_path)
    X, y = lesson.read_samples()
    assert np.array_equal(np.asarray(y), own_values(run))
    answers = run.predict(X)
    names = run.experiment.data.class_names
    if run.accuracy is None:
        assert np.allclose(lesson.predict(X), answers, rtol=1e-5, atol=1e-6)
    else:
        assert list(lesson.predict(X)) == ([names[each] for each in answers] if names else list(answers))
    _, a = lesson.forward(lesson.pellucid_parameters(), lesson.inputs_of(X))
    assert np.abs(a[-1] - run.outputs(X)).max() < 1e-5


@pytest.mark.parametrize("initializer", ["glorot", "he", "uniform", "normal", "zeros"])
def test_a_script_starts_from_the_initial_weights_of_the_run(initializer: str, tmp_path: Path) -> None:
    run = Run(Experiment(network={"initializer": initializer, "seed": 11, "bias": -0.1}))
    parameters = imported(run, tmp_path).initial_parameters()
    for mine, W in zip(parameters[::2], run.weights, strict=True):
        assert np.allclose(mine, W, rtol=2e-6, atol=0) if initializer in ("he", "normal") else np.array_equal(mine, W)
    assert all(np.array_equal(mine, b) for mine, b in zip(parameters[1::2], run.biases, strict=True))


def test_weights_that_were_set_by_hand_are_in_the_script(tmp_path: Path) -> None:
    run = Run(Experiment())
    run.set_weight(0, 1, 0, 7.125)
    parameters = imported(run, tmp_path).pellucid_parameters()
    assert all(np.array_equal(mine, W) for mine, W in zip(parameters[::2], run.weights, strict=True))
    assert all(np.array_equal(mine, b) for mine, b in zip(parameters[1::2], run.biases, strict=True))


def test_a_script_has_only_what_its_network_needs(tmp_path: Path) -> None:
    Run(Experiment()).export(tmp_path / "lesson.py")
    text = (tmp_path / "lesson.py").read_text("utf-8")
    assert not [name for name in ("relu", "gelu", "softmax", "Adam", "PENALTY", "CENTER", "#?", "{{") if name in text]
    code = text.partition("# 8. The numbers")[0]
    assert max(map(len, code.splitlines())) <= 120
    assert len(code.splitlines()) < 260


def test_without_samples_there_is_no_script(tmp_path: Path) -> None:
    run = Run(Experiment.for_drawings())
    with pytest.raises(ArgumentError, match="has no samples to train on"):
        run.export(tmp_path / "lesson.py")
    assert list(tmp_path.iterdir()) == []


def test_drawings_can_be_seen_in_the_script(tmp_path: Path) -> None:
    run = Run(drawn(grid=6))
    run.export(tmp_path / "lesson.py")
    rows = (tmp_path / "lesson.py").read_text("utf-8").partition('SAMPLES = """\n')[2].splitlines()
    assert rows[0].split() == [*("".join(str(int(bit)) for bit in row) for row in run.inputs[0].reshape(6, 6)), "0"]


def check(experiment: Experiment, folder: Path) -> None:
    run = Run(experiment)
    run.epoch(EPOCHS)
    run.export(folder / "lesson.py")
    agree(run, run_script(folder / "lesson.py"))


def agree(run: Run, found: dict[str, tuple[float, float]]) -> None:
    expected = {"loss": run.loss, "test loss": run.test_loss}
    expected |= {"accuracy": run.accuracy, "test accuracy": run.test_accuracy}
    expected = {name: value for name, value in expected.items() if value is not None}
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        trained, pellucid = found[name]
        assert trained == pytest.approx(value, rel=1e-5, abs=1e-5), name
        assert pellucid == pytest.approx(value, rel=1e-5, abs=1e-6), name


def imported(run: Run, folder: Path) -> ModuleType:
    run.export(folder / "lesson.py")
    spec = importlib.util.spec_from_file_location("lesson", folder / "lesson.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def own_values(run: Run) -> Floats:
    """Return the values in the units of the data."""
    center, scale = run._block.get("VALUE_CENTER"), run._block.get("VALUE_SCALE")
    if scale == 1:
        return np.asarray(run.values)
    values = np.array([value for *_, value in run.experiment.data.points or ()], dtype=np.float32)
    assert np.allclose((values - center) / scale, run.values, atol=1e-6)
    return values
