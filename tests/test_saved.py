"""A run in a file goes on as if it had never stopped, and a broken file is refused."""

import base64
import errno
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pellucid import Experiment, Run
from pellucid.errors import StateError


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    run = Run(Experiment())
    run.step(20)
    run.save(tmp_path / "run.json")
    return tmp_path / "run.json"


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "rmsprop", "adam"])
@pytest.mark.parametrize("regularizer", ["none", "l1", "l2"])
def test_a_saved_run_goes_on_with_the_same_bits(optimizer: str, regularizer: str, tmp_path: Path) -> None:
    training = {"optimizer": optimizer, "learning_rate": 0.01, "regularizer": regularizer, "batch_size": 7}
    experiment = Experiment(training={**training, "regularization_rate": 0.01})
    straight, stopped = Run(experiment), Run(experiment)
    straight.step(100)
    stopped.step(33)
    stopped.save(tmp_path / "run.json")
    resumed = Run.open(tmp_path / "run.json")
    assert resumed.experiment == experiment
    assert (resumed.updates, resumed.position, resumed.loss) == (33, stopped.position, stopped.loss)
    assert [(W == V).all() for W, V in zip(resumed.gradients, stopped.gradients, strict=True)] == [True] * 3
    resumed.step(67)
    assert resumed.weights_sha256 == straight.weights_sha256
    assert resumed.loss == straight.loss


def test_a_file_that_is_written_again_leaves_nothing_beside_it(saved: Path) -> None:
    Run.open(saved).save(saved)
    assert [each.name for each in saved.parent.iterdir()] == ["run.json"]


def test_a_file_that_cannot_be_written_is_said_to_be_and_the_old_one_stays(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = saved.read_bytes()

    def full(path: Path, _: bytes) -> None:
        path.touch()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(StateError, match=r"^The file '.*run.json' cannot be written: no space left on device\.$"):
        Run(Experiment()).save(saved)
    assert [each.name for each in saved.parent.iterdir()] == ["run.json"]
    assert saved.read_bytes() == before


def test_a_link_leads_where_it_led(saved: Path) -> None:
    link = saved.with_name("link.json")
    link.symlink_to(saved)
    run = Run(Experiment(data={"kind": "xor"}))
    run.save(link)
    assert link.is_symlink()
    assert Run.open(saved).experiment == run.experiment


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as thread:
        content = thread.submit(pipe.read_bytes)
        run = Run(Experiment())
        run.save(pipe)
        assert content.result(10).startswith(b'{\n "experiment"')
    assert pipe.is_fifo()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff", b"[" * 100_000, b"[]", b"{}", b'{"experiment": {}, "state": 1}']
)
def test_a_file_that_holds_no_run_is_refused(content: bytes, saved: Path) -> None:
    saved.write_bytes(content)
    with pytest.raises(StateError, match="does not hold a saved run"):
        Run.open(saved)


def test_a_file_that_was_cut_in_half_is_refused(saved: Path) -> None:
    saved.write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])
    with pytest.raises(StateError, match="it is not JSON, or only a part of it"):
        Run.open(saved)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StateError, match=r"^The file '.*nothing' cannot be opened: no such file"):
        Run.open(tmp_path / "nothing")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("parameters", "AAAA"),
        ("parameters", None),
        ("parameters", "no base64"),
        ("order", base64.b64encode(bytes(600)).decode()),
        ("position", [150]),
        ("position", [-1]),
        ("position", 3),
        ("position", ["3"]),
        ("epochs", [2**40]),
        ("epochs", [float("nan")]),
        ("status", [2]),
        ("status", [1]),  # diverged, for no reason
        ("updates", [-1]),
        ("updates", [float("inf")]),
        ("updates", [float("nan")]),
        ("momentum_power", [1e308]),
        ("decay_power", [float("nan")]),
        ("failed_layer", [9]),
        ("failed_reason", [3]),
        ("order_state", [1, 2, 3]),
        ("updates", []),
    ],
)
def test_a_state_that_is_impossible_is_refused(name: str, value: Any, saved: Path) -> None:
    document = json.loads(saved.read_text())
    document["state"][name] = value
    saved.write_text(json.dumps(document))
    with pytest.raises(StateError, match="The saved state does not fit its experiment"):
        Run.open(saved)


def test_a_state_of_another_network_is_refused(saved: Path) -> None:
    document = json.loads(saved.read_text())
    document["experiment"]["network"]["hidden"][0]["units"] = 5
    saved.write_text(json.dumps(document))
    with pytest.raises(StateError, match="`parameters` must be"):
        Run.open(saved)


def test_an_experiment_that_is_refused_is_told(saved: Path) -> None:
    document = json.loads(saved.read_text())
    document["experiment"]["data"]["noise"] = 7
    saved.write_text(json.dumps(document))
    with pytest.raises(StateError, match=r"`data\.noise` is 7"):
        Run.open(saved)


@pytest.mark.parametrize("change", ["experiment", "size", "order", "position", "off", "updates"])
def test_a_state_that_no_run_can_have_is_refused(change: str) -> None:
    run = Run(Experiment(training={"optimizer": "adam"}))
    run.step(33)
    block, words = run._block, np.frombuffer(run.state, np.uint32).copy()
    if change == "order":
        words[int(block.words[block.library.arrays["ORDER"].slot])] = 7_000
    if change == "position":
        words[block.library.slots["POSITION"].word] = 2**31 + 5
    if change == "updates":
        words[block.library.slots["UPDATES"].word :][:2] = 2**32 - 1  # NaN
    if change == "off":
        words[block.library.slots["OFF_COUNT"].word] = 3
        start = int(block.words[block.library.arrays["OFF"].slot])
        words[start : start + 3] = 2**31 - 1
    experiment = run.experiment.replace("network.hidden.0.units", 5) if change == "experiment" else run.experiment
    state = words.tobytes()[: -3 if change == "size" else None]
    with pytest.raises(StateError):
        Run.from_state(experiment, state)


def test_an_empty_tray_goes_on_too(tmp_path: Path) -> None:
    run = Run(Experiment.for_drawings())
    run.save(tmp_path / "run.json")
    for again in (Run.open(tmp_path / "run.json"), Run.from_state(run.experiment, run.state)):
        assert again.weights_sha256 == run.weights_sha256


def test_weights_that_are_switched_off_stay_off(tmp_path: Path) -> None:
    run = Run(Experiment())
    weight = run.weights[0][1, 0].item()
    run._block.call("switch_off", 0, 1, 0, 1)
    run.save(tmp_path / "run.json")
    for again in (Run.open(tmp_path / "run.json"), Run.from_state(run.experiment, run.state)):
        again.step(20)
        assert again.weights[0][1, 0] == 0
        again._block.call("switch_off", 0, 1, 0, 0)
        assert again.weights[0][1, 0] == np.float32(weight)


@pytest.mark.parametrize("off", [[3, 3], [-1, 2], [2**31, 1], [1.5, 2], "12", [1]])
def test_places_that_no_weights_have_are_refused(off: object, saved: Path) -> None:
    document = json.loads(saved.read_text())
    document["state"] |= {"off": off, "off_values": [0.5, 0.25]}
    saved.write_text(json.dumps(document))
    with pytest.raises(StateError, match="does not fit its experiment"):
        Run.open(saved)
