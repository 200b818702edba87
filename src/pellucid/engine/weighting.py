"""Samples that count more or less than others.

Each has a weight of 0 or more, 1 where none are given. A weight multiplies the sample's δ of the outputs, and so its
share in every gradient; a mean over samples divides by the sum of their weights. So a weight of 2 does to one update
what the same sample twice would do.
"""

from pellucid.engine.memory import Array, Int
from pellucid.engine.primitives import Floats, Integers, Words, as_integers, float64, vector


def weight_of(memory: Words, integers: Integers, sample: int) -> float:
    """Return a sample's weight."""
    if integers[Int.WEIGHTS] == 0:
        return 1.0
    return memory[integers[Int.ARRAYS + Array.SAMPLE_WEIGHTS] + sample]


def total_weight(memory: Words, integers: Integers, samples: Integers) -> float:
    """Return the sum of the weights of some samples (float64): their number where none are given."""
    if integers[Int.WEIGHTS] == 0:
        return float64(samples.shape[0])
    total = float64(0.0)
    for s in range(samples.shape[0]):
        total += float64(weight_of(memory, integers, samples[s]))
    return total


def weigh(memory: Words, samples: Integers, delta: Floats) -> None:
    """Multiply δ of the outputs, delta (outputs, lanes), by the weights of the samples in the lanes."""
    integers = as_integers(memory)
    weights = vector(memory, integers[Int.ARRAYS + Array.SAMPLE_WEIGHTS], integers[Int.WEIGHTS])
    multiply(weights, samples, delta)


def multiply(weights: Floats, samples: Integers, delta: Floats) -> None:
    """Set δ_js ← w_s δ_js."""
    for j in range(delta.shape[0]):
        for s in range(samples.shape[0]):
            delta[j, s] *= weights[samples[s]]


def are_weights(memory: Words) -> bool:
    """Return whether every weight is a finite number from 0."""
    integers = as_integers(memory)
    weights = vector(memory, integers[Int.ARRAYS + Array.SAMPLE_WEIGHTS], integers[Int.WEIGHTS])
    bad = 0
    for s in range(weights.shape[0]):
        bad += 0 if weights[s] >= 0.0 and weights[s] - weights[s] == 0.0 else 1
    return bad == 0
