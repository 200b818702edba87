"""A first layer whose inputs are bits: an input that is 0 adds nothing, one that is 1 adds its weights as they are.

A drawing has few pixels that are on, so this does a small part of the work of `dense`, without multiplying. For
each sample the numbers of its inputs that are 1 are listed in `active`. z and δ are held with a sample a row.
"""

from pellucid.engine.primitives import Floats, Integers


def list_active(inputs: Floats, starts: Integers, active: Integers) -> None:
    """List the inputs that are 1: sample s has active[starts[s]] to active[starts[s + 1] − 1]."""
    n, n_in = inputs.shape
    count = 0
    for s in range(n):
        starts[s] = count
        for i in range(n_in):
            if inputs[s, i] != 0.0:
                active[count] = i
                count += 1
    starts[n] = count


def forward(W: Floats, b: Floats, active: Integers, z: Floats) -> None:
    """Set z_j = b_j + Σ W_ij over the active inputs i of one sample, in their order."""
    n_out = W.shape[1]
    for j in range(n_out):
        z[j] = b[j]
    eights = active.shape[0] // 8 * 8
    fours = active.shape[0] // 4 * 4
    for k in range(0, eights, 8):
        add_eight(
            W[active[k]],
            W[active[k + 1]],
            W[active[k + 2]],
            W[active[k + 3]],
            W[active[k + 4]],
            W[active[k + 5]],
            W[active[k + 6]],
            W[active[k + 7]],
            z,
        )
    for k in range(eights, fours, 4):
        add_four(W[active[k]], W[active[k + 1]], W[active[k + 2]], W[active[k + 3]], z)
    for k in range(fours, active.shape[0]):
        row = W[active[k]]
        for j in range(n_out):
            z[j] += row[j]


def add_four(first: Floats, second: Floats, third: Floats, fourth: Floats, z: Floats) -> None:
    """Add four rows to z, one after the other, in one go through memory."""
    for j in range(first.shape[0]):
        z[j] = (((z[j] + first[j]) + second[j]) + third[j]) + fourth[j]


def add_eight(
    first: Floats,
    second: Floats,
    third: Floats,
    fourth: Floats,
    fifth: Floats,
    sixth: Floats,
    seventh: Floats,
    eighth: Floats,
    z: Floats,
) -> None:
    """Add eight rows to z, one after the other, in one go through memory."""
    for j in range(first.shape[0]):
        four = (((z[j] + first[j]) + second[j]) + third[j]) + fourth[j]
        z[j] = (((four + fifth[j]) + sixth[j]) + seventh[j]) + eighth[j]


def add_gradients(delta: Floats, active: Integers, W_gradient: Floats) -> None:
    """Add ∂L/∂W_ij = δ_j for the active inputs i of one sample."""
    n_out = W_gradient.shape[1]
    for k in range(active.shape[0]):
        i = active[k]
        for j in range(n_out):
            W_gradient[i, j] += delta[j]


def add_chunk_gradients(deltas: Floats, starts: Integers, samples: Integers, W_gradient: Floats) -> None:
    """Add ∂L/∂W_ij = Σₛ δ_sj over the samples in which input i is 1, from the first to the last: deltas (lanes, n_out).

    The samples of input i are samples[starts[i]] to samples[starts[i + 1] − 1]. Each row of W_gradient is fetched once.
    """
    for i in range(W_gradient.shape[0]):
        k, end = starts[i], starts[i + 1]
        row = W_gradient[i]
        while k + 4 <= end:
            add_four(deltas[samples[k]], deltas[samples[k + 1]], deltas[samples[k + 2]], deltas[samples[k + 3]], row)
            k += 4
        while k < end:
            delta = deltas[samples[k]]
            for j in range(row.shape[0]):
                row[j] += delta[j]
            k += 1
