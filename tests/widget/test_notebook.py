"""Notebook 7 shows the same rooms."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from pellucid import Experiment, Run
from widget.book import Book, write_notebook

SHOW = "from pellucid import Playground\nplayground = Playground()\nplayground"
STATE = "print(playground.run.weights_sha256)"


def test_notebook_shows_a_room_and_python_has_its_network(
    context: BrowserContext, server: tuple[str, str], notebooks: Path, screenshots: Path
) -> None:
    write_notebook(notebooks / "notebook.ipynb", [SHOW, STATE])
    address, access = server
    page = context.new_page()
    page.goto(f"{address}notebooks/notebook.ipynb?{access}")
    book = Book(page, [SHOW, STATE])
    room = book.show(SHOW)
    room.button("Ten updates").click()
    expect(room.number("updates")).to_have_text("10")
    native = Run(Experiment())
    native.step(10)
    book.printed_when(STATE, lambda text: text == native.weights_sha256)
    room.place.screenshot(path=screenshots / "notebook.png")
    page.close()
