"""The built page in Chromium, served as `pellucid` serves it: what the measurements of the page share."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from benchmarks.sizes import SITE

SERVE = "from pellucid.server import serve; serve(port=0, open_browser=False)"
# As root, Chromium refuses its sandbox; the other switches keep it from looking for its maker.
SWITCHES = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def missing() -> str:
    """Return what there is not, or nothing if the page can be measured."""
    if not (SITE / "index.html").exists():
        return "not measured: it is not built"
    return "" if _chromium() else "not measured: Chromium is not installed"


@contextmanager
def browser_and_address() -> Iterator[tuple[Browser, str]]:
    """Start Chromium and serve the built page; yields the browser and the page's address."""
    with _served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=SWITCHES)
        try:
            yield browser, address
        finally:
            browser.close()


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def _served() -> Iterator[str]:
    """Serve the built page on a free port; yields its address."""
    command = [sys.executable, "-c", SERVE]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        line = server.stdout.readline() if server.stdout else ""
        found = re.search(r"http://\S+", line)
        if found is None:
            raise RuntimeError(f"the server did not say its address: {line!r}")
        yield found.group()
    finally:
        server.terminate()
        server.communicate()
