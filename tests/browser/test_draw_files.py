"""Drawings go into files that other programs read, come back from them, and a bad file does no harm."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import ArrayLike
from playwright.sync_api import FilePayload, Page, expect

from browser.draw_page import DrawPage
from browser.test_draw_pad import CROSS, HOOK, LINE
from pellucid import Experiment, raster

RING = [[(256, 100), (400, 256), (256, 410), (110, 256), (256, 100)]]
KEPT = ((CROSS, "X"), (RING, "O"), (HOOK, "O"))


@pytest.fixture
def tray(draw: DrawPage) -> DrawPage:
    """An X and two Os, the last of them held out."""
    for strokes, name in KEPT:
        draw.draw(strokes)
        draw.say(name)
    draw.button("Hold out").click()
    return draw


def bits_of_the_tray(draw: DrawPage) -> list[str]:
    """The bits of each kept drawing, each brought back to the pad."""
    bits = []
    for number in range(1, len(draw.labels) + 1):
        draw.thumbnail(number).click()
        bits.append(draw.bits)
    return bits


def test_numpy_and_tables_read_what_is_saved(tray: DrawPage, tmp_path: Path) -> None:
    expected = [raster.rasterize(strokes, 6).ravel() for strokes, _ in KEPT]
    with np.load(tray.saved("NPZ", tmp_path), allow_pickle=False) as archive:
        held = {name: archive[name] for name in ("X", "y", "names", "held_out")}
    assert (held["X"] == expected).all()
    assert held["X"].dtype == np.uint8
    assert held["y"].tolist() == [0, 1, 1]
    assert held["names"].tolist() == ["X", "O"]
    assert held["held_out"].tolist() == [False, False, True]
    table = tray.saved("CSV", tmp_path)
    assert (np.loadtxt(table, delimiter=",", skiprows=1, usecols=range(1, 37)) == expected).all()
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["label"] for row in rows] == ["X", "O", "O"]
    assert [int(value) for name, value in rows[0].items() if name != "label"] == expected[0].tolist()
    experiment = Experiment.model_validate_json(tray.saved("JSON", tmp_path).read_text("utf-8"))
    assert list(experiment.data.targets or ()) == [0, 1, 1]
    assert list(experiment.data.held_out or ()) == [2]


@pytest.mark.parametrize("kind", ["JSON", "CSV", "NPZ"])
def test_a_file_opens_in_another_browser_and_is_merged_with_what_is_there(
    tray: DrawPage, elsewhere: Page, address: str, tmp_path: Path, kind: str
) -> None:
    file = tray.saved(kind, tmp_path)
    there = DrawPage.opened(elsewhere, address)
    there.open_file(file)
    expect(there.notice).to_contain_text("3 drawings of")
    assert there.labels == ["X", "O", "O"]
    assert bits_of_the_tray(there) == bits_of_the_tray(tray)
    if kind != "CSV":
        expect(there.thumbnail(3)).to_have_accessible_name(tray.thumbnail(3).get_attribute("aria-label") or "")
    # Again, to drawings of their own and classes with other names: nothing is there twice, names are matched.
    there.button("Remove all").click()
    there.page.get_by_role("button", name="Characters: X, O").click()
    there.page.get_by_label("Name of character 1").fill("line")
    there.page.keyboard.press("Enter")
    there.page.keyboard.press("Escape")
    there.draw(LINE)
    there.say("line")
    for _ in range(2):
        there.open_file(file)
        expect(there.thumbnails).to_have_count(4)
    expect(there.notice).to_contain_text("3 more had been there already")
    assert there.labels == ["line", "X", "O", "O"]
    assert set(there.answer) == {"line", "O", "X"}
    there.undo()
    expect(there.thumbnails).to_have_count(1)


def text(content: str, name: str = "broken.csv") -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": content.encode()}


def arrays(**values: ArrayLike) -> FilePayload:
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **values)
    return {"name": "broken.npz", "mimeType": "application/zip", "buffer": buffer.getvalue()}


def table(*rows: str, cells: int = 36) -> FilePayload:
    return text("\n".join([",".join(["label", *(f"p{cell}" for cell in range(cells))]), *rows]))


def document(**data: object) -> FilePayload:
    whole = Experiment.for_drawings([raster.text_of(CROSS)], [0]).model_dump(mode="json")
    whole["data"].update(data)
    return text(json.dumps(whole), "broken.json")


ROW = "X" + ",1" * 36
BROKEN: dict[str, tuple[FilePayload, str]] = {
    "no file of drawings": (text("I am a letter."), "broken.csv is no file of drawings"),
    "nothing": (text(""), "broken.csv"),
    "cut short": (text('{"version": 1, "data": {"kind": "giv', "broken.json"), "broken.json cannot be opened"),
    "of the other room": (text('{"data": {"kind": "moons"}}', "broken.json"), "holds no drawings"),
    "no picture": ({"name": "broken.png", "mimeType": "image/png", "buffer": b"\x89PNG\xff\xfe"}, "broken.png"),
    "wrong size": (table("X" + ",1" * 30, cells=30), "30 cells"),
    "a row too short": (table(ROW, "O" + ",0" * 35), "35 cells"),
    "other numbers": (table("X,2" + ",1" * 35), "0 or 1"),
    "no names": (table("" + ",1" * 36), "needs a name"),
    "eleven classes": (table(*(f"c{k}" + ",0" * k + ",1" * (36 - k) for k in range(11))), "10 at most"),
    "a damaged archive": (text("PK\x03\x04 damaged", "broken.npz"), "damaged"),
    "no labels": (arrays(X=np.ones((1, 36))), "no array y"),
    "wrong shape": (arrays(X=np.ones((1, 7, 5)), y=[0]), "35 cells"),
    "lengths that differ": (arrays(X=np.ones((2, 36)), y=[0]), "length 1"),
    "eleven names": (document(classes=11, class_names=[f"c{k}" for k in range(11)]), "classes"),
    "an empty name": (document(class_names=["X", " "]), "class_names"),
    "a drawing that is none": (document(drawings=["!"]), "drawings"),
}


def test_a_bad_file_gets_one_sentence_and_nothing_is_lost(tray: DrawPage) -> None:
    for name, (file, sentence) in BROKEN.items():
        tray.open_file(file)
        expect(tray.notice, name).to_contain_text(sentence)
        said = tray.notice.inner_text()
        assert said.startswith(file["name"]) or file["name"] in said, name
        assert said.endswith("."), name
        assert len(said) < 300, name
        assert "undefined" not in said, name
        tray.button("Dismiss").click()
    assert tray.labels == ["X", "O", "O"]
    expect(tray.number("updates")).to_have_text("0")
    assert tray.nonsense() == []
