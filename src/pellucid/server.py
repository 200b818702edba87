"""The page on this machine: what `pellucid` starts when it is called without a command."""

from __future__ import annotations

import errno
import os
import socket
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

from pellucid.errors import PellucidError
from pellucid.static_site import built_page

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

HEALTH = "/healthz"
"""Where a host asks whether the server is well."""


class ServerError(PellucidError):
    """Say why the page cannot be served at an address."""


def serve(host: str = "127.0.0.1", port: int = 8000, *, open_browser: bool = True) -> None:
    """
    Serve the page until Ctrl-C is pressed; requests under way then have a second to finish.

    Parameters
    ----------
    host : str
        Name or address of this machine to listen at; ``"0.0.0.0"`` lets other machines in.
    port : int
        Port to listen at, 0 to 65535; 0 takes a free one.
    open_browser : bool
        Whether to open the page in the browser as soon as the server answers.

    Raises
    ------
    ServerError
        If the address is not this machine's, or the port is in use, out of range or not allowed.
    SiteError
        If the page has not been built.
    """
    application = make_app(built_page())
    with listen(host, port) as listener:
        _run(application, listener, open_browser=open_browser)


def make_app(page: Path) -> Starlette:
    """
    Make the application that serves a built page.

    Parameters
    ----------
    page : Path
        The folder that holds ``index.html``.

    Returns
    -------
    Starlette
        An ASGI application; mounted at a sub-path, it works there. It answers ``/healthz`` with ``ok``.
    """
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.responses import PlainTextResponse
    from starlette.routing import Mount, Route

    from pellucid.page_files import PageFiles, SecurityHeaders

    def healthy(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
        return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})

    return Starlette(
        routes=[Route(HEALTH, healthy), Mount("/", PageFiles(page))], middleware=[Middleware(SecurityHeaders)]
    )


def listen(host: str, port: int) -> socket.socket:
    """
    Take a port of this machine.

    Parameters
    ----------
    host : str
        Name or address of this machine.
    port : int
        Port, 0 to 65535; 0 takes a free one.

    Returns
    -------
    socket.socket
        A listening socket.

    Raises
    ------
    ServerError
        If the address is not this machine's, or the port is in use, out of range or not allowed.
    """
    if not 0 <= port <= 65535:
        raise ServerError(f"Port {port} is out of range: choose one from 0 to 65535 with --port.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError):
        raise ServerError(f"Host {host!r} is not known: choose an address of this machine with --host.") from None
    listener = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # on Windows the option would take a port from the program that has it
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        raise ServerError(_why_not(host, port, error)) from None
    return listener


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is in use: choose another with --port, or 0 for any that is free."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"Host {host!r} is not an address of this machine: choose another with --host."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Port {port} on {host} needs more rights: choose one from 1024 on with --port."
    return f"Port {port} on {host} cannot be opened: {error.strerror}."


def _run(application: Starlette, listener: socket.socket, *, open_browser: bool) -> None:
    import uvicorn

    class Server(uvicorn.Server):
        """Says where the page is, and opens it, as soon as the server answers."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            address = url_of(listener)
            print(f"Pellucid is at {address} (Ctrl-C ends it)", flush=True)
            if open_browser:
                # A browser in the terminal does not come back before it is closed.
                threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    config = uvicorn.Config(
        application, http="h11", ws="none", lifespan="off", log_level="warning", timeout_graceful_shutdown=1
    )
    try:
        Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        print("\nPellucid has ended.", flush=True)


def url_of(listener: socket.socket) -> str:
    """
    Return the address at which a browser on this machine reaches a socket.

    Parameters
    ----------
    listener : socket.socket
        A listening socket.

    Returns
    -------
    str
        The address of the page.
    """
    host, port = listener.getsockname()[:2]
    if listener.family == socket.AF_INET6:
        host = "[::1]" if host == "::" else f"[{host}]"
    elif host == "0.0.0.0":  # noqa: S104 - compared, not listened at
        host = "127.0.0.1"
    return f"http://{host}:{port}/"
