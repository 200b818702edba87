"""``pellucid train``: an experiment in the terminal."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pellucid.commands.files import check_writable
from pellucid.commands.leaving import leave
from pellucid.commands.progress import train_with_bar
from pellucid.commands.report import describe, effort, result_table, results
from pellucid.commands.starting import (
    ExperimentOption,
    ResumeOption,
    SeedOption,
    checked_epochs,
    started,
    with_settings,
)
from pellucid.commands.training import Training
from pellucid.interruption import Interruption
from pellucid.run import Run

HELP = """Train a network in the terminal, to the same weights as the page, bit by bit.

What is not said has the default of its setting. The options are the names of a link of the page. Data, weights and \
the order of the samples are drawn from seeds, so that the same command always ends with the same weights.
"""

EXAMPLES = """[bold]Examples[/bold]

pellucid train --data moons --hidden 3 --epochs 300 --seed 0

pellucid train --data spiral --classes 3 --hidden 16,16 --activation relu --optimizer adam --learning-rate 0.01

pellucid train --data bumps --hidden 16,8 --json

pellucid train --experiment '#v=1&data=circles&hidden=2&end' --weight-seed 7

pellucid train --data blobs --save blobs.json, and later pellucid train --resume blobs.json --epochs 50
"""


def train(
    *,
    experiment: ExperimentOption = None,
    epochs: Annotated[
        str, typer.Option(metavar="NUMBER", help="Passes over the training samples, 0 to 1000000000.")
    ] = "100",
    seed: SeedOption = None,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the experiment and the trained state to this JSON file.")
    ] = None,
    resume: ResumeOption = None,
    json_results: Annotated[
        bool, typer.Option("--json", help="Print the results as one JSON object, for machines.")
    ] = False,
    **settings: str | None,
) -> None:
    """Train an experiment and say what it arrived at."""
    passes = checked_epochs(epochs)
    if save is not None:
        check_writable(save)
    with Interruption() as interruption:
        run = started(experiment, seed, resume, settings)
        training = train_with_bar(run, passes, interruption)
        if save is not None:
            run.save(save)
        if json_results:
            print(json.dumps(results(run, training)))
        else:
            _print_results(run, training)
    leave(training)


def _print_results(run: Run, training: Training) -> None:
    console = Console(highlight=False)
    console.print(describe(run.experiment), style="bold", soft_wrap=True)
    console.print(result_table(run))
    console.print(effort(run, training), soft_wrap=True)


def add_to(app: typer.Typer) -> None:
    """Add the command to an application, with an option for each setting of an experiment."""
    app.command(help=HELP, epilog=EXAMPLES)(with_settings(train))
