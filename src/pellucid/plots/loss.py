"""How the loss went: of the samples trained on and of those held out."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import LogFormatter, MaxNLocator, PercentFormatter

from pellucid.errors import ArgumentError
from pellucid.moment import Moment
from pellucid.plots.canvas import dress, open_axes, quieten
from pellucid.plots.checks import described, one_of
from pellucid.plots.colours import Theme, ThemeName

SIZE = (6.4, 3.2)
Shown = Literal["loss", "accuracy"]
Clock = Literal["epochs", "updates"]


def plot_loss(
    run: Any,
    *,
    ax: Axes | None = None,
    show: Shown = "loss",
    over: Clock | None = None,
    log: bool = False,
    legend: bool = True,
    theme: ThemeName | None = None,
) -> Axes:
    """Draw how the loss went, of the samples trained on (solid) and of those held out (dotted).

    Parameters
    ----------
    run : Run, sequence of Moment, or fitted estimator
        A run, whose `history` is drawn; moments such as those in it; or an estimator with a ``loss_curve_``.
    ax : Axes, optional
        Where it is drawn; by default the current axes, or those of a new figure when these are in use.
    show : {"loss", "accuracy"}
        The loss, without the regularisation term, or the share of samples in the right class.
    over : {"epochs", "updates"}, optional
        What is counted from left to right; by default epochs, unless there are several moments in one.
    log : bool
        Whether the axis of the loss is logarithmic.
    legend : bool
        Whether the two lines are named.
    theme : {"light", "dark"}, optional
        The page's look, which the figure's background then has too; by default the one that suits the background.

    Returns
    -------
    Axes
        Where it was drawn.

    Raises
    ------
    ArgumentError
        When there are no moments, or no accuracy, as in regression.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from pellucid import Experiment, Run
    >>> run = Run(Experiment())
    >>> run.epoch(20)
    >>> [line.get_label() for line in plot_loss(run, ax=Figure().subplots()).lines]
    ['test', 'training']
    """
    moments = _moments(run)
    one_of("show", show, ("loss", "accuracy"))
    one_of("over", over, ("epochs", "updates", None))
    if over == "updates" and hasattr(run, "loss_curve_"):
        raise ArgumentError("over is 'updates', but an estimator's loss_curve_ counts epochs.")
    if show == "accuracy" and all(moment.accuracy is None for moment in moments):
        without = "an estimator's loss_curve_ has" if hasattr(run, "loss_curve_") else "in regression moments have"
        raise ArgumentError(f"show is 'accuracy', but {without} none.")
    ax = open_axes(ax, SIZE)
    picture = LossPicture(ax, dress(ax, theme), show, over or clock_of(moments), log=log)
    picture.update(moments)
    if legend:
        picture.explain()
    return ax


def clock_of(moments: Sequence[Moment]) -> Clock:
    """Return what tells all moments apart: epochs if they do, else updates."""
    return "epochs" if len({moment.epochs for moment in moments}) == len(moments) else "updates"


class LossPicture:
    """The curve of the loss, that can be brought up to date.

    Parameters
    ----------
    ax : Axes
        Where it is drawn.
    theme : Theme
        The colours.
    show : {"loss", "accuracy"}
        What is drawn.
    over : {"epochs", "updates"}
        What is counted.
    log : bool
        Whether the axis is logarithmic.
    until : int, optional
        The last number that the axis must have room for.
    """

    def __init__(self, ax: Axes, theme: Theme, show: Shown, over: Clock, *, log: bool = False, until: int = 0) -> None:
        self.ax, self.show, self.over, self.until = ax, show, over, until
        self.log = log and show == "loss"
        self.theme = theme
        (self.test,) = ax.plot([], [], color=theme.soft, linewidth=1.6, label="test")
        self.test.set(linestyle=(0, (0.1, 2.2)), dash_capstyle="round")
        (self.train,) = ax.plot([], [], color=theme.ink, linewidth=1.8, label="training", solid_capstyle="round")
        self.here = ax.scatter([], [], s=36, color=theme.glow, zorder=4, clip_on=False)
        """The last moment."""
        self._set_out()

    def update(self, moments: Sequence[Moment]) -> None:
        """Show these moments."""
        x = [getattr(moment, self.over) for moment in moments]
        train = [getattr(moment, self.show) for moment in moments]
        test = [getattr(moment, f"test_{self.show}") for moment in moments]
        for line, values in ((self.train, train), (self.test, test)):
            numbers = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
            numbers[~np.isfinite(numbers)] = np.nan
            line.set_data(x, numbers)
        shown = np.asarray(self.train.get_ydata(), dtype=np.float64)
        self.here.set_offsets([[x[-1], shown[-1]]] if np.isfinite(shown[-1]) else np.empty((0, 2)))
        self.ax.set_xlim(min(x[0], self.until), max(x[-1], self.until, x[0] + 1))
        both = np.concatenate([shown, np.asarray(self.test.get_ydata(), dtype=np.float64)])
        self.ax.set_ylim(*self._range(both[np.isfinite(both)]))

    def explain(self) -> None:
        """Name the two lines over the picture, at the right."""
        lines = [line for line in (self.train, self.test) if np.isfinite(np.asarray(line.get_ydata(), float)).any()]
        self.ax.legend(
            handles=lines,
            loc="lower right",
            bbox_to_anchor=(1.0, 1.0),
            ncols=2,
            frameon=False,
            borderaxespad=0.2,
            labelcolor=self.theme.soft,
            handlelength=1.6,
            columnspacing=1.4,
        )

    def _set_out(self) -> None:
        ax, theme = self.ax, self.theme
        quieten(ax, theme)
        ax.grid(visible=True, axis="y", which="major", color=theme.hairline, linewidth=0.8)
        ax.set_axisbelow(True)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_xlabel("epoch" if self.over == "epochs" else "update")
        ax.set_ylabel(self.show)
        if self.log:
            ax.set_yscale("log")
            ax.yaxis.set_major_formatter(PlainLogFormatter())
            ax.yaxis.set_minor_formatter(PlainLogFormatter(minor_thresholds=(1.5, 0.4)))
        if self.show == "accuracy":
            ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))

    def _range(self, values: Any) -> tuple[float, float]:
        if self.show == "accuracy":
            least = float(values.min(initial=1.0))
            return max(0.0, min(0.9, np.floor(10 * least) / 10)), 1.0
        if not self.log:
            high = float(values.max(initial=0.0))
            return 0.0, 1.05 * high if high > 0 else 1.0
        positive = values[values > 0]
        high = float(positive.max(initial=0.0)) or 1.0
        low = float(positive.min(initial=high))
        return min(low, high / 10) * 0.9, high * 1.1


class PlainLogFormatter(LogFormatter):
    """Writes the numbers of a logarithmic axis as they are: 0.2, not 2e-01."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Return what is written at a number, if anything is."""
        return f"{x:g}".replace("-", "−") if super().__call__(x, pos) else ""


def _moments(run: Any) -> list[Moment]:
    if hasattr(run, "loss_curve_"):
        return [Moment(epoch, epoch, loss, None, None, None) for epoch, loss in enumerate(run.loss_curve_, start=1)]
    source = getattr(run, "history", run)
    moments = list(source) if isinstance(source, Sequence) and not isinstance(source, str) else None
    if moments is None or not all(isinstance(moment, Moment) for moment in moments):
        raise ArgumentError(
            f"plot_loss draws a Run, a list of Moments or a fitted estimator, but was given {described(run)}."
        )
    if not moments:
        raise ArgumentError("There are no moments to draw: the history is empty.")
    return moments
