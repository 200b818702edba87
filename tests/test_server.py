"""The page on this machine: what is sent for each file, and what happens when it cannot be served."""

import contextlib
import gzip
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from pellucid.headers import HEADERS
from pellucid.server import ServerError, listen, make_app, serve, url_of
from pellucid.static_site import built_page
from ports import free_port

SECRET = "not for the browser"
BOUND = 180.0
"""Seconds within which anything here has to happen on a busy machine."""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Pellucid</title>")
    (folder / "assets/app-1a2b.js").write_text("export {}")
    (folder / "assets/app-1a2b.js.gz").write_bytes(gzip.compress(b"export {}"))
    (folder / "assets/app-1a2b.js.br").write_bytes(b"compressed with Brotli")
    (folder / "assets/app-1a2b.css").write_text("body {}")
    (folder / "assets/engine-3c4d.wasm").write_bytes(b"\0asm\1\0\0\0")
    (folder / "assets/font-5e6f.woff2").write_bytes(b"wOF2")
    (folder / "service-worker.js").write_text("self.skipWaiting")
    (folder / "icon.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text(SECRET)
    return folder


@pytest.fixture
def browser(page: Path) -> Iterator[TestClient]:
    with TestClient(make_app(page), headers={"accept-encoding": "identity"}) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/assets/app-1a2b.js", "text/javascript; charset=utf-8"),
        ("/assets/app-1a2b.css", "text/css; charset=utf-8"),
        ("/assets/engine-3c4d.wasm", "application/wasm"),
        ("/assets/font-5e6f.woff2", "font/woff2"),
        ("/icon.svg", "image/svg+xml"),
    ],
)
def test_every_file_has_its_own_type(browser: TestClient, path: str, type_: str) -> None:
    answer = browser.get(path)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == type_


@pytest.mark.parametrize("path", ["/", "/assets/app-1a2b.js", "/service-worker.js", "/healthz", "/nowhere"])
def test_every_answer_carries_the_rules_for_the_browser(browser: TestClient, path: str) -> None:
    assert HEADERS.items() <= {name: browser.get(path).headers.get(name) for name in HEADERS}.items()


def test_the_rules_allow_no_inline_code() -> None:
    policy = HEADERS["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "'unsafe-inline'" not in policy
    assert "'unsafe-eval'" not in policy


@pytest.mark.parametrize("path", ["/assets/app-1a2b.js", "/assets/engine-3c4d.wasm", "/assets/font-5e6f.woff2"])
def test_files_with_hashed_names_are_kept_for_good(browser: TestClient, path: str) -> None:
    assert browser.get(path).headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/", "/index.html", "/service-worker.js", "/icon.svg"])
def test_files_whose_names_stay_are_asked_for_every_time(browser: TestClient, path: str) -> None:
    assert browser.get(path).headers["cache-control"] == "no-cache"


def test_a_host_hears_that_the_server_is_well(browser: TestClient) -> None:
    answer = browser.get("/healthz")

    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert browser.head("/healthz").status_code == 200
    assert browser.post("/healthz").status_code == 405


def test_the_entry_page_is_asked_for_every_time_but_sent_only_when_it_changed(browser: TestClient, page: Path) -> None:
    first = browser.get("/")
    again = browser.get("/", headers={"if-none-match": first.headers["etag"]})
    (page / "index.html").write_text("<!doctype html><title>A newer Pellucid</title>")
    newer = browser.get("/", headers={"if-none-match": first.headers["etag"]})

    assert first.headers["cache-control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert (newer.status_code, "newer" in newer.text) == (200, True)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("deflate", None), ("", None)],
)
def test_the_smallest_form_that_the_browser_takes_is_sent(
    page: Path, browser: TestClient, accepted: str, encoding: str | None
) -> None:
    ending = {"br": ".br", "gzip": ".gz", None: ""}[encoding]
    with browser.stream("GET", "/assets/app-1a2b.js", headers={"accept-encoding": accepted}) as answer:
        body = b"".join(answer.iter_raw())

    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert body == (page / f"assets/app-1a2b.js{ending}").read_bytes()


@pytest.mark.parametrize("path", ["/nowhere", "/assets/", "/assets/engine-0000.wasm"])
def test_what_is_not_there_is_not_found(browser: TestClient, path: str) -> None:
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "/%00",
    ],
)
def test_nothing_outside_the_page_is_sent(browser: TestClient, path: str) -> None:
    answer = browser.get(path)

    assert answer.status_code == 404
    assert SECRET not in answer.text


