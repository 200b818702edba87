"""Summaries, pictures, reports and the bar: what a person sees of a sweep."""

import contextlib
import io
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from rich.console import Console

from pellucid.commands.sweep import print_sheet
from pellucid.errors import ArgumentError, StateError
from pellucid.sweeps import progress
from pellucid.sweeps.picture import save
from pellucid.sweeps.progress import Progression
from pellucid.sweeps.report import BEGIN, END, markdown, put
from pellucid.sweeps.result import SweepResult
from pellucid.sweeps.work import Outcome
from sweeps.sweeps import planned

mpl.use("Agg")


def made_up(measure: str = "test_accuracy", lost: Mapping[int, str] | None = None, **settings: Any) -> SweepResult:
    """Return a result whose measures are the numbers 0, 0.01, 0.02, … in the order of the plan."""
    found = planned(**settings)
    outcomes = {}
    for place, run in enumerate(found.runs):
        status: Any = (lost or {}).get(place, "finished")
        measures: Any = {measure: place / 100} if status == "finished" else {}
        outcomes[run.key] = Outcome(run.key, status, epochs=20, seconds=0.5, **measures)
    return SweepResult(found, outcomes, made=len(outcomes), seconds=2.0)


def test_a_summary_has_the_quantiles_of_each_combination_over_its_seeds() -> None:
    result = made_up(lost={1: "diverged", 6: "failed"})
    summary = result.summary()
    assert summary.measure == "test_accuracy"
    for place, row in enumerate(summary.rows):
        finished = [number / 100 for number in range(place, 16, 4) if number not in (1, 6)]
        assert (row.low, row.median, row.high) == pytest.approx(np.quantile(finished, [0.1, 0.5, 0.9]))
        assert row.runs == 4
    assert [(row.diverged, row.failed) for row in summary.rows] == [(0, 0), (1, 0), (0, 1), (0, 0)]
    assert repr(summary).splitlines() == [
        "Median test accuracy of 4 runs each (10 % and 90 % quantile). Across: data kind.",
        "",
        "units of hidden layer 1                      circles                         moons",
        "-----------------------  ---------------------------  ----------------------------",
        "1                                   6.0 % (1.2–10.8)  9.0 % (5.8–12.2), 1 diverged",
        "2                        10.0 % (3.6–13.2), 1 failed              9.0 % (4.2–13.8)",
    ]


def test_a_summary_is_about_what_the_runs_have_or_what_is_asked_for() -> None:
    assert made_up("test_loss").summary().measure == "test_loss"
    assert made_up("loss", lost=dict.fromkeys(range(16), "diverged")).summary().measure == "loss"
    assert made_up("loss").summary("objective").rows[0].median != 0
    assert made_up(measure="loss", seeds=2).summary("loss").rows[1].median == pytest.approx(0.03)
    with pytest.raises(ArgumentError, match="The measure is 'acc', but must be one of test_accuracy, accuracy,"):
        made_up().summary("acc")


def test_random_draws_are_listed_with_the_best_first() -> None:
    random = {"training.learning_rate": {"low": 0.01, "high": 1, "log": True}}
    settings: dict[str, Any] = {"grid": {}, "random": random, "draws": 5, "seeds": 1}
    accuracies = [row.median for row in made_up(**settings).summary().rows]
    losses = [row.median for row in made_up("test_loss", lost={2: "diverged"}, **settings).summary().rows]
    assert accuracies == [0.04, 0.03, 0.02, 0.01, 0]
    assert losses[:4] == [0, 0.01, 0.03, 0.04]
    assert np.isnan(losses[4])
    assert "best first" in made_up(**settings).summary().sheet().caption


def test_what_no_run_finished_is_only_said_to_be_lost() -> None:
    result = made_up(lost={0: "diverged", 4: "failed", 8: "diverged", 12: "diverged"})
    assert result.summary().sheet().rows[0] == ("1", "3 diverged, 1 failed", "7.0 % (2.2–11.8)")
    settings: dict[str, Any] = {"grid": {"data.noise": [0, 1]}, "lost": dict.fromkeys(range(0, 8, 2), "diverged")}
    assert made_up(**settings).summary().sheet().rows[0] == ("0", "4", "–", "4 diverged")


