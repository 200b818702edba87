"""The command ``python -m benchmarks``: measure, show, and keep the results."""

import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from benchmarks import draw, estimators, import_time, page, playground, report, seeds, shapes, sizes
from benchmarks.field import FIELD, find_node
from benchmarks.rounds import Measured, measure, pinned
from benchmarks.workloads import WORKLOADS, Samples, Workload, make_samples

RESULTS = Path(__file__).with_name("results.json")
OTHERS: dict[str, Callable[[], list[report.Row]]] = {
    "import": import_time.rows,
    "sizes": sizes.rows,
    "page": page.rows,
    "draw": draw.rows,
    "seeds": seeds.rows,
    "shapes": shapes.rows,
    "playground": playground.rows,
    "estimators": estimators.rows,
}
PARTS = (*(workload.key for workload in WORKLOADS), *OTHERS)


def main(
    only: Annotated[
        list[str] | None, typer.Option(help=f"A part to measure: {', '.join(PARTS)}. May be repeated.")
    ] = None,
    contestant: Annotated[list[str] | None, typer.Option(help="A contestant that takes part. May be repeated.")] = None,
    rounds: Annotated[int, typer.Option(min=1, help="Rounds that count.")] = 7,
    seconds: Annotated[float, typer.Option(min=0.01, help="CPU seconds of a contestant's turn, at least.")] = 0.4,
    quick: Annotated[
        bool, typer.Option("--quick", help="3 rounds of 0.1 s, 10 s of drawing: to see that all works.")
    ] = False,
    node: Annotated[str, typer.Option(help="The Node to run JavaScript with, if not the project's own.")] = "",
    markdown: Annotated[Path | None, typer.Option(help="Write the tables to this file too, as Markdown.")] = None,
) -> None:
    """Measure training throughput beside other libraries, the time to import, sizes, and the page."""
    parts = _chosen(only, PARTS, "--only")
    names = _chosen(contestant, [each.name for each in FIELD], "--contestant")
    if quick:
        rounds, seconds = 3, 0.1
    console = Console()
    workloads = [workload for workload in WORKLOADS if workload.key in parts]
    samples = {workload.key: make_samples(workload) for workload in workloads}
    results = _throughput(console, workloads, samples, names, node or find_node(), rounds, seconds)
    others = OTHERS | {"draw": partial(draw.rows, 10.0)} if quick else OTHERS
    rows = [row for part, measure_part in others.items() if part in parts for row in measure_part()]
    tables = [
        report.throughput_table(workloads, results),
        report.goals_table(results),
        ("Start, sizes and the page", ("", "measured", "goal", ""), rows),
    ]
    tables = [table for table in tables if table[2]]
    lines = report.footnotes(workloads, samples, results)
    for title, heads, body in tables:
        _show(console, title, heads, body)
    for line in lines:
        console.print(line, style="dim", highlight=False)
    kept = {"throughput": report.as_json(results), "others": rows}
    RESULTS.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    if markdown:
        markdown.write_text(report.markdown(tables, lines), encoding="utf-8")


def _throughput(
    console: Console,
    workloads: list[Workload],
    samples: dict[str, Samples],
    names: list[str],
    node: str,
    rounds: int,
    seconds: float,
) -> dict[str, dict[str, Measured]]:
    wanted = [contestant for contestant in FIELD if contestant.name in names]
    missing = {contestant.name: contestant.missing(node) for contestant in wanted}
    if workloads:
        for name, reason in missing.items():
            if reason:
                console.print(f"Without {name}: {reason}.")
    taking_part = [contestant for contestant in wanted if not missing[contestant.name]]
    results = {}
    with console.status("") as status, pinned():
        for workload in workloads:
            results[workload.key] = measure(
                workload, samples[workload.key], taking_part, node, rounds, seconds, status.update
            )
    return results


def _chosen(asked: list[str] | None, known: list[str] | tuple[str, ...], option: str) -> list[str]:
    unknown = [name for name in asked or [] if name not in known]
    if unknown:
        raise typer.BadParameter(f"there is no {unknown[0]!r}: choose among {', '.join(known)}.", param_hint=option)
    return asked or list(known)


def _show(console: Console, title: str, heads: report.Row, body: Sequence[report.Row]) -> None:
    table = Table(title=title)
    for number, head in enumerate(heads):
        table.add_column(head, justify="right" if number else "left", no_wrap=number > 0)
    for row in body:
        table.add_row(*row)
    console.print(table)


if __name__ == "__main__":
    typer.run(main)
