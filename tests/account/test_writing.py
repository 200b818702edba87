"""The account as text, LaTeX and HTML: what is written has the value that it says."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from account.cases import SEEDS, account_of, run_of
from account.magnitude import magnitude
from account.reading import value_of_mathml, value_of_text
from pellucid import Experiment, Run
from pellucid.account import Account, Line
from pellucid.account.figures import written
from pellucid.account.filling import filled
from pellucid.account.latex_writer import LatexWriter
from pellucid.account.mathml_writer import MathmlWriter
from pellucid.account.text_writer import TextWriter
from pellucid.errors import DivergedError
from pellucid.formulas import Tree, evaluate, parse

ROUNDED = 1e-5
"""Of what the terms come to without their signs: numbers are written with six digits."""

CHILDREN = {"mfrac": 2, "msup": 2, "msub": 2, "munder": 2}


def equations(seed: int, *, whole: bool) -> list[tuple[Line, Tree, Tree]]:
    """Return the equations of a run's account that have something on their right side, with their numbers."""
    lines = account_of(seed, run_of(seed)).lines
    pairs = [
        (line, tree, made)
        for line in lines
        for tree, made in zip(line.equations, line.filled(whole=whole), strict=True)
    ]
    return [(line, tree, made) for line, tree, made in pairs if len(made) == 4]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("whole", [True, False])
def test_the_numbers_in_the_text_come_to_their_result(seed: int, whole: bool) -> None:
    for line, tree, made in equations(seed, whole=whole):
        _, expression, result = TextWriter().write(made).split(" = ")
        allowed = ROUNDED * magnitude(tree, line.values, line.terms) + 1e-35
        assert abs(value_of_text(expression) - value_of_text(result)) <= allowed, expression


@pytest.mark.parametrize("seed", SEEDS[::7])
def test_the_mathematics_in_the_html_comes_to_its_result(seed: int) -> None:
    for line, tree, made in equations(seed, whole=False):
        _, expression, result = made[1:]
        element = ET.fromstring(f"<math>{MathmlWriter().write(expression)}</math>")
        allowed = ROUNDED * magnitude(tree, line.values, line.terms) + 1e-35
        assert abs(value_of_mathml(element) - result[1]) <= allowed, expression


@pytest.mark.parametrize("count", [0, 1, 6, 7, 30])
def test_a_long_sum_shows_its_largest_terms_and_what_the_others_add_up_to(count: int) -> None:
    rng = np.random.default_rng(count)
    terms = [{"w": float(w), "x": float(x)} for w, x in rng.normal(size=(count, 2))]
    tree = parse("b + Sum(i, w * x)")
    made = filled(tree, {"b": 0.5}, terms)
    products = [term["w"] * term["x"] for term in terms]
    if count <= 6:
        assert made == filled(tree, {"b": 0.5}, terms, whole=True)
        return
    *shown, more = made[2:]
    sizes = sorted((abs(product) for product in products), reverse=True)
    assert [abs(evaluate(term, {})) for term in shown] == sizes[:5]
    assert more[:2] == ["more", count - 5]
    assert sum(evaluate(term, {}) for term in shown) + more[2] == pytest.approx(sum(products), rel=1e-12)
    assert len(filled(tree, {"b": 0.5}, terms, whole=True)) == count + 2


def worked_by_hand() -> Run:
    """Return the 2-2-1 network that `engine/test_hand_worked.py` works by hand."""
    run = Run(
        Experiment(
            data={"kind": "given", "inputs": [[0.6, -0.4], [0, 0.5]], "targets": [1, 0], "held_out": []},
            network={"hidden": [{"units": 2}], "output_activation": "sigmoid"},
            training={"loss": "squared_error", "learning_rate": 0.5},
        )
    )
    for unit, (row, bias) in enumerate([([0.5, -0.3], 0.1), ([-0.8, 0.2], -0.2)]):
        run.set_bias(0, unit, bias)
        for source, weight in enumerate(row):
            run.set_weight(0, unit, source, weight)
    for source, weight in enumerate([0.7, -0.6]):
        run.set_weight(1, 0, source, weight)
    run.set_bias(1, 0, 0.05)
    return run