def test_a_link_that_leads_outside_the_page_is_not_followed(browser: TestClient, page: Path) -> None:
    (page / "way-out.txt").symlink_to(page.parent / "secret.txt")

    assert browser.get("/way-out.txt").status_code == 404


def test_the_page_can_only_be_read(browser: TestClient) -> None:
    assert browser.post("/", content=b"data").status_code == 405


def test_the_page_works_from_a_sub_path(page: Path) -> None:
    with TestClient(Starlette(routes=[Mount("/lessons/pellucid", make_app(page))])) as client:
        assert client.get("/lessons/pellucid/").text.startswith("<!doctype html>")
        assert client.get("/lessons/pellucid/assets/engine-3c4d.wasm").headers["content-type"] == "application/wasm"


def test_a_port_in_use_is_refused_with_one_sentence() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServerError, match=rf"^Port {port} on 127\.0\.0\.1 is in use: .* --port.*\.$"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_out_of_range_is_refused_with_one_sentence(port: int) -> None:
    with pytest.raises(ServerError, match=rf"^Port {port} is out of range: .* 0 to 65535"):
        listen("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "sentence"),
    [
        ("no such host", "^Host 'no such host' is not known: .* --host"),
        ("", "^Host '' is not known: .* --host"),
        ("a" * 300, "^Host 'a+' is not known"),
        ("192.0.2.1", r"^Host '192\.0\.2\.1' is not an address of this machine: .* --host"),
    ],
)
def test_a_bad_host_is_refused_with_one_sentence(host: str, sentence: str) -> None:
    with pytest.raises(ServerError, match=sentence):
        listen(host, 0)


def test_the_address_shown_is_one_that_a_browser_can_open() -> None:
    with listen("0.0.0.0", 0) as everywhere:
        assert url_of(everywhere) == f"http://127.0.0.1:{everywhere.getsockname()[1]}/"
    if socket.has_ipv6 and Path("/proc/net/if_inet6").exists():
        with contextlib.suppress(ServerError), listen("::1", 0) as here:
            assert url_of(here) == f"http://[::1]:{here.getsockname()[1]}/"


PROGRAM = """
import sys, uvicorn, webbrowser
from pathlib import Path
from pellucid import cli, server

webbrowser.open = lambda address: print("opened", address, flush=True)
folder, patience, *arguments = sys.argv[1:]
if folder:
    server.built_page = lambda: Path(folder)
if patience:
    made = uvicorn.Config
    uvicorn.Config = lambda *how, **settings: made(*how, **{**settings, "timeout_graceful_shutdown": int(patience)})
sys.argv = ["pellucid", *arguments]
cli.main()
"""


