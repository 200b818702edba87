"""``pellucid sweep``: many experiments on many cores, or on a cluster."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from pellucid.commands.files import check_writable
from pellucid.commands.sweep_options import chosen, number
from pellucid.errors import ArgumentError, SweepError
from pellucid.extras import need
from pellucid.interruption import Interruption
from pellucid.sweeps import SweepResult
from pellucid.sweeps.cluster import connected
from pellucid.sweeps.plan import Plan, plan
from pellucid.sweeps.progress import Progression
from pellucid.sweeps.report import markdown, put
from pellucid.sweeps.sheet import Sheet
from pellucid.sweeps.store import look
from pellucid.sweeps.sweeping import carry_through, processes

HELP = """Run an experiment many times, with other settings and other seeds, on all cores or on a cluster.

SPEC is a TOML or JSON file that says what varies: a grid of values, random draws, and how many seeds; --example \
prints one that explains itself. Results are appended to a file as they come, so that a sweep may be stopped at any \
time: the same command goes on where it was, and with more seeds or values adds to it. In the end a table shows the \
median of each combination over its seeds, and how far the seeds are apart.
"""

EXAMPLES = """[bold]Examples[/bold]

pellucid sweep --example > units.toml, and then pellucid sweep units.toml --plot units.svg

pellucid sweep units.toml --results units.parquet --seeds 100

pellucid sweep --grid data.kind=circles,moons --grid training.learning_rate=0.01,0.1,1 --seeds 20 --epochs 100

pellucid sweep units.toml --cluster tcp://192.168.1.20:8786

