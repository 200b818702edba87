"""A person drags the loss curve to an earlier moment, looks, plays on, and begins branches."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.draw_page import DrawPage
from browser.pointers import Fingers
from browser.rest import be_still
from browser.shapes_page import ShapesPage


def curve_of(page: Page) -> Locator:
    return page.get_by_role("slider", name="Loss curve over")


def place_on(curve: Locator, across: float) -> tuple[float, float]:
    """A point of the window at a share of the strip's width."""
    be_still(curve.page)
    box = curve.bounding_box()
    assert box is not None
    return box["x"] + across * box["width"], box["y"] + box["height"] / 2


def settle(page: Page) -> int:
    """Wait until the moment is there that was last asked for; return its updates."""
    be_still(page)
    expect(curve_of(page)).to_have_attribute("aria-busy", "false")
    return updates(page)


def drag(page: Page, start: float, end: float) -> int:
    """Drag the curve with the mouse, from one share of its width to another; return the updates there."""
    first, *rest = [place_on(curve_of(page), start + (end - start) * step / 5) for step in range(6)]
    page.mouse.move(*first)
    page.mouse.down()
    for place in rest:
        page.mouse.move(*place)
    page.mouse.up()
    return settle(page)


def updates(page: Page) -> int:
    be_still(page)
    return int(re.sub(r"\D", "", page.get_by_test_id("updates").inner_text()))


def seen(shapes: ShapesPage) -> list[str]:
    """All that a moment is known by: its numbers, and every weight and bias."""
    be_still(shapes.page)
    names = ("updates", "epoch", "train-loss", "test-loss", "train-accuracy", "test-accuracy")
    return [shapes.number(name).inner_text() for name in names] + shapes.parameters()


def advance(shapes: ShapesPage, epochs: int) -> None:
    for _ in range(epochs):
        before = updates(shapes.page)
        shapes.button("Epoch").click()
        expect(shapes.number("updates")).not_to_have_text(str(before))


def set_rate(shapes: ShapesPage, rate: str) -> None:
    field = shapes.page.get_by_label("Learning rate, exactly")
    field.fill(rate)
    field.press("Enter")


def rate(shapes: ShapesPage) -> Locator:
    return shapes.page.get_by_label("Learning rate, exactly")


def history(page: Page) -> Locator:
    page.get_by_role("button", name=re.compile("^History")).click()
    return page.get_by_role("dialog", name="History")


def test_dragging_back_shows_what_was_seen_then(shapes: ShapesPage) -> None:
    advance(shapes, 4)
    early = seen(shapes)
    advance(shapes, 6)
    late = seen(shapes)
    assert 0 < drag(shapes.page, 0.95, 0.4) < 150
    expect(shapes.button("Newest moment")).to_be_visible()
    curve = curve_of(shapes.page)
    for key, there in (("Home", "0"), ("PageUp", "20"), ("PageUp", "40"), ("PageUp", "60")):
        curve.press(key)
        expect(shapes.number("updates")).to_have_text(there)
    assert seen(shapes) == early
    expect(shapes.page.get_by_text("at update 60 of 150")).to_be_visible()
    shapes.button("Newest moment").click()
    expect(shapes.number("updates")).to_have_text("150")
    assert seen(shapes) == late


def test_every_picture_shows_the_earlier_moment(shapes: ShapesPage) -> None:
    def colours() -> list[int]:
        pictures = (shapes.picture("surface"), shapes.tile(1, 0), shapes.tile(2, 1))
        shares = (0.2, 0.4, 0.6, 0.8)
        places = [(across, down) for across in shares for down in shares]
        return [part for picture in pictures for place in places for part in picture.colour(*place)]

    def apart(one: list[int], other: list[int]) -> float:
        return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)

    start = colours()
    shapes.train_until_epoch(20)
    end = colours()
    curve_of(shapes.page).press("Home")
    expect(shapes.number("updates")).to_have_text("0")
    # A busy machine paints more coarsely.
    assert apart(colours(), start) < 4
    assert apart(end, start) > 20


def test_playing_from_an_earlier_moment_goes_as_before(shapes: ShapesPage) -> None:
    advance(shapes, 3)
    set_rate(shapes, "0.3")
    advance(shapes, 3)
    end = seen(shapes)
    curve_of(shapes.page).press("Home")
    expect(shapes.number("updates")).to_have_text("0")
    expect(rate(shapes)).to_have_value("0.1")
    advance(shapes, 6)
    expect(rate(shapes)).to_have_value("0.3")
    assert seen(shapes) == end
    expect(shapes.page.get_by_role("button", name="History", exact=True)).to_be_visible()


def test_a_change_in_the_past_begins_a_branch_and_the_other_stays(shapes: ShapesPage) -> None:
    advance(shapes, 6)
    end = seen(shapes)
    fork = drag(shapes.page, 0.95, 0.5)
    set_rate(shapes, "1")
    expect(shapes.page.get_by_role("button", name="History, 2 branches")).to_be_visible()
    advance(shapes, 2)
    other = seen(shapes)

    def branches() -> Locator:
        return history(shapes.page).get_by_role("list", name="Branches").get_by_role("button")

    listed = branches()
    expect(listed).to_have_count(2)
    expect(listed.nth(1)).to_have_attribute("aria-current", "true")
    expect(listed.nth(1)).to_contain_text(f"learning rate at {fork}")
    listed.nth(0).click()
    expect(shapes.number("updates")).to_have_text("90")
    assert seen(shapes) == end
    expect(rate(shapes)).to_have_value("0.1")
    branches().nth(1).click()
    expect(shapes.number("updates")).to_have_text(other[0])
    assert seen(shapes) == other
    expect(rate(shapes)).to_have_value("1")


