"""The samples of a run: points and values, what the network sees of them, and what its outputs are to say."""

from pellucid.engine.binary_input import list_active
from pellucid.engine.datasets import DataKind, make_points
from pellucid.engine.features import encode_point
from pellucid.engine.memory import Array, Int, Real, Status
from pellucid.engine.network import array_start
from pellucid.engine.primitives import Floats, Integers, Words, as_integers, float32, matrix, vector
from pellucid.engine.random import Stream, seed_generator
from pellucid.engine.scaling import scale_points
from pellucid.engine.weighting import are_weights


def generate_samples(memory: Words) -> int:
    """Make the data of the run's kind and seed (given data are there already), then inputs and targets."""
    integers = as_integers(memory)
    n, kind = integers[Int.SAMPLES], integers[Int.DATA_KIND]
    points = matrix(memory, array_start(integers, Array.POINTS), n, 2)
    values = vector(memory, array_start(integers, Array.VALUES), n)
    if kind != DataKind.GIVEN:
        state = vector(integers, Int.SCRATCH_STATE, 4)
        seed_generator(state, integers[Int.DATA_SEED], Stream.DATA)
        make_points(kind, n, integers[Int.OUTPUT_CLASSES], memory[Real.NOISE], state, points, values)
    elif not are_classes(values, integers[Int.OUTPUT_CLASSES]):
        return Status.BAD_CLASSES
    if not are_weights(memory):
        return Status.BAD_WEIGHTS
    scale_points(memory)
    inputs = matrix(memory, array_start(integers, Array.NETWORK_INPUTS), n, integers[Int.WIDTHS])
    if integers[Int.FEATURES] != 0:
        encode_points(integers[Int.FEATURES], points, inputs)
    outputs = integers[Int.OUTPUTS]
    targets = matrix(memory, array_start(integers, Array.TARGETS), n, outputs)
    for s in range(n):
        for j in range(outputs):
            targets[s, j] = target(memory, outputs, j, values[s])
    if integers[Int.BITS] != 0:
        return list_bits(integers, inputs)
    return Status.RUNNING


def are_classes(values: Floats, classes: int) -> bool:
    """Return whether every value is a whole number from 0 to classes − 1; regression (0 classes) takes any."""
    for s in range(values.shape[0] if classes > 0 else 0):
        inside = values[s] >= 0.0 and values[s] < float32(classes)
        if not inside or values[s] != float32(int(values[s])):
            return False
    return True


def encode_points(mask: int, points: Floats, inputs: Floats) -> None:
    """Write the features of each point (n, 2) into inputs (n, features)."""
    for s in range(inputs.shape[0]):
        encode_point(mask, points[s, 0], points[s, 1], inputs[s])


def target(memory: Words, outputs: int, output: int, value: float) -> float:
    """Return what an output is to say for a sample's class or, in regression, its value."""
    integers = as_integers(memory)
    if integers[Int.OUTPUT_CLASSES] == 0:
        return value
    wanted = 1.0 if outputs == 1 else float32(output)
    return memory[Real.TARGET_HIGH] if value == wanted else memory[Real.TARGET_LOW]


def list_bits(integers: Integers, inputs: Floats) -> int:
    """List the inputs that are 1, if every input is 0 or 1 as promised."""
    n, width = inputs.shape
    for s in range(n):
        for i in range(width):
            if inputs[s, i] != 0.0 and inputs[s, i] != 1.0:
                return Status.BAD_INPUTS
    starts = vector(integers, array_start(integers, Array.ACTIVE_STARTS), n + 1)
    list_active(inputs, starts, vector(integers, array_start(integers, Array.ACTIVE), n * width))
    return Status.RUNNING


def load_chunk(memory: Words, lanes: int, samples: Integers) -> None:
    """Put the inputs (unless they are bits) and the targets of the samples with these numbers into the lanes."""
    integers = as_integers(memory)
    n, width, outputs = integers[Int.SAMPLES], integers[Int.WIDTHS], integers[Int.OUTPUTS]
    if integers[Int.BITS] == 0:
        inputs = matrix(memory, array_start(integers, Array.NETWORK_INPUTS), n, width)
        gather(inputs, samples, matrix(memory, array_start(integers, Array.UNIT_ACTIVATIONS), width, lanes))
    targets = matrix(memory, array_start(integers, Array.TARGETS), n, outputs)
    gather(targets, samples, matrix(memory, array_start(integers, Array.CHUNK_TARGETS), outputs, lanes))


def gather(rows: Floats, samples: Integers, lanes: Floats) -> None:
    """Copy the rows (n, width) of some samples into the columns of lanes (width, lanes); zeros into the others."""
    width, count = lanes.shape
    for i in range(width):
        for s in range(samples.shape[0]):
            lanes[i, s] = rows[samples[s], i]
        for s in range(samples.shape[0], count):
            lanes[i, s] = 0.0


def lanes_for(samples: int) -> int:
    """Return how many lanes so many samples take: 1, or the next multiple of 4."""
    return 1 if samples == 1 else (samples + 3) // 4 * 4
