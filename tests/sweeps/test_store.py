"""The results file: what is in it is kept, not run again, and belongs to one sweep."""

import errno
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow.parquet
import pytest

from pellucid import Experiment
from pellucid.errors import StateError, SweepError
from pellucid.sweeps import store as store_module
from pellucid.sweeps.plan import Plan
from pellucid.sweeps.progress import Silence
from pellucid.sweeps.result import SweepResult
from pellucid.sweeps.store import Store, look
from pellucid.sweeps.sweeping import carry_through
from pellucid.sweeps.work import carry_out
from sweeps.executors import Here
from sweeps.sweeps import planned, rows_of, without_times


def swept(found: Plan, path: Path | None, stop_after: float = np.inf) -> SweepResult:
    """Carry out a sweep in this process; stop when so many runs came."""
    came: list[Any] = []

    class Counting(Silence):
        def came(self, outcomes: Any) -> None:
            came.extend(outcomes)

    return carry_through(found, (Here(), lambda: 1), path, Counting(), lambda: len(came) >= stop_after)


@pytest.mark.parametrize("name", ["x.csv", "x.parquet"])
def test_a_sweep_goes_on_where_it_was_and_runs_nothing_twice(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    found = planned()
    first = swept(found, path, stop_after=3)
    assert 3 <= first.runs < 16
    assert not first.complete
    second = swept(found, path)
    assert (second.runs, second.made) == (16, 16 - first.runs)
    third = swept(found, path)
    assert (third.runs, third.made) == (16, 0)
    whole = swept(found, None)
    assert set(third.columns) == set(whole.columns)
    for column in set(whole.columns) - {"seconds"}:
        np.testing.assert_array_equal(third[column], whole[column])
    assert sorted(each.name for each in tmp_path.iterdir()) == [name, f"{name}.sweep.json"]


def test_a_csv_file_has_a_row_for_each_run_with_every_number_in_full(tmp_path: Path) -> None:
    result = swept(planned(), tmp_path / "x.csv")
    frame = pd.read_csv(tmp_path / "x.csv", keep_default_na=False)
    assert list(frame.columns) == list(result.columns)
    assert list(frame.columns)[:5] == [
        "network.hidden.0.units",
        "data.kind",
        "data.seed",
        "network.seed",
        "training.seed",
    ]
    for name, column in result.columns.items():
        assert frame[name].tolist() == column.tolist()


def test_parquet_holds_what_csv_holds(tmp_path: Path) -> None:
    settings = {"grid": {"training.batch_size": [10, "all"], "network.hidden": [[], [{"units": 2}]]}, "seeds": 3}
    for name in ("x.csv", "x.parquet"):
        swept(planned(**settings), tmp_path / name)
    as_csv = pd.read_csv(tmp_path / "x.csv", keep_default_na=False)
    as_parquet = pd.read_parquet(tmp_path / "x.parquet")
    pd.testing.assert_frame_equal(
        as_csv.drop(columns="seconds"), as_parquet.drop(columns="seconds"), check_dtype=False, rtol=0, atol=0
    )
    table = pyarrow.parquet.read_table(tmp_path / "x.parquet")
    kinds = {name: str(table.schema.field(name).type) for name in ("data.seed", "loss", "updates", "key", "reason")}
    assert kinds == {"data.seed": "int64", "loss": "double", "updates": "int64", "key": "string", "reason": "string"}
    assert as_csv["network.hidden"].unique().tolist() == ["[]", '[{"units":2,"activation":"tanh"}]']
    assert pl.read_parquet(tmp_path / "x.parquet").shape == (12, len(table.column_names))


def test_measures_that_do_not_exist_are_missing_values(tmp_path: Path) -> None:
    base = Experiment(data={"kind": "plane"}, network={"hidden": [{"units": 4, "activation": "relu"}]})
    found = planned(experiment=base, grid={"training.learning_rate": [0.01, 100]}, seeds=1)
    for name in ("x.csv", "x.parquet"):
        result = swept(found, tmp_path / name)
        assert result["status"].tolist() == ["finished", "diverged"]
    frame = pd.read_parquet(tmp_path / "x.parquet")
    assert frame["accuracy"].isna().all()
    assert frame["loss"].isna().tolist() == [False, True]
    assert rows_of(tmp_path / "x.csv")[1]["loss"] == ""
    assert rows_of(tmp_path / "x.csv")[1]["reason"].startswith("The run diverged at step")


def test_a_parquet_file_is_whole_at_every_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "REFRESH_SECONDS", 0.0)
    monkeypatch.setattr(store_module, "REFRESH_SHARE", 1e9)
    path = tmp_path / "x.parquet"
    seen = []

    class Reading(Silence):
        def came(self, outcomes: Any) -> None:
            seen.append(len(pd.read_parquet(path)))

    carry_through(planned(seeds=60), (Here(), lambda: 1), path, Reading(), lambda: False)
    assert len(seen) > 2
    assert seen == sorted(set(seen))
    assert seen[-1] == 240


