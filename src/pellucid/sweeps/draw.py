"""How a setting is drawn at random: from a range, evenly or by its logarithm, or from a list of choices."""

import math
from random import Random
from typing import Annotated, Any, Self

from pydantic import Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from pellucid.experiment.settings import Document, setting

DIGITS = 6
"""Significant digits of a drawn number: it can be read and typed again, and no library's rounding shows in it."""


Bound = Annotated[float, Field(strict=True, ge=-(2**31), le=2**31)] | None


class Draw(Document):
    """How one setting is drawn.

    Examples
    --------
    >>> draw = Draw(low=0.001, high=1, log=True)
    >>> draw.value(Random(0), whole=False)
    0.341402
    >>> Draw(choices=["sgd", "adam"]).value(Random(0), whole=False)
    'adam'
    >>> Draw(low=1)
    Traceback (most recent call last):
    pellucid.errors.ExperimentError: `low` and high must both be there, and low must be the smaller.
    """

    low: Bound = setting("The smallest value.", default=None, why="where there are choices")
    high: Bound = setting("The largest value.", default=None, why="where there are choices")
    log: StrictBool = setting(
        "Whether each factor of ten is as likely as the next, rather than each step.",
        default=False,
        why="the plainest",
    )
    choices: tuple[Any, ...] | None = setting("The values to choose from.", default=None, why="where there is a range")

    @model_validator(mode="after")
    def _check(self) -> Self:
        sentence = None
        if self.choices is not None:
            if self.low is not None or self.high is not None or self.log:
                sentence = "`choices` are given, so low, high and log must be left out."
            elif not self.choices:
                sentence = "`choices` must be one value or more."
        elif self.low is None or self.high is None or self.low >= self.high:
            sentence = "`low` and high must both be there, and low must be the smaller."
        elif self.log and self.low <= 0:
            sentence = f"`low` is {self.low:g}, but must be above 0 for log."
        if sentence:
            raise PydanticCustomError("cross_field", "{sentence}", {"sentence": sentence})
        return self

    def value(self, random: Random, *, whole: bool) -> Any:
        """Return a value; one number is taken from the generator.

        Parameters
        ----------
        random : random.Random
            Where chance comes from. Python keeps the numbers of a seed the same in all versions.
        whole : bool
            Whether it is a whole number, with both ends among them.
        """
        share = random.random()
        if self.choices is not None:
            return self.choices[int(share * len(self.choices))]
        low, high = self.low or 0.0, (self.high or 0.0) + whole
        drawn = math.exp(math.log(low) + share * math.log(high / low)) if self.log else low + share * (high - low)
        return min(math.floor(drawn), math.floor(high) - 1) if whole else float(f"{drawn:.{DIGITS}g}")


def plain(value: Any) -> Any:
    """Return NumPy's arrays and numbers, and ranges, as Python's lists and numbers."""
    if isinstance(value, range):
        return list(value)
    if hasattr(value, "tolist"):
        return value.tolist()
    return [plain(each) for each in value] if isinstance(value, list | tuple) else value