BY_HAND = """
z = 0.1 + 0.5 · 0.6 + (−0.3) · (−0.4) = 0.52
z = −0.2 + (−0.8) · 0.6 + 0.2 · (−0.4) = −0.76
a = tanh(0.52) = 0.4777
a = tanh(−0.76) = −0.641077
z = 0.05 + 0.7 · 0.4777 + (−0.6) · (−0.641077) = 0.769036
a = 1 / (1 + exp(−0.769036)) = 0.683312
L = (0.683312 − 1)² / 2 = 0.0501455
∂L/∂a = 0.7 · (−0.0685301) = −0.0479711
f′ = 1 − 0.4777² = 0.771803
f′ = 1 − (−0.641077)² = 0.58902
"""
BY_HAND_AFTER = """
0.511107 −0.307405 0.118512 −0.807266 0.204844 −0.21211 0.716368 −0.621967 0.0842651
"""


def test_the_text_is_the_update_that_was_worked_by_hand() -> None:
    text = worked_by_hand().explain([0.6, -0.4], 1).text()
    for line in BY_HAND.strip().splitlines():
        assert line in text
    for weight in BY_HAND_AFTER.split():
        assert re.search(rf"[wb]′ = .* = {weight}$", text, re.MULTILINE), weight
    for source in ("a[k] = tanh(z[k])", "delta[j] * x[i]", "w[k] -= rate * gradient"):
        assert source in text


def test_text_folds_what_is_long_and_shows_it_whole_when_asked() -> None:
    rng = np.random.default_rng(0)
    inputs = (rng.random((6, 64)) < 0.5).astype(float)
    data = {"kind": "given", "inputs": inputs, "targets": [0, 1, 2] * 2, "classes": 3, "held_out": []}
    account = Run(Experiment(data=data)).explain(sample=0)
    text, whole = account.text(), account.text(whole=True)
    assert "the 8 largest of 64:" in text
    assert re.search(r"\[\d+ more: −?[\d.]+\]", text)
    assert "more:" not in whole
    assert "largest of" not in whole
    assert len(whole.splitlines()) > 3 * len(text.splitlines())
    assert str(account) == text


def test_a_batch_says_whose_shares_make_its_gradient() -> None:
    account = Run(Experiment(training={"batch_size": 4})).explain()
    line = account.line("gradient", 0, 0, 1)
    assert [name.text for name in line.term_names] == [f"sample {row}" for row in account.batch]
    assert f"on a batch of 4 samples ({', '.join(map(str, account.batch))})" in account.title
    shares = sum(term["delta_x"] for term in line.terms) / 4
    assert shares == pytest.approx(line.result, rel=1e-5)
    assert line.symbols() == ("∂L/∂w = (Σₛ δₛ · xₛ) / B",)


@pytest.mark.parametrize("seed", SEEDS[::10])
def test_html_is_whole_and_brings_all_that_it_needs(seed: int) -> None:
    html = account_of(seed, run_of(seed)).html()
    root = ET.fromstring(html)
    tags = {element.tag for element in root.iter()}
    assert not tags & {"script", "style", "link", "img", "iframe"}
    assert "http" not in html
    for element in root.iter():
        if element.tag in CHILDREN:
            assert len(element) == CHILDREN[element.tag]
        if element.tag in ("mn", "mi", "mo", "mtext"):
            assert element.text
            assert len(element) == 0
    assert root.findall(".//details/pre/code/b")


@pytest.mark.parametrize("seed", SEEDS[::10])
def test_latex_is_balanced(seed: int) -> None:
    latex = account_of(seed, run_of(seed)).latex()
    bare = latex.replace(r"\{", "").replace(r"\}", "")
    depth = 0
    for character in bare:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    open_environments: list[str] = []
    for verb, name in re.findall(r"\\(begin|end)\{(\w+\*?)\}", latex):
        if verb == "begin":
            open_environments.append(name)
        else:
            assert open_environments.pop() == name
    assert not open_environments
    # A line of mathematics breaks outside of braces.
    for line in latex.splitlines():
        if line.endswith(r"\\"):
            assert line.count("{") == line.count("}")
    assert latex.isascii()


