"""Agreement with scikit-learn's multi-layer perceptron over 50 updates from the same weights.

Both see all training samples in every update. The engine calculates in float32, scikit-learn here in float64, so they
agree to what 50 updates leave of float32's precision.
"""

from typing import Any

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier, MLPRegressor

from pellucid import Experiment, Run

UPDATES = 50
RATES = {"sgd": 0.5, "momentum": 0.1, "adam": 0.002}
WEIGHT_SEED = 5
"""Adam divides by the size of a gradient and so magnifies the rounding of one near zero, as of a ReLU unit that is dead
for most samples. From this start there is none."""

TOLERANCES = {"sgd": 2e-5, "momentum": 2e-5, "adam": 1e-4}
ACTIVATIONS = {"tanh": "tanh", "relu": "relu", "sigmoid": "logistic", "linear": "identity"}


def estimator(experiment: Experiment) -> Any:
    """Return scikit-learn's estimator with the settings of an experiment."""
    training, hidden = experiment.training, experiment.network.hidden
    kind = MLPRegressor if experiment.data.regression else MLPClassifier
    return kind(
        hidden_layer_sizes=tuple(layer.units for layer in hidden),
        activation=ACTIVATIONS[hidden[0].activation],
        solver="adam" if training.optimizer == "adam" else "sgd",
        learning_rate_init=training.learning_rate,
        momentum=training.momentum if training.optimizer == "momentum" else 0,
        nesterovs_momentum=False,
        beta_1=training.momentum,
        beta_2=training.decay,
        epsilon=training.epsilon,
        alpha=0.0,
        batch_size=10_000,
        shuffle=False,
    )


def trained_by_sklearn(run: Run) -> tuple[Any, list[float]]:
    """Return scikit-learn's estimator after the updates, from the present weights of a run, and its losses."""
    theirs = estimator(run.experiment)
    train = slice(run.train_samples)
    X, y = run.inputs[train].astype(float), run.values[train]
    theirs.batch_size = run.train_samples
    classes = {} if run.experiment.data.regression else {"classes": np.unique(y)}
    theirs.partial_fit(X, y, **classes)  # makes its arrays, which then get the run's weights
    for mine, arrays in ((run.weights, theirs.coefs_), (run.biases, theirs.intercepts_)):
        for ours, array in zip(mine, arrays, strict=True):
            array[...] = ours.T
    optimizer = theirs._optimizer
    for moments in ("velocities", "ms", "vs"):
        for array in getattr(optimizer, moments, []):
            array[...] = 0
    optimizer.t = 0
    losses = []
    for _ in range(UPDATES):
        theirs.partial_fit(X, y)
        losses.append(theirs.loss_)
    return theirs, losses


@pytest.mark.parametrize("optimizer", RATES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(
    "data",
    [{"kind": "moons"}, {"kind": "spiral", "classes": 3}, {"kind": "bumps"}, {"kind": "plane", "test_share": 0.2}],
    ids=lambda data: data["kind"],
)
def test_fifty_updates_agree_with_scikit_learn(data: dict[str, Any], activation: str, optimizer: str) -> None:
    run = Run(
        Experiment(
            data=data,
            network={
                "hidden": [{"units": units, "activation": activation} for units in (8, 5)],
                "seed": WEIGHT_SEED,
            },
            training={
                "optimizer": optimizer,
                "learning_rate": RATES[optimizer] / (5 if activation == "linear" else 1),
                "batch_size": "all",
            },
        )
    )
    theirs, losses = trained_by_sklearn(run)
    run.epoch(UPDATES)
    mine = [moment.loss for moment in run.history]
    assert run.updates == UPDATES
    np.testing.assert_allclose(mine[:UPDATES], losses, rtol=1e-5, atol=1e-6)
    for W, coefs in zip(run.weights, theirs.coefs_, strict=True):
        np.testing.assert_allclose(W, coefs.T, rtol=1e-4, atol=TOLERANCES[optimizer])
    for b, intercepts in zip(run.biases, theirs.intercepts_, strict=True):
        np.testing.assert_allclose(b, intercepts, rtol=1e-4, atol=TOLERANCES[optimizer])
    if not run.experiment.data.regression:
        np.testing.assert_allclose(run.predict_proba(run.points), theirs.predict_proba(run.inputs), atol=1e-4)
