"""A run while it trains, as an animation: the network, its answer and the loss."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.animation import FuncAnimation
from matplotlib.figure import Figure
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pellucid.errors import ArgumentError
from pellucid.plots.canvas import dress
from pellucid.plots.checks import one_of, whole
from pellucid.plots.colours import Theme, ThemeName
from pellucid.plots.fields import resolution_for, window_of
from pellucid.plots.film import Film
from pellucid.plots.loss import LossPicture
from pellucid.plots.network import NetworkPicture
from pellucid.plots.player import MODES, player
from pellucid.plots.samples import samples_of
from pellucid.plots.subject import Subject
from pellucid.plots.surface import SurfacePicture
from pellucid.plots.writers import GifWriter, PlayerWriter, StillCanvas, ffmpeg_at_hand

if TYPE_CHECKING:
    from pellucid.run import Run

SIZE = (9.0, 5.2)
RESOLUTION = 120
MEGABYTE = 1e6

WORDS = 11.0, 1.9
"""Size of the words over the pictures: so many points, and at most so many for each inch of the figure's width."""

BELOW = 0.11, 0.48
"""Under the pictures: such a share of the figure, and so many inches at least."""

VIDEOS = (".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi")
"""Endings of files that ffmpeg knows what to make of."""


def animate(
    run: "Run",
    epochs: int = 100,
    *,
    frames: int = 60,
    fps: float = 12,
    figure: Figure | None = None,
    theme: ThemeName | None = None,
) -> "TrainingAnimation":
    """Return an animation of a run while it trains; see `Run.animate`.

    Parameters
    ----------
    run : Run
        Where it begins; the run itself stays as it is.
    epochs : int
        How many passes over the training samples are made: 1 to 1,000,000.
    frames : int
        Number of pictures, spread evenly over the passes: 2 to 10,000. There is one for each pass at most.
    fps : float
        Pictures a second: above 0, up to 60.
    figure : Figure, optional
        Where it is drawn, an empty figure such as ``plt.figure()``; by default one that opens no window.
    theme : {"light", "dark"}, optional
        The page's look; by default the one that suits the figure's background.

    Returns
    -------
    TrainingAnimation
        A `matplotlib.animation.FuncAnimation` that shows itself in notebooks.

    Raises
    ------
    ArgumentError
        When an argument is out of range.
    DivergedError
        When the run has diverged.
    """
    whole("epochs", epochs, 1, 1_000_000)
    whole("frames", frames, 2, 10_000)
    if not _is_rate(fps):
        raise ArgumentError(f"fps is {fps!r}, but must be a number above 0, up to 60.")
    if figure is None:
        figure = Figure(figsize=SIZE)
        StillCanvas(figure)
    elif figure.axes:
        raise ArgumentError("figure has axes already, but must be an empty figure.")
    return TrainingAnimation(Scene(figure, Film(run, epochs, frames), theme), fps)


