"""Which rows of given data are trained on and which are held out."""

import math

from pellucid.engine.random import mixed
from pellucid.experiment.data import Data


def split_rows(data: Data) -> tuple[list[int], list[int]]:
    """Return the rows of given data that are trained on and those held out, both in their given order.

    Those that ``held_out`` names are held out. Without it, test_share of the rows is (rounded half up, and at least
    one row is trained on): those with the smallest keys, which scramble the seed and the number of the row with the
    32-bit finaliser of MurmurHash3 (`mixed`): key = mixed(mixed(seed) XOR row). The page does the same.

    Examples
    --------
    >>> data = Data(kind="given", points=[[each, 0, 0] for each in range(8)], test_share=0.25, seed=1)
    >>> split_rows(data)
    ([1, 3, 4, 5, 6, 7], [0, 2])
    """
    rows = range(data.rows)
    if data.held_out is not None:
        held_out = set(data.held_out)
    else:
        count = min(math.floor(data.test_share * len(rows) + 0.5), len(rows) - 1)
        start = mixed(data.seed)
        held_out = set(sorted(rows, key=lambda row: mixed(start ^ row))[:count])
    return [row for row in rows if row not in held_out], sorted(held_out)
