"""The run's state machine: reset, update, pass over the data.

An update takes the next batch in the order of this pass, sets GRADIENTS to the mean over the batch, and changes the
parameters. When a pass is complete the samples are shuffled anew, from the run's own random state.
"""

from pellucid.engine.following import add_losses
from pellucid.engine.initializers import initialize
from pellucid.engine.memory import CHUNK, Array, Double, Int, Real, Reason, Status
from pellucid.engine.network import array_start, backward_network, forward_network, layer_biases, layer_weights
from pellucid.engine.optimizers import Optimizer, adam, finite, momentum, ordinary, rmsprop, sgd
from pellucid.engine.primitives import Floats, Integers, Words, as_doubles, as_integers, float32, vector
from pellucid.engine.random import Stream, seed_generator, shuffle
from pellucid.engine.regularizers import Regularizer, shrink, shrink_each
from pellucid.engine.samples import lanes_for, load_chunk
from pellucid.engine.switching import hold_off, take_over_off
from pellucid.engine.weighting import total_weight


def start_over(memory: Words) -> None:
    """Set the initial weights and biases, clear the optimiser and the counters, and shuffle the first pass."""
    integers = as_integers(memory)
    state = vector(integers, Int.SCRATCH_STATE, 4)
    seed_generator(state, integers[Int.WEIGHT_SEED], Stream.WEIGHTS)
    for layer in range(integers[Int.LAYERS]):
        W = layer_weights(memory, integers, Array.PARAMETERS, layer)
        initialize(integers[Int.INITIALIZER], memory[Real.INITIALIZER_SCALE], W, state)
        b = layer_biases(memory, integers, Array.PARAMETERS, layer)
        for j in range(b.shape[0]):
            b[j] = memory[Real.BIAS] + 0.0
    n = integers[Int.PARAMETER_COUNT]
    for array in range(Array.GRADIENTS, Array.ORDER):
        fill(vector(memory, array_start(integers, array), n), 0.0)
    as_doubles(memory)[Double.UPDATES] = 0.0
    as_doubles(memory)[Double.LOSS_SUM] = 0.0
    memory[Real.MOMENTUM_POWER] = 1.0
    memory[Real.DECAY_POWER] = 1.0
    integers[Int.EPOCHS] = 0
    integers[Int.OFF_COUNT] = 0
    integers[Int.STATUS] = Status.RUNNING
    integers[Int.FAILED_LAYER] = 0
    integers[Int.FAILED_REASON] = Reason.NONE
    start_order(integers)


def fill(values: Floats, value: float) -> None:
    """Set every entry to one value."""
    for k in range(values.shape[0]):
        values[k] = value


def start_order(integers: Integers) -> None:
    """Put the training samples in their first order: that of ORDER_SEED."""
    n = integers[Int.TRAIN_SAMPLES]
    order = vector(integers, array_start(integers, Array.ORDER), n)
    for s in range(n):
        order[s] = s
    state = vector(integers, Int.ORDER_STATE, 4)
    seed_generator(state, integers[Int.ORDER_SEED], Stream.ORDER)
    shuffle(order, n, state)
    integers[Int.POSITION] = 0


def take_steps(memory: Words, count: int) -> int:
    """Make so many updates, fewer if the run diverges; return the status."""
    integers = as_integers(memory)
    for _ in range(count if integers[Int.TRAIN_SAMPLES] > 0 else 0):
        if integers[Int.STATUS] != Status.RUNNING:
            break
        update(memory, integers)
    return integers[Int.STATUS]


def take_epochs(memory: Words, count: int) -> int:
    """Complete so many passes; one that is under way counts as the first. Return the status."""
    integers = as_integers(memory)
    last = integers[Int.EPOCHS] + (count if integers[Int.TRAIN_SAMPLES] > 0 else 0)
    while integers[Int.EPOCHS] < last and integers[Int.STATUS] == Status.RUNNING:
        update(memory, integers)
    return integers[Int.STATUS]


def teach_sample(memory: Words, sample: int, count: int) -> int:
    """Make so many updates on one sample alone, outside of the pass under way; return the status."""
    integers = as_integers(memory)
    samples = vector(integers, array_start(integers, Array.CHUNK_SAMPLES), 1)
    for _ in range(count):
        if integers[Int.STATUS] != Status.RUNNING:
            break
        fill(vector(memory, array_start(integers, Array.GRADIENTS), integers[Int.PARAMETER_COUNT]), 0.0)
        samples[0] = sample
        add_gradients_of(memory, samples)
        apply_gradients(memory, integers, total_weight(memory, integers, samples))
        as_doubles(memory)[Double.UPDATES] += 1.0
    return integers[Int.STATUS]


