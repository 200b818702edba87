"""A person brings points of their own: by hand, by keyboard, and from a table."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from browser.exporting import export_sheet
from browser.pointers import Fingers
from browser.rest import be_still
from browser.shapes_page import ShapesPage

IRIS = "\n".join(
    [
        "sepal length;sepal width;petal;species",
        *(f"{5 + k % 7 / 10:.1f};{3 + k % 5 / 10:.1f};{k % 3};setosa".replace(".", ",") for k in range(30)),
        *(f"{6 + k % 7 / 10:.1f};{2.5 + k % 5 / 10:.1f};{k % 4};virginica".replace(".", ",") for k in range(30)),
        "5,5;n/a;1;setosa",
        ";3,0;1;setosa",
    ]
)
PASTE = """text => {
    const data = new DataTransfer()
    data.setData("text/plain", text)
    const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
    document.querySelector("textarea").dispatchEvent(paste)
}"""
DROP = """text => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([text], "points.tsv", { type: "text/tab-separated-values" }))
    const target = document.querySelector("#data section")
    for (const kind of ["dragover", "drop"]) {
        target.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }))
    }
}"""


class Own:
    """The person's own points."""

    def __init__(self, shapes: ShapesPage, folder: Path) -> None:
        self.shapes = shapes
        self.page = shapes.page
        self._folder = folder

    def begin(self, how: str) -> None:
        """Begin with "An empty plane" or "Make these mine"."""
        self.open()
        self.shapes.button(how).click()
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    def open(self) -> None:
        self.page.get_by_role("button", name="Yours:").click()

    def tool(self, name: str) -> None:
        self.page.get_by_role("radiogroup", name="Tool on the plane").get_by_text(name, exact=True).click()

    def choose(self, name: str) -> None:
        self.page.get_by_role("radiogroup", name="Class of the points").get_by_text(name, exact=True).click()

    def at(self, x1: float, x2: float) -> tuple[float, float]:
        """Return where on the screen a place of the plane is, which reaches from −3 to 3."""
        be_still(self.page)
        box = self.shapes.plane().bounding_box()
        assert box is not None
        return box["x"] + (x1 + 3) / 6 * box["width"], box["y"] + (3 - x2) / 6 * box["height"]

    def click(self, x1: float, x2: float) -> None:
        self.page.mouse.click(*self.at(x1, x2))

    def drag(self, *places: tuple[float, float]) -> None:
        first, *rest = [self.at(*place) for place in places]
        self.page.mouse.move(*first)
        self.page.mouse.down()
        for place in rest:
            self.page.mouse.move(*place, steps=12)
        self.page.mouse.up()

    def expect_points(self, count: int) -> None:
        noun = "point" if count == 1 else "points"
        expect(self.page.get_by_text(f"Yours · {count} {noun}", exact=True)).to_be_visible()

    def count(self) -> int:
        """Return how many points there are."""
        be_still(self.page)
        return int(re.sub(r"\D", "", self.page.get_by_text("Yours ·").inner_text()))

    def saved(self) -> list[list[str]]:
        """Save the points and return the rows of the file."""
        self.page.mouse.move(0, 0)
        be_still(self.page)
        sheet = export_sheet(self.page)
        path = sheet.saved("Samples", "csv", self._folder)
        sheet.close()
        return list(csv.reader(io.StringIO(path.read_text("utf-8"))))

    def sheet(self, text: str) -> None:
        """Open the sheet and put a table into its field."""
        self.open()
        self.page.get_by_label("Table as text").fill(text)


@pytest.fixture
def own(shapes: ShapesPage, tmp_path: Path) -> Own:
    return Own(shapes, tmp_path)


