"""Runs of every sort, small enough that every line of their accounts can be looked at."""

from __future__ import annotations

from typing import Any

import numpy as np

from pellucid import Experiment, Run
from pellucid.account import Account
from pellucid.experiment import FEATURES

ACTIVATIONS = ("linear", "sigmoid", "tanh", "relu", "leaky_relu", "gelu", "sine")
OPTIMIZERS = ("sgd", "momentum", "rmsprop", "adam")
REGULARIZERS = ("none", "l1", "l2")
BATCHES = (1, 3, 10, "all")
KINDS = ("moons", "blobs", "bumps", "plane", "spiral", "points", "table", "inputs", "bits")

SEEDS = range(200)


def experiment(seed: int) -> Experiment:
    """Return an experiment by its number: neighbours differ in all that is chosen from a list."""
    rng = np.random.default_rng(seed)
    kind = KINDS[seed % len(KINDS)]
    data = _data(kind, rng)
    regression = data["classes"] == 0 or kind in ("bumps", "plane")
    squared = regression or seed % 5 == 1
    loss = (
        "squared_error" if squared and rng.random() < 0.5 else "auto" if regression or not squared else "squared_error"
    )
    hidden = [
        {"units": int(rng.integers(1, 5)), "activation": ACTIVATIONS[(seed + layer) % 7]}
        for layer in range(rng.integers(0, 3))
    ]
    two = data["classes"] == 2 and not regression
    return Experiment(
        data={**data, "classes": 2 if kind in ("bumps", "plane") else data["classes"], "seed": seed},
        features=[FEATURES[k] for k in sorted(rng.choice(7, size=rng.integers(1, 8), replace=False))],
        network={
            "hidden": hidden,
            "outputs": "per_class" if two and seed % 2 else "auto",
            "output_activation": ACTIVATIONS[seed // 2 % 7] if squared else "auto",
            "bias": float(rng.uniform(-0.2, 0.2)),
            "seed": seed,
        },
        training={
            "loss": loss,
            "optimizer": OPTIMIZERS[seed // 3 % 4],
            "learning_rate": 0.02,
            "regularizer": REGULARIZERS[seed // 7 % 3],
            "regularization_rate": 0.01,
            "batch_size": BATCHES[seed // 4 % 4],
            "seed": seed,
        },
    )


def run_of(seed: int) -> Run:
    """Return the run of an experiment, some updates after its start; in every ninth a weight is switched off."""
    run = Run(experiment(seed))
    run.step(int(np.random.default_rng(seed).integers(0, 12)))
    if seed % 9 == 4:
        run._block.call("switch_off", 0, 0, 0, 1)
    return run


def account_of(seed: int, run: Run) -> Account:
    """Return one of the accounts that a run can give: on a sample, on one that is given, on a batch."""
    rng = np.random.default_rng(seed)
    if seed % 3 == 0:
        return run.explain(sample=int(rng.integers(run.train_samples)))
    if seed % 3 == 1:
        return run.explain()
    if run.experiment.data.inputs is not None or run.experiment.data.kind == "given":
        return run.explain(of=0)
    return run.explain(rng.normal(size=2), float(rng.integers(2)))


def _data(kind: str, rng: np.random.Generator) -> dict[str, Any]:
    if kind in ("moons", "blobs", "bumps", "plane", "spiral"):
        classes = int(rng.integers(2, 6)) if kind in ("blobs", "spiral") else 2
        return {"kind": kind, "samples": 40, "classes": classes, "noise": 0.1}
    rows, classes = 12, int(rng.choice([0, 2, 3]))
    values = rng.integers(0, classes, rows) if classes else rng.normal(size=rows)
    given = {"kind": "given", "classes": classes}
    if kind in ("points", "table"):
        scale, scaling = (1.0, "none") if kind == "points" else (40.0, "standard")
        points = np.column_stack([scale * rng.normal(size=(rows, 2)), values])
        return given | {"points": points, "scaling": scaling}
    inputs = rng.normal(size=(rows, 5)) if kind == "inputs" else (rng.random((rows, 9)) < 0.4).astype(float)
    return given | {"inputs": inputs, "targets": values}
