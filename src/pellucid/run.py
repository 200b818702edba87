"""An experiment under way: the engine's state machine for Python."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

import numpy as np
import numpy.typing as npt

from pellucid import saved
from pellucid.account import Account
from pellucid.account.choice import explain
from pellucid.errors import ArgumentError, StateError
from pellucid.experiment import Experiment
from pellucid.exporters.choice import export
from pellucid.exporters.weights_read import Weights, put_weights
from pellucid.library import library
from pellucid.measured_network import MeasuredNetwork
from pellucid.moment import Snapshot
from pellucid.preparation import prepare

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from pellucid.plots.animation import TrainingAnimation


class Run(MeasuredNetwork):
    """An experiment under way, in one block of memory that the engine reads and writes.

    The same experiment gives the same weights to the last bit, on every machine and in the browser.

    Parameters
    ----------
    experiment : Experiment
        What is run.

    Raises
    ------
    LibraryError
        When there is no compiled engine for this platform.

    Examples
    --------
    >>> from pellucid import Experiment, Run
    >>> run = Run(Experiment(data={"kind": "blobs"}))
    >>> run.epoch(20)
    >>> run.updates, run.epochs, run.accuracy > 0.95
    (300, 20, True)
    >>> [W.shape for W in run.weights]
    [(4, 2), (3, 4), (1, 3)]
    >>> run.predict([[1.2, 1.2], [-1.2, -1.2]])
    array([0, 1], dtype=int32)
    """

    def __init__(self, experiment: Experiment) -> None:
        self.experiment: Experiment = experiment
        """What is run."""
        super().__init__(prepare(library(), experiment))
        self.reset()

    # The state machine

    def reset(self) -> None:
        """Go back to the start: the same initial weights and the same order of samples, every time."""
        self._block.call("reset")
        self._arrive()

    def step(self, n: int = 1) -> None:
        """Make updates.

        Parameters
        ----------
        n : int
            Number of updates.

        Raises
        ------
        DivergedError
            When a number becomes NaN or infinite; the run stays where it stopped.
        """
        self._advance("step", n)

    def epoch(self, n: int = 1) -> None:
        """Make whole passes over the training samples, and note in `history` how good the network is after each.

        Parameters
        ----------
        n : int
            Number of passes. A pass that is under way is completed and counts as one.

        Raises
        ------
        DivergedError
            When a number becomes NaN or infinite; the run stays where it stopped.
        """
        for _ in range(_count(n)):
            self._advance("epochs", 1)
            self._evaluate()

    def teach(self, sample: int, n: int = 1) -> None:
        """Make updates on one sample alone: what the page's Train button does with a drawing.

        The pass under way is left as it is, so that `epoch` goes on where it was.

        Parameters
        ----------
        sample : int
            Row of `inputs` and `values`, from 0.
        n : int
            Number of updates.

        Raises
        ------
        ArgumentError
            When there is no such sample.
        DivergedError
            When a number becomes NaN or infinite; the run stays where it stopped.
        """
        self._advance("teach", _place(sample, self._block.integer("SAMPLES")), n)

    def explain(
        self,
        x: npt.ArrayLike | None = None,
        y: float | str | None = None,
        *,
        sample: int | None = None,
        of: int | None = None,
    ) -> Account:
        """Return the account of an update: every number with its formula and what it was made from.

        Without arguments it is the next update, on the next batch. The run itself stays as it is.

        Parameters
        ----------
        x : array_like of shape (2,) or (n_inputs,), optional
            With `y`: the update is made on this sample alone, which need not be one of the run's. A point in the units
            of the data; for given inputs, inputs.
        y : int, float or str, optional
            Its class, by number or name, or in regression its value in the units of the data.
        sample : int, optional
            The update is made on this sample alone: a row of `inputs` and `values` that is trained on, from 0.
        of : int, optional
            Which sample of the next batch is looked at, from 0; by default the first.

        Raises
        ------
        ArgumentError
            When x or y do not suit the network, the sample is not there or held out, the batch has no such place, or
            more than one update is asked for.
        DivergedError
            When the run has diverged.

        Examples
        --------
        >>> run = Run(Experiment(network={"hidden": [{"units": 2}]}))
        >>> account = run.explain([0.5, -1.0], 1)
        >>> print(account.line("pre_activation", layer=0, unit=1).numbers()[0])
        z = 0 + (−0.873978) · 0.5 + (−1.19789) · (−1) = 0.760904
        >>> print(account.line("delta", layer=1).numbers()[0])
        δ = 0.306463 − 1 = −0.693537
        >>> account.loss_after < account.loss
        True
        """
        divergence = self._divergence()
        if divergence:
            raise divergence
        return explain(self._block, self.experiment, x, y, sample, of)

    def animate(
        self,
        epochs: int = 100,
        *,
        frames: int = 60,
        fps: float = 12,
        figure: "Figure | None" = None,
        theme: Literal["light", "dark"] | None = None,
    ) -> "TrainingAnimation":
        """Return an animation of the coming epochs: the network, its answer and the loss while it trains.

        The run itself stays as it is: a copy is trained, and `epoch` then gives the very weights that were seen. In a
        notebook the animation shows itself with a small player; `save` writes it as GIF, MP4 or WebM.

        Parameters
        ----------
        epochs : int
            How many passes over the training samples are made: 1 to 1,000,000.
        frames : int
            Number of pictures, spread evenly over the passes: 2 to 10,000. There is one for each pass at most.
        fps : float
            Pictures a second: above 0, up to 60.
        figure : matplotlib.figure.Figure, optional
            Where it is drawn, an empty figure; by default one that opens no window. With ``plt.figure()`` and
            ``plt.show()`` it plays in a window.
        theme : {"light", "dark"}, optional
            The page's look; by default the one that suits the figure's background.

        Returns
        -------
        TrainingAnimation
            A `matplotlib.animation.FuncAnimation`.

        Raises
        ------
        MissingExtraError
            When Matplotlib is not installed.
        ArgumentError
            When an argument is out of range.
        DivergedError
            When the run has diverged.

        Examples
        --------
        >>> run = Run(Experiment())
        >>> animation = run.animate(10, frames=3)
        >>> animation.scene.film.stops, run.epochs
        ([0, 5, 10], 0)
        """
        from pellucid.plots import animate

        return animate(self, epochs, frames=frames, fps=fps, figure=figure, theme=theme)

    def snapshot(self) -> Snapshot:
        """Return a copy of all that training changes.

        Examples
        --------
        >>> run = Run(Experiment())
        >>> start = run.snapshot()
        >>> run.step(100)
        >>> run.restore(start)
        >>> run.updates
        0
        """
        return Snapshot(self.experiment, self._block.words[: self._block.integer("STATE_WORDS")].copy())

    def restore(self, snapshot: Snapshot) -> None:
        """Go back (or forward) to a moment of a run of the same experiment.

        Parameters
        ----------
        snapshot : Snapshot
            From `snapshot` of this run or of another one with the same experiment.

        Raises
        ------
        StateError
            When the snapshot is of another experiment.
        """
        if snapshot.experiment != self.experiment or len(snapshot.words) != self._block.integer("STATE_WORDS"):
            raise StateError("The snapshot is of another experiment, so this run cannot go on from it.")
        self._block.words[: len(snapshot.words)] = snapshot.words
        self.history[:] = [moment for moment in self.history if moment.updates < self.updates]
        self._evaluated = False
        self._evaluate()

    @property
    def state(self) -> bytes:
        """All that training changes, as the engine has it in its memory; what the page's engine has is the same."""
        return self._block.words[: self._block.integer("STATE_WORDS")].astype("<u4").tobytes()

    @classmethod
    def from_state(cls, experiment: Experiment, state: bytes) -> Self:
        """Return the run of an experiment that goes on from a state with the same bits.

        Parameters
        ----------
        experiment : Experiment
            What is run.
        state : bytes
            `state` of a run of the same experiment, here or on the page.

        Raises
        ------
        StateError
            When the state is of another experiment, or no state that a run can have.

        Examples
        --------
        >>> run = Run(Experiment())
        >>> run.step(5)
        >>> again = Run.from_state(run.experiment, run.state)
        >>> again.updates, again.weights_sha256 == run.weights_sha256
        (5, True)
        """
        run = cls(experiment)
        words = np.frombuffer(state if len(state) % 4 == 0 else b"", dtype="<u4").astype(np.uint32)
        saved.put_words(run._block, words)
        run._arrive()
        return run

    def save(self, path: str | Path) -> None:
        """Write the experiment and the trained state to a JSON file, for `open`.

        Raises
        ------
        StateError
            When the file cannot be written.
        """
        saved.write(path, saved.to_json(self.experiment, self._block))

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Return the run in a file of `save`; it goes on with the same bits as if it had never stopped.

        Raises
        ------
        StateError
            When the file is not there or does not hold a run.
        """
        experiment, state = saved.from_json(saved.text_of(path))
        run = cls(experiment)
        saved.put_state(run._block, state)
        run._arrive()
        return run

    def export(self, path: str | Path, what: str | None = None) -> None:
        """Write a script, a model, the weights, the samples, the loss curve or a picture to a file.

        Parameters
        ----------
        path : str or Path
            The file; the ending of its name says the format.
        what : str, optional
            What the file is to hold, where there is a choice; the first is meant when nothing is said.

            - ``.py``: a script that trains the network as this run did and has its weights, in ``numpy`` or ``torch``;
            - ``.onnx``: the ``network``, with its features and scaling;
            - ``.json``: the ``weights``, the ``run`` (as `save` writes it), or the ``experiment``;
            - ``.npz`` and ``.safetensors``: the ``weights``;
            - ``.csv``: the ``samples``, or the loss ``curve`` (`history`);
            - ``.svg`` and ``.png``: a picture of the ``network``, its answer (``surface``), the ``units``, the loss
              ``curve`` or the ``confusion`` matrix.

        Raises
        ------
        ArgumentError
            When the ending is not known or such a file cannot hold that, or a script has no samples to train on.
        MissingExtraError
            When a library is not installed that the format needs.
        StateError
            When the file cannot be written.

        Examples
        --------
        >>> run = Run(Experiment(data={"kind": "blobs"}))
        >>> run.epoch(20)
        >>> from tempfile import TemporaryDirectory
        >>> other = Run(run.experiment)
        >>> with TemporaryDirectory() as folder:
        ...     run.export(f"{folder}/weights.json")
        ...     other.load_weights(f"{folder}/weights.json")
        >>> other.weights_sha256 == run.weights_sha256
        True
        """
        export(self, self._block, path, what)

    def load_weights(self, weights: Weights) -> None:
        """Take weights and biases from a file of `export`, or from arrays; training goes on from them.

        The counters and the order of the samples stay as they are; the optimiser forgets what it remembers of the
        former weights.

        Parameters
        ----------
        weights : str, Path or mapping of str to array_like
            A file of JSON, NPZ or safetensors, or arrays by the names in one: ``layers.0.weight`` (n_out, n_in) and
            ``layers.0.bias`` (n_out,) of the first hidden layer, and so on. Names of PyTorch, such as ``0.weight`` and
            ``2.weight`` in the ``state_dict()`` of an ``nn.Sequential``, do too.

        Raises
        ------
        StateError
            When there is no such file, it does not hold weights, or not those of this network: the sentence names the
            first shape that differs. The run stays as it was.

        Examples
        --------
        >>> run = Run(Experiment(network={"hidden": []}))
        >>> run.load_weights({"layers.0.weight": [[1, -1]], "layers.0.bias": [0.5]})
        >>> run.weights[0], run.biases[0]
        (array([[ 1., -1.]], dtype=float32), array([0.5], dtype=float32))
        >>> run.load_weights({"layers.0.weight": [[1, -1, 2]], "layers.0.bias": [0.5]})
        Traceback (most recent call last):
        pellucid.errors.StateError: The weights of the output layer are (1, 3) in the dictionary,
        but (1, 2) in this network.
        """
        put_weights(self._block, weights)
        self._evaluated = False

    def _advance(self, function: str, *arguments: int) -> None:
        """Call a function of the engine whose last argument is a number of steps."""
        if _count(arguments[-1]) and not self.diverged:
            self._evaluated = False
            self._block.call(function, *arguments)
        divergence = self._divergence()
        if divergence:
            raise divergence

    def _arrive(self) -> None:
        """Begin the history anew with the state that the block has now."""
        self.history.clear()
        self._evaluated = False
        self._evaluate()


def _place(sample: object, samples: int) -> int:
    if isinstance(sample, bool) or not isinstance(sample, int | np.integer) or not 0 <= sample < samples:
        allowed = f"a whole number from 0 to {samples - 1}" if samples else "one that there is: there are none"
        raise ArgumentError(f"The sample is {sample!r}, but must be {allowed}.")
    return int(sample)


def _count(n: object) -> int:
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or not 0 <= n < 2**31:
        raise ArgumentError(
            f"The number of steps or epochs is {n!r}, but must be a whole number from 0 to {2**31 - 1}."
        )
    return int(n)
