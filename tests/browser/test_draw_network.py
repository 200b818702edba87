"""A person looks into a network of drawings: its inputs, what its units look for and what they say."""

import re
from itertools import pairwise

import numpy as np
import pytest
from playwright.sync_api import FloatRect, Page, expect

from browser.draw_page import DrawPage
from browser.rest import be_still
from browser.test_accessibility import violations
from pellucid import Experiment, link, raster

DIGITS = tuple("0123456789")


@pytest.fixture
def taught(draw: DrawPage) -> DrawPage:
    """A network that was taught one X and one O, and the O on the pad."""
    for character in "XO":
        draw.write(character)
        draw.train(10)
        if character == "X":
            draw.switch_mode()
    return draw


def value(text: str) -> float:
    return float(text.replace("−", "-"))


def test_inputs_are_the_pixels_of_the_drawing(taught: DrawPage) -> None:
    bitmap = taught.bitmap
    inputs = taught.picture("inputs")
    for (row, column), bit in np.ndenumerate(bitmap):
        dark = sum(inputs.colour((column + 0.5) / 6, (row + 0.5) / 6)) < 384
        assert dark == bool(bit)


def test_a_drawing_unfolds_into_its_bits_and_folds_again(taught: DrawPage) -> None:
    folded = inputs_of(taught)
    taught.button("Unfold the bits, one unit each").click()
    assert inputs_of(taught)["height"] > 2 * folded["height"]
    taught.button("Fold the bits").click()
    assert inputs_of(taught) == folded


def inputs_of(draw: DrawPage) -> FloatRect:
    """Where the picture of the inputs is."""
    be_still(draw.page)
    box = draw.page.get_by_test_id("inputs").bounding_box()
    assert box is not None
    return box


def test_arrow_keys_lead_from_pixel_to_pixel_and_into_the_network(taught: DrawPage) -> None:
    focused = taught.page.locator(":focus")
    taught.unit(0, 0).focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        taught.page.keyboard.press(key)
    expect(focused).to_have_attribute("aria-label", f"Pixel row 2, column 3: {taught.bitmap[1, 2]}")
    for _ in range(4):
        taught.page.keyboard.press("ArrowRight")
    expect(focused).to_have_attribute("aria-label", re.compile("^Unit \\d+ of hidden layer 1$"))
    taught.page.keyboard.press("Enter")
    expect(taught.page.get_by_label("Look inside")).to_contain_text("hidden layer 1")


def test_activations_stand_beside_their_units_and_change_with_the_drawing(taught: DrawPage) -> None:
    shown = taught.page.get_by_test_id("activation")
    expect(shown).to_have_count(12)
    before = taught.activations
    assert all(-1 <= value(text) <= 1 for text in before)
    taught.train()
    assert taught.activations != before
    taught.button("Clear").click()
    expect(shown).to_have_count(0)


def test_outputs_show_the_characters_with_their_probabilities(taught: DrawPage) -> None:
    for number, character in enumerate("XO"):
        expect(taught.unit(2, number)).to_have_attribute("aria-label", f"Output for {character}")
        expect(taught.page.get_by_test_id(f"output-{number}")).to_have_text(taught.answer[character])


def test_the_account_of_a_unit_adds_up(taught: DrawPage) -> None:
    bias, *weights = taught.parameters()[0][4]
    taught.unit(1, 4).hover()
    z = value(taught.page.get_by_test_id("unit-z").inner_text())
    a = value(taught.page.get_by_test_id("unit-a").inner_text())
    assert z == pytest.approx(bias + np.dot(weights, taught.bitmap.ravel()), abs=0.02)
    assert a == pytest.approx(np.tanh(z), abs=0.002)


def test_a_weight_is_changed_in_the_picture_that_a_unit_looks_for(taught: DrawPage) -> None:
    taught.unit(1, 0).click()
    taught.page.get_by_role("application", name="Picture that the unit looks for").focus()
    taught.page.keyboard.press("ArrowRight")
    weight = taught.page.get_by_label("Weight from pixel row 1, column 2")
    weight.fill("2.5")
    weight.press("Enter")
    expect(weight).to_have_value("+2.500")
    assert taught.parameters()[0][0][2] == 2.5


def test_there_is_nothing_to_train_on_without_a_drawing(draw: DrawPage) -> None:
    for name in ("Play", "Step", "Ten updates", "Epoch"):
        expect(draw.button(name)).to_have_attribute("aria-disabled", "true")
    expect(draw.button("Play")).to_have_accessible_description("Draw and train or label something first.")
    expect(draw.number("train-loss")).to_have_text("–")
    draw.write("X")
    draw.train()
    expect(draw.button("Play")).to_have_attribute("aria-disabled", "false")
    expect(draw.number("train-loss")).to_have_text(re.compile(r"^0\.\d{3}$"))


def test_outputs_are_softmax_or_a_sigmoid_each(taught: DrawPage) -> None:
    taught.page.locator("#network").get_by_role("button", name=re.compile("^Training")).click()
    outputs = taught.page.get_by_label("Outputs", exact=True)
    expect(outputs).to_have_value("softmax")
    outputs.select_option("sigmoids")
    expect(taught.page.locator("#network")).to_contain_text("sigmoid")
    expect(outputs).to_have_value("sigmoids")
    taught.page.get_by_role("button", name="Undo", exact=True).first.click()
    expect(outputs).to_have_value("softmax")


class TestTenDigitsAt28:
    @pytest.fixture
    def digits(self, page: Page, address: str, complaints: list[str]) -> DrawPage:
        texts = [raster.text_of(raster.by_hand(digit, seed)) for seed in range(2) for digit in DIGITS]
        labels = [number % 10 for number in range(20)]
        experiment = Experiment.for_drawings(texts, labels, DIGITS)
        large = experiment.replace("data.grid", 28).replace("network.hidden.0.units", 128)
        draw = DrawPage.opened(page, address, link.encode(large))
        draw.write("3")
        return draw

    def test_wide_layers_fold_and_every_class_is_in_view(self, digits: DrawPage) -> None:
        folded = digits.page.get_by_role("button", name=re.compile(r"^Show \d+ more units$"))
        expect(folded).to_have_count(1)
        tops = [digits.unit(2, number).bounding_box() for number in range(10)]
        heights = [box["y"] for box in tops if box is not None]
        assert len(heights) == 10
        assert all(later > earlier for earlier, later in pairwise(heights))

    def test_784_bits_unfold_without_784_elements(self, digits: DrawPage) -> None:
        digits.button("Unfold the bits, one unit each").click()
        expect(digits.page.locator('[data-unit^="0,"]')).to_have_count(1)
        box = inputs_of(digits)
        digits.page.mouse.move(box["x"] + 4.5, box["y"] + 4.5)
        expect(digits.page.locator("#network")).to_contain_text("Pixel row 1, column 1: 0")

    def test_the_table_shows_some_hundred_rows_at_once(self, digits: DrawPage) -> None:
        digits.button("Network as a table").click()
        sheet = digits.page.get_by_role("dialog", name="Network as a table")
        expect(sheet.locator("tbody tr")).to_have_count(200)
        sheet.get_by_role("button", name="Show 200 more of 784").click()
        expect(sheet.locator("tbody tr")).to_have_count(400)

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_it_is_for_everybody(self, digits: DrawPage, theme: str) -> None:
        digits.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        digits.button("Unfold the bits, one unit each").click()
        digits.unit(1, 0).click()
        network = [line for line in violations(digits.page) if "tray" not in line]
        assert network == []
