"""Every unit's value over the plane, for the pictures, and its colours.

A picture has `resolution` rows from the top (x₂ = high) down and as many columns from the left (x₁ = low); a cell
shows the value at its centre.
"""

from pellucid.engine.features import encode_point
from pellucid.engine.memory import CHUNK, Array, Int
from pellucid.engine.network import array_start, forward_network, unit_rows
from pellucid.engine.primitives import Floats, Integers, Words, as_integers, float32, matrix, sqrt, vector
from pellucid.engine.samples import lanes_for


def fill_surfaces(memory: Words, resolution: int, low: float, high: float, first_layer: int, out: Floats) -> None:
    """Fill out (units, resolution²) with the activations of all units from `first_layer` on; layer 0 is the inputs."""
    integers = as_integers(memory)
    cells = resolution * resolution
    start = 0
    while start < cells:
        samples = cells - start if cells - start < CHUNK else CHUNK
        lanes = lanes_for(samples)
        load_cells(memory, integers, resolution, low, high, start, samples, lanes)
        forward_network(memory, lanes, vector(integers, 0, 0))
        copy_units(memory, integers, first_layer, lanes, start, samples, out, cells)
        start += samples


def load_cells(
    memory: Words, integers: Integers, resolution: int, low: float, high: float, start: int, samples: int, lanes: int
) -> None:
    """Put what the network sees of some cells into the lanes; ROWS serves as the row of one cell."""
    inputs = integers[Int.WIDTHS]
    x = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, 0, lanes)
    row = vector(memory, array_start(integers, Array.DELTAS), inputs)
    step = (high - low) / float32(resolution)
    for s in range(lanes):
        cell = start + s if s < samples else start
        x1 = low + (float32(cell % resolution) + 0.5) * step
        x2 = high - (float32(cell // resolution) + 0.5) * step
        encode_point(integers[Int.FEATURES], x1, x2, row)
        for i in range(inputs):
            x[i, s] = row[i]


def copy_units(
    memory: Words, integers: Integers, first_layer: int, lanes: int, start: int, samples: int, out: Floats, cells: int
) -> None:
    """Copy the activations in the lanes to where the picture of each unit has these cells."""
    to = start
    for layer in range(first_layer, integers[Int.LAYERS] + 1):
        a = unit_rows(memory, integers, Array.UNIT_ACTIVATIONS, layer, lanes)
        for j in range(a.shape[0]):
            for s in range(samples):
                out[to + s] = a[j, s]
            to += cells


def paint_values(
    values: Floats, n: int, low: float, high: float, palette: Integers, colours: int, out: Integers
) -> None:
    """Set out (n,) to colours of the palette: the first for `low` and below, the last for `high` and above.

    With low = high the scale goes evenly from −m to m, m being the largest |value|.
    """
    if low == high:
        high = largest(values, n)
        low = -high
    scale = float32(colours - 1) / (high - low) if high > low else 0.0
    for k in range(n):
        place = (values[k] - low) * scale + 0.5
        place = place if place > 0.0 else 0.0
        index = int(place if place < float32(colours - 1) else float32(colours - 1))
        out[k] = palette[index]


def largest(values: Floats, n: int) -> float:
    """Return the largest |value|."""
    most = 0.0
    for k in range(n):
        size = abs(values[k])
        most = size if size > most else most
    return most


def paint_probabilities(values: Floats, n: int, classes: int, hard: int, palette: Integers, out: Integers) -> None:
    """Blend one colour per class by the outputs, values (classes, n): in light, that is by squares of the channels.

    With `hard`, each cell has the colour of its class alone. Outputs below 0 count as 0.
    """
    rows = matrix(values, 0, classes, n)
    for k in range(n):
        total = 0.0
        best = 0
        for j in range(classes):
            total += rows[j, k] if rows[j, k] > 0.0 else 0.0
            best = j if rows[j, k] > rows[best, k] else best
        if hard != 0 or not total > 0.0:
            out[k] = palette[best]
        else:
            out[k] = blend(rows, k, total, palette)


def blend(rows: Floats, k: int, total: float, palette: Integers) -> int:
    """Return the mix of the palette's colours (RGBA, red in the lowest byte) in the shares of column k."""
    red = 0.0
    green = 0.0
    blue = 0.0
    for j in range(rows.shape[0]):
        share = (rows[j, k] if rows[j, k] > 0.0 else 0.0) / total
        red += share * square(palette[j] & 255)
        green += share * square((palette[j] >> 8) & 255)
        blue += share * square((palette[j] >> 16) & 255)
    return int(sqrt(red) + 0.5) | (int(sqrt(green) + 0.5) << 8) | (int(sqrt(blue) + 0.5) << 16) | -16777216


def square(channel: int) -> float:
    """Return the square of a channel from 0 to 255."""
    return float32(channel * channel)