def test_every_notation_has_a_symbol_for_every_name() -> None:
    tree = parse("w_new == sqrt(v_hat) + epsilon * beta1 - max(0, p1)")
    assert TextWriter().write(tree) == "w′ = √(v̂) + ε · β₁ − max(0, β₁ᵗ)"
    assert LatexWriter().write(tree) == r"w' = \sqrt{\hat{v}} + \varepsilon \cdot \beta_1 - \max(0, \beta_1^t)"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("a - (b - c)", "a − (b − c)"),
        ("a - b - c", "a − b − c"),
        ("(a + b) * c", "(a + b) · c"),
        ("a / (b * c)", "a / (b · c)"),
        ("a * b / c", "a · b / c"),
        ("-(a + b)", "−(a + b)"),
        ("(-a) ** 2", "(−a)²"),
        ("a * Sum(i, b[i] + c)", "a · (Σᵢ (bᵢ + c))"),
    ],
)
def test_parentheses_stand_where_they_are_needed(expression: str, text: str) -> None:
    assert TextWriter().write(parse(expression)) == text


def test_the_names_are_those_of_the_page() -> None:
    features = ["x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2"]
    account = Run(Experiment(features=features)).explain(sample=0)
    names = [line.name.text for line in account.stages[0].lines]
    assert names == ["x1", "x2", "x1²", "x2²", "x1·x2", "sin x1", "sin x2"]
    assert account.line("delta", 0, 2).name.text == "h1,3"
    assert account.line("step", 1, 2, 3).name.text == "h2,3 ← h1,4"
    assert account.line("step", 2).name.text == "ŷ, bias"
    named = Run(Experiment.for_drawings(["AAA", "BBB"], [0, 1], ["X", "50 %"])).explain(sample=0)
    assert named.line("delta", 1, 1).name == ("ŷ 50 %", r"\hat{y}_{\text{50 \%}}")
    assert named.stages[0].lines[7].name.text == "x2,2"


def test_a_dictionary_holds_every_number_for_json() -> None:
    account = Run(Experiment()).explain(sample=0)
    found = account.to_dict()
    values = [line["values"] for stage in found["stages"] for line in stage["lines"]]
    assert values == [line.values for line in account.lines]
    assert (found["loss"], found["loss_after"], found["sample"]) == (account.loss, account.loss_after, 0)


def test_a_large_network_is_read_only_where_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(Experiment(network={"hidden": [{"units": 200}, {"units": 200}]}))
    account: Account = run.explain(sample=0)
    read = Counter[str]()
    entry = account._ledger.entry

    def counted(kind: str, *place: Any) -> Any:
        read[kind] += 1
        return entry(kind, *place)

    monkeypatch.setattr(account._ledger, "entry", counted)
    account.text()
    assert 50 < read.total() < 200


def test_the_update_at_which_a_run_diverges_can_still_be_read() -> None:
    run = Run(Experiment(data={"kind": "bumps"}, network={"hidden": []}, training={"learning_rate": 100}))
    ahead = Run(run.experiment)
    with pytest.raises(DivergedError) as diverged:
        ahead.step(1000)
    run.step(diverged.value.step - 1)
    account = run.explain()
    text, html, latex = account.text(), account.html(), account.latex()
    assert "×10³" in text
    assert re.search("∞|NaN", text)
    assert re.search("∞|NaN", html)
    assert re.search(r"\\infty|\\mathrm\{NaN\}", latex)


def test_a_very_long_sum_opens_with_its_largest_terms() -> None:
    account = Run(Experiment(data={"samples": 400}, training={"batch_size": "all"})).explain()
    assert "the 100 largest of 200 terms" in account.html()
    line = account.line("gradient", 0, 0, 0)
    largest = max(line.terms, key=lambda term: abs(term["delta_x"]))
    assert f"<td>{written(largest['delta_x'])}</td>" in account.html()
