"""How the frames of an animation are written: as GIF in little memory, by an ffmpeg that is there, or for a player."""

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import matplotlib as mpl
from matplotlib.animation import AbstractMovieWriter, FFMpegWriter, PillowWriter
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image, features

from pellucid.errors import MissingExtraError

COLOURS = 256


class StillCanvas(FigureCanvasAgg):
    """A canvas that draws when it is saved, not also when a frame is ready; it keeps what it knows of its texts."""

    def draw_idle(self, *args: Any, **options: Any) -> None:
        """Draw nothing: nobody looks."""


class GifWriter(PillowWriter):
    """Writes a GIF; each frame is reduced to its 256 colours at once, so that it takes a quarter of the memory."""

    _frames: list[Image.Image]

    def grab_frame(self, **savefig_kwargs: Any) -> None:
        """Add the figure as it is."""
        super().grab_frame(**savefig_kwargs)
        frame = self._frames[-1].convert("RGB")
        self._frames[-1] = frame.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


class PlayerWriter(AbstractMovieWriter):
    """Keeps the frames in memory, as WebP (a fifth of the size) where Pillow knows it, else as PNG."""

    def setup(self, fig: Figure, outfile: Any, dpi: float | None = None) -> None:
        """Begin."""
        super().setup(fig, outfile, dpi)
        self.kind = "webp" if features.check("webp") else "png"
        self.pictures: list[bytes] = []
        """The frames."""

    def grab_frame(self, **savefig_kwargs: Any) -> None:
        """Add the figure as it is."""
        content = BytesIO()
        quality = {"quality": 85, "method": 2} if self.kind == "webp" else {}
        self.fig.savefig(content, **savefig_kwargs | {"format": self.kind, "dpi": self.dpi, "pil_kwargs": quality})
        self.pictures.append(content.getvalue())

    def finish(self) -> None:
        """End."""


@contextmanager
def ffmpeg_at_hand(what: str) -> Iterator[None]:
    """Let Matplotlib use the ffmpeg on the path, or else that of imageio-ffmpeg.

    Parameters
    ----------
    what : str
        What is to be written, for the error.

    Raises
    ------
    MissingExtraError
        When there is neither.
    """
    if FFMpegWriter.isAvailable():
        yield
        return
    if importlib.util.find_spec("imageio_ffmpeg") is None:
        raise MissingExtraError(f"{what} needs ffmpeg: pip install imageio-ffmpeg; a .gif needs nothing else.")
    from imageio_ffmpeg import get_ffmpeg_exe

    with mpl.rc_context({"animation.ffmpeg_path": get_ffmpeg_exe()}):
        yield
