"""Samples of a person's own become an experiment, or one sentence says why not."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from sklearn.neural_network import MLPClassifier

from pellucid import Playground, Run
from pellucid.errors import ArgumentError, ExperimentError, MissingExtraError
from test_extras import Absent

X = [[1.0, 2.0], [3.0, 5.0], [4.0, 1.0], [0.0, 2.5]]
COLUMNS = {"width": [1.0, 3, 4, 0], "height": [2, 5, 1, 3], "kind": ["b", "a", "b", "a"], "price": [0.5, 2, 1, 7]}


@pytest.mark.parametrize("frame_of", [pd.DataFrame, pl.DataFrame, pa.table], ids=["pandas", "polars", "pyarrow"])
@pytest.mark.parametrize("by_name", [True, False])
def test_any_data_frame_gives_points_with_the_names_of_its_columns(frame_of: Any, by_name: bool) -> None:
    names = ["width", "height", *(["kind"] if by_name else [])]
    frame = frame_of({name: COLUMNS[name] for name in names})
    labels = "kind" if by_name else frame_of({"kind": COLUMNS["kind"]})["kind"]
    data = Playground(frame, labels).experiment.data
    assert data.axes == ("width", "height")
    assert data.class_names == ("a", "b")
    assert np.array(data.points).tolist() == [[1, 2, 1], [3, 5, 0], [4, 1, 1], [0, 3, 0]]
    assert data.scaling == "standard"
    assert data.classes == 2


def test_columns_of_an_array_in_a_frame_are_called_by_their_numbers() -> None:
    frame = pd.DataFrame([[1.0, 2, 0], [3, 5, 1], [4, 1, 1]]).astype({2: int})
    data = Playground(frame, 2).experiment.data
    assert (data.axes, data.classes) == (("0", "1"), 2)
    assert np.array(data.points).tolist() == [[1, 2, 0], [3, 5, 1], [4, 1, 1]]
    assert Playground(frame, [0.5, 1, 2], columns=[2, 0]).samples.tolist() == [[0, 1], [1, 3], [1, 4]]


def test_two_of_many_columns_can_be_chosen() -> None:
    playground = Playground(pd.DataFrame(COLUMNS), "price", columns=["height", "width"])
    assert playground.experiment.data.axes == ("height", "width")
    assert playground.experiment.data.regression
    assert playground.samples.tolist() == [[2, 1], [5, 3], [1, 4], [3, 0]]
    assert playground.labels.tolist() == [0.5, 2, 1, 7]


@pytest.mark.parametrize(
    ("y", "labels", "names"),
    [
        ([0, 1, 1, 0], [0, 1, 1, 0], None),
        ([3, 7, 7, 3], [0, 1, 1, 0], ("3", "7")),
        ([True, False, False, True], [1, 0, 0, 1], ("False", "True")),
        (np.array(["b", "a", "c", "a"]), [1, 0, 2, 0], ("a", "b", "c")),
        (pd.Series(["x", "y", "y", "x"], dtype="category"), [0, 1, 1, 0], ("x", "y")),
    ],
)
def test_classes_are_told_by_words_whole_numbers_or_truth_values(y: Any, labels: list[int], names: Any) -> None:
    playground = Playground(X, y)
    assert playground.labels.tolist() == labels
    assert playground.experiment.data.class_names == names


def test_the_experiment_can_be_trained_and_settings_go_with_the_samples() -> None:
    playground = Playground(X, [0, 1, 1, 0], network={"hidden": [{"units": 8}]}, data={"test_share": 0.25})
    assert playground.experiment.data.test_share == 0.25
    run = playground.run
    run.epoch(400)
    assert run.accuracy == 1.0
    assert run.weights[0].shape == (8, 2)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: Playground(y=[1, 2]), "y is given without X: samples need both."),
        (lambda: Playground(X), "X is given without y: say what is to be answered"),
        (lambda: Playground(X, "kind"), "Columns have names in a data frame only"),
        (lambda: Playground("moons"), "X is 'moons', but must be an Experiment, a Run, a data frame or rows of two"),
        (lambda: Playground(Run, [1]), "X is <class 'pellucid.run.Run'>, but must be an Experiment, a Run"),
        (lambda: Playground(MLPClassifier()), "X is a MLPClassifier, but must be an Experiment, a Run"),
        (lambda: Playground([[1, 2], [3]], [0, 1]), "X must be rows of two numbers."),
        (lambda: Playground([[1, 2j], [3, 4]], [0, 1]), "^X must be rows of two numbers."),
        (lambda: Playground(pd.DataFrame(np.eye(3), columns=["a", "a", "b"]), "b"), "must have different names"),
        (lambda: Playground(pd.DataFrame(np.eye(4)), 3), r"but X has 3 \(0, 1, 2\): name two with"),
        (lambda: Playground(pd.DataFrame(COLUMNS), 3), "has no column 3: it has width, height"),
        (lambda: Playground(np.zeros((4, 3)), [0, 1, 0, 1]), r"X has the shape \(4, 3\), but a playground shows"),
        (lambda: Playground(X, [0, 1]), "X has 4 rows, but y has 2."),
        (lambda: Playground(X, [[0], [1], [0], [1]]), r"y has the shape \(4, 1\), but must have the shape \(n,\)."),
        (lambda: Playground([[1, np.nan], [1, 2]], [0, 1]), r"^X\[0, 1\] is nan, but must be a finite number"),
        (lambda: Playground(X, [0.5, 1, np.inf, 2]), r"^y\[2\] is inf, but must be a finite number"),
        (lambda: Playground(X, ["a", None, "b", "a"]), r"^y\[1\] is missing, but every sample must have a class"),
        (lambda: Playground(X, ["a"] * 4), "y has 1 different class, but must have 2 to 10"),
        (lambda: Playground(np.zeros((11, 2)), range(11)), "y has 11 different classes, but must have 2 to 10"),
        (lambda: Playground(X, [1j, 2, 3, 4]), "y must hold words, whole numbers or truth values"),
        (lambda: Playground(X, ["a" * 20, "a" * 21, "b", "c"]), "cannot be told apart by their first 15 characters"),
        (lambda: Playground(np.zeros((10_001, 2)), np.arange(10_001) % 2), "There are 10001 samples, but must be 1 to"),
        (lambda: Playground(np.zeros((0, 2)), []), "There are 0 samples, but must be 1 to"),
        (lambda: Playground(pd.DataFrame(COLUMNS), "sort"), "has no column 'sort': it has width, height"),
        (lambda: Playground(pd.DataFrame(COLUMNS), "kind"), r"but X has 3 \(width, height, price\): name two with"),
        (lambda: Playground(pd.DataFrame(COLUMNS), "price", columns=["kind", "width"]), "'kind' is of type String"),
        (lambda: Playground(pd.DataFrame({"u": [1, np.nan], "v": [1, 2]}), [0, 1]), "column 'u', row 1 is nan"),
        (lambda: Playground(pl.LazyFrame(COLUMNS), "kind"), "X is of type polars.LazyFrame, but must be an array"),
        (lambda: Playground(Run(Playground().experiment), network={}), "is given a run, which says all"),
        (lambda: Playground(Playground().experiment, [1]), "is given an experiment, which says all"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused_in_one_sentence(call: Any, sentence: str) -> None:
    with pytest.raises(ArgumentError, match=sentence) as caught:
        call()
    assert "\n" not in str(caught.value)


def test_not_every_one_of_thousands_of_faults_is_told() -> None:
    with pytest.raises(ExperimentError, match=r"^The experiment has 600 faults:") as caught:
        Playground(np.full((300, 2), 1e20), np.arange(300) % 2)
    lines = str(caught.value).splitlines()
    assert len(lines) == 12
    assert lines[-1] == "- and 590 more."
    assert len(caught.value.faults) == 600


def test_settings_are_checked_as_everywhere() -> None:
    with pytest.raises(ExperimentError, match=r"`training\.learning_rate` is -1"):
        Playground(X, [0, 1, 1, 0], training={"learning_rate": -1})


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [Absent("narwhals"), *sys.meta_path])
    for name in [each for each in sys.modules if each.partition(".")[0] == "narwhals"]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(MissingExtraError, match=r"^A playground with a data frame needs narwhals: pip install"):
        Playground(pd.DataFrame(COLUMNS), "kind")
    assert Playground(X, [0, 1, 1, 0]).samples.shape == (4, 2)
