"""Write the pictures of the page that README.md shows: `python tests/browser/picture.py`."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser.serving import SWITCHES, chromium, served_page
from browser.shapes_page import ShapesPage
from pellucid import Experiment, raster
from pellucid.link import encode

DOCS = Path(__file__).parents[2] / "docs"

# The moons are nearly learnt by then, and every unit still shows something of its own.
EPOCHS = 45

DRAWINGS = 20
"""Kept in the tray, every fifth of them held out."""


def main() -> None:
    """Train in both rooms for a while and save what the page shows."""
    with served_page() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
        for name, room in (("pellucid", shapes), ("draw", draw)):
            page = browser.new_page(
                viewport={"width": 1440, "height": 900}, color_scheme="light", reduced_motion="reduce"
            )
            room(page, address)
            page.mouse.move(0, 0)
            page.wait_for_timeout(500)
            page.screenshot(path=DOCS / f"{name}.png")
        browser.close()


def shapes(page: Page, address: str) -> None:
    """Learn the moons."""
    ShapesPage.opened(page, address).train_until_epoch(EPOCHS)


def draw(page: Page, address: str) -> None:
    """Learn crosses and rings, and look at a cross."""
    texts = [raster.text_of(raster.by_hand("XO"[seed % 2], seed)) for seed in range(DRAWINGS)]
    experiment = Experiment.for_drawings(texts, [seed % 2 for seed in range(DRAWINGS)])
    link = encode(experiment.replace("data.held_out", range(3, DRAWINGS, 5)))
    ShapesPage.opened(page, address, link).train_until_epoch(EPOCHS)
    page.locator("[role=option]").nth(4).click()


if __name__ == "__main__":
    main()
