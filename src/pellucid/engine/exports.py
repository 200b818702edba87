"""The functions that the outside may call, and nothing else. All return an int: a `Status` unless said otherwise.

`memory` is the block of a run. Addresses of arrays must be multiples of 4 bytes, that of a block of 16.
"""

from pellucid.engine.account import begin_account, list_units
from pellucid.engine.evaluation import evaluate_run
from pellucid.engine.features import encode_point
from pellucid.engine.handwriting import MOST_POINTS, write_character
from pellucid.engine.landscape import (
    place_on_plane,
    set_random_direction,
    set_update_direction,
    set_weight_direction,
    survey_plane,
)
from pellucid.engine.layout import lay_out
from pellucid.engine.memory import CHUNK, HEADER, Array, Double, Int, Real, Reason, Status
from pellucid.engine.network import forward_network, layer_biases, layer_weights, unit_rows
from pellucid.engine.nudge import nudge_parameter, trace_parameter
from pellucid.engine.primitives import Floats, Integers, Words, as_doubles, as_integers, matrix, vector
from pellucid.engine.random import Stream, seed_generator
from pellucid.engine.raster import draw_bits, fit_points
from pellucid.engine.records import Record, has_parameter, write_record
from pellucid.engine.samples import generate_samples, lanes_for
from pellucid.engine.shares import share_inputs
from pellucid.engine.strokes import get_strokes, is_drawing, put_cells, put_strokes
from pellucid.engine.surfaces import fill_surfaces, paint_probabilities, paint_values
from pellucid.engine.survey import survey_units
from pellucid.engine.switching import switch_weight
from pellucid.engine.training import start_over, take_epochs, take_over, take_steps, teach_sample
from pellucid.engine.weight_pictures import picture_units


def measure(memory: Words) -> int:
    """Return how many words the block of a run with these settings has; `memory` is a header alone."""
    return lay_out(memory)


def prepare(memory: Words) -> int:
    """Lay out a block that has as many words as `measure` said, and clear everything behind the header."""
    words = lay_out(memory)
    for k in range(HEADER, words):
        memory[k] = 0.0
    return words if words < 0 else Status.RUNNING


def generate(memory: Words) -> int:
    """Make the samples, or with given data (POINTS or NETWORK_INPUTS, VALUES, SAMPLE_WEIGHTS) complete them."""
    return generate_samples(memory)


def reset(memory: Words) -> int:
    """Go to the start: the initial weights of WEIGHT_SEED and the first order of ORDER_SEED."""
    start_over(memory)
    return Status.RUNNING


def step(memory: Words, count: int) -> int:
    """Make `count` updates, fewer if the run diverges."""
    return take_steps(memory, count)


def epochs(memory: Words, count: int) -> int:
    """Complete `count` passes over the training samples; one that is under way counts as the first."""
    return take_epochs(memory, count)


def teach(memory: Words, sample: int, count: int) -> int:
    """Make `count` updates on one sample alone, by its place in the block; the pass under way is left as it is."""
    if sample < 0 or sample >= as_integers(memory)[Int.SAMPLES]:
        return Status.BAD_PARAMETER
    return teach_sample(memory, sample, count)


def evaluate(memory: Words) -> int:
    """Set the losses, accuracies and results of all samples; a loss that is not finite ends the run."""
    integers = as_integers(memory)
    evaluate_run(memory)
    loss = as_doubles(memory)[Double.TRAIN_LOSS]
    if integers[Int.STATUS] == Status.RUNNING and loss - loss != 0.0:
        integers[Int.STATUS] = Status.DIVERGED
        integers[Int.FAILED_LAYER] = -1
        integers[Int.FAILED_REASON] = Reason.NOT_A_NUMBER if loss != loss else Reason.INFINITE
    return integers[Int.STATUS]


def adopt(memory: Words, other: Words) -> int:
    """Take over what another run of the same network has learnt, with its optimiser's state and counters."""
    return take_over(memory, other)