@contextlib.contextmanager
def served(
    *arguments: str, page: Path | str = "", patience: str = "", environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Run the server in a process of its own; `patience` is for how many seconds it lets requests finish in the end."""
    command = [sys.executable, "-c", PROGRAM, str(page), patience, *arguments]
    surroundings = {name: value for name, value in os.environ.items() if name != "PORT"} | (environment or {})
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings
    ) as server:
        try:
            yield server
        finally:
            server.kill()


def address_of(server: subprocess.Popen[str]) -> str:
    """Wait until the server answers, and return where it is."""
    assert server.stdout is not None
    line = server.stdout.readline()
    assert line.startswith("Pellucid is at http://"), line
    return line.split()[3]


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_the_built_page_is_served_and_ctrl_c_or_a_host_ends_it_quietly(sign: signal.Signals) -> None:
    with served("--port", "0", "--no-browser") as server:
        with urllib.request.urlopen(address_of(server), timeout=BOUND) as answer:
            text = answer.read().decode()
        server.send_signal(sign)
        rest, complaints = server.communicate(timeout=BOUND)

    assert "<title>" in text
    assert (server.returncode, rest, complaints) == (0, "\nPellucid has ended.\n", "")


def test_every_file_of_the_built_page_travels_compressed_and_by_the_rules() -> None:
    page = built_page()
    files = [file for file in page.rglob("*") if file.is_file() and file.suffix not in (".br", ".gz")]
    with served("--port", "0", "--no-browser") as server:
        address = address_of(server)
        for file in files:
            for name, ending in (("br", ".br"), ("gzip", ".gz")):
                asked = urllib.request.Request(
                    address + file.relative_to(page).as_posix(), headers={"Accept-Encoding": name}
                )
                with urllib.request.urlopen(asked, timeout=BOUND) as answer:
                    headers, body = answer.headers, answer.read()
                compressed = file.with_name(file.name + ending)
                assert headers["content-encoding"] == (name if compressed.exists() else None)
                assert body == (compressed if compressed.exists() else file).read_bytes()
                assert ("immutable" in headers["cache-control"]) == (file.parent != page)
                assert {name: headers[name] for name in HEADERS} == HEADERS
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=BOUND)

    assert {file.suffix for file in files if file.with_name(file.name + ".br").exists()} >= {".css", ".js", ".wasm"}


def test_the_browser_is_opened_once_the_server_answers() -> None:
    with served("--port", "0") as server:
        address = address_of(server)
        assert server.stdout is not None
        assert server.stdout.readline() == f"opened {address}\n"
        os.kill(server.pid, signal.SIGINT)
        server.communicate(timeout=BOUND)


def test_a_host_chooses_the_port_by_its_environment_and_an_option_goes_before_it() -> None:
    chosen, other = str(free_port()), str(free_port())
    with served("--host", "0.0.0.0", "--no-browser", environment={"PORT": chosen}) as server:
        assert address_of(server) == f"http://127.0.0.1:{chosen}/"
    with served("--no-browser", "--port", other, environment={"PORT": chosen}) as server:
        assert address_of(server) == f"http://127.0.0.1:{other}/"


def test_a_port_in_the_environment_that_is_no_number_is_refused_with_one_sentence() -> None:
    with served("--no-browser", environment={"PORT": "http"}) as server:
        said, complaints = server.communicate(timeout=BOUND)

    assert (server.returncode, said) == (2, "")
    assert complaints.count("\n") == 1
    assert "(env var: 'PORT')" in complaints
    assert "a valid integer" in complaints


def wait_until_refused(host: str, port: int) -> None:
    """Wait until the server takes no more visitors."""
    end = time.monotonic() + BOUND
    while time.monotonic() < end:
        try:
            socket.create_connection((host, port)).close()
        except ConnectionError:
            return
        time.sleep(0.02)
    raise AssertionError("The server still takes visitors.")


def test_a_request_under_way_is_finished_before_the_server_ends(page: Path) -> None:
    content = os.urandom(1 << 20) * 32
    (page / "large.bin").write_bytes(content)
    with served("--port", "0", "--no-browser", page=page, patience=f"{BOUND:.0f}") as server:
        host, port = address_of(server).removeprefix("http://").rstrip("/").split(":")
        idle = socket.create_connection((host, int(port)))
        with idle, socket.create_connection((host, int(port))) as visitor:
            visitor.sendall(b"GET /large.bin HTTP/1.1\r\nHost: here\r\n\r\n")
            received = visitor.recv(1 << 16)
            server.send_signal(signal.SIGTERM)
            wait_until_refused(host, int(port))
            assert server.poll() is None
            while part := visitor.recv(1 << 20):
                received += part
            server.communicate(timeout=BOUND)

    head, _, body = received.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK")
    assert body == content
    assert server.returncode == 0


def test_a_visitor_who_reads_nothing_has_a_second_and_does_not_hold_the_server_up(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (page / "large.bin").write_bytes(bytes(1 << 25))
    with served("--port", "0", "--no-browser", page=page) as server:
        host, port = address_of(server).removeprefix("http://").rstrip("/").split(":")
        with socket.create_connection((host, int(port))) as visitor:
            visitor.sendall(b"GET /large.bin HTTP/1.1\r\nHost: here\r\n\r\n")
            visitor.recv(1)
            start = time.monotonic()
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=BOUND)
            took = time.monotonic() - start

    assert server.returncode == 0
    assert took >= 1
    assert patience_of_the_server(monkeypatch) == 1


def patience_of_the_server(monkeypatch: pytest.MonkeyPatch) -> int | None:
    """Return for how many seconds requests under way may go on in the end; how long that takes is up to the machine."""
    configured: list[uvicorn.Config] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: configured.append(self.config))
    serve(port=0, open_browser=False)
    return configured[0].timeout_graceful_shutdown
