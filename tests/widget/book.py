"""A notebook in JupyterLab or Notebook as a person uses it, and a room that it shows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

MOST_LOOKS = 60


def write_notebook(path: Path, cells: Sequence[str]) -> None:
    """Write a notebook of Jupyter with these cells."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    document = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": kernel},
        "cells": [
            {
                "id": f"cell-{number}",
                "cell_type": "code",
                "source": source,
                "metadata": {},
                "outputs": [],
                "execution_count": None,
            }
            for number, source in enumerate(cells)
        ],
    }
    path.write_text(json.dumps(document), "utf-8")


class Room:
    """A room that a notebook shows."""

    def __init__(self, place: Locator) -> None:
        self.place = place

    def button(self, name: str) -> Locator:
        return self.place.get_by_role("button", name=name, exact=True)

    def number(self, name: str) -> Locator:
        return self.place.get_by_test_id(name)

    @property
    def header(self) -> Locator:
        """The heading of the network, with its shape in words."""
        return self.place.locator("#network section > header")

    @property
    def host(self) -> Locator:
        """The element of the notebook that it stands in."""
        return self.place

    def ready(self) -> Room:
        expect(self.button("Reset")).to_have_attribute("aria-disabled", "false")
        return self

    def updates(self) -> int:
        return int(re.sub(r"\D", "", self.number("updates").inner_text()))


class Book:
    """A notebook that is open."""

    def __init__(self, page: Page, cells: Sequence[str]) -> None:
        self.page = page
        self.sources = list(cells)
        self._connected = False

    @property
    def cells(self) -> Locator:
        return self.page.locator(".jp-Notebook .jp-CodeCell")

    def cell(self, source: str) -> Locator:
        return self.cells.nth(self.sources.index(source))

    def run(self, source: str) -> Locator:
        """Run a cell, wait until that is done, and return what it puts out."""
        self._wait_for_the_kernel()
        cell = self.cell(source)
        prompt = cell.locator(".jp-InputPrompt").first
        # It is empty until the cell is all there.
        expect(prompt).to_have_text(re.compile(r"^\[.+\]:$"))
        before = prompt.inner_text()
        self._press_until_begun(cell, prompt, before)
        expect(prompt).to_have_text(re.compile(rf"^(?!{re.escape(before)}$)\[\d+\]:$"))
        return cell.locator(".jp-Cell-outputArea")

    def _press_until_begun(self, cell: Locator, prompt: Locator, before: str) -> None:
        """Press the keys that run a cell: Notebook hears of them only a while after all else is there."""
        for _ in range(MOST_LOOKS):
            # At its beginning, where no output of a cell above can lie over it.
            cell.locator(".cm-content").first.click(position={"x": 4, "y": 4})
            self.page.keyboard.press("Control+Enter")
            try:
                # That it was heard is seen at once; pressed again, it would run once more.
                expect(prompt).not_to_have_text(before, timeout=5000)
            except AssertionError:
                continue
            return

    def _wait_for_the_kernel(self) -> None:
        """Wait until the kernel is connected: before, nothing comes of running a cell."""
        if not self._connected:
            status = self.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")
            # While it is being connected, there is a sign of that instead.
            expect(status.locator("[role=progressbar]")).to_have_count(1)
            self._connected = True

    def choose(self, menu: str, *items: str) -> None:
        """Choose something from a menu."""
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        for item in items:
            self.page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{item}$")).click()

    def select(self, source: str) -> None:
        """Select a cell without writing in it."""
        self.cell(source).locator(".jp-InputPrompt").first.click()

    def show(self, source: str) -> Room:
        """Run a cell that shows a room, and wait until the room can train."""
        self.run(source)
        return Room(self.cell(source).locator(".pellucid")).ready()

    def printed(self, source: str) -> str:
        return self.run(source).inner_text().strip()

    def printed_when(self, source: str, holds: Callable[[str], bool]) -> str:
        """Run a cell until it prints what is waited for: what happens in a room is known to Python a moment later."""
        text = ""
        for _ in range(MOST_LOOKS):
            text = self.printed(source)
            if holds(text):
                return text
            self.page.wait_for_timeout(100)
        raise AssertionError(f"it still prints {text!r}")