def set_weight(memory: Words, layer: int, unit: int, source: int, value: float) -> int:
    """Set the weight of a unit of a layer (0 is the first hidden one) for input `source`."""
    integers = as_integers(memory)
    if layer < 0 or layer >= integers[Int.LAYERS] or value - value != 0.0:
        return Status.BAD_PARAMETER
    W = layer_weights(memory, integers, Array.PARAMETERS, layer)
    if unit < 0 or unit >= W.shape[1] or source < 0 or source >= W.shape[0]:
        return Status.BAD_PARAMETER
    W[source, unit] = value + 0.0
    return Status.RUNNING


def set_bias(memory: Words, layer: int, unit: int, value: float) -> int:
    """Set the bias of a unit of a layer (0 is the first hidden one)."""
    integers = as_integers(memory)
    if layer < 0 or layer >= integers[Int.LAYERS] or value - value != 0.0:
        return Status.BAD_PARAMETER
    b = layer_biases(memory, integers, Array.PARAMETERS, layer)
    if unit < 0 or unit >= b.shape[0]:
        return Status.BAD_PARAMETER
    b[unit] = value + 0.0
    return Status.RUNNING


def switch_off(memory: Words, layer: int, unit: int, source: int, off: int) -> int:
    """Hold the weight of a unit for input `source` at 0, also in training, or (off = 0) let it go again."""
    integers = as_integers(memory)
    if layer < 0 or layer >= integers[Int.LAYERS]:
        return Status.BAD_PARAMETER
    n_in, n_out = integers[Int.WIDTHS + layer], integers[Int.WIDTHS + layer + 1]
    if unit < 0 or unit >= n_out or source < 0 or source >= n_in:
        return Status.BAD_PARAMETER
    return switch_weight(memory, integers[Int.LAYER_STARTS + layer] + source * n_out + unit, off)


def survey(memory: Words, out: Floats) -> int:
    """Fill out (hidden units, 3) over the samples trained on: mean of a, its deviation, mean share of the slope."""
    survey_units(memory, out)
    return as_integers(memory)[Int.STATUS]


def account(memory: Words, after: Words, alone: int, place: int) -> int:
    """Account for an update on one sample alone or on the next batch; both blocks are copies of the run's.

    The samples must have no weights, of which an account does not tell.
    """
    integers = as_integers(memory)
    if integers[Int.WEIGHTS] != 0:
        return Status.BAD_WEIGHTS
    if integers[Int.STATUS] != Status.RUNNING:
        return integers[Int.STATUS]
    if place < 0 or place >= integers[Int.SAMPLES] or (alone == 0 and integers[Int.TRAIN_SAMPLES] == 0):
        return Status.BAD_PARAMETER
    return begin_account(memory, after, alone, place)


def account_units(memory: Words, out: Floats) -> int:
    """Fill out (units, 3) with z, a and δ for the sample of an account: column by column, inputs first."""
    list_units(memory, out)
    return Status.RUNNING


def record(memory: Words, after: Words, kind: int, layer: int, unit: int, source: int, out: Floats) -> int:
    """Write what a number of an account was made from, a `Record`; return its length, 0 where there is none."""
    if kind < 0 or kind > Record.LAST_STEP:
        return Status.BAD_PARAMETER
    if not has_parameter(as_integers(memory), layer, unit, source):
        return Status.BAD_PARAMETER
    return write_record(memory, after, kind, layer, unit, source, out)


def nudge(memory: Words, after: Words, layer: int, unit: int, source: int, epsilon: float, out: Floats) -> int:
    """Set out (5,): the account's loss at w, w − ε, w + ε, the slope between them, and the gradient that it had."""
    if not has_parameter(as_integers(memory), layer, unit, source) or not epsilon > 0.0:
        return Status.BAD_PARAMETER
    nudge_parameter(memory, after, layer, unit, source, epsilon, out)
    return Status.RUNNING


def trace(memory: Words, layer: int, unit: int, source: int, low: float, high: float, count: int, out: Floats) -> int:
    """Set out (count,) to the account's loss at so many values of one parameter, from `low` to `high`."""
    if not has_parameter(as_integers(memory), layer, unit, source) or count < 2:
        return Status.BAD_PARAMETER
    trace_parameter(memory, layer, unit, source, low, high, count, out)
    return Status.RUNNING


