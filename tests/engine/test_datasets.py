"""Data of every kind: where the points lie, what they are labelled, and what noise does to them."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from engine.forms import ENUMERATIONS
from engine.harness import BadSettingsError, Trial

CLASSIFIED = [("blobs", 2), ("blobs", 3), ("blobs", 4), ("blobs", 5), ("circles", 2), ("moons", 2), ("xor", 2)]
CLASSIFIED += [("spiral", 2), ("spiral", 3), ("spiral", 4), ("spiral", 5)]
REGRESSION = [("plane", 2), ("bumps", 2)]
KINDS = CLASSIFIED + REGRESSION

EXTENT = 3.0


def data(kind: str, classes: int, samples: int = 500, noise: float = 0.0, seed: int = 0) -> Trial:
    settings: dict[str, Any] = {"data_kind": kind, "classes": classes, "samples": samples}
    return Trial(noise=noise, data_seed=seed, test_share=0.3, **settings)


def drawn(trial: Trial) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    return trial.array("POINTS").astype(float), trial.array("VALUES").astype(float)


def test_all_kinds_are_tested() -> None:
    assert {kind for kind, _ in KINDS} == set(ENUMERATIONS["DataKind"]) - {"given"}


@pytest.mark.parametrize("samples", [10, 99, 500])
@pytest.mark.parametrize(("kind", "classes"), CLASSIFIED)
def test_classes_are_as_even_as_the_number_of_samples_allows(kind: str, classes: int, samples: int) -> None:
    values = drawn(data(kind, classes, samples))[1]
    counts = np.bincount(values.astype(int), minlength=classes)
    assert counts.sum() == samples
    assert counts.size == classes
    assert counts.max() - counts.min() <= 1


@pytest.mark.parametrize(("kind", "classes"), KINDS)
def test_points_without_noise_lie_inside_the_plane(kind: str, classes: int) -> None:
    limit = EXTENT + 0.4 if kind == "blobs" else EXTENT  # a cloud has no edge: now and then a point lies just outside
    for seed in range(5):
        assert np.abs(drawn(data(kind, classes, seed=seed))[0]).max() <= limit


@pytest.mark.parametrize(("kind", "classes"), KINDS)
def test_points_use_the_plane(kind: str, classes: int) -> None:
    points = drawn(data(kind, classes))[0]
    assert np.all(np.ptp(points, axis=0) > 2.2)
    assert np.abs(points.mean(axis=0)).max() < 0.5


@pytest.mark.parametrize(("kind", "classes"), KINDS)
def test_noise_is_the_standard_deviation_by_which_a_point_is_moved(kind: str, classes: int) -> None:
    noise = 0.3
    before, labels = drawn(data(kind, classes, 5000))
    after, labels_after = drawn(data(kind, classes, 5000, noise))
    moved = after - before
    assert np.array_equal(labels_after, labels)
    assert moved.std(axis=0) == pytest.approx([noise, noise], rel=0.04)
    assert moved.mean(axis=0) == pytest.approx([0, 0], abs=0.02)
    assert abs(np.corrcoef(moved.T)[0, 1]) < 0.06


@pytest.mark.parametrize(("kind", "classes"), KINDS)
def test_noise_of_any_strength_leaves_the_labels_alone(kind: str, classes: int) -> None:
    labels = drawn(data(kind, classes))[1]
    assert np.array_equal(drawn(data(kind, classes, noise=1.0))[1], labels)


@pytest.mark.parametrize(("kind", "classes"), KINDS)
def test_a_seed_repeats_its_data_and_another_one_gives_other_data(kind: str, classes: int) -> None:
    one, again, other = (data(kind, classes, 60, 0.1, seed).bytes(["POINTS", "VALUES"]) for seed in (4, 4, 5))
    assert one == again
    assert one != other


@pytest.mark.parametrize(("kind", "classes"), CLASSIFIED)
def test_both_sets_hold_samples_of_every_class_in_mixed_order(kind: str, classes: int) -> None:
    trial = data(kind, classes)
    values, train = trial.array("VALUES").astype(int), trial["TRAIN_SAMPLES"]
    assert train == 350
    for part in (values[:train], values[train:]):
        assert np.unique(part).size == classes
        assert np.count_nonzero(np.diff(part) == 0) > 0.5 * len(part) / classes  # in turn, none would be equal


@pytest.mark.parametrize(("share", "held_out"), [(0.0, 0), (0.5, 31), (0.1, 6), (0.9, 55), (0.99, 60)])
def test_the_share_held_out_is_rounded_to_the_nearest_number(share: float, held_out: int) -> None:
    trial = Trial(samples=61, test_share=share)
    assert 61 - trial["TRAIN_SAMPLES"] == held_out


def test_blobs_are_clouds_of_the_stated_width_around_centres_on_a_circle() -> None:
    points, labels = drawn(data("blobs", 4, 5000))
    for label in range(4):
        cloud = points[labels == label]
        angle = np.pi * (0.25 + label / 2)
        assert cloud.mean(axis=0) == pytest.approx([1.6 * np.cos(angle), 1.6 * np.sin(angle)], abs=0.05)
        assert cloud.std(axis=0) == pytest.approx([0.4, 0.4], rel=0.06)


def test_circles_have_a_disc_inside_a_ring() -> None:
    points, labels = drawn(data("circles", 2))
    radius = np.hypot(*points.T)
    assert radius[labels == 1].max() <= 1
    assert radius[labels == 0].min() >= 1.7
    assert radius[labels == 0].max() <= 2.4


def test_moons_are_two_half_circles_that_reach_into_each_other() -> None:
    points, labels = drawn(data("moons", 2))
    for label, side in ((0, 1), (1, -1)):
        moon = points[labels == label]
        centre = np.array([-0.75 * side, -0.375 * side])
        assert np.hypot(*(moon - centre).T) == pytest.approx(1.5, abs=1e-5)
        assert np.all(side * (moon - centre)[:, 1] >= -1e-6)


def test_the_label_of_xor_says_whether_the_signs_are_equal() -> None:
    points, labels = drawn(data("xor", 2))
    assert np.abs(points).min() >= 0.15
    assert np.array_equal(labels == 1, np.sign(points[:, 0]) == np.sign(points[:, 1]))


@pytest.mark.parametrize("arms", [2, 3, 4, 5])
def test_spirals_have_one_arm_a_class_turned_evenly(arms: int) -> None:
    points, labels = drawn(data("spiral", arms))
    radius = np.hypot(*points.T)
    turned = np.arctan2(points[:, 0], points[:, 1]) / (2 * np.pi) - 3.5 / arms * radius / 2.6
    expected = labels / arms
    assert np.abs((turned - expected + 0.5) % 1 - 0.5).max() < 1e-4
    assert radius.max() == pytest.approx(2.6, rel=1e-6)


def test_the_plane_is_a_slope_from_minus_1_to_1() -> None:
    points, values = drawn(data("plane", 2))
    assert values == pytest.approx(points.sum(axis=1) / 6, abs=1e-6)
    assert values.min() < -0.7
    assert values.max() > 0.7


def test_bumps_are_cones_up_and_down() -> None:
    points, values = drawn(data("bumps", 2, 3000))
    centres = np.array([(x, y) for y in (1.25, -1.25) for x in (-2.0, 0.0, 2.0)])
    signs = np.array([1, -1, 1, -1, 1, -1])
    distances = np.linalg.norm(points[:, None] - centres, axis=2)
    expected = (signs * np.clip(1 - distances / 1.1, 0, None)).sum(axis=1)
    assert values == pytest.approx(expected, abs=1e-5)
    assert values.min() < -0.9
    assert values.max() > 0.9


def test_given_classes_become_targets_and_given_points_become_features() -> None:
    points = np.array([[1, 2], [-1, 0.5], [0.25, -3]], np.float32)
    trial = Trial(given=(points, [0, 2, 1]), classes=3, features=("x2", "x1_x2"))
    assert np.array_equal(trial.array("NETWORK_INPUTS"), np.stack([points[:, 1], points[:, 0] * points[:, 1]], axis=1))
    assert np.array_equal(trial.array("TARGETS"), np.eye(3)[[0, 2, 1]])
    assert np.array_equal(trial.array("VALUES"), [0, 2, 1])


def test_given_values_of_regression_are_the_targets() -> None:
    trial = Trial(given=([[1.0], [2.0], [3.0]], [0.5, -7.0, 100.0]), classes=0)
    assert trial.array("TARGETS").ravel().tolist() == [0.5, -7.0, 100.0]


def test_given_bits_that_are_no_bits_are_refused() -> None:
    with pytest.raises(BadSettingsError, match="bad_inputs"):
        Trial(given=([[1.0, 0.0], [0.5, 0.0]], [0, 1]), bits=1)


@pytest.mark.parametrize(
    ("settings", "low", "high"),
    [
        ({}, 0, 1),
        ({"output_kind": "per_class"}, 0, 1),
        ({"loss": "squared_error"}, 0, 1),
        *(({"loss": "squared_error", "output_activation": name}, -1, 1) for name in ("tanh", "sine", "linear")),
        *(({"loss": "squared_error", "output_activation": name}, 0, 1) for name in ("relu", "gelu", "leaky_relu")),
    ],
)
def test_the_targets_of_classes_are_what_the_outputs_can_say(settings: dict[str, Any], low: int, high: int) -> None:
    trial = Trial(**settings)
    targets, values = trial.array("TARGETS"), trial.array("VALUES")
    said = np.where(values[:, None] == ([1] if targets.shape[1] == 1 else [0, 1]), high, low)
    assert np.array_equal(targets, said)
