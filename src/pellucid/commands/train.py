"""``pellucid train``: an experiment in the terminal."""

import inspect
import json
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from pellucid.commands.interruption import Interruption
from pellucid.commands.options import SEEDS, changed, setting_options
from pellucid.commands.report import describe, effort, result_table, results
from pellucid.commands.training import Training
from pellucid.commands.training import train as train_in_slices
from pellucid.errors import ArgumentError, ExperimentError, StateError
from pellucid.experiment import Experiment
from pellucid.link import decode
from pellucid.run import Run

SECONDS_BETWEEN_LOOKS = 0.5
MOST_EPOCHS = 1_000_000_000


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
    experiment: Annotated[
        str | None,
        typer.Option(metavar="FILE|LINK", help="Start from the experiment in a JSON file or a link of the page."),
    ] = None,
    epochs: Annotated[
        str, typer.Option(metavar="NUMBER", help="Passes over the training samples, 0 to 1000000000.")
    ] = "100",
    seed: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBER", help="Seed of everything: data, weights and order, which have options of their own too."
        ),
    ] = None,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the experiment and the trained state to this JSON file.")
    ] = None,
    resume: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Go on with the run in this file of --save, with the same bits as if it never stopped."
        ),
    ] = None,
    json_results: Annotated[
        bool, typer.Option("--json", help="Print the results as one JSON object, for machines.")
    ] = False,
    **settings: str | None,
) -> None:
    """Train an experiment and say what it arrived at."""
    texts = {name: text for name, text in settings.items() if text is not None}
    if seed is not None:
        texts = {**dict.fromkeys(SEEDS, _checked_seed(seed)), **texts}
    passes = _checked_epochs(epochs)
    if save is not None:
        _check_writable(save)
    with Interruption() as interruption:
        if resume is not None:
            run = _resumed(resume, experiment, texts)
        else:
            run = Run(changed(Experiment() if experiment is None else _found(experiment), texts))
        training = _train(run, passes, interruption)
        if save is not None:
            _save(run, save)
        if json_results:
            print(json.dumps(results(run, training)))
        else:
            _print_results(run, training)
    _leave(training)


def _found(file_or_link: str) -> Experiment:
    """Return the experiment of a file or a link; what has a # or an = and is no file is a link."""
    is_file = Path(file_or_link).is_file() if len(file_or_link) < 256 else False
    if not is_file and ("#" in file_or_link or "=" in file_or_link):
        return decode(file_or_link)
    return Experiment.open(file_or_link)


def _checked_seed(text: str) -> str:
    """Return the seed of everything as it was given, or refuse it once instead of three times."""
    try:
        changed(Experiment(), {SEEDS[0]: text})
    except ExperimentError as error:
        raise ArgumentError(str(error).replace("--data-seed", "--seed")) from None
    return text


def _checked_epochs(text: str) -> int:
    if not (text.isdecimal() and int(text[:11]) <= MOST_EPOCHS):
        raise ArgumentError(f"--epochs is {text!r}, but must be a whole number from 0 to {MOST_EPOCHS}.")
    return int(text)


def _resumed(path: Path, experiment: str | None, texts: dict[str, str]) -> Run:
    """Return the run of a file, which brings its own settings."""
    if experiment is not None or texts:
        option = "--experiment" if experiment is not None else f"--{next(iter(texts)).replace('_', '-')}"
        raise ArgumentError(f"{option} cannot be used with --resume, since the file holds all settings of its run.")
    return Run.open(path)


def _train(run: Run, epochs: int, interruption: Interruption) -> Training:
    """Train with a bar on standard error, where a person can see it."""
    console = Console(stderr=True)
    if not console.is_terminal:
        return train_in_slices(run, epochs, lambda _: None, interruption)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} of {task.total:,} epochs, loss {task.fields[loss]:.4f}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(run.experiment.data.kind, total=epochs, loss=run.loss)
        looked = time.monotonic()

        def show(passes: float) -> None:
            nonlocal looked
            now = time.monotonic()
            if now - looked >= SECONDS_BETWEEN_LOOKS:
                looked = now
                progress.update(task, loss=run.loss)
            progress.update(task, completed=passes)

        return train_in_slices(run, epochs, show, interruption)


def _check_writable(path: Path) -> None:
    """Refuse a file that cannot be written before hours are spent on what is to be in it."""
    folder = path.parent
    if path.is_dir() or not folder.is_dir():
        reason = "it is a folder" if path.is_dir() else f"there is no folder {str(folder)!r}"
        raise StateError(f"The file {str(path)!r} cannot be written: {reason}.")


def _save(run: Run, path: Path) -> None:
    try:
        run.save(path)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise StateError(f"The file {str(path)!r} cannot be written: {reason}.") from None


def _print_results(run: Run, training: Training) -> None:
    console = Console(highlight=False)
    console.print(describe(run.experiment), style="bold", soft_wrap=True)
    console.print(result_table(run))
    console.print(effort(run, training), soft_wrap=True)


def _leave(training: Training) -> None:
    """Say why the training ended early, and end with a status that says so too."""
    if training.divergence is not None:
        print(training.divergence, file=sys.stderr)
        raise typer.Exit(1)
    if training.status == "interrupted":
        print("Interrupted: the results are those reached so far.", file=sys.stderr)
        raise typer.Exit(130)


def add_to(app: typer.Typer) -> None:
    """Add the command to an application, with an option for each setting of an experiment."""
    signature = inspect.signature(train)
    fixed = [each for each in signature.parameters.values() if each.kind is not inspect.Parameter.VAR_KEYWORD]
    options = setting_options()
    train.__signature__ = signature.replace(parameters=[*fixed, *options])  # type: ignore[attr-defined]
    train.__annotations__.update({option.name: option.annotation for option in options})
    app.command(help=HELP, epilog=EXAMPLES)(train)
