"""Servers of notebooks on this machine, on ports of their own, with nothing of the user's settings."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ports import free_port

PATIENCE = 90.0
"""Seconds that a server has to come up on a busy machine, and no longer."""

PLACES = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")


@contextmanager
def jupyter(folder: Path) -> Iterator[tuple[str, str]]:
    """Serve the notebooks of a folder with JupyterLab and Notebook; yield the address and what gives access."""
    own = folder.parent / "jupyter"
    settings = own / "settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    # Else it would ask whether it may fetch news.
    settings.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}), "utf-8")
    token = secrets.token_hex(16)
    places = {f"JUPYTER_{name}": str(own / name.lower()) for name in PLACES}
    places |= {"JUPYTERLAB_SETTINGS_DIR": str(own / "settings"), "JUPYTERLAB_WORKSPACES_DIR": str(own / "workspaces")}
    command = ["notebook", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0"]
    command += [f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}"]
    with served(command, own, {**places, "IPYTHONDIR": str(own / "ipython")}) as server:
        yield _url_of(server, own / "runtime_dir"), f"token={token}"


@contextmanager
def marimo(notebook: Path) -> Iterator[str]:
    """Serve a notebook of marimo as an app; yield its address."""
    port = str(free_port())
    command = ["marimo", "run", str(notebook), "--headless", "--no-token", "--host", "127.0.0.1", "--port", port]
    own = notebook.parent / "marimo"
    own.mkdir()
    places = {name: str(own) for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")}
    with served(command, own, {**places, "MARIMO_SKIP_UPDATE_CHECK": "1"}) as server:
        address = f"http://127.0.0.1:{port}/"
        wait_for_answer(server, address)
        yield address


@contextmanager
def served(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a module of this Python as a server, and end it with all that it has started."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "MARIMO"))}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", *command],
            env={**clean, **environment},
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=True,
        )
        try:
            yield server
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait(10)


def wait_for_answer(server: subprocess.Popen[bytes], address: str) -> None:
    for _ in _until_up(server):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            pass


def _url_of(server: subprocess.Popen[bytes], runtime: Path) -> str:
    """Return the address that a server of Jupyter writes down when it listens."""
    for _ in _until_up(server):
        for about in runtime.glob("jpserver-*.json"):
            try:
                return str(json.loads(about.read_text("utf-8"))["url"])
            except ValueError:  # it is being written
                pass
    raise AssertionError("no address")


def _until_up(server: subprocess.Popen[bytes]) -> Iterator[None]:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert server.poll() is None, f"the server has ended with {server.returncode}"
        yield
        time.sleep(0.05)
    raise AssertionError(f"the server did not come up in {PATIENCE:.0f} s")
