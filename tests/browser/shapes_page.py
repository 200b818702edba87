"""The room of shapes as a person uses it: by the names of what is on the screen."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page, expect

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

# So many pictures are waited for until what is said of a place changes; where it was said already, it does not.
MOST_PICTURES = 20

# After Pause the run is looked at so many times, a tenth of a second apart, until it rests.
MOST_LOOKS = 50

# What the pointer does is on the screen with the picture after the next one at the latest.
NEXT_PICTURE = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


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
        page.goto(address + link)
        shapes = cls(page)
        expect(shapes.button("Play")).to_have_attribute("aria-disabled", "false")
        expect(shapes.number("train-loss")).not_to_have_text("–")
        return shapes

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def number(self, name: str) -> Locator:
        """One of the numbers of the timeline: epoch, updates, train-loss, test-accuracy and so on."""
        return self.page.get_by_test_id(name)

    def value(self, name: str) -> float:
        """Return a number of the timeline as it stands on the screen."""
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
        before = ""
        for _ in range(MOST_LOOKS):
            now = self.number("updates").inner_text()
            if now == before:
                return
            before = now
            self.page.wait_for_timeout(100)
        raise AssertionError("the run goes on although it was paused")

    def wait_for_epoch(self, epoch: int) -> None:
        self.page.wait_for_function(
            "epoch => Number(document.querySelector('[data-testid=epoch]').textContent.replace(/\\s/g, '')) >= epoch",
            arg=epoch,
        )

    def picture(self, name: str) -> Picture:
        """Return the pixels of a canvas: surface, points or edges."""
        return Picture.of(self.page.get_by_test_id(name))

    def tile(self, column: int, unit: int) -> Picture:
        """Return the pixels of a unit's tile."""
        return Picture.of(self.unit(column, unit).locator("canvas"))

    def unit(self, column: int, unit: int) -> Locator:
        return self.page.locator(f'[data-unit="{column},{unit}"]')

    def plane(self) -> Locator:
        """The picture of the answer."""
        return self.page.locator("#answer [role=application]")

    def point_at(self, across: float, down: float) -> str:
        """Point at a place of the plane and return what is said of it."""
        box = self.plane().bounding_box()
        assert box is not None
        said = self.page.locator("#answer .view p")
        before = said.inner_text()
        self.page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
        # On a busy machine the page may hear of it only some pictures later.
        for _ in range(MOST_PICTURES):
            self.page.evaluate(NEXT_PICTURE)
            if said.inner_text() != before:
                break
        return said.inner_text()

    def parameters(self) -> list[str]:
        """Return all weights and biases, as the table of the network shows them."""
        self.button("Network as a table").click()
        cells = self.page.locator("dialog[open] td").all_inner_texts()
        self.button("Close").click()
        return cells
