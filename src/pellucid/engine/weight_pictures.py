"""What a unit looks for, as a picture over the inputs: its weights, or those of the units before it added up.

A unit of the first layer is shown by its incoming weights. For one of a later layer the pictures of the units before
it are added up by its weights, which is the product of the weight matrices: what the unit would look for if no
activation bent anything on the way.
"""

from pellucid.engine.memory import Array
from pellucid.engine.network import layer_weights, units
from pellucid.engine.primitives import Floats, Words, as_integers


def picture_units(memory: Words, layer: int, count: int, pictures: Floats) -> None:
    """Fill pictures (count, n_in) for the first `count` units of a layer (0 is the first hidden one)."""
    integers = as_integers(memory)
    for unit in range(count):
        own = layer_weights(memory, integers, Array.PARAMETERS, layer)
        row = pictures[unit] if layer == 0 else units(memory, integers, Array.DELTAS, layer, 1)
        for i in range(own.shape[0]):
            row[i] = own[i, unit]
        for below in range(layer - 1, -1, -1):
            W = layer_weights(memory, integers, Array.PARAMETERS, below)
            above = units(memory, integers, Array.DELTAS, below + 1, 1)
            into = pictures[unit] if below == 0 else units(memory, integers, Array.DELTAS, below, 1)
            for i in range(W.shape[0]):
                total = 0.0
                for j in range(W.shape[1]):
                    total += W[i, j] * above[j]
                into[i] = total
