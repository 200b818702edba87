"""All layers: forward from inputs to outputs, and backward from the loss to every gradient.

The samples of a chunk lie side by side in lanes: arrays of units have the shape (units, lanes), with 1 lane for one
sample, else a multiple of 4. Units are numbered from the inputs on: layer 0 here is the inputs.
"""

from pellucid.engine.activations import Activation, activate, multiply_slope, softmax
from pellucid.engine.binary_input import add_chunk_gradients
from pellucid.engine.binary_input import add_gradients as add_binary_gradients
from pellucid.engine.binary_input import forward as forward_binary
from pellucid.engine.dense import add_gradients as add_sample_gradients
from pellucid.engine.dense import backward as backward_sample
from pellucid.engine.dense import forward as forward_sample
from pellucid.engine.dense_lanes import add_bias_gradients, add_gradients, backward, forward
from pellucid.engine.losses import output_delta
from pellucid.engine.memory import CHUNK, Array, Int
from pellucid.engine.primitives import Floats, Integers, Words, as_integers, cube, matrix, vector
from pellucid.engine.weighting import weigh


def array_start(integers: Integers, array: int) -> int:
    """Return the word at which an array of the block starts."""
    return integers[Int.ARRAYS + array]


def layer_weights(memory: Words, integers: Integers, array: int, layer: int) -> Floats:
    """Return W (n_in, n_out) of a layer, or what lies like it in another array of parameters."""
    start = array_start(integers, array) + integers[Int.LAYER_STARTS + layer]
    return matrix(memory, start, integers[Int.WIDTHS + layer], integers[Int.WIDTHS + layer + 1])


def layer_biases(memory: Words, integers: Integers, array: int, layer: int) -> Floats:
    """Return b (n_out,) of a layer, or what lies like it in another array of parameters."""
    n_in, n_out = integers[Int.WIDTHS + layer], integers[Int.WIDTHS + layer + 1]
    return vector(memory, array_start(integers, array) + integers[Int.LAYER_STARTS + layer] + n_in * n_out, n_out)


def units(memory: Words, integers: Integers, array: int, layer: int, lanes: int) -> Floats:
    """Return a layer's units (width · lanes,) in an array of units, and what fills up the last group of four."""
    start = array_start(integers, array) + integers[Int.UNIT_STARTS + layer] * lanes
    return vector(memory, start, 4 * quads(integers, layer, lanes))


def quads(integers: Integers, layer: int, lanes: int) -> int:
    """Return how many groups of four values hold a layer's units; there is room for whole groups."""
    return (integers[Int.WIDTHS + layer] * lanes + 3) // 4


def unit_quads(memory: Words, integers: Integers, array: int, layer: int, lanes: int) -> Floats:
    """Return a layer's units (width, lanes / 4, 4)."""
    start = array_start(integers, array) + integers[Int.UNIT_STARTS + layer] * lanes
    return cube(memory, start, integers[Int.WIDTHS + layer], lanes // 4, 4)


def unit_rows(memory: Words, integers: Integers, array: int, layer: int, lanes: int) -> Floats:
    """Return a layer's units (width, lanes)."""
    start = array_start(integers, array) + integers[Int.UNIT_STARTS + layer] * lanes
    return matrix(memory, start, integers[Int.WIDTHS + layer], lanes)


def forward_network(memory: Words, lanes: int, samples: Integers) -> None:
    """Set z and a of every layer.

    The inputs are in the lanes already; binary inputs are looked up instead, by the numbers of the samples. No
    samples: the lanes hold something else than samples.
    """
    integers = as_integers(memory)
    for layer in range(integers[Int.LAYERS]):
        W = layer_weights(memory, integers, Array.PARAMETERS, layer)
        b = layer_biases(memory, integers, Array.PARAMETERS, layer)
        if layer == 0 and samples.shape[0] > 0 and integers[Int.BITS] != 0:
            forward_bits(memory, W, b, lanes, samples)
        elif lanes == 1:
            x = units(memory, integers, Array.UNIT_ACTIVATIONS, layer, 1)
            forward_sample(W, b, x, units(memory, integers, Array.PRE_ACTIVATIONS, layer + 1, 1))
        else:
            x_quads = unit_quads(memory, integers, Array.UNIT_ACTIVATIONS, layer, lanes)
            forward(W, b, x_quads, unit_quads(memory, integers, Array.PRE_ACTIVATIONS, layer + 1, lanes))
        activate_layer(memory, integers, layer, lanes)


def activate_layer(memory: Words, integers: Integers, layer: int, lanes: int) -> None:
    """Set a = f(z) for the units of a layer."""
    kind = integers[Int.LAYER_ACTIVATIONS + layer]
    if kind == Activation.SOFTMAX:
        z_rows = unit_rows(memory, integers, Array.PRE_ACTIVATIONS, layer + 1, lanes)
        softmax(z_rows, unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, layer + 1, lanes))
    else:
        z = units(memory, integers, Array.PRE_ACTIVATIONS, layer + 1, lanes)
        a = units(memory, integers, Array.UNIT_ACTIVATIONS, layer + 1, lanes)
        activate(kind, z, a, quads(integers, layer + 1, lanes))


