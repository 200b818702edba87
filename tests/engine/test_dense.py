"""Dense layers: one sample, four side by side, and bits. All give the numbers of the first, to the last bit."""

import itertools

import numpy as np
import numpy.typing as npt
import pytest

from engine.forms import Engine

Floats = npt.NDArray[np.float32]

SHAPES = [(1, 1), (2, 1), (3, 4), (2, 5), (7, 2), (5, 5)]
"""(n_in, n_out), odd and even: two rows are done at a time, and one may be left."""

QUADS = [1, 2, 3]


def numbers(*shape: int, seed: int) -> Floats:
    """Return numbers of many magnitudes, so that another order of adding would give other bits."""
    rng = np.random.default_rng(seed)
    result: Floats = (rng.normal(size=shape) * 10.0 ** rng.integers(-3, 4, shape)).astype(np.float32)
    return result


def same_bits(one: Floats, other: Floats) -> bool:
    return one.tobytes() == other.tobytes()


def column(array: Floats, sample: int) -> Floats:
    """Return one sample of an array (units, quads, 4)."""
    return np.ascontiguousarray(array.reshape(len(array), -1)[:, sample])


def forward(engine: Engine, W: Floats, b: Floats, x: Floats) -> Floats:
    z = np.zeros_like(b)
    engine.call("dense_forward", W, *W.shape, b, x, z)
    return z


@pytest.mark.parametrize("shape", SHAPES)
def test_forward_adds_the_bias_and_then_each_input_in_order(probe: Engine, shape: tuple[int, int]) -> None:
    W, b, x = numbers(*shape, seed=1), numbers(shape[1], seed=2), numbers(shape[0], seed=3)
    expected = b.copy()
    for row, value in zip(W, x, strict=True):
        expected = expected + row * value
    assert same_bits(forward(probe, W, b, x), expected)


@pytest.mark.parametrize("shape", SHAPES)
def test_backward_adds_from_the_first_unit_to_the_last(probe: Engine, shape: tuple[int, int]) -> None:
    W, delta = numbers(*shape, seed=1), numbers(shape[1], seed=2)
    out = np.zeros(shape[0], np.float32)
    probe.call("dense_backward", W, *shape, delta, out)
    expected = W[:, 0] * delta[0]
    for j in range(1, shape[1]):
        expected = expected + W[:, j] * delta[j]
    assert same_bits(out, expected)


def test_gradients_of_one_sample_are_added_to_what_is_there(probe: Engine) -> None:
    x, delta = numbers(3, seed=1), numbers(4, seed=2)
    W_before, b_before = numbers(3, 4, seed=3), numbers(4, seed=4)
    W_gradient, b_gradient = W_before.copy(), b_before.copy()
    probe.call("dense_gradients", delta, x, 3, 4, W_gradient, b_gradient)
    assert same_bits(W_gradient, W_before + delta * x[:, None])
    assert same_bits(b_gradient, b_before + delta)


@pytest.mark.parametrize("quads", QUADS)
@pytest.mark.parametrize("shape", SHAPES)
def test_each_lane_goes_forward_like_a_sample_alone(probe: Engine, shape: tuple[int, int], quads: int) -> None:
    n_in, n_out = shape
    W, b, x = numbers(n_in, n_out, seed=1), numbers(n_out, seed=2), numbers(n_in, quads, 4, seed=3)
    z = np.zeros((n_out, quads, 4), np.float32)
    probe.call("lanes_forward", W, n_in, n_out, b, x, quads, z)
    for sample in range(4 * quads):
        assert same_bits(column(z, sample), forward(probe, W, b, column(x, sample)))


@pytest.mark.parametrize("quads", QUADS)
@pytest.mark.parametrize("shape", SHAPES)
def test_each_lane_goes_backward_like_a_sample_alone(probe: Engine, shape: tuple[int, int], quads: int) -> None:
    n_in, n_out = shape
    W, delta = numbers(n_in, n_out, seed=1), numbers(n_out, quads, 4, seed=2)
    out = np.zeros((n_in, quads, 4), np.float32)
    probe.call("lanes_backward", W, n_in, n_out, delta, quads, out)
    for sample in range(4 * quads):
        alone = np.zeros(n_in, np.float32)
        probe.call("dense_backward", W, n_in, n_out, column(delta, sample), alone)
        assert same_bits(column(out, sample), alone)


def summed_over_lanes(products: Floats) -> Floats:
    """Add products (..., quads, 4): a running sum in each lane, then (0 + 1) + (2 + 3)."""
    lanes = np.zeros_like(products[..., 0, :])
    for quad in range(products.shape[-2]):
        lanes = lanes + products[..., quad, :]
    total: Floats = (lanes[..., 0] + lanes[..., 1]) + (lanes[..., 2] + lanes[..., 3])
    return total