def test_points_are_put_by_click_with_the_chosen_class_and_learnt(own: Own) -> None:
    own.begin("An empty plane")
    own.expect_points(0)
    expect(own.shapes.number("train-loss")).to_have_text("–")
    own.shapes.button("Play").click()
    expect(own.page.get_by_role("paragraph").filter(has_text="put points on the plane")).to_be_visible()
    for x1 in (-2, -1.5, -1):
        own.click(x1, 1)
    own.choose("class 1")
    for x1 in (1, 1.5, 2):
        own.click(x1, -1)
    own.expect_points(6)
    rows = own.saved()
    assert rows[0] == ["x1", "x2", "held_out", "class"]
    assert [row[-1] for row in rows[1:]] == ["0", "0", "0", "1", "1", "1"]
    assert [float(row[0]) for row in rows[1:]] == pytest.approx([-2, -1.5, -1, 1, 1.5, 2], abs=0.02)
    own.page.get_by_label("Speed", exact=True).select_option("fast")
    own.shapes.train_until_epoch(300)
    assert own.shapes.value("train-accuracy") == 100
    assert own.shapes.value("train-loss") < 0.1


def test_a_drag_brushes_many_and_every_act_is_undone_as_one(own: Own) -> None:
    own.begin("An empty plane")
    own.drag((-2, -1), (0, -1), (2, -1))
    brushed = own.count()
    assert brushed > 20
    assert all(abs(float(row[1]) + 1) < 0.5 for row in own.saved()[1:])
    own.click(0, 2)
    own.expect_points(brushed + 1)
    own.page.keyboard.press("Control+z")
    own.expect_points(brushed)
    own.page.keyboard.press("Control+z")
    own.expect_points(0)
    own.page.keyboard.press("Control+Shift+z")
    own.expect_points(brushed)


def test_points_are_moved_and_erased(own: Own) -> None:
    own.begin("An empty plane")
    for place in ((-2, 0), (0, 0), (2, 0)):
        own.click(*place)
    own.expect_points(3)
    own.tool("Move")
    own.drag((0, 0), (1, 2))
    assert [[float(cell) for cell in row[:2]] for row in own.saved()[1:]] == [
        pytest.approx(place, abs=0.03) for place in ((-2, 0), (1, 2), (2, 0))
    ]
    own.tool("Erase")
    own.drag((-2.5, 0), (-1.5, 0))
    own.expect_points(2)
    own.click(2, 0)
    own.expect_points(1)
    own.tool("Look")
    own.click(0, -2)
    own.expect_points(1)


def test_the_keyboard_alone_puts_moves_and_removes_points(own: Own) -> None:
    own.begin("An empty plane")
    plane = own.shapes.plane()
    plane.focus()
    told = own.page.get_by_test_id("editor").get_by_role("status")
    for key in ("ArrowRight", "ArrowUp", "Enter"):
        plane.press(key)
    own.expect_points(1)
    expect(told).to_have_text("Point put at 0.10, 0.10")
    for key in ("2", "Shift+ArrowLeft", "Enter"):
        plane.press(key)
    own.expect_points(2)
    assert [row[-1] for row in own.saved()[1:]] == ["0", "1"]
    tools = own.page.get_by_role("radiogroup", name="Tool on the plane")
    tools.get_by_role("radio", name="Put").press("ArrowRight")
    expect(tools.get_by_role("radio", name="Move")).to_be_checked()
    plane.focus()
    for key in ("ArrowUp", "Enter", "Shift+ArrowUp", "Shift+ArrowUp", "Enter"):
        plane.press(key)
    assert any(float(row[1]) > 1 for row in own.saved()[1:])
    plane.focus()
    plane.press("ArrowUp")
    plane.press("Delete")
    own.expect_points(1)
    plane.press("ArrowUp")
    plane.press("Delete")
    plane.press("Delete")
    own.expect_points(0)
    expect(told).to_have_text("There is no point to remove")


