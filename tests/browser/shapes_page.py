"""The room of shapes as a person uses it: by the names of what is on the screen."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page, expect

from browser.rest import be_still, catch_up, point, watch

Colour = tuple[int, int, int]

# A copy of the canvas is read, since reading a canvas itself may slow down its drawing.
PIXELS = """canvas => {
    const copy = new OffscreenCanvas(canvas.width, canvas.height)
    const context = copy.getContext('2d', { willReadFrequently: true })
    context.drawImage(canvas, 0, 0)
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    let text = ''
    for (let k = 0; k < data.length; k += 32768) text += String.fromCharCode(...data.subarray(k, k + 32768))
    return { width: canvas.width, data: btoa(text) }
}"""

# Milliseconds that training may take on a machine that has much else to do.
TRAINING = 300_000


@dataclass(frozen=True)
class Picture:
    """The pixels of a canvas, (height, width, 4), RGBA."""

    pixels: NDArray[np.uint8]

    @classmethod
    def of(cls, canvas: Locator) -> Self:
        """Read the pixels of a canvas on the page."""
        read = canvas.evaluate(PIXELS)
        pixels = np.frombuffer(base64.b64decode(read["data"]), np.uint8)
        return cls(pixels.reshape(-1, read["width"], 4))

    def colour(self, across: float, down: float) -> Colour:
        """Return the colour at a place given in shares of width and height."""
        height, width, _ = self.pixels.shape
        red, green, blue, _ = self.pixels[min(height - 1, int(down * height)), min(width - 1, int(across * width))]
        return int(red), int(green), int(blue)

    def places_of(self, colour: Colour) -> list[tuple[float, float]]:
        """Return the places, in shares of width and height, that have exactly this colour."""
        height, width, _ = self.pixels.shape
        rows, columns = np.nonzero((self.pixels == (*colour, 255)).all(axis=2))
        return [((column + 0.5) / width, (row + 0.5) / height) for row, column in zip(rows, columns, strict=True)]

    def colours(self) -> int:
        """Return how many different colours there are."""
        return len(np.unique(self.pixels.reshape(-1, 4), axis=0))


class ShapesPage:
    """The page in the room of shapes."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    def opened(cls, page: Page, address: str, link: str = "") -> Self:
        """Open the page, with the settings of a link, and wait until it can train."""
        watch(page)
        page.goto(address + link)
        shapes = cls(page)
        expect(shapes.button("Play")).to_have_attribute("aria-disabled", "false")
        expect(shapes.number("train-loss")).not_to_have_text("–")
        be_still(page)
        return shapes

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def number(self, name: str) -> Locator:
        """One of the numbers of the timeline: epoch, updates, train-loss, test-accuracy and so on."""
        return self.page.get_by_test_id(name)

    def value(self, name: str) -> float:
        """Return a number of the timeline as it stands on the screen."""
        catch_up(self.page)
        text = self.number(name).inner_text()
        return float(re.sub(r"[\s%]", "", text))

    @property
    def header(self) -> Locator:
        """The heading of the network, with its shape in words."""
        return self.page.locator("#network section > header")

    def train_until_epoch(self, epoch: int) -> None:
        """Play until an epoch is reached, then pause."""
        self.button("Play").click()
        self.wait_for_epoch(epoch)
        self.pause()

    def pause(self) -> None:
        """Pause, and wait for the moment that was under way."""
        self.button("Pause").click()
        be_still(self.page)

    def wait_for_epoch(self, epoch: int) -> None:
        self.page.wait_for_function(
            "epoch => Number(document.querySelector('[data-testid=epoch]').textContent.replace(/\\s/g, '')) >= epoch",
            arg=epoch,
            timeout=TRAINING,
        )

    def picture(self, name: str) -> Picture:
        """Return the pixels of a canvas: surface, points or edges."""
        be_still(self.page)
        return Picture.of(self.page.get_by_test_id(name))

    def tile(self, column: int, unit: int) -> Picture:
        """Return the pixels of a unit's tile."""
        be_still(self.page)
        return Picture.of(self.unit(column, unit).locator("canvas"))

    def unit(self, column: int, unit: int) -> Locator:
        return self.page.locator(f'[data-unit="{column},{unit}"]')

    def plane(self) -> Locator:
        """The picture of the answer."""
        return self.page.locator("#answer [role=application]")

    def point_at(self, across: float, down: float) -> str:
        """Point at a place of the plane and return what is said of it."""
        be_still(self.page)
        box = self.plane().bounding_box()
        assert box is not None
        point(self.page, box["x"] + across * box["width"], box["y"] + down * box["height"])
        return self.page.locator("#answer .view p").inner_text()

    def parameters(self) -> list[str]:
        """Return all weights and biases, as the table of the network shows them."""
        self.button("Network as a table").click()
        catch_up(self.page)
        cells = self.page.locator("dialog[open] td").all_inner_texts()
        self.button("Close").click()
        return cells
