"""The room of drawings fits and is for everybody: sizes, axe, and pictures that people look at."""

from pathlib import Path

from playwright.sync_api import expect

from browser.draw_page import DrawPage
from browser.rest import be_still
from browser.test_accessibility import violations
from browser.test_layout import OVERFLOW, SIZES

THEMES = ("light", "dark", "classic")


def show_in(draw: DrawPage, theme: str) -> None:
    """Show the page in a theme; classic is light, with green and red."""
    draw.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    draw.button("Appearance").click()
    draw.page.get_by_text("Green and red" if theme == "classic" else "Blue and orange").click()
    draw.page.keyboard.press("Escape")


def learn(draw: DrawPage, drawings: int = 6) -> None:
    """Draw and train some characters; the last one stays on the pad."""
    for number in range(drawings):
        draw.write(draw.mode, number)
        draw.train(10)
        if number < drawings - 1:
            draw.switch_mode()


def test_axe_finds_nothing(draw: DrawPage) -> None:
    assert violations(draw.page) == []
    learn(draw, 2)
    draw.button("Hold out").click()
    draw.page.get_by_role("button", name="Training", exact=False).and_(draw.page.locator("[aria-expanded]")).click()
    draw.button("Unfold the bits, one unit each").click()
    for theme in THEMES:
        show_in(draw, theme)
        assert violations(draw.page) == [], theme
        draw.unit(1, 0).click()
        assert violations(draw.page) == [], theme
        draw.unit(1, 0).click()
    draw.page.emulate_media(color_scheme="dark")
    for name in ("Characters: X, O", "Save…", "How?", "Keyboard", "Network as a table"):
        # Whatever the pointer rests on takes the place of Why?
        draw.page.mouse.move(0, 0)
        draw.button(name).click()
        assert violations(draw.page) == [], name
        draw.page.get_by_role("dialog").get_by_role("button", name="Close").click()


def test_it_fits_every_size(draw: DrawPage) -> None:
    learn(draw, 2)
    too_wide = []
    for width, height in SIZES:
        draw.page.set_viewport_size({"width": width, "height": height})
        expect(draw.button("Play")).to_be_in_viewport(ratio=1)
        be_still(draw.page)
        if draw.page.evaluate(OVERFLOW) != 0:
            too_wide.append((width, height))
    assert too_wide == []
    draw.page.set_viewport_size({"width": 1440, "height": 900})
    be_still(draw.page)
    assert draw.page.evaluate("document.documentElement.scrollHeight") == 900


def test_ten_characters_at_the_finest_grid_fit_without_scrolling(draw: DrawPage) -> None:
    draw.button("Characters: X, O").click()
    draw.page.get_by_role("dialog").get_by_role("button", name="0, 1, 2, 3", exact=False).click()
    draw.page.keyboard.press("Escape")
    draw.page.get_by_label("Grid", exact=True).select_option("28 × 28")
    learn(draw, 1)
    be_still(draw.page)
    assert draw.page.evaluate("document.documentElement.scrollHeight") == 900
    assert draw.column.locator("section").evaluate("each => each.scrollHeight <= each.clientHeight")
    draw.page.set_viewport_size({"width": 360, "height": 740})
    be_still(draw.page)
    assert draw.page.evaluate(OVERFLOW) == 0


def test_on_a_telephone_the_pad_and_what_is_pressed_lie_under_the_thumb(draw: DrawPage) -> None:
    draw.page.set_viewport_size({"width": 360, "height": 740})
    expect(draw.pad).to_be_in_viewport(ratio=1)
    be_still(draw.page)
    for name in ("Next to draw: X", "Train as X", "×10: train ten times as X"):
        box = draw.button(name).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 740 - 60
        assert min(box["width"], box["height"]) >= 36


def test_pictures_are_saved(draw: DrawPage, screenshots: Path) -> None:
    learn(draw)
    for width, height in ((1440, 900), (360, 740)):
        draw.page.set_viewport_size({"width": width, "height": height})
        for theme in THEMES:
            show_in(draw, theme)
            draw.page.mouse.move(0, 0)
            draw.button("Appearance").blur()
            expect(draw.page.locator(".tooltip")).to_have_count(0)
            draw.page.screenshot(path=screenshots / f"draw-{width}x{height}-{theme}.png", full_page=width < 500)
