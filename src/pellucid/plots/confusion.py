"""The confusion matrix: which classes are taken for which."""

from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from pellucid.errors import ArgumentError
from pellucid.plots.canvas import dress, lay_out_anew, open_axes, quieten
from pellucid.plots.checks import one_of
from pellucid.plots.colours import Theme, ThemeName
from pellucid.plots.subject import Subject

SIZE = (4.6, 4.2)
RIGHT, WRONG = 0.16, 0.45
"""Share of the ink in a cell in which all samples are put right, and of the warning where all are put wrong."""

Part = Literal["train", "test"]


def plot_confusion(
    network: Any, *, ax: Axes | None = None, part: Part | None = None, theme: ThemeName | None = None
) -> Axes:
    """Draw the confusion matrix: how many samples of each true class (row) were put in each class (column).

    A cell has the count and its share of the samples of the true class, by which it is the darker.

    Parameters
    ----------
    network : Run, LiveNetwork or fitted estimator
        A network that tells classes apart.
    ax : Axes, optional
        Where it is drawn; by default the current axes.
    part : {"train", "test"}, optional
        The samples trained on, or those held out; by default those held out, if there are any.
    theme : {"light", "dark"}, optional
        The page's look, which the figure's background then has too; by default the one that suits the background.

    Returns
    -------
    Axes
        Where it was drawn.

    Raises
    ------
    ArgumentError
        In regression, or when no samples are held out and ``part`` asks for them.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from pellucid import Experiment, Run
    >>> ax = plot_confusion(Run(Experiment()), ax=Figure().subplots(), part="train")
    >>> sum(int(text.get_text().split()[0]) for text in ax.texts)
    150
    """
    subject = Subject(network, "plot_confusion")
    if not subject.classes:
        raise ArgumentError("plot_confusion draws networks that tell classes apart, but this one fits numbers.")
    one_of("part", part, ("train", "test", None))
    held_out = len(subject.network.values) - subject.network.train_samples
    if part == "test" and not held_out:
        raise ArgumentError("part is 'test', but no sample is held out.")
    chosen: Part = part or ("test" if held_out else "train")
    ax = open_axes(ax, SIZE)
    _draw(ax, subject, _counts(subject, chosen), chosen, dress(ax, theme))
    lay_out_anew(ax)
    return ax


def _counts(subject: Subject, part: Part) -> npt.NDArray[np.int32]:
    # In a copy, since an evaluation may end a run that diverged.
    block = subject.block.copy()
    block.call("evaluate")
    counts: npt.NDArray[np.int32] = block.array("CONFUSION")[0 if part == "train" else 1]
    return counts


def _draw(ax: Axes, subject: Subject, counts: npt.NDArray[np.int32], part: Part, theme: Theme) -> None:
    classes = len(counts)
    totals = counts.sum(axis=1, keepdims=True)
    shares = counts / np.maximum(totals, 1)
    card, ink, warning = (np.array(to_rgb(colour)) for colour in (theme.card, theme.ink, theme.warning))
    weight = shares * np.where(np.eye(classes), RIGHT, WRONG)
    toward = np.where(np.eye(classes)[:, :, None], ink, warning)
    ax.imshow(card + weight[:, :, None] * (toward - card), aspect="equal", interpolation="nearest")
    quieten(ax, theme)
    edges = np.arange(classes + 1) - 0.5
    ax.hlines(edges, -0.5, classes - 0.5, color=theme.hairline, linewidth=1, clip_on=False)
    ax.vlines(edges, -0.5, classes - 0.5, color=theme.hairline, linewidth=1, clip_on=False)
    size = float(np.clip(34 / classes, 5.5, 12))
    for actual, predicted in np.ndindex(classes, classes):
        count, right = int(counts[actual, predicted]), actual == predicted
        share = f"\n{100 * shares[actual, predicted]:.0f} %" if count and classes <= 6 else ""
        ax.text(
            predicted,
            actual,
            f"{count}{share}",
            ha="center",
            va="center",
            color=theme.ink if count else theme.soft,
            fontsize=size,
            fontweight="bold" if count and not right else "normal",
            linespacing=1.35,
        )
    _name(ax, subject, part, theme)


def _name(ax: Axes, subject: Subject, part: Part, theme: Theme) -> None:
    names, places = subject.class_names, range(subject.classes)
    long = max(map(len, names)) * len(names) > 30
    ax.set_xticks(places, names, rotation=35 if long else 0, ha="left" if long else "center")
    ax.set_yticks(places, names)
    ax.xaxis.tick_top()
    ax.xaxis.set_label_position("top")
    ax.tick_params(pad=8, labelcolor=theme.ink)
    ax.set_xlabel("predicted", labelpad=8, color=theme.soft)
    ax.set_ylabel(f"true ({'training' if part == 'train' else 'test'} samples)", labelpad=8, color=theme.soft)
    ax.set(xlim=(-0.5, len(names) - 0.5), ylim=(len(names) - 0.5, -0.5))
    # A dot of the class's colour beside its name.
    for label, colour in zip(places, subject.class_colours(theme), strict=True):
        ax.scatter([label, -0.5], [-0.5, label], color=colour, s=22, zorder=5, clip_on=False)
