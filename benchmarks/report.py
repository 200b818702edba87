"""Say what was measured: tables for the terminal, Markdown for the docs, JSON for machines."""

import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.field import FIELD, GOALS, NATIVE, NODE, Contestant
from benchmarks.rounds import Measured, times_as_fast
from benchmarks.workloads import Samples, Workload

Results = Mapping[str, Mapping[str, Measured]]
"""What each contestant did, by the workload's key and then by the contestant's name."""

Row = tuple[str, ...]

Table = tuple[str, Row, Sequence[Row]]
"""A title, the head of each column, and the rows."""


def throughput_table(workloads: Sequence[Workload], results: Results) -> Table:
    """Show samples/s of every contestant, and how many times as fast Pellucid is."""
    heads = ("samples/s", *(f"{workload.key}\n{workload.title}" for workload in workloads))
    body: list[Row] = []
    for contestant in FIELD:
        cells = [_cell(contestant, results[workload.key]) for workload in workloads]
        if any(cells):
            body.append((contestant.name, *cells))
    return "Training throughput on one core, and how many times as fast Pellucid is", heads, body


def goals_table(results: Results) -> Table:
    """Show the ratios that the project holds itself to."""
    body: list[Row] = []
    for goal in GOALS:
        measured = results.get(goal.workload, {})
        if goal.pellucid.name in measured and goal.rival in measured:
            ratio = times_as_fast(measured[goal.pellucid.name], measured[goal.rival])
            reached = "reached" if ratio >= goal.times else "not reached"
            name = f"{goal.workload}: {goal.pellucid.name} beside {goal.rival}"
            body.append((name, f"{ratio:.3g}×", f"≥ {goal.times:g}×", reached))
    return "Goals for the throughput", ("", "times as fast", "goal", ""), body


def footnotes(workloads: Sequence[Workload], samples: Mapping[str, Samples], results: Results) -> list[str]:
    """Say what the numbers stand for, and where a contestant could not do the same."""
    if not results:
        return []
    lines = [
        f"{work.key}: {work.title}, {work.activation} in every layer, squared error, plain SGD, "
        f"batch {work.batch_size}, {work.samples} samples of {_data(work, samples[work.key])}."
        for work in workloads
    ]
    lines.append(
        "Medians of interleaved rounds, in CPU seconds of the contestant's process, all on one core and in one thread; "
        "whole epochs with their shuffling. JavaScript rivals are set beside Pellucid in Node, Python ones beside the "
        "native one."
    )
    present = {name for measured in results.values() for name in measured}
    notes: dict[str, list[str]] = {}
    for contestant in FIELD:
        if contestant.name in present and contestant.note:
            notes.setdefault(contestant.note, []).append(contestant.name)
    lines += [f"{' and '.join(names)}: {note}." for note, names in notes.items()]
    for key, measured in results.items():
        lazy = [name for name, one in measured.items() if not one.learned]
        lines += [f"{key}: {name} did not learn (loss {measured[name].loss:.3g})." for name in lazy]
    versions = {name: one.version for measured in results.values() for name, one in measured.items()}
    lines.append("; ".join([*(f"{name} {version}" for name, version in versions.items()), _machine()]) + ".")
    return lines


def markdown(tables: Sequence[Table], lines: Sequence[str]) -> str:
    """Write tables and footnotes for the docs."""
    blocks = []
    for title, heads, body in tables:
        rule = ("---", *["---:"] * (len(heads) - 1))
        rows = "\n".join(f"| {' | '.join(row)} |".replace("\n", "<br>") for row in [heads, rule, *body])
        blocks.append(f"**{title}**\n\n{rows}")
    blocks.append("\n".join(f"- {line}" for line in lines))
    return "\n\n".join(blocks) + "\n"


def as_json(results: Results) -> dict[str, dict[str, object]]:
    """Lay the results out for a JSON file, every round and its median."""
    return {
        key: {name: {**asdict(one), "median": one.median} for name, one in measured.items()}
        for key, measured in results.items()
    }


def verdict(value: float, most: float | None) -> str:
    """Say whether a value that should be small reached its goal; nothing if there is none."""
    if most is None:
        return ""
    return "reached" if value <= most else "not reached"


def quantity(value: float) -> str:
    """Shorten a number of samples: ``2.21 M``, ``310 k``."""
    for size, letter in ((1e6, " M"), (1e3, " k")):
        if value >= size:
            return f"{value / size:#.3g}".rstrip(".") + letter
    return f"{value:.3g}"


def _cell(contestant: Contestant, measured: Mapping[str, Measured]) -> str:
    if contestant.name not in measured:
        return ""
    text = quantity(measured[contestant.name].median)
    pellucid = NODE if contestant.beside == "node" else NATIVE
    if contestant == pellucid or pellucid.name not in measured:
        return text
    return f"{text} {times_as_fast(measured[pellucid.name], measured[contestant.name]):.3g}×"


def _data(workload: Workload, samples: Samples) -> str:
    if workload.data == "moons":
        return "moons"
    side = round(workload.sizes[0] ** 0.5)
    return f"pen strokes on {side} × {side} cells, {samples.inputs.mean():.1%} of them on"


def _machine() -> str:
    model = platform.processor() or platform.machine()
    processors = Path("/proc/cpuinfo")
    if processors.exists():
        lines = processors.read_text(encoding="utf-8").splitlines()
        model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), model)
    return f"Python {platform.python_version()}, {platform.system()}, {model}"