def active_inputs(integers: Integers, sample: int) -> Integers:
    """Return the numbers of the inputs that are 1 in a sample."""
    starts = array_start(integers, Array.ACTIVE_STARTS) + sample
    first = integers[starts]
    return vector(integers, array_start(integers, Array.ACTIVE) + first, integers[starts + 1] - first)


def forward_bits(memory: Words, W: Floats, b: Floats, lanes: int, samples: Integers) -> None:
    """Set z of the first layer from the samples' bits: sample by sample into rows, then a lane each."""
    integers = as_integers(memory)
    if lanes == 1:
        forward_binary(W, b, active_inputs(integers, samples[0]), units(memory, integers, Array.PRE_ACTIVATIONS, 1, 1))
        return
    count = samples.shape[0]
    rows = matrix(memory, array_start(integers, Array.ROWS), lanes, W.shape[1])
    for s in range(count):
        forward_binary(W, b, active_inputs(integers, samples[s]), rows[s])
    z = unit_rows(memory, integers, Array.PRE_ACTIVATIONS, 1, lanes)
    for j in range(z.shape[0]):
        for s in range(count):
            z[j, s] = rows[s, j]
        for s in range(count, lanes):
            z[j, s] = 0.0


def backward_network(memory: Words, lanes: int, samples: Integers) -> None:
    """Set δ of every layer and add the samples' gradients; the lanes hold a forward pass and its targets."""
    integers = as_integers(memory)
    set_output_delta(memory, integers, lanes, samples.shape[0])
    if integers[Int.WEIGHTS] > 0:
        weigh(memory, samples, unit_rows(memory, integers, Array.DELTAS, integers[Int.LAYERS], lanes))
    for layer in range(integers[Int.LAYERS] - 1, -1, -1):
        add_layer_gradients(memory, integers, layer, lanes, samples)
        if layer > 0:
            hand_back(memory, integers, layer, lanes)


def add_layer_gradients(memory: Words, integers: Integers, layer: int, lanes: int, samples: Integers) -> None:
    """Add the samples' gradients of a layer (0 is the first hidden one), whose δ are set."""
    W_gradient = layer_weights(memory, integers, Array.GRADIENTS, layer)
    b_gradient = layer_biases(memory, integers, Array.GRADIENTS, layer)
    if layer == 0 and integers[Int.BITS] != 0:
        add_bits_gradients(memory, W_gradient, b_gradient, lanes, samples)
    elif lanes == 1:
        x = units(memory, integers, Array.UNIT_ACTIVATIONS, layer, 1)
        add_sample_gradients(units(memory, integers, Array.DELTAS, layer + 1, 1), x, W_gradient, b_gradient)
    else:
        x_quads = unit_quads(memory, integers, Array.UNIT_ACTIVATIONS, layer, lanes)
        delta_quads = unit_quads(memory, integers, Array.DELTAS, layer + 1, lanes)
        add_gradients(delta_quads, x_quads, W_gradient, b_gradient)


