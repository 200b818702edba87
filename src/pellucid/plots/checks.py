"""Checks of what a picture is asked for."""

from collections.abc import Sequence

import numpy as np

from pellucid.errors import ArgumentError


def whole(name: str, value: object, least: int, most: int) -> int:
    """Return a whole number that is in range.

    Raises
    ------
    ArgumentError
        When it is not.

    Examples
    --------
    >>> whole("frames", 1, 2, 10_000)
    Traceback (most recent call last):
    pellucid.errors.ArgumentError: frames is 1, but must be a whole number from 2 to 10,000.
    """
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or not least <= value <= most:
        raise ArgumentError(f"{name} is {value!r}, but must be a whole number from {least} to {most:,}.")
    return int(value)


def one_of(name: str, value: object, allowed: Sequence[str | None]) -> None:
    """Refuse what is not among what is allowed.

    Raises
    ------
    ArgumentError
        When it is not.

    Examples
    --------
    >>> one_of("show", "yes", ("sure", "decision"))
    Traceback (most recent call last):
    pellucid.errors.ArgumentError: show is 'yes', but must be 'sure' or 'decision'.
    """
    if value not in allowed:
        *others, last = map(repr, allowed)
        raise ArgumentError(f"{name} is {value!r}, but must be {', '.join(others)} or {last}.")


def described(source: object) -> str:
    """Return what a plot was given that it cannot draw, and what would do in its place.

    Examples
    --------
    >>> described([1, 2])
    'a list'
    """
    kind = f"a {type(source).__name__}"
    if hasattr(source, "steps"):
        return f"{kind}: give its last step, [-1], and as X what the steps before make of it"
    if hasattr(source, "best_estimator_"):
        return f"{kind}: give its best_estimator_"
    if type(source).__module__.startswith("pellucid.") and hasattr(source, "fit"):
        return f"{kind} that is not fitted"
    return kind
