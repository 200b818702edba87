"""Why the network answers as it does: each input's share in an answer, by the Rescale rule of DeepLIFT.

Shrikumar, Greenside and Kundaje 2017, "Learning important features through propagating activation differences",
arXiv:1704.02685. A drawing is compared with the empty square. What is shared out is the margin of an output: with
softmax z_c minus the mean of the other outputs' z (for two classes the log-odds), else z_c.

    share_i = x_i · Σ_j w_ij m_j        for every input i and the units j of the first layer
    m_j     = Δa_j / Δz_j · Σ_k w_jk m_k    below the outputs; Δ is drawing minus empty square
    m_c     = ∂margin / ∂z_c            at the outputs

So that all shares add up to the margin of the drawing minus the margin of the empty square, however bent the
activations are: each unit hands on exactly the difference that it makes.
"""

from pellucid.engine.activations import Activation, activate, multiply_slope
from pellucid.engine.memory import Array, Int
from pellucid.engine.network import forward_network, layer_weights, quads, unit_rows, units
from pellucid.engine.primitives import Floats, Integers, Words, as_integers, float32, vector

LANES = 4
"""The drawing, the empty square, the middle between their z, and one that is not used."""

CLOSE = 1e-3
"""Below this |Δz| a smooth activation's slope in the middle stands for Δa / Δz, which rounding would spoil."""


def share_inputs(memory: Words, inputs: Floats, output: int, shares: Floats) -> None:
    """Set shares (n_in + 2,): each input's share, then the margin of the empty square and that of the drawing."""
    integers = as_integers(memory)
    n_in, last = integers[Int.WIDTHS], integers[Int.LAYERS]
    x = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, 0, LANES)
    for i in range(n_in):
        x[i, 0] = inputs[i]
        for s in range(1, LANES):
            x[i, s] = 0.0
    forward_network(memory, LANES, vector(integers, 0, 0))
    share_margin(memory, integers, output)
    z = unit_rows(memory, integers, Array.PRE_ACTIVATIONS, last, LANES)
    m = unit_rows(memory, integers, Array.DELTAS, last, LANES)
    shares[n_in] = 0.0
    shares[n_in + 1] = 0.0
    for j in range(z.shape[0]):
        shares[n_in] += m[j, 0] * z[j, 1]
        shares[n_in + 1] += m[j, 0] * z[j, 0]
    for layer in range(last - 1, 0, -1):
        set_slopes(memory, integers, layer)
        hand_down(memory, integers, layer)
    W = layer_weights(memory, integers, Array.PARAMETERS, 0)
    m = unit_rows(memory, integers, Array.DELTAS, 1, LANES)
    for i in range(n_in):
        total = 0.0
        for j in range(W.shape[1] if inputs[i] != 0.0 else 0):
            total += W[i, j] * m[j, 0]
        shares[i] = inputs[i] * total


def share_margin(memory: Words, integers: Integers, output: int) -> None:
    """Set m of the outputs: how the margin depends on each z."""
    last = integers[Int.LAYERS]
    m = unit_rows(memory, integers, Array.DELTAS, last, LANES)
    others = 0.0
    if integers[Int.LAYER_ACTIVATIONS + last - 1] == Activation.SOFTMAX:
        others = -1.0 / float32(m.shape[0] - 1)
    for j in range(m.shape[0]):
        m[j, 0] = 1.0 if j == output else others


def set_slopes(memory: Words, integers: Integers, layer: int) -> None:
    """Set f′ of a hidden layer's units (from 1) in the middle between drawing and empty square: lane 2 of DELTAS."""
    kind = integers[Int.LAYER_ACTIVATIONS + layer - 1]
    z_rows = unit_rows(memory, integers, Array.PRE_ACTIVATIONS, layer, LANES)
    for j in range(z_rows.shape[0]):
        z_rows[j, 2] = 0.5 * (z_rows[j, 0] + z_rows[j, 1])
    n = quads(integers, layer, LANES)
    z = units(memory, integers, Array.PRE_ACTIVATIONS, layer, LANES)
    a = units(memory, integers, Array.UNIT_ACTIVATIONS, layer, LANES)
    slopes = units(memory, integers, Array.DELTAS, layer, LANES)
    activate(kind, z, a, n)
    for k in range(4 * n):
        slopes[k] = 1.0
    multiply_slope(kind, z, a, slopes, n)


def hand_down(memory: Words, integers: Integers, layer: int) -> None:
    """Set m of a hidden layer (from 1) from that of the layer above it."""
    kind = integers[Int.LAYER_ACTIVATIONS + layer - 1]
    # Where f is made of straight lines, Δa / Δz has no rounding to speak of, and a slope says nothing at a kink.
    straight = kind == Activation.RELU or kind == Activation.LEAKY_RELU or kind == Activation.LINEAR
    W = layer_weights(memory, integers, Array.PARAMETERS, layer)
    z = unit_rows(memory, integers, Array.PRE_ACTIVATIONS, layer, LANES)
    a = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, layer, LANES)
    above = unit_rows(memory, integers, Array.DELTAS, layer + 1, LANES)
    m = unit_rows(memory, integers, Array.DELTAS, layer, LANES)
    for i in range(W.shape[0]):
        total = 0.0
        for j in range(W.shape[1]):
            total += W[i, j] * above[j, 0]
        difference = z[i, 0] - z[i, 1]
        apart = abs(difference) >= CLOSE or (straight and difference != 0.0)
        m[i, 0] = total * ((a[i, 0] - a[i, 1]) / difference if apart else m[i, 2])
