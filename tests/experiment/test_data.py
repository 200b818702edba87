"""What the model of the data refuses."""

from typing import Any

import pytest

from pellucid import Data
from pellucid.errors import ExperimentError

POINTS = [[0, 0, 0], [1, 1, 1], [2, 2, 1]]


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
        ({"kind": "given"}, "`data` of kind given must have points, or inputs and targets."),
        ({"kind": "given", "inputs": [[1]]}, "`data` of kind given must have points, or inputs and targets."),
        (
            {"kind": "given", "inputs": [[1]], "points": POINTS},
            "`data` of kind given has both points and inputs or targets, but must have one or the other.",
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
