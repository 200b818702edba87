"""The static site: what is written, and what is never touched."""

import base64
import hashlib
import html
import json
import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from pellucid import static_site
from pellucid.headers import HEADERS
from pellucid.static_site import LIST, RULES, SiteError, built_page, write_site


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "built"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text('<script src="./assets/app-1.js"></script>')
    (folder / "assets/app-1.js").write_text("first")
    monkeypatch.setattr(static_site, "built_page", lambda: folder)
    return folder


def contents(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): file.read_text()
        for file in folder.rglob("*")
        if file.is_file() and file.name not in (LIST, RULES.name)
    }


def test_the_whole_page_is_written_to_a_new_folder(page: Path, tmp_path: Path) -> None:
    written = write_site(tmp_path / "new" / "public")

    assert contents(tmp_path / "new" / "public") == contents(page)
    assert written == [RULES, Path("assets/app-1.js"), Path("index.html")]


def test_an_empty_folder_will_do(page: Path, tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    write_site(str(tmp_path / "public"))

    assert contents(tmp_path / "public") == contents(page)


def test_an_earlier_site_is_brought_up_to_date_and_other_files_stay(page: Path, tmp_path: Path) -> None:
    public = tmp_path / "public"
    write_site(public)
    (public / "CNAME").write_text("pellucid.example")
    (page / "assets/app-1.js").rename(page / "assets/app-2.js")
    (page / "index.html").write_text('<script src="./assets/app-2.js"></script>')
    write_site(public)

    assert contents(public) == {**contents(page), "CNAME": "pellucid.example"}


def test_writing_twice_gives_the_same_files(page: Path, tmp_path: Path) -> None:
    public = tmp_path / "public"
    write_site(public)
    first = {file: file.read_text() for file in public.rglob("*") if file.is_file()}
    write_site(public)

    assert {file: file.read_text() for file in public.rglob("*") if file.is_file()} == first


@pytest.mark.parametrize(
    ("name", "text"), [("thesis.txt", "years of work"), ("index.html", "another page"), (LIST, "[")]
)
def test_a_folder_with_something_else_in_it_is_refused_and_left_alone(
    page: Path, tmp_path: Path, name: str, text: str
) -> None:
    public = tmp_path / "public"
    public.mkdir()
    (public / name).write_text(text)

    with pytest.raises(
        SiteError, match=r"^.*public is not empty and does not hold an earlier site: name a new or .*\.$"
    ):
        write_site(public)
    assert [file.name for file in public.iterdir()] == [name]
    assert (public / name).read_text() == text


def test_a_foreign_file_in_an_earlier_site_is_not_overwritten(page: Path, tmp_path: Path) -> None:
    public = tmp_path / "public"
    write_site(public)
    before = contents(public) | {"guide.html": "mine"}
    (public / "guide.html").write_text("mine")
    (page / "guide.html").write_text("Pellucid's")

    with pytest.raises(SiteError, match=r"guide\.html, which is not the site's"):
        write_site(public)
    assert contents(public) == before


def test_a_list_that_names_files_elsewhere_deletes_none_of_them(page: Path, tmp_path: Path) -> None:
    public = tmp_path / "public"
    written = write_site(public)
    (tmp_path / "thesis.txt").write_text("years of work")
    (public / LIST).write_text(
        json.dumps({"files": ["../thesis.txt", str(tmp_path / "thesis.txt"), *map(str, written)]})
    )
    write_site(public)

    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_a_file_in_the_place_of_the_folder_is_refused(page: Path, tmp_path: Path) -> None:
    (tmp_path / "public").write_text("a file")

    with pytest.raises(SiteError, match=r"public is a file: name a folder\.$"):
        write_site(tmp_path / "public")
    with pytest.raises(SiteError, match=r"^The site cannot be written to .*: Not a directory\.$"):
        write_site(tmp_path / "public" / "below")


def test_a_page_that_is_not_built_is_named_as_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(static_site, "files", lambda package: tmp_path)

    with pytest.raises(SiteError, match=r"^The page has not been built: run `make page`"):
        write_site(tmp_path / "public")
    assert not (tmp_path / "public").exists()


def rules_of(text: str) -> dict[str, dict[str, str]]:
    """Read a file `_headers`: a path on each line, and below it, indented, its headers."""
    rules: dict[str, dict[str, str]] = {}
    path = ""
    for line in text.splitlines():
        if line.startswith("  "):
            name, value = line.strip().split(": ", 1)
            rules[path][name] = value
        else:
            path = line
            rules[path] = {}
    return rules


def test_the_headers_of_the_server_are_written_down_for_hosts_that_read_them(page: Path, tmp_path: Path) -> None:
    write_site(tmp_path / "public")
    rules = rules_of((tmp_path / "public" / RULES).read_text("utf-8"))

    assert rules["/*"] == HEADERS
    assert rules["/assets/*"] == {"Cache-Control": "public, max-age=31536000, immutable"}
    for path in ("/", "/index.html", "/service-worker.js"):
        assert rules[path] == {"Cache-Control": "no-cache"}


def test_a_rule_for_a_path_never_meets_another_with_the_same_header(page: Path, tmp_path: Path) -> None:
    write_site(tmp_path / "public")
    rules = rules_of((tmp_path / "public" / RULES).read_text("utf-8"))

    for path in ("/", "/index.html", "/service-worker.js", "/assets/app-1.js"):
        names = [name for rule, headers in rules.items() if fnmatchcase(path, rule) for name in headers]
        assert len(names) == len(set(names))


def entry() -> str:
    return (built_page() / "index.html").read_text("utf-8")


def test_every_address_in_the_built_page_is_relative() -> None:
    addresses = re.findall(r'(?:src|href)="([^"]+)"', entry())

    assert addresses
    assert [address for address in addresses if not address.startswith(("./", "data:"))] == []


def test_the_built_page_carries_the_rules_for_hosts_that_set_no_headers() -> None:
    found = dict(re.findall(r'<meta (?:name|http-equiv)="([^"]+)" content="([^"]+)"', entry()))
    in_head, only_as_header = HEADERS["Content-Security-Policy"].rsplit("; ", 1)

    assert html.unescape(found["Content-Security-Policy"]) == in_head
    assert only_as_header == "frame-ancestors 'none'"
    assert found["referrer"] == HEADERS["Referrer-Policy"]


def test_the_service_worker_keeps_every_file_of_the_built_page_by_what_it_holds() -> None:
    page = built_page()
    worker = (page / "service-worker.js").read_text("utf-8")
    kept = dict(re.findall(r'"([^"]+)":"(sha256-[^"]+)"', worker))
    files = {
        file.relative_to(page).as_posix(): file
        for file in page.rglob("*")
        if file.is_file() and file.suffix not in (".br", ".gz") and file.name != "service-worker.js"
    }
    files["./"] = files.pop("index.html")

    assert kept == {
        name: "sha256-" + base64.b64encode(hashlib.sha256(file.read_bytes()).digest()).decode()
        for name, file in files.items()
    }
    assert any(name.endswith(".wasm") for name in kept)
