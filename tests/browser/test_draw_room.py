"""The room as a whole: the guide, show me, Play on the whole tray, finer grids, keys."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from browser.draw_page import DrawPage
from browser.rest import stop_time
from browser.test_draw_pad import CROSS
from pellucid import raster


def test_the_seeds_sequence_is_led_by_one_sentence_and_a_guide_that_goes_for_good(draw: DrawPage) -> None:
    sentence = draw.column.locator(".subtitle")
    expect(sentence).to_have_text("Draw an X, then press Train.")
    expect(draw.pad).to_contain_text("Draw an X here")
    draw.draw(CROSS)
    expect(sentence).to_have_text("Press Train to teach it as an X.")
    expect(draw.pad).to_contain_text("Now press Train")
    draw.train(10)
    expect(sentence).to_have_text("Kept as an X. Switch to O.")
    expect(draw.pad).to_contain_text("not ten drawings")
    draw.switch_mode()
    expect(sentence).to_have_text("Draw an O, then press Train.")
    expect(draw.pad).to_have_text("")
    draw.reloaded()
    expect(sentence).to_have_text("Draw an O, then press Train.")
    expect(draw.pad).to_have_text("")


def test_show_me_draws_and_trains_by_itself(draw: DrawPage) -> None:
    stop_time(draw.page)
    draw.button("Show me").click()
    expect(draw.column).to_contain_text("Drawing an X: 1 of 8")
    draw.page.clock.resume()
    # How many it makes until it is stopped depends on how soon that is seen.
    draw.page.wait_for_function("() => document.querySelector('[data-testid=updates]').textContent >= '2'")
    draw.button("Stop").click()
    expect(draw.button("Show me")).to_be_visible()
    labels = draw.labels
    assert len(labels) >= 2
    assert labels == ["X", "O"] * (len(labels) // 2) + ["X"] * (len(labels) % 2)
    assert draw.value("updates") == len(labels)


@pytest.mark.parametrize("stopped_by", ["button", "Escape", "pad"])
def test_show_me_stops_at_any_time_and_trains_nothing_half_done(draw: DrawPage, stopped_by: str) -> None:
    # The pen moves as a hand would, so that it can be caught on its way.
    draw.page.emulate_media(reduced_motion="no-preference")
    stop_time(draw.page)
    draw.button("Show me").click()
    draw.page.clock.run_for(300)
    expect(draw.page.get_by_test_id("bits")).to_contain_text("1")
    if stopped_by == "button":
        draw.button("Stop").click()
    elif stopped_by == "Escape":
        draw.page.keyboard.press("Escape")
    else:
        draw.draw(CROSS)
    expect(draw.button("Show me")).to_be_visible()
    expected = raster.rasterize(CROSS, 6) if stopped_by == "pad" else np.zeros((6, 6))
    assert (draw.bitmap == expected).all()
    # Nothing comes after it: neither strokes nor updates.
    draw.page.clock.run_for(5_000)
    assert (draw.bitmap == expected).all()
    expect(draw.number("updates")).to_have_text("0")
    expect(draw.thumbnails).to_have_count(0)


def test_show_me_says_which_characters_it_cannot_draw(draw: DrawPage) -> None:
    draw.button("Characters: X, O").click()
    draw.page.get_by_label("Name of character 1").fill("cat")
    draw.page.keyboard.press("Enter")
    draw.page.keyboard.press("Escape")
    draw.button("Show me").click()
    expect(draw.column).to_contain_text("but not “cat”")
    expect(draw.number("updates")).to_have_text("0")


def test_play_trains_on_the_whole_tray_and_the_timeline_tells_how_good_it_is(draw: DrawPage) -> None:
    draw.button("Play").click(force=True)
    expect(draw.number("updates")).to_have_text("0")
    for number in range(6):
        draw.write(draw.mode, number)
        draw.say(draw.mode)
        if number >= 4:
            draw.button("Hold out").click()
        draw.switch_mode()
    assert draw.value("train-loss") == pytest.approx(0.69, abs=0.06)
    draw.button("Play").click()
    expect(draw.number("train-accuracy")).to_have_text("100 %")
    expect(draw.number("test-accuracy")).to_have_text("100 %")
    expect(draw.number("epoch")).to_have_text(re.compile(r"\d.*\d"))
    draw.button("Pause").click()
    # Whole passes over the four that are trained on.
    epoch = draw.value("epoch")
    assert draw.value("updates") >= 4 * epoch
    assert draw.value("train-loss") < 0.5
    assert draw.value("test-loss") < 0.69
    expect(draw.page.get_by_label("Loss curve over", exact=False)).to_be_visible()


@pytest.mark.parametrize("strokes", [raster.strokes_of(raster.text_of(raster.by_hand("8", 3)))], ids=["an 8"])
def test_a_finer_grid_takes_the_same_strokes_and_draws_nothing_anew(draw: DrawPage, strokes: list[np.ndarray]) -> None:
    draw.draw(strokes)
    draw.say("X")
    pad = draw.picture("pad").pixels
    for grid in (8, 10, 12, 16, 20, 28, 6):
        draw.page.get_by_label("Grid", exact=True).select_option(f"{grid} × {grid}")
        expect(draw.header).to_contain_text(f"{grid * grid}")
        expect(draw.page.get_by_role("gridcell")).to_have_count(grid * grid)
        expected = raster.rasterize(strokes, grid)
        # Whole pixels of the screen move the points of a stroke by less than half a unit of the pad.
        assert (draw.bitmap != expected).mean() < 0.03
        assert draw.bits == "".join(map(str, draw.bitmap.ravel()))
        assert (draw.picture("pad").pixels == pad).all()
        draw.train()
        expect(draw.thumbnails).to_have_count(1)
    assert draw.nonsense() == []


def test_everything_has_a_key(draw: DrawPage) -> None:
    keyboard = draw.page.keyboard
    # Nothing has the focus, which the tab of the room would use Space for itself.
    draw.page.get_by_role("heading", name="Network").click()
    draw.draw(CROSS)
    keyboard.press("t")
    expect(draw.number("updates")).to_have_text("1")
    keyboard.press("x")
    expect(draw.number("updates")).to_have_text("11")
    keyboard.press("m")
    assert draw.mode == "O"
    assert "1" not in draw.bits
    draw.write("O")
    keyboard.press("c")
    assert "1" not in draw.bits
    keyboard.press("Control+z")
    assert "1" in draw.bits
    keyboard.press("2")
    assert draw.labels == ["X", "O"]
    keyboard.press("e")
    expect(draw.number("epoch")).to_have_text("1")
    keyboard.press("Space")
    expect(draw.button("Pause")).to_be_visible()
    keyboard.press("Space")
    keyboard.press("r")
    expect(draw.number("updates")).to_have_text("0")
    keyboard.press("w")
    expect(draw.page).to_have_url(re.compile("seed"))
    draw.button("Keyboard").click()
    expect(draw.page.get_by_role("dialog", name="Keyboard")).to_contain_text("Train on this drawing")


def test_the_way_from_an_empty_pad_to_a_trained_network_needs_no_mouse(draw: DrawPage) -> None:
    keyboard = draw.page.keyboard
    draw.pad.focus()
    for keys in (["Home"] * 8, ["Space"], ["PageDown"] * 16, ["Space"]):
        for key in keys:
            keyboard.press(key)
    order: list[str] = []
    while "Train as X" not in order:
        keyboard.press("Tab")
        name: str = draw.page.evaluate(
            "(document.activeElement.ariaLabel ?? document.activeElement.textContent).trim()"
        )
        order.append(name)
        assert len(order) < 10
    assert "Next to draw: X" in order
    keyboard.press("Enter")
    expect(draw.number("updates")).to_have_text("1")
