"""A network that is trained: where it is in its training, and how good it is."""

from pellucid.block import Block
from pellucid.errors import DivergedError
from pellucid.live_network import Integers, LiveNetwork, divergence_of
from pellucid.moment import Moment


class MeasuredNetwork(LiveNetwork):
    """A live network whose place in the training, losses and accuracies can be asked for.

    They are computed when they are asked for, unless the parameters are the same as the last time.

    Parameters
    ----------
    block : Block
        The memory of a run, laid out.
    """

    def __init__(self, block: Block) -> None:
        super().__init__(block)
        self.history: list[Moment] = []
        """The moments at which the run was evaluated: the start, each pass of `epoch`, and each look at a loss."""

    # Where the run is

    @property
    def updates(self) -> int:
        """How many updates were made."""
        return int(self._block.get("UPDATES"))

    @property
    def epochs(self) -> int:
        """Whole passes over the training samples made so far."""
        return self._block.integer("EPOCHS")

    @property
    def position(self) -> int:
        """Training samples already used in the pass under way."""
        return self._block.integer("POSITION")

    @property
    def diverged(self) -> bool:
        """Whether the run stopped because a number became NaN or infinite."""
        return self._divergence() is not None

    # How good it is

    @property
    def loss(self) -> float:
        """Mean loss of the samples trained on, without the regularisation term."""
        return self._result("TRAIN_LOSS")

    @property
    def test_loss(self) -> float | None:
        """Mean loss of the samples held out, without the regularisation term; None if there are none."""
        return self._result("TEST_LOSS") if self._tested else None

    @property
    def penalty(self) -> float:
        """The regularisation term."""
        return self._result("PENALTY")

    @property
    def objective(self) -> float:
        """What training makes small: loss + penalty."""
        return self._result("TRAIN_OBJECTIVE")

    @property
    def test_objective(self) -> float | None:
        """The test loss + penalty; None if no sample is held out."""
        return self._result("TEST_OBJECTIVE") if self._tested else None

    @property
    def accuracy(self) -> float | None:
        """Share of the samples trained on that are put in the right class; None in regression."""
        return self._result("TRAIN_ACCURACY") if self._classes else None

    @property
    def test_accuracy(self) -> float | None:
        """Share of the samples held out that are put in the right class; None in regression or if there are none."""
        return self._result("TEST_ACCURACY") if self._classes and self._tested else None

    @property
    def confusion(self) -> Integers:
        """How many samples trained on of each true class (row) were put in each class (column): (classes, classes)."""
        self._evaluate()
        train: Integers = self._array("CONFUSION")[0]
        return train

    @property
    def test_confusion(self) -> Integers:
        """The same of the samples held out."""
        self._evaluate()
        test: Integers = self._array("CONFUSION")[1]
        return test

    @property
    def _tested(self) -> bool:
        return self.train_samples < self._block.integer("SAMPLES")

    def _divergence(self) -> DivergedError | None:
        return divergence_of(self._block)

    def _evaluate(self) -> None:
        if not self._evaluated:
            self._block.call("evaluate")
            self._note()

    def _note(self) -> None:
        """Add the evaluation just made to the history, in place of an earlier one at the same update."""
        self._evaluated = True
        moment = Moment(self.updates, self.epochs, self.loss, self.test_loss, self.accuracy, self.test_accuracy)
        if self.history and self.history[-1].updates == moment.updates:
            self.history.pop()
        self.history.append(moment)

    def _result(self, slot: str) -> float:
        self._evaluate()
        return self._block.get(slot)
