"""Every drawing that was trained or labelled is kept, and can be relabelled, held out, deleted and brought back."""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from browser.draw_page import DrawPage
from browser.rest import be_still
from browser.test_draw_pad import CROSS, HOOK, LINE
from pellucid import Experiment, Run

RING = [[(256, 100), (400, 256), (256, 410), (110, 256), (256, 100)]]


@pytest.fixture
def tray(draw: DrawPage) -> DrawPage:
    """An X, an O and another X, kept but not trained."""
    for strokes, name in ((CROSS, "X"), (RING, "O"), (HOOK, "X")):
        draw.draw(strokes)
        draw.say(name)
    return draw


def test_kept_drawings_have_labels_counts_and_a_way_back_to_the_pad(tray: DrawPage) -> None:
    assert tray.labels == ["X", "O", "X"]
    assert tray.counts == {"X": 2, "O": 1}
    bits = []
    for number in (1, 2, 3):
        tray.thumbnail(number).click()
        bits.append(tray.bits)
        expect(tray.thumbnail(number)).to_have_attribute("aria-selected", "true")
    assert len(set(bits)) == 3
    assert tray.mode == "X"


def test_a_new_label_takes_effect_and_the_next_play_learns_it(tray: DrawPage) -> None:
    tray.button("Play").click()
    expect(tray.number("train-accuracy")).to_have_text("100 %")
    tray.button("Pause").click()
    tray.thumbnail(3).click()
    expect(tray.bars.first).to_have_accessible_name(re.compile(r"^X: [5-9]\d\.\d %|^X: 100 %"))
    tray.page.get_by_role("radiogroup", name="What drawing 3 is").get_by_text("O").click()
    assert tray.labels == ["X", "O", "O"]
    assert tray.counts == {"X": 1, "O": 2}
    # The network still says X, which is an error now: it is ringed, and the numbers have it.
    expect(tray.thumbnail(3)).to_have_accessible_name("Drawing 3: O, read as X")
    expect(tray.thumbnail(3)).to_have_class(re.compile("misread"))
    expect(tray.number("train-accuracy")).to_have_text("66.7 %")
    tray.button("Play").click()
    expect(tray.thumbnail(3)).to_have_accessible_name("Drawing 3: O")
    tray.button("Pause").click()
    assert tray.sure[1] > 50


def test_misread_and_held_out_ones_can_be_seen_apart(tray: DrawPage) -> None:
    tray.train(10)
    tray.train(10)
    tray.button("Hold out").click()
    filters = tray.page.get_by_role("radiogroup", name="Drawings shown")
    misread = [name for name in accessible_names(tray) if "read as" in name]
    assert misread
    filters.get_by_text(f"Misread {len(misread)}").click()
    assert accessible_names(tray) == misread
    filters.get_by_text("Held out 1").click()
    assert tray.labels == ["X"]
    expect(tray.thumbnails).to_have_accessible_name(re.compile("^Drawing 3: X.*held out$"))


def accessible_names(draw: DrawPage) -> list[str]:
    be_still(draw.page)
    names: list[str] = draw.thumbnails.evaluate_all("items => items.map(item => item.ariaLabel)")
    return names


def test_a_held_out_drawing_is_never_trained_on(tray: DrawPage, tmp_path: Path) -> None:
    tray.button("Hold out").click()
    expect(tray.thumbnail(3)).to_have_accessible_name(re.compile("held out$"))
    tray.button("Train as X").click(force=True)
    expect(tray.column).to_contain_text("held out for testing")
    for epoch in ("1", "2", "3"):
        tray.button("Epoch").click()
        expect(tray.number("epoch")).to_have_text(epoch)
    expect(tray.number("updates")).to_have_text("6")
    expect(tray.number("test-accuracy")).to_have_text(re.compile("^(0.0|100) %$"))
    # With the drawing that is held out changed to another one, Python comes to the same network.
    experiment = Experiment.model_validate_json(tray.saved("JSON", tmp_path).read_text("utf-8"))
    assert experiment.data.held_out == (2,)
    drawings = experiment.data.drawings
    assert drawings is not None
    run = Run(experiment.replace("data.drawings", [*drawings[:2], drawings[0]]))
    run.epoch(3)
    for layer, table in enumerate(tray.parameters()):
        exact = np.column_stack([run.biases[layer], run.weights[layer]])
        assert np.abs(table - exact).max() <= 0.00051


def test_what_is_done_in_the_tray_is_undone_and_done_again_with_the_weights(tray: DrawPage) -> None:
    tray.train(10)
    trained = tray.parameters()
    tray.button("Delete").click()
    assert tray.labels == ["X", "O"]
    tray.button("Remove all").click()
    expect(tray.page.locator("#tray")).to_contain_text("All drawings are removed")
    tray.undo()
    tray.undo()
    assert tray.labels == ["X", "O", "X"]
    tray.undo()
    expect(tray.number("updates")).to_have_text("0")
    untrained = tray.parameters()
    tray.redo()
    expect(tray.number("updates")).to_have_text("10")
    assert same(tray.parameters(), trained)
    assert not same(untrained, trained)
    for _ in range(4):
        tray.undo()
    expect(tray.thumbnails).to_have_count(1)
    expect(tray.number("updates")).to_have_text("0")


def same(one: list[np.ndarray], other: list[np.ndarray]) -> bool:
    return all((a == b).all() for a, b in zip(one, other, strict=True))


def test_the_tray_is_kept_in_order_by_keys_alone(tray: DrawPage) -> None:
    keyboard = tray.page.keyboard
    tray.tray.focus()
    keyboard.press("Home")
    keyboard.press("2")
    keyboard.press("ArrowRight")
    keyboard.press("h")
    keyboard.press("End")
    keyboard.press("Delete")
    assert accessible_names(tray)[0].startswith("Drawing 1: O")
    expect(tray.thumbnail(2)).to_have_accessible_name(re.compile("held out"))
    expect(tray.thumbnails).to_have_count(2)
    keyboard.press("Home")
    keyboard.press("Enter")
    assert tray.bits == "100001010010001100001100010010100001"
    keyboard.press("Control+z")
    expect(tray.thumbnails).to_have_count(2)


def test_a_word_is_said_where_one_character_is_drawn_much_more_often(tray: DrawPage) -> None:
    word = tray.page.locator("#tray").get_by_text("so the network leans towards X")
    expect(word).to_have_count(0)
    for strokes in (LINE, [[(256, 100), (256, 400)]]):
        tray.draw(strokes)
        tray.say("X")
    expect(word).to_have_text(re.compile("There are 4 drawings of X but 1 of O.*Draw more of O"))
