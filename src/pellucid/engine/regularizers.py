"""Regularisation: a penalty on large weights (never on biases).

The slope of L2, λ w, is part of the gradient (`optimizers`). L1 has no slope at 0, so it acts by `shrink` after the
update.
"""

from enum import IntEnum

from pellucid.engine.primitives import Floats, float64, sqrt


class Regularizer(IntEnum):
    """λ Σ|w| (L1) or ½ λ Σ w² (L2)."""

    NONE = 0
    L1 = 1
    L2 = 2


def penalty(kind: int, rate: float, weights: Floats, n: int) -> float:
    """Return the penalty of n weights, added up in float64."""
    total = float64(0.0)
    for k in range(n):
        w = float64(weights[k])
        total += abs(w) if kind == Regularizer.L1 else w * w
    if kind == Regularizer.L1:
        return float64(rate) * total
    return float64(0.5) * float64(rate) * total if kind == Regularizer.L2 else float64(0.0)


def shrink(amount: float, weights: Floats, n: int) -> None:
    """Move each weight by `amount` towards 0, and no further: the proximal step of L1.

    A weight that arrives at 0 stays there only as long as its gradient is smaller than λ (soft thresholding;
    Parikh and Boyd 2014, section 6.5.2).
    """
    for k in range(n):
        w = weights[k]
        size = abs(w) - amount
        size = 0.0 if size < 0.0 else size
        weights[k] = size if w >= 0.0 else -size


def shrink_each(amount: float, v: Floats, scale: float, epsilon: float, weights: Floats, n: int) -> None:
    """Move each weight by `amount` / (√(scale · v) + ε) towards 0, and no further: L1 for RMSprop and Adam."""
    for k in range(n):
        w = weights[k]
        size = abs(w) - amount / (sqrt(v[k] * scale) + epsilon)
        size = 0.0 if size < 0.0 else size
        weights[k] = size if w >= 0.0 else -size
