"""The right column of the Draw room: the answer and why, and the tray by mouse, keys and files."""

import math
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from browser.draw_page import DrawPage
from browser.rest import catch_up, stop_time

BITMAP = [1, 0, 0, 0, 0, 1] * 6
HEADER = ",".join(["label", *(f"p{place}" for place in range(36))])


def table(*labels: str) -> Any:
    """A CSV file with a drawing for each label, every one another."""
    rows = [",".join([label, *map(str, BITMAP[row % 36 :] + BITMAP[: row % 36])]) for row, label in enumerate(labels)]
    text = "\n".join([HEADER, *rows, ""])
    return {"name": "drawings.csv", "mimeType": "text/csv", "buffer": text.encode()}


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def terms(draw: DrawPage) -> list[float]:
    """The account of the answer: empty square, pixels for, pixels against, and what they add up to."""
    catch_up(draw.page)
    return [number(text) for text in draw.page.locator("#answer dd").all_inner_texts()]


def shares(draw: DrawPage) -> Locator:
    """The picture of the shares, with its cursor."""
    return draw.page.locator("#answer [role=application]")


# Why?


def test_an_empty_pad_says_so_and_has_no_shares(draw: DrawPage) -> None:
    answer = draw.page.locator("#answer")
    expect(answer).to_contain_text("What the network says of an empty square")
    expect(answer).to_contain_text("Draw something to see which of its pixels speak for the answer")
    assert terms(draw) == []
    draw.write("X")
    expect(answer).to_contain_text("How sure the network is")
    assert len(terms(draw)) == 4


def test_the_account_adds_up_as_it_is_shown_and_gives_the_probability(draw: DrawPage) -> None:
    for character in "XOXO":
        draw.write(character, len(character))
        draw.train(10)
        draw.switch_mode()
        draw.write(character, 7)
        empty, pro, contra, total = terms(draw)
        assert pro >= 0 >= contra
        assert round(100 * (empty + pro + contra)) == round(100 * total)
        sure = max(number(value.removesuffix(" %")) for value in draw.answer.values())
        assert 100 / (1 + math.exp(-total)) == pytest.approx(sure, abs=0.3)
        draw.button("Clear").click()


def test_every_pixel_tells_its_share_in_words_by_mouse_and_by_keys(draw: DrawPage) -> None:
    draw.write("X")
    draw.train(10)
    words = draw.page.locator("#answer .words")
    found = []
    shares(draw).focus()
    draw.page.keyboard.press("ArrowRight")
    for place in range(36):
        if place % 6 == 0 and place > 0:
            for key in ("ArrowDown", *["ArrowLeft"] * 5):
                draw.page.keyboard.press(key)
        elif place > 0:
            draw.page.keyboard.press("ArrowRight")
        text = words.inner_text()
        assert f"row {place // 6 + 1}, column {place % 6 + 1}: " in text
        told = re.search(r"column \d: (\S+) (for|against) X", text)
        assert (told is not None) == (draw.bits[place] == "1")
        if told:
            found.append(number(told[1]))
            assert (told[2] == "against") == told[1].startswith("−") or found[-1] == 0
    _, pro, contra, _ = terms(draw)
    assert sum(found) == pytest.approx(pro + contra, abs=0.005 * len(found) + 0.02)
    box = shares(draw).bounding_box()
    assert box is not None
    draw.page.mouse.move(box["x"] + 2.5 / 6 * box["width"], box["y"] + 1.5 / 6 * box["height"])
    expect(words).to_contain_text("row 2, column 3:")


def test_a_bar_asks_about_its_class_and_again_about_the_answer(draw: DrawPage) -> None:
    draw.write("X")
    draw.train(10)
    said = terms(draw)
    expect(draw.page.get_by_role("heading", name="Why X?")).to_be_visible()
    draw.bars.nth(1).focus()
    draw.page.keyboard.press("Enter")
    expect(draw.page.get_by_role("heading", name="Why O?")).to_be_visible()
    assert terms(draw)[3] == -said[3]
    draw.button("Back to the answer").click()
    expect(draw.page.get_by_role("heading", name="Why X?")).to_be_visible()


def test_the_method_is_told_with_formula_and_source(draw: DrawPage) -> None:
    draw.button("How?").click()
    sheet = draw.page.get_by_role("dialog", name="How the shares are found")
    expect(sheet.locator("math")).to_have_count(2)
    expect(sheet).to_contain_text("arXiv:1704.02685")


