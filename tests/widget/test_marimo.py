"""marimo shows the rooms, and cells that use one run again when it changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from pellucid import Experiment, Run
from widget.book import Room
from widget.hosting import marimo

APP = """
import marimo

app = marimo.App(width="full")


@app.cell
def _():
    import marimo as mo
    from pellucid import Experiment, Playground
    return Experiment, Playground, mo


@app.cell
def _(Playground, mo):
    playground = mo.ui.anywidget(Playground())
    playground
    return (playground,)


@app.cell
def _(mo, playground):
    mo.md(f"known: {playground.value['updates']} {playground.run.updates} {playground.run.weights_sha256}")
    return


@app.cell
def _(Experiment, Playground, mo):
    drawn = mo.ui.anywidget(Playground(Experiment.for_drawings()))
    drawn
    return (drawn,)


@app.cell
def _(mo):
    wider = mo.ui.run_button(label="wider")
    wider
    return (wider,)


@app.cell
def _(playground, wider):
    if wider.value:
        playground.widget.experiment = playground.widget.experiment.replace("network.hidden.0.units", 6)
    return


if __name__ == "__main__":
    app.run()
"""


@pytest.fixture(scope="module")
def app(context: BrowserContext, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    notebook = tmp_path_factory.mktemp("marimo") / "app.py"
    notebook.write_text(APP, "utf-8")
    with marimo(notebook) as address:
        page = context.new_page()
        heard: list[str] = []
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto(address)
        yield page
        page.close()
    assert heard == []


def test_marimo_shows_a_room_and_its_cells_follow_what_is_trained_in_it(app: Page, screenshots: Path) -> None:
    room = Room(app.locator(".pellucid").nth(0)).ready()
    native = Run(Experiment())
    expect(app.get_by_text("known:")).to_have_text(f"known: 0 0 {native.weights_sha256}")
    room.button("Step").click()
    room.button("Ten updates").click()
    expect(room.number("updates")).to_have_text("11")
    native.step(11)
    expect(app.get_by_text("known:")).to_have_text(f"known: 11 11 {native.weights_sha256}")
    room.place.screenshot(path=screenshots / "marimo.png")

    other = Room(app.locator(".pellucid").nth(1)).ready()
    expect(other.number("updates")).to_have_text("0")
    other.place.screenshot(path=screenshots / "marimo-draw.png")


def test_what_python_assigns_is_shown_in_marimo(app: Page) -> None:
    room = Room(app.locator(".pellucid").nth(0)).ready()
    app.get_by_role("button", name="wider").click()
    expect(room.header).to_contain_text("2, 6, 3, 1")
    native = Run(Experiment().replace("network.hidden.0.units", 6))
    expect(app.get_by_text("known:")).to_have_text(f"known: 0 0 {native.weights_sha256}")
