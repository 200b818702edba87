"""The built page, served as `pellucid` serves it, and the browser that looks at it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from pellucid.server import listen, make_app, url_of
from pellucid.static_site import built_page

# As root, Chromium does not start with its sandbox.
SWITCHES = ["--no-sandbox"]


def chromium() -> str:
    """Return the path of this machine's own Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise FileNotFoundError("no Chromium here: tests/programs.sh installs one")


@contextmanager
def served_page(page: Path | None = None, port: int = 0) -> Iterator[str]:
    """Serve the built page, or another, on a free port or a given one; the value is its address."""
    with listen("127.0.0.1", port) as listener:
        app = make_app(page or built_page())
        server = uvicorn.Server(uvicorn.Config(app, ws="none", lifespan="off", log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield url_of(listener)
        finally:
            server.should_exit = True
            thread.join(timeout=5)