def test_the_answer_is_told_once_the_pen_rests(draw: DrawPage) -> None:
    told = draw.page.get_by_role("status", name="Answer")
    expect(told).to_contain_text("Of an empty square")
    draw.page.evaluate(
        """() => {
            const place = document.querySelector("[role=status][aria-label=Answer]")
            window.told = []
            new MutationObserver(() => window.told.push(place.textContent))
                .observe(place, { childList: true, characterData: true, subtree: true })
        }"""
    )
    # However long it takes to draw, the pen does not rest meanwhile.
    stop_time(draw.page)
    draw.write("X")
    draw.page.clock.resume()
    expect(told).to_have_text(re.compile(r"^The network says [XO], \d+\.\d %$"))
    assert len(set(draw.page.evaluate("window.told"))) == 1


# The tray


def test_keys_show_relabel_hold_out_and_delete_a_drawing(draw: DrawPage) -> None:
    draw.open_file(table("X", "O", "X"))
    expect(draw.thumbnails).to_have_count(3)
    draw.tray.focus()
    for key in ("Home", "ArrowRight", "1", "h"):
        draw.page.keyboard.press(key)
    expect(draw.thumbnails.nth(1)).to_have_attribute("aria-label", re.compile("^Drawing 2: X.*held out"))
    assert "1" not in draw.bits
    draw.page.keyboard.press("Enter")
    assert "1" in draw.bits
    draw.page.keyboard.press("Delete")
    expect(draw.thumbnails).to_have_count(2)
    expect(draw.thumbnails.nth(1)).to_have_attribute("aria-selected", "true")
    expect(draw.tray).to_be_focused()
    for _ in range(4):
        draw.page.keyboard.press("Control+z")
    expect(draw.thumbnails).to_have_count(3)
    expect(draw.thumbnails.nth(1)).to_have_attribute("aria-label", re.compile("^Drawing 2: O(?!.*held out)"))


def test_of_a_thousand_drawings_only_those_in_view_are_on_the_page(draw: DrawPage) -> None:
    draw.open_file(table(*["X", "O"] * 500))
    expect(draw.thumbnails.last).to_have_attribute("aria-posinset", "1000")
    assert draw.thumbnails.count() < 100
    draw.tray.focus()
    draw.page.keyboard.press("Home")
    expect(draw.thumbnails.first).to_have_attribute("aria-posinset", "1")
    expect(draw.thumbnails.first).to_have_attribute("aria-setsize", "1000")
    draw.page.keyboard.press("End")
    expect(draw.thumbnails.last).to_be_in_viewport()
    expect(draw.thumbnails.last).to_have_attribute("aria-selected", "true")


def test_only_misread_or_held_out_drawings_are_shown(draw: DrawPage) -> None:
    draw.open_file(table("X", "O", "X"))
    held_out = draw.page.locator("label").filter(has_text="Held out")
    held_out.click()
    expect(draw.page.locator("#tray")).to_contain_text("No drawing is held out.")
    draw.page.locator("label").filter(has_text="All 3").click()
    draw.thumbnails.nth(2).click()
    draw.button("Hold out").click()
    held_out.click()
    expect(draw.thumbnails).to_have_count(1)
    expect(draw.thumbnails).to_have_attribute("aria-label", re.compile("^Drawing 3: X.*held out"))


def test_what_is_removed_can_be_brought_back_where_it_was(draw: DrawPage) -> None:
    draw.open_file(table("X", "O"))
    draw.button("Remove all").click()
    expect(draw.page.locator("#tray")).to_contain_text("All drawings are removed")
    draw.page.locator("#tray").get_by_role("button", name="Undo").click()
    expect(draw.thumbnails).to_have_count(2)


def test_a_file_is_dropped_onto_the_tray(draw: DrawPage) -> None:
    text = table("X", "O")["buffer"].decode()
    transfer = draw.page.evaluate_handle(
        """text => {
            const transfer = new DataTransfer()
            transfer.items.add(new File([text], "dropped.csv"))
            return transfer
        }""",
        text,
    )
    for event in ("dragover", "drop"):
        draw.page.dispatch_event("#tray .drop", event, {"dataTransfer": transfer})
    expect(draw.thumbnails).to_have_count(2)


# Share


def test_share_says_how_many_drawings_are_in_the_link(draw: DrawPage) -> None:
    draw.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    draw.open_file(table("X", "O"))
    expect(draw.thumbnails).to_have_count(2)
    draw.button("Share").click()
    expect(draw.page.get_by_text("Link copied, with your 2 drawings in it.")).to_be_visible()


def test_a_long_link_is_copied_whole_with_a_word_about_files(draw: DrawPage) -> None:
    draw.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    draw.open_file(table(*["X", "O"] * 1200))
    expect(draw.thumbnails.last).to_have_attribute("aria-posinset", "2400")
    draw.button("Share").click()
    expect(draw.page.get_by_text("Some programs cut links as long as this")).to_be_visible()
    link = draw.page.evaluate("navigator.clipboard.readText()")
    assert len(link) > 16_000
    draw.page.goto("about:blank")
    draw.page.goto(link)
    draw.ready()
    expect(draw.thumbnails.last).to_have_attribute("aria-posinset", "2400")
