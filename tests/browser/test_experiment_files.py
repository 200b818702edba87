"""An experiment as a file, from one room and browser to another; a bad file costs nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.draw_page import DrawPage
from browser.shapes_page import ShapesPage
from pellucid import Experiment


def saved(page: Page, folder: Path) -> Path:
    page.get_by_role("button", name="Share", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as file").click()
    page.keyboard.press("Escape")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def open_file(page: Page, path: Path | dict[str, object]) -> None:
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_label("File of an experiment").set_input_files(path)  # type: ignore[arg-type]


def drop(page: Page, onto: str, name: str, text: str) -> None:
    script = """([name, text]) => {
        const transfer = new DataTransfer()
        transfer.items.add(new File([text], name))
        return transfer
    }"""
    transfer = page.evaluate_handle(script, [name, text])
    for event in ("dragover", "drop"):
        page.dispatch_event(onto, event, {"dataTransfer": transfer})


def test_a_file_holds_the_whole_experiment_for_another_browser_and_for_python(
    shapes: ShapesPage, elsewhere: Page, address: str, tmp_path: Path
) -> None:
    shapes.button("Remove hidden layer 2").click()
    shapes.button("New data").click()
    path = saved(shapes.page, tmp_path)
    assert path.name == "pellucid-moons.json"
    experiment = Experiment(**json.loads(path.read_text("utf-8")))
    assert [layer.units for layer in experiment.network.hidden] == [4]
    assert experiment.data.seed == 1
    there = ShapesPage.opened(elsewhere, address)
    open_file(elsewhere, path)
    expect(there.header).to_contain_text("17 parameters")
    assert there.parameters() == shapes.parameters()
    there.button("Undo").first.click()
    expect(there.header).to_contain_text("31 parameters")


def test_a_file_of_drawings_opens_the_room_draw(shapes: ShapesPage) -> None:
    data = {"kind": "given", "drawings": ["AAA___"], "targets": [1], "class_names": ["no", "yes"]}
    text = json.dumps({"data": data})
    open_file(shapes.page, {"name": "mine.json", "mimeType": "application/json", "buffer": text.encode()})
    draw = DrawPage(shapes.page)
    expect(draw.thumbnails).to_have_count(1)
    expect(shapes.page.get_by_role("tab", name="Draw")).to_have_attribute("aria-selected", "true")


def test_draw_saves_its_experiment_too_and_shapes_is_opened_from_there(draw: DrawPage, tmp_path: Path) -> None:
    path = saved(draw.page, tmp_path)
    assert path.name == "pellucid-drawings.json"
    assert json.loads(path.read_text("utf-8"))["data"]["drawings"] == []
    drop(draw.page, "header h1", "other.json", json.dumps({"data": {"kind": "spiral"}}))
    expect(draw.page.get_by_role("tab", name="Shapes")).to_have_attribute("aria-selected", "true")
    expect(draw.page.get_by_role("radio", name="Spiral:")).to_be_checked()


@pytest.mark.parametrize("onto", ["#data section", "#network", "h1", "body"])
def test_a_file_can_be_dropped_anywhere(shapes: ShapesPage, onto: str) -> None:
    drop(shapes.page, onto, "circles.json", json.dumps({"data": {"kind": "circles"}}))
    expect(shapes.page.get_by_role("radio", name="Circles:")).to_be_checked()
    expect(shapes.page.get_by_role("status").filter(has_text="circles.json is open")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cut.json", b'{"data": {"kind": "moons"', "The document is not JSON"),
        ("odd.json", b'{"data": {"kind": "cheese"}}', "cheese"),
        ("two.json", b'{"data": {"noise": 7}, "training": {"learning_rate": -1}}', "one more fault"),
        ("late.json", b'{"version": 2}', "`version` is 2"),
        ("list.json", b"[1, 2]", "list.json is no experiment"),
        ("empty.json", b"", "empty.json is no experiment"),
        ("picture.json", b"\xff\xd8\xff\x00", "it is not even text"),
    ],
)
def test_a_bad_file_gets_one_sentence_and_nothing_is_lost(
    shapes: ShapesPage, name: str, content: bytes, said: str
) -> None:
    shapes.button("Epoch").click()
    expect(shapes.number("epoch")).to_have_text("1")
    before = shapes.parameters()
    open_file(shapes.page, {"name": name, "mimeType": "application/json", "buffer": content})
    notice = shapes.page.get_by_role("status").filter(has_text=said)
    expect(notice).to_be_visible()
    assert "\n" not in notice.locator("p").inner_text()
    expect(shapes.number("epoch")).to_have_text("1")
    assert shapes.parameters() == before
