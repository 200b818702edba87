"""After one visit the page opens and trains without a network; with one it is never an old page."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Route, expect

from browser.serving import served_page
from browser.shapes_page import ShapesPage
from pellucid.static_site import write_site
from ports import free_port

# For all that is installed in the background, in milliseconds.
PATIENCE = 90_000

TITLE = "Pellucid, a neural network that you can see through"
TRIES = "url => fetch(url).then(answer => answer.text(), () => 'no network')"

# What becomes of a worker that is being installed.
FATE = """async () => {
    const registration = await navigator.serviceWorker.register('./service-worker.js')
    const worker = registration.installing
    while (worker?.state === 'installing') await new Promise(resolve => worker.onstatechange = resolve)
    return worker?.state ?? (registration.waiting || registration.active ? 'kept' : 'redundant')
}"""

UNTIL = """async ([condition, milliseconds]) => {
    const holds = new Function(`return (${condition})`)
    for (const start = performance.now(); performance.now() - start < milliseconds; )
        if (await holds()) return true
        else await new Promise(resolve => setTimeout(resolve, 50))
    return false
}"""

# What the test itself runs may evaluate text, but not what it runs later.
EVALUATES = """() => new Promise(resolve => setTimeout(() => {
    try { resolve(window.eval('"evaluated"')) } catch (error) { resolve(error.name) }
}))"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of its own, which a test may change."""
    write_site(tmp_path / "site")
    return tmp_path / "site"


class QuietHandler(SimpleHTTPRequestHandler):
    """What `python -m http.server` answers with: no headers of ours, and nothing compressed."""

    def log_message(self, *words: Any) -> None:
        pass


