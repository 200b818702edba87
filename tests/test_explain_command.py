"""``pellucid explain``, as a person and as a machine use it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pellucid import Experiment, Run

COMMAND = ["explain", "--data", "moons", "--hidden", "3", "--epochs", "50"]


@pytest.fixture
def run() -> Run:
    run = Run(Experiment(network={"hidden": [{"units": 3}]}))
    run.epoch(50)
    return run


def test_the_account_of_a_sample_is_printed(pellucid: Any, run: Run) -> None:
    status, out, err = pellucid(*COMMAND, "--sample", "17")
    assert (status, err) == (0, "")
    assert out == f"{run.explain(sample=17)}\n"
    assert out.startswith("An update on sample 17 alone: class 1.\n")


def test_without_a_sample_it_is_the_next_batch(pellucid: Any, run: Run) -> None:
    assert pellucid(*COMMAND) == (0, f"{run.explain()}\n", "")
    assert pellucid(*COMMAND, "--whole")[1] == f"{run.explain().text(whole=True)}\n"


def test_machines_get_json(pellucid: Any, run: Run) -> None:
    found = json.loads(pellucid(*COMMAND, "--sample", "17", "--format", "json")[1])
    assert found == json.loads(json.dumps(run.explain(sample=17).to_dict()))


@pytest.mark.parametrize(
    ("form", "start", "end"),
    [("html", '<!doctype html>\n<meta charset="utf-8">', "</article>\n"), ("latex", r"\documentclass", "{document}\n")],
)
def test_documents_are_written_to_files(
    form: str, start: str, end: str, pellucid: Any, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "update"
    assert pellucid(*COMMAND, "--format", form, "--output", str(file)) == (0, "", "")
    text = file.read_text(encoding="utf-8")
    account = run.explain()
    assert text.startswith(start)
    assert text.endswith(end)
    assert (account.html() if form == "html" else account.latex()) in text
    assert pellucid(*COMMAND, "--format", form)[1] == text


def test_a_saved_run_is_explained(pellucid: Any, run: Run, tmp_path: Path) -> None:
    run.save(tmp_path / "run.json")
    command = ["explain", "--resume", str(tmp_path / "run.json"), "--epochs", "0", "--sample", "4"]
    assert pellucid(*command)[1] == f"{run.explain(sample=4)}\n"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("--sample 150", "Sample 150 is held out, so no update is made on it; those trained on are 0 to 149."),
        ("--sample 300", "The sample is 300, but must be a whole number from 0 to 149."),
        ("--sample first", "--sample is 'first', but must be the row of a sample that is trained on, from 0."),
        ("--epochs -1", "--epochs is '-1', but must be a whole number from 0 to 1000000000."),
        ("--noise 7", "--noise is 7, but must be a number from 0 to 1."),
        ("--output /nowhere/a", "The file '/nowhere/a' cannot be written: there is no folder '/nowhere'."),
        (
            "--epochs 1000000000 --sample 150",
            "Sample 150 is held out, so no update is made on it; those trained on are 0 to 149.",
        ),
    ],
)
def test_bad_input_gets_one_sentence_and_status_2(options: str, sentence: str, pellucid: Any) -> None:
    assert pellucid("explain", *options.split()) == (2, "", f"{sentence}\n")


def test_a_format_that_there_is_not_is_refused_in_one_line(pellucid: Any) -> None:
    status, out, err = pellucid("explain", "--format", "pdf")
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert "latex" in err


def test_a_run_that_diverges_says_so(pellucid: Any) -> None:
    status, out, err = pellucid("explain", "--data", "bumps", "--hidden", "0", "--learning-rate", "100")
    assert (status, out) == (1, "")
    assert err.startswith("The run diverged at step ")


def test_the_help_teaches_with_examples(pellucid: Any) -> None:
    status, out, _ = pellucid("explain", "--help")
    assert status == 0
    for words in ("pellucid explain --data moons --hidden 3", "--sample", "--whole", "--learning-rate"):
        assert words in out


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are those of POSIX")
def test_a_terminal_gets_the_formulas_set_off() -> None:
    import pty

    parent, child = pty.openpty()
    command = [sys.executable, "-m", "pellucid.cli", *COMMAND, "--sample", "17"]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "60"}
    process = subprocess.Popen(command, stdout=child, stderr=child, env=environment)
    os.close(child)
    shown = b""
    while True:
        try:
            shown += os.read(parent, 4096)
        except OSError:  # how Linux says that the other end was closed
            break
    os.close(parent)
    assert process.wait(timeout=30) == 0
    text = shown.decode()
    assert "\x1b[36m" in text  # a formula
    assert "z = 0.0992726 + 0.197346 · (−0.486082) + (−1.09022) · (−0.670819) = 0.734689" in text
