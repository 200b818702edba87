"""How the files of the built page travel: types, compressed forms, and what the browser may do with them."""

from __future__ import annotations

import os
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pellucid.headers import HEADERS, cache_control

TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
}
"""Written down here, because a machine's own table may be wrong: on Windows, other programs change it."""

ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""Name and ending of the compressed forms that the build puts beside a file, the smaller one first."""


class PageFiles(StaticFiles):
    """
    Serves the files of the built page.

    Parameters
    ----------
    page : Path
        The folder that holds ``index.html``.
    """

    def __init__(self, page: Path) -> None:
        super().__init__(directory=page, html=True)

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """
        Answer with a file, compressed if the browser takes that.

        Parameters
        ----------
        full_path : str or PathLike
            The file.
        stat_result : os.stat_result
            What the file system says of it.
        scope : Scope
            The request.
        status_code : int
            The status of the answer.

        Returns
        -------
        Response
            The file, or 304 if the browser still has it.
        """
        file, request = Path(full_path), Headers(scope=scope)
        body, encoding = _smallest(file, request.get("accept-encoding", ""))
        response = FileResponse(
            body,
            status_code=status_code,
            media_type=TYPES.get(file.suffix, "application/octet-stream"),
            stat_result=body.stat() if encoding else stat_result,
            headers={
                "Cache-Control": cache_control(file),
                "Vary": "Accept-Encoding",
                **encoding,
            },
        )
        return NotModifiedResponse(response.headers) if self.is_not_modified(response.headers, request) else response


def _smallest(file: Path, accept_encoding: str) -> tuple[Path, dict[str, str]]:
    """Return the smallest form of a file that the browser takes, and the header that names its encoding."""
    for name, ending in ENCODINGS.items():
        compressed = file.with_name(file.name + ending)
        if _accepts(name, accept_encoding) and compressed.is_file():
            return compressed, {"Content-Encoding": name}
    return file, {}


def _accepts(name: str, accept_encoding: str) -> bool:
    """Tell whether a list such as "gzip, br;q=0.5" holds an encoding; a weight of 0 takes it back."""
    for offer in accept_encoding.lower().split(","):
        encoding, _, weight = offer.replace(" ", "").partition(";q=")
        if encoding == name:
            return weight.rstrip("0.") != "" or weight == ""
    return False


class SecurityHeaders:
    """
    Puts `pellucid.headers.HEADERS` on every answer, errors included.

    Parameters
    ----------
    app : ASGIApp
        The application that answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers)
