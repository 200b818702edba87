"""A sweep that is stopped, by hand or by force, goes on with the same command and loses nothing."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from pellucid.sweeps import Sweep
from pellucid.sweeps.plan import plan
from pellucid.sweeps.progress import Silence
from pellucid.sweeps.sweeping import carry_through
from sweeps.executors import Here
from sweeps.sweeps import BOUND, here, rows_of, spec_file, wait_for, without_times

PELLUCID = [sys.executable, "-m", "pellucid.cli", "sweep"]
SEEDS = 10_000
RUNS = 4 * SEEDS
"""More than anybody waits for: a test that is late still finds the sweep under way."""

MORE_SEEDS = 100
"""What is under way while the sweep is ended belongs to fewer seeds than these."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the signals are those of POSIX")


@contextmanager
def running(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Run a sweep in a process of its own; end it and its workers if it does not end by itself."""
    command = [*PELLUCID, *options]
    # A group of its own, which a terminal would send Ctrl-C to.
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def lines_in(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


@pytest.fixture
def long_spec(tmp_path: Path) -> Path:
    """Return a sweep of some minutes."""
    return spec_file(tmp_path, seeds=SEEDS, epochs=600)


def test_a_sweep_that_was_interrupted_and_killed_ends_with_every_run_once(
    long_spec: Path, tmp_path: Path, pellucid: Any
) -> None:
    file = tmp_path / "spec.csv"
    options = [long_spec.name, "--jobs", "2"]

    with running(tmp_path, *options) as process:
        wait_for(lambda: lines_in(file) > 50)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=BOUND)
    after_interrupt = len(rows_of(file))
    assert process.returncode == 130
    assert 50 <= after_interrupt < RUNS
    assert "Stopping after the" in said
    told = f"Interrupted: {after_interrupt:,} of {RUNS:,} runs are done and in 'spec.csv'; the same command goes on"
    assert told in said
    assert not (tmp_path / "spec.csv.lock").exists()

    with running(tmp_path, *options) as process:
        wait_for(lambda: lines_in(file) > after_interrupt + 50)
        workers = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.communicate(timeout=BOUND)
        assert len(workers) >= 2
        assert not psutil.wait_procs(workers, timeout=BOUND)[1]
    after_kill = lines_in(file) - 1
    assert after_interrupt + 50 <= after_kill < RUNS
    with file.open("ab") as torn:
        torn.write(b"2,moons,1")

    # It ends with as many seeds as have begun, and some more.
    seeds = after_kill // 4 + MORE_SEEDS
    with here(tmp_path):
        status, out, _ = pellucid("sweep", *options, "--seeds", str(seeds))
    assert status == 0
    assert f"{4 * seeds:,} runs of 4 combinations" in out
    assert f"{4 * seeds - after_kill:,} of them were made now" in out
    planned = plan(Sweep.open(long_spec).model_copy(update={"seeds": seeds}))
    keys = [row["key"] for row in rows_of(file)]
    assert len(keys) == 4 * seeds
    assert set(keys) == {run.key for run in planned.runs}

    whole = tmp_path / "whole.csv"
    carry_through(planned, (Here(), lambda: 1), whole, Silence(), lambda: False)
    assert without_times(file) == without_times(whole)


@pytest.mark.parametrize("by", [signal.SIGTERM, "a second Ctrl-C"])
def test_it_can_be_ended_by_a_batch_system_and_at_once(by: Any, tmp_path: Path) -> None:
    # Each run takes minutes: only who stops at once need not wait for it.
    epochs = 300 if by == signal.SIGTERM else 3_000_000
    spec = spec_file(tmp_path, seeds=SEEDS, epochs=epochs)
    with running(tmp_path, spec.name, "--jobs", "1") as process:
        if by == signal.SIGTERM:
            wait_for(lambda: lines_in(tmp_path / "spec.csv") > 1)
            process.send_signal(signal.SIGTERM)
        else:
            wait_for(lambda: lines_in(tmp_path / "spec.csv") and psutil.Process(process.pid).children())
            workers = psutil.Process(process.pid).children(recursive=True)
            os.killpg(process.pid, signal.SIGINT)
            assert process.stderr is not None
            assert "Stopping after the 1 run under way; Ctrl-C stops at once." in process.stderr.readline()
            os.killpg(process.pid, signal.SIGINT)
            assert not psutil.wait_procs(workers, timeout=BOUND)[1]
        _, said = process.communicate(timeout=BOUND)
    assert process.returncode == 130
    assert "the same command goes on from there" in said
    assert "Traceback" not in said
    assert not (tmp_path / "spec.csv.lock").exists()


def test_a_function_that_is_interrupted_keeps_what_was_done_and_raises(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from pellucid import sweep\n"
        "try:\n"
        "    sweep(grid={'data.kind': ['moons', 'circles']}, seeds=10_000, epochs=300, results='x.csv', jobs=1)\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted')\n"
    )
    process = subprocess.Popen([sys.executable, script], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    try:
        wait_for(lambda: lines_in(tmp_path / "x.csv") > 10)
        os.kill(process.pid, signal.SIGINT)
        said, _ = process.communicate(timeout=BOUND)
    finally:
        process.kill()
        process.wait()
    assert (process.returncode, said) == (0, "interrupted\n")
    assert 10 <= len(rows_of(tmp_path / "x.csv")) < 20_000