def test_a_finger_puts_points_and_cancelling_puts_none(
    page: Page, address: str, complaints: list[str], tmp_path: Path
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    own = Own(ShapesPage.opened(page, address), tmp_path)
    own.begin("An empty plane")
    own.shapes.plane().scroll_into_view_if_needed()
    fingers = Fingers(page)
    fingers.draw([own.at(-1, 0)])
    own.expect_points(1)
    own.choose("class 1")
    fingers.draw([own.at(0, 1), own.at(1, 1), own.at(2, 1)])
    brushed = own.count()
    assert brushed > 5
    start, end = own.at(0, -1), own.at(1, -1)
    fingers.put(start)
    fingers.move(end)
    fingers.cancel()
    own.expect_points(brushed)
    be_still(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    assert complaints == []


def test_generated_points_become_ones_own_and_the_trained_network_stays(own: Own) -> None:
    own.shapes.train_until_epoch(40)
    epoch, before = own.shapes.value("epoch"), own.shapes.picture("points").pixels
    own.begin("Make these mine")
    own.expect_points(300)
    assert own.shapes.value("epoch") == epoch
    after = own.shapes.picture("points").pixels
    assert np.abs(after.astype(float) - before).mean() < 1
    own.click(2.8, 2.8)
    own.expect_points(301)
    own.page.locator("label").filter(has=own.page.get_by_role("radio", name="Circles:")).click()
    expect(own.page.get_by_text("Circles · classification")).to_be_visible()
    own.shapes.button("Undo").click()
    own.expect_points(301)


def test_classes_are_added_named_and_removed_with_their_points(own: Own) -> None:
    own.begin("An empty plane")
    own.click(-1, 0)
    own.shapes.button("Edit classes").click()
    own.shapes.button("Add a class").click()
    name = own.page.get_by_label("Name of class 3")
    name.fill("class 1")
    name.press("Enter")
    expect(own.page.get_by_text("There is a class named class 1 already.")).to_be_visible()
    name.fill("Äpfel & Birnen")
    name.press("Enter")
    own.shapes.button("Close").click()
    expect(own.page.locator("#answer")).to_contain_text("Äpfel & Birnen")
    expect(own.shapes.unit(3, 2)).to_be_visible()
    own.choose("Äpfel & Birnen")
    own.click(1, 0)
    own.expect_points(2)
    assert own.saved()[-1][-1] == "Äpfel & Birnen"
    own.shapes.button("Edit classes").click()
    own.shapes.button("Remove Äpfel & Birnen").click()
    expect(own.shapes.button("Remove class 0")).to_have_attribute("aria-disabled", "true")
    own.shapes.button("Close").click()
    own.expect_points(1)


def test_a_table_loads_and_each_bad_row_is_named(own: Own, address: str, elsewhere: Page, tmp_path: Path) -> None:
    own.sheet(IRIS)
    expect(own.page.get_by_label("Separator")).to_have_value(";")
    expect(own.page.get_by_label("Decimal sign")).to_have_value(",")
    bad = own.page.get_by_role("group", name="Rows that cannot be taken").get_by_role("listitem")
    expect(bad).to_have_text(["Line 62: sepal width is 'n/a', which is no number", "Line 63: sepal length is empty"])
    own.shapes.button("Load 60 points").click()
    own.expect_points(60)
    scaled = own.page.locator("#data ul")
    expect(scaled).to_contain_text(re.compile(r"= sepal length:\s+mean 5\.\d+, deviation 0\.\d+"))
    axes = own.page.get_by_test_id("axes")
    expect(axes).to_contain_text("sepal width")
    be_still(own.page)
    ticks = [float(text) for text in axes.locator(".across").all_inner_texts()]
    assert len(ticks) >= 3
    assert all(3 < tick < 8 for tick in ticks)
    rows = own.saved()
    assert rows[0] == ["sepal length", "sepal width", "held_out", "class"]
    assert [*rows[1][:2], rows[1][3]] == ["5.0", "3.0", "setosa"]
    assert len(rows) == 61
    own.shapes.train_until_epoch(60)
    assert own.shapes.value("train-accuracy") > 95
    own.page.wait_for_url("**/#*virginica*")
    there = Own(ShapesPage.opened(elsewhere, address, own.page.url[own.page.url.index("#") :]), tmp_path)
    there.expect_points(60)
    expect(there.page.locator("#answer")).to_contain_text("virginica")
    expect(there.page.get_by_test_id("axes")).to_contain_text("sepal length")


def test_columns_are_chosen_by_name_and_a_number_can_be_fitted(own: Own) -> None:
    lines = ["id,a,b,c,d", *(f"{k},{k % 7},{k % 5},{k % 11 / 2},{k % 3}" for k in range(1, 41))]
    own.sheet("\n".join(lines))
    own.page.get_by_label("x₁, across").select_option("c")
    own.page.get_by_label("x₂, up").select_option("a")
    label = own.page.get_by_label("Label", exact=True)
    label.select_option("a")
    expect(own.page.get_by_role("dialog").get_by_role("alert")).to_have_text(
        "Choose three different columns: two for the axes, and one for the label."
    )
    expect(own.page.get_by_role("button", name="Load")).to_have_attribute("aria-disabled", "true")
    label.select_option("id")
    expect(own.page.get_by_role("radio", name="a number to fit")).to_be_checked()
    own.page.get_by_text("classes", exact=True).click()
    expect(own.page.get_by_role("dialog").get_by_role("alert")).to_have_text(
        "id has 40 different labels, but there must be 2 to 10 classes."
    )
    own.page.get_by_text("a number to fit").click()
    own.shapes.button("Load 40 points").click()
    expect(own.page.locator("#answer")).to_contain_text("The number that the network gives")
    assert own.saved()[0] == ["c", "a", "held_out", "value"]
    own.shapes.button("Undo").click()
    expect(own.page.get_by_text("Moons · classification")).to_be_visible()


def test_a_file_is_dropped_and_a_broken_one_changes_nothing(own: Own, tmp_path: Path) -> None:
    own.page.evaluate(DROP, "1,5\t2\tA\n3\t4\tB\n2\t2\tA")
    expect(own.page.get_by_text("points.tsv")).to_be_visible()
    expect(own.page.get_by_label("First line has")).to_have_value("values")
    own.shapes.button("Load 3 points").click()
    own.expect_points(3)
    picture = tmp_path / "picture.csv"
    picture.write_bytes(b"\x89PNG\r\n\x00\x00\x01")
    own.open()
    own.page.get_by_label("File with a table").set_input_files(picture)
    expect(own.page.get_by_role("dialog").get_by_role("alert")).to_have_text(
        "picture.csv is no table of text, such as CSV or TSV."
    )
    expect(own.page.get_by_role("button", name="Load")).to_have_count(0)
    own.shapes.button("Close").click()
    own.expect_points(3)


def test_ten_thousand_rows_load_and_stay_over_reload(own: Own, address: str) -> None:
    rows = "\n".join(f"{k % 101 / 10},{k % 97 / 7},{'AB'[k % 2]}" for k in range(10_012))
    own.open()
    expect(own.page.get_by_label("Table as text")).to_be_visible()
    own.page.evaluate(PASTE, "x,y,kind\n" + rows)
    expect(own.page.get_by_text("the last 12 rows are left out")).to_be_visible()
    own.page.get_by_role("button", name="Load").click()
    expect(own.page.get_by_text(re.compile(r"Yours · 10\s000 points"))).to_be_visible()
    own.shapes.button("Step").click()
    expect(own.shapes.number("updates")).to_have_text("1")
    # So many points are too much for a link.
    own.page.wait_for_url(address)
    own.page.reload()
    expect(own.page.get_by_text(re.compile(r"Yours · 10\s000 points"))).to_be_visible()


def test_the_split_is_the_persons_to_choose(own: Own) -> None:
    own.begin("Make these mine")
    share = own.page.get_by_label("Held out for test, exactly")
    expect(share).to_have_value("50 %")
    share.fill("20")
    share.press("Enter")
    before = own.shapes.picture("points").pixels.tobytes()
    own.shapes.button("New split").click()
    expect(own.page.get_by_label("Seed of the data")).to_have_value("1")
    assert own.shapes.picture("points").pixels.tobytes() != before
