"""Puts the folder of tests on the path, and the one that holds `benchmarks`; knows the markers `heavy` and `torch`."""

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.append(str(Path(__file__).parents[1]))


MARKERS = {
    "heavy": "a large matrix of which the usual tests are a sample (minutes)",
    "torch": "runs what is written for PyTorch with PyTorch, which `make torch` installs",
}


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers known."""
    for name, meaning in MARKERS.items():
        config.addinivalue_line("markers", f"{name}: {meaning}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave these tests out unless markers are chosen, and count them as deselected."""
    marked = [item for item in items if any(map(item.get_closest_marker, MARKERS))]
    if marked and not config.option.markexpr:
        config.hook.pytest_deselected(items=marked)
        items[:] = [item for item in items if item not in marked]


@pytest.fixture
def pellucid(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Call the command line; return its status and what it printed on both outputs."""
    from pellucid.cli import main

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["pellucid", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        printed = capsys.readouterr()
        return int(left.value.code or 0), printed.out, printed.err

    return call
