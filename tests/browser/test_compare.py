"""Two runs side by side: A is pinned, B is what is changed, and both go in step on the same data."""

import re

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Locator, expect

from browser.rest import be_still
from browser.shapes_page import ShapesPage
from pellucid import Experiment, Run


@pytest.fixture
def compared(shapes: ShapesPage) -> ShapesPage:
    shapes.button("Compare").click()
    expect(shapes.number("A-updates")).to_have_text("0")
    return shapes


def panel(shapes: ShapesPage) -> Locator:
    return shapes.page.locator("#answer")


def set_rate(shapes: ShapesPage, rate: str) -> None:
    field = shapes.page.get_by_role("textbox", name="Learning rate")
    field.fill(rate)
    field.press("Enter")


def both(shapes: ShapesPage, name: str) -> tuple[float, float]:
    return shapes.value(f"A-{name}"), shapes.value(f"B-{name}")


def expect_updates(shapes: ShapesPage, a: int, b: int) -> None:
    expect(shapes.number("A-updates")).to_have_text(str(a))
    expect(shapes.number("B-updates")).to_have_text(str(b))


def surface(shapes: ShapesPage, side: str) -> NDArray[np.int_]:
    """The colours of a picture in some places: each is as fine as the time that there was for it allows."""
    picture = shapes.picture(f"surface-{side}")
    return np.array([picture.colour(across / 10, down / 10) for across in range(1, 10) for down in range(1, 10)])


def test_nothing_differs_at_first_and_that_is_said(compared: ShapesPage) -> None:
    expect(panel(compared)).to_contain_text("Both have the same settings.")
    one, other = surface(compared, "A"), surface(compared, "B")
    assert np.ptp(one, axis=0).max() > 20
    assert np.abs(one - other).max() <= 8


def test_both_take_the_same_steps_and_the_numbers_are_the_engines(compared: ShapesPage) -> None:
    set_rate(compared, "0.3")
    expect(panel(compared)).to_contain_text("From A to B: learning rate 0.1 → 0.3")
    for epoch in range(1, 4):
        compared.button("Epoch").click()
        expect_updates(compared, 15 * epoch, 15 * epoch)
    runs = [Run(Experiment(training={"learning_rate": rate})) for rate in (0.1, 0.3)]
    for run in runs:
        run.epoch(3)
    assert both(compared, "train-loss") == tuple(round(run.loss, 3) for run in runs)
    assert both(compared, "test-loss") == tuple(round(run.test_loss or 0, 3) for run in runs)
    compared.button("Step").click()
    expect_updates(compared, 46, 46)
    compared.button("Ten updates").click()
    expect_updates(compared, 56, 56)
    compared.button("Reset").click()
    expect_updates(compared, 0, 0)


def test_play_and_pause_drive_both_and_both_surfaces_change(compared: ShapesPage) -> None:
    compared.button("More units in hidden layer 1").click()
    expect(panel(compared)).to_contain_text("hidden 4, 3 → 5, 3")
    before = [surface(compared, name) for name in "AB"]
    compared.train_until_epoch(40)
    assert len(set(both(compared, "epoch"))) == 1
    after = [surface(compared, name) for name in "AB"]
    for old, new in zip(before, after, strict=True):
        assert (old != new).any()
    assert (after[0] != after[1]).any()
    assert compared.picture("both-losses").colours() > 20


def test_other_data_are_named_with_the_word_that_they_are_not_the_same(compared: ShapesPage) -> None:
    compared.button("New data").click()
    expect(panel(compared)).to_contain_text("The data are not the same")
    expect(panel(compared)).to_contain_text("seed of the data 0 → 1")


def test_batches_of_other_sizes_go_through_the_data_as_often(compared: ShapesPage) -> None:
    compared.page.get_by_role("button", name=re.compile("^Training ")).click()
    compared.page.get_by_role("slider", name="Batch size").press("End")
    expect(panel(compared)).to_contain_text("batch 10 → all")
    compared.button("Epoch").click()
    compared.button("Epoch").click()
    expect_updates(compared, 30, 2)


def test_a_change_under_way_is_owned_up_to_and_both_can_start_again(compared: ShapesPage) -> None:
    compared.button("Epoch").click()
    expect_updates(compared, 15, 15)
    set_rate(compared, "1")
    expect(panel(compared)).to_contain_text("B was changed at epoch 1")
    compared.button("Start both again").click()
    expect_updates(compared, 0, 0)
    expect(panel(compared)).not_to_contain_text("B was changed")


def test_swap_keep_and_end(compared: ShapesPage) -> None:
    set_rate(compared, "0.3")
    compared.button("Epoch").click()
    expect_updates(compared, 15, 15)
    a, b = both(compared, "train-loss")
    assert a != b
    compared.button("Swap").click()
    expect(panel(compared)).to_contain_text("learning rate 0.3 → 0.1")
    expect(compared.number("B-train-loss")).to_have_text(f"{a:.3f}")
    expect(compared.number("A-train-loss")).to_have_text(f"{b:.3f}")
    compared.button("Keep A").click()
    expect(panel(compared)).to_contain_text("Both have the same settings.")
    expect(compared.number("B-train-loss")).to_have_text(f"{b:.3f}")
    set_rate(compared, "1")
    compared.button("Keep B").click()
    expect(panel(compared)).to_contain_text("Both have the same settings.")
    compared.button("End comparing").click()
    expect(panel(compared)).to_contain_text("What the network says")
    expect(compared.page.get_by_role("textbox", name="Learning rate")).to_have_value("1")


def test_undo_takes_keeping_a_back_with_the_trained_network(compared: ShapesPage) -> None:
    compared.button("Remove hidden layer 2").click()
    compared.button("Epoch").click()
    expect_updates(compared, 15, 15)
    trained = compared.number("B-train-loss").inner_text()
    compared.button("Keep A").click()
    expect(compared.unit(2, 2)).to_be_visible()
    compared.button("Undo").first.click()
    expect(panel(compared)).to_contain_text("hidden 4, 3 → 4")
    expect(compared.number("B-train-loss")).to_have_text(trained)


def test_what_is_pinned_is_kept_over_reload(compared: ShapesPage) -> None:
    set_rate(compared, "3")
    # At once: nothing has time to wait for.
    compared.page.reload()
    expect(panel(compared)).to_contain_text("learning rate 0.1 → 3")
    compared.button("Epoch").click()
    expect_updates(compared, 15, 15)


def test_pointing_at_one_reads_both(compared: ShapesPage) -> None:
    compared.train_until_epoch(20)
    compared.number("surface-A").hover(position={"x": 60, "y": 20}, force=True)
    expect(panel(compared).get_by_text(re.compile(r"^\s*class 0: 9\d\.\d %"))).to_have_count(2)


def test_all_of_it_is_in_view_at_once(compared: ShapesPage) -> None:
    set_rate(compared, "0.3")
    compared.button("Epoch").click()
    expect_updates(compared, 15, 15)
    section = panel(compared).locator("section").first
    be_still(compared.page)
    assert section.evaluate("element => element.scrollHeight - element.clientHeight") <= 1
    compared.page.set_viewport_size({"width": 360, "height": 740})
    be_still(compared.page)
    assert compared.page.evaluate("document.documentElement.scrollWidth") == 360
    left, right = (compared.number(f"surface-{name}").bounding_box() for name in "AB")
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]
    assert right["x"] > left["x"] + left["width"]
