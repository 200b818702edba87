"""Pictures of a network with Matplotlib, in the page's own look.

`plot_surface`, `plot_units`, `plot_network`, `plot_loss` and `plot_confusion` draw a `Run`, any other live network or a
fitted estimator on the axes given as ``ax``, or on the current ones; `animate` shows a run while it trains. None of
them shows a window or changes Matplotlib's settings. A figure with ``layout="constrained"`` leaves room for legends.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pellucid.extras import need

if TYPE_CHECKING:
    from pellucid.plots.animation import animate
    from pellucid.plots.confusion import plot_confusion
    from pellucid.plots.loss import plot_loss
    from pellucid.plots.network import plot_network
    from pellucid.plots.surface import plot_surface
    from pellucid.plots.units import plot_units

__all__ = ["animate", "plot_confusion", "plot_loss", "plot_network", "plot_surface", "plot_units"]

_HOMES = {
    "animate": "animation",
    "plot_confusion": "confusion",
    "plot_loss": "loss",
    "plot_network": "network",
    "plot_surface": "surface",
    "plot_units": "units",
}


def __getattr__(name: str) -> Any:
    """Import a function when it is first used: it needs Matplotlib, which is an extra."""
    if name not in _HOMES:
        raise AttributeError(f"module 'pellucid.plots' has no attribute {name!r}")
    need("matplotlib", name)
    return getattr(import_module(f"pellucid.plots.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
