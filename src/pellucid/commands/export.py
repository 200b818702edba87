"""``pellucid export``: a trained network as a file for elsewhere."""

import json
from pathlib import Path
from typing import Annotated

import typer

from pellucid.commands.files import check_writable
from pellucid.commands.leaving import leave
from pellucid.commands.progress import train_with_bar
from pellucid.commands.starting import checked_epochs, found_experiment
from pellucid.commands.training import Training, train
from pellucid.errors import ArgumentError
from pellucid.exporters.choice import maker
from pellucid.exporters.weights_read import form_of
from pellucid.interruption import Interruption
from pellucid.run import Run

HELP = """Write a trained network, what it learnt from, or how it learnt to a file; its ending says the format.

.py is a script that trains the same network to the same losses and has its weights, in NumPy (--what numpy) or \
PyTorch (--what torch).

.onnx is the network, with its features and scaling, for other programs.

.json, .npz and .safetensors are the weights; .json is the whole run with --what run, to go on with, or the experiment \
with --what experiment.

.csv is the samples, or with --what curve the loss curve: a line for each pass of --epochs.

.svg and .png are a picture of the network, or with --what of its answer (surface), the units, the loss curve or the \
confusion matrix.
"""

EXAMPLES = """[bold]Examples[/bold]

pellucid train --data moons --hidden 3 --epochs 300 --save moons.json

pellucid export moons.json moons.py, and then python moons.py

pellucid export moons.json moons.onnx

pellucid export moons.json moons.svg --what surface

pellucid export '#v=1&data=circles&hidden=2&end' weights.safetensors --epochs 100

pellucid export experiment.json curve.csv --what curve --epochs 50

In Python: run.export("moons.py"), and run.load_weights("weights.safetensors")
"""


def export(
    *,
    source: Annotated[
        str,
        typer.Argument(
            metavar="RUN", help="A run in a file of pellucid train --save, or an experiment: a file or link."
        ),
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    what: Annotated[
        str | None, typer.Option(metavar="NAME", help="What the file is to hold, where its ending leaves a choice.")
    ] = None,
    epochs: Annotated[
        str, typer.Option(metavar="NUMBER", help="Passes over the training samples before, 0 to 1000000000.")
    ] = "0",
    weights: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Take the weights from this file of JSON, NPZ or safetensors.")
    ] = None,
) -> None:
    """Write a file of a run, after training it if so wished."""
    passes = checked_epochs(epochs)
    try:
        maker(file, what)
    except ArgumentError as error:
        raise ArgumentError(str(error).replace("`what`", "--what")) from None
    check_writable(file)
    run = _opened(source)
    if weights is not None:
        run.load_weights(weights)
    with Interruption() as interruption:
        if what == "curve":
            training = _train_and_look(run, passes, interruption)
        else:
            training = train_with_bar(run, passes, interruption) if passes else Training()
    if training.divergence is None:
        run.export(file, what)
    leave(training)


def _train_and_look(run: Run, passes: int, interruption: Interruption) -> Training:
    """Train, and evaluate the run after every pass."""
    training = Training()
    for _ in range(passes):
        training = train(run, 1, lambda _: None, interruption)
        if training.status != "finished":
            break
        run.loss  # noqa: B018 - whoever asks for it has it noted in the history
    return training


def _opened(source: str) -> Run:
    """Return the run in a file, or a fresh one of an experiment."""
    names, form = _found_in(source)
    if "weights" in names or form != "json":
        wanted = "name the experiment that they are of, and this file with --weights"
        raise ArgumentError(f"The file {source!r} holds weights alone: {wanted}.")
    return Run.open(source) if "state" in names else Run(found_experiment(source))


def _found_in(source: str) -> tuple[set[str], str]:
    """Return what a file of JSON names at its top, nothing for anything else, and the form of the file."""
    content = b""
    try:
        content = Path(source).read_bytes()
        document = json.loads(content)
    except (OSError, ValueError, RecursionError):
        document = None
    return set(document) if isinstance(document, dict) else set(), form_of(content)


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command(help=HELP, epilog=EXAMPLES)(export)
