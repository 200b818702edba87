"""Pictures: every unit over the plane, and values and classes in colours."""

import numpy as np
import numpy.typing as npt
import pytest

from engine import reference
from engine.forms import NATIVE
from engine.harness import Trial

LOW, HIGH = -3.0, 3.0


def centres(resolution: int) -> npt.NDArray[np.float64]:
    """Return the points (resolution², 2) at the cells' centres, from the top left, row by row."""
    along = LOW + (np.arange(resolution) + 0.5) * (HIGH - LOW) / resolution
    x1, x2 = np.meshgrid(along, along[::-1])
    return np.stack([x1.ravel(), x2.ravel()], axis=1)


@pytest.mark.parametrize("resolution", [1, 2, 8, 9, 33])
def test_every_unit_is_shown_over_the_plane(resolution: int) -> None:
    trial = Trial((5, 3), data_kind="spiral", classes=3, features=("x1", "x2", "x1_x2"))
    picture = np.full((14, resolution * resolution), np.nan, np.float32)
    trial.expect_running("surfaces", resolution, LOW, HIGH, 0, picture)
    points = centres(resolution)
    X = np.column_stack([points, points.prod(axis=1)])
    values = reference.forward(trial.doubles(), trial.kinds, X)[1]
    np.testing.assert_allclose(picture, np.concatenate([a.T for a in values]), rtol=1e-5, atol=1e-5)


def test_pictures_may_begin_at_a_later_layer() -> None:
    trial = Trial((5, 3))
    everything, outputs = np.zeros((11, 49), np.float32), np.zeros((1, 49), np.float32)
    trial.expect_running("surfaces", 7, LOW, HIGH, 0, everything)
    trial.expect_running("surfaces", 7, LOW, HIGH, 3, outputs)
    assert outputs.tobytes() == everything[-1:].tobytes()


PALETTE = np.array([0x10, 0x20, 0x30, 0x40, 0x50], np.int32)


def painted(values: list[float], low: float, high: float) -> list[int]:
    x, out = np.array(values, np.float32), np.zeros(len(values), np.int32)
    NATIVE.call("paint", x, len(values), low, high, PALETTE, PALETTE.size, out)
    return (out // 0x10 - 1).tolist()


def test_values_get_the_nearest_colour_of_the_palette() -> None:
    assert painted([-1, -0.5, 0, 0.24, 0.26, 1], -1.0, 1.0) == [0, 1, 2, 2, 3, 4]


def test_values_outside_the_scale_get_its_ends() -> None:
    assert painted([-7, 9, -np.inf, np.inf], -1.0, 1.0) == [0, 4, 0, 4]


def test_a_value_that_is_not_a_number_gets_a_colour_of_the_palette() -> None:
    assert painted([np.nan], -1.0, 1.0) == [0]


def test_a_scale_of_no_width_goes_evenly_to_the_largest_size() -> None:
    assert painted([-4, -2, 0, 2, 4], 0.0, 0.0) == [0, 1, 2, 3, 4]
    assert painted([-4, 0, 1], 0.0, 0.0) == [0, 2, 3]
    assert len(set(painted([0, 0], 0.0, 0.0))) == 1


RED, GREEN, BLUE = -16776961, -16711936, -65536  # RGBA, red in the lowest byte, opaque


def blended(values: list[list[float]], hard: int = 0) -> list[tuple[int, ...]]:
    x = np.array(values, np.float32)
    out, palette = np.zeros(x.shape[1], np.int32), np.array([RED, GREEN, BLUE], np.int32)
    NATIVE.call("paint_classes", x, x.shape[1], len(x), hard, palette, out)
    return [tuple(map(int, colour)) for colour in out.view(np.uint8).reshape(-1, 4)]


def test_a_sure_class_has_its_own_colour() -> None:
    opaque = [(255, 0, 0, 255), (0, 255, 0, 255), (0, 0, 255, 255)]
    assert blended([[1, 0, 0], [0, 1, 0], [0, 0, 1]]) == opaque


def test_probabilities_mix_in_light() -> None:
    half = round(np.sqrt(0.5) * 255)
    assert blended([[0.5], [0.5], [0]]) == [(half, half, 0, 255)]


def test_mixing_does_not_depend_on_the_sum_of_the_outputs() -> None:
    assert blended([[2.0], [1.0], [1.0]]) == blended([[0.5], [0.25], [0.25]])


def test_negative_outputs_have_no_share() -> None:
    assert blended([[1.0], [-5.0], [-0.1]]) == [(255, 0, 0, 255)]


def test_hard_colours_are_those_of_the_strongest_class() -> None:
    assert blended([[0.4, 0.2], [0.35, 0.5], [0.25, 0.3]], hard=1) == [(255, 0, 0, 255), (0, 255, 0, 255)]


def test_outputs_of_which_none_is_positive_get_the_colour_of_the_largest() -> None:
    assert blended([[-3.0], [-1.0], [-2.0]]) == [(0, 255, 0, 255)]
