"""What the loss does when one parameter is moved: nothing about a gradient has to be believed."""

from pellucid.engine.account import batch_objective, look_at
from pellucid.engine.memory import Array
from pellucid.engine.network import array_start
from pellucid.engine.primitives import Floats, Words, as_integers, float32, float64, vector
from pellucid.engine.records import parameter_place


def nudge_parameter(
    memory: Words, after: Words, layer: int, unit: int, source: int, epsilon: float, out: Floats
) -> None:
    """Set out (5,): L(w), L(w − ε), L(w + ε), (L(w + ε) − L(w − ε)) / 2ε, and ∂L/∂w as the update had it.

    L is what the account's update makes small, see `batch_objective`.
    """
    integers, others = as_integers(memory), as_integers(after)
    place = parameter_place(integers, layer, unit, source)
    w = vector(memory, array_start(integers, Array.PARAMETERS) + place, 1)
    kept = w[0]
    out[0] = float32(batch_objective(memory))
    w[0] = kept - epsilon
    low, low_w = batch_objective(memory), w[0]
    w[0] = kept + epsilon
    high, high_w = batch_objective(memory), w[0]
    w[0] = kept
    out[1] = float32(low)
    out[2] = float32(high)
    # Rounding moves w by not quite ε.
    out[3] = float32((high - low) / (float64(high_w) - float64(low_w)))
    out[4] = after[array_start(others, Array.GRADIENTS) + place]
    look_at(memory)


def trace_parameter(
    memory: Words, layer: int, unit: int, source: int, low: float, high: float, count: int, out: Floats
) -> None:
    """Set out (count,) to L at as many values of one parameter, evenly from `low` to `high`."""
    integers = as_integers(memory)
    place = parameter_place(integers, layer, unit, source)
    w = vector(memory, array_start(integers, Array.PARAMETERS) + place, 1)
    kept = w[0]
    for k in range(count):
        w[0] = low + (high - low) * float32(k) / float32(count - 1)
        out[k] = float32(batch_objective(memory))
    w[0] = kept
    look_at(memory)
