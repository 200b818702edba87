"""The account of one update: what every number in it was made from.

It is kept beside the run, in two copies of its block. `memory` stays as the run was before the update, and holds z, a
and δ of the one sample that is looked at; `after` has made the update. `records` reads both.
"""

from pellucid.engine.losses import sample_losses
from pellucid.engine.memory import CHUNK, Array, Int, Real
from pellucid.engine.network import array_start, forward_network, hand_back, set_output_delta, unit_rows
from pellucid.engine.primitives import Floats, Integers, Words, as_integers, float64, matrix, vector
from pellucid.engine.regularizers import Regularizer, penalty
from pellucid.engine.samples import lanes_for, load_chunk
from pellucid.engine.training import next_batch_size, take_steps, teach_sample


def begin_account(memory: Words, after: Words, alone: int, place: int) -> int:
    """Make the update in `after` and look at one of its samples in `memory`; return the status of `after`.

    With `alone` the update is made on sample `place` alone; else on the next batch, whose sample `place` is looked at.
    """
    integers = as_integers(memory)
    integers[Int.ACCOUNT_ALONE] = 1 if alone != 0 else 0
    if alone != 0:
        integers[Int.ACCOUNT_SAMPLE] = place
        integers[Int.ACCOUNT_SIZE] = 1
        status = teach_sample(after, place, 1)
    else:
        size = next_batch_size(integers)
        chosen = place if place < size else size - 1
        order = vector(integers, array_start(integers, Array.ORDER), integers[Int.TRAIN_SAMPLES])
        integers[Int.ACCOUNT_SAMPLE] = order[integers[Int.POSITION] + chosen]
        integers[Int.ACCOUNT_SIZE] = size
        status = take_steps(after, 1)
    look_at(memory)
    look_at_same(memory, after)
    return status


def look_at_same(memory: Words, after: Words) -> None:
    """Look at the account's sample with the weights after the update."""
    integers, others = as_integers(memory), as_integers(after)
    for slot in range(Int.ACCOUNT_SAMPLE, Int.ACCOUNT_SIZE + 1):
        others[slot] = integers[slot]
    look_at(after)


def look_at(memory: Words) -> None:
    """Set z, a and δ of the account's sample, in one lane; gradients stay as they are."""
    integers = as_integers(memory)
    samples = vector(integers, Int.ACCOUNT_SAMPLE, 1)
    load_chunk(memory, 1, samples)
    forward_network(memory, 1, samples)
    set_output_delta(memory, integers, 1, 1)
    for layer in range(integers[Int.LAYERS] - 1, 0, -1):
        hand_back(memory, integers, layer, 1)
    # Bits are looked up by the first layer; here they are read like any other input.
    x = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, 0, 1)
    inputs = matrix(memory, array_start(integers, Array.NETWORK_INPUTS), integers[Int.SAMPLES], x.shape[0])
    for i in range(x.shape[0]):
        x[i, 0] = inputs[samples[0], i]


def batch_samples(integers: Integers) -> Integers:
    """Return the numbers of the samples of the account's update."""
    start = array_start(integers, Array.ORDER) + integers[Int.POSITION]
    start = Int.ACCOUNT_SAMPLE if integers[Int.ACCOUNT_ALONE] != 0 else start
    return vector(integers, start, integers[Int.ACCOUNT_SIZE])


def list_units(memory: Words, out: Floats) -> None:
    """Fill out (units, 3) with z, a and δ of every unit for the account's sample: column by column, inputs first."""
    integers = as_integers(memory)
    place = 0
    for column in range(integers[Int.LAYERS] + 1):
        z = unit_rows(memory, integers, Array.PRE_ACTIVATIONS, column, 1)
        a = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, column, 1)
        delta = unit_rows(memory, integers, Array.DELTAS, column, 1)
        for j in range(a.shape[0]):
            out[place] = z[j, 0] if column > 0 else 0.0
            out[place + 1] = a[j, 0]
            out[place + 2] = delta[j, 0] if column > 0 else 0.0
            place += 3


def set_sample_losses(memory: Words, samples: Integers) -> None:
    """Set SAMPLE_LOSSES of some samples, whatever their number."""
    integers = as_integers(memory)
    losses = vector(memory, array_start(integers, Array.SAMPLE_LOSSES), integers[Int.SAMPLES])
    start = 0
    while start < samples.shape[0]:
        count = samples.shape[0] - start if samples.shape[0] - start < CHUNK else CHUNK
        lanes = lanes_for(count)
        chunk = samples[start : start + count]
        load_chunk(memory, lanes, chunk)
        forward_network(memory, lanes, chunk)
        z = unit_rows(memory, integers, Array.PRE_ACTIVATIONS, integers[Int.LAYERS], lanes)
        a = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, integers[Int.LAYERS], lanes)
        target = matrix(memory, array_start(integers, Array.CHUNK_TARGETS), integers[Int.OUTPUTS], lanes)
        # DELTAS is free while nothing is handed back.
        found = vector(memory, array_start(integers, Array.DELTAS), count)
        sample_losses(integers[Int.LOSS_KIND], z, a, target, found)
        for s in range(count):
            losses[chunk[s]] = found[s]
        start += count


def batch_objective(memory: Words) -> float:
    """Return what the account's update makes small: the mean loss of its samples, and L2 where it is on (float64).

    L1 has no slope at 0 and is no part of the gradient (see `regularizers`), so it is left out.
    """
    integers = as_integers(memory)
    samples = batch_samples(integers)
    set_sample_losses(memory, samples)
    losses = vector(memory, array_start(integers, Array.SAMPLE_LOSSES), integers[Int.SAMPLES])
    total = float64(0.0)
    for s in range(samples.shape[0]):
        total += float64(losses[samples[s]])
    return total / float64(samples.shape[0]) + slope_penalty(memory, integers)


def slope_penalty(memory: Words, integers: Integers) -> float:
    """Return the penalty of L2, 0 without it."""
    total = float64(0.0)
    for layer in range(integers[Int.LAYERS] if integers[Int.REGULARIZER] == Regularizer.L2 else 0):
        count = integers[Int.WIDTHS + layer] * integers[Int.WIDTHS + layer + 1]
        start = array_start(integers, Array.PARAMETERS) + integers[Int.LAYER_STARTS + layer]
        total += penalty(Regularizer.L2, memory[Real.REGULARIZATION_RATE], vector(memory, start, count), count)
    return total
