"""Pictures are drawn without a window, and leave nothing behind."""

from collections.abc import Iterator

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure


@pytest.fixture(autouse=True)
def _tidy() -> Iterator[None]:
    """Draw with Agg, in Matplotlib's own style, and close what was opened."""
    with mpl.rc_context(), plt.style.context("default"):
        plt.switch_backend("agg")
        yield
        plt.close("all")


@pytest.fixture
def ax() -> Axes:
    """Axes of a figure that pyplot does not know."""
    axes: Axes = Figure().subplots()
    return axes
