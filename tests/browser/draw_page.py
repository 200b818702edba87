"""The room of drawings as a person uses it: a pen on the pad, and the names of what is on the screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from playwright.sync_api import FilePayload, Locator, Page, expect

from browser.rest import be_still, catch_up, watch
from browser.shapes_page import Picture
from pellucid import raster

Place = tuple[float, float, float]
"""Where on the pad: left and top as shares of it, and the scale of the drawing."""

WHOLE: Place = (0.0, 0.0, 1.0)
PAD = 512


class DrawPage:
    """The page in the room of drawings."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    def opened(cls, page: Page, address: str, link: str = "") -> Self:
        """Open the page, with the drawings of a link, and wait until it can be drawn on."""
        watch(page)
        page.goto(address + link)
        page.get_by_role("tab", name="Draw").click()
        return cls(page).ready()

    def ready(self) -> Self:
        """Wait until the engine is there, for the pad and for the run."""
        expect(self.column).not_to_contain_text("Loading the engine")
        expect(self.button("Reset")).to_have_attribute("aria-disabled", "false")
        expect(self.bars.first).to_contain_text("%")
        be_still(self.page)
        return self

    def reloaded(self) -> Self:
        self.page.reload()
        return self.ready()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    @property
    def column(self) -> Locator:
        """The left column: the pad, and what is beside it."""
        return self.page.locator("#draw")

    # The pad

    @property
    def pad(self) -> Locator:
        return self.page.get_by_test_id("pad")

    def at(self, points: ArrayLike, place: Place = WHOLE) -> list[tuple[float, float]]:
        """Return where on the screen points of the pad are, (n, 2), in CSS pixels."""
        box = self.pad.bounding_box()
        assert box is not None
        left, top, scale = place
        return [
            (box["x"] + box["width"] * (left + scale * x), box["y"] + box["height"] * (top + scale * y))
            for x, y in (np.asarray(points, dtype=float) / PAD).tolist()
        ]

    def draw(self, strokes: Sequence[ArrayLike], place: Place = WHOLE) -> None:
        """Draw strokes, (n, 2) in units of the pad, with the mouse."""
        mouse = self.page.mouse
        for stroke in strokes:
            first, *rest = self.at(stroke, place)
            mouse.move(*first)
            mouse.down()
            for point in rest:
                mouse.move(*point)
            mouse.up()

    def write(self, character: str, seed: int = 1) -> None:
        """Draw a character in a hand of its own, by the points at which the pen turns."""
        self.draw(raster.strokes_of(raster.text_of(raster.by_hand(character, seed))))

    def picture(self, name: str) -> Picture:
        """Return the pixels of a canvas: pad, fitted, inputs, shares or edges."""
        be_still(self.page)
        return Picture.of(self.pad.locator("canvas").last if name == "pad" else self.page.get_by_test_id(name))

    @property
    def bits(self) -> str:
        """The bits as they stand on the screen, row by row without breaks."""
        catch_up(self.page)
        text = self.page.get_by_test_id("bits").locator(".whole").text_content()
        assert text is not None
        return re.sub(r"\s", "", text)

    @property
    def bitmap(self) -> NDArray[np.uint8]:
        """The pixels, by what each of them says of itself: (grid, grid)."""
        catch_up(self.page)
        states = self.page.get_by_role("gridcell").evaluate_all("cells => cells.map(cell => cell.dataset.state)")
        grid = round(len(states) ** 0.5)
        return np.array([state == "on" for state in states], np.uint8).reshape(grid, grid)

    def cell(self, row: int, column: int) -> Locator:
        """A pixel, counted from 1."""
        return self.page.get_by_role("gridcell", name=re.compile(f"^row {row}, column {column},"))

    # What the drawing is

    def train(self, times: int = 1) -> None:
        """Press Train or ×10, and wait until the updates are made."""
        updates = self.value("updates")
        name = re.compile("^Train as " if times == 1 else "^×10")
        self.column.get_by_role("button", name=name).click()
        expect(self.number("updates")).to_have_text(grouped(updates + times))

    @property
    def mode(self) -> str:
        """The character that the mode button shows."""
        catch_up(self.page)
        return self._mode.locator(".name").inner_text()

    def switch_mode(self) -> None:
        self._mode.click()

    @property
    def _mode(self) -> Locator:
        return self.page.get_by_role("button", name=re.compile("^Next to draw"))

    def say(self, name: str) -> None:
        """Say afterwards which character the drawing is."""
        self.page.get_by_role("group", name="It is").get_by_role("button", name=name, exact=True).click()

    # The network, the answer and the numbers

    @property
    def header(self) -> Locator:
        """The heading of the network, with its shape in words."""
        return self.page.locator("#network section > header")

    def unit(self, column: int, unit: int) -> Locator:
        return self.page.locator(f'[data-unit="{column},{unit}"]')

    @property
    def bars(self) -> Locator:
        return self.page.get_by_role("list", name="Answer").get_by_role("button")

    @property
    def answer(self) -> dict[str, str]:
        """What the network says of each character, as it stands on the screen."""
        catch_up(self.page)
        rows: list[tuple[str, str]] = self.bars.evaluate_all(
            "bars => bars.map(bar => ['.name', '.value'].map(part => bar.querySelector(part).textContent))"
        )
        return dict(rows)

    @property
    def sure(self) -> list[float]:
        """How sure the network is of each character, in per cent as it stands on the screen."""
        return [float(value.removesuffix(" %")) for value in self.answer.values()]

    def number(self, name: str) -> Locator:
        """One of the numbers of the timeline: updates, epoch, train-loss, test-accuracy and so on."""
        return self.page.get_by_test_id(name)

    def value(self, name: str) -> float:
        """Return a number of the timeline as it stands on the screen."""
        catch_up(self.page)
        return float(re.sub(r"[\s%]", "", self.number(name).inner_text()))

    @property
    def activations(self) -> list[str]:
        """What stands beside the units of the network."""
        catch_up(self.page)
        return self.page.get_by_test_id("activation").all_inner_texts()

    def parameters(self) -> list[NDArray[np.float64]]:
        """Return biases and weights of each layer as its table shows them, (n_out, 1 + n_in): the bias first."""
        self.button("Network as a table").click()
        catch_up(self.page)
        sheet = self.page.get_by_role("dialog", name="Network as a table")
        layers = sheet.get_by_role("radiogroup", name="Layer").locator("label")
        tables = []
        for layer in range(layers.count()):
            layers.nth(layer).click()
            units = sheet.get_by_label("Unit", exact=True)
            if units.count() == 0:
                tables.append(_numbers(sheet))
                continue
            rows = []
            for unit in range(units.locator("option").count()):
                units.select_option(index=unit)
                bias = sheet.locator("p").filter(has_text=re.compile("^Bias")).inner_text().removeprefix("Bias ")
                rows.append([signed(bias), *_numbers(sheet)[:, 0]])
            tables.append(np.array(rows))
        sheet.get_by_role("button", name="Close").click()
        return tables

    # The tray

    @property
    def tray(self) -> Locator:
        return self.page.get_by_role("listbox", name="Your drawings")

    @property
    def thumbnails(self) -> Locator:
        return self.tray.get_by_role("option")

    def thumbnail(self, number: int) -> Locator:
        """A kept drawing, counted from 1."""
        return self.tray.get_by_role("option", name=re.compile(f"^Drawing {number}:"))

    @property
    def labels(self) -> list[str]:
        """What each kept drawing in view is labelled."""
        # How many are in view depends on the size of the tray, which is measured first.
        be_still(self.page)
        names: list[str] = self.thumbnails.locator(".label").all_inner_texts()
        return names

    @property
    def counts(self) -> dict[str, int]:
        """How many drawings there are of each character, as the tray says."""
        catch_up(self.page)
        lines: list[str] = self.page.locator("#tray .counts > span").all_inner_texts()
        pairs = (line.rsplit(maxsplit=1) for line in lines)
        return {name.rstrip(": "): int(re.sub(r"\s", "", number)) for name, number in pairs}

    def open_file(self, *files: FilePayload | Path) -> None:
        """Open files of drawings, as chosen in the browser's own dialog."""
        self.page.get_by_label("Files of drawings").set_input_files(list(files))  # type: ignore[arg-type]

    def saved(self, kind: str, folder: Path) -> Path:
        """Save the drawings as JSON, CSV or NPZ; return the file."""
        self.button("Save…").click()
        with self.page.expect_download() as download:
            self.button(f"Save as {kind}").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Close").click()
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path

    # The whole page

    @property
    def notice(self) -> Locator:
        """The sentence above the page."""
        return self.page.locator(".notice p")

    def undo(self) -> None:
        self.page.locator(".page > header").get_by_role("button", name="Undo", exact=True).click()

    def redo(self) -> None:
        self.button("Redo").click()

    def nonsense(self) -> list[str]:
        """Return whatever on the page is no number where one should be."""
        catch_up(self.page)
        words: list[str] = self.page.evaluate(
            r"""() => {
                const elements = [...document.body.querySelectorAll('*')]
                const spoken = elements.map(each => `${each.ariaLabel} ${each.getAttribute('style')} ${each.value}`)
                return `${document.body.innerText} ${spoken.join(' ')}`.match(/\S*(NaN|Infinity)\S*/g) ?? []
            }"""
        )
        return words


def grouped(number: float) -> str:
    """Return a count as the page writes it."""
    return f"{number:,.0f}".replace(",", "\u202f")


def signed(text: str) -> float:
    """Return the number that the page has written."""
    return float(text.replace("−", "-").replace("+", ""))


def _numbers(table: Locator) -> NDArray[np.float64]:
    """Return the numbers in the cells of a table, row by row."""
    rows: list[list[str]] = table.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent))"
    )
    return np.array([[signed(text) for text in row] for row in rows])
