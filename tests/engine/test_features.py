"""What the network sees of a point."""

import itertools

import numpy as np
import pytest

from engine.forms import ENUMERATIONS, Engine
from engine.harness import Trial

NAMES = list(ENUMERATIONS["Feature"])

POINTS = np.random.default_rng(0).uniform(-4, 4, (40, 2)).astype(np.float32)


def in_numpy(names: tuple[str, ...]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    x1, x2 = POINTS.astype(float).T
    known = {
        "x1": x1,
        "x2": x2,
        "x1_squared": x1**2,
        "x2_squared": x2**2,
        "x1_x2": x1 * x2,
        "sin_x1": np.sin(x1),
        "sin_x2": np.sin(x2),
    }
    return np.stack([known[name] for name in NAMES if name in names], axis=1)


@pytest.mark.parametrize("names", [*((name,) for name in NAMES), *itertools.combinations(NAMES, 5), tuple(NAMES)])
def test_features_are_what_numpy_makes_of_the_points(names: tuple[str, ...]) -> None:
    trial = Trial(features=names)
    out = np.zeros((len(POINTS), len(names)), np.float32)
    trial.expect_running("encode", POINTS, len(POINTS), out)
    np.testing.assert_allclose(out, in_numpy(names), rtol=2e-7, atol=1e-7)


def test_the_inputs_of_a_run_are_the_features_of_its_points(engine: Engine) -> None:
    trial = Trial(samples=10, features=tuple(NAMES), engine=engine)
    out = np.zeros((10, len(NAMES)), np.float32)
    trial.expect_running("encode", trial.array("POINTS"), 10, out)
    assert trial.array("NETWORK_INPUTS").tobytes() == out.tobytes()
    assert trial.slot("WIDTHS")[0] == len(NAMES)
