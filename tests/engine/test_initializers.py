"""Initial weights: the ranges and spreads of the papers, and nothing left over from before."""

import numpy as np
import pytest

from engine.harness import Trial

WIDTHS = (60, 40)


def weights(
    initializer: str, seed: int = 0, scale: float = 0.25
) -> list[np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
    trial = Trial(
        WIDTHS, initializer=initializer, initializer_scale=scale, weight_seed=seed, features=("x1", "x2", "x1_x2")
    )
    return [W for W, _ in trial.doubles()]


def test_glorot_weights_are_uniform_within_the_limit_of_both_widths() -> None:
    for W in weights("glorot"):
        limit = np.sqrt(6 / sum(W.shape))
        assert np.abs(W).max() <= limit
        assert np.abs(W).max() > 0.9 * limit
        assert W.std() == pytest.approx(limit / np.sqrt(3), rel=0.15)


def test_he_weights_are_normal_with_the_deviation_of_the_inputs() -> None:
    for W in weights("he")[:2]:
        assert W.std() == pytest.approx(np.sqrt(2 / len(W)), rel=0.15)
        assert np.abs(W).max() > 2 * np.sqrt(2 / len(W))


def test_uniform_weights_fill_the_range() -> None:
    W = weights("uniform")[1]
    assert np.abs(W).max() <= 0.25
    assert W.std() == pytest.approx(0.25 / np.sqrt(3), rel=0.05)
    assert W.mean() == pytest.approx(0, abs=0.01)


def test_normal_weights_have_the_deviation() -> None:
    W = weights("normal")[1]
    assert W.std() == pytest.approx(0.25, rel=0.05)
    assert W.mean() == pytest.approx(0, abs=0.02)


def test_zeros_are_zeros() -> None:
    assert all(not W.any() for W in weights("zeros"))


@pytest.mark.parametrize("initializer", ["glorot", "he", "uniform", "normal"])
def test_a_seed_gives_its_weights(initializer: str) -> None:
    one, again, other = (np.concatenate([W.ravel() for W in weights(initializer, seed)]) for seed in (1, 1, 2))
    assert np.array_equal(one, again)
    assert not np.any(one == other)
    assert np.unique(one).size > 0.99 * one.size


def test_every_bias_starts_at_the_given_value() -> None:
    for _, b in Trial(bias=0.125).layers():
        assert np.all(b == np.float32(0.125))


def test_units_that_start_equal_stay_equal_for_ever() -> None:
    trial = Trial((4, 3), initializer="zeros", bias=0.1, learning_rate=0.5)
    trial.expect_running("epochs", 20)
    (first, first_b), (second, second_b), (last, _) = trial.layers()
    assert first.any()
    for W, b in ((first, first_b), (second, second_b)):
        assert np.all(W[:, :1] == W)
        assert np.all(b == b[0])
    assert np.all(last == last[0])
