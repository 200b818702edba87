"""Engine functions that the outside cannot call, each in a function of its own: compiled for the tests alone.

This is engine source like that of `pellucid.engine`: it runs as Python and goes through the same compiler.
"""

from pellucid.engine.binary_input import add_chunk_gradients, list_active
from pellucid.engine.binary_input import add_gradients as add_active_gradients
from pellucid.engine.binary_input import forward as forward_active
from pellucid.engine.dense import add_gradients, backward, forward
from pellucid.engine.dense_lanes import add_gradients as add_lane_gradients
from pellucid.engine.dense_lanes import backward as backward_lanes
from pellucid.engine.dense_lanes import forward as forward_lanes
from pellucid.engine.numerics import cos, exp, exp_of_minus, log, sigmoid, sin, softplus, tanh
from pellucid.engine.primitives import Floats, Integers, cube, int32, matrix, vector
from pellucid.engine.random import below, normal, random_bits, seed_generator, shuffle, uniform


def map_exp(x: Floats, n: int, out: Floats) -> int:
    """Set out = exp x."""
    for k in range(n):
        out[k] = exp(x[k])
    return 0


def map_exp_of_minus(x: Floats, n: int, out: Floats) -> int:
    """Set out = exp(−x)."""
    for k in range(n):
        out[k] = exp_of_minus(x[k])
    return 0


def map_log(x: Floats, n: int, out: Floats) -> int:
    """Set out = log x."""
    for k in range(n):
        out[k] = log(x[k])
    return 0


def map_tanh(x: Floats, n: int, out: Floats) -> int:
    """Set out = tanh x."""
    for k in range(n):
        out[k] = tanh(x[k])
    return 0


def map_sigmoid(x: Floats, n: int, out: Floats) -> int:
    """Set out = 1 / (1 + exp(−x))."""
    for k in range(n):
        out[k] = sigmoid(x[k])
    return 0


def map_softplus(x: Floats, n: int, out: Floats) -> int:
    """Set out = log(1 + exp x)."""
    for k in range(n):
        out[k] = softplus(x[k])
    return 0


def map_sin(x: Floats, n: int, out: Floats) -> int:
    """Set out = sin x."""
    for k in range(n):
        out[k] = sin(x[k])
    return 0


def map_cos(x: Floats, n: int, out: Floats) -> int:
    """Set out = cos x."""
    for k in range(n):
        out[k] = cos(x[k])
    return 0


def start_generator(state: Integers, seed: int, stream: int) -> int:
    """Set the state (4,) of a generator."""
    seed_generator(vector(state, 0, 4), seed, stream)
    return 0


def draw_bits(state: Integers, n: int, out: Integers) -> int:
    """Set out (n,) to random bits, written as int32."""
    for k in range(n):
        out[k] = int32(random_bits(vector(state, 0, 4)))
    return 0


def draw_uniform(state: Integers, n: int, out: Floats) -> int:
    """Set out (n,) to numbers in [0, 1)."""
    for k in range(n):
        out[k] = uniform(vector(state, 0, 4))
    return 0


def draw_normal(state: Integers, n: int, out: Floats) -> int:
    """Set out (n,) to standard normal numbers."""
    for k in range(n):
        out[k] = normal(vector(state, 0, 4))
    return 0


def draw_below(state: Integers, limit: int, n: int, out: Integers) -> int:
    """Set out (n,) to integers from 0 to limit − 1."""
    for k in range(n):
        out[k] = below(vector(state, 0, 4), limit)
    return 0


def draw_orders(state: Integers, length: int, n: int, out: Integers) -> int:
    """Shuffle each row of out (n, length)."""
    rows = matrix(out, 0, n, length)
    for k in range(n):
        shuffle(rows[k], length, vector(state, 0, 4))
    return 0


def dense_forward(W: Floats, n_in: int, n_out: int, b: Floats, x: Floats, z: Floats) -> int:
    """Set z (n_out,) for one sample."""
    forward(matrix(W, 0, n_in, n_out), vector(b, 0, n_out), vector(x, 0, n_in), vector(z, 0, n_out))
    return 0


def dense_backward(W: Floats, n_in: int, n_out: int, delta: Floats, out: Floats) -> int:
    """Set out (n_in,) for one sample."""
    backward(matrix(W, 0, n_in, n_out), vector(delta, 0, n_out), vector(out, 0, n_in))
    return 0


def dense_gradients(delta: Floats, x: Floats, n_in: int, n_out: int, W_gradient: Floats, b_gradient: Floats) -> int:
    """Add the gradients of one sample."""
    W_rows, b_row = matrix(W_gradient, 0, n_in, n_out), vector(b_gradient, 0, n_out)
    add_gradients(vector(delta, 0, n_out), vector(x, 0, n_in), W_rows, b_row)
    return 0


def lanes_forward(W: Floats, n_in: int, n_out: int, b: Floats, x: Floats, quads: int, z: Floats) -> int:
    """Set z (n_out, quads, 4)."""
    forward_lanes(
        matrix(W, 0, n_in, n_out), vector(b, 0, n_out), cube(x, 0, n_in, quads, 4), cube(z, 0, n_out, quads, 4)
    )
    return 0


def lanes_backward(W: Floats, n_in: int, n_out: int, delta: Floats, quads: int, out: Floats) -> int:
    """Set out (n_in, quads, 4)."""
    backward_lanes(matrix(W, 0, n_in, n_out), cube(delta, 0, n_out, quads, 4), cube(out, 0, n_in, quads, 4))
    return 0


def lanes_gradients(
    delta: Floats, x: Floats, quads: int, n_in: int, n_out: int, W_gradient: Floats, b_gradient: Floats
) -> int:
    """Add the gradients of four times `quads` samples."""
    W_rows, b_row = matrix(W_gradient, 0, n_in, n_out), vector(b_gradient, 0, n_out)
    add_lane_gradients(cube(delta, 0, n_out, quads, 4), cube(x, 0, n_in, quads, 4), W_rows, b_row)
    return 0


def bits_list(inputs: Floats, n: int, n_in: int, starts: Integers, active: Integers) -> int:
    """List the inputs (n, n_in) that are 1."""
    list_active(matrix(inputs, 0, n, n_in), vector(starts, 0, n + 1), vector(active, 0, n * n_in))
    return 0


def bits_forward(W: Floats, n_in: int, n_out: int, b: Floats, active: Integers, count: int, z: Floats) -> int:
    """Set z (n_out,) for a sample with `count` active inputs."""
    forward_active(matrix(W, 0, n_in, n_out), vector(b, 0, n_out), vector(active, 0, count), vector(z, 0, n_out))
    return 0


def bits_gradients(delta: Floats, active: Integers, count: int, n_in: int, n_out: int, W_gradient: Floats) -> int:
    """Add the gradients of one sample."""
    add_active_gradients(vector(delta, 0, n_out), vector(active, 0, count), matrix(W_gradient, 0, n_in, n_out))
    return 0


def bits_chunk_gradients(
    deltas: Floats, lanes: int, starts: Integers, samples: Integers, n_in: int, n_out: int, W_gradient: Floats
) -> int:
    """Add the gradients of a chunk: deltas (lanes, n_out)."""
    rows = matrix(W_gradient, 0, n_in, n_out)
    listed = vector(samples, 0, n_in * lanes)
    add_chunk_gradients(matrix(deltas, 0, lanes, n_out), vector(starts, 0, n_in + 1), listed, rows)
    return 0
