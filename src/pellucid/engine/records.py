"""What each number of an update was made from, as a record: a row of numbers, and for a sum a further row per term.

Which number stands where in a record is said by `pellucid.formulas`, which has the formulas too. Every number here is
either read from the memory of an account or made from such numbers by the arithmetic of the function that computed it,
so that the terms of a sum, added in their order, give what the update itself had. Sums over the samples of a batch have
the order that `dense_lanes` and `binary_input` say.
"""

from enum import IntEnum

from pellucid.engine.account import batch_samples, look_at
from pellucid.engine.activations import GELU_CUBIC, GELU_SCALE, Activation, multiply_slope
from pellucid.engine.losses import Loss, sample_losses
from pellucid.engine.memory import CHUNK, Array, Int, Real
from pellucid.engine.network import array_start, forward_network, hand_back, layer_weights, set_output_delta, unit_rows
from pellucid.engine.numerics import exp, tanh
from pellucid.engine.optimizers import Optimizer
from pellucid.engine.primitives import Floats, Integers, Words, as_integers, float32, matrix, sqrt, vector
from pellucid.engine.regularizers import Regularizer
from pellucid.engine.samples import lanes_for, load_chunk


class Record(IntEnum):
    """What there are records of; `layer` 0 is the first hidden one, `source` an input of the layer, −1 for the bias."""

    PRE_ACTIVATION = 0  # of (layer, unit)
    ACTIVATION = 1  # of (layer, unit)
    LOSS = 2  # of the sample
    INCOMING = 3  # ∂L/∂a of a hidden (layer, unit)
    SLOPE = 4  # f′(z) of (layer, unit)
    DELTA = 5  # of (layer, unit)
    GRADIENT = 6  # of a parameter (layer, unit, source), over the update's samples
    STEP = 7  # of a parameter, by the account's update
    LAST_STEP = 8  # of a parameter, by the update before


def write_record(memory: Words, after: Words, kind: int, layer: int, unit: int, source: int, out: Floats) -> int:
    """Write a record and return its length; 0 for a number that there is none of."""
    if kind == Record.PRE_ACTIVATION:
        return write_pre_activation(memory, layer, unit, out)
    if kind == Record.ACTIVATION:
        return write_activation(memory, layer, unit, out)
    if kind == Record.LOSS:
        return write_loss(memory, out)
    if kind == Record.INCOMING:
        return write_incoming(memory, layer, unit, out)
    if kind == Record.SLOPE:
        return write_slope(memory, layer, unit, out)
    if kind == Record.DELTA:
        return write_delta(memory, layer, unit, out)
    place = parameter_place(as_integers(memory), layer, unit, source)
    if kind == Record.GRADIENT:
        return write_gradient(memory, after, layer, unit, source, out)
    if kind == Record.STEP:
        return write_step(memory, after, place, source, out)
    return write_last_step(memory, place, out)


def parameter_place(integers: Integers, layer: int, unit: int, source: int) -> int:
    """Return where a weight, or with source −1 a bias, stands in PARAMETERS."""
    n_in, n_out = integers[Int.WIDTHS + layer], integers[Int.WIDTHS + layer + 1]
    row = source if source >= 0 else n_in
    return integers[Int.LAYER_STARTS + layer] + row * n_out + unit


def has_parameter(integers: Integers, layer: int, unit: int, source: int) -> bool:
    """Return whether there is such a weight, or with source −1 such a bias."""
    if layer < 0 or layer >= integers[Int.LAYERS]:
        return False
    n_in, n_out = integers[Int.WIDTHS + layer], integers[Int.WIDTHS + layer + 1]
    return unit >= 0 and unit < n_out and source >= -1 and source < n_in


