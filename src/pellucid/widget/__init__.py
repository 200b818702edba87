"""The page's own rooms in a notebook, by anywidget: JupyterLab, Notebook, marimo and their like."""

from typing import Any

from pellucid.extras import need

__all__ = ["Playground"]


def __getattr__(name: str) -> Any:
    """Make the class when it is first used: what it is made from is an extra."""
    if name not in __all__:
        raise AttributeError(f"module 'pellucid.widget' has no attribute {name!r}")
    need("anywidget", "Playground")
    from pellucid.widget.playground import Playground

    return Playground