def direct(memory: Words, seed: int, first: Floats, second: Floats) -> int:
    """Set two directions, arrays like PARAMETERS: the last update's step, and one at random orthogonal to it."""
    set_update_direction(memory, first)
    set_random_direction(memory, seed, first, second)
    return Status.RUNNING


def direct_to(memory: Words, layer: int, unit: int, source: int, direction: Floats) -> int:
    """Set a direction, an array like PARAMETERS, to that of one parameter."""
    if not has_parameter(as_integers(memory), layer, unit, source):
        return Status.BAD_PARAMETER
    set_weight_direction(memory, layer, unit, source, direction)
    return Status.RUNNING


def landscape(
    memory: Words,
    work: Words,
    first: Floats,
    second: Floats,
    alpha: float,
    beta: float,
    spacing: float,
    count: int,
    out: Floats,
) -> int:
    """Set out (count,) to the training loss at (α + k · spacing) first + β second from the weights of `memory`.

    `work` is a further copy of the run, whose weights are moved.
    """
    survey_plane(memory, work, first, second, alpha, beta, spacing, count, out)
    return Status.RUNNING


def locate(memory: Words, parameters: Floats, first: Floats, second: Floats, out: Floats) -> int:
    """Set out (2,) to where on a plane of two directions other parameters lie, or come nearest to."""
    place_on_plane(memory, parameters, first, second, out)
    return Status.RUNNING


def predict(memory: Words, x: Floats, count: int, out: Floats) -> int:
    """Fill out (count, outputs) for network inputs x (count, inputs)."""
    integers = as_integers(memory)
    inputs, outputs = integers[Int.WIDTHS], integers[Int.OUTPUTS]
    rows, results = matrix(x, 0, count, inputs), matrix(out, 0, count, outputs)
    start = 0
    while start < count:
        samples = count - start if count - start < CHUNK else CHUNK
        lanes = lanes_for(samples)
        into = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, 0, lanes)
        for i in range(inputs):
            for s in range(lanes):
                into[i, s] = rows[start + s, i] if s < samples else 0.0
        forward_network(memory, lanes, vector(integers, 0, 0))
        a = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, integers[Int.LAYERS], lanes)
        for s in range(samples):
            for j in range(outputs):
                results[start + s, j] = a[j, s]
        start += samples
    return integers[Int.STATUS]


def encode(memory: Words, points: Floats, count: int, out: Floats) -> int:
    """Fill out (count, inputs) with the features of points (count, 2), which are in units of the data."""
    integers = as_integers(memory)
    rows, inputs = matrix(points, 0, count, 2), matrix(out, 0, count, integers[Int.WIDTHS])
    for s in range(count):
        x1 = (rows[s, 0] - memory[Real.X1_CENTER]) / memory[Real.X1_SCALE]
        x2 = (rows[s, 1] - memory[Real.X2_CENTER]) / memory[Real.X2_SCALE]
        encode_point(integers[Int.FEATURES], x1, x2, inputs[s])
    return integers[Int.STATUS]


def respond(memory: Words, inputs: Floats, z: Floats, a: Floats) -> int:
    """Set z and a of all units for one sample's inputs: column by column, inputs first, without gaps."""
    integers = as_integers(memory)
    x = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, 0, 1)
    for i in range(x.shape[0]):
        x[i, 0] = inputs[i]
    forward_network(memory, 1, vector(integers, 0, 0))
    place = 0
    for column in range(integers[Int.LAYERS] + 1):
        z_rows = unit_rows(memory, integers, Array.PRE_ACTIVATIONS, column, 1)
        a_rows = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, column, 1)
        for j in range(a_rows.shape[0]):
            z[place] = z_rows[j, 0] if column > 0 else 0.0
            a[place] = a_rows[j, 0]
            place += 1
    return integers[Int.STATUS]


