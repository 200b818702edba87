"""How gradients change parameters.

w and g are n parameters and the sums of their gradients over a batch; m and v are two running means per parameter.
Every rule first turns the sum into the mean's gradient with the slope of L2 regularisation, g ← share · g + λ w, with
share = 1 / batch size, and leaves it in g. Every rule returns the bits seen in 0 · w: that is 0 for a finite w, and NaN
for any other, so that `finite` knows from them whether all parameters are finite.
"""

from enum import IntEnum

from pellucid.engine.primitives import Floats, bits_of, int32, sqrt


class Optimizer(IntEnum):
    """The update rules on offer."""

    SGD = 0
    MOMENTUM = 1
    RMSPROP = 2
    ADAM = 3


def finite(seen: int) -> bool:
    """Return whether the bits seen in 0 · w are those of zeros."""
    return seen & 0x7F800000 == 0


def ordinary(x: float) -> float:
    """Return x, or 0 if it is so small that it would soon be subnormal, which is slow."""
    return 0.0 if abs(x) < 1e-36 else x


def sgd(w: Floats, g: Floats, n: int, share: float, l2: float, rate: float) -> int:
    """Change w ← w − η g."""
    seen = int32(0)
    for k in range(n):
        gradient = share * g[k] + l2 * w[k]
        g[k] = gradient
        w[k] -= rate * gradient
        seen = int32(seen | bits_of(0.0 * w[k]))
    return seen


def momentum(w: Floats, g: Floats, m: Floats, n: int, share: float, l2: float, rate: float, friction: float) -> int:
    """Change m ← μ m + g; w ← w − η m (Polyak 1964, in the form of Sutskever et al. 2013)."""
    seen = int32(0)
    for k in range(n):
        gradient = share * g[k] + l2 * w[k]
        g[k] = gradient
        m[k] = ordinary(friction * m[k] + gradient)
        w[k] -= rate * m[k]
        seen = int32(seen | bits_of(0.0 * w[k]))
    return seen


def rmsprop(
    w: Floats, g: Floats, v: Floats, n: int, share: float, l2: float, rate: float, decay: float, epsilon: float
) -> int:
    """Change v ← ρ v + (1 − ρ) g²; w ← w − η g / (√v + ε) (Hinton 2012, lecture 6e)."""
    seen = int32(0)
    for k in range(n):
        gradient = share * g[k] + l2 * w[k]
        g[k] = gradient
        v[k] = ordinary(decay * v[k] + (1.0 - decay) * (gradient * gradient))
        w[k] -= rate * gradient / (sqrt(v[k]) + epsilon)
        seen = int32(seen | bits_of(0.0 * w[k]))
    return seen


def adam(
    w: Floats,
    g: Floats,
    m: Floats,
    v: Floats,
    n: int,
    share: float,
    l2: float,
    rate: float,
    first: float,
    second: float,
    epsilon: float,
    first_power: float,
    second_power: float,
) -> int:
    """Change m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; w ← w − η m̂ / (√v̂ + ε) (Kingma and Ba 2015, algorithm 1).

    m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ); `first_power` and `second_power` are β₁ᵗ and β₂ᵗ.
    """
    first_scale = 1.0 / (1.0 - first_power)
    second_scale = 1.0 / (1.0 - second_power)
    seen = int32(0)
    for k in range(n):
        gradient = share * g[k] + l2 * w[k]
        g[k] = gradient
        m[k] = ordinary(first * m[k] + (1.0 - first) * gradient)
        v[k] = ordinary(second * v[k] + (1.0 - second) * (gradient * gradient))
        w[k] -= rate * (m[k] * first_scale) / (sqrt(v[k] * second_scale) + epsilon)
        seen = int32(seen | bits_of(0.0 * w[k]))
    return seen
