"""Write the picture of the page that README.md shows: `python tests/browser/picture.py`."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser.serving import SWITCHES, chromium, served_page
from browser.shapes_page import ShapesPage

PICTURE = Path(__file__).parents[2] / "docs" / "pellucid.png"

# The moons are nearly learnt by then, and every unit still shows something of its own.
EPOCHS = 45


def main() -> None:
    """Train the default experiment for a while and save what the page shows."""
    with served_page() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
        page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light", reduced_motion="reduce")
        shapes = ShapesPage.opened(page, address)
        shapes.train_until_epoch(EPOCHS)
        page.mouse.move(0, 0)
        page.wait_for_timeout(500)
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
