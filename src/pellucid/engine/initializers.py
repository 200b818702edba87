"""Initial weights and biases."""

from enum import IntEnum

from pellucid.engine.primitives import Floats, Integers, float32, sqrt
from pellucid.engine.random import normal, uniform


class Initializer(IntEnum):
    """Where training starts from."""

    GLOROT = 0
    HE = 1
    UNIFORM = 2
    NORMAL = 3
    ZEROS = 4


def initialize(kind: int, scale: float, W: Floats, state: Integers) -> None:
    """Fill W (n_in, n_out).

    - Glorot: uniform in ±√(6 / (n_in + n_out)) (Glorot and Bengio 2010, equation 16);
    - He: normal with standard deviation √(2 / n_in) (He et al. 2015, equation 10);
    - uniform: in ±scale; normal: with standard deviation `scale`;
    - zeros: every unit of a layer then stays like every other for ever, which is why nobody uses it.
    """
    n_in, n_out = W.shape
    limit = sqrt(6.0 / float32(n_in + n_out)) if kind == Initializer.GLOROT else float32(scale)
    deviation = sqrt(2.0 / float32(n_in)) if kind == Initializer.HE else float32(scale)
    for i in range(n_in):
        for j in range(n_out):
            if kind == Initializer.ZEROS:
                W[i, j] = 0.0
            elif kind == Initializer.HE or kind == Initializer.NORMAL:
                W[i, j] = deviation * normal(state)
            else:
                W[i, j] = limit * (2.0 * uniform(state) - 1.0)