def write_pre_activation(memory: Words, layer: int, unit: int, out: Floats) -> int:
    """Write z, b; and for each input that is not 0: its number, w, x, w · x."""
    integers = as_integers(memory)
    W = layer_weights(memory, integers, Array.PARAMETERS, layer)
    x = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, layer, 1)
    z = unit_rows(memory, integers, Array.PRE_ACTIVATIONS, layer + 1, 1)
    out[0] = z[unit, 0]
    out[1] = memory[array_start(integers, Array.PARAMETERS) + parameter_place(integers, layer, unit, -1)]
    place = 2
    for i in range(W.shape[0]):
        # A bitmap's first layer passes over pixels that are off, and 0 adds nothing elsewhere.
        if x[i, 0] != 0.0:
            out[place] = float32(i)
            out[place + 1] = W[i, unit]
            out[place + 2] = x[i, 0]
            out[place + 3] = W[i, unit] * x[i, 0]
            place += 4
    return place


def write_activation(memory: Words, layer: int, unit: int, out: Floats) -> int:
    """Write a, z; for softmax also the largest z and Σ e, and for each output: its number, z, e = exp(z − largest)."""
    integers = as_integers(memory)
    z = unit_rows(memory, integers, Array.PRE_ACTIVATIONS, layer + 1, 1)
    a = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, layer + 1, 1)
    out[0] = a[unit, 0]
    out[1] = z[unit, 0]
    if integers[Int.LAYER_ACTIVATIONS + layer] != Activation.SOFTMAX:
        return 2
    out[2] = largest(z)
    out[3] = 0.0
    place = 4
    for j in range(z.shape[0]):
        out[place] = float32(j)
        out[place + 1] = z[j, 0]
        out[place + 2] = exp(z[j, 0] - out[2])
        out[3] += out[place + 2]
        place += 3
    return place


def largest(z: Floats) -> float:
    """Return the largest of a column."""
    found = z[0, 0]
    for j in range(1, z.shape[0]):
        found = z[j, 0] if z[j, 0] > found else found
    return found


def write_loss(memory: Words, out: Floats) -> int:
    """Write L of the sample, and what its loss is made from.

    - binary cross-entropy: z, t;
    - softmax cross-entropy: the largest z; and for each output: its number, z, t;
    - squared error: for each output: its number, a, t, (a − t)².
    """
    integers = as_integers(memory)
    last, outputs, loss = integers[Int.LAYERS], integers[Int.OUTPUTS], integers[Int.LOSS_KIND]
    z = unit_rows(memory, integers, Array.PRE_ACTIVATIONS, last, 1)
    a = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, last, 1)
    target = matrix(memory, array_start(integers, Array.CHUNK_TARGETS), outputs, 1)
    sample_losses(loss, z, a, target, vector(out, 0, 1))
    if loss == Loss.BINARY_CROSS_ENTROPY:
        out[1] = z[0, 0]
        out[2] = target[0, 0]
        return 3
    place = 1
    if loss == Loss.SOFTMAX_CROSS_ENTROPY:
        out[1] = largest(z)
        place = 2
    for j in range(outputs):
        out[place] = float32(j)
        out[place + 1] = z[j, 0] if loss == Loss.SOFTMAX_CROSS_ENTROPY else a[j, 0]
        out[place + 2] = target[j, 0]
        place += 3
        if loss == Loss.SQUARED_ERROR:
            error = a[j, 0] - target[j, 0]
            out[place] = error * error
            place += 1
    return place


def write_incoming(memory: Words, layer: int, unit: int, out: Floats) -> int:
    """Write ∂L/∂a; and for each unit of the next layer: its number, w, δ, w · δ."""
    integers = as_integers(memory)
    if layer >= integers[Int.LAYERS] - 1:
        return 0
    W = layer_weights(memory, integers, Array.PARAMETERS, layer + 1)
    delta = unit_rows(memory, integers, Array.DELTAS, layer + 2, 1)
    place = 1
    for j in range(W.shape[1]):
        product = W[unit, j] * delta[j, 0]
        out[0] = product if j == 0 else out[0] + product
        out[place] = float32(j)
        out[place + 1] = W[unit, j]
        out[place + 2] = delta[j, 0]
        out[place + 3] = product
        place += 4
    return place