def test_a_journal_that_outlived_its_sweep_is_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    found = planned()
    with Store(path, found) as store:
        journal = tmp_path / "x.parquet.rows.csv"
        store.append(carry_out(_chunk(found, 5)))
        content = journal.read_bytes()
    swept(planned(seeds=3), path)
    # As if the process had ended between putting the file in place and removing the journal, and in the midst of a row.
    journal.write_bytes(content + b"1,circ")
    result = swept(found, path)
    assert (result.runs, result.made) == (16, 11)
    assert len(pd.read_parquet(path)) == 16
    assert not journal.exists()


def _chunk(found: Plan, count: int) -> Any:
    from pellucid.sweeps.sweeping import _chunks, _tasks

    return _chunks(found)(list(_tasks(found, found.runs[:count])))


def test_a_line_that_was_cut_off_is_dropped_and_its_run_made_again(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    swept(planned(), path)
    whole = without_times(path)
    content = path.read_bytes()
    for cut in (1, 30, 200):
        path.write_bytes(content[:-cut])
        assert swept(planned(), path).made == 1
        assert without_times(path) == whole
        assert len(rows_of(path)) == 16
    path.write_bytes(content[:20])
    assert swept(planned(), path).made == 16
    assert without_times(path) == whole


@pytest.mark.parametrize("name", ["x.csv", "x.parquet"])
def test_more_seeds_and_more_values_are_added(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    swept(planned(), path)
    more = swept(planned(seeds=6), path)
    assert (more.runs, more.made) == (24, 8)
    wider = swept(planned(grid={"data.kind": ["moons", "xor"], "network.hidden.0.units": [2, 3]}), path)
    assert (wider.runs, wider.made) == (16, 12)
    keys = pd.read_parquet(path)["key"] if name == "x.parquet" else pd.read_csv(path)["key"]
    assert len(keys) == len(set(keys)) == 36


@pytest.mark.parametrize(
    ("settings", "difference"),
    [
        ({"epochs": 21}, "epochs are 20 in it, and 21 here"),
        ({"epochs": None, "updates": 20}, "epochs are 20 in it, and not set here; updates are not set in it, and 20"),
        ({"experiment": {"training": {"learning_rate": 0.5}}}, "`training.learning_rate` is 0.1 in it, and 0.5 here"),
        (
            {"experiment": {"network": {"hidden": [{"units": 9}]}}},
            r"`network.hidden` is \[.*4, .*\] in it, and \[.*9, .*\] here",
        ),
        ({"grid": {"data.kind": ["moons"]}}, "it varies data.kind and network.hidden.0.units, and this one data.kind"),
        (
            {"experiment": {"data": {"noise": 0.1, "samples": 100}, "training": {"epsilon": 1e-7, "momentum": 0.8}}},
            "`data.samples` is 300 .*; `data.noise` is .*; `training.momentum` is .*; and 1 more. Choose another file.",
        ),
    ],
)
def test_a_file_of_another_sweep_is_refused_and_kept(settings: dict[str, Any], difference: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    swept(planned(), path)
    before = path.read_bytes()
    with pytest.raises(StateError, match=f"x.csv' holds results of another sweep: {difference}"):
        swept(planned(**settings), path)
    assert path.read_bytes() == before


def test_a_file_that_another_engine_made_is_refused(tmp_path: Path) -> None:
    swept(planned(), tmp_path / "x.csv")
    note = tmp_path / "x.csv.sweep.json"
    note.write_text(json.dumps({**json.loads(note.read_text()), "engine": "0" * 64}))
    with pytest.raises(StateError, match=r"another engine made it \(Pellucid 0.1.0\), whose bits may differ"):
        swept(planned(), tmp_path / "x.csv")


def test_a_table_that_is_no_results_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(
        StateError, match=r"'mine.csv.sweep.json', which would say what sweep it is of, is not beside it"
    ):
        swept(planned(), path)
    assert path.read_text() == "a,b\n1,2\n"
    (tmp_path / "empty.csv").touch()
    assert swept(planned(), tmp_path / "empty.csv").complete
    (tmp_path / "no.parquet").write_text("a,b\n")
    swept(planned(), tmp_path / "x.csv")
    (tmp_path / "x.csv.sweep.json").rename(tmp_path / "no.parquet.sweep.json")
    with pytest.raises(StateError, match=r"no.parquet' cannot be read as Parquet"):
        swept(planned(), tmp_path / "no.parquet")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("finished", "finished,"), "Line 2 of .* has 19 cells, but the first line has 18"),
        ((",300,", ",many,"), "Line 2 of .* cannot be read: updates is 'many', but must be a whole number"),
        ((",finished,", ",done,"), "Line 2 of .* status is 'done', but must be finished, diverged or failed"),
        ((",0.0,", ",nan,"), "Line 2 of .* penalty is 'nan', but must be a finite number or empty"),
        (("data.kind,", "data.kin,"), "The columns of .* are not those of this sweep"),
    ],
)
def test_a_file_that_was_damaged_is_refused_with_the_line(
    change: tuple[str, str], sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    swept(planned(), path)
    path.write_text(path.read_text().replace(*change, 1))
    with pytest.raises(StateError, match=sentence):
        swept(planned(), path)


def test_what_spreadsheets_do_to_a_file_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    swept(planned(), path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert swept(planned(), path).made == 0
    assert swept(planned(seeds=5), path).made == 4
    assert swept(planned(seeds=5), path).made == 0


def test_a_setting_may_be_a_long_list_of_samples(tmp_path: Path) -> None:
    points = [[[place / 7 + shift, -place / 3, place % 2] for place in range(4000)] for shift in (0, 1)]
    settings: Any = {
        "experiment": {"data": {"kind": "given", "points": points[0]}},
        "grid": {"data.points": points},
        "seeds": 1,
        "epochs": 1,
    }
    path = tmp_path / "x.csv"
    assert swept(planned(**settings), path).made == 2
    assert path.stat().st_size > 2 * 131072
    assert swept(planned(**settings), path).made == 0


@pytest.mark.parametrize("name", ["x.csv", "x.parquet"])
def test_looking_at_a_file_changes_nothing_and_waits_for_nobody(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    found = planned()
    with pytest.raises(StateError, match="cannot be opened: there is no such file"):
        look(path, found)
    with Store(path, found) as store:
        store.append(carry_out(_chunk(found, 5)))
        rows = tmp_path / ("x.csv" if name == "x.csv" else "x.parquet.rows.csv")
        with rows.open("ab") as file:
            file.write(b"1,circ")  # as if the sweep were just writing a line
        before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
        assert list(look(path, found)) == [run.key for run in found.runs[:5]]
        assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before
        rows.write_bytes(before[rows.name].removesuffix(b"1,circ"))
    content = path.read_bytes()
    path.chmod(0o444)
    assert len(look(path, found)) == 5
    assert path.read_bytes() == content
    with pytest.raises(StateError, match="holds results of another sweep"):
        look(path, planned(epochs=3))


def fill(monkeypatch: pytest.MonkeyPatch, room: float) -> None:
    """Let a disk be full once so many bytes were written."""
    write, write_bytes = os.write, Path.write_bytes

    def take(size: int) -> None:
        nonlocal room
        if size > room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        room -= size

    def some(file: int, content: bytes) -> int:
        part = content[: int(room)]
        take(max(1, len(part)))
        return write(file, part)

    def whole(path: Path, content: bytes) -> int:
        path.touch()
        take(len(content))
        return write_bytes(path, content)

    def table(_: Any, path: Path) -> None:
        path.touch()
        take(10_000)

    monkeypatch.setattr(os, "write", some)
    monkeypatch.setattr(Path, "write_bytes", whole)
    monkeypatch.setattr(pyarrow.parquet, "write_table", table)


@pytest.mark.parametrize("name", ["x.csv", "x.parquet"])
def test_a_full_disk_is_said_and_leaves_what_there_is_for_the_next_time(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    with monkeypatch.context() as patched:
        fill(patched, 100)
        with pytest.raises(StateError, match=rf"{name}.sweep.json' cannot be written: no space left on device\.$"):
            swept(planned(), path)
    assert list(tmp_path.iterdir()) == []
    with monkeypatch.context() as patched:
        fill(patched, 4000)
        with pytest.raises(SweepError, match=rf"{name}' cannot be written any further: no space left on device\.$"):
            swept(planned(), path)
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith((".part", ".lock"))] == []
    again = swept(planned(), path)
    assert again.complete
    assert 0 < again.made < 16
    with monkeypatch.context() as patched:
        fill(patched, 9000)
        if name == "x.parquet":
            with pytest.raises(SweepError, match=r"x.parquet' cannot be .* The rows are in '.*x.parquet.rows.csv'\."):
                swept(planned(seeds=5), path)
            assert len(pd.read_parquet(path)) == 16
    assert swept(planned(seeds=5), path).complete


def test_two_sweeps_do_not_write_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    with Store(path, planned()), pytest.raises(StateError, match=r"Another sweep is writing '.*x.csv'; wait until"):
        Store(path, planned())
    assert swept(planned(), path).complete


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("x.xlsx", "but its name must end with .csv or .parquet"),
        ("no/x.csv", "cannot be written: there is no folder '.*no'"),
        ("folder.csv", "cannot be written: it is a folder"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_before_anything_runs(
    name: str, sentence: str, tmp_path: Path
) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(StateError, match=sentence):
        swept(planned(), tmp_path / name)


def test_data_frames_take_the_result_as_it_is() -> None:
    result = swept(planned(), None)
    frame = pd.DataFrame(result.columns)
    assert frame.shape == (16, 18)
    assert pl.DataFrame(result)["test_accuracy"].to_list() == frame["test_accuracy"].tolist()
    best = frame.groupby("data.kind")["test_accuracy"].median()
    assert best["moons"] > best["circles"]