def share_out(memory: Words, inputs: Floats, output: int, shares: Floats) -> int:
    """Set shares (inputs + 2,): each input's share in an output's margin, that margin of no input, and of these."""
    integers = as_integers(memory)
    if output < 0 or output >= integers[Int.OUTPUTS]:
        return Status.BAD_PARAMETER
    share_inputs(memory, inputs, output, shares)
    return integers[Int.STATUS]


def picture_weights(memory: Words, layer: int, count: int, pictures: Floats) -> int:
    """Fill pictures (count, inputs) of what the first `count` units of a layer (0 is the first hidden one) look for."""
    integers = as_integers(memory)
    if layer < 0 or layer >= integers[Int.LAYERS] or count < 0 or count > integers[Int.WIDTHS + layer + 1]:
        return Status.BAD_PARAMETER
    picture_units(memory, layer, count, matrix(pictures, 0, count, integers[Int.WIDTHS]))
    return integers[Int.STATUS]


def rasterize(text: Integers, length: int, grid: int, bits: Floats) -> int:
    """Set bits (grid²,) to a drawing's bitmap, from the top row down; return how many cells are on."""
    codes = vector(text, 0, length)
    if not is_drawing(codes):
        return Status.BAD_DRAWING
    return draw_bits(codes, grid, vector(bits, 0, grid * grid), as_integers(bits))


def fit_drawing(text: Integers, length: int, points: Floats) -> int:
    """Fill points (n, 3) with a drawing's strokes fitted to [0, 1]²: x, y, begins; return n, 0 for one of cells."""
    codes = vector(text, 0, length)
    if not is_drawing(codes):
        return Status.BAD_DRAWING
    return fit_points(codes, matrix(points, 0, length, 3))


def read_strokes(text: Integers, length: int, points: Floats) -> int:
    """Fill points (n, 3) with a drawing's strokes as they lie on the pad; return n, 0 for one of cells."""
    codes = vector(text, 0, length)
    if not is_drawing(codes):
        return Status.BAD_DRAWING
    return get_strokes(codes, matrix(points, 0, length, 3))


def write_strokes(points: Floats, count: int, tolerance: float, text: Integers) -> int:
    """Write points (count, 3) as a drawing's text, simplified to a tolerance in pad units; return its length.

    The text has at most 4 codes for each point. `points` is changed.
    """
    return put_strokes(matrix(points, 0, count, 3), tolerance, text)


def write_cells(bits: Floats, grid: int, text: Integers) -> int:
    """Write a bitmap's bits (grid²,) as a drawing's text; return its length, 1 + grid² / 6 rounded up."""
    return put_cells(vector(bits, 0, grid * grid), grid, text)


def write_by_hand(code: int, seed: int, points: Floats) -> int:
    """Write the character of a code point as points (256, 3): x, y on the pad, begins; return how many there are."""
    integers = as_integers(points)
    # The generator's state lies behind the points for as long as it is needed.
    state = vector(integers, 3 * MOST_POINTS, 4)
    seed_generator(state, seed, Stream.HANDWRITING)
    written = write_character(code, state, matrix(points, 0, MOST_POINTS, 3))
    return written if written > 0 else Status.BAD_CHARACTER


def surfaces(memory: Words, resolution: int, low: float, high: float, first_layer: int, out: Floats) -> int:
    """Fill out (units, resolution, resolution) with every unit over the square [low, high]², from `first_layer` on.

    Layer 0 is the inputs, LAYERS the outputs; rows go from the top (x₂ = high) down.
    """
    fill_surfaces(memory, resolution, low, high, first_layer, out)
    return as_integers(memory)[Int.STATUS]


def paint(values: Floats, count: int, low: float, high: float, palette: Integers, colours: int, out: Integers) -> int:
    """Set out (count,) to RGBA words of a palette of `colours`; low = high stands for ± the largest |value|."""
    paint_values(values, count, low, high, palette, colours, out)
    return 0


def paint_classes(values: Floats, count: int, classes: int, hard: int, palette: Integers, out: Integers) -> int:
    """Set out (count,) to the classes' colours, blended by values (classes, count), or the strongest alone."""
    paint_probabilities(values, count, classes, hard, palette, out)
    return 0
