"""The loss around the present weights, in a plane through them.

The plane is θ + α d₁ + β d₂, θ being all parameters; directions are arrays like PARAMETERS. The picture is that of Li,
Xu, Taylor, Studer and Goldstein 2018, "Visualizing the loss landscape of neural nets", arXiv:1712.09913.
"""

from pellucid.engine.account import set_sample_losses, slope_penalty
from pellucid.engine.evaluation import mean_loss
from pellucid.engine.memory import Array, Int
from pellucid.engine.network import array_start
from pellucid.engine.primitives import Floats, Words, as_integers, float32, float64, sqrt, vector
from pellucid.engine.random import Stream, normal, seed_generator
from pellucid.engine.records import parameter_place, write_last_step


def set_update_direction(memory: Words, direction: Floats) -> None:
    """Set a direction to the step of the update before, filter by filter in the size of the weights."""
    integers = as_integers(memory)
    n = integers[Int.PARAMETER_COUNT]
    record = vector(memory, array_start(integers, Array.DELTAS), 16)
    for k in range(n):
        write_last_step(memory, k, record)
        direction[k] = -record[15]
    normalize_filters(memory, direction)


def set_random_direction(memory: Words, seed: int, first: Floats, direction: Floats) -> None:
    """Set a direction to one drawn at random, in the size of the weights filter by filter, orthogonal to another."""
    integers = as_integers(memory)
    n = integers[Int.PARAMETER_COUNT]
    state = vector(integers, Int.SCRATCH_STATE, 4)
    seed_generator(state, seed, Stream.WEIGHTS)
    for k in range(n):
        direction[k] = normal(state)
    normalize_filters(memory, direction)
    length = product(first, first, n)
    share = product(first, direction, n) / length if length > 0.0 else float64(0.0)
    for k in range(n):
        direction[k] = float32(float64(direction[k]) - share * float64(first[k]))


def set_weight_direction(memory: Words, layer: int, unit: int, source: int, direction: Floats) -> None:
    """Set a direction to that of one parameter alone."""
    integers = as_integers(memory)
    for k in range(integers[Int.PARAMETER_COUNT]):
        direction[k] = 0.0
    direction[parameter_place(integers, layer, unit, source)] = 1.0


def normalize_filters(memory: Words, direction: Floats) -> None:
    """Give each unit's part of a direction the length of its weights; biases do not move (Li et al., section 4)."""
    integers = as_integers(memory)
    parameters = vector(memory, array_start(integers, Array.PARAMETERS), integers[Int.PARAMETER_COUNT])
    for layer in range(integers[Int.LAYERS]):
        n_in, n_out = integers[Int.WIDTHS + layer], integers[Int.WIDTHS + layer + 1]
        start = integers[Int.LAYER_STARTS + layer]
        for j in range(n_out):
            own = float64(0.0)
            wanted = float64(0.0)
            for i in range(n_in):
                k = start + i * n_out + j
                own += float64(direction[k]) * float64(direction[k])
                wanted += float64(parameters[k]) * float64(parameters[k])
            scale = sqrt(wanted / own) if own > 0.0 else float64(0.0)
            for i in range(n_in):
                k = start + i * n_out + j
                direction[k] = float32(scale * float64(direction[k]))
            direction[start + n_in * n_out + j] = 0.0


def product(first: Floats, second: Floats, n: int) -> float:
    """Return the sum of the products of n entries, in float64."""
    total = float64(0.0)
    for k in range(n):
        total += float64(first[k]) * float64(second[k])
    return total


def survey_plane(
    memory: Words,
    work: Words,
    first: Floats,
    second: Floats,
    alpha: float,
    beta: float,
    step: float,
    count: int,
    out: Floats,
) -> None:
    """Set out (count,) to the training loss, with L2, at θ + (α + k · step) d₁ + β d₂.

    θ are the parameters of `memory`; `work`, another copy of the run, is where they are moved.
    """
    integers = as_integers(memory)
    n = integers[Int.PARAMETER_COUNT]
    start = array_start(integers, Array.PARAMETERS)
    for k in range(count):
        along = alpha + float32(k) * step
        for p in range(n):
            work[start + p] = memory[start + p] + (along * first[p] + beta * second[p])
        out[k] = float32(train_objective(work))


def train_objective(memory: Words) -> float:
    """Return the mean loss of the samples trained on, with L2 where it is on (float64)."""
    integers = as_integers(memory)
    # ORDER has just the samples trained on; the loss is taken in the order of the data.
    train = integers[Int.TRAIN_SAMPLES]
    samples = vector(integers, array_start(integers, Array.PREDICTED), train)
    for s in range(train):
        samples[s] = s
    set_sample_losses(memory, samples)
    losses = vector(memory, array_start(integers, Array.SAMPLE_LOSSES), integers[Int.SAMPLES])
    return mean_loss(memory, losses, 0, train) + slope_penalty(memory, integers)


def place_on_plane(memory: Words, parameters: Floats, first: Floats, second: Floats, out: Floats) -> None:
    """Set out (2,) to the α and β of the point of the plane that lies nearest to other parameters."""
    integers = as_integers(memory)
    n = integers[Int.PARAMETER_COUNT]
    start = array_start(integers, Array.PARAMETERS)
    across, down = float64(0.0), float64(0.0)
    for k in range(n):
        difference = float64(parameters[k]) - float64(memory[start + k])
        across += difference * float64(first[k])
        down += difference * float64(second[k])
    one, both, two = product(first, first, n), product(first, second, n), product(second, second, n)
    determinant = one * two - both * both
    out[0] = float32((across * two - down * both) / determinant) if determinant > 0.0 else float32(0.0)
    out[1] = float32((down * one - across * both) / determinant) if determinant > 0.0 else float32(0.0)
