"""How the hidden units are used: the evidence for a diagnosis."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from pellucid import Experiment, Run

Doubles = npt.NDArray[np.float64]

STEEPEST = {"linear": 1.0, "sigmoid": 0.25, "tanh": 1.0, "relu": 1.0, "leaky_relu": 1.0, "gelu": 1.1289, "sine": 1.0}


FUNCTIONS: dict[str, Callable[[Doubles], Doubles]] = {
    "linear": lambda v: v,
    "sigmoid": lambda v: 1 / (1 + np.exp(-v)),
    "tanh": np.tanh,
    "relu": lambda v: np.maximum(v, 0),
    "leaky_relu": lambda v: np.where(v > 0, v, 0.01 * v),
    "gelu": lambda v: 0.5 * v * (1 + np.tanh(np.sqrt(2 / np.pi) * (v + 0.044715 * v**3))),
    "sine": np.sin,
}


def survey(run: Run) -> npt.NDArray[np.float32]:
    hidden = sum(len(W) for W in run.weights[:-1])
    out = np.full((hidden, 3), np.nan, dtype=np.float32)
    run._block.call("survey", out.ctypes.data)
    return out


@pytest.mark.parametrize("activation", STEEPEST)
@pytest.mark.parametrize("share", [0.0, 0.55])
def test_the_survey_agrees_with_numpy(activation: str, share: float) -> None:
    experiment = Experiment(
        data={"samples": 203, "test_share": share},
        network={"hidden": [{"units": 5, "activation": activation}, {"units": 3, "activation": activation}]},
    )
    run = Run(experiment)
    run.epoch(2)
    f = FUNCTIONS[activation]
    a = run.inputs[: run.train_samples].astype(np.float64)
    expected = []
    for W, b in zip(run.weights[:-1], run.biases[:-1], strict=True):
        z = a @ W.T.astype(np.float64) + b
        slope = np.abs(f(z + 1e-6) - f(z - 1e-6)) / 2e-6 / STEEPEST[activation]
        a = f(z)
        expected += [*zip(a.mean(axis=0), a.std(axis=0), slope.mean(axis=0), strict=True)]
    np.testing.assert_allclose(survey(run), expected, atol=2e-3)


def test_dead_and_saturated_units_are_seen() -> None:
    experiment = Experiment(network={"hidden": [{"units": 2, "activation": "relu"}, {"units": 2}]})
    run = Run(experiment)
    run.set_bias(0, 0, -100.0)
    run.set_bias(1, 1, 30.0)
    found = survey(run)
    np.testing.assert_array_equal(found[0], 0)
    assert found[1, 2] > 0.1
    assert found[3, 0] == 1
    assert found[3, 2] < 1e-3


def test_without_samples_there_is_nothing_to_say() -> None:
    assert not survey(Run(Experiment.for_drawings())).any()
