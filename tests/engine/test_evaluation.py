"""Losses, accuracies, predicted classes and confusion matrices of the samples trained on and held out."""

from typing import Any

import numpy as np
import pytest

from engine.forms import Engine
from engine.harness import BadSettingsError, Trial


def evaluated(**settings: Any) -> Trial:
    trial = Trial(**settings)
    trial.expect_running("epochs", 5)
    trial.expect_running("evaluate")
    return trial


@pytest.mark.parametrize(
    "settings",
    [{"samples": 151}, {"data_kind": "spiral", "classes": 5, "samples": 70}, {"output_kind": "per_class"}],
    ids=["single output", "five classes", "two outputs"],
)
def test_counts_follow_from_the_outputs(settings: dict[str, Any]) -> None:
    trial = evaluated(test_share=0.3, **settings)
    outputs, values, train = trial.array("NETWORK_OUTPUTS"), trial.array("VALUES").astype(int), trial["TRAIN_SAMPLES"]
    predicted = (outputs[:, 0] >= 0.5).astype(int) if outputs.shape[1] == 1 else outputs.argmax(axis=1)
    assert np.array_equal(trial.array("PREDICTED"), predicted)
    for part, name, confusion in (
        (slice(train), "TRAIN", trial.array("CONFUSION")[0]),
        (slice(train, None), "TEST", trial.array("CONFUSION")[1]),
    ):
        expected = np.zeros_like(confusion)
        np.add.at(expected, (values[part], predicted[part]), 1)
        assert np.array_equal(confusion, expected)
        assert trial[f"{name}_ACCURACY"] == pytest.approx(np.mean(values[part] == predicted[part]), abs=1e-12)
        losses = trial.array("SAMPLE_LOSSES")[part].astype(float)
        assert trial[f"{name}_LOSS"] == pytest.approx(losses.mean(), rel=1e-12)


def test_regression_has_losses_but_no_classes() -> None:
    trial = evaluated(data_kind="plane")
    assert np.all(trial.array("PREDICTED") == -1)
    assert trial.array("CONFUSION").size == 0
    assert (trial["TRAIN_ACCURACY"], trial["TEST_ACCURACY"]) == (0, 0)
    assert trial["TRAIN_LOSS"] > 0


def test_without_held_out_samples_the_test_loss_is_zero() -> None:
    trial = evaluated(test_share=0.0)
    assert (trial["TEST_LOSS"], trial["TEST_ACCURACY"]) == (0, 0)
    assert not trial.array("CONFUSION")[1].any()


def test_targets_of_plus_and_minus_one_are_told_apart_at_zero(engine: Engine) -> None:
    trial = Trial(
        hidden=(),
        given=([[-0.5], [0.5], [0.0]], [0, 1, 1]),
        loss="squared_error",
        output_activation="tanh",
        initializer="zeros",
        engine=engine,
    )
    trial.expect_running("set_weight", 0, 0, 0, 1.0)
    trial.expect_running("evaluate")
    assert trial.array("PREDICTED").tolist() == [0, 1, 1]
    assert trial["TRAIN_ACCURACY"] == 1


def test_of_equal_outputs_the_first_class_is_predicted(engine: Engine) -> None:
    trial = Trial(samples=20, initializer="zeros", data_kind="blobs", classes=4, engine=engine)
    assert not trial.array("PREDICTED").any()


def test_evaluating_changes_nothing_that_training_uses() -> None:
    one, other = Trial(batch_size=7), Trial(batch_size=7)
    for _ in range(9):
        one.expect_running("step", 1)
        one.expect_running("evaluate")
    other.expect_running("step", 9)
    other.expect_running("evaluate")
    assert one.snapshot().tobytes() == other.snapshot().tobytes()


@pytest.mark.parametrize("values", [[0, 2], [0, -1], [0, 0.5], [0, np.nan], [0, 1e30]])
def test_a_given_class_that_there_is_not_is_refused_and_never_counted(values: list[float]) -> None:
    with pytest.raises(BadSettingsError, match="bad_classes"):
        Trial(given=([[1.0], [2.0]], values), classes=2)
