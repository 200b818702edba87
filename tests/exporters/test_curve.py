"""The loss curve as CSV is the history of the run."""

import csv
import math
from pathlib import Path

from pellucid import Experiment, Run
from pellucid.exporters.curve import curve_csv
from pellucid.moment import Moment


def test_a_curve_comes_back_to_the_last_bit(tmp_path: Path) -> None:
    run = Run(Experiment())
    run.epoch(5)
    run.export(tmp_path / "curve.csv", what="curve")
    with (tmp_path / "curve.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["updates", "epochs", "loss", "test_loss", "accuracy", "test_accuracy"]
    found = [
        Moment(int(row["updates"]), int(row["epochs"]), *(float(row[name]) for name in list(row)[2:])) for row in rows
    ]
    assert found == run.history
    assert [moment.epochs for moment in found] == [0, 1, 2, 3, 4, 5]


def test_what_does_not_exist_is_left_empty(tmp_path: Path) -> None:
    run = Run(Experiment(data={"kind": "bumps", "test_share": 0}))
    run.export(tmp_path / "curve.csv", what="curve")
    lines = (tmp_path / "curve.csv").read_text("utf-8").splitlines()
    assert lines[1] == f"0,0,{run.loss!r},,,"


def test_a_loss_that_is_not_finite_is_left_empty() -> None:
    assert curve_csv([Moment(7, 1, math.inf, math.nan, 0.5, None)]).splitlines()[1] == "7,1,,,0.5,"
