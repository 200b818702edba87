"""Sweeps: many experiments on many cores or a cluster.

In the order in which they are carried out: `spec` says what varies (`draw` how at random), `plan` makes the runs of it,
`running` hands them to an executor (`processes` here, `cluster` there), `work` is what a worker does, `store` keeps the
results, `summary`, `sheet`, `picture` and `report` show them; `sweeping` puts all together.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pellucid.sweeps.draw import Draw
    from pellucid.sweeps.result import SweepResult
    from pellucid.sweeps.spec import Sweep
    from pellucid.sweeps.sweeping import sweep

__all__ = ["Draw", "Sweep", "SweepResult", "sweep"]

_HOMES = {"Draw": "draw", "Sweep": "spec", "SweepResult": "result", "sweep": "sweeping"}
"""The module that defines each public name."""


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: a worker needs none of them, and starts sooner."""
    if name not in _HOMES:
        raise AttributeError(f"module 'pellucid.sweeps' has no attribute {name!r}")
    return getattr(import_module(f"pellucid.sweeps.{_HOMES[name]}"), name)
