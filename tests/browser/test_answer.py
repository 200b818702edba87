"""A person reads the answer: the surface, the line between the classes, the points, probabilities, numbers."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from browser.rest import be_still
from browser.shapes_page import Colour, Picture, ShapesPage

THREE_SPIRALS = "#v=1&data=spiral&classes=3&hidden=8,8&end"
BUMPS = "#v=1&data=bumps&hidden=8,8&end"


def probabilities(text: str) -> dict[str, float]:
    """Read "class 0: 12.3 %" and so on from the readout."""
    return {name: float(share) for name, share in re.findall(r"(class \d+): ([\d.]+) %", text)}


def colour_of_class(page: Page, label: int) -> Colour:
    """The colour of a class's points."""
    name = f"--class-{label}"
    text = page.evaluate("name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()", name)
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def line_places(shapes: ShapesPage) -> list[tuple[float, float]]:
    """Where the line between the classes is drawn, in shares of the square."""
    pixels = shapes.picture("boundary").pixels
    rows, columns = np.nonzero(pixels[..., 3] > 200)
    height, width, _ = pixels.shape
    return [((x + 0.5) / width, (y + 0.5) / height) for y, x in zip(rows, columns, strict=True)]


def test_the_line_lies_where_the_probability_is_one_half(shapes: ShapesPage) -> None:
    shapes.train_until_epoch(60)
    places = line_places(shapes)
    assert len(places) > 200
    for place in places[:: len(places) // 12]:
        shares = probabilities(shapes.point_at(*place))
        assert sum(shares.values()) == pytest.approx(100, abs=0.11)
        assert shares["class 1"] == pytest.approx(50, abs=12)


def test_on_both_sides_of_the_line_another_class_is_said(shapes: ShapesPage) -> None:
    # Soon after the 60th epoch the line still runs so near to the edge that there is nothing beyond it.
    shapes.train_until_epoch(100)
    row = [place for place in line_places(shapes) if abs(place[1] - 0.2) < 0.01]
    assert row
    line = float(np.mean([across for across, _ in row]))
    left = probabilities(shapes.point_at(line - 0.08, 0.2))
    right = probabilities(shapes.point_at(line + 0.08, 0.2))
    assert (left["class 1"] < 50) != (right["class 1"] < 50)


def test_the_lines_between_three_classes_lie_where_the_two_best_are_equal(
    page: Page, address: str, complaints: list[str]
) -> None:
    shapes = ShapesPage.opened(page, address, THREE_SPIRALS)
    shapes.train_until_epoch(100)
    places = line_places(shapes)
    assert len(places) > 300
    for place in places[:: len(places) // 12]:
        shares = sorted(probabilities(shapes.point_at(*place)).values())
        assert len(shares) == 3
        assert shares[2] - shares[1] < 20


def test_the_colour_of_a_place_is_the_blend_of_what_is_said_there(
    page: Page, address: str, complaints: list[str]
) -> None:
    shapes = ShapesPage.opened(page, address, THREE_SPIRALS)
    shapes.train_until_epoch(100)
    palette = [colour_of_class(page, label) for label in range(3)]
    surface = shapes.picture("surface")
    sure: dict[str, tuple[float, Colour]] = {}
    for across, down in [(x / 20 + 0.025, y / 20 + 0.025) for x in range(20) for y in range(20)][::7]:
        shares = probabilities(shapes.point_at(across, down))
        best = max(shares, key=lambda name: shares[name])
        if shares[best] > sure.get(best, (0.0, (0, 0, 0)))[0]:
            sure[best] = (shares[best], surface.colour(across, down))
    assert len(sure) == 3
    for name, (share, colour) in sure.items():
        # Pictures are a little paler than points, and the other classes have their part.
        assert np.abs(np.subtract(palette[int(name[-1])], colour)).max() < 2.55 * (100 - share) + 60


def test_hard_shows_the_decision_alone(shapes: ShapesPage) -> None:
    shapes.train_until_epoch(60)
    assert shapes.picture("surface").colours() > 50
    shapes.page.get_by_text("Decision", exact=True).click()
    assert shapes.picture("surface").colours() == 2


def test_the_surface_has_the_resolution_of_the_screen(shapes: ShapesPage) -> None:
    box = shapes.plane().bounding_box()
    assert box is not None
    assert shapes.picture("surface").pixels.shape[0] == pytest.approx(box["width"], abs=1)


def test_training_and_test_points_can_be_shown_apart(shapes: ShapesPage) -> None:
    def marks() -> int:
        return int(np.count_nonzero(shapes.picture("points").pixels[..., 3]))

    both = marks()
    shapes.page.get_by_role("checkbox", name="Test points").click()
    training = marks()
    shapes.page.get_by_role("checkbox", name="Test points").click()
    shapes.page.get_by_role("checkbox", name="Training points").click()
    test = marks()
    assert 0 < training < both
    assert 0 < test < both
    assert training != test


def test_a_point_tells_its_label_beside_the_probabilities(shapes: ShapesPage) -> None:
    places = shapes.picture("points").places_of(colour_of_class(shapes.page, 1))
    assert places
    assert "labelled class 1" in shapes.point_at(*places[len(places) // 2])


def test_a_regression_is_read_in_numbers_that_the_bar_explains(page: Page, address: str, complaints: list[str]) -> None:
    shapes = ShapesPage.opened(page, address, BUMPS)
    shapes.train_until_epoch(100)
    bar = page.get_by_role("img", name=re.compile("^Colours from"))
    low, middle, high = (
        float(text.replace("−", "-")) for text in re.findall(r"−?[\d.]+", bar.get_attribute("aria-label") or "")
    )
    assert low < middle < high
    colours = shapes.picture("colour-bar")
    surface = shapes.picture("surface")
    for place in [(0.1, 0.7), (0.9, 0.15), (0.5, 0.3), (0.55, 0.72)]:
        [text, *_] = re.findall(r"^−?[\d.]+$", shapes.point_at(*place), re.MULTILINE)
        value = float(text.replace("−", "-"))
        share = min(0.999, max(0.0, (value - low) / (high - low)))
        difference = np.subtract(colours.colour(share, 0.5), surface.colour(*place))
        assert np.abs(difference).max() < 12
    expect(page.get_by_text("misread")).to_have_count(0)
    assert not line_places(shapes)


def test_every_feature_has_its_map_in_the_colours_in_force(shapes: ShapesPage) -> None:
    chips = shapes.page.get_by_role("group", name="What the network sees").get_by_role("checkbox")
    expect(chips).to_have_count(7)
    be_still(shapes.page)
    maps = [Picture.of(chips.nth(k).locator("canvas")) for k in range(7)]
    # x 1 runs from left to right, x 2 from bottom to top, x 1 squared is the same on both sides.
    assert maps[0].colour(0.05, 0.5) == maps[0].colour(0.05, 0.9) != maps[0].colour(0.95, 0.5)
    assert maps[1].colour(0.5, 0.05) == maps[1].colour(0.9, 0.05) != maps[1].colour(0.5, 0.95)
    assert maps[2].colour(0.05, 0.5) == maps[2].colour(0.95, 0.5)
    assert len({picture.pixels.tobytes() for picture in maps}) == 7
    first = shapes.tile(0, 0)
    assert np.abs(np.subtract(first.colour(0.1, 0.5), maps[0].colour(0.1, 0.5))).max() < 6


def test_with_squared_error_the_outputs_are_read_as_they_are(page: Page, address: str, complaints: list[str]) -> None:
    shapes = ShapesPage.opened(page, address, "#v=1&loss=squared_error&output_activation=tanh&end")
    shapes.train_until_epoch(30)
    assert re.search(r"output −?\d\.\d{3}", shapes.point_at(0.3, 0.3))
    assert len(line_places(shapes)) > 100