def update(memory: Words, integers: Integers) -> None:
    """Make one update from the next batch; the last batch of a pass has the samples that are left."""
    n, position, size = integers[Int.TRAIN_SAMPLES], integers[Int.POSITION], next_batch_size(integers)
    fill(vector(memory, array_start(integers, Array.GRADIENTS), integers[Int.PARAMETER_COUNT]), 0.0)
    if position == 0:
        as_doubles(memory)[Double.LOSS_SUM] = 0.0
    batch = vector(integers, array_start(integers, Array.ORDER) + position, size)
    done = 0
    while done < size:
        count = size - done if size - done < CHUNK else CHUNK
        add_gradients_of(memory, batch[done : done + count])
        done += count
    apply_gradients(memory, integers, total_weight(memory, integers, batch))
    as_doubles(memory)[Double.UPDATES] += 1.0
    integers[Int.POSITION] = position + size
    if position + size == n:
        integers[Int.EPOCHS] += 1
        integers[Int.POSITION] = 0
        shuffle(vector(integers, array_start(integers, Array.ORDER), n), n, vector(integers, Int.ORDER_STATE, 4))


def next_batch_size(integers: Integers) -> int:
    """Return how many samples the next batch has; they stand in ORDER from POSITION on."""
    left = integers[Int.TRAIN_SAMPLES] - integers[Int.POSITION]
    wanted = integers[Int.BATCH_SIZE]
    return left if wanted == 0 or wanted > left else wanted


def add_gradients_of(memory: Words, samples: Integers) -> None:
    """Add the gradients of up to 64 samples: forward and backward."""
    lanes = lanes_for(samples.shape[0])
    load_chunk(memory, lanes, samples)
    forward_network(memory, lanes, samples)
    if as_integers(memory)[Int.FOLLOW_LOSS] != 0:
        add_losses(memory, lanes, samples)
    backward_network(memory, lanes, samples)


def apply_gradients(memory: Words, integers: Integers, weight: float) -> None:
    """Let the optimiser change every parameter by the mean gradient of a batch of this weight (0: by none)."""
    share = 1.0 / float32(weight) if weight > 0.0 else float32(0.0)
    if integers[Int.OPTIMIZER] == Optimizer.ADAM:
        memory[Real.MOMENTUM_POWER] = ordinary(memory[Real.MOMENTUM_POWER] * memory[Real.MOMENTUM])
        memory[Real.DECAY_POWER] = ordinary(memory[Real.DECAY_POWER] * memory[Real.DECAY])
    seen = 0
    if integers[Int.REGULARIZER] == Regularizer.NONE:
        seen = change(memory, integers, 0, integers[Int.PARAMETER_COUNT], share, 0.0)
    else:
        for layer in range(integers[Int.LAYERS]):
            seen |= change_layer(memory, integers, layer, share)
    if integers[Int.OFF_COUNT] > 0:
        hold_off(memory)
    if not finite(seen):
        diverge(memory, integers)


def change_layer(memory: Words, integers: Integers, layer: int, share: float) -> int:
    """Change the parameters of one layer: weights with regularisation, biases without."""
    start, n_out = integers[Int.LAYER_STARTS + layer], integers[Int.WIDTHS + layer + 1]
    n = integers[Int.WIDTHS + layer] * n_out
    kind, strength = integers[Int.REGULARIZER], memory[Real.REGULARIZATION_RATE]
    seen = change(memory, integers, start, n, share, strength if kind == Regularizer.L2 else 0.0)
    seen |= change(memory, integers, start + n, n_out, share, 0.0)
    amount = memory[Real.LEARNING_RATE] * strength
    if kind == Regularizer.L1 and amount > 0.0:
        pull(memory, integers, amount, start, n)
    return seen


