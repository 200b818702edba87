"""One experiment whose bits are compared."""

import re
from dataclasses import dataclass

from pellucid.experiment import Experiment
from pellucid.link import encode

GIVEN = re.compile(r"(bits|inputs|points|targets)=[^&]*")

RESOLUTION = 9
HIGH = 3.0
"""The pictures: so many cells a side, from −HIGH to HIGH."""


@dataclass(frozen=True)
class Case:
    """An experiment, and how many updates it gets before one whole pass."""

    experiment: Experiment
    updates: int

    @property
    def name(self) -> str:
        """The experiment's link, without given data, which are long; and the updates."""
        link = GIVEN.sub(r"\1=...", encode(self.experiment))
        return f"{link} after {self.updates} updates and a pass"
