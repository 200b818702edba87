"""How runs are carried out: on processes of this machine, and on any executor."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pellucid import Experiment, Run, sweep
from pellucid.errors import ArgumentError, ExperimentError, SweepError
from pellucid.sweeps import processes as processes_module
from pellucid.sweeps.plan import with_seeds
from pellucid.sweeps.processes import Processes
from pellucid.sweeps.progress import Silence
from pellucid.sweeps.sweeping import carry_through
from pellucid.sweeps.work import Chunk
from sweeps.sweeps import BOUND, SMALL, planned


def test_a_run_of_a_sweep_has_the_very_weights_of_its_experiment_alone() -> None:
    result = sweep(**SMALL, jobs=2, progress=False)
    assert (result.runs, result.made, result.complete) == (16, 16, True)
    for place, planned_run in enumerate(result.plan.runs):
        run = Run(with_seeds(result.plan.combinations[planned_run.combination].experiment, planned_run.seeds))
        run.epoch(20)
        assert result["weights_sha256"][place] == run.weights_sha256
        for name in ("loss", "test_loss", "accuracy", "test_accuracy", "penalty", "objective", "updates", "epochs"):
            assert result[name][place] == getattr(run, name)
    assert set(result["status"]) == {"finished"}
    assert (result["seconds"] > 0).all()


def test_updates_may_be_said_in_place_of_epochs() -> None:
    result = sweep(
        base=Experiment(), grid={"training.batch_size": [7, "all"]}, seeds=1, updates=33, jobs=1, progress=False
    )
    assert result["updates"].tolist() == [33, 33]
    assert result["training.batch_size"].tolist() == ["7", "all"]
    run = Run(Experiment().replace("training.batch_size", 7))
    run.step(33)
    assert result["weights_sha256"][0] == run.weights_sha256


def test_runs_that_diverge_or_fail_are_recorded_with_their_reason_and_do_not_stop_the_rest() -> None:
    nothing = Experiment.for_drawings()
    base = Experiment(data={"kind": "plane"}, network={"hidden": [{"units": 4, "activation": "relu"}]})
    diverging = sweep(
        base=base, grid={"training.learning_rate": [0.01, 100]}, seeds=2, epochs=20, jobs=1, progress=False
    )
    assert diverging.complete
    assert diverging["status"].tolist() == ["finished", "diverged"] * 2
    alone = Run(base.replace("training.learning_rate", 100))
    with pytest.raises(ArithmeticError) as error:
        alone.epoch(20)
    assert diverging["reason"].tolist()[:2] == ["", str(error.value)]
    assert diverging["updates"][1] == alone.updates
    assert np.isnan(diverging["test_loss"]).tolist() == [False, True] * 2
    row = diverging.summary().rows[1]
    assert (row.runs, row.diverged, row.failed) == (2, 2, 0)
    failed = sweep(base=nothing, seeds=1, jobs=1, progress=False)
    assert failed["status"].tolist() == ["failed"]
    assert failed["reason"][0].startswith("ArgumentError: There is nothing to train on")


def test_any_executor_will_do_and_is_left_open() -> None:
    with ThreadPoolExecutor(2) as threads:
        result = sweep(**SMALL, executor=threads, progress=False)
        assert threads.submit(abs, -1).result() == 1
    one = Run(with_seeds(result.plan.combinations[1].experiment, (0, 0, 0)))
    one.epoch(20)
    assert result["weights_sha256"][1] == one.weights_sha256


class Counting(Executor):
    """Notes how many runs are with it at a time, and how many there are in each task."""

    def __init__(self, inner: Executor) -> None:
        self.inner = inner
        self.sizes: list[int] = []
        self.under_way = self.most_under_way = 0
        self._lock = threading.Lock()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        size = len(args[0].tasks)
        with self._lock:
            self.sizes.append(size)
            self.under_way += size
            self.most_under_way = max(self.most_under_way, self.under_way)
        future = self.inner.submit(fn, *args, **kwargs)
        future.add_done_callback(lambda _: self._done(size))
        return future

    def _done(self, size: int) -> None:
        with self._lock:
            self.under_way -= size


def test_runs_are_sent_in_chunks_and_only_as_many_as_keep_the_workers_busy() -> None:
    with ThreadPoolExecutor(1) as threads:
        counting = Counting(threads)
        found = planned(seeds=250, epochs=1)
        result = carry_through(found, (counting, lambda: 1), None, Silence(), lambda: False)
    assert result.complete
    assert sum(counting.sizes) == 1000
    assert counting.sizes[0] == 1
    assert len(counting.sizes) < 60
    # Towards the end they become small, so that all workers end together.
    assert counting.most_under_way < 800
    assert counting.sizes[-1] <= 2


class Deadly(Executor):
    """Processes, in which the process that gets a certain run dies; as often as is said."""

    def __init__(self, inner: Processes, key: str, times: float) -> None:
        self.inner, self.key, self.times = inner, key, times

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        chunk: Chunk = args[0]
        if self.times and any(task.key == self.key for task in chunk.tasks):
            self.times -= 1
            return self.inner.submit(os._exit, 1)
        return self.inner.submit(fn, *args, **kwargs)


@pytest.mark.parametrize(("times", "status"), [(2, "finished"), (np.inf, "failed")])
def test_a_worker_that_dies_is_replaced_and_a_run_that_kills_two_alone_has_failed(times: float, status: str) -> None:
    found = planned(seeds=10)
    key = found.runs[25].key
    with Processes(2) as two:
        result = carry_through(found, (Deadly(two, key, times), lambda: 2), None, Silence(), lambda: False)
    assert result.complete
    assert result.outcomes[key].status == status
    if status == "failed":
        assert "ended abruptly, and a second one too" in result.outcomes[key].reason
    others = [outcome.status for other, outcome in result.outcomes.items() if other != key]
    assert set(others) == {"finished"}


class Killing(Silence):
    """Kills one of the processes when the first results come."""

    def __init__(self, processes: Processes) -> None:
        self.processes = processes
        self.killed = False

    def came(self, outcomes: Any) -> None:
        assert outcomes
        if not self.killed:
            self.killed = True
            self.processes._context.made[0].kill()


def test_a_process_that_is_killed_from_outside_loses_no_run() -> None:
    found = planned(seeds=100)
    with Processes(2) as two:
        result = carry_through(found, (two, lambda: 2), None, Killing(two), lambda: False)
        assert len(two._context.made) == 3
    assert result.complete
    assert {outcome.status for outcome in result.outcomes.values()} == {"finished"}


def test_a_program_whose_processes_died_ends(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import os\n"
        "from pellucid.sweeps.processes import Processes\n"
        "with Processes(1) as one:\n"
        "    print(type(one.submit(os._exit, 1).exception()).__name__, one.submit(abs, -1).result())\n"
        "two = Processes(1)\n"
        "print(type(two.submit(os._exit, 1).exception()).__name__)\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=BOUND, check=True)
    assert done.stdout == "BrokenProcessPool 1\nBrokenProcessPool\n"
    assert done.stderr == ""


class Lost(Executor):
    """Loses every worker that it starts."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(BrokenProcessPool("gone"))
        return future


