"""Numbers as text, the same from Python and from the page: `docs/files.md` says how."""

from ctypes import c_float
from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np
import numpy.typing as npt

MOST_DIGITS = 9
"""With so many digits, every float32 can be told from every other."""

CONTEXTS = [Context(prec=digits, rounding=ROUND_HALF_UP) for digits in range(1, MOST_DIGITS + 1)]
"""As JavaScript's toPrecision rounds."""


def single(value: float | np.float32) -> str:
    """Return a float32 in the fewest digits that give it back.

    Examples
    --------
    >>> single(np.float32(0.1)), single(np.float32(1) / 3), single(2097152.25), single(-0.0), single(1e-8)
    ('0.1', '0.33333334', '2097152.3', '-0.0', '1e-08')
    """
    exact = float(np.float32(value))
    decimal = Decimal(exact)
    for context in CONTEXTS:
        shorter = float(context.create_decimal(decimal))
        if c_float(shorter).value == exact:
            return repr(shorter)
    return repr(exact)  # NaN alone


def lines(rows: npt.ArrayLike) -> list[str]:
    """Return the rows of a matrix of float32 as texts, with a space between two numbers."""
    return [" ".join(map(single, row)) for row in np.asarray(rows, dtype=np.float32)]
