"""Pictures are written in both formats, without a window, and the same run gives the same file."""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from matplotlib import pyplot as plt

from exporters.cases import SAMPLES
from pellucid import Experiment, Run
from pellucid.errors import ArgumentError, MissingExtraError
from pellucid.exporters.picture import PICTURES


@pytest.fixture(scope="module")
def run() -> Run:
    run = Run(Experiment())
    run.epoch(20)
    return run


@pytest.mark.parametrize("what", PICTURES)
def test_a_picture_is_an_svg_or_a_png(what: str, run: Run, tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg", "a.png"):
        run.export(tmp_path / name, what=what)
    assert ET.fromstring((tmp_path / "a.svg").read_bytes()).tag == "{http://www.w3.org/2000/svg}svg"
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert plt.get_fignums() == []


def test_a_picture_is_of_the_network_by_default(tmp_path: Path) -> None:
    run = Run(SAMPLES["drawings"])
    run.export(tmp_path / "a.svg")
    run.export(tmp_path / "b.svg", what="network")
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_what_cannot_be_drawn_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError):
        Run(SAMPLES["drawings"]).export(tmp_path / "a.svg", what="surface")
    assert list(tmp_path.iterdir()) == []


def test_without_matplotlib_one_is_told_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, run: Run, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"needs Matplotlib: pip install 'pellucid\[plots\]'"):
        run.export(tmp_path / "a.svg")
