"""What the drawing is: said afterwards too, by names that can be changed, of two to ten characters."""

import re

import pytest
from playwright.sync_api import expect

from browser.draw_page import DrawPage


def test_it_can_be_said_afterwards_what_a_drawing_was(draw: DrawPage) -> None:
    draw.say("O")
    expect(draw.column).to_contain_text("Draw something first")
    draw.write("O")
    draw.say("O")
    expect(draw.thumbnail(1)).to_be_visible()
    assert draw.labels == ["O"]
    expect(draw.number("updates")).to_have_text("0")
    expect(draw.button("Train as O")).to_be_visible()
    draw.say("X")
    expect(draw.thumbnails).to_have_count(1)
    assert draw.labels == ["X"]
    draw.undo()
    assert draw.labels == ["O"]


def test_characters_have_any_short_name(draw: DrawPage) -> None:
    draw.write("X")
    draw.train(10)
    answer = list(draw.answer.values())
    draw.button("Characters: X, O").click()
    name = draw.page.get_by_label("Name of character 2")
    for typed, sentence in (
        ("", "needs a name of 1 to 16"),
        ("   ", "needs a name of 1 to 16"),
        ("X", "named X already"),
        ("seventeen letters", "has 17 letters"),
    ):
        name.fill(typed)
        name.press("Enter")
        expect(draw.page.get_by_role("alert").filter(has_text=sentence)).to_be_visible()
        name.press("Escape")
        expect(name).to_have_value("O")
    name.fill(" kreis·圈 ")
    name.press("Enter")
    draw.page.keyboard.press("Escape")
    expect(draw.button("Characters: X, kreis·圈")).to_be_visible()
    assert list(draw.answer) == ["X", "kreis·圈"]
    assert list(draw.answer.values()) == answer
    expect(draw.number("updates")).to_have_text("10")
    assert draw.labels == ["X"]
    draw.reloaded()
    expect(draw.button("Characters: X, kreis·圈")).to_be_visible()


def test_there_are_two_to_ten_characters_and_the_outputs_follow(draw: DrawPage) -> None:
    draw.write("X")
    draw.train()
    draw.button("Characters: X, O").click()
    sheet = draw.page.get_by_role("dialog", name="Characters")
    remove = sheet.get_by_role("button", name="Remove O", exact=True)
    add = sheet.get_by_role("button", name="Add a character")
    expect(remove).to_have_attribute("aria-disabled", "true")
    for number in range(3, 11):
        add.click()
        expect(sheet.get_by_label(f"Name of character {number}")).to_be_visible()
    expect(add).to_have_attribute("aria-disabled", "true")
    draw.page.keyboard.press("Escape")
    assert len(draw.answer) == 10
    assert sum(draw.sure) == pytest.approx(100, abs=0.6)
    expect(draw.page.get_by_role("group", name="It is").get_by_role("button")).to_have_count(10)
    expect(draw.unit(2, 9)).to_be_visible()
    assert draw.labels == ["X"]
    draw.column.get_by_role("button", name=re.compile("^Characters")).click()
    sheet.get_by_role("button", name="Remove X", exact=True).click()
    expect(sheet).to_contain_text("1 drawing that")
    sheet.get_by_role("button", name="Undo", exact=True).click()
    draw.page.keyboard.press("Escape")
    assert len(draw.answer) == 10
    expect(draw.thumbnails).to_have_count(1)


@pytest.mark.parametrize(("chosen", "names"), [("—, |", "—|"), ("✓, ✗", "✓✗"), (", ".join("0123456789"), "0123456789")])
def test_sets_to_begin_with(draw: DrawPage, chosen: str, names: str) -> None:
    draw.button("Characters: X, O").click()
    draw.page.get_by_role("dialog").get_by_role("button", name=chosen, exact=True).click()
    draw.page.keyboard.press("Escape")
    assert "".join(draw.answer) == names
    assert draw.mode == names[0]
    draw.write(names[0])
    draw.train()
    draw.switch_mode()
    draw.write(names[1])
    draw.train()
    assert draw.labels == list(names[:2])


def test_independent_sigmoids_are_a_choice_and_the_page_says_why_they_need_not_add_up(draw: DrawPage) -> None:
    answer = draw.page.locator("#answer")
    expect(answer).not_to_contain_text("need not add up")
    draw.page.get_by_role("button", name=re.compile("^Training")).click()
    draw.page.get_by_label("Outputs").select_option(label="Sigmoids, squared error")
    expect(answer).to_contain_text("need not add up to 100")
    draw.write("X")
    for _ in range(3):
        draw.train(10)
    assert sum(draw.sure) != pytest.approx(100, abs=0.3)
    draw.undo()
    assert "1" in draw.bits
