"""The marker `heavy`: whole matrices that take minutes; the usual tests are a sample of them. `-m heavy` runs them."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", "heavy: a whole matrix of which the usual tests are a sample (minutes)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the heavy tests out unless markers are chosen."""
    heavy = [item for item in items if item.get_closest_marker("heavy")]
    if heavy and not config.option.markexpr:
        config.hook.pytest_deselected(items=heavy)
        items[:] = [item for item in items if item not in heavy]
