"""The page's presets show what their line says: trained by the engine from ten starts, each on points of its own."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pytest

from pellucid import Experiment, Run
from pellucid.errors import DivergedError

PRESETS = Path(__file__).parents[1] / "web/src/state/presets.json"
GROUPS = json.loads(PRESETS.read_text("utf-8"))
PRESETS_OF_ALL = [preset for group in GROUPS for preset in group["presets"]]
BY_HAND = [preset for preset in PRESETS_OF_ALL if "weights" in preset]
CASES = [pytest.param(preset, id=preset["name"]) for preset in PRESETS_OF_ALL if preset not in BY_HAND]

SEEDS = range(10)
STATISTICS: dict[str, Callable[[list[float]], float]] = {"lowest": min, "median": median, "highest": max}

# Weights below this are as good as gone.
PRUNED = 0.01


def started(document: dict[str, Any], seed: int) -> dict[str, Any]:
    """Return the preset with points and weights of its own."""
    return document | {part: {**document.get(part, {}), "seed": seed} for part in ("data", "network", "training")}


def outcome(document: dict[str, Any], epochs: int) -> dict[str, float]:
    """Train an experiment and return the measures that checks are about."""
    run = Run(Experiment(**document))
    start = run.loss
    try:
        run.epoch(epochs)
    except DivergedError:
        return {"diverged": 1.0}
    weights = np.concatenate([each.ravel() for each in run.weights])
    measures = {
        "diverged": 0.0,
        "loss": run.loss,
        "loss_growth": run.loss / start,
        "test_loss": run.test_loss,
        "accuracy": run.accuracy,
        "test_accuracy": run.test_accuracy,
        "pruned": float(np.mean(np.abs(weights) < PRUNED)),
    }
    return {name: value for name, value in measures.items() if value is not None}


@pytest.mark.parametrize("preset", CASES)
def test_what_a_preset_says_is_so(preset: dict[str, Any]) -> None:
    tested = preset["tested"]
    outcomes = [outcome(started(preset["experiment"], seed), tested["epochs"]) for seed in SEEDS]
    assert tested["checks"]
    for check in tested["checks"]:
        value = STATISTICS[check["statistic"]]([each[check["measure"]] for each in outcomes])
        assert check.get("least", -math.inf) <= value <= check.get("most", math.inf), check


@pytest.mark.parametrize("preset", CASES)
def test_the_start_that_a_visitor_gets_shows_it_as_well(preset: dict[str, Any]) -> None:
    seen = outcome(preset["experiment"], preset["tested"]["epochs"])
    for check in preset["tested"]["checks"]:
        assert check.get("least", -math.inf) <= seen[check["measure"]] <= check.get("most", math.inf), check


def test_names_are_told_apart_and_each_line_is_one_sentence() -> None:
    names = [preset["name"] for preset in PRESETS_OF_ALL]
    assert len(set(names)) == len(names)
    for preset in PRESETS_OF_ALL:
        assert preset["line"].endswith(".")
        assert len(preset["line"]) <= 110, preset["line"]


def test_the_preset_worked_by_hand_is_the_update_of_the_tests() -> None:
    (preset,) = BY_HAND
    run = Run(Experiment(**preset["experiment"]))
    for layer, units in enumerate(preset["weights"]):
        for unit, (*weights, bias) in enumerate(units):
            for source, weight in enumerate(weights):
                run.set_weight(layer, unit, source, weight)
            run.set_bias(layer, unit, bias)
    # The figures of tests/engine/test_hand_worked.py
    assert run.loss == pytest.approx(0.050146, abs=1e-6)
    assert run.predict_proba([[0.6, -0.4]])[0, 1] == pytest.approx(0.683312, abs=1e-6)
    run.step()
    assert run.bias_gradients[1][0] == pytest.approx(-0.068530, abs=1e-6)
    assert run.bias_gradients[0] == pytest.approx([-0.037024, 0.024219], abs=1e-6)


def test_what_holds_a_wide_net_back_does_so_beside_the_same_net_without_it() -> None:
    by_name = {preset["name"]: preset for preset in PRESETS_OF_ALL}
    wide, held = (by_name[name]["experiment"] for name in ("A wide net over-fits", "L2 holds it back"))
    assert wide["data"] == held["data"]
    assert wide["network"] == held["network"]
    losses = [[outcome(started(each, seed), 1000)["test_loss"] for each in (wide, held)] for seed in SEEDS]
    assert sum(with_penalty < without for without, with_penalty in losses) >= 9
