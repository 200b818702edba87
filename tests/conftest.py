"""Puts the folder of tests on the path, and the one that holds `benchmarks`; knows the marker `heavy`."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.append(str(Path(__file__).parents[1]))


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", "heavy: a large matrix of which the usual tests are a sample (minutes)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the heavy tests out unless markers are chosen, and count them as deselected."""
    heavy = [item for item in items if item.get_closest_marker("heavy")]
    if heavy and not config.option.markexpr:
        config.hook.pytest_deselected(items=heavy)
        items[:] = [item for item in items if item not in heavy]
