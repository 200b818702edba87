"""Whatever stands in the address: the page opens it, or says in a sentence what is wrong; and its worker answers."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from experiment_strategies import experiments
from pellucid import link as links
from pellucid.errors import ExperimentError
from pellucid.experiment import Experiment

USUAL = 12
MANY = 500

# A worker that takes longer than this for one update is as good as gone, in milliseconds.
PATIENCE = 30_000

NAMES = st.sampled_from(sorted(links.places()))
VALUES = (
    st.integers(-10, 100_000).map(str)
    | st.floats(allow_nan=True).map(str)
    | st.sampled_from(["none", "all", "auto", "moons", "given", "tanh", "1,2,3", "0,1,0;1,0,1", "~", "%", "%FF"])
    | st.text(max_size=30)
)
MADE_UP = st.lists(st.tuples(NAMES, VALUES), max_size=5).map(
    lambda pairs: "#" + "&".join(f"{name}={value}" for name, value in pairs)
)


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """Write an experiment as a link, then cut it, repeat some of it, or put something in."""
    written = links.encode(draw(experiments()))
    start = draw(st.integers(1, len(written)))
    end = draw(st.integers(start, min(len(written), start + 20)))
    put = draw(st.sampled_from(["", written[start:end] * 2, "&", "=", "1e999", "-", "💥"]) | st.text(max_size=5))
    return written[:start] + put + written[end:]


# As browsers do, with what stands in an address.
STRIPPED = re.compile(r"[\t\n\r]|[\x00-\x20]+$")

LINKS = experiments().map(links.encode) | spoilt() | MADE_UP | st.text(max_size=40).map("#".__add__)


def meant(link: str) -> Experiment | None:
    """Return what Python reads in a link; None where it refuses it."""
    try:
        return links.decode(STRIPPED.sub("", link))
    except ExperimentError:
        return None


def opens_or_says_why(page: Page, address: str, link: str) -> None:
    page.goto("about:blank")
    page.goto(address + link)
    expect(page.get_by_role("heading", name="Pellucid")).to_be_visible()
    if meant(link) is None:
        # It stands there for some seconds only.
        sentence = page.locator(".notice p")
        expect(sentence).to_be_visible()
        assert re.search(r"\w.*[.?]", sentence.inner_text(), re.DOTALL)
    settled = page.get_by_role("button", name="Reset", exact=True).and_(page.locator("[aria-disabled=false]"))
    expect(settled.or_(page.get_by_role("alert").get_by_role("heading")).first).to_be_visible(timeout=PATIENCE)
    answers(page)


def answers(page: Page) -> None:
    """See that the worker makes an update, or that the page says why there can be none."""
    idle = page.get_by_role("button", name="Play", exact=True).and_(page.locator("[aria-disabled=true]"))
    if idle.count():
        page.get_by_role("button", name="Reset", exact=True).first.click()
        return
    step = page.get_by_role("button", name=re.compile("^(Step|Epoch)$")).first
    step.click()
    page.wait_for_function(
        """() => !/^0$/.test(document.querySelector('[data-testid=updates]').textContent.trim())
            || document.querySelector('[role=alert] h2')""",
        timeout=PATIENCE,
    )


def try_links(page: Page, address: str, complaints: list[str], examples: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(LINKS)
    def check(link: str) -> None:
        opens_or_says_why(page, address, link)
        assert complaints == [], link[:2000]

    check()


def test_random_links_open_or_say_what_is_wrong(page: Page, address: str, complaints: list[str]) -> None:
    try_links(page, address, complaints, USUAL)


@pytest.mark.heavy
def test_many_random_links_open_or_say_what_is_wrong(page: Page, address: str, complaints: list[str]) -> None:
    try_links(page, address, complaints, MANY)
