"""How a command that trains ends."""

import sys

import typer

from pellucid.commands.training import Training


def leave(training: Training) -> None:
    """Say why the training ended early, and end with a status that says so too."""
    if training.divergence is not None:
        print(training.divergence, file=sys.stderr)
        raise typer.Exit(1)
    if training.status == "interrupted":
        print("Interrupted: the results are those reached so far.", file=sys.stderr)
        raise typer.Exit(130)
