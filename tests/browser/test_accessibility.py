"""The page is for everybody: axe finds nothing, screen readers are told what matters and not more."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from browser.rest import be_still
from browser.shapes_page import ShapesPage

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Page) -> list[str]:
    """What axe holds against the page, one line each."""
    be_still(page)
    found: Any = Axe().run(page, options=RULES).response
    return [
        f"{violation['id']}: {violation['help']} at {node['target']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
class TestAxe:
    @pytest.fixture(autouse=True)
    def in_theme(self, page: Page, theme: str) -> None:
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")

    def test_shapes_before_training(self, shapes: ShapesPage) -> None:
        assert violations(shapes.page) == []

    def test_shapes_with_everything_unfolded(self, shapes: ShapesPage) -> None:
        shapes.train_until_epoch(30)
        shapes.page.get_by_role("button", name="Training", exact=False).first.click()
        shapes.unit(1, 0).click()
        assert violations(shapes.page) == []

    def test_classic_colours(self, shapes: ShapesPage) -> None:
        shapes.button("Appearance").click()
        shapes.page.get_by_text("Green and red").click()
        shapes.unit(1, 0).click()
        assert violations(shapes.page) == []

    @pytest.mark.parametrize("name", ["Network as a table", "Keyboard"])
    def test_sheets(self, shapes: ShapesPage, name: str) -> None:
        shapes.button(name).click()
        expect(shapes.page.get_by_role("dialog", name=name)).to_be_visible()
        assert violations(shapes.page) == []

    def test_a_run_that_diverged(self, shapes: ShapesPage, address: str) -> None:
        shapes.page.goto(address + "#data=plane&activation=linear&learning_rate=10")
        shapes.page.reload()
        shapes.button("Play").click()
        expect(shapes.button("Go back to the last good moment")).to_be_visible()
        assert violations(shapes.page) == []


def test_the_network_has_a_table_form(shapes: ShapesPage) -> None:
    shapes.button("Network as a table").click()
    tables = shapes.page.get_by_role("table")
    expect(tables.filter(has_text="Hidden layer 1, tanh")).to_be_visible()
    first = tables.filter(has_text="Hidden layer 1, tanh").get_by_role("row", name="Unit 3 of hidden layer 1")
    expect(first.get_by_role("cell")).to_have_count(3)
    shapes.button("Close").click()
    assert len(shapes.parameters()) == 31


def test_only_the_beginning_and_the_end_of_training_are_announced(shapes: ShapesPage) -> None:
    shapes.page.evaluate(
        """() => {
            window.said = []
            const region = [...document.querySelectorAll('[role=status]')].at(-1)
            new MutationObserver(() => window.said.push(region.textContent))
                .observe(region, { childList: true, characterData: true, subtree: true })
        }"""
    )
    shapes.train_until_epoch(30)
    shapes.page.wait_for_function("() => window.said.at(-1)?.startsWith('Paused after')")
    said = shapes.page.evaluate("window.said")
    assert said[0] == "Training"
    assert len(said) <= 4


def test_words_are_explained_where_they_are_pointed_at(shapes: ShapesPage) -> None:
    shapes.page.locator("label", has_text="Noise").hover()
    expect(shapes.page.locator(".tooltip")).to_contain_text("Standard deviation")
    shapes.page.keyboard.press("Escape")
    expect(shapes.page.locator(".tooltip")).to_have_count(0)


def test_the_theme_follows_the_system_until_one_is_chosen(shapes: ShapesPage) -> None:
    root = shapes.page.locator("html")
    expect(root).to_have_attribute("data-theme", "light")
    light = shapes.picture("surface").colour(0.5, 0.5)
    shapes.page.emulate_media(color_scheme="dark")
    expect(root).to_have_attribute("data-theme", "dark")
    assert shapes.picture("surface").colour(0.5, 0.5) != light
    shapes.button("Appearance").click()
    shapes.page.get_by_text("Light", exact=True).click()
    expect(root).to_have_attribute("data-theme", "light")
    shapes.page.reload()
    expect(root).to_have_attribute("data-theme", "light")
