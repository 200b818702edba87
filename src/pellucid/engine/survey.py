"""How the hidden units are used by the samples trained on: the evidence for what is wrong with a network."""

from pellucid.engine.activations import Activation, multiply_slope
from pellucid.engine.memory import CHUNK, Array, Int
from pellucid.engine.network import array_start, forward_network, quads, unit_rows, units
from pellucid.engine.primitives import Floats, Words, as_integers, float32, matrix, sqrt, vector
from pellucid.engine.samples import lanes_for, load_chunk

STEEPEST_GELU = 1.1289
"""Largest |f′| of GELU, at z = √2."""


def survey_units(memory: Words, out: Floats) -> None:
    """Fill out (hidden units, 3): mean of a, its standard deviation, and mean |f′(z)| as a share of the largest."""
    integers = as_integers(memory)
    train, layers = integers[Int.TRAIN_SAMPLES], integers[Int.LAYERS]
    hidden = 0
    for layer in range(1, layers):
        hidden += integers[Int.WIDTHS + layer]
    rows = matrix(out, 0, hidden, 3)
    for k in range(hidden):
        for column in range(3):
            rows[k, column] = 0.0
    start = 0
    while start < train:
        count = train - start if train - start < CHUNK else CHUNK
        add_samples(memory, start, count, rows)
        start += count
    for k in range(hidden if train > 0 else 0):
        mean = rows[k, 0] / float32(train)
        variance = rows[k, 1] / float32(train) - mean * mean
        rows[k, 0] = mean
        rows[k, 1] = sqrt(variance if variance > 0.0 else float32(0.0))
        rows[k, 2] = rows[k, 2] / float32(train)


def add_samples(memory: Words, start: int, count: int, rows: Floats) -> None:
    """Add a, a² and the share of the steepest slope of up to 64 samples to the rows of all hidden units."""
    integers = as_integers(memory)
    lanes = lanes_for(count)
    samples = vector(integers, array_start(integers, Array.CHUNK_SAMPLES), count)
    for s in range(count):
        samples[s] = start + s
    load_chunk(memory, lanes, samples)
    forward_network(memory, lanes, samples)
    first = 0
    for layer in range(1, integers[Int.LAYERS]):
        kind, n = integers[Int.LAYER_ACTIVATIONS + layer - 1], quads(integers, layer, lanes)
        slopes = units(memory, integers, Array.DELTAS, layer, lanes)
        for k in range(4 * n):
            slopes[k] = 1.0
        z = units(memory, integers, Array.PRE_ACTIVATIONS, layer, lanes)
        multiply_slope(kind, z, units(memory, integers, Array.UNIT_ACTIVATIONS, layer, lanes), slopes, n)
        a = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, layer, lanes)
        slope_rows = unit_rows(memory, integers, Array.DELTAS, layer, lanes)
        for j in range(a.shape[0]):
            for s in range(count):
                rows[first + j, 0] += a[j, s]
                rows[first + j, 1] += a[j, s] * a[j, s]
                rows[first + j, 2] += abs(slope_rows[j, s]) / steepest(kind)
        first += a.shape[0]


def steepest(kind: int) -> float:
    """Return the largest |f′| of an activation."""
    if kind == Activation.SIGMOID:
        return float32(0.25)
    return float32(STEEPEST_GELU) if kind == Activation.GELU else float32(1.0)
