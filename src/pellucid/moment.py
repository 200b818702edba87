"""Moments of a run: how good the network was, and a copy to go back to."""

from dataclasses import dataclass, field
from typing import NamedTuple

from pellucid.block import Words
from pellucid.experiment import Experiment


class Moment(NamedTuple):
    """How good the network was at some moment of the run.

    Attributes
    ----------
    updates, epochs : int
        Updates and whole passes made until then.
    loss, test_loss : float or None
        Mean loss of the samples trained on and held out, without the regularisation term.
    accuracy, test_accuracy : float or None
        Share of them in the right class; None in regression, or where no sample is held out.
    """

    updates: int
    epochs: int
    loss: float
    test_loss: float | None
    accuracy: float | None
    test_accuracy: float | None


@dataclass(frozen=True)
class Snapshot:
    """All that training changes, at one moment: what `Run.restore` goes back to."""

    experiment: Experiment
    words: Words = field(repr=False, compare=False)
