"""A real browser on real notebooks; whatever would be asked of another machine is noted and refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from browser.serving import SWITCHES, chromium
from widget.hosting import jupyter

SCREENSHOTS = Path(__file__).parents[1] / "browser" / "screenshots"
PATIENCE = 30_000
"""Milliseconds that anything on a notebook may take on a busy machine."""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": chromium(), "args": SWITCHES}


@pytest.fixture(scope="session", autouse=True)
def _patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=None)


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One desktop for the notebooks of a file, cut off from all other machines."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, color_scheme="light", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    asked: set[str] = set()

    def refuse(route: Route) -> None:
        host = urlsplit(route.request.url).hostname
        if host in (None, "127.0.0.1"):
            route.continue_()
        else:
            asked.add(str(host))
            route.abort()

    context.route("**/*", refuse)
    yield context
    context.close()
    assert asked == set()


@pytest.fixture(scope="session")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the notebooks that are served."""
    folder = tmp_path_factory.mktemp("notebooks") / "books"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def server(notebooks: Path) -> Iterator[tuple[str, str]]:
    """JupyterLab and Notebook on this machine: the address, and what gives access."""
    with jupyter(notebooks) as server:
        yield server


@pytest.fixture
def screenshots() -> Path:
    """A folder for pictures that people look at."""
    SCREENSHOTS.mkdir(exist_ok=True)
    return SCREENSHOTS
