"""The run that a command begins with, from the options that all commands which train have."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from pellucid.commands.options import SEEDS, changed, setting_options
from pellucid.errors import ArgumentError, ExperimentError
from pellucid.experiment import Experiment
from pellucid.link import decode
from pellucid.run import Run

MOST_EPOCHS = 1_000_000_000

ExperimentOption = Annotated[
    str | None,
    typer.Option(metavar="FILE|LINK", help="Start from the experiment in a JSON file or a link of the page."),
]
SeedOption = Annotated[
    str | None,
    typer.Option(
        metavar="NUMBER", help="Seed of everything: data, weights and order, which have options of their own too."
    ),
]
ResumeOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Go on with the run in this file of --save, with the same bits as if it never stopped."
    ),
]


def started(experiment: str | None, seed: str | None, resume: Path | None, settings: dict[str, str | None]) -> Run:
    """Return the run that the options describe."""
    texts = {name: text for name, text in settings.items() if text is not None}
    if seed is not None:
        texts = {**dict.fromkeys(SEEDS, _checked_seed(seed)), **texts}
    if resume is not None:
        return _resumed(resume, experiment, texts)
    return Run(changed(Experiment() if experiment is None else found_experiment(experiment), texts))


def found_experiment(file_or_link: str) -> Experiment:
    """Return the experiment of a file or a link; what has a # or an = and is no file is a link."""
    is_file = Path(file_or_link).is_file() if len(file_or_link) < 256 else False
    if not is_file and ("#" in file_or_link or "=" in file_or_link):
        return decode(file_or_link)
    return Experiment.open(file_or_link)


def checked_epochs(text: str) -> int:
    """Return a number of epochs, or refuse it."""
    if not (text.isdecimal() and int(text[:11]) <= MOST_EPOCHS):
        raise ArgumentError(f"--epochs is {text!r}, but must be a whole number from 0 to {MOST_EPOCHS}.")
    return int(text)


def with_settings(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command, which takes settings as keywords, an option for each setting of an experiment."""
    signature = inspect.signature(command)
    fixed = [each for each in signature.parameters.values() if each.kind is not inspect.Parameter.VAR_KEYWORD]
    options = setting_options()
    command.__signature__ = signature.replace(parameters=[*fixed, *options])  # type: ignore[attr-defined]
    command.__annotations__.update({option.name: option.annotation for option in options})
    return command


def _checked_seed(text: str) -> str:
    """Return the seed of everything as it was given, or refuse it once instead of three times."""
    try:
        changed(Experiment(), {SEEDS[0]: text})
    except ExperimentError as error:
        raise ArgumentError(str(error).replace("--data-seed", "--seed")) from None
    return text


def _resumed(path: Path, experiment: str | None, texts: dict[str, str]) -> Run:
    """Return the run of a file, which brings its own settings."""
    if experiment is not None or texts:
        option = "--experiment" if experiment is not None else f"--{next(iter(texts)).replace('_', '-')}"
        raise ArgumentError(f"{option} cannot be used with --resume, since the file holds all settings of its run.")
    return Run.open(path)
