"""Presets: chosen by name, one step to undo; and the article's insights can be seen on the page."""

import re

import pytest
from playwright.sync_api import expect

from browser.rest import be_still
from browser.shapes_page import ShapesPage


def choose(shapes: ShapesPage, name: str) -> None:
    shapes.button("Presets").click()
    shapes.page.get_by_role("dialog", name="Presets").get_by_role("button", name=name).click()
    expect(shapes.page.get_by_role("dialog", name="Presets")).to_have_count(0)


def test_a_preset_sets_everything_and_is_one_step(shapes: ShapesPage) -> None:
    shapes.train_until_epoch(5)
    trained = shapes.parameters()
    choose(shapes, "Its default")
    expect(shapes.header).to_contain_text("25 parameters")
    expect(shapes.number("epoch")).to_have_text("0")
    shapes.page.wait_for_url("**/#*loss=squared_error*")
    shapes.button("Undo").first.click()
    expect(shapes.header).to_contain_text("31 parameters")
    assert shapes.parameters() == trained
    shapes.button("Redo").click()
    expect(shapes.header).to_contain_text("25 parameters")


def test_the_preset_at_hand_is_marked_and_says_what_is_to_be_seen(shapes: ShapesPage) -> None:
    choose(shapes, "Circles, 3 units")
    shapes.button("Presets").click()
    marked = shapes.page.locator("dialog[open] [aria-current=true]")
    expect(marked).to_have_count(1)
    expect(marked).to_contain_text("every point is told apart")


def test_a_preset_begins_anew_though_the_network_is_the_same(shapes: ShapesPage) -> None:
    choose(shapes, "A wide net over-fits")
    expect(shapes.header).to_contain_text("641 parameters")
    shapes.train_until_epoch(10)
    choose(shapes, "L2 holds it back")
    expect(shapes.number("updates")).to_have_text("0")


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("Circles, 1 unit", 50, 85),
        ("Circles, 2 units", 85, 98),
        ("Circles, 3 units", 100, 100),
        ("Moons, 1 unit", 75, 98),
        ("Moons, 3 units", 100, 100),
    ],
)
def test_the_articles_insights_can_be_seen(shapes: ShapesPage, name: str, least: float, most: float) -> None:
    choose(shapes, name)
    shapes.page.get_by_label("Speed", exact=True).select_option("fastest")
    shapes.train_until_epoch(1000)
    assert least <= shapes.value("train-accuracy") <= most


def test_the_update_worked_by_hand_has_every_number_on_the_screen(shapes: ShapesPage) -> None:
    choose(shapes, "One update, worked by hand")
    page = shapes.page
    account = page.get_by_role("region", name="Account")
    expect(account).to_contain_text("−0.400000")
    seen = ""
    on = shapes.button("On")
    while on.get_attribute("aria-disabled") == "false":
        on.click()
        expect(account.get_by_test_id("result").or_(account.get_by_test_id("loss-after")).first).to_be_visible()
        be_still(page)
        seen += account.inner_text()
    shown = [float(text) for text in re.findall(r"-?\d+\.\d+", seen.replace("−", "-"))]
    # Those of tests/engine/test_hand_worked.py, in the order in which they are computed.
    for number in BY_HAND:
        assert min(abs(number - each) for each in shown) <= 1.1e-6, number


# fmt: off
BY_HAND = [
    0.52, -0.76, 0.477700, -0.641077, 0.769036, 0.683312, 0.050146,
    -0.068530, -0.047971, 0.771803, -0.037024, 0.041118, 0.589020, 0.024219,
    -0.032737, 0.043933, -0.022215, 0.014810, 0.014532, -0.009688,
    0.511107, -0.307405, 0.118512, -0.807266, 0.204844, -0.212110, 0.716368, -0.621967, 0.084265, 0.045005,
]
# fmt: on
