"""The same experiment and drawing give the same bits natively, in Chromium, Node, SpiderMonkey and JavaScriptCore."""

import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Playwright

from pellucid.library import library
from same_bits import drawings as drawn
from same_bits.case import Case
from same_bits.matrix import all_pairs, choice_of, pairs, pairwise, product
from same_bits.native import STAGES, Outcome, train
from same_bits.special import special
from same_bits.targets import COMPILERS, ENGINES, V8, chromium_page, run_in_page

SHELLS = {**ENGINES, **COMPILERS}
SLAB = 2000

Trained = tuple[list[dict[str, Any]], list[Outcome]]
"""Experiments as the runner takes them, and what comes out of each natively."""


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [*pairwise(), *special()]


@pytest.fixture(scope="module")
def trained(cases: list[Case]) -> Trained:
    return train_all(cases)


@pytest.fixture(scope="module")
def everything(trained: Trained) -> Trained:
    """Return the experiments and, behind them, the drawings."""
    drawings = [*drawn.drawings()]
    return [*trained[0], *drawings], [*trained[1], *map(drawn.read, drawings)]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_gives_the_native_bits(shell: str, everything: Trained, tmp_path: Path) -> None:
    experiments, native = everything
    assert difference(shell, native, SHELLS[shell].run(experiments, tmp_path)) is None


def test_chromium_gives_the_native_bits(everything: Trained, playwright: Playwright) -> None:
    experiments, native = everything
    with chromium_page(playwright) as page:
        assert difference("chromium", native, run_in_page(page, experiments)) is None


@pytest.mark.heavy
def test_the_product_of_choices_has_the_same_bits_everywhere(playwright: Playwright, tmp_path: Path) -> None:
    with chromium_page(playwright) as page:
        remaining = product()
        while cases := list(itertools.islice(remaining, SLAB)):
            experiments, native = train_all(cases)
            assert difference("chromium", native, run_in_page(page, experiments)) is None
            for name, shell in ENGINES.items():
                assert difference(name, native, shell.run(experiments, tmp_path)) is None


def test_every_two_choices_meet_in_an_experiment(cases: list[Case]) -> None:
    met = {pair for case in cases for pair in pairs(choice_of(case.experiment))}
    assert [pair for pair in all_pairs() if pair not in met] == []


def test_only_the_run_that_is_meant_to_diverges(trained: Trained) -> None:
    _, native = trained
    diverged = library().enumerations["Status"]["diverged"]
    assert [outcome["status"] for outcome in native] == [0] * (len(native) - 1) + [diverged]


def test_one_bit_of_the_learning_rate_is_told_with_engine_experiment_and_place(
    trained: Trained, tmp_path: Path
) -> None:
    experiments, native = trained[0][:3], trained[1][:3]
    other = [list(each) for each in experiments[1]["settings"]]
    rate = next(each for each in other if each[0] == "LEARNING_RATE")
    rate[2] = float(np.nextafter(np.float32(rate[2]), np.float32(1)))
    outcomes = V8.run([experiments[0], {**experiments[1], "settings": other}, experiments[2]], tmp_path)
    here, there = native[1]["weights"], outcomes[1]["weights"]
    assert difference("node", native, outcomes) == (
        f"node differs from the native engine in 1 of 3 experiments, first in {native[1]['name']}: "
        f"the trained weights are {there}, natively {here}."
    )


def test_drawings_are_of_every_sort() -> None:
    outcomes = [drawn.read(drawing) for drawing in drawn.drawings()]
    for stage, least in {"bits": 300, "fit_drawing": 200, "read_strokes": 280, "text": 390, "hand": 400}.items():
        assert len({outcome[stage] for outcome in outcomes}) >= least, stage
    assert min(outcome["on"] for outcome in outcomes) < 5
    assert max(outcome["on"] for outcome in outcomes) > 300


def test_one_point_of_a_drawing_is_told_with_engine_and_place(everything: Trained, tmp_path: Path) -> None:
    experiments, native = everything[0][-3:], everything[1][-3:]
    codes = [*experiments[1]["codes"][:-1], ord("A")]
    outcomes = V8.run([experiments[0], {**experiments[1], "codes": codes}, experiments[2]], tmp_path)
    told = difference("node", native, outcomes)
    name = native[1]["name"]
    assert told is not None
    assert told.startswith(f"node differs from the native engine in 1 of 3 experiments, first in {name}: the ")


def test_a_missing_shell_is_told(trained: Trained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pytest.fail.Exception, match=r"^jsc is missing: install Debian's package libjavascriptcoregtk"):
        ENGINES["jsc"].run(trained[0], tmp_path)


def train_all(cases: Iterable[Case]) -> Trained:
    """Return the cases as the runner takes them, and what comes out natively."""
    both = [train(case) for case in cases]
    return [experiment for experiment, _ in both], [outcome for _, outcome in both]


def difference(engine: str, native: list[Outcome], outcomes: list[Outcome]) -> str | None:
    """Say which experiment is the first with other bits, and where they differ first."""
    assert [each["name"] for each in outcomes] == [each["name"] for each in native]
    different = [pair for pair in zip(native, outcomes, strict=True) if pair[0] != pair[1]]
    if not different:
        return None
    here, there = different[0]
    stages = {**STAGES, **drawn.STAGES}
    stage = next(stage for stage in stages if here.get(stage) != there.get(stage))
    return (
        f"{engine} differs from the native engine in {len(different)} of {len(native)} experiments, first in "
        f"{here['name']}: {stages[stage]} are {there.get(stage)}, natively {here.get(stage)}."
    )