def write_slope(memory: Words, layer: int, unit: int, out: Floats) -> int:
    """Write f′(z), z, a, and for GELU the tanh in it; softmax has no slope of one unit alone."""
    integers = as_integers(memory)
    kind = integers[Int.LAYER_ACTIVATIONS + layer]
    if kind == Activation.SOFTMAX:
        return 0
    z = unit_rows(memory, integers, Array.PRE_ACTIVATIONS, layer + 1, 1)
    a = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, layer + 1, 1)
    # Four of a kind, as the function for it takes them; the first is read.
    for k in range(4):
        out[k] = 1.0
        out[4 + k] = z[unit, 0]
        out[8 + k] = a[unit, 0]
    multiply_slope(kind, vector(out, 4, 4), vector(out, 8, 4), vector(out, 0, 4), 1)
    out[1] = z[unit, 0]
    out[2] = a[unit, 0]
    if kind != Activation.GELU:
        return 3
    cubic = GELU_CUBIC * z[unit, 0] * z[unit, 0] * z[unit, 0]
    out[3] = tanh(GELU_SCALE * (z[unit, 0] + cubic))
    return 4


def write_delta(memory: Words, layer: int, unit: int, out: Floats) -> int:
    """Write δ; of a hidden unit ∂L/∂a and f′(z), of an output a and t, and with squared error f′(z)."""
    integers = as_integers(memory)
    delta = unit_rows(memory, integers, Array.DELTAS, layer + 1, 1)
    if layer < integers[Int.LAYERS] - 1:
        # `out` has room for the longer records of the two parts, which are not kept.
        write_incoming(memory, layer, unit, out)
        incoming = out[0]
        write_slope(memory, layer, unit, out)
        out[2] = out[0]
        out[1] = incoming
        out[0] = delta[unit, 0]
        return 3
    a = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, layer + 1, 1)
    length = 3
    if integers[Int.LOSS_KIND] == Loss.SQUARED_ERROR:
        write_slope(memory, layer, unit, out)
        out[3] = out[0]
        length = 4
    out[0] = delta[unit, 0]
    out[1] = a[unit, 0]
    out[2] = memory[array_start(integers, Array.CHUNK_TARGETS) + unit]
    return length


def write_gradient(memory: Words, after: Words, layer: int, unit: int, source: int, out: Floats) -> int:
    """Write ∂L/∂w with L2, number of samples, w, λ of L2; and for each sample: its number, δ, x, δ · x."""
    integers, others = as_integers(memory), as_integers(after)
    place = parameter_place(integers, layer, unit, source)
    out[0] = after[array_start(others, Array.GRADIENTS) + place]
    out[1] = float32(integers[Int.ACCOUNT_SIZE])
    out[2] = memory[array_start(integers, Array.PARAMETERS) + place]
    l2 = integers[Int.REGULARIZER] == Regularizer.L2 and source >= 0
    out[3] = memory[Real.REGULARIZATION_RATE] if l2 else 0.0
    samples = batch_samples(integers)
    start = 0
    while start < samples.shape[0]:
        count = samples.shape[0] - start if samples.shape[0] - start < CHUNK else CHUNK
        rows = matrix(out, 4 + 4 * start, count, 4)
        write_shares(memory, samples[start : start + count], layer, unit, source, rows)
        start += count
    look_at(memory)
    return 4 + 4 * samples.shape[0]


def write_shares(memory: Words, samples: Integers, layer: int, unit: int, source: int, rows: Floats) -> None:
    """Write for each of up to 64 samples: its number, δ, x, δ · x."""
    integers = as_integers(memory)
    lanes = lanes_for(samples.shape[0])
    load_chunk(memory, lanes, samples)
    forward_network(memory, lanes, samples)
    set_output_delta(memory, integers, lanes, samples.shape[0])
    for above in range(integers[Int.LAYERS] - 1, layer, -1):
        hand_back(memory, integers, above, lanes)
    delta = unit_rows(memory, integers, Array.DELTAS, layer + 1, lanes)
    x = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, layer, lanes)
    inputs = matrix(memory, array_start(integers, Array.NETWORK_INPUTS), integers[Int.SAMPLES], integers[Int.WIDTHS])
    for s in range(samples.shape[0]):
        rows[s, 0] = float32(samples[s])
        rows[s, 1] = delta[unit, s]
        rows[s, 2] = 1.0
        if source >= 0:
            rows[s, 2] = inputs[samples[s], source] if layer == 0 else x[source, s]
        rows[s, 3] = rows[s, 1] * rows[s, 2]


