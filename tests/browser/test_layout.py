"""The page fits, from a telephone to a projector; its pictures are saved to be looked at."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.rest import be_still
from browser.shapes_page import ShapesPage

SIZES = [(320, 640), (360, 740), (390, 844), (768, 1024), (1024, 768), (1280, 720), (1440, 900), (2560, 1440)]

OVERFLOW = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""
SCROLLED = "() => scrollY > 0 || document.documentElement.scrollHeight <= innerHeight"


def resize(shapes: ShapesPage, width: int, height: int) -> None:
    """Give the window another size, and wait until the page has followed."""
    shapes.page.set_viewport_size({"width": width, "height": height})
    be_still(shapes.page)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_there_is_no_horizontal_scroll(shapes: ShapesPage, width: int, height: int) -> None:
    resize(shapes, width, height)
    assert shapes.page.evaluate(OVERFLOW) == 0
    shapes.page.get_by_role("button", name="Training", exact=False).first.click()
    expect(shapes.page.get_by_label("Optimiser")).to_be_visible()
    be_still(shapes.page)
    assert shapes.page.evaluate(OVERFLOW) == 0


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_play_is_always_in_view(shapes: ShapesPage, width: int, height: int) -> None:
    resize(shapes, width, height)
    play = shapes.button("Play")
    expect(play).to_be_in_viewport(ratio=1)
    shapes.page.mouse.wheel(0, 500)
    shapes.page.wait_for_function(SCROLLED)
    expect(play).to_be_in_viewport(ratio=1)


def test_on_a_telephone_the_controls_lie_under_the_thumb(shapes: ShapesPage) -> None:
    resize(shapes, 360, 740)
    for name in ("Reset", "New weights", "Play", "Step", "Ten updates", "Epoch"):
        box = shapes.button(name).bounding_box()
        assert box is not None
        assert box["y"] > 740 - 80
        assert min(box["width"], box["height"]) >= 36


def test_on_a_telephone_the_columns_are_one_touch_away(shapes: ShapesPage) -> None:
    resize(shapes, 360, 740)
    shapes.page.get_by_role("navigation").get_by_text("Answer").click()
    expect(shapes.plane()).to_be_in_viewport(ratio=0.9)


def test_text_twice_as_large_still_fits(shapes: ShapesPage) -> None:
    browser = shapes.page.context.new_cdp_session(shapes.page)
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    for width in (1440, 720, 640):
        resize(shapes, width, 800)
        assert shapes.page.evaluate(OVERFLOW) == 0


def test_on_a_large_screen_all_is_in_view_at_once(shapes: ShapesPage) -> None:
    assert shapes.page.evaluate("document.documentElement.scrollHeight") == 900


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (360, 740)])
def test_pictures_are_saved(shapes: ShapesPage, screenshots: Path, theme: str, width: int, height: int) -> None:
    shapes.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    resize(shapes, width, height)
    shapes.train_until_epoch(150)
    shapes.page.mouse.move(0, 0)
    be_still(shapes.page)
    shapes.page.screenshot(path=screenshots / f"shapes-{width}x{height}-{theme}.png", full_page=width < 500)
