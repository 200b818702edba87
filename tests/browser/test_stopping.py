"""A person says when training is to stop by itself, reads why it did, and reads the curve off at any moment."""

import re

from playwright.sync_api import Browser, Locator, Page, expect

from browser.draw_page import DrawPage
from browser.rest import be_still
from browser.shapes_page import ShapesPage

EPOCH = 15
"""Updates in an epoch of the default experiment."""


def ask(shapes: ShapesPage, condition: str, value: str) -> None:
    """Set a stop condition."""
    page = shapes.page
    page.get_by_role("button", name="Stop…").click()
    sheet = page.get_by_role("dialog", name="Stop by itself")
    sheet.get_by_role("checkbox", name=condition).check()
    field = sheet.get_by_role("textbox", name=condition)
    field.fill(value)
    field.press("Enter")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def choose_speed(shapes: ShapesPage, speed: str) -> None:
    shapes.page.get_by_label("Speed").select_option(speed)


def diagnosis(page: Page) -> Locator:
    return page.get_by_test_id("diagnosis").get_by_role("status")


def play_until_it_stops(shapes: ShapesPage) -> None:
    expect(diagnosis(shapes.page)).not_to_contain_text("Stopped at epoch")
    shapes.button("Play").click()
    expect(diagnosis(shapes.page)).to_contain_text("Stopped at epoch")
    expect(shapes.button("Play")).to_be_visible()


def test_it_stops_after_exactly_so_many_epochs_at_full_speed(shapes: ShapesPage) -> None:
    ask(shapes, "After", "137")
    choose_speed(shapes, "fastest")
    play_until_it_stops(shapes)
    assert (shapes.value("epoch"), shapes.value("updates")) == (137, 137 * EPOCH)
    expect(diagnosis(shapes.page)).to_contain_text("Stopped at epoch 137: 137 epochs are over.")


def test_it_stops_at_the_same_update_at_every_speed(shapes: ShapesPage) -> None:
    ask(shapes, "Accuracy from", "95")
    ends = []
    for speed in ("normal", "fast", "fastest"):
        choose_speed(shapes, speed)
        play_until_it_stops(shapes)
        ends.append(shapes.value("updates"))
        assert shapes.value("test-accuracy") >= 95
        shapes.button("Reset").click()
        expect(shapes.number("updates")).to_have_text("0")
    assert len(set(ends)) == 1
    assert ends[0] % EPOCH == 0


def test_the_sentence_names_the_loss_that_was_reached(shapes: ShapesPage) -> None:
    ask(shapes, "Loss below", "0.2")
    play_until_it_stops(shapes)
    said = re.search(r"the test loss, (0\.\d+), is below 0\.2\.", diagnosis(shapes.page).inner_text())
    assert said is not None
    assert abs(float(said[1]) - shapes.value("test-loss")) <= 0.0005
    assert shapes.value("test-loss") < 0.2


def test_no_improvement_of_the_test_loss_stops_it(page: Page, address: str, complaints: list[str]) -> None:
    shapes = ShapesPage.opened(page, address, "#v=1&samples=40&noise=0.6&learning_rate=1&end")
    ask(shapes, "No better for", "30")
    play_until_it_stops(shapes)
    said = re.search(r"epoch (\d+): the test loss .* since epoch (\d+)\.", diagnosis(page).inner_text())
    assert said is not None
    assert int(said[1]) - int(said[2]) == 30


def test_play_goes_on_beyond_a_condition_that_was_met(shapes: ShapesPage) -> None:
    ask(shapes, "After", "5")
    play_until_it_stops(shapes)
    shapes.button("Play").click()
    shapes.wait_for_epoch(20)
    expect(diagnosis(shapes.page)).not_to_contain_text("Stopped")


def test_conditions_are_kept_in_the_browser_and_not_in_the_link(shapes: ShapesPage, elsewhere: Page) -> None:
    ask(shapes, "After", "5")
    ask(shapes, "Loss below", "0.01")
    opener = shapes.page.get_by_role("button", name="Stop…, 2 conditions set")
    expect(opener).to_be_visible()
    # What comes last into the address tells that everything is in it that will be.
    shapes.button("More units in hidden layer 1").click()
    shapes.page.wait_for_url("**/#*hidden=5,3*")
    link = shapes.page.url
    shapes.page.reload()
    expect(opener).to_be_visible()
    elsewhere.goto(link)
    expect(elsewhere.get_by_role("button", name="Stop…", exact=True)).to_be_visible()


