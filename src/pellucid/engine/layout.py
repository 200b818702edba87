"""Checks the settings of a run and lays out its block of memory."""

from enum import IntEnum

from pellucid.engine.activations import Activation
from pellucid.engine.datasets import DataKind
from pellucid.engine.features import count_features
from pellucid.engine.initializers import Initializer
from pellucid.engine.losses import Loss, default_output_activation, low_target, resolve_loss
from pellucid.engine.memory import (
    CHUNK,
    HEADER,
    MAX_INPUTS,
    MAX_LAYERS,
    MAX_OUTPUTS,
    MAX_SAMPLES,
    MAX_UNITS,
    MAX_WORDS,
    MOST_OFF,
    Array,
    Int,
    Real,
    Status,
)
from pellucid.engine.optimizers import Optimizer
from pellucid.engine.primitives import Integers, Words, as_integers, float32, float64
from pellucid.engine.regularizers import Regularizer
from pellucid.engine.scaling import Scaling


class OutputKind(IntEnum):
    """How many outputs the network has: one for two classes and regression, else one per class."""

    AUTO = 0
    SINGLE = 1
    PER_CLASS = 2


def lay_out(memory: Words) -> int:
    """Write the layout into the header; return the words of the whole block, or a `Status` below 0."""
    integers = as_integers(memory)
    status = check_data(memory, integers)
    if status == 0:
        status = check_training(integers)
    if status == 0:
        status = resolve_output(memory, integers)
    if status == 0:
        status = place_units(integers)
    if status == 0 and not fits(integers):
        status = Status.TOO_LARGE
    if status < 0:
        return status
    return place_arrays(integers)


def check_data(memory: Words, integers: Integers) -> int:
    """Check the data's settings; set the numbers of inputs, classes and training samples."""
    kind, n = integers[Int.DATA_KIND], integers[Int.SAMPLES]
    if kind < 0 or kind > DataKind.GIVEN:
        return Status.BAD_DATA_KIND
    # Given samples may all be held out, or still be to come.
    least = 0 if kind == DataKind.GIVEN else 1
    if n < least or n > MAX_SAMPLES:
        return Status.BAD_SAMPLES
    held_out = integers[Int.TEST_SAMPLES]
    if kind != DataKind.GIVEN:
        share = memory[Real.TEST_SHARE]
        if not (share >= 0.0 and share < 1.0):
            return Status.BAD_SAMPLES
        held_out = int(share * float32(n) + 0.5)
    integers[Int.TRAIN_SAMPLES] = n - held_out
    if held_out < 0 or held_out > n - least:
        return Status.BAD_SAMPLES
    most = MAX_OUTPUTS
    if kind == DataKind.BLOBS or kind == DataKind.SPIRAL:
        most = 5
    elif kind != DataKind.GIVEN:
        most = 2
    classes = 0 if kind == DataKind.PLANE or kind == DataKind.BUMPS else integers[Int.CLASSES]
    if classes == 1 or classes < 0 or classes > most or (classes == 0 and kind < DataKind.PLANE):
        return Status.BAD_CLASSES
    integers[Int.OUTPUT_CLASSES] = classes
    inputs = count_features(integers[Int.FEATURES])
    if inputs == 0 and kind == DataKind.GIVEN:
        inputs = integers[Int.INPUTS]
    if inputs < 1 or inputs > MAX_INPUTS:
        return Status.BAD_INPUTS
    integers[Int.WIDTHS] = inputs
    return 0


def check_training(integers: Integers) -> int:
    """Check the settings of training, of the initial weights and of the scaling."""
    if integers[Int.BATCH_SIZE] < 0:
        return Status.BAD_BATCH_SIZE
    weighted = integers[Int.WEIGHTED] != 0
    if weighted and integers[Int.DATA_KIND] != DataKind.GIVEN:
        return Status.BAD_WEIGHTS
    integers[Int.WEIGHTS] = integers[Int.SAMPLES] if weighted else 0
    bad = integers[Int.OPTIMIZER] < 0 or integers[Int.OPTIMIZER] > Optimizer.ADAM
    bad = bad or integers[Int.REGULARIZER] < 0 or integers[Int.REGULARIZER] > Regularizer.L2
    bad = bad or integers[Int.SCALING] < 0 or integers[Int.SCALING] > Scaling.STANDARD
    bad = bad or integers[Int.INITIALIZER] < 0 or integers[Int.INITIALIZER] > Initializer.ZEROS
    return Status.BAD_PARAMETER if bad else 0


def resolve_output(memory: Words, integers: Integers) -> int:
    """Set the number of outputs, the loss and the output's activation where they follow from other settings."""
    classes, kind = integers[Int.OUTPUT_CLASSES], integers[Int.OUTPUT_KIND]
    if kind < 0 or kind > OutputKind.PER_CLASS or (kind == OutputKind.SINGLE and classes > 2):
        return Status.BAD_OUTPUTS
    single = classes == 0 or (classes == 2 and kind != OutputKind.PER_CLASS)
    outputs = 1 if single else classes
    loss = resolve_loss(integers[Int.LOSS], classes, outputs)
    bad = loss < 0 or loss > Loss.SQUARED_ERROR
    bad = bad or (loss != Loss.SQUARED_ERROR and classes == 0)
    bad = bad or (loss == Loss.BINARY_CROSS_ENTROPY and outputs != 1)
    bad = bad or (loss == Loss.SOFTMAX_CROSS_ENTROPY and outputs == 1)
    if bad:
        return Status.BAD_LOSS
    natural = default_output_activation(loss, classes)
    activation = integers[Int.OUTPUT_ACTIVATION]
    activation = natural if activation < 0 else activation
    if activation != natural and (loss != Loss.SQUARED_ERROR or activation > Activation.SINE):
        return Status.BAD_OUTPUT_ACTIVATION
    integers[Int.OUTPUTS] = outputs
    integers[Int.LOSS_KIND] = loss
    memory[Real.TARGET_LOW] = low_target(activation)
    memory[Real.TARGET_HIGH] = 1.0
    hidden = integers[Int.HIDDEN_LAYERS]
    if hidden < 0 or hidden > MAX_LAYERS - 1:
        return Status.BAD_LAYERS
    integers[Int.LAYERS] = hidden + 1
    integers[Int.WIDTHS + hidden + 1] = outputs
    integers[Int.LAYER_ACTIVATIONS + hidden] = activation
    return 0


