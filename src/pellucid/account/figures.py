"""Numbers as people read them: up to six significant digits, and a true minus sign."""

import math
from typing import NamedTuple

DIGITS = 6
MINUS = "−"
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Figure(NamedTuple):
    """The digits of a number without its sign, and the power of ten that they are multiplied with, if any."""

    digits: str
    exponent: int | None


def figure(number: float) -> Figure:
    """Return the digits of |number|, for numbers that are very small or large with a power of ten.

    Examples
    --------
    >>> figure(-0.5199999809265137)
    Figure(digits='0.52', exponent=None)
    >>> figure(1.25e-7)
    Figure(digits='1.25', exponent=-7)
    """
    size = abs(number)
    if math.isnan(size):
        return Figure("NaN", None)
    if math.isinf(size):
        return Figure("∞", None)
    digits, _, exponent = f"{size:.{DIGITS}g}".partition("e")
    return Figure(digits, int(exponent) if exponent else None)


def is_negative(number: float) -> bool:
    """Return whether a number is written with a minus sign."""
    return number < 0


def written(number: float) -> str:
    """Return a number as text.

    Examples
    --------
    >>> written(-0.5)
    '−0.5'
    >>> written(-1.25e-7)
    '−1.25×10⁻⁷'
    """
    digits, exponent = figure(number)
    power = "" if exponent is None else f"×10{str(exponent).translate(SUPERSCRIPTS)}"
    return f"{MINUS if is_negative(number) else ''}{digits}{power}"