def write_step(memory: Words, after: Words, place: int, source: int, out: Floats) -> int:
    """Write how a parameter changes: w after the update, w, g, and then as `write_rule` says.

    w after L1 has moved it towards 0, or switched off, can differ from what the optimiser's rule alone makes of it.
    """
    integers, others = as_integers(memory), as_integers(after)
    out[0] = after[array_start(others, Array.PARAMETERS) + place]
    out[1] = memory[array_start(integers, Array.PARAMETERS) + place]
    out[2] = after[array_start(others, Array.GRADIENTS) + place]
    out[7] = memory[array_start(integers, Array.MOMENTS_1) + place]
    out[8] = after[array_start(others, Array.MOMENTS_1) + place]
    out[9] = memory[array_start(integers, Array.MOMENTS_2) + place]
    out[10] = after[array_start(others, Array.MOMENTS_2) + place]
    out[11] = after[Real.MOMENTUM_POWER]
    out[12] = after[Real.DECAY_POWER]
    write_rule(memory, out)
    out[16] = out[1] - out[15]
    out[17] = pull_of_l1(memory, out) if source >= 0 and integers[Int.REGULARIZER] == Regularizer.L1 else 0.0
    return 18


def write_last_step(memory: Words, place: int, out: Floats) -> int:
    """Write what the run still knows of the update before: w as it is now, g, and then as `write_rule` says."""
    integers = as_integers(memory)
    out[0] = memory[array_start(integers, Array.PARAMETERS) + place]
    out[1] = out[0]
    out[2] = memory[array_start(integers, Array.GRADIENTS) + place]
    out[7] = memory[array_start(integers, Array.MOMENTS_1) + place]
    out[8] = out[7]
    out[9] = memory[array_start(integers, Array.MOMENTS_2) + place]
    out[10] = out[9]
    out[11] = memory[Real.MOMENTUM_POWER]
    out[12] = memory[Real.DECAY_POWER]
    write_rule(memory, out)
    return 16


def write_rule(memory: Words, out: Floats) -> None:
    """Write η, μ or β₁, ρ or β₂, ε (3 to 6), m̂ and v̂ (13, 14) and the step (15) from g, m and v after it (2, 8, 10)."""
    integers = as_integers(memory)
    rate, gradient, m, v = memory[Real.LEARNING_RATE], out[2], out[8], out[10]
    out[3] = rate
    out[4] = memory[Real.MOMENTUM]
    out[5] = memory[Real.DECAY]
    out[6] = memory[Real.EPSILON]
    out[13] = m
    out[14] = v
    kind = integers[Int.OPTIMIZER]
    if kind == Optimizer.SGD:
        out[15] = rate * gradient
    elif kind == Optimizer.MOMENTUM:
        out[15] = rate * m
    elif kind == Optimizer.RMSPROP:
        out[15] = rate * gradient / (sqrt(v) + out[6])
    else:
        out[13] = m * (1.0 / (1.0 - out[11])) if out[11] != 1.0 else 0.0
        out[14] = v * (1.0 / (1.0 - out[12])) if out[12] != 1.0 else 0.0
        out[15] = rate * out[13] / (sqrt(out[14]) + out[6])


def pull_of_l1(memory: Words, out: Floats) -> float:
    """Return how far L1 moves the weight towards 0, at most (see `training.pull`)."""
    kind = as_integers(memory)[Int.OPTIMIZER]
    amount = memory[Real.LEARNING_RATE] * memory[Real.REGULARIZATION_RATE]
    if kind == Optimizer.SGD:
        return amount
    if kind == Optimizer.MOMENTUM:
        return amount / (1.0 - memory[Real.MOMENTUM])
    return amount / (sqrt(out[14]) + out[6])
