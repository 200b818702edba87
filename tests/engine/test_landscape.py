"""The plane around the weights in which the loss is pictured."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from engine.accounts import Floats, copied
from engine.harness import Trial
from engine.test_account import trial

CASES = range(0, 84, 5)


def directions(run: Trial, seed: int = 3) -> tuple[Floats, Floats]:
    first, second = np.empty((2, run["PARAMETER_COUNT"]), np.float32)
    run.call("direct", seed, first, second)
    return first, second


def parts(run: Trial, direction: Floats) -> list[tuple[Floats, Floats]]:
    """Return a direction's W (n_in, n_out) and b of each layer."""
    result, start = [], 0
    for n_in, n_out in itertools.pairwise(run.slot("WIDTHS")[: run["LAYERS"] + 1]):
        end = start + n_in * n_out
        result.append((direction[start:end].reshape(n_in, n_out), direction[end : end + n_out]))
        start = end + n_out
    return result


@pytest.mark.parametrize("case", CASES)
def test_the_directions_are_orthogonal_and_as_large_as_the_weights(case: int) -> None:
    run = copied(trial(case))
    run.call("step", 1)
    first, second = directions(run)
    norms = np.linalg.norm(first.astype(float)), np.linalg.norm(second.astype(float))
    assert abs(first.astype(float) @ second.astype(float)) <= 1e-5 * norms[0] * norms[1]
    for (W, _), (D, d) in zip(run.layers(), parts(run, first), strict=True):
        moved = np.abs(D).max(axis=0) > 0
        np.testing.assert_allclose(np.linalg.norm(D, axis=0)[moved], np.linalg.norm(W, axis=0)[moved], rtol=1e-5)
        assert not d.any()
    assert norms[0] > 0
    assert directions(run)[1].tobytes() == second.tobytes()
    assert directions(run, seed=4)[1].tobytes() != second.tobytes()


@pytest.mark.parametrize("case", CASES)
def test_the_middle_of_the_plane_is_the_run_itself(case: int) -> None:
    run = trial(case)
    run.call("evaluate")
    memory, work = copied(run), copied(run)
    first, second = directions(memory)
    out = np.empty(5, np.float32)
    memory.call("landscape", work.memory, first, second, -1.0, 0.0, 0.5, 5, out)
    l2 = run["PENALTY"] if run["REGULARIZER"] == 2 else 0
    assert out[2] == np.float32(run["TRAIN_LOSS"] + l2)
    assert memory.bytes() == run.bytes()
    moved = copied(run)
    moved.parameters[:] = run.parameters + np.float32(0.5) * first
    moved.call("evaluate")
    l2 = moved["PENALTY"] if run["REGULARIZER"] == 2 else 0
    assert out[3] == pytest.approx(moved["TRAIN_LOSS"] + l2, rel=1e-6)


@pytest.mark.parametrize("case", CASES)
def test_a_point_of_the_plane_is_found_again(case: int) -> None:
    run = copied(trial(case))
    run.call("step", 1)
    first, second = directions(run)
    out = np.empty(2, np.float32)
    point = (run.parameters + np.float32(0.3) * first - np.float32(0.7) * second).astype(np.float32)
    run.call("locate", point, first, second, out)
    np.testing.assert_allclose(out, [0.3, -0.7], rtol=1e-4)


def test_two_weights_span_a_plane_of_their_own() -> None:
    run = copied(trial(0))
    first, second = np.empty((2, run["PARAMETER_COUNT"]), np.float32)
    assert run.call("direct_to", 0, 0, 0, first) == 0
    assert run.call("direct_to", 0, 0, -1, second) == 0
    assert first.sum() == second.sum() == 1
    assert parts(run, first)[0][0][0, 0] == 1
    assert parts(run, second)[0][1][0] == 1
    assert run.call("direct_to", 7, 0, 0, first) < 0
