"""The defects of the seed's app (design/peers.md), each with a test that fails where it is."""

import re
from itertools import pairwise

import numpy as np
import pytest
from playwright.sync_api import expect

from browser.draw_page import DrawPage
from browser.shapes_page import Picture
from browser.test_draw_pad import CROSS, HOOK


def test_before_training_both_probabilities_are_near_one_half_and_edges_are_dim(draw: DrawPage) -> None:
    draw.write("X")
    assert draw.sure == pytest.approx([50, 50], abs=10)
    before = ink(draw.picture("edges"))
    draw.button("Clear").click()
    for number in range(6):
        draw.write(draw.mode, 10 + number)
        draw.train(10)
        draw.switch_mode()
    assert ink(draw.picture("edges")) > 1.5 * before


def ink(picture: Picture) -> float:
    """How much colour lies on a picture: the sum of the opacities of its pixels."""
    return float(picture.pixels[:, :, 3].sum())


def test_train_after_mode_never_teaches_the_old_drawing_as_the_new_character(draw: DrawPage) -> None:
    draw.write("X")
    draw.train()
    draw.switch_mode()
    assert draw.mode == "O"
    assert "1" not in draw.bits
    draw.button("Train as O").click(force=True)
    expect(draw.column).to_contain_text("draw a character first")
    expect(draw.number("updates")).to_have_text("1")
    assert draw.labels == ["X"]
    # Back on the pad it still is what it was, whatever is drawn next.
    draw.thumbnail(1).click()
    draw.button("Train as X").click()
    expect(draw.number("updates")).to_have_text("2")
    assert draw.mode == "O"
    assert draw.labels == ["X"]


def test_a_drawing_that_is_not_trained_yet_stays_what_it_was_begun_as(draw: DrawPage) -> None:
    draw.write("X")
    bits = draw.bits
    draw.switch_mode()
    assert (draw.mode, draw.bits) == ("O", bits)
    draw.button("Train as X").click()
    expect(draw.number("updates")).to_have_text("1")
    assert draw.labels == ["X"]
    draw.write("O")
    draw.button("Train as O").click()
    expect(draw.number("updates")).to_have_text("2")
    assert draw.labels == ["X", "O"]


def test_a_new_stroke_on_a_trained_drawing_begins_another_one(draw: DrawPage) -> None:
    draw.draw(CROSS)
    draw.train()
    draw.draw(HOOK)
    draw.train()
    expect(draw.thumbnails).to_have_count(2)
    draw.thumbnail(1).click()
    bits = draw.bits
    draw.thumbnail(2).click()
    assert draw.bits != bits
    assert draw.bits.count("1") < 12


def test_the_mode_is_a_label_only_and_changes_no_prediction(draw: DrawPage) -> None:
    draw.write("X")
    draw.train(10)
    draw.button("Clear").click()
    draw.write("O")
    answer, values = draw.answer, draw.activations
    bits = draw.bits
    for mode in ("O", "X"):
        draw.switch_mode()
        assert draw.mode == mode
        assert (draw.answer, draw.activations, draw.bits) == (answer, values, bits)
        # It was begun as an X: what Train would do with it is written there, and no mode changes that.
        expect(draw.button("Train as X")).to_be_visible()
    expect(draw.number("updates")).to_have_text("10")


def test_what_is_cleared_is_never_trained(draw: DrawPage) -> None:
    draw.write("X")
    draw.button("Clear").click()
    empty = draw.answer
    for name in ("Train as X", "×10: train ten times as X"):
        draw.button(name).click(force=True)
        expect(draw.column).to_contain_text("draw a character first")
    draw.page.keyboard.press("t")
    expect(draw.number("updates")).to_have_text("0")
    expect(draw.thumbnails).to_have_count(0)
    assert draw.answer == empty
    draw.undo()
    assert "1" in draw.bits


