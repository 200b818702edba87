"""A person asks how much of a result is luck: one setting, trained from a hundred starts."""

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Position, expect

from browser.rest import be_still
from browser.shapes_page import Picture, ShapesPage
from browser.test_accessibility import violations


class Seeds:
    """The panel of the many seeds."""

    def __init__(self, shapes: ShapesPage) -> None:
        self.shapes = shapes
        self.panel = shapes.page.get_by_role("dialog", name="Many seeds")

    @property
    def summary(self) -> Locator:
        return self.panel.get_by_role("status")

    @property
    def slider(self) -> Locator:
        return self.panel.get_by_role("slider", name="Worst to best")

    def open(self) -> None:
        self.shapes.button("Many seeds").click()
        self.wait()

    def wait(self) -> None:
        expect(self.summary).to_have_text(re.compile(r"^100 starts: median (test|training) (accuracy|loss) .*\.$"))

    def stuck(self) -> int:
        found = re.search(r"(\d+|none) stuck", self.summary.inner_text())
        assert found is not None
        return 0 if found[1] == "none" else int(found[1])

    def bars(self) -> list[str]:
        """Return the histogram as it is read out."""
        bars = self.panel.get_by_role("list", name="Histogram of the results").get_by_role("button")
        return [name or "" for name in (bar.get_attribute("aria-label") for bar in bars.all())]

    def fan(self) -> Picture:
        be_still(self.shapes.page)
        return Picture.of(self.panel.get_by_test_id("fan"))

    def told(self) -> str:
        """Return what is said of the chosen start."""
        be_still(self.shapes.page)
        return self.slider.get_attribute("aria-valuetext") or ""

    def expect_told(self, beginning: str) -> None:
        expect(self.slider).to_have_attribute("aria-valuetext", re.compile(f"^{re.escape(beginning)}"))


@pytest.fixture
def seeds(shapes: ShapesPage) -> Seeds:
    return Seeds(shapes)


def opened(shapes: ShapesPage, address: str, link: str) -> Seeds:
    shapes.page.goto("about:blank")
    seeds = Seeds(ShapesPage.opened(shapes.page, address, link))
    seeds.open()
    return seeds


def test_one_press_trains_a_hundred_starts_and_leaves_the_run_alone(seeds: Seeds) -> None:
    loss, weights = seeds.shapes.value("train-loss"), seeds.shapes.parameters()
    seeds.open()
    assert sum(int(re.findall(r": (\d+) start", bar)[0]) for bar in seeds.bars()) == 100
    assert seeds.fan().colours() > 10
    assert seeds.shapes.value("train-loss") == loss
    expect(seeds.shapes.number("epoch")).to_have_text("0")
    seeds.shapes.button("Close many seeds").click()
    expect(seeds.panel).to_be_hidden()
    expect(seeds.shapes.button("Many seeds")).to_be_focused()
    assert seeds.shapes.parameters() == weights


def test_the_run_goes_on_meanwhile(seeds: Seeds) -> None:
    seeds.shapes.button("Play").click()
    seeds.open()
    epoch = seeds.shapes.value("epoch")
    seeds.shapes.wait_for_epoch(int(epoch) + 20)
    expect(seeds.shapes.button("Pause")).to_be_visible()


def test_half_of_the_starts_of_three_units_are_stuck_on_the_moons(shapes: ShapesPage, address: str) -> None:
    seeds = opened(shapes, address, "#hidden=3")
    assert 40 <= seeds.stuck() <= 60
    assert sum(int(stuck) for bar in seeds.bars() for stuck in re.findall(r"(\d+) stuck", bar)) == seeds.stuck()
    wider = opened(shapes, address, "#hidden=4,3")
    assert wider.stuck() <= 5


def test_starts_that_diverge_are_counted(shapes: ShapesPage, address: str) -> None:
    seeds = opened(shapes, address, "#data=plane&activation=linear&learning_rate=1")
    expect(seeds.summary).to_contain_text("97 diverged")
    expect(seeds.summary).to_contain_text("median test loss")


