"""A person presses Play and watches the network learn."""

import re
from collections.abc import Callable

from playwright.sync_api import Browser, expect

from browser.shapes_page import ShapesPage

ORANGE, BLUE = (0xE0, 0x7A, 0x2F), (0x2F, 0x6F, 0xB4)


def test_playing_makes_the_loss_fall_and_the_accuracy_rise(shapes: ShapesPage) -> None:
    loss, accuracy = shapes.value("train-loss"), shapes.value("train-accuracy")
    shapes.train_until_epoch(150)
    assert shapes.value("train-loss") < loss / 5
    assert shapes.value("train-accuracy") > max(accuracy, 95)
    assert shapes.value("test-accuracy") > 93


def test_every_picture_changes_while_it_trains(shapes: ShapesPage) -> None:
    def pictures() -> list[bytes]:
        canvases = (shapes.picture("surface"), shapes.picture("edges"), shapes.tile(1, 0))
        return [canvas.pixels.tobytes() for canvas in canvases]

    before = pictures()
    shapes.train_until_epoch(20)
    assert all(old != new for old, new in zip(before, pictures(), strict=True))


def test_colours_of_the_surface_agree_with_the_classes_of_the_points(shapes: ShapesPage) -> None:
    shapes.train_until_epoch(150)
    surface, points = shapes.picture("surface"), shapes.picture("points")
    for colour, low, high in ((ORANGE, 2, 0), (BLUE, 0, 2)):
        places = points.places_of(colour)
        assert len(places) > 1000
        right = [place for place in places if surface.colour(*place)[high] > surface.colour(*place)[low]]
        assert len(right) > 0.95 * len(places)


def test_reading_the_plane_agrees_with_its_colours(shapes: ShapesPage) -> None:
    shapes.train_until_epoch(150)
    seen = set()
    for across in (0.1, 0.5, 0.9):
        for down in (0.1, 0.5, 0.9):
            shares = re.findall(r"class (\d): ([\d.]+)", shapes.point_at(across, down))
            likeliest = max(shares, key=lambda share: float(share[1]))[0]
            red, _, blue = shapes.picture("surface").colour(across, down)
            assert likeliest == ("1" if blue > red else "0")
            seen.add(likeliest)
    assert seen == {"0", "1"}


def test_a_hard_decision_has_two_colours_only(shapes: ShapesPage) -> None:
    shapes.train_until_epoch(30)
    shapes.page.get_by_text("Decision").click()
    expect(shapes.page.get_by_role("radio", name="Decision")).to_be_checked()
    assert shapes.picture("surface").colours() == 2


def test_points_of_training_and_test_can_be_hidden(shapes: ShapesPage) -> None:
    everything = len(shapes.picture("points").places_of(BLUE))
    shapes.page.get_by_role("checkbox", name="Test points").click()
    without_test = len(shapes.picture("points").places_of(BLUE))
    shapes.page.get_by_role("checkbox", name="Training points").click()
    assert everything > without_test > 0
    assert shapes.picture("points").places_of(BLUE) == []


def test_one_update_ten_updates_and_one_epoch_are_counted(shapes: ShapesPage) -> None:
    shapes.button("Step").click()
    expect(shapes.number("updates")).to_have_text("1")
    shapes.button("Ten updates").click()
    expect(shapes.number("updates")).to_have_text("11")
    expect(shapes.number("epoch")).to_have_text("0")
    shapes.button("Epoch").click()
    expect(shapes.number("epoch")).to_have_text("1")
    expect(shapes.number("updates")).to_have_text("15")


def test_reset_is_the_same_start_again_and_new_weights_are_others(shapes: ShapesPage) -> None:
    start = shapes.parameters()
    shapes.button("Epoch").click()
    expect(shapes.number("epoch")).to_have_text("1")
    trained = shapes.parameters()
    shapes.button("Reset").click()
    expect(shapes.number("epoch")).to_have_text("0")
    assert trained != start
    assert shapes.parameters() == start
    shapes.button("New weights").click()
    assert shapes.parameters() != start


def test_the_loss_curve_is_read_off_where_it_is_pointed_at(shapes: ShapesPage) -> None:
    shapes.train_until_epoch(30)
    shapes.page.get_by_role("slider", name="Loss curve over").hover()
    expect(shapes.page.get_by_text(re.compile(r"^epoch \d+ · training 0\.\d+ · test 0\.\d+$"))).to_be_visible()


def test_training_starts_by_itself_when_the_page_is_opened(browser: Browser, address: str) -> None:
    page = browser.new_page(reduced_motion="no-preference")
    page.goto(address)
    expect(page.get_by_test_id("updates")).to_have_text(re.compile("[1-9]"))
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    page.reload()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.close()


def test_frames_per_second_are_reported(shapes: ShapesPage, record_property: Callable[[str, object], None]) -> None:
    shapes.button("Play").click()
    frames = shapes.page.evaluate(
        """() => new Promise(done => {
            let frames = 0
            const start = performance.now()
            const count = () => {
                frames += 1
                const passed = performance.now() - start
                passed < 2000 ? requestAnimationFrame(count) : done(1000 * frames / passed)
            }
            requestAnimationFrame(count)
        })"""
    )
    record_property("frames_per_second", round(frames, 1))
    print(f"{frames:.1f} frames per second while training")
    assert frames > 0