class Scene:
    """The pictures of a run on a figure: the network, its answer where there is a plane, and the loss.

    Parameters
    ----------
    figure : Figure
        Where they are drawn.
    film : Film
        The run at its moments.
    theme : {"light", "dark"} or None
        The page's look.
    """

    def __init__(self, figure: Figure, film: Film, theme: ThemeName | None) -> None:
        self.figure, self.film = figure, film
        subject = Subject(film.run, "animate")
        # Nothing may move but the pictures, so the places are fixed.
        figure.set_layout_engine("none")
        width, height = figure.get_size_inches()
        bottom = max(BELOW[0], BELOW[1] / height)
        places = figure.add_gridspec(
            2, 2, height_ratios=(3.1, 1), width_ratios=(1.45, 1), left=0.065, right=0.975, top=0.9, bottom=bottom
        )
        places.update(hspace=0.42, wspace=0.12)
        network_ax = figure.add_subplot(places[0, 0] if subject.flat else places[0, :])
        self.theme: Theme = dress(network_ax, theme)
        window = window_of(subject, subject.points) if subject.flat else None
        self.network = NetworkPicture(network_ax, subject, self.theme, window)
        self.surface: SurfacePicture | None = None
        if subject.flat:
            samples = samples_of(subject, None, None)
            resolution = min(RESOLUTION, resolution_for(subject))
            ax = figure.add_subplot(places[0, 1])
            self.surface = SurfacePicture(ax, subject, samples, self.theme, "sure", None, resolution, samples.points)
            ax.set(xlabel="", ylabel="")
        loss_ax = figure.add_subplot(places[1, :])
        self.loss = LossPicture(loss_ax, self.theme, "loss", "epochs", until=film.last)
        size = min(WORDS[0], WORDS[1] * width)
        self.words = figure.text(0.065, 0.945, "", color=self.theme.ink, fontsize=size, va="center")
        self.show(0)
        self.loss.explain()

    def show(self, frame: int) -> None:
        """Bring the run to a moment and show it."""
        self.film.go_to(frame)
        self.network.update()
        if self.surface:
            self.surface.update()
        self.loss.update(self.film.history)
        self.words.set_text(self._said())

    def _said(self) -> str:
        run, trouble = self.film.run, self.film.trouble
        if trouble:
            return f"Epoch {run.epochs}: diverged at update {trouble.step}"
        parts = [f"Epoch {run.epochs}", f"loss {run.loss:.3f}"]
        if run.test_loss is not None:
            parts.append(f"test {run.test_loss:.3f}")
        accuracy = run.accuracy if run.test_accuracy is None else run.test_accuracy
        if accuracy is not None:
            parts.append(f"{'test accuracy' if run.test_accuracy is not None else 'accuracy'} {100 * accuracy:.1f} %")
        return "  ·  ".join(parts)


