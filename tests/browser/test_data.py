"""A person chooses what the network learns from."""

import re

import pytest
from playwright.sync_api import expect

from browser.shapes_page import Picture, ShapesPage

KINDS = ["Blobs", "Circles", "Moons", "XOR", "Spiral", "Plane", "Bumps"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_data_has_its_picture_and_can_be_learnt(shapes: ShapesPage, kind: str) -> None:
    radio = shapes.page.get_by_role("radio", name=f"{kind}:")
    thumbnail = shapes.page.locator("label").filter(has=radio)
    assert Picture.of(thumbnail.locator("canvas")).colours() > 10
    thumbnail.click()
    expect(radio).to_be_checked()
    start = shapes.value("train-loss")
    shapes.train_until_epoch(40)
    assert shapes.value("train-loss") < start


def test_regression_has_a_scale_instead_of_classes(shapes: ShapesPage) -> None:
    shapes.page.locator("label").filter(has=shapes.page.get_by_role("radio", name="Plane:")).click()
    answer = shapes.page.locator("#answer")
    expect(answer).to_contain_text("The number that the network gives")
    expect(answer).not_to_contain_text("class 0")
    expect(shapes.number("train-accuracy")).to_have_count(0)


def test_five_classes_give_five_outputs(shapes: ShapesPage) -> None:
    shapes.page.locator("label").filter(has=shapes.page.get_by_role("radio", name="Blobs:")).click()
    shapes.page.get_by_role("radiogroup", name="Number of classes").get_by_text("5").click()
    expect(shapes.unit(3, 4)).to_be_visible()
    expect(shapes.page.locator("#answer")).to_contain_text(re.compile(r"class\s*0\s*1\s*2\s*3\s*4"))
    shapes.train_until_epoch(60)
    assert shapes.value("train-accuracy") > 90


def test_features_are_what_the_network_sees(shapes: ShapesPage) -> None:
    features = shapes.page.get_by_role("group", name="What the network sees")
    features.get_by_role("checkbox", name="x 1 times x 2").click()
    expect(shapes.page.locator("[data-unit^='0,']")).to_have_count(3)
    for name in ("x 1 times x 2", "x 2"):
        features.get_by_role("checkbox", name=name, exact=True).click()
    features.get_by_role("checkbox", name="x 1", exact=True).click()
    expect(shapes.page.get_by_text("needs to see at least one")).to_be_visible()
    expect(features.get_by_role("checkbox", name="x 1", exact=True)).to_be_checked()


def test_points_noise_and_held_out_share_change_the_picture(shapes: ShapesPage) -> None:
    for name, value in (("Points", "500"), ("Noise", "0.35"), ("Held out for test", "20")):
        before = shapes.picture("points").pixels.tobytes()
        field = shapes.page.get_by_label(f"{name}, exactly")
        field.fill(value)
        field.press("Enter")
        assert shapes.picture("points").pixels.tobytes() != before


def test_new_data_are_other_points_that_keep_what_was_learnt(shapes: ShapesPage) -> None:
    shapes.train_until_epoch(60)
    before = shapes.picture("points").pixels.tobytes()
    epoch = shapes.value("epoch")
    shapes.button("New data").click()
    expect(shapes.page.get_by_label("Seed of the data")).to_have_value("1")
    assert shapes.picture("points").pixels.tobytes() != before
    assert shapes.value("epoch") == epoch