@pytest.mark.parametrize("width", [30, 40, 120])
def test_a_table_is_printed_whole_in_a_terminal_of_any_width(width: int) -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=width, color_system=None)
    sheet = made_up().summary().sheet()
    with contextlib.redirect_stdout(console.file):
        print_sheet(console, sheet)
    out = console.file.getvalue()  # type: ignore[attr-defined]
    assert sheet.caption in out
    assert all(cell in out for row in sheet.rows for cell in row)
    assert ("┃" in out) == (width == 120)


def test_three_settings_make_a_list() -> None:
    grid = {"network.hidden.0.units": [1, 2], "data.kind": ["circles", "moons"], "training.learning_rate": [0.01, 0.1]}
    sheet = made_up(grid=grid).summary().sheet()
    assert sheet.headings == ("units of hidden layer 1", "data kind", "learning rate", "runs", "median", "10 % to 90 %")
    assert sheet.rows[0] == ("1", "circles", "0.01", "4", "12.0 %", "(2.4–21.6)")


def test_the_picture_shows_medians_and_the_band_around_them() -> None:
    result = made_up(grid={"network.hidden.0.units": [1, 2, 5], "data.kind": ["circles", "moons"]})
    axes = Figure().subplots()
    assert result.plot(axes) == [axes]
    rows = result.summary().rows
    for line, kind in zip(axes.get_lines(), ("circles", "moons"), strict=True):
        assert line.get_label() == kind
        assert line.get_xdata().tolist() == [1, 2, 5]  # type: ignore[union-attr]
        medians = [row.median for row in rows if row.values["data.kind"] == kind]
        assert line.get_ydata().tolist() == medians  # type: ignore[union-attr]
    band = axes.collections[0].get_paths()[0].vertices
    circles = [row for row in rows if row.values["data.kind"] == "circles"]
    edges = {round(edge, 9) for row in circles for edge in (row.low, row.high)}
    assert {round(float(y), 9) for y in np.asarray(band)[:, 1]} == edges
    assert axes.get_xlabel() == "units of hidden layer 1"
    assert axes.get_ylabel() == "test accuracy (median, 10 % to 90 %)"
    assert axes.get_xticks().tolist() == [1, 2, 5]


def test_more_settings_get_panels_and_wide_ranges_a_logarithmic_axis() -> None:
    grid = {
        "network.hidden.0.units": [1, 2, 3],
        "data.kind": ["circles", "moons"],
        "training.optimizer": ["sgd", "adam"],
    }
    panels = made_up(grid=grid).plot()
    assert len(panels) == 2
    assert {axes.get_title(loc="left") for axes in panels} == {"optimizer sgd", "optimizer adam"}
    assert [axes.yaxis.label.get_visible() for axes in panels] == [True, False]  # they share the axis
    with pytest.raises(ArgumentError, match="has 2 panels; leave ax out"):
        made_up(grid=grid).plot(Figure().subplots())
    assert made_up(grid={"training.learning_rate": [0.001, 0.01, 0.1]}).plot()[0].get_xscale() == "log"
    assert made_up(grid={"training.learning_rate": [0.01, 0.02]}).plot()[0].get_xscale() == "linear"
    names = made_up(grid={"network.hidden": [[], [{"units": 2}]]}).plot()[0]
    assert [label.get_text() for label in names.get_xticklabels()] == ["none", "2 tanh"]
    drawn = made_up(grid={}, random={"data.noise": {"low": 0, "high": 1}, "training.optimizer": ["sgd", "adam"]})
    assert [axes.get_xlabel() for axes in drawn.plot()] == ["noise", "optimizer"]
    both = made_up(grid={"data.kind": ["moons", "xor"]}, random={"data.noise": {"low": 0, "high": 1}}).plot()
    legend = both[0].get_legend()
    assert legend is not None
    assert {text.get_text() for text in legend.get_texts()} == {"xor", "moons"}
    from matplotlib import pyplot as plt

    plt.close("all")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"grid": {}}, "no setting varies in it"),
        ({"lost": dict.fromkeys(range(16), "failed")}, "no run of it finished"),
        (
            {
                "grid": {
                    "data.samples": range(10, 24),
                    "data.noise": np.linspace(0, 1, 13),
                    "training.learning_rate": np.linspace(0.1, 1, 9),
                },
                "seeds": 1,
            },
            "would have 117 panels, but 12 can be seen",
        ),
    ],
)
def test_what_cannot_be_drawn_is_said(settings: dict[str, Any], sentence: str) -> None:
    axes = Figure().subplots()
    with pytest.raises(ArgumentError, match=sentence):
        made_up(**settings).plot(axes)


