"""The loss of a pass, added up while it is made: what each sample's was just before its update."""

from pellucid.engine.losses import sample_losses
from pellucid.engine.memory import Array, Double, Int
from pellucid.engine.network import array_start, unit_rows
from pellucid.engine.primitives import Integers, Words, as_doubles, as_integers, float64, matrix, vector
from pellucid.engine.weighting import weight_of


def add_losses(memory: Words, lanes: int, samples: Integers) -> None:
    """Add weight · loss of the samples in the lanes to LOSS_SUM, after their forward pass."""
    integers, doubles = as_integers(memory), as_doubles(memory)
    z = unit_rows(memory, integers, Array.PRE_ACTIVATIONS, integers[Int.LAYERS], lanes)
    a = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, integers[Int.LAYERS], lanes)
    target = matrix(memory, array_start(integers, Array.CHUNK_TARGETS), integers[Int.OUTPUTS], lanes)
    # DELTAS is free until something is handed back.
    losses = vector(memory, array_start(integers, Array.DELTAS), samples.shape[0])
    sample_losses(integers[Int.LOSS_KIND], z, a, target, losses)
    for s in range(samples.shape[0]):
        doubles[Double.LOSS_SUM] += float64(weight_of(memory, integers, samples[s])) * float64(losses[s])
