"""The confusion matrix: which classes are taken for which."""

import math
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from pellucid.errors import ArgumentError
from pellucid.plots.canvas import dress, lay_out_anew, open_axes, points_across, quieten
from pellucid.plots.checks import one_of
from pellucid.plots.colours import Theme, ThemeName
from pellucid.plots.samples import checked_classes
from pellucid.plots.subject import Subject

SIZE = (4.6, 4.2)
RIGHT, WRONG = 0.16, 0.45
"""Share of the ink in a cell in which all samples are put right, and of the warning where all are put wrong."""

MOST_SHARED, MOST_COUNTED = 6, 40
"""With more classes there is no room for shares, nor with still more for counts and every name."""

Part = Literal["train", "test"]


def plot_confusion(
    network: Any,
    X: npt.ArrayLike | None = None,
    y: npt.ArrayLike | None = None,
    *,
    ax: Axes | None = None,
    part: Part | None = None,
    theme: ThemeName | None = None,
) -> Axes:
    """Draw the confusion matrix: how many samples of each true class (row) were put in each class (column).

    A cell has the count and its share of the samples of the true class, by which it is the darker.

    Parameters
    ----------
    network : Run, LiveNetwork or fitted estimator
        A network that tells classes apart.
    X : array_like of shape (n, 2) or (n, n_inputs), optional
        Samples to count in place of the network's own, in the units of the data; with `y`.
    y : array_like of shape (n,), optional
        Their classes, by number or name.
    ax : Axes, optional
        Where it is drawn; by default the current axes, or those of a new figure when these are in use.
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
        In regression, when there are no such samples, or X and y do not suit.

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
    if (X is None) != (y is None):
        raise ArgumentError("X and y must be given together: samples and their classes.")
    if X is not None and part is not None:
        raise ArgumentError("part is for the network's own samples, but X and y are given.")
    counts, which = _own(subject, part) if X is None or y is None else (_counted(subject, X, y), "")
    ax = open_axes(ax, SIZE)
    _draw(ax, subject, counts, which, dress(ax, theme))
    lay_out_anew(ax)
    return ax


def _own(subject: Subject, part: Part | None) -> tuple[npt.NDArray[np.int32], str]:
    """Return the engine's counts of one part of the network's samples, and which part it is."""
    samples, trained = len(subject.network.values), subject.network.train_samples
    if samples == 0:
        raise ArgumentError("The network has no samples of its own: give X and y.")
    if part == "test" and samples == trained:
        raise ArgumentError("part is 'test', but no sample is held out.")
    chosen = part or ("test" if samples > trained else "train")
    # In a copy, since an evaluation may end a run that diverged.
    block = subject.block.copy()
    block.call("evaluate")
    counts: npt.NDArray[np.int32] = block.array("CONFUSION")[0 if chosen == "train" else 1]
    return counts, "training" if chosen == "train" else "test"


def _counted(subject: Subject, X: npt.ArrayLike, y: npt.ArrayLike) -> npt.NDArray[np.int32]:
    subject.check_columns(X)
    predicted = subject.network.predict(X).astype(np.int64)
    actual = checked_classes(subject, y, len(predicted))
    counts = np.zeros((subject.classes, subject.classes), dtype=np.int32)
    np.add.at(counts, (actual, predicted), 1)
    return counts


def _draw(ax: Axes, subject: Subject, counts: npt.NDArray[np.int32], which: str, theme: Theme) -> None:
    classes = len(counts)
    totals = counts.sum(axis=1, keepdims=True)
    shares = counts / np.maximum(totals, 1)
    card, ink, warning = (np.array(to_rgb(colour)) for colour in (theme.card, theme.ink, theme.warning))
    weight = shares * np.where(np.eye(classes), RIGHT, WRONG)
    toward = np.where(np.eye(classes)[:, :, None], ink, warning)
    ax.imshow(card + weight[:, :, None] * (toward - card), aspect="equal", interpolation="nearest")
    quieten(ax, theme)
    shared = classes <= MOST_SHARED
    edges = np.arange(classes + 1) - 0.5
    ax.hlines(edges, -0.5, classes - 0.5, color=theme.hairline, linewidth=1, clip_on=False)
    ax.vlines(edges, -0.5, classes - 0.5, color=theme.hairline, linewidth=1, clip_on=False)
    size = float(np.clip((0.2 if shared else 0.36) * min(points_across(ax)) / classes, 5.5, 11))
    for actual, predicted in np.ndindex(classes, classes) if classes <= MOST_COUNTED else ():
        count, right = int(counts[actual, predicted]), actual == predicted
        share = f"\n{100 * shares[actual, predicted]:.0f} %" if count and shared else ""
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
    _name(ax, subject, which, theme)


def _name(ax: Axes, subject: Subject, which: str, theme: Theme) -> None:
    every = math.ceil(subject.classes / MOST_COUNTED)
    names, places = subject.class_names[::every], range(0, subject.classes, every)
    long = max(map(len, names)) * len(names) > 30
    ax.set_xticks(places, names, rotation=35 if long else 0, ha="left" if long else "center")
    ax.set_yticks(places, names)
    ax.xaxis.tick_top()
    ax.xaxis.set_label_position("top")
    ax.tick_params(pad=8, labelcolor=theme.ink)
    ax.set_xlabel("predicted", labelpad=8, color=theme.soft)
    ax.set_ylabel(f"true ({which} samples)" if which else "true", labelpad=8, color=theme.soft)
    end = subject.classes - 0.5
    ax.set(xlim=(-0.5, end), ylim=(end, -0.5))
    # A dot of the class's colour beside its name.
    for label, colour in zip(places, subject.class_colours(theme)[::every], strict=True):
        ax.scatter([label, -0.5], [-0.5, label], color=colour, s=22, zorder=5, clip_on=False)
