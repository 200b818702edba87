"""A sweep on a real Dask cluster on this machine: a scheduler and two workers, each a process of its own."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pellucid.errors import SweepError
from pellucid.sweeps import Sweep, cluster
from pellucid.sweeps.cluster import connected
from pellucid.sweeps.plan import plan
from pellucid.sweeps.progress import Progression, Silence
from pellucid.sweeps.sweeping import carry_through
from sweeps.executors import Here
from sweeps.sweeps import BOUND, here, planned, rows_of, spec_file, wait_for

HERE = ["--host", "127.0.0.1", "--no-dashboard"]


class Cluster:
    """A scheduler and workers that are started one by one, and ended together."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        self.scheduler = self._start("dask_scheduler", "--port", "0", "--scheduler-file", str(file))
        wait_for(lambda: file.exists() and file.read_text().strip().endswith("}"))
        self.address = str(json.loads(file.read_text())["address"])

    def worker(self) -> subprocess.Popen[bytes]:
        # Without a nanny nobody starts a worker again that was killed.
        return self._start("dask_worker", self.address, "--nthreads", "1", "--no-nanny")

    def end(self) -> None:
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()

    def _start(self, program: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{program}", *options, *HERE]
        with (self.folder / f"{len(self.processes)}.log").open("wb") as log:
            self.processes.append(subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log))
        return self.processes[-1]


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "dask"
    folder.mkdir()
    found = Cluster(folder)
    try:
        yield found
    finally:
        found.end()


def test_a_worker_that_is_killed_half_way_loses_no_run(
    dask: Cluster, tmp_path: Path, pellucid: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed, _ = dask.worker(), dask.worker()
    spec = spec_file(tmp_path, seeds=200, epochs=150)
    file = tmp_path / "spec.csv"
    came = []
    show = Progression.came

    def kill_half_way(self: Progression, outcomes: Any) -> None:
        show(self, outcomes)
        came.extend(outcomes)
        if len(came) >= 400 and killed.poll() is None:
            killed.kill()
            killed.wait()
            rows_at_kill.append(len(rows_of(file)))

    rows_at_kill: list[int] = []
    monkeypatch.setattr(Progression, "came", kill_half_way)
    with connected(dask.address) as (_, threads):
        wait_for(lambda: threads() == 2)
    with here(tmp_path):
        status, out, err = pellucid("sweep", "spec.toml", "--cluster", dask.address)
    assert status == 0, err
    assert "800 runs of 4 combinations, 150 epochs each: 800 finished." in out
    assert "with 2 threads of a cluster" in out
    assert 400 <= rows_at_kill[0] < 800
    rows = rows_of(file)
    found = plan(Sweep.open(spec))
    assert len(rows) == 800
    assert {row["key"] for row in rows} == {run.key for run in found.runs}
    # The cluster's bits are those of this process.
    some = plan(Sweep.open(spec).model_copy(update={"seeds": 5}))
    alone = carry_through(some, (Here(), lambda: 1), None, Silence(), lambda: False)
    hashes = {row["key"]: row["weights_sha256"] for row in rows}
    assert [hashes[run.key] for run in some.runs] == alone["weights_sha256"].tolist()


def test_a_scheduler_that_goes_away_ends_the_sweep_with_a_sentence_and_keeps_what_is_done(
    dask: Cluster, tmp_path: Path
) -> None:
    dask.worker()
    file = tmp_path / "x.csv"

    class Killing(Silence):
        def came(self, outcomes: Any) -> None:
            dask.scheduler.kill()

    with (
        pytest.raises(SweepError, match=r"gave its work up|answers no more|takes no more work"),
        connected(dask.address) as carrying,
    ):
        carry_through(planned(seeds=1000, epochs=100), carrying, file, Killing(), lambda: False)
    done = len(rows_of(file))
    assert 1 <= done < 4000
    rest = carry_through(planned(seeds=5, epochs=100), (Here(), lambda: 1), file, Silence(), lambda: False)
    assert rest.complete


def test_a_cluster_without_workers_is_said_to_have_none(dask: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    # The scheduler has all the time that it needs to answer; only its workers are not waited for as long.
    wait = cluster._with_a_worker
    monkeypatch.setattr(cluster, "_with_a_worker", lambda client, address, _: wait(client, address, 0.5))
    with (
        pytest.raises(SweepError, match=f"The Dask scheduler at {dask.address} has no workers"),
        connected(dask.address, BOUND),
    ):
        pass


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{free}", "tcp:/nowhere", "nowhere://x", ""])
def test_a_scheduler_that_is_not_there_is_said_not_to_answer(
    address: str, tmp_path: Path, pellucid: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = address.format(free=taken.getsockname()[1])
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.5)
    spec_file(tmp_path)
    began = time.monotonic()
    with here(tmp_path):
        status, out, err = pellucid("sweep", "spec.toml", "--cluster", address)
    sentence = f"No Dask scheduler answers at {address!r} within 0.5 s; the address looks like tcp://192.168.1.20:8786 "
    assert (status, out, err) == (2, "", f"{sentence}and is printed by `dask scheduler`.\n")
    assert time.monotonic() - began < BOUND
    assert not (tmp_path / "spec.csv").exists()
