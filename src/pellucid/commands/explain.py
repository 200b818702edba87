"""``pellucid explain``: how an update is computed, number by number."""

import html
import json
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.text import Text

from pellucid.account import Account
from pellucid.account.text import rows_of
from pellucid.commands.files import check_writable
from pellucid.commands.leaving import leave
from pellucid.commands.progress import train_with_bar
from pellucid.commands.starting import (
    ExperimentOption,
    ResumeOption,
    SeedOption,
    checked_epochs,
    started,
    with_settings,
)
from pellucid.errors import ArgumentError
from pellucid.interruption import Interruption
from pellucid.run import Run
from pellucid.saved import write

Format = Literal["text", "html", "latex", "json"]

HELP = """Print how an update is computed: backpropagation as a worked example, with the engine's own numbers.

The network is trained first, as by pellucid train, with the same options. Then every number of its next update stands \
with its formula, the numbers that it was made from, and the line of Python that computed it: inputs, each layer's z \
and a, the loss, each layer's δ, the gradients, the steps, and the loss after them. Of long sums and large layers what \
is largest is shown; --whole shows all.
"""

EXAMPLES = """[bold]Examples[/bold]

pellucid explain --data moons --hidden 3 --epochs 50 --sample 17

pellucid explain --hidden 2 --batch-size 5 --optimizer adam --epochs 10 --whole

pellucid explain --data bumps --hidden 2 --epochs 0 --sample 0 --format html --output update.html

pellucid train --data blobs --save blobs.json, and later pellucid explain --resume blobs.json --epochs 0

In Python: print(run.explain(x, y))
"""

STYLES = {"title": "bold", "stage": "bold", "formula": "cyan", "source": "dim", "note": "italic", "numbers": ""}


def explain(
    *,
    experiment: ExperimentOption = None,
    epochs: Annotated[
        str, typer.Option(metavar="NUMBER", help="Passes over the training samples before, 0 to 1000000000.")
    ] = "100",
    sample: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBER",
            help="Make the update on this sample alone: a row of the samples trained on, from 0. "
            "Without it the update is the next one, on the next batch, whose first sample is looked at.",
        ),
    ] = None,
    whole: Annotated[bool, typer.Option("--whole", help="Show long sums and large layers whole.")] = False,
    form: Annotated[
        Format, typer.Option("--format", help="What is written; html and latex are documents of their own.")
    ] = "text",
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write to this file instead of the terminal.")
    ] = None,
    seed: SeedOption = None,
    resume: ResumeOption = None,
    **settings: str | None,
) -> None:
    """Train an experiment and print the account of an update."""
    passes = checked_epochs(epochs)
    if output is not None:
        check_writable(output)
    with Interruption() as interruption:
        run = started(experiment, seed, resume, settings)
        # A sample that there is not is better refused before a long training than after it.
        _account(run, sample)
        training = train_with_bar(run, passes, interruption)
    if training.divergence is None:
        account = _account(run, sample)
        if output is not None:
            write(output, _written(account, form, whole=whole) + "\n")
        elif form == "text":
            _print(account, whole=whole)
        else:
            print(_written(account, form, whole=whole))
    leave(training)


def _account(run: Run, sample: str | None) -> Account:
    if sample is None:
        return run.explain()
    if not sample.isdecimal():
        raise ArgumentError(f"--sample is {sample!r}, but must be the row of a sample that is trained on, from 0.")
    return run.explain(sample=int(sample[:11]))


def _print(account: Account, *, whole: bool) -> None:
    """Print text, in a terminal with its formulas set off."""
    console = Console(highlight=False)
    if not console.is_terminal:
        print(account.text(whole=whole))
        return
    for role, text in rows_of(account, whole=whole):
        console.print(Text(text, style=STYLES[role]), soft_wrap=True)


def _written(account: Account, form: Format, *, whole: bool) -> str:
    match form:
        case "json":
            return json.dumps(account.to_dict(), ensure_ascii=False, indent=1)
        case "html":
            head = f'<!doctype html>\n<meta charset="utf-8">\n<title>{html.escape(account.title)}</title>\n'
            return head + account.html(whole=whole).rstrip()
        case "latex":
            head = "\\documentclass{article}\n\\usepackage[margin=2cm]{geometry}\n\\usepackage{amsmath}\n"
            return f"{head}\\begin{{document}}\n{account.latex(whole=whole)}\\end{{document}}"
    return account.text(whole=whole)


def add_to(app: typer.Typer) -> None:
    """Add the command to an application, with an option for each setting of an experiment."""
    app.command(help=HELP, epilog=EXAMPLES)(with_settings(explain))