def test_a_weight_set_by_hand_is_an_event_that_undo_takes_back(shapes: ShapesPage) -> None:
    advance(shapes, 2)
    before = seen(shapes)
    shapes.page.get_by_role("button", name="New weights").focus()
    shapes.page.keyboard.press("w")
    expect(shapes.number("updates")).to_have_text("0")
    advance(shapes, 1)
    curve_of(shapes.page).press("Home")
    expect(shapes.number("updates")).to_have_text("0")
    shapes.page.keyboard.press("Control+z")
    expect(shapes.number("updates")).to_have_text("30")
    assert seen(shapes) == before


def test_bookmarks_are_set_named_returned_to_and_deleted(shapes: ShapesPage) -> None:
    page = shapes.page
    advance(shapes, 2)
    there = seen(shapes)
    page.keyboard.press("b")
    expect(page.get_by_text("Bookmark 1 is set at update 30.")).to_be_visible()
    advance(shapes, 2)
    drag(page, 0.95, 0.2)
    set_rate(shapes, "1")
    advance(shapes, 1)
    sheet = history(page)
    name = sheet.get_by_role("textbox", name="Name of the bookmark at update 30")
    name.fill("before the bend")
    name.press("Enter")
    sheet.get_by_role("button", name="Go to before the bend").click()
    expect(shapes.number("updates")).to_have_text("30")
    assert seen(shapes) == there
    sheet = history(page)
    sheet.get_by_role("button", name="Delete before the bend").click()
    expect(sheet.get_by_role("list", name="Bookmarks")).to_be_hidden()


def test_the_whole_way_needs_no_mouse(shapes: ShapesPage) -> None:
    advance(shapes, 10)
    tip = 150
    curve = curve_of(shapes.page)
    curve.focus()
    curve.press("Home")
    expect(curve).to_have_attribute("aria-valuenow", "0")
    expect(curve).to_have_attribute("aria-valuemax", str(tip))
    curve.press("PageUp")
    expect(curve).to_have_attribute("aria-valuenow", str(round(tip / 100) * 10))
    curve.press("ArrowRight")
    expect(curve).to_have_attribute("aria-valuenow", str(round(tip / 100) * 11))
    expect(curve).to_have_attribute("aria-valuetext", re.compile(r"^epoch [\d.]+: training [\d.]+, test [\d.]+$"))
    curve.press("Escape")
    expect(curve).to_have_attribute("aria-valuenow", str(tip))


def test_escape_while_dragging_takes_it_back(shapes: ShapesPage) -> None:
    advance(shapes, 4)
    page = shapes.page
    start, end = (place_on(curve_of(page), across) for across in (0.9, 0.3))
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end)
    expect(shapes.number("updates")).not_to_have_text("60")
    page.keyboard.press("Escape")
    expect(shapes.number("updates")).to_have_text("60")
    page.mouse.up()
    be_still(page)
    expect(shapes.number("updates")).to_have_text("60")


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[ShapesPage]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, reduced_motion="reduce")
    yield ShapesPage.opened(context.new_page(), address)
    context.close()


def test_a_thumb_travels_on_a_phone_and_can_still_scroll(phone: ShapesPage) -> None:
    page = phone.page
    phone.train_until_epoch(20)
    tip = updates(page)
    curve = curve_of(page)
    curve.scroll_into_view_if_needed()
    fingers = Fingers(page)
    fingers.draw([place_on(curve, across) for across in (0.9, 0.8, 0.7, 0.6, 0.5)])
    expect(phone.number("updates")).not_to_have_text(str(tip))
    middle = settle(page)
    assert 0.25 * tip < middle < 0.75 * tip
    x, y = place_on(curve, 0.3)
    top = page.evaluate("scrollY")
    fingers.draw([(x, y + 12.0 * step) for step in range(12)])
    page.wait_for_function("top => scrollY < top", arg=top)
    assert updates(page) == middle


def test_in_draw_the_tray_and_its_labels_are_those_of_the_moment(draw: DrawPage) -> None:
    draw.write("X")
    draw.train(10)
    draw.switch_mode()
    draw.write("O")
    draw.train(10)
    labels, bars = draw.labels, draw.sure
    draw.say("X")
    expect(draw.number("updates")).to_have_text("20")
    draw.button("Epoch").click()
    expect(draw.number("updates")).to_have_text("22")
    relabelled = draw.labels
    assert relabelled != labels
    curve = curve_of(draw.page)
    curve.focus()
    for there in ("21", "20", "10"):
        curve.press("ArrowLeft")
        expect(draw.number("updates")).to_have_text(there)
    assert draw.labels == labels[:1]
    sheet = history(draw.page)
    sheet.get_by_role("list", name="What was done").get_by_role("button").nth(1).click()
    expect(draw.number("updates")).to_have_text("20")
    assert draw.labels == labels
    assert draw.sure == bars
    draw.button("Newest moment").click()
    expect(draw.number("updates")).to_have_text("22")
    assert draw.labels == relabelled


def test_a_reload_in_the_past_loses_no_drawing(draw: DrawPage) -> None:
    draw.write("X")
    draw.train()
    draw.switch_mode()
    draw.write("O")
    draw.train()
    draw.page.wait_for_url("**/#*targets=0,1&*")
    curve_of(draw.page).press("Home")
    expect(draw.thumbnails).to_have_count(0)
    # The address is that of the moment on the screen.
    draw.page.wait_for_url("**/#*drawings=none&*")
    draw.reloaded()
    expect(draw.thumbnails).to_have_count(2)
