"""Given points in units of their own: standardised, so that they lie on the plane.

    x′ = (x − mean) / deviation

Mean and standard deviation are those of the rows trained on, so that nothing is learnt from those held out. In
regression the values to fit are standardised too.
"""

from enum import IntEnum

from pellucid.engine.datasets import DataKind
from pellucid.engine.memory import Array, Int, Real
from pellucid.engine.network import array_start
from pellucid.engine.primitives import Floats, Words, as_integers, float32, float64, matrix, sqrt


class Scaling(IntEnum):
    """What is done to given points."""

    NONE = 0
    STANDARD = 1


def scale_points(memory: Words) -> None:
    """Standardise POINTS, and in regression VALUES, if so wanted; note centres and scales in the header."""
    integers = as_integers(memory)
    n, train = integers[Int.SAMPLES], integers[Int.TRAIN_SAMPLES]
    points = matrix(memory, array_start(integers, Array.POINTS), n, 2)
    values = matrix(memory, array_start(integers, Array.VALUES), n, 1)
    given = integers[Int.DATA_KIND] == DataKind.GIVEN and integers[Int.FEATURES] != 0
    wanted = given and integers[Int.SCALING] == Scaling.STANDARD
    scale_column(memory, points, 0, train if wanted else 0, Real.X1_CENTER, Real.X1_SCALE)
    scale_column(memory, points, 1, train if wanted else 0, Real.X2_CENTER, Real.X2_SCALE)
    fitted = wanted and integers[Int.OUTPUT_CLASSES] == 0
    scale_column(memory, values, 0, train if fitted else 0, Real.VALUE_CENTER, Real.VALUE_SCALE)


def scale_column(memory: Words, rows: Floats, column: int, train: int, center: int, scale: int) -> None:
    """Standardise a column by its first `train` rows, and note centre and scale in these slots; none: leave it."""
    memory[center] = 0.0
    memory[scale] = 1.0
    if train == 0:
        return
    total = float64(0.0)
    for s in range(train):
        total += float64(rows[s, column])
    mean = total / float64(train)
    squares = float64(0.0)
    for s in range(train):
        away = float64(rows[s, column]) - mean
        squares += away * away
    deviation = float32(sqrt(squares / float64(train)))
    memory[center] = float32(mean)
    memory[scale] = deviation if deviation > 0.0 else 1.0
    for s in range(rows.shape[0]):
        rows[s, column] = (rows[s, column] - memory[center]) / memory[scale]
