"""Losses of samples beside float64, and where a careless formula would overflow."""

from typing import Any

import numpy as np
import pytest

from engine import reference
from engine.forms import ENUMERATIONS
from engine.harness import Trial

SETTINGS: list[dict[str, Any]] = [
    {},
    {"output_kind": "per_class"},
    {"data_kind": "spiral", "classes": 5},
    {"data_kind": "blobs", "classes": 3, "loss": "squared_error"},
    {"data_kind": "bumps"},
    *(
        {"loss": "squared_error", "output_activation": name, "output_kind": "per_class"}
        for name in ENUMERATIONS["Activation"]
        if name != "softmax"
    ),
]


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda settings: ", ".join(map(str, settings.values())) or "moons")
def test_outputs_and_losses_agree_with_numpy(settings: dict[str, Any]) -> None:
    trial = Trial(**settings)
    trial.expect_running("epochs", 3)
    trial.expect_running("evaluate")
    X, T = trial.array("NETWORK_INPUTS").astype(float), trial.array("TARGETS").astype(float)
    outputs = reference.forward(trial.doubles(), trial.kinds, X)[1][-1]
    np.testing.assert_allclose(trial.array("NETWORK_OUTPUTS"), outputs, rtol=1e-5, atol=1e-6)
    losses = reference.losses(trial.doubles(), trial.kinds, X, T, trial.loss)
    np.testing.assert_allclose(trial.array("SAMPLE_LOSSES"), losses, rtol=1e-5, atol=1e-6)
    train = trial["TRAIN_SAMPLES"]
    assert trial["TRAIN_LOSS"] == pytest.approx(losses[:train].mean(), rel=1e-5)
    assert trial["TEST_LOSS"] == pytest.approx(losses[train:].mean(), rel=1e-5)


@pytest.mark.parametrize("hidden", [[kind] for kind in ENUMERATIONS["Activation"] if kind != "softmax"])
def test_every_activation_of_hidden_units_agrees_with_numpy(hidden: list[str]) -> None:
    trial = Trial((5, 3), activations=hidden * 2, initializer="normal", initializer_scale=1.0)
    X = trial.array("NETWORK_INPUTS").astype(float)
    outputs = reference.forward(trial.doubles(), trial.kinds, X)[1][-1]
    np.testing.assert_allclose(trial.array("NETWORK_OUTPUTS"), outputs, rtol=1e-5, atol=1e-6)


def confident(logit: float, value: int, **settings: Any) -> Trial:
    """Return a network without hidden layers whose one sample has this logit (per class: logits 0 and this one)."""
    trial = Trial(hidden=(), given=([[1.0]], [value]), initializer="zeros", **settings)
    outputs = trial["OUTPUTS"]
    trial.expect_running("set_bias", 0, outputs - 1, logit)
    trial.expect_running("evaluate")
    return trial


@pytest.mark.parametrize("output_kind", ["single", "per_class"])
@pytest.mark.parametrize(("logit", "value"), [(1e4, 1), (-1e4, 0), (1e4, 0), (-1e4, 1), (3e38, 0), (-3e38, 1)])
def test_cross_entropy_of_a_sure_network_neither_overflows_nor_loses_its_size(
    output_kind: str, logit: float, value: int
) -> None:
    trial = confident(logit, value, output_kind=output_kind)
    right = (logit > 0) == (value == 1)
    expected = 0.0 if right else abs(logit)
    assert trial["TRAIN_LOSS"] == pytest.approx(expected, rel=1e-6, abs=1e-30)
    assert trial.status == "running"


@pytest.mark.parametrize("output_kind", ["single", "per_class"])
def test_a_sure_network_that_is_wrong_still_has_a_gradient(output_kind: str) -> None:
    trial = confident(1e4, 0, output_kind=output_kind)
    trial.expect_running("step", 1)
    assert trial.array("GRADIENTS")[-1] == 1


def test_probabilities_of_softmax_add_up_to_one() -> None:
    trial = Trial(data_kind="spiral", classes=5, initializer="normal", initializer_scale=20.0)
    outputs = trial.array("NETWORK_OUTPUTS")
    assert outputs.sum(axis=1) == pytest.approx(1, abs=1e-6)
    assert outputs.min() >= 0
