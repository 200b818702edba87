"""The command line, as a person and as a machine use it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pellucid import Experiment, Run, __version__, raster

PELLUCID = [sys.executable, "-m", "pellucid.cli"]
BOUND = 180.0
"""Seconds within which anything here has to end on a busy machine."""


def test_the_command_of_the_readme_ends_with_the_weights_of_its_experiment(pellucid: Any) -> None:
    command = ["train", "--data", "moons", "--hidden", "3", "--epochs", "300", "--seed", "0", "--json"]
    status, out, err = pellucid(*command)
    run = Run(Experiment(network={"hidden": [{"units": 3}]}))
    run.epoch(300)
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert found["weights_sha256"] == run.weights_sha256
    assert {name: found[name] for name in ("loss", "test_loss", "accuracy", "test_accuracy", "epochs", "updates")} == {
        "loss": run.loss,
        "test_loss": run.test_loss,
        "accuracy": run.accuracy,
        "test_accuracy": run.test_accuracy,
        "epochs": 300,
        "updates": 4500,
    }
    assert found["seconds"] > 0
    assert found["samples_per_second"] > 0
    assert found["status"] == "finished"


def test_people_get_a_table(pellucid: Any) -> None:
    status, out, _ = pellucid("train", "--data", "blobs", "--epochs", "20")
    assert status == 0
    assert "blobs, 2 – 4 tanh – 3 tanh – 1 sigmoid, sgd 0.1" in out
    for words in ("trained on", "held out", "accuracy", "20 epochs, 300 updates", "weights_sha256"):
        assert words in out


def test_every_setting_has_an_option(pellucid: Any) -> None:
    options = (
        "--data spiral --samples 200 --noise 0.1 --classes 3 --test-share 0.25 --features x1,x2,sin_x1 --hidden 8,6 "
        "--activation relu,tanh --outputs per_class --output-activation sigmoid --initializer uniform "
        "--initializer-scale 0.3 --bias 0.1 --loss squared_error --optimizer adam --learning-rate 0.02 "
        "--momentum 0.8 --decay 0.99 --epsilon 1e-7 --regularizer l2 --regularization-rate 0.001 --batch-size all "
        "--data-seed 1 --weight-seed 2 --order-seed 3 --epochs 5 --json"
    )
    run = Run(
        Experiment(
            data={"kind": "spiral", "samples": 200, "noise": 0.1, "classes": 3, "test_share": 0.25, "seed": 1},
            features=("x1", "x2", "sin_x1"),
            network={
                "hidden": [{"units": 8, "activation": "relu"}, {"units": 6, "activation": "tanh"}],
                "outputs": "per_class",
                "output_activation": "sigmoid",
                "initializer": "uniform",
                "initializer_scale": 0.3,
                "bias": 0.1,
                "seed": 2,
            },
            training={
                "loss": "squared_error",
                "optimizer": "adam",
                "learning_rate": 0.02,
                "momentum": 0.8,
                "decay": 0.99,
                "epsilon": 1e-7,
                "regularizer": "l2",
                "regularization_rate": 0.001,
                "batch_size": "all",
                "seed": 3,
            },
        )
    )
    run.epoch(5)
    _, out, _ = pellucid("train", *options.split())
    assert json.loads(out)["weights_sha256"] == run.weights_sha256


@pytest.mark.parametrize(
    ("options", "experiment"),
    [
        ("--seed 5", {"data.seed": 5, "network.seed": 5, "training.seed": 5}),
        ("--seed 5 --weight-seed 6", {"data.seed": 5, "network.seed": 6, "training.seed": 5}),
        ("--hidden 0", {"network.hidden": []}),
        ("--hidden none", {"network.hidden": []}),
        ("--experiment #v=1&noise=0.3&hidden=2&end --activation relu", {"data.noise": 0.3, "network.hidden": "2 relu"}),
        ("--experiment data=circles", {"data.kind": "circles"}),
    ],
)
def test_options_make_the_experiment(options: str, experiment: dict[str, Any], pellucid: Any) -> None:
    if experiment.get("network.hidden") == "2 relu":
        experiment["network.hidden"] = [{"units": 2, "activation": "relu"}]
    _, out, _ = pellucid("train", "--epochs", "1", "--json", *options.split())
    run = Run(Experiment().replace_all(experiment))
    run.epoch()
    assert json.loads(out)["weights_sha256"] == run.weights_sha256


def test_an_experiment_file_is_trained(pellucid: Any, tmp_path: Path) -> None:
    Experiment(data={"kind": "plane"}).save(tmp_path / "plane.json")
    status, out, _ = pellucid("train", "--experiment", str(tmp_path / "plane.json"), "--epochs", "2", "--json")
    found = json.loads(out)
    assert status == 0
    assert found["accuracy"] is None
    assert found["epochs"] == 2


def test_drawings_are_trained_and_another_grid_can_be_chosen(pellucid: Any, tmp_path: Path) -> None:
    texts = [raster.text_of(raster.by_hand("XO"[seed % 2], seed)) for seed in range(10)]
    experiment = Experiment.for_drawings(texts, [seed % 2 for seed in range(10)])
    experiment.save(tmp_path / "drawings.json")
    command = ["train", "--experiment", str(tmp_path / "drawings.json"), "--grid", "10", "--epochs", "5"]
    status, out, err = pellucid(*command, "--json")
    run = Run(experiment.replace("data.grid", 10))
    run.epoch(5)
    assert (status, err, json.loads(out)["weights_sha256"]) == (0, "", run.weights_sha256)
    assert pellucid(*command)[1].startswith("given, 100 – 12 tanh – 2 softmax, sgd 0.1")


def test_no_drawings_are_nothing_to_train_on(pellucid: Any, tmp_path: Path) -> None:
    Experiment.for_drawings().save(tmp_path / "none.json")
    status, out, err = pellucid("train", "--experiment", str(tmp_path / "none.json"))
    sentence = "There is nothing to train on: the experiment has no drawings, or all are held out.\n"
    assert (status, out, err) == (2, "", sentence)


def test_a_saved_run_is_resumed_with_the_same_bits(pellucid: Any, tmp_path: Path) -> None:
    file = str(tmp_path / "run.json")
    options = ["--optimizer", "momentum", "--learning-rate", "0.02"]
    straight = json.loads(pellucid("train", *options, "--epochs", "30", "--json")[1])
    pellucid("train", *options, "--epochs", "10", "--save", file)
    resumed = json.loads(pellucid("train", "--resume", file, "--epochs", "20", "--json", "--save", file)[1])
    assert resumed["weights_sha256"] == straight["weights_sha256"]
    assert (resumed["epochs"], resumed["loss"]) == (30, straight["loss"])
    assert Run.open(file).weights_sha256 == straight["weights_sha256"]


KINDS = "blobs, circles, moons, xor, spiral, plane, bumps or given"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("--noise 7", "--noise is 7, but must be a number from 0 to 1."),
        ("--noise much", "--noise is 'much', but must be a number from 0 to 1."),
        ("--data moon", f"--data is 'moon', but must be one of {KINDS}; did you mean 'moons'?"),
        ("--hidden 4,x", "entry 2 of --hidden is 'x', but must be a whole number from 1 to 512."),
        ("--hidden 1,2,3,4,5,6,7,8,9", "--hidden has 9 entries, but must be a list of 0 to 8 entries."),
        ("--activation relu,tanh,relu", "--activation has 3 entries, but must have one, or one for each of 2 layers."),
        ("--classes 3", "--classes is 3, but must be 2 for moons."),
        ("--seed -1", "--seed is -1, but must be a whole number from 0 to 2147483647."),
        ("--epochs many", "--epochs is 'many', but must be a whole number from 0 to 1000000000."),
        ("--epochs -1", "--epochs is '-1', but must be a whole number from 0 to 1000000000."),
        (
            "--data plane --loss cross_entropy",
            "--loss is cross_entropy, but must be squared_error or auto for regression (--data is plane).",
        ),
        ("--experiment nothing.json", "The file 'nothing.json' cannot be opened: no such file or directory."),
        (
            "--experiment #v=1&data=circ",
            "The link is incomplete: its end ('&end') is missing, so a part of it may have been lost.",
        ),
        ("--experiment #nose=1", "The link's name 'nose' is not known; did you mean 'noise'?"),
        ("--save /nowhere/run.json", "The file '/nowhere/run.json' cannot be written: there is no folder '/nowhere'."),
        ("--save .", "The file '.' cannot be written: it is a folder."),
        ("--resume nothing.json", "The file 'nothing.json' cannot be opened: no such file or directory."),
        (
            "--resume run.json --noise 0.1",
            "--noise cannot be used with --resume, since the file holds all settings of its run.",
        ),
        (
            "--resume run.json --experiment #end",
            "--experiment cannot be used with --resume, since the file holds all settings of its run.",
        ),
    ],
)
def test_bad_input_gets_one_sentence_and_status_2(options: str, sentence: str, pellucid: Any) -> None:
    assert pellucid("train", *options.split()) == (2, "", f"{sentence}\n")


@pytest.mark.parametrize("arguments", ["train --nois 0.1", "train --noise", "trian", "site", "train more", "--port x"])
def test_a_wrong_call_gets_one_line_and_status_2(arguments: str, pellucid: Any) -> None:
    status, out, err = pellucid(*arguments.split())
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("content", ["", "{", '{"data": {"noise": 7}}', "[1]"])
def test_a_broken_experiment_file_is_refused(content: str, pellucid: Any, tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text(content)
    status, out, err = pellucid("train", "--experiment", str(tmp_path / "broken.json"))
    assert (status, out) == (2, "")
    assert err.startswith(("The document ", "`data.noise` is 7"))
    assert len(err.splitlines()) == 1


def test_a_run_that_diverges_says_so_and_shows_what_was_reached(pellucid: Any) -> None:
    options = "--hidden 8 --activation relu --loss squared_error --output-activation linear --learning-rate 100"
    status, out, err = pellucid("train", *options.split(), "--json")
    found = json.loads(out)
    assert status == 1
    assert found["status"] == "diverged"
    assert found["loss"] is None
    assert err.startswith(f"The run diverged at step {found['updates']}: ")


def test_a_terminal_that_only_knows_ascii_gets_the_table_too() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [*PELLUCID, "train", "--epochs", "1"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "moons, 2 ? 4 tanh" in done.stdout
    assert done.stderr == ""


def test_no_epochs_show_the_start(pellucid: Any) -> None:
    found = json.loads(pellucid("train", "--epochs", "0", "--json")[1])
    assert (found["updates"], found["samples_per_second"]) == (0, None)
    assert found["loss"] == Run(Experiment()).loss


def test_the_help_teaches_with_examples(pellucid: Any) -> None:
    status, out, _ = pellucid("train", "--help")
    assert status == 0
    for words in ("pellucid train --data moons --hidden 3", "--learning-rate", "--resume", "Standard deviation"):
        assert words in out


def test_the_version_is_told(pellucid: Any) -> None:
    assert pellucid("--version") == (0, f"{__version__}\n", "")


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals and Ctrl-C are those of POSIX")
class TestInATerminal:
    """With standard error on a terminal, as a person has it."""

    def start(self, *options: str) -> tuple[subprocess.Popen[bytes], int]:
        import pty

        parent, child = pty.openpty()
        process = subprocess.Popen([*PELLUCID, "train", *options, "--json"], stdout=subprocess.PIPE, stderr=child)
        os.close(child)
        return process, parent

    def read(self, terminal: int, until: bytes = b"never shown") -> bytes:
        shown = b""
        while until not in shown:
            try:
                shown += os.read(terminal, 4096)
            except OSError:  # how Linux says that the other end was closed
                break
        return shown

    def test_the_progress_is_shown_with_the_loss_and_the_time_left(self) -> None:
        process, terminal = self.start("--hidden", "128,128", "--epochs", "1500")
        shown = self.read(terminal)
        out, _ = process.communicate(timeout=BOUND)
        os.close(terminal)
        assert json.loads(out)["epochs"] == 1500
        assert b"of 1,500 epochs, loss 0." in shown
        assert b"0:00:" in shown

    def test_ctrl_c_prints_and_saves_what_was_reached(self, tmp_path: Path) -> None:
        file = tmp_path / "run.json"
        process, terminal = self.start("--hidden", "64,64", "--epochs", "1000000000", "--save", str(file))
        self.read(terminal, until=b"epochs, loss")
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=BOUND)
        shown = self.read(terminal)
        os.close(terminal)
        found = json.loads(out)
        assert process.returncode == 130
        assert b"Interrupted: the results are those reached so far." in shown
        assert found["status"] == "interrupted"
        assert Run.open(file).weights_sha256 == found["weights_sha256"]
