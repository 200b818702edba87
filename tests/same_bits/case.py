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
    """An experiment, how many updates it gets before one whole pass, and the weights of given inputs, if any."""

    experiment: Experiment
    updates: int
    weights: tuple[float, ...] | None = None

    @property
    def name(self) -> str:
        """The experiment's link, without given data, which are long; and the updates."""
        link = GIVEN.sub(r"\1=...", encode(self.experiment))
        weighted = " with weights" if self.weights else ""
        return f"{link}{weighted} after {self.updates} updates and a pass"