@contextmanager
def simple_host(folder: Path) -> Iterator[str]:
    """Serve a folder as the simplest host does; the value is its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def visit(page: Page, address: str) -> None:
    """Open the page and wait until the browser has kept it."""
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    wait_until(page, "navigator.serviceWorker.controller !== null")


def wait_until(page: Page, condition: str) -> None:
    """Wait for a condition, which may be a promise; the browser looks for a newer worker after a second or two."""
    assert page.evaluate(UNTIL, [condition, PATIENCE]), condition


def assert_it_trains(page: Page) -> None:
    page.get_by_role("tab", name="Shapes").click()
    shapes = ShapesPage(page)
    expect(shapes.button("Play")).to_have_attribute("aria-disabled", "false")
    expect(shapes.number("train-loss")).not_to_have_text("–")
    before = shapes.value("train-loss")
    shapes.train_until_epoch(100)
    assert shapes.value("train-loss") < before / 2


def caches_of(page: Page) -> list[str]:
    names: list[str] = page.evaluate("caches.keys()")
    return names


def publish(site: Path, title: str) -> None:
    """Put a newer page in the place of the one that is there, as `pellucid site` would."""
    for compressed in [*site.glob("*.br"), *site.glob("*.gz")]:
        compressed.unlink()
    entry, worker = site / "index.html", site / "service-worker.js"
    entry.write_text(re.sub("<title>.*</title>", f"<title>{title}</title>", entry.read_text("utf-8")), "utf-8")
    digest = base64.b64encode(hashlib.sha256(entry.read_bytes()).digest()).decode()
    newer = re.sub(r'"\./":"sha256-[^"]+"', f'"./":"sha256-{digest}"', worker.read_text("utf-8"))
    worker.write_text(re.sub(r'"version":"[^"]+"', f'"version":"{title}"', newer), "utf-8")


def test_after_one_visit_the_page_opens_and_trains_without_its_server(page: Page) -> None:
    with served_page() as address:
        visit(page, address)
    page.reload()
    assert page.evaluate(TRIES, "./healthz") == "no network"
    assert_it_trains(page)
    # A link that someone sent, opened in another tab, finds the page too.
    other = page.context.new_page()
    other.goto(address + "index.html")
    assert other.title() == TITLE


def test_from_a_sub_path_of_the_simplest_host_it_opens_and_trains_without_a_network(
    page: Page, tmp_path: Path, complaints: list[str]
) -> None:
    write_site(tmp_path / "public" / "lessons" / "pellucid")
    with simple_host(tmp_path / "public") as address:
        visit(page, address + "lessons/pellucid/")
        assert_it_trains(page)
    page.reload()
    assert_it_trains(page)


def test_the_rules_hold_on_a_host_that_sets_no_headers(page: Page, site: Path) -> None:
    with simple_host(site) as address:
        page.goto(address)
        with page.expect_console_message(is_refusal_of_inline_code):
            page.evaluate("""() => {
                const script = document.createElement('script')
                script.textContent = 'document.title = "inline"'
                document.body.append(script)
            }""")
        evaluated = page.evaluate(EVALUATES)
        assert page.title() == TITLE

    assert evaluated == "EvalError"


def is_refusal_of_inline_code(message: ConsoleMessage) -> bool:
    return "Content Security Policy" in message.text and "inline" in message.text


def test_a_newer_page_is_shown_at_the_next_visit_and_the_older_one_is_removed(page: Page, site: Path) -> None:
    with served_page(site) as address:
        visit(page, address)
        older, newer = caches_of(page), f"pellucid {address} newer"
        publish(site, "newer")
        page.reload()
        assert page.title() == "newer"
        wait_until(page, "navigator.serviceWorker.getRegistration().then(found => found.waiting)")
        # The older files stay as long as an older page may be open.
        assert caches_of(page) == [*older, newer]
        page.goto("about:blank")
        visit(page, address)
        wait_until(page, "caches.keys().then(names => names.length === 1)")
        assert caches_of(page) == [newer]
    page.reload()
    assert page.title() == "newer"


def test_a_page_whose_files_are_not_what_the_build_made_is_not_kept(page: Page, site: Path) -> None:
    next(site.glob("assets/*.woff2")).write_bytes(b"cut off")
    with served_page(site) as address:
        page.goto(address)
        assert page.evaluate(FATE) == "redundant"
        assert_it_trains(page)


def test_two_sites_of_one_host_keep_their_files_apart(page: Page, tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_site(tmp_path / "public" / name)
    publish(tmp_path / "public" / "other", "other")
    with simple_host(tmp_path / "public") as address:
        visit(page, address + "one/")
        visit(page, address + "other/")
        assert len(caches_of(page)) == 2
    page.goto(address + "one/")
    assert page.title() == TITLE
    page.goto(address + "other/")
    assert page.title() == "other"


def test_whatever_is_not_a_file_of_the_page_comes_from_the_network(page: Page, site: Path) -> None:
    (site / "notes").mkdir()
    (site / "notes" / "index.html").write_text("<title>Notes</title>")
    with served_page(site) as address:
        visit(page, address)
        (site / "notes" / "index.html").write_text("<title>Newer notes</title>")
        assert "Newer" in page.evaluate(TRIES, "./notes/")
        assert page.evaluate(TRIES, "./healthz") == "ok\n"
    assert page.evaluate(TRIES, "./notes/") == "no network"


def test_another_site_at_the_same_address_takes_its_place(page: Page, site: Path, tmp_path: Path) -> None:
    port = free_port()
    with served_page(site, port) as address:
        visit(page, address)
    (tmp_path / "another").mkdir()
    (tmp_path / "another" / "index.html").write_text("<title>Another site</title>")
    with served_page(tmp_path / "another", port):
        page.goto("about:blank")
        page.goto(address)
        assert page.title() == "Another site"


def test_a_network_that_does_not_answer_is_waited_for_three_seconds(page: Page, site: Path) -> None:
    port = free_port()
    with served_page(site, port) as address:
        visit(page, address)
    with socket.create_server(("127.0.0.1", port)):
        page.reload(wait_until="commit")
        assert_it_trains(page)


def test_a_failing_host_does_not_hide_the_page(page: Page, site: Path) -> None:
    class FailingHandler(QuietHandler):
        def do_GET(self) -> None:
            self.send_error(503)

    port = free_port()
    with served_page(site, port) as address:
        visit(page, address)
    failing = ThreadingHTTPServer(("127.0.0.1", port), FailingHandler)
    thread = threading.Thread(target=failing.serve_forever, daemon=True)
    thread.start()
    page.reload()
    failing.shutdown()
    failing.server_close()
    assert page.title() == TITLE


def test_where_browsers_do_not_allow_it_the_page_works_all_the_same(
    context: BrowserContext, page: Page, site: Path, complaints: list[str]
) -> None:
    types = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm"}

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix("http://pellucid.example/") or "index.html"
        file = site / name.split("#")[0]
        route.fulfill(body=file.read_bytes(), content_type=types.get(file.suffix, "application/octet-stream"))

    context.route("http://pellucid.example/**", answer)
    page.goto("http://pellucid.example/")
    assert page.evaluate("isSecureContext") is False
    assert_it_trains(page)
