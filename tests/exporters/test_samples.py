"""The samples as CSV are those that the network sees, and make the same experiment again."""

import csv
from pathlib import Path

import numpy as np
import pytest

from exporters.cases import SAMPLES
from pellucid import Experiment, Run
from pellucid.experiment.split import split_rows


def exported(run: Run, folder: Path) -> list[dict[str, str]]:
    run.export(folder / "data.csv")
    content = (folder / "data.csv").read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n")
    with (folder / "data.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("kind", ["blobs", "circles", "moons", "xor", "spiral", "plane", "bumps"])
def test_generated_points_come_back_to_the_last_bit(kind: str, tmp_path: Path) -> None:
    run = Run(Experiment(data={"kind": kind, "test_share": 0.3}))
    rows = exported(run, tmp_path)
    label = "value" if run.accuracy is None else "class"
    assert list(rows[0]) == ["x1", "x2", "held_out", label]
    points = np.array([[row["x1"], row["x2"]] for row in rows], dtype=np.float32)
    assert np.array_equal(points, run.points)
    assert np.array_equal(np.array([row[label] for row in rows], dtype=np.float32), run.values)
    assert [row["held_out"] for row in rows] == ["0"] * run.train_samples + ["1"] * (300 - run.train_samples)


def test_given_points_make_the_same_experiment_again(tmp_path: Path) -> None:
    experiment = SAMPLES["points of three named classes"]
    rows = exported(Run(experiment), tmp_path)
    assert list(rows[0]) == ["width", "height", "held_out", "class"]
    names = experiment.data.class_names
    assert names is not None
    points = [[float(row["width"]), float(row["height"]), names.index(row["class"])] for row in rows]
    held_out = [place for place, row in enumerate(rows) if row["held_out"] == "1"]
    assert experiment.replace_all({"data.points": points, "data.held_out": held_out}) == experiment


@pytest.mark.parametrize("name", ["scaled points", "scaled numbers"])
def test_scaled_points_are_in_the_units_of_the_data(name: str, tmp_path: Path) -> None:
    data = SAMPLES[name].data
    rows = exported(Run(SAMPLES[name]), tmp_path)
    found = [tuple(float(row[column]) for column in row if column != "held_out") for row in rows]
    assert tuple(found) == data.points
    assert [place for place, row in enumerate(rows) if row["held_out"] == "1"] == split_rows(data)[1]


@pytest.mark.parametrize(("name", "label"), [("inputs", "class"), ("numbers of inputs", "value"), ("bits", "class")])
def test_given_inputs_have_numbers(name: str, label: str, tmp_path: Path) -> None:
    data = SAMPLES[name].data
    rows = exported(Run(SAMPLES[name]), tmp_path)
    assert data.inputs is not None
    assert list(rows[0]) == [*(f"i{place + 1}" for place in range(len(data.inputs[0]))), "held_out", label]
    assert tuple(tuple(float(row[column]) for column in row if column[0] == "i") for row in rows) == data.inputs
    assert tuple(float(row[label]) for row in rows) == data.targets


def test_drawings_are_written_as_the_page_writes_them(tmp_path: Path) -> None:
    experiment = SAMPLES["drawings"].replace("data.class_names", ['a, "b"', "O"])
    run = Run(experiment)
    rows = exported(run, tmp_path)
    assert (tmp_path / "data.csv").read_bytes().startswith(b"label,p0,p1,p2,")
    assert b'\r\n"a, ""b""",0,' in (tmp_path / "data.csv").read_bytes()
    train, held_out = split_rows(experiment.data)
    found = np.array([[int(row[f"p{cell}"]) for cell in range(64)] for row in rows])
    assert np.array_equal(found[train + held_out], run.inputs)
    assert [row["label"] for row in rows] == ['a, "b"', "O"] * 4


def test_no_drawings_are_a_line_of_names(tmp_path: Path) -> None:
    assert exported(Run(Experiment.for_drawings()), tmp_path) == []
    assert (tmp_path / "data.csv").read_text("utf-8").startswith("label,p0,")
    empty = Experiment(data={"kind": "given", "points": []})
    assert exported(Run(empty), tmp_path) == []
    assert (tmp_path / "data.csv").read_bytes() == b"x1,x2,held_out,class\r\n"
