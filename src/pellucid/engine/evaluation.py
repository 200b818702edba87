"""How good the network is on all samples: losses, accuracies, confusion matrices, and each sample's own result."""

from pellucid.engine.losses import sample_losses
from pellucid.engine.memory import CHUNK, Array, Double, Int, Real
from pellucid.engine.network import array_start, forward_network, layer_weights, unit_rows
from pellucid.engine.primitives import (
    Doubles,
    Floats,
    Integers,
    Words,
    as_doubles,
    as_integers,
    float64,
    matrix,
    vector,
)
from pellucid.engine.regularizers import penalty
from pellucid.engine.samples import lanes_for, load_chunk
from pellucid.engine.weighting import weight_of


def evaluate_run(memory: Words) -> None:
    """Set outputs, predicted class and loss of every sample, and the header's losses and accuracies."""
    integers = as_integers(memory)
    n, classes = integers[Int.SAMPLES], integers[Int.OUTPUT_CLASSES]
    confusion = array_start(integers, Array.CONFUSION)
    for k in range(confusion, confusion + 2 * classes * classes):
        integers[k] = 0
    start = 0
    while start < n:
        samples = n - start if n - start < CHUNK else CHUNK
        evaluate_chunk(memory, integers, start, samples)
        start += samples
    summarize(memory, integers, as_doubles(memory))


def evaluate_chunk(memory: Words, integers: Integers, start: int, samples: int) -> None:
    """Set the outputs, classes and losses of some samples from `start` on."""
    lanes = lanes_for(samples)
    listed = vector(integers, array_start(integers, Array.CHUNK_SAMPLES), samples)
    for s in range(samples):
        listed[s] = start + s
    load_chunk(memory, lanes, listed)
    forward_network(memory, lanes, listed)
    last, outputs = integers[Int.LAYERS], integers[Int.OUTPUTS]
    a = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, last, lanes)
    z = unit_rows(memory, integers, Array.PRE_ACTIVATIONS, last, lanes)
    target = matrix(memory, array_start(integers, Array.CHUNK_TARGETS), outputs, lanes)
    results = matrix(memory, array_start(integers, Array.NETWORK_OUTPUTS), integers[Int.SAMPLES], outputs)
    for s in range(samples):
        for j in range(outputs):
            results[start + s, j] = a[j, s]
        note_class(memory, integers, start + s, results[start + s])
    losses = vector(memory, array_start(integers, Array.SAMPLE_LOSSES) + start, samples)
    sample_losses(integers[Int.LOSS_KIND], z, a, target, losses)


def note_class(memory: Words, integers: Integers, sample: int, outputs: Floats) -> None:
    """Set a sample's predicted class and count it in the confusion matrix of its set."""
    classes = integers[Int.OUTPUT_CLASSES]
    predicted = array_start(integers, Array.PREDICTED) + sample
    if classes == 0:
        integers[predicted] = -1
        return
    integers[predicted] = decide(outputs, 0.5 * (memory[Real.TARGET_LOW] + memory[Real.TARGET_HIGH]))
    true = int(memory[array_start(integers, Array.VALUES) + sample])
    held_out = 1 if sample >= integers[Int.TRAIN_SAMPLES] else 0
    integers[array_start(integers, Array.CONFUSION) + (held_out * classes + true) * classes + integers[predicted]] += 1


def decide(outputs: Floats, middle: float) -> int:
    """Return the class: the largest output (the first of equals), or whether a single output reaches the middle."""
    if outputs.shape[0] == 1:
        return 1 if outputs[0] >= middle else 0
    best = 0
    for j in range(1, outputs.shape[0]):
        best = j if outputs[j] > outputs[best] else best
    return best


def summarize(memory: Words, integers: Integers, doubles: Doubles) -> None:
    """Set losses, penalty, objectives and accuracies in the header."""
    n, train = integers[Int.SAMPLES], integers[Int.TRAIN_SAMPLES]
    losses = vector(memory, array_start(integers, Array.SAMPLE_LOSSES), n)
    total = float64(0.0)
    for layer in range(integers[Int.LAYERS]):
        W = layer_weights(memory, integers, Array.PARAMETERS, layer)
        count = W.shape[0] * W.shape[1]
        weights = vector(memory, array_start(integers, Array.PARAMETERS) + integers[Int.LAYER_STARTS + layer], count)
        total += penalty(integers[Int.REGULARIZER], memory[Real.REGULARIZATION_RATE], weights, count)
    doubles[Double.PENALTY] = total
    doubles[Double.TRAIN_LOSS] = mean_loss(memory, losses, 0, train)
    doubles[Double.TEST_LOSS] = mean_loss(memory, losses, train, n)
    doubles[Double.TRAIN_OBJECTIVE] = doubles[Double.TRAIN_LOSS] + total
    doubles[Double.TEST_OBJECTIVE] = doubles[Double.TEST_LOSS] + total
    doubles[Double.TRAIN_ACCURACY] = accuracy(integers, 0, train)
    doubles[Double.TEST_ACCURACY] = accuracy(integers, 1, n - train)


def mean_loss(memory: Words, losses: Floats, start: int, end: int) -> float:
    """Return the mean of losses[start:end], by the samples' weights where they have some."""
    integers = as_integers(memory)
    if integers[Int.WEIGHTS] == 0:
        return mean(losses, start, end)
    total, weights = float64(0.0), float64(0.0)
    for k in range(start, end):
        weight = float64(weight_of(memory, integers, k))
        total += weight * float64(losses[k])
        weights += weight
    return total / weights if weights > 0.0 else float64(0.0)


def mean(values: Floats, start: int, end: int) -> float:
    """Return the mean of values[start:end], added up in float64; 0 of none."""
    total = float64(0.0)
    for k in range(start, end):
        total += float64(values[k])
    return total / float64(end - start) if end > start else float64(0.0)


def accuracy(integers: Integers, held_out: int, samples: int) -> float:
    """Return the share of a set's samples on the confusion matrix's diagonal; 0 of none and in regression."""
    classes = integers[Int.OUTPUT_CLASSES]
    start = array_start(integers, Array.CONFUSION) + held_out * classes * classes
    right = 0
    for k in range(classes):
        right += integers[start + k * classes + k]
    return float64(right) / float64(samples) if samples > 0 else float64(0.0)
