"""Everything can be done without a mouse, and single keys never steal from a field."""

from playwright.sync_api import expect

from browser.rest import be_still
from browser.shapes_page import ShapesPage


def test_space_plays_and_pauses(shapes: ShapesPage) -> None:
    shapes.page.keyboard.press("Space")
    expect(shapes.button("Pause")).to_be_visible()
    shapes.page.keyboard.press("Space")
    expect(shapes.button("Play")).to_be_visible()


def test_single_keys_step_reset_and_undo(shapes: ShapesPage) -> None:
    keyboard = shapes.page.keyboard
    keyboard.press("s")
    expect(shapes.number("updates")).to_have_text("1")
    keyboard.press("t")
    expect(shapes.number("updates")).to_have_text("11")
    keyboard.press("e")
    expect(shapes.number("epoch")).to_have_text("1")
    keyboard.press("r")
    expect(shapes.number("updates")).to_have_text("0")
    keyboard.press("Control+z")
    expect(shapes.number("epoch")).to_have_text("1")
    keyboard.press("Control+Shift+z")
    expect(shapes.number("updates")).to_have_text("0")


def test_keys_belong_to_the_field_that_is_typed_into(shapes: ShapesPage) -> None:
    shapes.page.get_by_label("Noise, exactly").focus()
    shapes.page.keyboard.type("srewt ")
    shapes.page.keyboard.press("Escape")
    be_still(shapes.page)
    expect(shapes.number("updates")).to_have_text("0")
    expect(shapes.page.get_by_label("Noise, exactly")).to_have_value("0.20")


def test_single_keys_can_be_switched_off(shapes: ShapesPage) -> None:
    shapes.button("Keyboard").click()
    shapes.page.get_by_label("Single keys work anywhere on the page").uncheck()
    shapes.page.keyboard.press("Escape")
    shapes.page.keyboard.press("s")
    be_still(shapes.page)
    expect(shapes.number("updates")).to_have_text("0")


def test_the_whole_page_is_walked_through_with_tab(shapes: ShapesPage) -> None:
    order = []
    for _ in range(80):
        shapes.page.keyboard.press("Tab")
        name = shapes.page.evaluate(
            """() => {
                const { activeElement: e } = document
                if (e === document.body) return null
                return { column: e.closest('#data, #network, #answer')?.id, name: e.ariaLabel ?? e.textContent }
            }"""
        )
        if name is None:
            break
        order.append(name)
    columns = [entry["column"] for entry in order if entry.get("column")]
    assert list(dict.fromkeys(columns)) == ["data", "network", "answer"]
    assert any("Play" in entry["name"] for entry in order)
    assert len(order) < 70


def test_arrow_keys_move_between_units_and_show_them(shapes: ShapesPage) -> None:
    shapes.unit(0, 0).focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowRight"):
        shapes.page.keyboard.press(key)
    expect(shapes.page.locator("#answer")).to_contain_text("hidden layer 2: its value over the plane")
    shapes.page.keyboard.press("Escape")
    expect(shapes.page.locator("#answer")).to_contain_text("What the network says")


def test_arrow_keys_read_the_plane(shapes: ShapesPage) -> None:
    shapes.plane().focus()
    for _ in range(3):
        shapes.page.keyboard.press("Shift+ArrowRight")
    expect(shapes.page.locator("#answer .view p")).to_contain_text("1.50")


def test_data_are_chosen_and_changed_with_arrow_keys(shapes: ShapesPage) -> None:
    shapes.page.get_by_role("radio", name="Moons:").focus()
    shapes.page.keyboard.press("ArrowRight")
    expect(shapes.page.get_by_role("radio", name="XOR:")).to_be_checked()
    shapes.page.get_by_label("Noise", exact=True).focus()
    shapes.page.keyboard.press("ArrowRight")
    expect(shapes.page.get_by_label("Noise, exactly")).to_have_value("0.21")


def test_the_whole_way_from_data_to_a_trained_network_needs_no_mouse(shapes: ShapesPage) -> None:
    keyboard = shapes.page.keyboard
    shapes.page.get_by_role("radio", name="Moons:").focus()
    keyboard.press("ArrowLeft")
    shapes.button("More units in hidden layer 1").focus()
    keyboard.press("Enter")
    shapes.button("Play").focus()
    keyboard.press("Space")
    shapes.wait_for_epoch(60)
    keyboard.press("Space")
    expect(shapes.button("Play")).to_be_visible()
    assert shapes.value("train-accuracy") > 90
