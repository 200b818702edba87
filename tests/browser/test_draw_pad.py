"""The pad is drawn on with everything that points, and with keys, and the pictures of the drawing follow."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser, expect

from browser.draw_page import WHOLE, DrawPage, Place
from browser.pointers import Fingers, Pen
from pellucid import raster

CROSS = [[(120, 120), (240, 240), (400, 400)], [(400, 120), (300, 220), (120, 400)]]
HOOK = [[(120, 100), (120, 420), (300, 420)]]
LINE = [[(100, 256), (420, 256)]]


def bits_of(strokes: list[list[tuple[int, int]]]) -> NDArray[np.uint8]:
    return raster.rasterize(strokes, 6)


@pytest.mark.parametrize("pointer", ["mouse", "finger", "pen"])
def test_every_pointer_draws(draw: DrawPage, pointer: str) -> None:
    if pointer == "mouse":
        draw.draw(CROSS)
    else:
        hand = Fingers(draw.page) if pointer == "finger" else Pen(draw.page)
        for stroke in CROSS:
            hand.draw(draw.at(stroke))
    assert (draw.bitmap == bits_of(CROSS)).all()
    draw.train()
    expect(draw.thumbnails).to_have_count(1)


def test_the_four_pictures_the_inputs_and_the_answer_follow_while_the_pen_is_down(draw: DrawPage) -> None:
    draw.page.mouse.move(*draw.at([(120, 100)])[0])
    draw.page.mouse.down()
    seen = [pictures(draw)]
    for point in draw.at([(120, 420), (300, 420), (400, 100)]):
        draw.page.mouse.move(*point)
        now = pictures(draw)
        assert draw.bits == "".join(map(str, draw.bitmap.ravel()))
        for name, picture in now.items():
            assert picture != seen[-1][name], name
        seen.append(now)
    draw.page.mouse.up()
    assert draw.bits == seen[-1]["bits"]


def pictures(draw: DrawPage) -> dict[str, object]:
    """What is seen of the drawing, from the pad to the answer."""
    canvases = {name: draw.picture(name).pixels.tobytes() for name in ("pad", "fitted", "inputs")}
    return {**canvases, "pixels": draw.bitmap.tolist(), "bits": draw.bits, "answer": draw.answer}


def test_a_dot_and_a_line_break_nothing(draw: DrawPage) -> None:
    for strokes in ([[(300, 200)]], LINE, [[(256, 100), (256, 420)]]):
        draw.draw(strokes)
        assert (draw.bitmap == bits_of(strokes)).all()
        assert 1 <= draw.bits.count("1") <= 12
        draw.train()
        assert sum(draw.sure) == pytest.approx(100)
        assert draw.nonsense() == []
        draw.button("Clear").click()
    expect(draw.thumbnails).to_have_count(3)


def test_a_second_finger_and_the_right_button_draw_nothing(draw: DrawPage) -> None:
    first, *rest = draw.at(HOOK[0])
    fingers = Fingers(draw.page)
    fingers.put(first)
    fingers.put(draw.at([(450, 40)])[0], finger=1)
    fingers.move(draw.at([(20, 500)])[0], finger=1)
    for point in rest:
        fingers.move(point)
    fingers.lift(1)
    fingers.lift()
    assert (draw.bitmap == bits_of(HOOK)).all()
    draw.page.mouse.move(*draw.at([(450, 40)])[0])
    draw.page.mouse.down(button="right")
    draw.page.mouse.move(*draw.at([(20, 500)])[0])
    draw.page.mouse.up(button="right")
    draw.page.keyboard.press("Escape")
    assert (draw.bitmap == bits_of(HOOK)).all()


def test_a_stroke_that_leaves_the_pad_goes_on_at_its_edge(draw: DrawPage) -> None:
    draw.draw([[(256, 30), (256, 2000), (-900, 2000), (-900, 30)]])
    assert (draw.bitmap == bits_of([[(256, 30), (256, 511), (0, 511), (0, 30)]])).all()
    bits = draw.bits
    draw.page.mouse.move(*draw.at([(400, 400)])[0])
    assert draw.bits == bits


def test_a_stroke_that_the_system_breaks_off_ends_there(draw: DrawPage) -> None:
    fingers = Fingers(draw.page)
    first, second, third = draw.at(HOOK[0])
    fingers.put(first)
    fingers.move(second)
    fingers.cancel()
    draw.page.mouse.move(*third)
    assert (draw.bitmap == bits_of([HOOK[0][:2]])).all()


@pytest.mark.parametrize("strokes", [CROSS, HOOK, LINE], ids=["cross", "hook", "line"])
def test_place_and_size_make_no_difference(draw: DrawPage, strokes: list[list[tuple[int, int]]]) -> None:
    places: list[Place] = [WHOLE, (0.5, 0.5, 0.45), (0.02, 0.6, 0.4), (0.3, 0.0, 0.7)]
    for place in places:
        draw.draw(strokes, place)
        assert (draw.bitmap == bits_of(strokes)).all(), place
        draw.button("Clear").click()


def test_keys_draw_as_well(draw: DrawPage) -> None:
    draw.pad.focus()
    keyboard = draw.page.keyboard
    for keys in (["Home"] * 8, ["Space"], ["PageDown"] * 16, ["Escape"], ["ArrowUp"] * 16, ["Enter"], ["End"] * 16):
        for key in keys:
            keyboard.press(key)
    assert (draw.bitmap == bits_of([[(128, 128), (384, 384)], [(384, 128), (128, 384)]])).all()
    keyboard.press("Space")
    keyboard.press("Delete")
    assert "1" not in draw.bits
    draw.undo()
    assert draw.bits.count("1") == 12


def test_pixels_are_switched_by_hand_and_by_keys(draw: DrawPage) -> None:
    draw.cell(2, 3).click()
    draw.page.keyboard.press("ArrowRight")
    draw.page.keyboard.press("Space")
    expected = np.zeros((6, 6), np.uint8)
    expected[1, 2:4] = 1
    assert (draw.bitmap == expected).all()
    draw.page.keyboard.press("Enter")
    expected[1, 3] = 0
    assert (draw.bitmap == expected).all()
    draw.train()
    draw.cell(6, 6).click()
    expected[5, 5] = 1
    assert draw.bits == "".join(map(str, expected.ravel()))
    expect(draw.page.get_by_role("button", name="Train as X")).to_be_visible()
    draw.train()
    expect(draw.thumbnails).to_have_count(2)


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[DrawPage]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    yield DrawPage.opened(context.new_page(), address)
    context.close()


def test_a_finger_on_the_pad_of_a_telephone_draws_and_never_scrolls(phone: DrawPage) -> None:
    scrolled = "() => [scrollX, scrollY]"
    phone.pad.scroll_into_view_if_needed()
    before = phone.page.evaluate(scrolled)
    fingers = Fingers(phone.page)
    fingers.draw(phone.at([(256, 450), (256, 300), (256, 150), (256, 30)]))
    assert phone.bits.count("1") > 0
    assert phone.page.evaluate(scrolled) == before
    # Below the pad the same movement does scroll, so that the rest of the page can be reached.
    fingers.draw([(4, 700), (4, 600), (4, 450), (4, 300)])
    phone.page.wait_for_function("scrollY > 0")
