"""How an estimator learns: pass after pass, until it gets no better."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from pellucid.block import Block, Floats
from pellucid.estimators.rows import Rows
from pellucid.interruption import Interruption
from pellucid.live_network import divergence_of

ADAPTIVE_DIVISOR = 5.0
SLOWEST = 1e-6
"""An adaptive learning rate is divided by ADAPTIVE_DIVISOR whenever the network gets no better, until it is SLOWEST."""


SLICE = 2e8
"""Products of a weight and an activation between two looks at whether Ctrl-C was pressed: a fraction of a second."""


class Passes:
    """Passes over the rows in a block.

    Parameters
    ----------
    block : Block
        A run that has been reset.
    rows : Rows
        The rows that it has.
    shuffled : bool
        Whether every pass takes them in a new order.
    interruption : Interruption
        Whether Ctrl-C was pressed.
    """

    def __init__(self, block: Block, rows: Rows, shuffled: bool, interruption: Interruption) -> None:
        self._block, self._interruption = block, interruption
        batch = block.integer("BATCH_SIZE")
        self._updates = math.ceil(len(rows.X) / batch)
        self._at_once = max(1, int(SLICE / (batch * block.integer("PARAMETER_COUNT"))))
        self._order = None if shuffled else block.array("ORDER")
        self._loss_sum = block.slot("LOSS_SUM")
        self._total = float(len(rows.X) if rows.weights is None else rows.weights.sum(dtype=np.float64))
        self._penalty = 0.5 * block.get("REGULARIZATION_RATE")
        self._weights = [W.T for W, _ in block.layers("PARAMETERS")]

    def make(self) -> float | None:
        """Make a pass; return the mean loss of its rows, each just before its update, and the penalty at its end.

        With Ctrl-C it ends where it is, and None is returned.

        Raises
        ------
        DivergedError
            When a number becomes NaN or infinite.
        """
        if self._order is not None:
            self._order[:] = np.arange(len(self._order))
        status, left = 0, self._updates
        while left and not status:
            if self._interruption.wanted:
                return None
            status = self._block.call("step", min(left, self._at_once))
            left -= min(left, self._at_once)
        loss = float(self._loss_sum[0]) / self._total
        if status or not math.isfinite(loss):
            self._stop(loss)
        if self._penalty:
            loss += self._penalty * math.fsum(float(np.vdot(W, W)) for W in self._weights)
        return loss

    def _stop(self, loss: float) -> None:
        """Raise the error of a run that the engine has stopped, or whose loss is no finite number."""
        enumerations = self._block.library.enumerations
        if self._block.integer("STATUS") == enumerations["Status"]["running"]:
            self._block.set("STATUS", enumerations["Status"]["diverged"])
            self._block.set("FAILED_LAYER", -1)
            reason = "not_a_number" if math.isnan(loss) else "infinite"
            self._block.set("FAILED_REASON", enumerations["Reason"][reason])
        divergence = divergence_of(self._block)
        if divergence:
            raise divergence


@dataclass
class Course:
    """What is known of the training so far; it goes on with a warm start.

    Attributes
    ----------
    losses : list of float
        The loss of each pass.
    scores : list of float
        The validation score after each pass, with early stopping.
    best_loss, best_score : float
        The best of them.
    best_parameters : ndarray or None
        The weights and biases that had the best score.
    without_improvement : int
        Passes since it got better by more than the tolerance.
    samples_seen : int
        Rows that were trained on, each as often as it was.
    learning_rate : float
        The rate at the end.
    """

    losses: list[float] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    best_loss: float = np.inf
    best_score: float = -np.inf
    best_parameters: Floats | None = None
    without_improvement: int = 0
    samples_seen: int = 0
    learning_rate: float = 0.0

    def copy(self) -> Self:
        """Return another that goes on from here, so that this one stays as it is should the training fail."""
        return replace(self, losses=list(self.losses), scores=list(self.scores))

    def start_anew(self, block: Block) -> None:
        """Let the optimiser forget, count from 0, and begin with the rate that the block has."""
        self.without_improvement = 0
        for name in ("MOMENTS_1", "MOMENTS_2"):
            block.array(name)[:] = 0
        for name in ("MOMENTUM_POWER", "DECAY_POWER"):
            block.set(name, 1)

    def go_on(self, block: Block) -> None:
        """Go on with the rate that was reached, if there was training before."""
        if self.samples_seen:
            block.set("LEARNING_RATE", self.learning_rate)

    def keep_best(self, block: Block) -> None:
        """Keep the weights at hand as the best ones, where scores were had before."""
        if self.scores:
            self.best_parameters = block.array("PARAMETERS").copy()

    def end(self, block: Block) -> None:
        """Put the best weights back, where they were kept, and note the rate that was reached."""
        if self.best_parameters is not None:
            block.array("PARAMETERS")[:] = self.best_parameters
            self.best_parameters = None
        self.learning_rate = float(block.get("LEARNING_RATE"))

    def note_loss(self, loss: float, samples: int) -> None:
        """Note the loss of a pass over so many rows."""
        self.losses.append(loss)
        self.samples_seen += samples

    def compare_losses(self, tolerance: float) -> None:
        """Count the pass if its loss is not better than the best by more than the tolerance."""
        better = self.losses[-1] <= self.best_loss - tolerance
        self.without_improvement = 0 if better else self.without_improvement + 1
        self.best_loss = min(self.best_loss, self.losses[-1])

    def compare_scores(self, score: float, tolerance: float, block: Block) -> None:
        """Note a validation score; keep the weights if it is the best, count the pass if it is not better."""
        self.scores.append(score)
        better = score >= self.best_score + tolerance
        self.without_improvement = 0 if better else self.without_improvement + 1
        if score > self.best_score:
            self.best_score = score
            self.best_parameters = block.array("PARAMETERS").copy()


@dataclass
class Schedule:
    """How the learning rate changes from pass to pass.

    Attributes
    ----------
    kind : {'constant', 'invscaling', 'adaptive'}
        It stays, or is start / (rows seen + 1) ** power, or is divided when the network gets no better.
    start, power : float
        Its first value, and the power.
    """

    kind: str
    start: float
    power: float

    def after_pass(self, block: Block, samples_seen: int) -> None:
        """Set the rate for the next pass."""
        if self.kind == "invscaling":
            block.set("LEARNING_RATE", self.start / (samples_seen + 1) ** self.power)

    def goes_on(self, block: Block, say: Callable[[str], None]) -> bool:
        """Make the rate smaller, now that the network gets no better; return whether that is of use."""
        rate = block.get("LEARNING_RATE")
        if self.kind != "adaptive" or rate <= SLOWEST:
            return False
        block.set("LEARNING_RATE", rate / ADAPTIVE_DIVISOR)
        say(f"Setting learning rate to {rate / ADAPTIVE_DIVISOR:.6f}")
        return True
