"""The account of one update, as objects, text, HTML and LaTeX."""

from functools import cached_property
from typing import Any, NamedTuple

from pellucid.account.html import html_of
from pellucid.account.latex import latex_of
from pellucid.account.ledger import Ledger
from pellucid.account.line import Line, Stage
from pellucid.account.names import Names
from pellucid.account.stages import Stages
from pellucid.account.text import text_of
from pellucid.block import Floats
from pellucid.engine.records import Record
from pellucid.errors import ArgumentError
from pellucid.experiment import Experiment


class Nudge(NamedTuple):
    """What the loss of an update does when one parameter is moved.

    The loss is what the update makes small: the mean loss of its samples, and with L2 the penalty.

    Attributes
    ----------
    loss : float
        At the parameter's value.
    below, above : float
        At ε less and ε more.
    slope : float
        (above − below) / 2 ε.
    gradient : float
        The gradient that the update had.
    """

    loss: float
    below: float
    above: float
    slope: float
    gradient: float


class Account:
    """The account of one update: a worked example of backpropagation, with the engine's own numbers.

    It comes from `Run.explain`; as a string it is text, in a notebook it is HTML.

    Parameters
    ----------
    ledger : Ledger
        The account in the engine's memory.
    experiment : Experiment
        What is run.
    title : str
        What the update is made on, in a sentence.
    given : bool
        Whether the sample is none of the run's.

    Examples
    --------
    >>> from pellucid import Experiment, Run
    >>> run = Run(Experiment(network={"hidden": [{"units": 3}]}))
    >>> account = run.explain(sample=17)
    >>> len(account.lines), [W.shape for W in account.gradients]
    (48, [(3, 2), (1, 3)])
    >>> line = account.line("delta", layer=0, unit=1)
    >>> line.symbols(), line.result == line.values["delta"]
    (('δ = ∂L/∂a · f′',), True)
    """

    def __init__(self, ledger: Ledger, experiment: Experiment, title: str, *, given: bool) -> None:
        self.title = title
        """What the update is made on, in a sentence."""
        self.experiment = experiment
        """What is run."""
        self._ledger, self._given = ledger, given
        self._stages = Stages(ledger, Names(experiment, ledger.widths), given=given)
        self.stages: tuple[Stage, ...] = tuple(self._stages.all())
        """From the inputs to the loss after the update."""

    # The numbers

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines, in the order of the update; a large network has many."""
        return tuple(line for stage in self.stages for line in stage.lines)

    def line(self, kind: str, layer: int = 0, unit: int = 0, source: int = -1) -> Line:
        """Return one line.

        Parameters
        ----------
        kind : str
            One of pre_activation, activation, loss, incoming, slope, delta, gradient, step, and last_step: what the
            run still knows of the update before.
        layer : int
            Layer, from 0: the first hidden one.
        unit : int
            Unit of the layer, from 0.
        source : int
            Of a gradient or step, which input of the layer, from 0; −1 is the bias.

        Raises
        ------
        ArgumentError
            When there is no such number.
        """
        if kind.upper() not in Record.__members__:
            known = ", ".join(name.lower() for name in Record.__members__)
            raise ArgumentError(f"The kind of line is {kind!r}, but must be one of {known}.")
        widths = self._ledger.widths
        known_place = 0 <= layer < len(widths) - 1 and 0 <= unit < widths[layer + 1] and -1 <= source < widths[layer]
        line = self._stages.line(kind, layer, unit, source) if known_place else None
        if line is None:
            raise ArgumentError(f"There is no {kind} of layer {layer}, unit {unit}, source {source}.")
        return line

    @property
    def sample(self) -> int | None:
        """The sample that is looked at, as a row of the run's; None if it is none of the run's."""
        return None if self._given else self._ledger.sample

    @property
    def batch(self) -> tuple[int, ...]:
        """The samples that the update is made on, as rows of the run's; empty if there is one that is none of them."""
        return () if self._given else self._ledger.batch

    @property
    def loss(self) -> float:
        """The loss of the sample that is looked at, before the update."""
        return self.line("loss").result

    @property
    def loss_after(self) -> float:
        """The loss of the sample that is looked at, with the weights after the update."""
        return self.stages[-1].lines[0].result

    @property
    def gradients(self) -> list[Floats]:
        """The gradients of the weights of each layer, ∂L/∂W (n_out, n_in), of the update's samples."""
        return [W.copy() for W, _ in self._ledger.after.layers("GRADIENTS")]

    @property
    def bias_gradients(self) -> list[Floats]:
        """The gradients of the biases of each layer, ∂L/∂b (n_out,)."""
        return [b.copy() for _, b in self._ledger.after.layers("GRADIENTS")]

    @property
    def weights_after(self) -> list[Floats]:
        """The weights of each layer after the update, W (n_out, n_in)."""
        return [W.copy() for W, _ in self._ledger.after.layers("PARAMETERS")]

    @property
    def biases_after(self) -> list[Floats]:
        """The biases of each layer after the update, b (n_out,)."""
        return [b.copy() for _, b in self._ledger.after.layers("PARAMETERS")]

    def nudge(self, layer: int, unit: int, source: int = -1, epsilon: float = 0.01) -> Nudge:
        """Move one parameter a little and see what the loss does: nothing about a gradient has to be believed.

        Parameters
        ----------
        layer : int
            Layer, from 0: the first hidden one.
        unit : int
            Unit of the layer, from 0.
        source : int
            Which input of the layer, from 0; −1 is the bias.
        epsilon : float
            How far to move it, down and up; more than 0.

        Raises
        ------
        ArgumentError
            When there is no such parameter, or ε is not a finite number above 0.

        Examples
        --------
        >>> from pellucid import Experiment, Run
        >>> found = Run(Experiment()).explain(sample=0).nudge(layer=1, unit=0, source=2)
        >>> abs(found.slope - found.gradient) < 1e-3
        True
        """
        if not 0 < epsilon < float("inf"):
            raise ArgumentError(f"ε is {epsilon!r}, but must be a finite number above 0.")
        found = self._ledger.nudge(layer, unit, source, epsilon)
        if found is None:
            raise ArgumentError(f"There is no parameter of layer {layer}, unit {unit}, source {source}.")
        return Nudge(*found)

    # What people read

    def text(self, *, whole: bool = False) -> str:
        """Return the account as text.

        Parameters
        ----------
        whole : bool
            Whether long sums and large layers are written whole, else with what is largest in them.
        """
        return text_of(self, whole=whole)

    def html(self, *, whole: bool = False) -> str:
        """Return the account as HTML, with MathML and nothing from elsewhere; long sums open.

        Parameters
        ----------
        whole : bool
            Whether long sums and large layers are written whole, else with what is largest in them.
        """
        return html_of(self, whole=whole)

    def latex(self, *, whole: bool = False) -> str:
        """Return the account as LaTeX, for the body of an article that uses amsmath.

        Parameters
        ----------
        whole : bool
            Whether long sums and large layers are written whole, else with what is largest in them.
        """
        return latex_of(self, whole=whole)

    def _repr_html_(self) -> str:
        return self.html()

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<Account: {self.title}>"

    def to_dict(self) -> dict[str, Any]:
        """Return title, samples, losses and all lines by stage, for JSON."""
        return {
            "title": self.title,
            "sample": self.sample,
            "batch": self.batch,
            "loss": self.loss,
            "loss_after": self.loss_after,
            "stages": [
                {"title": stage.title, "lines": [_described(line) for line in stage.lines]} for stage in self.stages
            ],
        }


def _described(line: Line) -> dict[str, Any]:
    return {
        "name": line.name.text,
        "kind": line.kind,
        "variant": line.variant,
        "place": line.place,
        "symbols": line.symbols(),
        "numbers": line.numbers(),
        "values": line.values,
        "terms": [{"name": name.text, **term} for name, term in zip(line.term_names, line.terms, strict=True)],
        "sources": [source and source._asdict() for source in line.sources],
    }
