"""A person switches units and edges off, and changes weights by hand in the picture."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from browser.pointers import Fingers
from browser.rest import be_still
from browser.shapes_page import ShapesPage

Place = tuple[float, float]


def middle(shapes: ShapesPage, start: tuple[int, int], end: tuple[int, int]) -> Place:
    """Where the edge between two units has its middle."""
    be_still(shapes.page)
    boxes = [shapes.unit(*unit).bounding_box() for unit in (start, end)]
    first, last = boxes
    assert first is not None
    assert last is not None
    across = (first["x"] + first["width"] + last["x"]) / 2
    return across, (first["y"] + first["height"] / 2 + last["y"] + last["height"] / 2) / 2


def drag(shapes: ShapesPage, place: Place, up: int, *, fine: bool = False, cancel: bool = False) -> None:
    """Press at a place of the page, move up in steps of ten pixels, and let go."""
    mouse, keyboard = shapes.page.mouse, shapes.page.keyboard
    mouse.move(*place)
    mouse.down()
    if fine:
        keyboard.down("Shift")
    for step in range(10, up + 1, 10):
        mouse.move(place[0], place[1] - step)
    if cancel:
        keyboard.press("Escape")
    if fine:
        keyboard.up("Shift")
    mouse.up()


def weight(shapes: ShapesPage, cell: int) -> float:
    """One number of the network's table, by its place."""
    return float(shapes.parameters()[cell].replace("−", "-"))


def field_value(field: Locator) -> float:
    return float(field.input_value().replace("−", "-"))


def wait_for_value(field: Locator, value: float) -> None:
    """Wait until a field shows a value: it follows the finger by a frame or two."""
    field.page.wait_for_function(
        "([field, value]) => Math.abs(Number(field.value.replace('−', '-')) - value) <= 0.002",
        arg=[field.element_handle(), value],
    )


# The default network: a row of a hidden unit is bias, then weights; four rows of 3 cells, three of 5, one of 4.
OUTPUT_FROM_SECOND = 4 * 3 + 3 * 5 + 2
BIAS_OF_SECOND = 3
FIRST_OF_LAYER_2 = 4 * 3 + 1


def test_a_unit_is_switched_off_by_key_and_all_is_brought_back(shapes: ShapesPage) -> None:
    shapes.train_until_epoch(60)
    before, loss = shapes.parameters(), shapes.value("train-loss")
    shapes.unit(1, 1).focus()
    shapes.page.keyboard.press("x")
    expect(shapes.unit(1, 1)).to_have_accessible_name("Unit 2 of hidden layer 1, switched off")
    expect(shapes.header).to_contain_text("1 unit off")
    after = shapes.parameters()
    leaving = [12 + 5 * row + 2 for row in range(3)]
    assert [after[cell] for cell in leaving] == ["0.000"] * 3
    changed = {k for k, (old, new) in enumerate(zip(before, after, strict=True)) if old != new}
    assert changed == set(leaving)
    assert shapes.value("train-loss") > loss
    shapes.button("All on again").click()
    expect(shapes.unit(1, 1)).to_have_accessible_name("Unit 2 of hidden layer 1")
    assert shapes.parameters() == before
    assert shapes.value("train-loss") == loss


def test_what_is_off_stays_off_while_training_and_undo_brings_it_back(shapes: ShapesPage) -> None:
    shapes.train_until_epoch(20)
    before = shapes.parameters()
    epoch = shapes.value("epoch")
    shapes.unit(0, 0).focus()
    shapes.page.keyboard.press("Delete")
    expect(shapes.header).to_contain_text("1 unit off")
    shapes.train_until_epoch(int(epoch) + 20)
    after = shapes.parameters()
    assert [after[3 * row + 1] for row in range(4)] == ["0.000"] * 4
    assert after[2] != before[2]
    shapes.button("Undo").click()
    expect(shapes.header).to_contain_text("31 parameters")
    assert shapes.parameters() == before
    assert shapes.value("epoch") == epoch


def test_an_output_has_nothing_to_switch_off(shapes: ShapesPage) -> None:
    shapes.unit(3, 0).click()
    shapes.page.keyboard.press("x")
    expect(shapes.header).to_contain_text("31 parameters")
    expect(shapes.button("Switch off")).to_have_count(0)


def test_a_unit_is_switched_off_by_its_button_and_its_tile_dims(shapes: ShapesPage) -> None:
    shapes.unit(2, 0).click()
    shapes.button("Switch off").click()
    expect(shapes.header).to_contain_text("1 unit off")
    canvas = shapes.unit(2, 0).locator("canvas")
    assert float(canvas.evaluate("canvas => getComputedStyle(canvas).opacity")) < 0.5
    shapes.button("Switch on").click()
    expect(shapes.header).to_contain_text("31 parameters")
    expect(canvas).to_have_css("opacity", "1")


