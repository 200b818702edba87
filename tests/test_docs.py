"""The documentation is built without a warning, is whole, tells everything that is public, and needs no network."""

import re
import subprocess
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Playwright

from browser.serving import SWITCHES, chromium
from extensions.commands import commands
from extensions.public import all_names
from pellucid.engine import __path__ as engine_path
from pellucid.formulas import FORMULAS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


class Links(HTMLParser):
    """What a page names, links to, and loads."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.loaded: set[str] = set()
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        self.ids |= {found[name] for name in ("id", "name") if name in found}
        if tag == "a" and "href" in found:
            self.links.add(found["href"])
        elif "src" in found:
            self.loaded.add(found["src"])
        elif (
            tag == "link"
            and "href" in found
            and found.get("rel") not in ("canonical", "index", "search", "next", "prev")
        ):
            self.loaded.add(found["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the documentation, built as `make docs` builds it."""
    folder = tmp_path_factory.mktemp("docs")
    options = ["-W", "--keep-going", "--nitpicky", "--quiet", "--builder", "html", "--doctree-dir", f"{folder}/trees"]
    command = [sys.executable, "-m", "sphinx", *options, str(DOCS), f"{folder}/html"]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert built.returncode == 0, built.stderr
    return folder / "html"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Links]:
    return {page: Links(page) for page in site.rglob("*.html")}


@pytest.mark.parametrize("name", ["index", "first-steps", "maths", "engine", "python", "reference/index", "deployment"])
def test_the_page_is_there_and_is_said_on_the_first_one(site: Path, pages: dict[Path, Links], name: str) -> None:
    assert site / f"{name}.html" in pages
    assert name == "index" or f"{name}.html" in pages[site / "index.html"].links


def test_every_link_inside_leads_to_something(pages: dict[Path, Links]) -> None:
    broken = [
        f"{page.name}: {link}"
        for page, found in pages.items()
        for link in found.links | found.loaded
        if not leads_somewhere(page, link, pages)
    ]
    assert broken == []


def leads_somewhere(page: Path, link: str, pages: dict[Path, Links]) -> bool:
    """Tell whether a link inside has its file and its place in it; one that leads out is not looked at."""
    address = urlsplit(link)
    if address.scheme or address.netloc:
        return True
    target = (page.parent / unquote(address.path)).resolve() if address.path else page
    if not target.is_file():
        return False
    return not address.fragment or unquote(address.fragment) in pages[target].ids


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: dict[Path, Links]) -> None:
    loaded = {address for found in pages.values() for address in found.loaded}
    for sheet in site.rglob("*.css"):
        loaded |= {
            f"{sheet.name}: {address}"
            for address in re.findall(r"url\(['\"]?((?:https?:)?//[^)]*)", sheet.read_text("utf-8"))
        }
    assert [address for address in sorted(loaded) if re.search(r"(https?:)?//", address)] == []


def test_every_public_name_is_in_the_reference(site: Path) -> None:
    listed = set(objects(site))
    missing = [name for name in all_names() if name not in listed]
    assert missing == []


def objects(site: Path) -> Iterator[str]:
    """Yield the names of the objects that the documentation describes."""
    *_, packed = (site / "objects.inv").read_bytes().split(b"\n", 4)
    for line in zlib.decompress(packed).decode().splitlines():
        name, kind, *_ = line.split(" ")
        if kind.startswith("py:"):
            yield name


def test_every_command_is_in_the_reference(site: Path) -> None:
    text = (site / "reference/command-line.html").read_text("utf-8")
    assert [name for name in commands() if f'<section id="pellucid-{name}">' not in text] == []


def test_every_kind_of_formula_is_in_the_reference() -> None:
    text = (DOCS / "reference/formulas.md").read_text("utf-8")
    # What the run still knows of the update before is a part of the update's own formulas.
    assert set(re.findall(r"{formulas} (\w+)", text)) == FORMULAS.keys() - {"last_step"}


def test_the_tour_leads_past_every_file_of_the_engine() -> None:
    files = {file.name for folder in engine_path for file in Path(folder).glob("*.py")} - {"__init__.py"}
    assert set(re.findall(r"{source}`(\w+\.py)`", (DOCS / "engine.md").read_text("utf-8"))) == files


def test_every_picture_that_is_drawn_is_there_for_both_looks(site: Path) -> None:
    drawn = re.findall(
        r'<img class="drawn only-(\w+)" src="([^"]+)" alt="[^"]+">', (site / "maths.html").read_text("utf-8")
    )
    looks = [
        [Path(source).stem.split("-")[0] for look, source in drawn if look == wanted] for wanted in ("light", "dark")
    ]
    assert len(looks[0]) >= 6
    assert looks[0] == looks[1]


def test_pages_fit_a_phone_and_ask_no_other_host(site: Path, pages: dict[Path, Links], playwright: Playwright) -> None:
    asked: dict[str, list[str]] = defaultdict(list)
    browser = playwright.chromium.launch(executable_path=chromium(), args=SWITCHES)
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.on("request", lambda request: asked[urlsplit(request.url).scheme].append(request.url))
    # The engine's files have pages of the same making: one of them stands for all.
    for each in sorted(each for each in pages if each.parent.name != "source" or each.name == "dense.html"):
        page.goto(each.as_uri())
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{each.name} is {wider} pixels wider than the screen"
    browser.close()
    assert asked.keys() <= {"file", "data"}
