"""The account of an update: what it says is so."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest

from account.cases import SEEDS, account_of, run_of
from account.magnitude import magnitude
from engine.double_precision import Network, use_float64_functions
from pellucid import Experiment, Run
from pellucid.account import Account
from pellucid.account.rule import Rule
from pellucid.engine.activations import Activation
from pellucid.engine.losses import Loss
from pellucid.errors import ArgumentError, DivergedError
from pellucid.formulas import FORMULAS, evaluate

TINY = 1e-35
"""Below, float32 has fewer digits, and the engine takes some numbers for 0."""


@cache
def explained(seed: int) -> tuple[Run, Account]:
    run = run_of(seed)
    return run, account_of(seed, run)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_line_comes_out_again_from_its_numbers(seed: int) -> None:
    """To 1e-6 of what its terms come to without their signs: of the result itself, where nothing cancels."""
    for line in explained(seed)[1].lines:
        for equation in line.equations:
            again = evaluate(equation, line.values, line.terms)
            allowed = 1e-6 * magnitude(equation, line.values, line.terms) + TINY
            assert abs(again - line.value(equation)) <= allowed, (line, equation, again)


@pytest.mark.parametrize("seed", SEEDS)
def test_gradients_are_central_differences(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    use_float64_functions(monkeypatch)
    account = explained(seed)[1]
    block, rows = account._ledger.before, list(account._ledger.batch)
    layers, rng = block.integer("LAYERS"), np.random.default_rng(seed)
    kinds = [Activation(block.integer("LAYER_ACTIVATIONS", layer)) for layer in range(layers)]
    network = Network(account._ledger.widths, kinds, Loss(block.integer("LOSS_KIND")), rng)
    network.parameters = block.array("PARAMETERS").astype(np.float64)
    X = block.array("NETWORK_INPUTS")[rows].astype(np.float64)
    targets = block.array("TARGETS")[rows].astype(np.float64)
    if network.distance_to_kink(X) < 1e-4:
        return  # such are few: see the next test
    training = account.experiment.training
    rate = float(np.float32(training.regularization_rate)) if training.regularizer == "l2" else 0.0

    def objective() -> float:
        losses = [network.sample_loss(x, t) for x, t in zip(X, targets, strict=True)]
        penalty = sum(float((W**2).sum()) for W, _ in network.layers(network.parameters))
        return float(np.mean(losses)) + rate / 2 * penalty

    gradients = account._ledger.after.array("GRADIENTS")
    for place in rng.choice(gradients.size, size=min(8, gradients.size), replace=False):
        kept, ends = network.parameters[place], []
        for sign in (-1, 1):
            network.parameters[place] = kept + sign * 1e-5
            ends.append(objective())
        network.parameters[place] = kept
        assert gradients[place] == pytest.approx((ends[1] - ends[0]) / 2e-5, rel=1e-4, abs=1e-5)


def test_few_experiments_come_near_a_kink(monkeypatch: pytest.MonkeyPatch) -> None:
    near = 0
    for seed in SEEDS:
        account = explained(seed)[1]
        kinked = [line for line in account.lines if line.kind == "slope" and "relu" in line.variant]
        near += any(abs(line.values["z"]) < 1e-4 for line in kinked)
    assert near <= 4


def test_every_variant_of_every_formula_is_reached() -> None:
    reached = set()
    for seed in SEEDS:
        account = explained(seed)[1]
        reached |= {(line.kind, line.variant) for line in account.lines if line.kind != "input"}
        last = account.line("last_step")
        reached.add((last.kind, last.variant))
    wanted = {(kind, variant) for kind, variants in FORMULAS.items() for variant in variants if kind != "result"}
    assert reached == wanted


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "rmsprop", "adam"])
def test_every_equation_stands_in_the_source_of_the_engine(optimizer: str) -> None:
    for kind, variants in FORMULAS.items():
        for variant, formula in variants.items():
            sources = Rule(kind, variant, optimizer).sources
            assert [source and source.line for source in sources] == [each.line or None for each in formula.equations]


def test_the_figures_of_all_samples_follow_their_formula() -> None:
    run = run_of(0)
    loss = run.loss
    losses = run._block.array("SAMPLE_LOSSES")[: run.train_samples]
    tree = Rule("result", "loss", "sgd").trees[0]
    mean = evaluate(tree, {"n": float(len(losses))}, [{"s": s, "L_s": float(L)} for s, L in enumerate(losses)])
    assert mean == pytest.approx(loss, rel=1e-12)


@pytest.mark.parametrize("seed", SEEDS[::5])
def test_the_update_is_the_one_that_the_run_makes(seed: int) -> None:
    run = run_of(seed)
    before = run._block.words.copy()
    alone, batch = run.explain(sample=1), run.explain()
    assert (run._block.words == before).all()
    for account, (advance, *arguments) in ((alone, (run.teach, 1)), (batch, (run.step,))):
        run._block.words[:] = before
        advance(*arguments)
        for mine, theirs in ((account.weights_after, run.weights), (account.biases_after, run.biases)):
            assert b"".join(a.tobytes() for a in mine) == b"".join(a.tobytes() for a in theirs)
        for mine, theirs in ((account.gradients, run.gradients), (account.bias_gradients, run.bias_gradients)):
            assert b"".join(a.tobytes() for a in mine) == b"".join(a.tobytes() for a in theirs)
    steps = {line.place: line.result for line in batch.lines if line.kind == "step"}
    for (layer, unit, source), w_new in steps.items():
        after = batch.weights_after[layer][unit, source] if source >= 0 else batch.biases_after[layer][unit]
        assert w_new == after


@pytest.mark.parametrize("kind", ["moons", "table", "bits", "spiral"])
def test_a_sample_that_is_given_is_treated_like_one_of_the_run(kind: str) -> None:
    rng = np.random.default_rng(3)
    data, of_row = _data_with_rows(kind, rng)
    run = Run(Experiment(data=data, training={"optimizer": "adam"}))
    run.step(7)
    for row in (0, 5):
        own, given = run.explain(sample=row), run.explain(*of_row(run, row))
        assert [line.values for line in own.lines] == [line.values for line in given.lines]
        assert (own.sample, own.batch) == (row, (row,))
        assert (given.sample, given.batch) == (None, ())


def _data_with_rows(kind: str, rng: np.random.Generator) -> tuple[dict[str, Any], Callable[[Run, int], Any]]:
    if kind in ("moons", "spiral"):
        return {"kind": kind}, lambda run, row: (run.points[row], run.values[row])
    if kind == "table":
        points = np.column_stack([100 + 20 * rng.normal(size=(9, 2)), 5 * rng.normal(size=9)])
        data = {"kind": "given", "points": points, "classes": 0, "scaling": "standard", "held_out": []}
        return data, lambda _, row: (points[row, :2], points[row, 2])
    inputs = (rng.random((9, 6)) < 0.5).astype(float)
    data = {"kind": "given", "inputs": inputs, "targets": [0, 1, 2] * 3, "held_out": [], "class_names": list("ABC")}
    return {**data, "classes": 3}, lambda run, row: (inputs[row], "ABC"[int(run.values[row])])


def test_the_place_in_the_batch_says_which_sample_is_looked_at() -> None:
    run = Run(Experiment())
    accounts = [run.explain(of=place) for place in range(10)]
    assert tuple(account.sample for account in accounts) == accounts[0].batch
    assert len({account.loss for account in accounts}) > 1
    assert all((a.weights_after[0] == accounts[0].weights_after[0]).all() for a in accounts)


def test_the_loss_falls_by_an_update_on_the_sample_alone() -> None:
    run = Run(Experiment(training={"learning_rate": 0.01}))
    account = run.explain(sample=3)
    assert account.loss_after < account.loss
    run.teach(3)
    assert run.explain(sample=3).loss == account.loss_after


def test_a_nudge_finds_the_gradient() -> None:
    account = Run(Experiment()).explain()
    for layer, W in enumerate(account.gradients):
        found = account.nudge(layer, 0, 1)
        assert found.gradient == W[0, 1]
        assert found.slope == pytest.approx(found.gradient, abs=1e-4)
        assert found.below != found.above
    assert account.nudge(1, 2).gradient == account.bias_gradients[1][2]
    for place in ((9, 0, 0), (0, 9, 0), (0, 0, 9), (-1, 0, 0)):
        with pytest.raises(ArgumentError, match="There is no parameter of layer"):
            account.nudge(*place)
    with pytest.raises(ArgumentError, match="ε is 0, but must be"):
        account.nudge(0, 0, 0, 0)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"x": [1, 2]}, "x and y must be given together"),
        ({"y": 1}, "x and y must be given together"),
        ({"x": [1, 2], "y": 0, "sample": 1}, "Both x and y and sample are given"),
        ({"sample": 1, "of": 1}, "Both sample and of are given"),
        ({"x": [1, 2, 3], "y": 1}, r"x has the shape \(3,\), but must have the shape \(2,\)"),
        ({"x": [[1, 2]], "y": 1}, r"x has the shape \(1, 2\)"),
        ({"x": ["a", "b"], "y": 1}, "x must be numbers"),
        ({"x": [1, float("nan")], "y": 1}, "x holds NaN"),
        ({"x": [1, 2], "y": 2}, "y is 2, but must be a class: a whole number from 0 to 1"),
        ({"x": [1, 2], "y": 0.5}, "y is 0.5, but must be a class"),
        ({"x": [1, 2], "y": True}, "y is True, but must be a class"),
        ({"x": [1, 2], "y": "ring"}, "y is 'ring', but must be a class"),
        ({"sample": 300}, "The sample is 300, but must be a whole number from 0 to 149"),
        ({"sample": -1}, "The sample is -1, but must be"),
        ({"sample": "first"}, "The sample is 'first', but must be"),
        ({"sample": 150}, "Sample 150 is held out, so no update is made on it; those trained on are 0 to 149"),
        ({"of": 10}, "The place in the batch is 10, but must be a whole number from 0 to 9"),
        ({"of": -1}, "The place in the batch is -1"),
    ],
)
def test_what_cannot_be_explained_is_refused_in_a_sentence(arguments: dict[str, object], sentence: str) -> None:
    with pytest.raises(ArgumentError, match=sentence):
        Run(Experiment()).explain(**arguments)  # type: ignore[arg-type]


def test_other_runs_refuse_what_does_not_suit_them() -> None:
    bits = Run(Experiment(data={"kind": "given", "inputs": [[0, 1], [1, 1]], "targets": [0, 1], "held_out": []}))
    with pytest.raises(ArgumentError, match="x must hold 0 and 1 alone"):
        bits.explain([0.5, 1], 0)
    fitted = Run(Experiment(data={"kind": "bumps"}))
    with pytest.raises(ArgumentError, match="y is 'high', but must be a number"):
        fitted.explain([0, 0], "high")
    with pytest.raises(ArgumentError, match="y is inf, but must be a finite"):
        fitted.explain([0, 0], float("inf"))
    empty = Run(Experiment.for_drawings())
    with pytest.raises(ArgumentError, match="There is nothing to train on"):
        empty.explain()
    with pytest.raises(ArgumentError, match="The sample is 0, but must be one that there is: there are none"):
        empty.explain(sample=0)
    with pytest.raises(ArgumentError, match="The run has no samples"):
        empty.explain(np.zeros(36), 0)


def test_a_run_that_has_diverged_is_not_explained() -> None:
    run = Run(Experiment(data={"kind": "bumps"}, network={"hidden": []}, training={"learning_rate": 100}))
    with pytest.raises(DivergedError):
        run.step(1000)
    with pytest.raises(DivergedError):
        run.explain()


def test_lines_that_there_are_none_of_are_refused() -> None:
    account = Run(Experiment()).explain(sample=0)
    with pytest.raises(ArgumentError, match="The kind of line is 'bias', but must be one of pre_activation"):
        account.line("bias")
    for place in ((3, 0, -1), (0, 4, -1), (0, 0, 2), (-1, 0, -1)):
        with pytest.raises(ArgumentError, match="There is no step of layer"):
            account.line("step", *place)
    with pytest.raises(ArgumentError, match="There is no incoming of layer 2"):
        account.line("incoming", 2)
