"""The page says in plain words what is the matter with a run, by its numbers, and offers one next step."""

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.rest import be_still
from browser.shapes_page import ShapesPage
from browser.test_accessibility import violations

CIRCLES = "#v=1&data=circles&initializer=zeros&end"


def line(page: Page) -> Locator:
    return page.get_by_test_id("diagnosis")


def opened(page: Page, address: str, link: str, epochs: int = 60) -> ShapesPage:
    """Open a link and train it."""
    shapes = ShapesPage.opened(page, address, link)
    shapes.train_until_epoch(epochs)
    return shapes


@pytest.mark.parametrize(
    ("link", "name", "step"),
    [
        (CIRCLES, "Stuck at chance", "Start with Glorot weights"),
        ("#v=1&learning_rate=0.0003&end", "Learning rate too low", "Learning rate 0.01"),
        ("#v=1&hidden=8&activation=relu&bias=-5&end", "Dead units", "Leaky ReLU in layer 1"),
        ("#v=1&data=xor&hidden=4&activation=sigmoid&bias=10&end", "Saturated units", "Start with biases of 0"),
        ("#v=1&learning_rate=100&end", "Diverging", "Learning rate 10"),
    ],
)
def test_what_is_wrong_is_named_with_one_next_step(
    page: Page, address: str, complaints: list[str], link: str, name: str, step: str
) -> None:
    opened(page, address, link)
    expect(line(page)).to_contain_text(f"{name}.")
    expect(line(page).get_by_role("button")).to_have_count(1)
    expect(line(page).get_by_role("button")).to_contain_text(step)


def test_the_numbers_are_those_of_the_run(page: Page, address: str, complaints: list[str]) -> None:
    shapes = opened(page, address, CIRCLES)
    expect(line(page)).to_contain_text(f"Accuracy is {shapes.number('train-accuracy').inner_text()} where")


def test_the_next_step_is_taken_helps_and_can_be_undone(page: Page, address: str, complaints: list[str]) -> None:
    shapes = opened(page, address, CIRCLES)
    line(page).get_by_role("button", name="Start with Glorot weights").click()
    expect(line(page)).to_have_text("")
    expect(shapes.number("epoch")).to_have_text("0")
    shapes.train_until_epoch(60)
    assert shapes.value("train-accuracy") > 90
    expect(line(page)).to_have_text("")
    page.keyboard.press("Control+z")
    expect(line(page)).to_contain_text("Stuck at chance")


def test_nothing_is_said_where_all_is_well(shapes: ShapesPage) -> None:
    shapes.train_until_epoch(200)
    be_still(shapes.page)
    expect(line(shapes.page)).to_have_text("")


def test_a_diverged_run_goes_on_from_its_last_good_moment(page: Page, address: str, complaints: list[str]) -> None:
    shapes = ShapesPage.opened(page, address, "#v=1&data=plane&learning_rate=10&end")
    shapes.button("Play").click()
    line(page).get_by_role("button", name="Learning rate 1").click()
    expect(page.get_by_text("Training has diverged")).to_be_hidden()
    expect(shapes.button("Play")).to_have_attribute("aria-disabled", "false")


def test_it_does_not_flicker_while_the_run_trains(page: Page, address: str, complaints: list[str]) -> None:
    shapes = ShapesPage.opened(page, address, CIRCLES)
    page.evaluate(
        """() => {
            window.changes = []
            const watch = () => window.changes.push(document.querySelector('[data-testid=diagnosis]').textContent)
            new MutationObserver(watch).observe(document.querySelector('[data-testid=diagnosis]'),
                { childList: true, characterData: true, subtree: true })
        }"""
    )
    shapes.button("Play").click()
    expect(line(page)).to_contain_text("Stuck at chance")
    shapes.wait_for_epoch(200)
    assert len(set(page.evaluate("() => window.changes"))) == 1


def test_screen_readers_are_told_politely(page: Page, address: str, complaints: list[str]) -> None:
    opened(page, address, CIRCLES)
    expect(line(page).get_by_role("status")).to_contain_text("Stuck at chance")
    assert violations(page) == []


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (360, 740)])
def test_it_fits_every_size(page: Page, address: str, complaints: list[str], width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    opened(page, address, CIRCLES)
    button = line(page).get_by_role("button")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
