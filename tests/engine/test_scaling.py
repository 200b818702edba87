"""Given points in units of their own."""

import numpy as np
import pytest

from pellucid import Experiment, Run

RNG = np.random.default_rng(5)
POINTS = np.column_stack([RNG.normal(180, 9, 60), RNG.normal(-0.02, 0.003, 60), RNG.integers(0, 2, 60)])


def test_points_are_standardised_by_the_rows_trained_on() -> None:
    run = Run(Experiment(data={"kind": "given", "points": POINTS, "scaling": "standard", "test_share": 0.25}))
    train = run.points[: run.train_samples]
    np.testing.assert_allclose(train.mean(axis=0), 0, atol=1e-4)
    np.testing.assert_allclose(train.std(axis=0), 1, rtol=1e-4)
    assert run.train_samples < len(run.points)
    assert abs(run.points.mean()) > 1e-6  # those held out are not part of the mean


def test_points_are_left_alone_unless_it_is_wanted() -> None:
    run = Run(Experiment(data={"kind": "given", "points": POINTS, "held_out": []}))
    np.testing.assert_array_equal(run.points, POINTS[:, :2].astype(np.float32))


def test_the_network_is_asked_in_units_of_the_data() -> None:
    run = Run(Experiment(data={"kind": "given", "points": POINTS, "scaling": "standard", "held_out": []}))
    run.epoch(3)
    by_points = run.outputs(POINTS[:, :2])
    scaled = run.points
    same = Run(
        Experiment(
            data={"kind": "given", "points": np.column_stack([scaled, POINTS[:, 2]]).tolist(), "held_out": []},
        )
    )
    same.epoch(3)
    assert same.weights_sha256 == run.weights_sha256
    np.testing.assert_array_equal(by_points, same.outputs(scaled))


def test_in_regression_the_values_are_standardised_and_answers_come_in_their_units() -> None:
    heights = 1000 + 40 * (POINTS[:, 0] - 180)
    rows = np.column_stack([POINTS[:, :2], heights])
    data = {"kind": "given", "classes": 0, "points": rows, "scaling": "standard", "held_out": []}
    run = Run(Experiment(data=data, training={"learning_rate": 0.05}))
    np.testing.assert_allclose(run.values.std(), 1, rtol=1e-4)
    run.epoch(300)
    answers = run.predict(rows[:, :2])
    assert np.corrcoef(answers, heights)[0, 1] > 0.99
    assert abs(answers.mean() - heights.mean()) < 0.1 * heights.std()


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_a_coordinate_that_is_always_the_same_stays_finite(share: float) -> None:
    rows = [[7.0, float(k), k % 2] for k in range(10)]
    run = Run(Experiment(data={"kind": "given", "points": rows, "scaling": "standard", "test_share": share}))
    run.epoch(5)
    assert (run.points[:, 0] == 0).all()
    assert np.isfinite(run.loss)


def test_generated_points_know_no_scaling() -> None:
    plain, scaled = Run(Experiment()), Run(Experiment(data={"scaling": "standard"}))
    np.testing.assert_array_equal(plain.points, scaled.points)