def hand_back(memory: Words, integers: Integers, layer: int, lanes: int) -> None:
    """Set δ of the units that go into a layer (from 1) from the layer's own δ."""
    W = layer_weights(memory, integers, Array.PARAMETERS, layer)
    if lanes == 1:
        delta = units(memory, integers, Array.DELTAS, layer + 1, 1)
        backward_sample(W, delta, units(memory, integers, Array.DELTAS, layer, 1))
    else:
        delta_quads = unit_quads(memory, integers, Array.DELTAS, layer + 1, lanes)
        backward(W, delta_quads, unit_quads(memory, integers, Array.DELTAS, layer, lanes))
    z = units(memory, integers, Array.PRE_ACTIVATIONS, layer, lanes)
    a = units(memory, integers, Array.UNIT_ACTIVATIONS, layer, lanes)
    below = units(memory, integers, Array.DELTAS, layer, lanes)
    multiply_slope(integers[Int.LAYER_ACTIVATIONS + layer - 1], z, a, below, quads(integers, layer, lanes))


def set_output_delta(memory: Words, integers: Integers, lanes: int, samples: int) -> None:
    """Set δ of the outputs; 0 in lanes that hold no sample."""
    last = integers[Int.LAYERS]
    n = quads(integers, last, lanes)
    z = units(memory, integers, Array.PRE_ACTIVATIONS, last, lanes)
    a = units(memory, integers, Array.UNIT_ACTIVATIONS, last, lanes)
    target = vector(memory, array_start(integers, Array.CHUNK_TARGETS), 4 * n)
    delta = units(memory, integers, Array.DELTAS, last, lanes)
    output_delta(integers[Int.LOSS_KIND], integers[Int.LAYER_ACTIVATIONS + last - 1], z, a, target, delta, n)
    for j in range(integers[Int.OUTPUTS]):
        for s in range(samples, lanes):
            delta[j * lanes + s] = 0.0


def add_bits_gradients(memory: Words, W_gradient: Floats, b_gradient: Floats, lanes: int, samples: Integers) -> None:
    """Add the gradients of a binary first layer."""
    integers = as_integers(memory)
    if lanes == 1:
        delta = units(memory, integers, Array.DELTAS, 1, 1)
        add_binary_gradients(delta, active_inputs(integers, samples[0]), W_gradient)
        for j in range(b_gradient.shape[0]):
            b_gradient[j] += delta[j]
        return
    delta_rows = unit_rows(memory, integers, Array.DELTAS, 1, lanes)
    rows = matrix(memory, array_start(integers, Array.ROWS), lanes, W_gradient.shape[1])
    for s in range(samples.shape[0]):
        for j in range(rows.shape[1]):
            rows[s, j] = delta_rows[j, s]
    n_in = W_gradient.shape[0]
    starts = vector(integers, array_start(integers, Array.INPUT_STARTS), n_in + 1)
    listed = vector(integers, array_start(integers, Array.INPUT_SAMPLES), n_in * CHUNK)
    list_by_input(integers, samples, starts, listed)
    add_chunk_gradients(rows, starts, listed, W_gradient)
    add_bias_gradients(unit_quads(memory, integers, Array.DELTAS, 1, lanes), b_gradient)


def list_by_input(integers: Integers, samples: Integers, starts: Integers, listed: Integers) -> None:
    """List for each input the lanes in which it is 1: input i has listed[starts[i]] to listed[starts[i + 1] − 1]."""
    n_in = starts.shape[0] - 1
    for i in range(n_in + 1):
        starts[i] = 0
    for s in range(samples.shape[0]):
        active = active_inputs(integers, samples[s])
        for k in range(active.shape[0]):
            starts[active[k]] += 1
    end = 0
    for i in range(n_in + 1):
        count = starts[i]
        starts[i] = end
        end += count
    for s in range(samples.shape[0]):
        active = active_inputs(integers, samples[s])
        for k in range(active.shape[0]):
            i = active[k]
            listed[starts[i]] = s
            starts[i] += 1
    for i in range(n_in, 0, -1):
        starts[i] = starts[i - 1]
    starts[0] = 0
