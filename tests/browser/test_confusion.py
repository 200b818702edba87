"""A person opens the confusion matrix from the accuracy, and sees the samples of a cell."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from browser.draw_page import DrawPage
from browser.rest import be_still, catch_up
from browser.shapes_page import ShapesPage
from browser.test_accessibility import violations

NOISY = "#v=1&data=blobs&classes=3&noise=0.9&end"
GLOW = (0xF2, 0xB6, 0x3C)


def matrix(page: Page, part: str = "Training") -> Locator:
    return page.get_by_role("dialog", name="Who is taken for whom").get_by_role("table", name=part, exact=True)


def counts(table: Locator) -> list[list[int]]:
    """Return the numbers of the table, a row for each true class."""
    catch_up(table.page)
    return [
        [int(text) for text in row.get_by_role("cell").all_inner_texts()]
        for row in table.locator("tbody").get_by_role("row").all()
    ]


def opened(page: Page, address: str) -> ShapesPage:
    """Three classes that overlap, trained, with their confusion matrix open."""
    shapes = ShapesPage.opened(page, address, NOISY)
    shapes.train_until_epoch(20)
    shapes.button("Accuracy: confusion matrix").click()
    expect(matrix(page)).to_be_visible()
    return shapes


def test_its_counts_give_the_accuracy(page: Page, address: str, complaints: list[str]) -> None:
    shapes = opened(page, address)
    for part, number in (("Training", "train-accuracy"), ("Test", "test-accuracy")):
        found = counts(matrix(page, part))
        assert [len(row) for row in found] == [3, 3, 3]
        assert sum(map(sum, found)) == 150
        right = sum(found[k][k] for k in range(3))
        assert abs(100 * right / 150 - shapes.value(number)) <= 0.051
        assert right < 150


def test_it_is_a_table_with_headings(page: Page, address: str, complaints: list[str]) -> None:
    opened(page, address)
    table = matrix(page)
    expect(table.get_by_role("rowheader")).to_have_text(["class 0", "class 1", "class 2"])
    expect(table.get_by_role("columnheader")).to_contain_text(["class 0", "class 1", "class 2"])
    wrong = counts(table)[0][1]
    cell = table.get_by_role("row").nth(1).get_by_role("button").nth(1)
    samples = "sample" if wrong == 1 else "samples"
    expect(cell).to_have_accessible_name(f"{wrong} training {samples} of class 0 taken for class 1")
    assert violations(page) == []


def test_the_samples_of_a_cell_are_ringed(page: Page, address: str, complaints: list[str]) -> None:
    shapes = opened(page, address)
    table = matrix(page)
    amount = {}
    for actual, predicted in ((0, 0), (0, 1)):
        cell = table.get_by_role("row").nth(actual + 1).get_by_role("button").nth(predicted)
        cell.click()
        expect(cell).to_have_attribute("aria-pressed", "true")
        number = counts(table)[actual][predicted]
        expect(page.get_by_role("button", name=f"Ringed: {number} training")).to_be_visible()
        amount[actual, predicted] = len(shapes.picture("rings").places_of(GLOW)), number
    (many, right), (few, wrong) = amount[0, 0], amount[0, 1]
    assert right > wrong > 0
    assert many > few > 0


def test_rings_stay_when_the_matrix_is_closed_until_they_are_taken_away(
    page: Page, address: str, complaints: list[str]
) -> None:
    opened(page, address)
    matrix(page).get_by_role("button").first.click()
    page.keyboard.press("Escape")
    expect(matrix(page)).to_be_hidden()
    expect(page.get_by_test_id("rings")).to_be_visible()
    page.get_by_role("button", name="Ringed:").click()
    expect(page.get_by_test_id("rings")).to_have_count(0)


def test_rings_go_with_their_classes(page: Page, address: str, complaints: list[str]) -> None:
    opened(page, address)
    matrix(page).get_by_role("row").nth(3).get_by_role("button").nth(2).click()
    page.keyboard.press("Escape")
    page.get_by_role("radiogroup", name="Classes").get_by_text("2").click()
    expect(page.get_by_test_id("rings")).to_have_count(0)


def test_it_works_by_keyboard(shapes: ShapesPage) -> None:
    opener = shapes.button("Accuracy: confusion matrix")
    opener.focus()
    opener.press("Enter")
    expect(matrix(shapes.page).get_by_role("button").first).to_be_focused()
    shapes.page.keyboard.press("Enter")
    expect(shapes.page.get_by_test_id("rings")).to_be_visible()
    shapes.page.keyboard.press("Escape")
    expect(matrix(shapes.page)).to_be_hidden()
    expect(opener).to_be_focused()


def test_it_fits_a_phone(page: Page, address: str, complaints: list[str]) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    opened(page, address)
    be_still(page)
    box = page.get_by_role("dialog", name="Who is taken for whom").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 740


def test_drawings_of_a_cell_are_shown_in_the_tray(draw: DrawPage) -> None:
    for character in "XO":
        draw.write(character)
        draw.train()
        draw.switch_mode()
    draw.button("Accuracy: confusion matrix").click()
    table = matrix(draw.page, "Trained")
    expect(table).to_be_visible()
    seen = counts(table)
    assert [sum(row) for row in seen] == [1, 1]
    predicted = seen[0].index(1)
    table.get_by_role("row").nth(1).get_by_role("button").nth(predicted).click()
    draw.page.keyboard.press("Escape")
    shown = draw.page.get_by_role("radiogroup", name="Drawings shown")
    expect(shown.get_by_role("radio", checked=True)).to_have_accessible_name(f"X as {'XO'[predicted]} 1")
    expect(draw.page.get_by_role("listbox", name="Your drawings").get_by_role("option")).to_have_count(1)
    shown.get_by_text("All 2").click()
    expect(draw.page.get_by_role("listbox", name="Your drawings").get_by_role("option")).to_have_count(2)
    expect(shown.get_by_role("radio")).to_have_count(3)
