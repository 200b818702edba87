"""A person looks at the loss around the weights."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from browser.draw_page import DrawPage
from browser.rest import be_still
from browser.shapes_page import Picture, ShapesPage
from browser.test_accessibility import violations


class Landscape:
    """The fold in the panel that looks inside."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.get_by_role("button", name="Look inside").click()
        self.panel = page.get_by_role("region", name="Loss landscape")
        self.panel.get_by_role("button", name="Loss landscape").click()

    @property
    def picture(self) -> Locator:
        return self.panel.get_by_role("application")

    @property
    def reading(self) -> Locator:
        return self.panel.get_by_test_id("landscape-reading")

    @property
    def range(self) -> Locator:
        return self.panel.get_by_test_id("landscape-range")

    def said(self) -> list[float]:
        """Return the numbers of the reading, once the picture is whole."""
        be_still(self.page)
        return numbers(self.reading.inner_text())

    def reaches(self) -> tuple[float, float]:
        """Return the least and the largest loss of the whole picture."""
        be_still(self.page)
        least, largest, *_ = numbers(self.range.inner_text())
        return least, largest

    def pixels(self) -> Picture:
        """Return the pixels of the whole picture, which may begin as a coarse one."""
        expect(self.range).to_be_visible()
        be_still(self.page)
        return Picture.of(self.panel.get_by_test_id("landscape"))


@pytest.fixture
def trained(shapes: ShapesPage) -> ShapesPage:
    for _ in range(5):
        shapes.button("Epoch").click()
    expect(shapes.number("epoch")).to_have_text("5")
    return shapes


