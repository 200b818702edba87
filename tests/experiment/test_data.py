"""What the model of the data refuses."""

from typing import Any

import pytest

from pellucid import Data
from pellucid.errors import ExperimentError

POINTS = [[0, 0, 0], [1, 1, 1], [2, 2, 1]]
DRAWN: dict[str, Any] = {"kind": "given", "drawings": ["AAA", ".______"], "targets": [0, 1]}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"kind": "moons", "classes": 3}, "`data.classes` is 3, but must be 2 for moons."),
        ({"kind": "blobs", "classes": 6}, "`data.classes` is 6, but must be from 2 to 5 for blobs."),
        ({"kind": "spiral", "classes": 0}, "`data.classes` is 0, but must be from 2 to 5 for spiral."),
        (
            {"kind": "given", "classes": 1, "points": POINTS},
            "`data.classes` is 1, but must be from 2 to 10 for given data, or 0 for numbers to fit.",
        ),
        ({"kind": "given"}, "`data` of kind given must have points, or inputs and targets, or drawings and targets."),
        (
            {"kind": "given", "inputs": [[1]]},
            "`data` of kind given must have points, or inputs and targets, or drawings and targets.",
        ),
        (
            {"kind": "given", "inputs": [[1]], "points": POINTS},
            "`data` of kind given has both points and inputs, but must have one or the other.",
        ),
        (
            {"kind": "given", "inputs": [[1], [2]], "targets": [0]},
            "`data.targets` has length 1, but `data.inputs` has length 2.",
        ),
        (
            {"kind": "given", "inputs": [[1], [2, 3]], "targets": [0, 1]},
            "`data.inputs[1]` has length 2, but the first row has length 1.",
        ),
        ({"points": POINTS}, "`data.points` is only for `data.kind` given, which is moons."),
        (
            {"kind": "given", "points": [[0, 0, 2]]},
            "`data.points[0][2]` is 2, but must be a class: a whole number from 0 to 1.",
        ),
        (
            {"kind": "given", "inputs": [[0]], "targets": [0.5]},
            "`data.targets[0]` is 0.5, but must be a class: a whole number from 0 to 1.",
        ),
        ({"kind": "given", "points": [[0, 0]]}, "`points[0]` has 2 entries, but must be a list of 3 entries."),
        ({"kind": "given", "points": POINTS, "held_out": [3]}, "`data.held_out` names row 3, but the rows are 0 to 2."),
        (
            {"kind": "given", "points": POINTS, "held_out": [1, 1]},
            "`data.held_out` names a row twice, but each row can be held out once.",
        ),
        (
            {"kind": "given", "points": POINTS, "held_out": [0, 1, 2]},
            "`data.held_out` names every row, but at least one must be left to train on.",
        ),
        (
            {**DRAWN, "drawings": ["AAA", "AA"]},
            "`drawings[1]` is 'AA', but must be a drawing as text.",
        ),
        ({**DRAWN, "drawings": ["AAA", ".AAAAA"]}, "`drawings[1]` is '.AAAAA', but must be a drawing as text."),
        ({**DRAWN, "drawings": ["AAA", "AAA\n"]}, "`drawings[1]` is 'AAA\\n', but must be a drawing as text."),
        ({**DRAWN, "drawings": ["AAA", ""]}, "`drawings[1]` is '', but must be a drawing as text."),
        ({**DRAWN, "drawings": ["AAA", 5]}, "`drawings[1]` is 5, but must be a drawing as text."),
        ({**DRAWN, "targets": [0]}, "`data.targets` has length 1, but `data.drawings` has length 2."),
        ({**DRAWN, "targets": [0, 2]}, "`data.targets[1]` is 2, but must be a class: a whole number from 0 to 1."),
        ({**DRAWN, "targets": [0, -1]}, "`data.targets[1]` is -1, but must be a class: a whole number from 0 to 1."),
        (
            {"kind": "given", "drawings": ["AAA"]},
            "`data` of kind given must have points, or inputs and targets, or drawings and targets.",
        ),
        (
            {**DRAWN, "points": POINTS},
            "`data` of kind given has both points and drawings, but must have one or the other.",
        ),
        ({**DRAWN, "grid": 7}, "`grid` is 7, but must be one of 6, 8, 10, 12, 16, 20 or 28."),
        ({**DRAWN, "grid": 32}, "`grid` is 32, but must be one of 6, 8, 10, 12, 16, 20 or 28."),
        ({**DRAWN, "grid": "6"}, "`grid` is '6', but must be one of 6, 8, 10, 12, 16, 20 or 28."),
        ({**DRAWN, "classes": 0}, "`data.classes` is 0, but must be from 2 to 10 for drawings."),
        ({**DRAWN, "classes": 11}, "`classes` is 11, but must be a whole number from 0 to 10."),
        ({**DRAWN, "held_out": [2]}, "`data.held_out` names row 2, but the rows are 0 to 1."),
        (
            {**DRAWN, "classes": 3, "class_names": ["X", "O"]},
            "`data.class_names` has 2 entries, but `data.classes` is 3.",
        ),
        (
            {**DRAWN, "class_names": ["X"]},
            "`class_names` has 1 entry, but must be a list of 2 to 10 entries.",
        ),
        (
            {**DRAWN, "class_names": ["X", "X"]},
            "`data.class_names` has 'X' twice, but each class must have a name of its own.",
        ),
        ({**DRAWN, "class_names": ["X", ""]}, "`class_names[1]` is '', but must be a text of 1 to 16 characters."),
        (
            {**DRAWN, "class_names": ["X", "O" * 17]},
            "`class_names[1]` is 'OOOOOOOOOOOOOOOOO', but must be a text of 1 to 16 characters.",
        ),
        (
            {**DRAWN, "class_names": ["X", " \t"]},
            "`data.class_names[1]` is ' \\t', but must have characters that can be seen.",
        ),
        (
            {**DRAWN, "class_names": ["X", "O\x00"]},
            "`data.class_names[1]` is 'O\\x00', but must have characters that can be seen.",
        ),
        ({"class_names": ["X", "O"]}, "`data.class_names` is only for `data.kind` given, which is moons."),
        ({"drawings": ["AAA"]}, "`data.drawings` is only for `data.kind` given, which is moons."),
    ],
)
def test_data_that_do_not_fit_together_are_refused(data: dict[str, Any], expected: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        Data(**data)
    assert str(caught.value) == expected


def test_given_points_may_have_ten_classes() -> None:
    assert Data(kind="given", classes=10, points=[[0, 0, each] for each in range(10)]).rows == 10


def test_given_numbers_are_fitted_when_there_are_no_classes() -> None:
    data = Data(kind="given", classes=0, points=[[0, 0, 0.25]])
    assert data.regression
    assert data.values == (0.25,)


def test_there_may_be_no_drawings_or_all_of_them_held_out() -> None:
    assert Data(kind="given", drawings=(), targets=()).rows == 0
    assert Data(kind="given", drawings=(), targets=(), held_out=()).values == ()
    assert Data(**DRAWN, held_out=(0, 1)).rows == 2


def test_ten_classes_have_names() -> None:
    data = Data(kind="given", drawings=(), targets=(), classes=10, class_names=tuple("0123456789"))
    assert data.class_names == tuple("0123456789")
