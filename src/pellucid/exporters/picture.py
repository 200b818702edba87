"""Pictures as SVG and PNG: what `pellucid.plots` draws, on a figure that no window shows."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from pellucid.extras import need

if TYPE_CHECKING:
    from pellucid.run import Run

Format = Literal["svg", "png"]

PICTURES: dict[str, tuple[str, tuple[float, float]]] = {
    "network": ("plot_network", (8.4, 5.2)),
    "surface": ("plot_surface", (5.6, 4.6)),
    "units": ("plot_units", (8.4, 5.2)),
    "curve": ("plot_loss", (6.4, 3.6)),
    "confusion": ("plot_confusion", (5.0, 4.2)),
}
"""For what a picture can show, the function that draws it and the size in inches."""

DOTS = 200
"""Dots per inch of a PNG: sharp on paper and on fine screens."""

PADDING = 0.12
"""Inches around what is drawn."""


def drawer(what: str, form: Format) -> Callable[["Run"], bytes]:
    """Return what draws a picture of a run; the same run gives the same bytes."""

    def draw(run: "Run") -> bytes:
        name, size = PICTURES[what]
        matplotlib = need("matplotlib", f"A picture as {form.upper()}")
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import ConstrainedLayoutEngine

        from pellucid import plots

        figure = Figure(size, layout=ConstrainedLayoutEngine(w_pad=PADDING, h_pad=PADDING))
        getattr(plots, name)(run, ax=figure.add_subplot(), theme="light")
        content = io.BytesIO()
        with matplotlib.rc_context({"svg.hashsalt": "pellucid"}):
            figure.savefig(content, format=form, dpi=DOTS, metadata={"Date": None} if form == "svg" else None)
        return content.getvalue()

    return draw