def pull(memory: Words, integers: Integers, amount: float, start: int, n: int) -> None:
    """Move n weights from `start` on towards 0, by L1 in the size of the optimiser's own steps.

    Only so do gradient and penalty balance where loss + penalty is smallest, whatever the optimiser (Yun, Lozano and
    Yang 2021, "Adaptive proximal gradient methods for structured neural networks"). Momentum's steps add up to
    1 / (1 − μ) times the gradient's.
    """
    weights = vector(memory, array_start(integers, Array.PARAMETERS) + start, n)
    v = vector(memory, array_start(integers, Array.MOMENTS_2) + start, n)
    kind = integers[Int.OPTIMIZER]
    if kind == Optimizer.SGD:
        shrink(amount, weights, n)
    elif kind == Optimizer.MOMENTUM:
        shrink(amount / (1.0 - memory[Real.MOMENTUM]), weights, n)
    elif kind == Optimizer.RMSPROP:
        shrink_each(amount, v, 1.0, memory[Real.EPSILON], weights, n)
    else:
        shrink_each(amount, v, 1.0 / (1.0 - memory[Real.DECAY_POWER]), memory[Real.EPSILON], weights, n)


def change(memory: Words, integers: Integers, start: int, n: int, share: float, l2: float) -> int:
    """Apply the optimiser's rule to n parameters from `start` on; return what it returns."""
    w = vector(memory, array_start(integers, Array.PARAMETERS) + start, n)
    g = vector(memory, array_start(integers, Array.GRADIENTS) + start, n)
    m = vector(memory, array_start(integers, Array.MOMENTS_1) + start, n)
    v = vector(memory, array_start(integers, Array.MOMENTS_2) + start, n)
    kind, rate = integers[Int.OPTIMIZER], memory[Real.LEARNING_RATE]
    first, second, epsilon = memory[Real.MOMENTUM], memory[Real.DECAY], memory[Real.EPSILON]
    if kind == Optimizer.SGD:
        return sgd(w, g, n, share, l2, rate)
    if kind == Optimizer.MOMENTUM:
        return momentum(w, g, m, n, share, l2, rate, first)
    if kind == Optimizer.RMSPROP:
        return rmsprop(w, g, v, n, share, l2, rate, second, epsilon)
    return adam(
        w, g, m, v, n, share, l2, rate, first, second, epsilon, memory[Real.MOMENTUM_POWER], memory[Real.DECAY_POWER]
    )


def diverge(memory: Words, integers: Integers) -> None:
    """Stop the run and note the first layer that has a parameter which is not finite, and which kind it is."""
    integers[Int.STATUS] = Status.DIVERGED
    for layer in range(integers[Int.LAYERS] - 1, -1, -1):
        start = array_start(integers, Array.PARAMETERS) + integers[Int.LAYER_STARTS + layer]
        n = (integers[Int.WIDTHS + layer] + 1) * integers[Int.WIDTHS + layer + 1]
        for k in range(start, start + n):
            if memory[k] - memory[k] != 0.0:
                integers[Int.FAILED_LAYER] = layer
                integers[Int.FAILED_REASON] = Reason.NOT_A_NUMBER if memory[k] != memory[k] else Reason.INFINITE


def take_over(memory: Words, other: Words) -> int:
    """Take the parameters, the optimiser's state and the counters of another run of the same network.

    So new data, another batch size or another seed keep what was learnt. The order of samples starts anew.
    """
    integers, others = as_integers(memory), as_integers(other)
    if integers[Int.LAYERS] != others[Int.LAYERS]:
        return Status.BAD_NETWORK
    for layer in range(integers[Int.LAYERS] + 1):
        if integers[Int.WIDTHS + layer] != others[Int.WIDTHS + layer]:
            return Status.BAD_NETWORK
    n = integers[Int.PARAMETER_COUNT]
    for array in range(Array.PARAMETERS, Array.ORDER):
        kept = vector(other, array_start(others, array), n)
        mine = vector(memory, array_start(integers, array), n)
        for k in range(n):
            mine[k] = kept[k]
    take_over_off(memory, other)
    as_doubles(memory)[Double.UPDATES] = as_doubles(other)[Double.UPDATES]
    memory[Real.MOMENTUM_POWER] = other[Real.MOMENTUM_POWER]
    memory[Real.DECAY_POWER] = other[Real.DECAY_POWER]
    integers[Int.EPOCHS] = others[Int.EPOCHS]
    integers[Int.STATUS] = others[Int.STATUS]
    integers[Int.FAILED_LAYER] = others[Int.FAILED_LAYER]
    integers[Int.FAILED_REASON] = others[Int.FAILED_REASON]
    start_order(integers)
    return integers[Int.STATUS]