def test_later_strokes_never_erase_pixels(draw: DrawPage) -> None:
    # The first strokes lay down the drawing's box, so that pixels stay where they are.
    strokes = [
        [(60, 60), (450, 450)],
        [(450, 60), (60, 450)],
        [(60, 256), (450, 256)],
        [(256, 450), (256, 60)],
        [(450, 450), (60, 60)],
        [(120, 90), (400, 300), (90, 400)],
        [(60, 60), (61, 60)],
    ]
    seen = np.zeros((6, 6), np.uint8)
    for stroke in strokes:
        draw.draw([stroke])
        now = draw.bitmap
        assert (now >= seen).all()
        seen = now
    assert seen.sum() > 20


def test_biases_are_drawn_and_tell_their_sign_by_their_side(draw: DrawPage) -> None:
    unit = draw.unit(1, 0)
    unit.click()
    field = draw.page.locator("#answer").get_by_label("Bias", exact=True)
    sides = []
    for value in ("2", "-2"):
        field.fill(value)
        field.press("Enter")
        expect(field).to_have_value("+2.000" if value == "2" else "−2.000")
        draw.page.mouse.move(0, 0)
        sides.append(bias_bar(draw))
    (left, right), (other_left, other_right) = sides
    assert right >= 10
    assert other_left >= 10
    assert left == other_right == 0


def bias_bar(draw: DrawPage) -> tuple[float, float]:
    """How many coloured pixels lie under the first hidden unit, left and right of its middle."""
    pixels = draw.picture("edges").pixels
    edges = draw.page.get_by_test_id("edges")
    around, box = edges.bounding_box(), draw.unit(1, 0).bounding_box()
    assert around is not None
    assert box is not None
    scale = pixels.shape[1] / around["width"]
    top = (box["y"] + box["height"] - around["y"] + 4) * scale
    middle = (box["x"] + box["width"] / 2 - around["x"]) * scale
    half = box["width"] * 0.36 * scale
    strip = pixels[round(top) : round(top + 3 * scale), round(middle - half) : round(middle + half)].astype(int)
    coloured = (np.ptp(strip[:, :, :3], axis=2) > 60) & (strip[:, :, 3] > 200)
    columns = coloured.shape[1] // 2
    return float(coloured[:, :columns].sum()), float(coloured[:, columns + 1 :].sum())


@pytest.mark.parametrize("classic", [False, True], ids=["blue and orange", "green and red"])
def test_the_sign_of_a_weight_is_not_told_by_colour_alone(draw: DrawPage, classic: bool) -> None:
    if classic:
        draw.button("Appearance").click()
        draw.page.get_by_text("Green and red").click()
        draw.page.keyboard.press("Escape")
    draw.unit(2, 0).click()
    field = draw.page.locator("#answer").get_by_label("Weight from", exact=False).nth(2)
    gaps = []
    for value in ("6", "-6"):
        field.fill(value)
        field.press("Enter")
        expect(field).to_have_value(re.compile(r"6\.00"))
        draw.page.mouse.move(0, 0)
        gaps.append(gaps_of_edge(draw, 2))
    solid, dashed = gaps
    assert solid == 0
    assert dashed >= 3
    draw.write("X")
    draw.train(10)
    signs = draw.activations
    assert signs
    assert all(text[0] in "+−0" for text in signs)


def gaps_of_edge(draw: DrawPage, source: int) -> int:
    """How often the edge from a hidden unit to the first output is interrupted, whatever its colour."""
    pixels = draw.picture("edges").pixels
    edges = draw.page.get_by_test_id("edges").bounding_box()
    start, end = draw.unit(1, source).bounding_box(), draw.unit(2, 0).bounding_box()
    assert edges is not None
    assert start is not None
    assert end is not None
    scale = pixels.shape[1] / edges["width"]
    left, right = start["x"] + start["width"] - edges["x"], end["x"] - edges["x"]
    top, bottom = (box["y"] + box["height"] / 2 - edges["y"] for box in (start, end))
    # Of the curve only its colour is known: the strongest opacity in each column of pixels near to it.
    present = []
    for column in range(round((left + 8) * scale), round((right - 8) * scale)):
        share = (column / scale - left) / (right - left)
        along = share * share * (3 - 2 * share)
        row = (top + along * (bottom - top)) * scale
        window = pixels[max(0, round(row - 5 * scale)) : round(row + 5 * scale), column, 3]
        present.append(int(window.max(initial=0)) > 200)
    return sum(before and not after for before, after in pairwise(present))