def place_units(integers: Integers) -> int:
    """Set each layer's width and activation, and where its parameters and units start."""
    hidden = integers[Int.HIDDEN_LAYERS]
    for layer in range(hidden):
        width, activation = integers[Int.UNITS + layer], integers[Int.ACTIVATIONS + layer]
        if width < 1 or width > MAX_UNITS:
            return Status.BAD_UNITS
        if activation < 0 or activation > Activation.SINE:
            return Status.BAD_ACTIVATION
        integers[Int.WIDTHS + layer + 1] = width
        integers[Int.LAYER_ACTIVATIONS + layer] = activation
    parameters, unit = 0, 0
    for layer in range(hidden + 1):
        n_in, n_out = integers[Int.WIDTHS + layer], integers[Int.WIDTHS + layer + 1]
        integers[Int.LAYER_STARTS + layer] = parameters
        integers[Int.UNIT_STARTS + layer] = unit
        parameters += (n_in + 1) * n_out
        unit += (n_in + 3) // 4 * 4
    integers[Int.UNIT_STARTS + hidden + 1] = unit
    integers[Int.PARAMETER_COUNT] = parameters
    integers[Int.UNIT_COUNT] = unit + (integers[Int.OUTPUTS] + 3) // 4 * 4
    return 0


def fits(integers: Integers) -> bool:
    """Return whether the places of all arrays can be noted: by a size that is rather too large, in float64."""
    n, inputs, outputs = float64(integers[Int.SAMPLES]), float64(integers[Int.WIDTHS]), float64(integers[Int.OUTPUTS])
    parameters, units = float64(integers[Int.PARAMETER_COUNT]), float64(integers[Int.UNIT_COUNT])
    of_samples = n * (16.0 + 2.0 * inputs + 2.0 * outputs)
    of_network = 4.0 * parameters + 8.0 * CHUNK * units + 2.0 * outputs * outputs
    return of_samples + of_network < float64(MAX_WORDS - 4 * HEADER)


def place_arrays(integers: Integers) -> int:
    """Set where each array starts; return the words of the whole block."""
    n, inputs, outputs = integers[Int.SAMPLES], integers[Int.WIDTHS], integers[Int.OUTPUTS]
    parameters, classes = integers[Int.PARAMETER_COUNT], integers[Int.OUTPUT_CLASSES]
    lanes = integers[Int.UNIT_COUNT] * CHUNK
    bits = 1 if integers[Int.BITS] != 0 else 0
    end = HEADER
    for array in range(Array.PARAMETERS, Array.ORDER):
        end = place(integers, array, end, parameters)
    end = place(integers, Array.ORDER, end, integers[Int.TRAIN_SAMPLES])
    end = place(integers, Array.OFF, end, MOST_OFF)
    end = place(integers, Array.OFF_VALUES, end, MOST_OFF)
    integers[Int.STATE_WORDS] = end
    end = place(integers, Array.POINTS, end, 2 * n)
    end = place(integers, Array.VALUES, end, n)
    end = place(integers, Array.SAMPLE_WEIGHTS, end, integers[Int.WEIGHTS])
    end = place(integers, Array.NETWORK_INPUTS, end, n * inputs)
    end = place(integers, Array.TARGETS, end, n * outputs)
    end = place(integers, Array.ACTIVE_STARTS, end, bits * (n + 1))
    end = place(integers, Array.ACTIVE, end, bits * n * inputs)
    end = place(integers, Array.NETWORK_OUTPUTS, end, n * outputs)
    end = place(integers, Array.PREDICTED, end, n)
    end = place(integers, Array.SAMPLE_LOSSES, end, n)
    end = place(integers, Array.CONFUSION, end, 2 * classes * classes)
    end = place(integers, Array.PRE_ACTIVATIONS, end, lanes)
    end = place(integers, Array.UNIT_ACTIVATIONS, end, lanes)
    end = place(integers, Array.DELTAS, end, lanes)
    end = place(integers, Array.CHUNK_TARGETS, end, (outputs + 3) // 4 * 4 * CHUNK)
    end = place(integers, Array.CHUNK_SAMPLES, end, CHUNK)
    end = place(integers, Array.ROWS, end, bits * CHUNK * integers[Int.WIDTHS + 1])
    end = place(integers, Array.INPUT_STARTS, end, bits * (inputs + 1))
    end = place(integers, Array.INPUT_SAMPLES, end, bits * inputs * CHUNK)
    integers[Int.WORDS] = end
    return end


def place(integers: Integers, array: int, start: int, length: int) -> int:
    """Let an array start here; return the first word behind it that is a multiple of 4 (16 bytes)."""
    integers[Int.ARRAYS + array] = start
    return (start + length + 3) // 4 * 4