@pytest.mark.parametrize("quads", QUADS)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_sum_over_samples_runs_in_lanes_and_joins_them_in_pairs(
    probe: Engine, shape: tuple[int, int], quads: int
) -> None:
    n_in, n_out = shape
    x, delta = numbers(n_in, quads, 4, seed=1), numbers(n_out, quads, 4, seed=2)
    W_before, b_before = numbers(n_in, n_out, seed=3), numbers(n_out, seed=4)
    W_gradient, b_gradient = W_before.copy(), b_before.copy()
    probe.call("lanes_gradients", delta, x, quads, n_in, n_out, W_gradient, b_gradient)
    assert same_bits(W_gradient, W_before + summed_over_lanes(x[:, None] * delta[None]))
    assert same_bits(b_gradient, b_before + summed_over_lanes(delta))


def bits(*shape: int, seed: int) -> Floats:
    result: Floats = (np.random.default_rng(seed).random(shape) < 0.4).astype(np.float32)
    return result


BIT_SHAPES = [(1, 1), (9, 3), (12, 4), (36, 7)]


def active_of(engine: Engine, inputs: Floats) -> list[npt.NDArray[np.int32]]:
    """Return each sample's list of inputs that are 1, by the engine."""
    n, n_in = inputs.shape
    starts, active = np.zeros(n + 1, np.int32), np.zeros(n * n_in, np.int32)
    engine.call("bits_list", inputs, n, n_in, starts, active)
    return [active[start:end].copy() for start, end in itertools.pairwise(starts)]


def test_the_inputs_that_are_1_are_listed_in_order(probe: Engine) -> None:
    inputs = np.array([[0, 1, 1, 0], [0, 0, 0, 0], [1, 0, 0, 1]], np.float32)
    assert [a.tolist() for a in active_of(probe, inputs)] == [[1, 2], [], [0, 3]]


@pytest.mark.parametrize("shape", BIT_SHAPES)
def test_bits_go_forward_like_any_inputs(probe: Engine, shape: tuple[int, int]) -> None:
    n_in, n_out = shape
    inputs = bits(8, n_in, seed=1)
    W, b = numbers(n_in, n_out, seed=2), numbers(n_out, seed=3)
    for x, active in zip(inputs, active_of(probe, inputs), strict=True):
        z = np.zeros(n_out, np.float32)
        probe.call("bits_forward", W, n_in, n_out, b, active, active.size, z)
        assert same_bits(z, forward(probe, W, b, x))


@pytest.mark.parametrize("shape", BIT_SHAPES)
def test_gradients_of_one_sample_of_bits_are_those_of_any_inputs(probe: Engine, shape: tuple[int, int]) -> None:
    n_in, n_out = shape
    inputs, delta, before = bits(8, n_in, seed=1), numbers(n_out, seed=2), numbers(n_in, n_out, seed=3)
    for x, active in zip(inputs, active_of(probe, inputs), strict=True):
        by_bits, by_dense = before.copy(), before.copy()
        probe.call("bits_gradients", delta, active, active.size, n_in, n_out, by_bits)
        probe.call("dense_gradients", delta, x, n_in, n_out, by_dense, np.zeros(n_out, np.float32))
        assert same_bits(by_bits, by_dense)


@pytest.mark.parametrize("shape", BIT_SHAPES)
@pytest.mark.parametrize("samples", [2, 7, 12])
def test_gradients_of_a_chunk_of_bits_are_added_sample_after_sample(
    probe: Engine, shape: tuple[int, int], samples: int
) -> None:
    n_in, n_out = shape
    lanes = (samples + 3) // 4 * 4
    inputs, deltas, before = bits(samples, n_in, seed=1), numbers(lanes, n_out, seed=2), numbers(n_in, n_out, seed=3)
    by_input = [np.flatnonzero(inputs[:, i]).astype(np.int32) for i in range(n_in)]
    starts = np.cumsum([0, *(one.size for one in by_input)], dtype=np.int32)
    listed = np.zeros(n_in * lanes, np.int32)
    listed[: starts[-1]] = np.concatenate(by_input)
    by_chunk, one_by_one = before.copy(), before.copy()
    probe.call("bits_chunk_gradients", deltas, lanes, starts, listed, n_in, n_out, by_chunk)
    for delta, active in zip(deltas, active_of(probe, inputs), strict=False):
        probe.call("bits_gradients", np.ascontiguousarray(delta), active, active.size, n_in, n_out, one_by_one)
    assert same_bits(by_chunk, one_by_one)
