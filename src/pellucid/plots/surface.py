"""The network's answer over the plane, with the samples on it."""

from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap, Normalize
from matplotlib.contour import QuadContourSet
from matplotlib.lines import Line2D

from pellucid.block import Floats
from pellucid.errors import ArgumentError
from pellucid.plots.canvas import dress, lay_out_anew, open_axes, quieten
from pellucid.plots.checks import one_of, whole
from pellucid.plots.colours import Theme, ThemeName
from pellucid.plots.fields import Limits, answers, blended, output_range, resolution_for, window_of
from pellucid.plots.palettes import diverging, in_pictures
from pellucid.plots.samples import DIAMOND, Samples, SamplesPicture, samples_of
from pellucid.plots.subject import Subject

SIZE = (5.6, 4.6)
LINE = 1.2
Shown = Literal["sure", "decision"]


def plot_surface(
    network: Any,
    X: npt.ArrayLike | None = None,
    y: npt.ArrayLike | None = None,
    *,
    ax: Axes | None = None,
    show: Shown = "sure",
    limits: Limits | None = None,
    resolution: int | None = None,
    samples: bool = True,
    legend: bool = True,
    theme: ThemeName | None = None,
) -> Axes:
    """Draw the network's answer over the plane, with the samples on it.

    Classes have a colour each, paler where the network is less sure, with a line where the answer changes over; in
    regression, colours stand for values. Samples are discs, those held out diamonds, and misread ones have a dark rim
    (in the dark look a light one).

    Parameters
    ----------
    network : Run, LiveNetwork or fitted estimator
        A network that sees the plane, or that is given two inputs.
    X : array_like of shape (n, 2), optional
        Samples to draw in place of the network's own, in the units of the data.
    y : array_like of shape (n,), optional
        Their classes, by number or name, or their values.
    ax : Axes, optional
        Where it is drawn; by default the current axes, or those of a new figure when these are in use.
    show : {"sure", "decision"}
        How sure the network is, or only which class is the most probable.
    limits : ((float, float), (float, float)), optional
        The part of the plane, in the units of the data: from and to of x1, then of x2. By default the page's plane,
        from −3 to 3, or more where samples lie outside of it.
    resolution : int, optional
        Cells along each edge; by default up to 240, fewer for networks so large that it would take long.
    samples : bool
        Whether samples are drawn.
    legend : bool
        Whether a legend stands at the right, in regression with a bar of colours. It lies beside the axes: among
        several in a figure, ``layout="constrained"`` makes room for it.
    theme : {"light", "dark"}, optional
        The page's look, which the figure's background then has too; by default the one that suits the background.

    Returns
    -------
    Axes
        Where it was drawn.

    Raises
    ------
    ArgumentError
        When the network has other inputs, or an argument is out of range.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from pellucid import Experiment, Run
    >>> run = Run(Experiment(data={"kind": "moons"}))
    >>> run.epoch(20)
    >>> ax = plot_surface(run, ax=Figure().subplots())
    >>> [text.get_text() for text in ax.get_legend().texts]
    ['class 0', 'class 1', 'training', 'test', 'misread']
    """
    subject = Subject(network, "plot_surface")
    if not subject.flat:
        raise ArgumentError(
            f"plot_surface draws networks that see the plane or two inputs, but this one has {subject.widths[0]}; "
            "plot_network draws any."
        )
    one_of("show", show, ("sure", "decision"))
    shown = samples_of(subject, X, y)
    cells = resolution_for(subject) if resolution is None else whole("resolution", resolution, 8, 2000)
    ax = open_axes(ax, SIZE)
    picture = SurfacePicture(
        ax, subject, shown if samples else None, dress(ax, theme), show, limits, cells, shown.points
    )
    if legend:
        picture.explain()
    lay_out_anew(ax)
    return ax


