"""What a training arrived at, for people and for machines."""

import math
from typing import Any

from rich.table import Table

from pellucid.commands.training import Training
from pellucid.experiment import Experiment
from pellucid.run import Run


def results(run: Run, training: Training) -> dict[str, Any]:
    """Return the results for machines; what does not exist, or is no finite number, is None."""
    speed = training.samples / training.seconds if training.seconds else None
    return {
        "status": training.status,
        "loss": _finite(run.loss),
        "test_loss": _finite(run.test_loss),
        "accuracy": run.accuracy,
        "test_accuracy": run.test_accuracy,
        "epochs": run.epochs,
        "updates": run.updates,
        "seconds": round(training.seconds, 6),
        "samples_per_second": speed and round(speed),
        "weights_sha256": run.weights_sha256,
    }


def result_table(run: Run) -> Table:
    """Return how good the run is as a table for people."""
    table = Table()
    for heading in ("", "trained on", "held out"):
        table.add_column(heading, justify="left" if not heading else "right")
    table.add_row("samples", f"{run.train_samples:,}", f"{len(run.values) - run.train_samples:,}")
    table.add_row("loss", _figure(run.loss), _figure(run.test_loss))
    if run.penalty:
        table.add_row("loss + penalty", _figure(run.objective), _figure(run.test_objective))
    if run.accuracy is not None:
        table.add_row("accuracy", _percent(run.accuracy), _percent(run.test_accuracy))
    return table


def effort(run: Run, training: Training) -> str:
    """Return how much was trained, how fast, and the beginning of the weights' SHA-256."""
    speed = f", {training.samples / training.seconds:,.0f} samples/s" if training.seconds else ""
    counts = f"{_counted(run.epochs, 'epoch')}, {_counted(run.updates, 'update')}"
    return f"{counts}; {training.seconds:.3g} s{speed}\nweights_sha256 {run.weights_sha256}"


def describe(experiment: Experiment) -> str:
    """Return the experiment in a line.

    Examples
    --------
    >>> describe(Experiment())
    'moons, 2 – 4 tanh – 3 tanh – 1 sigmoid, sgd 0.1'
    """
    data, network, training = experiment.data, experiment.network, experiment.training
    inputs = len(experiment.features)
    if data.given and data.points is None:
        inputs = len(data.inputs[0]) if data.inputs else data.grid * data.grid
    single = data.regression or (data.classes == 2 and network.outputs != "per_class")
    auto = "linear" if data.regression else "sigmoid" if single or experiment.loss == "squared_error" else "softmax"
    last = auto if network.output_activation == "auto" else network.output_activation
    layers = [
        str(inputs),
        *(f"{layer.units} {layer.activation}" for layer in network.hidden),
        f"{1 if single else data.classes} {last}",
    ]
    return f"{data.kind}, {' – '.join(layers)}, {training.optimizer} {training.learning_rate:g}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.6f}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"
