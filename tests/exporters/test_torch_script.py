"""The PyTorch script trains the same steps, run with PyTorch: `make torch`."""

import os
import sys
from pathlib import Path

import pytest

from exporters.cases import SAMPLES, matrix
from exporters.scripts import run_script
from exporters.test_script import EPOCHS, agree
from pellucid import Experiment, Run

CASES = SAMPLES | matrix()
TORCH_PYTHON = os.environ.get("TORCH_PYTHON", sys.executable)
"""A Python that has PyTorch."""


@pytest.mark.torch
@pytest.mark.parametrize("name", CASES)
def test_a_script_reaches_the_losses_of_the_run(name: str, tmp_path: Path) -> None:
    run = Run(CASES[name])
    run.epoch(EPOCHS)
    run.export(tmp_path / "lesson.py", what="torch")
    agree(run, run_script(tmp_path / "lesson.py", TORCH_PYTHON))


def test_a_script_for_pytorch_uses_its_parts(tmp_path: Path) -> None:
    Run(Experiment()).export(tmp_path / "lesson.py", what="torch")
    text = (tmp_path / "lesson.py").read_text("utf-8")
    assert [name for name in ("nn.Linear", "nn.Tanh", "torch.optim.SGD", ".backward()") if name not in text] == []
    assert [name for name in ("numpy", "Adam", "#?", "{{") if name in text] == []
