"""Data that several tests fit."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from pellucid.datasets import bumps, moons

Data = tuple[npt.NDArray[Any], npt.NDArray[Any]]


@pytest.fixture(scope="session")
def two_moons() -> Data:
    return moons(200, noise=0.15)


@pytest.fixture(scope="session")
def cones() -> Data:
    return bumps(200, noise=0.0)


@pytest.fixture(scope="session")
def many_classes() -> Data:
    """Twelve clouds in 5 dimensions."""
    rng = np.random.default_rng(0)
    y = np.arange(360) % 12
    return rng.normal(size=(12, 5))[y] * 3 + rng.normal(size=(360, 5)) * 0.3, y