def numbers(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?", text.replace("−", "-"))]


def test_it_shows_the_loss_here_and_reads_every_place(trained: ShapesPage) -> None:
    landscape = Landscape(trained.page)
    expect(landscape.reading).to_contain_text("Here the training loss is")
    (here,) = landscape.said()
    assert here == pytest.approx(trained.value("train-loss"), abs=6e-4)
    expect(landscape.range).to_contain_text("Taken at update 75.")
    least, largest = landscape.reaches()
    assert least <= here < largest
    assert landscape.pixels().colours() > 8

    box = landscape.picture.bounding_box()
    assert box is not None
    landscape.picture.hover(position={"x": box["width"] - 2, "y": 2})
    expect(landscape.reading).to_contain_text("at α = 1, β = 1")
    loss = landscape.said()[0]
    assert least <= loss <= largest


def test_arrow_keys_read_it_too(trained: ShapesPage) -> None:
    landscape = Landscape(trained.page)
    expect(landscape.reading).to_contain_text("Here")
    landscape.picture.focus()
    keys = trained.page.keyboard
    keys.press("ArrowRight")
    expect(landscape.reading).to_contain_text("at α = 0.0500, β = 0")
    keys.press("Shift+ArrowDown")
    expect(landscape.reading).to_contain_text("at α = 0.0500, β = −0.250")
    keys.press("Escape")
    expect(landscape.reading).to_contain_text("Here")
    expect(landscape.picture).to_be_visible()


def test_the_place_that_is_read_stays_when_the_picture_becomes_finer(
    page: Page, address: str, complaints: list[str]
) -> None:
    shapes = ShapesPage.opened(page, address, "#hidden=128,128")
    shapes.button("Step").click()
    landscape = Landscape(page)
    expect(landscape.reading).to_contain_text("Here")
    landscape.picture.hover(position={"x": 2, "y": 2})
    expect(landscape.reading).to_contain_text("at α = −1, β = 1")
    be_still(page)
    expect(landscape.reading).to_contain_text("at α = −1, β = 1")


def test_another_random_direction_is_another_picture(trained: ShapesPage) -> None:
    landscape = Landscape(trained.page)
    before = landscape.pixels()
    landscape.panel.get_by_role("button", name="Another random direction").click()
    assert not np.array_equal(landscape.pixels().pixels, before.pixels)


def test_it_follows_a_run_that_rests_and_waits_while_one_trains(trained: ShapesPage) -> None:
    landscape = Landscape(trained.page)
    expect(landscape.range).to_contain_text("Taken at update 75.")
    trained.button("Step").click()
    expect(landscape.range).to_contain_text("Taken at update 76.")
    trained.button("Play").click()
    trained.wait_for_epoch(8)
    expect(landscape.range).to_contain_text("Taken at update 76.")
    landscape.panel.get_by_role("button", name="Here, now").click()
    expect(landscape.range).not_to_contain_text("Taken at update 76.")
    trained.pause()
    expect(landscape.panel.get_by_role("button", name="Here, now")).to_have_count(0)
    expect(landscape.range).to_contain_text(f"Taken at update {trained.number('updates').inner_text()}.")


def test_two_weights_have_their_own_values_on_the_axes(trained: ShapesPage) -> None:
    values = [float(text.replace("−", "-")) for text in trained.parameters()]
    landscape = Landscape(trained.page)
    landscape.panel.get_by_text("Two weights").click()
    landscape.panel.get_by_label("First weight").select_option(label="Bias of unit 2 of hidden layer 2")
    name = re.compile("to the right: Bias of unit 2 of hidden layer 2, upwards: Weight from unit 2 of hidden layer 2")
    expect(landscape.panel.get_by_role("application", name=name)).to_be_visible()
    trained.page.keyboard.press("Tab")
    landscape.picture.focus()
    trained.page.keyboard.press("ArrowUp")
    expect(landscape.reading).to_contain_text("with the first at")
    _, first, second = landscape.said()
    assert min(abs(value - first) for value in values) < 0.006
    assert min(abs(value + 0.15 - second) for value in values) < 0.006


def test_before_the_first_update_it_says_what_is_missing(shapes: ShapesPage) -> None:
    landscape = Landscape(shapes.page)
    expect(landscape.panel).to_contain_text("No update has moved the weights yet")
    shapes.button("Step").click()
    expect(landscape.range).to_contain_text("Taken at update 1.")


def test_a_whole_way_that_is_longer_is_shown_on_request(trained: ShapesPage) -> None:
    landscape = Landscape(trained.page)
    field = landscape.panel.get_by_role("textbox", name="Reach, exactly")
    field.fill("0.02")
    field.press("Enter")
    before = landscape.pixels()
    landscape.panel.get_by_role("button", name="Show all of it").click()
    assert not np.array_equal(landscape.pixels().pixels, before.pixels)
    expect(landscape.panel.get_by_role("button", name="Show all of it")).to_have_count(0)


@pytest.mark.parametrize("kind", ["Last update × random", "Two weights"])
def test_axe_finds_nothing(trained: ShapesPage, kind: str) -> None:
    landscape = Landscape(trained.page)
    landscape.panel.get_by_text(kind).click()
    expect(landscape.range).to_be_visible()
    assert violations(trained.page) == []


@pytest.mark.parametrize("size", [(1440, 900), (360, 740)], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits(trained: ShapesPage, screenshots: Path, size: tuple[int, int], scheme: str) -> None:
    page = trained.page
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    landscape = Landscape(page)
    expect(landscape.range).to_be_visible()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    be_still(page)
    landscape.reading.scroll_into_view_if_needed()
    box, panel = landscape.picture.bounding_box(), landscape.panel.bounding_box()
    assert box is not None
    assert panel is not None
    assert abs(box["width"] - box["height"]) < 1
    assert box["x"] + box["width"] <= panel["x"] + panel["width"] + 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=screenshots / f"landscape-{size[0]}-{scheme}.png")


def test_drawings_have_one_as_well(draw: DrawPage) -> None:
    draw.write("X")
    draw.train(10)
    landscape = Landscape(draw.page)
    expect(landscape.range).to_contain_text("Taken at update 10.")
    assert landscape.pixels().colours() > 8
    landscape.panel.get_by_text("Two weights").click()
    group = landscape.panel.get_by_role("group", name="Second weight")
    field = group.get_by_role("textbox", name=re.compile("number of the input"))
    field.fill("0")
    field.press("Enter")
    expect(landscape.panel.get_by_role("application", name=re.compile("upwards: Bias of"))).to_be_visible()
