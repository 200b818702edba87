"""Weights that are switched off: held at 0 while all others are trained, to see what they were for."""

from pellucid.engine.memory import MOST_OFF, Array, Int, Status
from pellucid.engine.network import array_start
from pellucid.engine.primitives import Words, as_integers, vector


def switch_weight(memory: Words, place: int, off: int) -> int:
    """Hold the weight at this place of PARAMETERS at 0, or give it the value again that it had; return the status."""
    integers = as_integers(memory)
    listed = vector(integers, array_start(integers, Array.OFF), MOST_OFF)
    values = vector(memory, array_start(integers, Array.OFF_VALUES), MOST_OFF)
    w = vector(memory, array_start(integers, Array.PARAMETERS), integers[Int.PARAMETER_COUNT])
    count = integers[Int.OFF_COUNT]
    found = count
    for k in range(count):
        found = k if listed[k] == place else found
    if off != 0 and found == count:
        if count == MOST_OFF:
            return Status.BAD_PARAMETER
        listed[count] = place
        values[count] = w[place]
        integers[Int.OFF_COUNT] = count + 1
    elif off == 0 and found < count:
        w[place] = values[found]
        listed[found] = listed[count - 1]
        values[found] = values[count - 1]
        integers[Int.OFF_COUNT] = count - 1
    hold_off(memory)
    return Status.RUNNING


def hold_off(memory: Words) -> None:
    """Set every weight that is switched off to 0, and what the optimiser remembers of it."""
    integers = as_integers(memory)
    n = integers[Int.PARAMETER_COUNT]
    listed = vector(integers, array_start(integers, Array.OFF), MOST_OFF)
    w = vector(memory, array_start(integers, Array.PARAMETERS), n)
    m = vector(memory, array_start(integers, Array.MOMENTS_1), n)
    v = vector(memory, array_start(integers, Array.MOMENTS_2), n)
    for k in range(integers[Int.OFF_COUNT]):
        place = listed[k]
        w[place] = 0.0
        m[place] = 0.0
        v[place] = 0.0


def take_over_off(memory: Words, other: Words) -> None:
    """Switch off what is switched off in another run of the same network."""
    integers, others = as_integers(memory), as_integers(other)
    listed = vector(integers, array_start(integers, Array.OFF), MOST_OFF)
    values = vector(memory, array_start(integers, Array.OFF_VALUES), MOST_OFF)
    other_listed = vector(others, array_start(others, Array.OFF), MOST_OFF)
    other_values = vector(other, array_start(others, Array.OFF_VALUES), MOST_OFF)
    count = others[Int.OFF_COUNT]
    for k in range(count):
        listed[k] = other_listed[k]
        values[k] = other_values[k]
    integers[Int.OFF_COUNT] = count