class SurfacePicture:
    """The answer over the plane, that can be brought up to date.

    Parameters
    ----------
    ax : Axes
        Where it is drawn.
    subject : Subject
        The network.
    samples : Samples or None
        What is drawn over it.
    theme : Theme
        The colours.
    show : {"sure", "decision"}
        What the colours show.
    limits : ((float, float), (float, float)) or None
        The part of the plane.
    resolution : int
        Cells along each edge.
    points : ndarray of shape (n, 2)
        Samples that are to lie within, where there are no limits.
    """

    def __init__(
        self,
        ax: Axes,
        subject: Subject,
        samples: Samples | None,
        theme: Theme,
        show: Shown,
        limits: Limits | None,
        resolution: int,
        points: Floats,
    ) -> None:
        self.ax, self.subject, self.theme, self.show, self.resolution = ax, subject, theme, show, resolution
        self.window = window_of(subject, points, limits)
        self.colours = subject.class_colours(theme)
        center, scale = subject.fitted
        values = self._values()
        known = samples.values if samples and samples.values is not None and len(samples.values) else values
        low, high = output_range(subject, (known - center) / scale)
        self.norm = Normalize(float(center + scale * low), float(center + scale * high))
        colormap = diverging(theme)
        self.colormap = colormap if show == "sure" or not subject.classes else ListedColormap(colormap([0.0, 1.0]))
        self.lines: list[QuadContourSet] = []
        """Where the answer changes over."""
        self.image = ax.imshow(
            self._picture(values), self.colormap, self.norm, extent=self.window, interpolation="bilinear", zorder=0
        )
        if show == "decision":
            self.image.set_interpolation("nearest")
        self._draw_lines(values)
        self._set_out()
        self.samples: SamplesPicture | None = None
        if samples is not None:
            classed = self.colours if subject.classes else (self.colormap, self.norm)
            self.samples = SamplesPicture(ax, subject, samples, theme, classed)

    def update(self) -> None:
        """Show what the network says now."""
        values = self._values()
        self.image.set_data(self._picture(values))
        self._draw_lines(values)
        if self.samples:
            self.samples.update()

    def explain(self) -> None:
        """Write the legend beside the picture, and in regression a bar of colours."""
        handles = self._class_handles() if self.subject.classes else []
        if self.samples:
            handles += self._sample_handles(self.samples.samples)
        if handles:
            legend = self.ax.legend(
                handles=handles,
                loc="upper left",
                bbox_to_anchor=(1.02, 1.01),
                borderaxespad=0,
                frameon=False,
                labelcolor=self.theme.soft,
                handletextpad=0.4,
            )
            legend.set_zorder(5)
        if not self.subject.classes:
            self._add_bar(top=1 - 0.1 * len(handles))

    def _values(self) -> Floats:
        center, scale = self.subject.fitted
        return center + scale * answers(self.subject, self.window, self.resolution)

    def _picture(self, values: Floats) -> npt.NDArray[Any]:
        if values.shape[2] == 1:
            return values[:, :, 0]
        return blended(self.subject, values, in_pictures(self.theme, self.colours), hard=self.show == "decision")

    def _draw_lines(self, values: Floats) -> None:
        for line in self.lines:
            line.remove()
        self.lines.clear()
        if not self.subject.classes:
            return
        # At the middles of the cells, and once more at the edges of the picture, so that lines reach them.
        inside = (np.arange(self.resolution) + 0.5) / self.resolution
        places = np.concatenate([[0], inside, [1]])
        left, right, bottom, top = self.window
        x, y = left + places * (right - left), top - places * (top - bottom)
        for margin, level in _margins(values, (self.norm.vmin or 0, self.norm.vmax or 1)):
            field = np.pad(margin, 1, mode="edge")
            if field.min() < level < field.max():
                line = self.ax.contour(x, y, field, [level], colors=[self.theme.ink], linewidths=LINE, zorder=1)
                self.lines.append(line)

    def _set_out(self) -> None:
        ax, (left, right, bottom, top) = self.ax, self.window
        quieten(ax, self.theme)
        ax.set_aspect("equal" if self.subject.same_units else (right - left) / (top - bottom))
        ax.set(xlim=(left, right), ylim=(bottom, top))
        x_name, y_name = self.subject.axes
        ax.set_xlabel(x_name)
        if y_name.startswith("$"):  # a symbol is read more easily upright
            ax.set_ylabel(y_name, rotation=0, ha="right", va="center")
        else:
            ax.set_ylabel(y_name)

    def _class_handles(self) -> list[Line2D]:
        names = self.subject.class_names
        return [
            Line2D([], [], color=colour, marker="s", markersize=7, linestyle="none", label=name)
            for colour, name in zip(self.colours, names, strict=True)
        ]

    def _sample_handles(self, samples: Samples) -> list[Line2D]:
        theme, known = self.theme, samples.values is not None
        handles = []
        if samples.train and known and samples.own:
            handles.append(self._mark("training", "o", 6))
        if len(samples.points) > samples.train:
            handles.append(self._mark("test", "D", 6 * DIAMOND))
        if self.subject.classes and known and len(samples.points):
            misread = self._mark("misread", "o", 6)
            misread.set(markerfacecolor=theme.hairline, markeredgecolor=theme.ink, markeredgewidth=1.2)
            handles.append(misread)
        return handles

    def _mark(self, label: str, marker: str, size: float) -> Line2D:
        return Line2D([], [], color=self.theme.soft, marker=marker, markersize=size, linestyle="none", label=label)

    def _add_bar(self, top: float) -> None:
        place = self.ax.inset_axes((1.05, 0, 0.04, top))
        bar = self.ax.figure.colorbar(self.image, cax=place)
        bar.outline.set_visible(False)
        quieten(place, self.theme)


def _margins(values: Floats, targets: tuple[float, float]) -> list[tuple[Floats, float]]:
    """Return the fields whose level lines part the classes; the last class has no line that the others do not have."""
    outputs = values.shape[2]
    if outputs == 1:
        return [(values[:, :, 0], sum(targets) / 2)]
    return [(values[:, :, own] - np.delete(values, own, axis=2).max(axis=2), 0.0) for own in range(outputs - 1)]
