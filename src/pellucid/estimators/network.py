"""What an estimator has learnt: a network in a block of its own, without samples, which can be pickled."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from pellucid.block import Block, Floats
from pellucid.errors import ArgumentError, PellucidError
from pellucid.estimators.parameters import Hidden
from pellucid.estimators.rows import Rows
from pellucid.experiment.slots import Entry, Enumerations
from pellucid.library import library
from pellucid.live_network import LiveNetwork
from pellucid.preparation import Given, lay_out

STATE_SLOTS = ("EPOCHS", "UPDATES", "MOMENTUM_POWER", "DECAY_POWER")
STATE_ARRAYS = ("PARAMETERS", "MOMENTS_1", "MOMENTS_2")
"""What is kept of a network: its weights, and what the optimiser goes on from."""


@dataclass(frozen=True)
class Settings:
    """A network and how it is trained, in the engine's names."""

    inputs: int
    classes: int
    hidden: tuple[Hidden, ...]
    optimizer: str
    learning_rate: float
    momentum: float
    decay: float
    epsilon: float
    l2: float
    batch_size: int
    weight_seed: int
    order_seed: int

    def entries(self, enumerations: Enumerations) -> Iterator[Entry]:
        """Yield what they write into the engine's slots."""
        numbers = {
            "DATA_KIND": enumerations["DataKind"]["given"],
            "CLASSES": self.classes,
            "FEATURES": 1 << enumerations["Feature"]["x1"] | 1 << enumerations["Feature"]["x2"],
            "HIDDEN_LAYERS": len(self.hidden),
            "OUTPUT_ACTIVATION": -1,
            "INITIALIZER": enumerations["Initializer"]["glorot"],
            "WEIGHT_SEED": self.weight_seed,
            "LOSS": enumerations["Loss"]["auto"],
            "OPTIMIZER": enumerations["Optimizer"][self.optimizer],
            "REGULARIZER": enumerations["Regularizer"]["l2" if self.l2 > 0 else "none"],
            "BATCH_SIZE": self.batch_size,
            "ORDER_SEED": self.order_seed,
            "FOLLOW_LOSS": 1,
            "LEARNING_RATE": self.learning_rate,
            "MOMENTUM": self.momentum,
            "DECAY": self.decay,
            "EPSILON": self.epsilon,
            "REGULARIZATION_RATE": self.l2,
        }
        for slot, number in numbers.items():
            yield Entry(slot, 0, number)
        for place, (units, activation) in enumerate(self.hidden):
            yield Entry("UNITS", place, units)
            yield Entry("ACTIVATIONS", place, enumerations["Activation"][activation])


def block_for(settings: Settings, rows: Rows) -> Block:
    """Return a block with settings and rows to train on, before its first reset.

    Two features are points of the plane, so that everything that is drawn over the plane can be drawn of them.
    """
    engine = library()
    given = Given(rows.X, rows.y, points=settings.inputs == 2, weights=rows.weights)
    try:
        return lay_out(engine, settings.entries(engine.enumerations), given)
    except PellucidError as error:
        rows_of = f"{len(rows.X)} rows of {settings.inputs} features"
        raise ArgumentError(f"{rows_of} and these layers are more than one run can hold. {error}") from None


def draw_biases(block: Block, random: np.random.RandomState) -> None:
    """Draw the initial biases from the range of the weights, as scikit-learn does, so that kinks lie apart at once."""
    for W, b in block.layers("PARAMETERS"):
        limit = math.sqrt(6 / sum(W.shape))
        b[:] = random.uniform(-limit, limit, len(b))


class FittedNetwork(LiveNetwork):
    """The network of an estimator, without samples. Several threads may ask it at once.

    Parameters
    ----------
    settings : Settings
        The network and how it is trained.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        """The network and how it is trained, in the engine's names."""
        nothing = np.empty((0, settings.inputs), dtype=np.float32)
        super().__init__(block_for(settings, Rows(nothing, nothing[:, 0], None)))
        self._block.call("reset")
        self._lock = Lock()

    def outputs(self, X: npt.ArrayLike) -> Floats:
        """Return what the output units say; see `LiveNetwork.outputs`.

        Parameters
        ----------
        X : array_like of shape (n, n_inputs)
            The rows.
        """
        with self._lock:  # the engine calculates in the block's own memory
            return super().outputs(X)

    def learnt_by(self, block: Block) -> None:
        """Take over what a run of the same network has learnt."""
        self._block.call("adopt", block.address)

    def teach_to(self, block: Block) -> None:
        """Let a run of the same network go on from here."""
        block.call("adopt", self._block.address)

    def __reduce__(self) -> tuple[Any, ...]:
        slots = {name: self._block.get(name) for name in STATE_SLOTS}
        arrays = {name: self._block.array(name).copy() for name in STATE_ARRAYS}
        return type(self).restored, (self.settings, slots, arrays)

    @classmethod
    def restored(cls, settings: Settings, slots: Mapping[str, float], arrays: Mapping[str, Floats]) -> Self:
        """Return the network that was pickled, from its settings and by name what it had learnt."""
        network = cls(settings)
        for name, number in slots.items():
            network._block.set(name, number)
        for name, array in arrays.items():
            network._block.array(name)[:] = array
        return network