class TrainingAnimation(FuncAnimation):
    """An animation of a run while it trains, that can be saved as GIF, MP4 or WebM and shows itself in a notebook.

    Parameters
    ----------
    scene : Scene
        What is drawn.
    fps : float
        Pictures a second.
    """

    def __init__(self, scene: Scene, fps: float) -> None:
        self.scene, self.fps = scene, fps
        super().__init__(
            scene.figure,
            scene.show,
            frames=len(scene.film.stops),
            init_func=lambda: None,
            interval=1000 / fps,
            cache_frame_data=False,
        )
        # To have made an animation and never looked at it is no mistake that a warning is needed for.
        self._draw_was_started = True
        self._html: dict[tuple[float, str], str] = {}

    def save(self, filename: str | os.PathLike[str], writer: Any = None, *args: Any, **options: Any) -> None:
        """Write the animation to a file: a GIF, WebP or APNG, or by ffmpeg an MP4, M4V, MOV, MKV, WebM or AVI.

        In a terminal, a bar shows how far it is and how long it will take.

        Parameters
        ----------
        filename : path-like
            The file; its ending says what it becomes.
        writer : MovieWriter or str, optional
            By default Pillow for ``.gif``, ``.webp`` and ``.apng``, else Matplotlib's setting.
        *args, **options : object
            As of `matplotlib.animation.Animation.save`, such as ``fps``, ``dpi`` and ``progress_callback``.

        Raises
        ------
        ArgumentError
            When the ending is none of these, and no writer is named.
        MissingExtraError
            When ffmpeg is needed and not found, neither on the path nor as imageio-ffmpeg.
        """
        path = Path(filename)
        ending = path.suffix.lower()
        if writer is None and ending == ".gif":
            fps: Any = options.pop("fps", None) or self.fps
            writer = GifWriter(fps, options.pop("metadata", None))
        elif writer is None and ending in (".webp", ".apng", ".png"):
            writer = "pillow"
        elif writer is None and _writes_with_ffmpeg(writer) and ending not in VIDEOS:
            endings = ", ".join((".gif", ".webp", ".apng", *VIDEOS))
            raise ArgumentError(f"The file is called {path.name!r}, but must end in {endings}, or a writer be named.")
        elif _writes_with_ffmpeg(writer) and ending == ".webm":
            options.setdefault("extra_args", ["-pix_fmt", "yuv420p"])  # with Matplotlib's own there is no encoder
        if options.get("progress_callback") is None:
            with _bar(path.name, len(self.scene.film.stops)) as progress:
                self._save(path, writer, *args, **options | {"progress_callback": progress})
        else:
            self._save(path, writer, *args, **options)

    def to_jshtml(self, fps: float | None = None, embed_frames: bool = True, default_mode: str | None = None) -> str:
        """Return the animation as HTML with a small player, in one piece: nothing is loaded from anywhere.

        Parameters
        ----------
        fps : float, optional
            Pictures a second; by default those of the animation.
        embed_frames : bool
            As in Matplotlib, but must be True: the pictures are part of the HTML.
        default_mode : {"loop", "once", "reflect"}, optional
            What follows the last picture; by default the first.

        Raises
        ------
        ArgumentError
            When the mode is unknown, or the pictures are larger than ``rcParams["animation.embed_limit"]``.
        """
        if not embed_frames:
            raise ArgumentError("embed_frames is False, but must be True: the pictures are part of the HTML.")
        mode = default_mode or "loop"
        one_of("default_mode", mode, MODES)
        key = fps or self.fps, mode
        if key not in self._html:
            self._html[key] = self._player(*key)
        return self._html[key]

    def to_html5_video(self, embed_limit: float | None = None) -> str:
        """Return the animation as an HTML video, made by ffmpeg; see `matplotlib.animation.Animation.to_html5_video`.

        Parameters
        ----------
        embed_limit : float, optional
            The most megabytes that it may have; by default ``rcParams["animation.embed_limit"]``.

        Raises
        ------
        MissingExtraError
            When ffmpeg is not found, neither on the path nor as imageio-ffmpeg.
        """
        with ffmpeg_at_hand("A video"):
            return super().to_html5_video(embed_limit)

    def _repr_html_(self) -> str:
        return self.to_jshtml()

    def _save(self, path: Path, writer: Any, *args: Any, **options: Any) -> None:
        if _writes_with_ffmpeg(writer):
            with ffmpeg_at_hand(f"To save {path.name!r}"):
                super().save(path, writer, *args, **options)
        else:
            super().save(path, writer, *args, **options)

    def _player(self, fps: float, mode: str) -> str:
        figure, film = self.scene.figure, self.scene.film
        writer = PlayerWriter()
        dpi = figure.dpi
        self.save("player", writer, dpi=dpi)
        limit = mpl.rcParams["animation.embed_limit"]
        size = sum(map(len, writer.pictures)) / MEGABYTE
        if size > limit:
            raise ArgumentError(
                f"The {len(writer.pictures)} pictures have {size:.0f} MB, but rcParams['animation.embed_limit'] is "
                f"{limit:g} MB: take fewer frames or a smaller figure, or save the animation to a file."
            )
        width, height = figure.get_size_inches() * dpi
        label = f"A network while it trains, from epoch {film.stops[0]} to {film.stops[-1]}"
        return player(writer.pictures, writer.kind, (round(width), round(height)), fps, mode, self.scene.theme, label)


def _is_rate(fps: object) -> bool:
    return isinstance(fps, int | float | np.number) and not isinstance(fps, bool) and 0 < float(fps) <= 60


def _writes_with_ffmpeg(writer: Any) -> bool:
    return bool(writer == "ffmpeg" or (writer is None and mpl.rcParams["animation.writer"] == "ffmpeg"))


@contextmanager
def _bar(name: str, total: int) -> Iterator[Callable[[int, int], None]]:
    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    seen = console.is_terminal and not console.is_jupyter  # there it would stay behind
    with Progress(*columns, console=console, transient=True, disable=not seen) as progress:
        task = progress.add_task(name, total=total)
        yield lambda frame, _: progress.update(task, completed=frame + 1)
