"""A real browser on the built page, served as `pellucid` serves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from pytest_playwright.pytest_playwright import CreateContextCallback

from browser.draw_page import DrawPage
from browser.rest import watch
from browser.serving import SWITCHES, chromium, served_page
from browser.shapes_page import ShapesPage

# What is waited for comes at once, but not on a machine that has other things to do.
expect.set_options(timeout=30_000)

SCREENSHOTS = Path(__file__).parent / "screenshots"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": chromium(), "args": SWITCHES}


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with served_page() as address:
        yield address


@pytest.fixture
def browser_context_args() -> dict[str, Any]:
    """A desktop whose owner prefers stillness, so that training waits for Play."""
    return {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light", "reduced_motion": "reduce"}


@pytest.fixture
def context(new_context: CreateContextCallback) -> BrowserContext:
    context = new_context()
    watch(context)
    return context


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """Whatever the page complains of while it is used; it must be nothing."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert heard == []


@pytest.fixture
def shapes(page: Page, address: str, complaints: list[str]) -> ShapesPage:
    """The room of shapes with the default experiment, ready to train."""
    return ShapesPage.opened(page, address)


@pytest.fixture
def draw(page: Page, address: str, complaints: list[str]) -> DrawPage:
    """The room of drawings with an empty tray and an empty pad."""
    return DrawPage.opened(page, address)


@pytest.fixture
def screenshots() -> Path:
    """A folder for pictures that people look at."""
    SCREENSHOTS.mkdir(exist_ok=True)
    return SCREENSHOTS


@pytest.fixture
def elsewhere(browser: Browser, address: str) -> Iterator[Page]:
    """Another person's browser: nothing is kept in it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()
