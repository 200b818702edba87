"""The experiment: one document that says what is run, with its checks.

In the order in which data flow: `data`, `network`, `training`, put together in `document`; `settings` is how a
setting is declared, `faults` how a refusal is worded.
"""

from pellucid.experiment.data import Data, DataKind
from pellucid.experiment.document import FEATURES, Experiment, Feature
from pellucid.experiment.network import Activation, Initializer, Layer, Network, OutputActivation, OutputKind
from pellucid.experiment.training import Loss, Optimizer, Regularizer, Training

__all__ = [
    "FEATURES",
    "Activation",
    "Data",
    "DataKind",
    "Experiment",
    "Feature",
    "Initializer",
    "Layer",
    "Loss",
    "Network",
    "Optimizer",
    "OutputActivation",
    "OutputKind",
    "Regularizer",
    "Training",
]
