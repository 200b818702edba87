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