def test_a_press_on_a_line_shows_that_very_start_and_undo_takes_it_back(seeds: Seeds) -> None:
    seeds.open()
    before = seeds.fan().pixels
    fan = seeds.panel.get_by_test_id("fan")
    be_still(seeds.shapes.page)
    box = fan.bounding_box()
    assert box is not None
    place: Position = {"x": 0.6 * box["width"], "y": 0.35 * box["height"]}
    fan.hover(position=place, force=True)
    expect(seeds.panel.get_by_text(re.compile("^Start .* stuck"))).to_be_visible()
    assert not np.array_equal(seeds.fan().pixels, before)
    fan.click(position=place, force=True)
    expect(seeds.shapes.number("epoch")).to_have_text("200")
    told = re.search(r"test accuracy ([\d.]+) %, test loss ([\d.]+)", seeds.told())
    assert told is not None
    assert seeds.shapes.value("test-accuracy") == float(told[1])
    assert seeds.shapes.value("test-loss") == float(told[2])
    assert "(shown)" in seeds.told()
    seeds.shapes.page.keyboard.press("Control+z")
    expect(seeds.shapes.number("epoch")).to_have_text("0")


def test_by_keyboard_from_the_worst_to_the_best(seeds: Seeds) -> None:
    page = seeds.shapes.page
    seeds.shapes.button("Many seeds").press("Enter")
    seeds.wait()
    seeds.slider.focus()
    page.keyboard.press("End")
    seeds.expect_told("100 of 100.")
    page.keyboard.press("ArrowLeft")
    seeds.expect_told("99 of 100.")
    page.keyboard.press("Home")
    seeds.expect_told("1 of 100.")
    assert "stuck" in seeds.told()
    page.keyboard.press("Enter")
    expect(seeds.shapes.number("epoch")).to_have_text("200")
    assert seeds.shapes.value("test-accuracy") < 90
    page.keyboard.press("Escape")
    expect(seeds.panel).to_be_hidden()
    expect(seeds.shapes.button("Many seeds")).to_be_focused()


def test_epochs_and_what_differs_can_be_chosen(seeds: Seeds) -> None:
    seeds.open()
    first = seeds.summary.inner_text()
    epochs = seeds.panel.get_by_role("textbox", name="Epochs of each start")
    epochs.fill("5")
    epochs.press("Enter")
    seeds.panel.get_by_role("checkbox", name="data").click()
    seeds.panel.get_by_role("checkbox", name="initial weights").click()
    seeds.panel.get_by_role("button", name="Train again").click()
    expect(seeds.summary).not_to_have_text(first)
    seeds.wait()
    seeds.slider.press("End")
    seeds.expect_told("100 of 100.")
    assert "data seed" in seeds.told()
    assert "weight seed" not in seeds.told()
    seeds.panel.get_by_role("button", name="Look at it").click()
    expect(seeds.shapes.number("epoch")).to_have_text("5")


def test_long_training_can_be_cancelled(seeds: Seeds) -> None:
    seeds.open()
    epochs = seeds.panel.get_by_role("textbox", name="Epochs of each start")
    epochs.fill("10000")
    epochs.press("Enter")
    seeds.panel.get_by_role("button", name="Train again").click()
    expect(seeds.panel.get_by_role("progressbar")).to_be_visible()
    expect(seeds.panel.get_by_text(re.compile(r"about \d+ s left"))).to_be_visible()
    seeds.panel.get_by_role("button", name="Cancel").click()
    expect(seeds.panel.get_by_role("button", name="Train again")).to_be_visible()
    expect(seeds.panel.get_by_role("progressbar")).to_have_count(0)


def test_a_changed_setting_is_told(seeds: Seeds) -> None:
    seeds.open()
    seeds.shapes.page.get_by_role("radio", name=re.compile("^Circles")).check(force=True)
    expect(seeds.panel.get_by_text("The setting has been changed since")).to_be_visible()
    seeds.shapes.button("Many seeds").click()
    expect(seeds.panel.get_by_text("The setting has been changed since")).to_be_hidden()
    seeds.wait()


def test_on_a_telephone_a_touch_shows_and_a_button_goes_there(seeds: Seeds) -> None:
    page = seeds.shapes.page
    page.set_viewport_size({"width": 360, "height": 740})
    seeds.open()
    be_still(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert violations(page) == []
    seeds.slider.press("End")
    seeds.panel.get_by_role("button", name="Look at it").click()
    expect(seeds.panel).to_be_hidden()
    expect(seeds.shapes.number("epoch")).to_have_text("200")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(seeds: Seeds, theme: str) -> None:
    seeds.shapes.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    seeds.open()
    seeds.slider.press("End")
    assert violations(seeds.shapes.page) == []