In Python: pellucid.sweep(base=Experiment(), grid={"training.learning_rate": \\[0.01, 0.1]}, seeds=20)
"""

MOST_ROWS = 40
"""Lines of a table that are printed; the file has all."""

FRAME = 3
"""Characters around a cell of a table with a frame."""


def sweep(
    *,
    spec: Annotated[
        Path | None, typer.Argument(metavar="SPEC", help="TOML or JSON file that says what is run.")
    ] = None,
    grid: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SETTING=VALUES", help="Without SPEC: a setting, by its path, and its values; repeatable."
        ),
    ] = None,
    experiment: Annotated[
        str | None, typer.Option(metavar="FILE|LINK", help="Without SPEC: what all runs have in common.")
    ] = None,
    seeds: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="How many seeds, in place of what SPEC says.")
    ] = None,
    epochs: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="Passes over the training samples, in place of what SPEC says.")
    ] = None,
    results: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Append results to this .csv or .parquet file; none keeps none. "
            "Default: the name of SPEC with .csv, in this folder.",
        ),
    ] = None,
    jobs: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="Processes on this machine. Default: one for each core.")
    ] = None,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Run on the Dask cluster whose scheduler is at this address.")
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="What the table is about: test_accuracy, accuracy, test_loss, loss, objective."
        ),
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw the table into this .svg, .png or .pdf file.")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write table and plot as Markdown, to a new file or to their place in one that is there.",
        ),
    ] = None,
    summary: Annotated[bool, typer.Option("--summary", help="Run nothing; show what the results file has.")] = False,
    example: Annotated[bool, typer.Option("--example", help="Print a SPEC that explains itself, and end.")] = False,
) -> None:
    """Run a sweep and show what it found."""
    if example:
        print((files("pellucid.sweeps") / "example.toml").read_text(encoding="utf-8"), end="")
        return
    planned = plan(chosen(spec, grid, experiment, seeds, epochs, measure))
    file = _results_file(results, spec)
    for written in (plot, report):
        if written is not None:
            check_writable(written)
    if plot is not None:
        need("matplotlib", "The plot of a sweep")
    if cluster is not None and jobs is not None:
        raise ArgumentError("Both --cluster and --jobs are given, but a cluster has its own number of workers.")
    count = None if jobs is None else number("--jobs", jobs, 1, 4096)
    if summary:
        _show(_looked(planned, file), plot, report, "nothing")
        return
    with _stopping() as interruption:
        result, workers = _carried(planned, file, count, cluster, interruption)
    _show(result, plot, report, workers)
    if not result.complete:
        _say_how_to_go_on(result, file)
        raise typer.Exit(130)


def _results_file(results: Path | None, spec: Path | None) -> Path | None:
    if results is None:
        return None if spec is None else Path(f"{spec.stem}.csv")
    return None if str(results) == "none" else results


@contextmanager
def _stopping() -> Iterator[Interruption]:
    """Hear Ctrl-C, and SIGTERM, by which batch systems end what takes too long."""
    before = signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        with Interruption() as interruption:
            yield interruption
    finally:
        signal.signal(signal.SIGTERM, before)


def _looked(planned: Plan, file: Path | None) -> SweepResult:
    if file is None:
        raise ArgumentError("--summary shows what a results file has; --results names it.")
    return SweepResult(planned, look(file, planned))


def _carried(
    planned: Plan, file: Path | None, jobs: int | None, cluster: str | None, interruption: Interruption
) -> tuple[SweepResult, str]:
    """Return what the sweep arrived at, and what carried it out."""
    place = processes(jobs) if cluster is None else connected(cluster)
    try:
        with place as carrying, Progression() as progression:
            workers = carrying[1]()
            result = carry_through(planned, carrying, file, progression, lambda: interruption.wanted)
    except SweepError as error:
        raise SweepError(f"{error}{_where(file)}") from None
    except KeyboardInterrupt:
        print(_where(file).strip() or "Interrupted.", file=sys.stderr)
        raise
    kind = ("process", "processes") if cluster is None else ("thread of a cluster", "threads of a cluster")
    return result, f"{workers} {kind[workers != 1]}"


def _where(file: Path | None) -> str:
    """Return the sentence that says where the results are, with a space before it; nothing where there are none."""
    if file is None or not file.exists():
        return ""
    return f" What was done is in {str(file)!r}; the same command goes on from there."


def _show(result: SweepResult, plot: Path | None, report: Path | None, workers: str) -> None:
    """Print the table, and write what was asked for."""
    if not result.runs:
        return
    summary = result.summary()
    console = Console(highlight=False)
    print_sheet(console, summary.sheet())
    text = markdown(result, workers=workers, picture=None if plot is None else _seen_from(plot, report))
    console.print(text.rstrip().rpartition("\n\n")[2], soft_wrap=True)
    if plot is not None:
        from pellucid.sweeps.picture import save

        save(summary, plot)
    if report is not None:
        put(text, report)


def _seen_from(plot: Path, report: Path | None) -> str:
    folder = (report or plot).resolve().parent
    try:
        return plot.resolve().relative_to(folder).as_posix()
    except ValueError:
        return plot.as_posix()


def print_sheet(console: Console, sheet: Sheet) -> None:
    """Print a table, in a terminal that is broad enough with a frame."""
    if not console.is_terminal or sheet.width + FRAME * len(sheet.headings) > console.width:
        print(sheet.text(), end="\n\n")
        return
    console.print(sheet.caption, soft_wrap=True)
    table = Table()
    for place, heading in enumerate(sheet.headings):
        table.add_column(heading, justify="right" if place else "left")
    for row in sheet.rows[:MOST_ROWS]:
        table.add_row(*row)
    console.print(table)
    if len(sheet.rows) > MOST_ROWS:
        console.print(f"… and {len(sheet.rows) - MOST_ROWS:,} more, which --report writes.")


def _say_how_to_go_on(result: SweepResult, file: Path | None) -> None:
    done = f"{result.runs:,} of {len(result.plan.runs):,} runs are done"
    end = "without --results they are not kept" if file is None else "the same command goes on from there"
    where = "" if file is None else f" and in {str(file)!r}"
    print(f"Interrupted: {done}{where}; {end}.", file=sys.stderr)


def add_to(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command(help=HELP, epilog=EXAMPLES)(sweep)