def test_an_edge_is_switched_off_in_the_picture_and_named(shapes: ShapesPage) -> None:
    place = middle(shapes, (1, 0), (2, 0))
    shapes.page.mouse.click(*place)
    network = shapes.page.locator("#network")
    network.get_by_role("button", name="Switch off").click()
    expect(shapes.header).to_contain_text("1 weight off")
    assert weight(shapes, FIRST_OF_LAYER_2) == 0
    shapes.page.keyboard.press("Escape")
    shapes.page.mouse.move(0, 0)
    shapes.page.mouse.move(*place)
    expect(network.get_by_text("off", exact=True)).to_be_visible()
    shapes.page.mouse.click(*place)
    network.get_by_role("button", name="Switch on").click()
    assert weight(shapes, FIRST_OF_LAYER_2) != 0


def test_a_weight_is_switched_off_in_the_formula_by_keyboard(shapes: ShapesPage) -> None:
    shapes.unit(1, 0).focus()
    shapes.page.keyboard.press("Enter")
    switch = shapes.page.get_by_role("button", name="Switch off the edge from x 1")
    switch.focus()
    shapes.page.keyboard.press("Enter")
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(shapes.page.get_by_label("Weight from x 1", exact=True)).to_be_disabled()
    assert weight(shapes, 1) == 0


def test_a_new_network_has_all_of_its_units_on(shapes: ShapesPage) -> None:
    shapes.unit(1, 1).focus()
    shapes.page.keyboard.press("x")
    expect(shapes.header).to_contain_text("1 unit off")
    shapes.button("More units in hidden layer 1").click()
    expect(shapes.header).to_contain_text("37 parameters")


# Dragging


def test_an_edge_is_dragged_and_undone_as_one(shapes: ShapesPage) -> None:
    before = weight(shapes, OUTPUT_FROM_SECOND)
    place = middle(shapes, (2, 1), (3, 0))
    drag(shapes, place, 50)
    assert weight(shapes, OUTPUT_FROM_SECOND) == pytest.approx(before + 0.5 * max(1, abs(before)), abs=0.002)
    drag(shapes, place, 50, fine=True)
    moved = weight(shapes, OUTPUT_FROM_SECOND)
    shapes.button("Undo").click()
    shapes.button("Undo").click()
    expect(shapes.button("Undo")).to_have_attribute("aria-disabled", "true")
    assert weight(shapes, OUTPUT_FROM_SECOND) == before
    shapes.button("Redo").click()
    shapes.button("Redo").click()
    assert weight(shapes, OUTPUT_FROM_SECOND) == moved


def test_escape_cancels_a_drag(shapes: ShapesPage) -> None:
    before = weight(shapes, OUTPUT_FROM_SECOND)
    drag(shapes, middle(shapes, (2, 1), (3, 0)), 60, cancel=True)
    expect(shapes.button("Undo")).to_have_attribute("aria-disabled", "true")
    assert weight(shapes, OUTPUT_FROM_SECOND) == before


def test_the_bar_of_a_bias_is_dragged(shapes: ShapesPage) -> None:
    assert weight(shapes, BIAS_OF_SECOND) == 0
    be_still(shapes.page)
    box = shapes.unit(1, 1).bounding_box()
    assert box is not None
    drag(shapes, (box["x"] + box["width"] / 2, box["y"] + box["height"] + 5), 40)
    assert weight(shapes, BIAS_OF_SECOND) == pytest.approx(0.4, abs=0.002)


def test_a_number_is_dragged_finely_and_typed(shapes: ShapesPage) -> None:
    shapes.unit(1, 1).click()
    field = shapes.page.get_by_label("Bias", exact=True)
    expect(field).to_be_visible()
    be_still(shapes.page)
    box = field.bounding_box()
    assert box is not None
    place = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    drag(shapes, place, 30)
    expect(field).to_have_value("+0.30")
    drag(shapes, place, 30, fine=True)
    expect(field).to_have_value("+0.33")
    field.click()
    field.fill("-1,25")
    field.press("Enter")
    expect(field).to_have_value("−1.25")
    assert field_value(field) == -1.25


def test_a_drag_while_training_moves_the_weight_and_training_goes_on(shapes: ShapesPage) -> None:
    shapes.button("Play").click()
    shapes.wait_for_epoch(10)
    drag(shapes, middle(shapes, (2, 1), (3, 0)), 100)
    epoch = shapes.value("epoch")
    shapes.wait_for_epoch(int(epoch) + 20)
    shapes.pause()
    expect(shapes.button("Undo")).to_have_attribute("aria-disabled", "false")


@pytest.mark.browser_context_args(viewport={"width": 360, "height": 740}, has_touch=True)
def test_a_finger_taps_an_edge_and_changes_it_in_its_card(shapes: ShapesPage) -> None:
    shapes.unit(2, 1).scroll_into_view_if_needed()
    place = middle(shapes, (2, 1), (3, 0))
    fingers = Fingers(shapes.page)
    fingers.put(place)
    fingers.lift()
    field = shapes.page.locator("#network").get_by_label("Weight", exact=True)
    expect(field).to_be_visible()
    be_still(shapes.page)
    before = field_value(field)
    box = field.bounding_box()
    assert box is not None
    across, down = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    fingers.draw([(across, down - step) for step in range(0, 60, 10)])
    wait_for_value(field, before + 0.5 * max(1, abs(before)))