def test_a_limit_that_makes_no_sense_is_refused_in_a_sentence(shapes: ShapesPage) -> None:
    page = shapes.page
    page.get_by_role("button", name="Stop…").click()
    sheet = page.get_by_role("dialog", name="Stop by itself")
    field = sheet.get_by_role("textbox", name="Accuracy from")
    field.fill("101")
    field.press("Enter")
    expect(sheet.get_by_role("alert")).to_have_text("Accuracy from: a number from 0 % to 100 %.")
    expect(sheet.get_by_role("checkbox", name="Accuracy from")).not_to_be_checked()


def test_the_curve_is_read_off_by_keyboard(shapes: ShapesPage) -> None:
    start = shapes.value("train-loss")
    shapes.train_until_epoch(30)
    curve = shapes.page.get_by_role("slider", name="Loss curve over")
    curve.focus()
    curve.press("Home")
    expect(curve).to_have_attribute("aria-valuenow", "0")
    be_still(shapes.page)
    said = re.fullmatch(r"epoch 0\.0: training ([\d.]+), test ([\d.]+)", curve.get_attribute("aria-valuetext") or "")
    assert said is not None
    assert abs(float(said[1]) - start) <= 0.0005
    be_still(shapes.page)
    tip = curve.get_attribute("aria-valuemax") or ""
    curve.press("End")
    expect(curve).to_have_attribute("aria-valuenow", tip)
    curve.press("ArrowLeft")
    expect(curve).not_to_have_attribute("aria-valuenow", tip)
    curve.press("Escape")
    expect(curve).to_have_attribute("aria-valuenow", tip)


def test_the_accuracy_has_a_curve_too(shapes: ShapesPage) -> None:
    shapes.train_until_epoch(60)
    shapes.page.get_by_role("radiogroup", name="Curve", exact=True).get_by_text("accuracy").click()
    curve = shapes.page.get_by_role("slider", name="Accuracy curve")
    curve.focus()
    curve.press("End")
    be_still(shapes.page)
    accuracy = shapes.number("train-accuracy").inner_text()
    expect(curve).to_have_attribute("aria-valuetext", re.compile(f"training {re.escape(accuracy)}"))
    expect(shapes.page.get_by_role("radiogroup", name="Axis of the loss")).to_be_hidden()
    shapes.page.reload()
    expect(curve).to_be_visible()


def test_a_regression_has_no_curve_of_accuracy(page: Page, address: str, complaints: list[str]) -> None:
    shapes = ShapesPage.opened(page, address, "#v=1&data=plane&end")
    expect(shapes.page.get_by_role("slider", name="Loss curve")).to_be_visible()
    expect(shapes.page.get_by_role("radiogroup", name="Curve", exact=True)).to_be_hidden()


def test_a_finger_leaves_the_moment_that_it_has_tapped(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, reduced_motion="reduce")
    shapes = ShapesPage.opened(context.new_page(), address)
    shapes.train_until_epoch(20)
    shapes.page.get_by_role("slider", name="Loss curve over").tap()
    expect(shapes.page.get_by_text(re.compile(r"^at update \d+ of \d+"))).to_be_visible()
    context.close()


def test_it_stops_in_draw_too(draw: DrawPage) -> None:
    draw.write("X")
    draw.train()
    draw.page.get_by_role("button", name="Stop…").click()
    draw.page.get_by_role("checkbox", name="After").check()
    draw.page.get_by_role("textbox", name="After").fill("12")
    draw.page.keyboard.press("Enter")
    draw.page.keyboard.press("Escape")
    draw.button("Play").click()
    expect(diagnosis(draw.page)).to_contain_text("Stopped at epoch 12: 12 epochs are over.")
    expect(draw.page.get_by_test_id("epoch")).to_have_text("12")