@pytest.mark.parametrize("name", ["x.svg", "x.png", "x.pdf"])
def test_a_plot_is_written_by_its_name(name: str, tmp_path: Path) -> None:
    summary = made_up().summary()
    save(summary, tmp_path / name)
    content = (tmp_path / name).read_bytes()
    assert content[:4] in (b"<?xm", b"\x89PNG", b"%PDF")
    if name == "x.svg":
        save(summary, tmp_path / "y.svg")
        assert (tmp_path / "y.svg").read_bytes() == content


def test_a_plot_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StateError, match=r"The plot '.*x.tiger' cannot be written: Format 'tiger' is not supported"):
        save(made_up().summary(), tmp_path / "x.tiger")


def test_a_report_is_put_in_its_place_and_nowhere_else(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    put("first", path)
    assert path.read_text() == f"{BEGIN}\n\nfirst\n{END}\n"
    path.write_text(f"# Mine\n\n{BEGIN}\nold\n{END}\n\nend\n")
    put("second\n", path)
    assert path.read_text() == f"# Mine\n\n{BEGIN}\n\nsecond\n\n{END}\n\nend\n"
    path.write_text("# Mine\n")
    with pytest.raises(
        StateError, match=r"report.md' has no place for the report: the lines '<!-- pellucid sweep -->'"
    ):
        put("third", path)
    assert path.read_text() == "# Mine\n"


def test_a_report_says_what_was_done_and_what_it_took() -> None:
    text = markdown(made_up(lost={1: "diverged"}), workers="2 processes", picture="x.svg")
    assert "| 1 | 6.0 % (1.2–10.8) | 9.0 % (5.8–12.2), 1 diverged |" in text
    assert "](x.svg)" in text
    took = "They took 8.0 s of processor time, and 2.0 s on the clock with 2 processes."
    assert f"16 runs of 4 combinations, 20 epochs each: 15 finished, 1 diverged. {took}" in text


def outcomes(count: int, status: Any = "finished") -> list[Outcome]:
    return [Outcome(str(number), status) for number in range(count)]


def test_the_bar_shows_how_far_it_is_and_how_long_it_will_take() -> None:
    text = io.StringIO()
    console = Console(file=text, force_terminal=True, width=120, color_system=None)
    with Progression(console) as progression:
        progression.begin(100, 1000)
        for _ in range(5):
            progression.came([*outcomes(99), *outcomes(1, "diverged")])
        progression._bar.refresh()
        progression.stopping(7)
    said = text.getvalue()
    assert "600 of 1,000 runs, 5 diverged" in said
    assert "left" in said
    assert "Stopping after the 7 runs under way; Ctrl-C stops at once." in said


def test_where_there_is_no_terminal_a_line_is_written_from_time_to_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 5.0
    monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: now))
    text = io.StringIO()
    with Progression(Console(file=text, width=20), line_seconds=10) as progression:
        progression.begin(100, 1000)
        for seconds, count, status in (
            (1000, 100, "finished"),  # the workers started
            (9.9, 300, "finished"),
            (0.1, 100, "finished"),
            (9.9, 100, "failed"),
            (0.1, 300, "failed"),
        ):
            now += seconds
            progression.came(outcomes(count, status))
    assert text.getvalue().splitlines() == [
        "600 of 1,000 runs, about 10 s left",
        "1,000 of 1,000 runs, 400 failed, about 0 s left",
    ]
