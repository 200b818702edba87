"""Pellucid: a playground for neural networks that you can see through.

    >>> from pellucid import Experiment
    >>> Experiment(data={"kind": "circles"}).network.hidden
    (Layer(units=4, activation='tanh'), Layer(units=3, activation='tanh'))

`Experiment` says what is run, `Run` is the run; the errors that both raise stand in `pellucid.errors`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pellucid.estimators import PellucidClassifier, PellucidRegressor
    from pellucid.experiment import Data, Experiment, Layer, Network, Training
    from pellucid.run import Run
    from pellucid.sweeps import sweep
    from pellucid.widget.playground import Playground

__all__ = [
    "Data",
    "Experiment",
    "Layer",
    "Network",
    "PellucidClassifier",
    "PellucidRegressor",
    "Playground",
    "Run",
    "Training",
    "__version__",
    "sweep",
]

__version__ = "0.1.0"

_HOMES = {
    "Data": "experiment",
    "Experiment": "experiment",
    "Layer": "experiment",
    "Network": "experiment",
    "PellucidClassifier": "estimators",
    "PellucidRegressor": "estimators",
    "Playground": "widget",
    "Run": "run",
    "Training": "experiment",
    "sweep": "sweeps",
}
"""The module that defines each public name."""


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'pellucid' has no attribute {name!r}")
    return getattr(import_module(f"pellucid.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