def test_workers_that_never_work_are_said_to() -> None:
    with pytest.raises(SweepError, match="The workers end before they do anything: BrokenProcessPool: gone"):
        carry_through(planned(), (Lost(), lambda: 2), None, Silence(), lambda: False)


def test_an_executor_that_breaks_for_good_ends_the_sweep_with_a_sentence() -> None:
    with ProcessPoolExecutor(1, processes_module._Context()) as pool:
        pool.submit(os._exit, 1).exception()
        with pytest.raises(SweepError, match="The executor takes no more work: BrokenProcessPool"):
            sweep(**SMALL, executor=pool, progress=False)


def test_workers_with_another_engine_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from pellucid.sweeps import sweeping

    chunks = sweeping._chunks

    def other(found: Any) -> Any:
        make = chunks(found)
        return lambda tasks: make(tasks)._replace(engine="0" * 64)

    monkeypatch.setattr(sweeping, "_chunks", other)
    with pytest.raises(SweepError, match="cannot carry out this sweep: LibraryError: a worker has another engine"):
        sweep(**SMALL, jobs=1, progress=False)


def test_a_script_need_not_guard_its_main_part(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from pellucid import sweep\n"
        "print('begins')\n"
        "result = sweep(grid={'data.kind': ['moons', 'circles']}, seeds=3, epochs=1, jobs=2)\n"
        "print(result)\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=BOUND, check=True)
    assert done.stdout == "begins\n<SweepResult: 6 of 6 runs>\n"
    assert done.stderr == ""


def test_what_is_asked_for_must_make_sense() -> None:
    with pytest.raises(ExperimentError, match=r"`training\.learning_rte` is not a setting"):
        sweep(base=Experiment(), grid={"training.learning_rte": [1]})
    with ThreadPoolExecutor(1) as pool, pytest.raises(ArgumentError, match="Both executor and jobs are given"):
        sweep(**SMALL, jobs=2, executor=pool)
    wrong: Any
    for wrong in (0, "2", 2.5, True):
        with pytest.raises(ArgumentError, match=f"The number of jobs is {wrong!r}, but must be a whole number"):
            sweep(**SMALL, jobs=wrong)
    client: Any = type("Client", (), {"get_executor": None})()
    for wrong, sentence in (
        (3, "3, but must be a concurrent"),
        (client, "Client, .*; its get_executor\\(\\) is one"),
    ):
        with pytest.raises(ArgumentError, match=f"executor is .*{sentence}"):
            sweep(**SMALL, executor=wrong)
    settings: Any = {"seeds": 3}
    with pytest.raises(
        ArgumentError, match="spec is an object, but must be a Sweep or the name of a TOML or JSON file;"
    ):
        sweep(settings)
    with pytest.raises(ArgumentError, match="Both spec and seeds are given"):
        sweep(planned().sweep, seeds=3)
