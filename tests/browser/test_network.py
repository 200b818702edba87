"""A person changes the network in place and looks inside of it."""

import re

from playwright.sync_api import expect

from browser.rest import be_still
from browser.shapes_page import ShapesPage


def test_the_default_network_is_named(shapes: ShapesPage) -> None:
    expect(shapes.header).to_contain_text("31 parameters · tanh")
    expect(shapes.page.locator("[data-unit]")).to_have_count(2 + 4 + 3 + 1)


def test_units_and_layers_are_changed_in_place(shapes: ShapesPage) -> None:
    header = shapes.header
    shapes.button("More units in hidden layer 1").click()
    expect(header).to_contain_text("37 parameters")
    expect(shapes.unit(1, 4)).to_be_visible()
    shapes.button("Add a layer after hidden layer 2").click()
    expect(header).to_contain_text("49 parameters")
    expect(shapes.unit(3, 2)).to_be_visible()
    shapes.button("Remove hidden layer 1").click()
    expect(header).to_contain_text("25 parameters")
    shapes.button("Fewer units in hidden layer 2").click()
    expect(header).to_contain_text("20 parameters")


def test_without_hidden_layers_it_is_one_straight_line(shapes: ShapesPage) -> None:
    shapes.button("Remove hidden layer 2").click()
    shapes.button("Remove hidden layer 1").click()
    expect(shapes.header).to_contain_text("3 parameters")
    shapes.train_until_epoch(20)
    assert shapes.value("train-accuracy") < 97


def test_a_new_network_starts_again_and_says_so(shapes: ShapesPage) -> None:
    shapes.train_until_epoch(5)
    shapes.button("More units in hidden layer 2").click()
    expect(shapes.page.get_by_text("training starts again")).to_be_visible()
    expect(shapes.number("epoch")).to_have_text("0")


def test_activations_are_chosen_for_all_layers_or_for_one(shapes: ShapesPage) -> None:
    header = shapes.header
    shapes.page.get_by_text("ReLU", exact=True).first.click()
    expect(header).to_contain_text("· ReLU")
    expect(shapes.page.get_by_label("Activation of hidden layer 2")).to_have_value("relu")
    shapes.page.get_by_label("Activation of hidden layer 2").select_option("sine")
    expect(header).to_contain_text("· mixed")
    shapes.page.get_by_label("More activations for all hidden layers").select_option("gelu")
    expect(header).to_contain_text("· GELU")


def test_a_learning_rate_changes_without_losing_what_was_learnt(shapes: ShapesPage) -> None:
    shapes.train_until_epoch(10)
    loss = shapes.number("train-loss").inner_text()
    field = shapes.page.get_by_label("Learning rate, exactly")
    field.fill("0,25")
    field.press("Enter")
    expect(field).to_have_value("0.25")
    expect(shapes.number("train-loss")).to_have_text(loss)
    assert shapes.value("epoch") >= 10


def test_a_value_out_of_range_is_refused_in_one_sentence(shapes: ShapesPage) -> None:
    field = shapes.page.get_by_label("Learning rate, exactly")
    field.fill("-3")
    field.press("Enter")
    expect(shapes.page.get_by_role("alert").filter(has_text="from 0 to 100")).to_be_visible()
    expect(field).to_have_value("0.1")


def test_settings_of_training_unfold(shapes: ShapesPage) -> None:
    shapes.page.get_by_role("button", name="Training", exact=False).first.click()
    shapes.page.get_by_label("Optimiser").select_option("adam")
    shapes.page.get_by_label("Regularisation", exact=True).select_option("l2")
    expect(shapes.page.get_by_label("Regularisation rate, exactly")).to_have_value("0.001")
    expect(shapes.page.locator("#network")).to_contain_text("batches of 10 · Adam · L2 0.001")


def test_a_unit_pointed_at_is_enlarged_in_the_answer(shapes: ShapesPage) -> None:
    shapes.train_until_epoch(20)
    shapes.unit(1, 1).hover()
    answer = shapes.page.locator("#answer")
    expect(answer).to_contain_text("Unit 2 of hidden layer 1: its value over the plane")
    expect(answer.get_by_label("Weight from x 1")).to_be_visible()
    assert shapes.picture("surface").colours() > 50
    shapes.button("Step").hover()
    expect(answer).to_contain_text("What the network says")


def test_a_weight_is_typed_over(shapes: ShapesPage) -> None:
    shapes.unit(1, 0).click()
    weight = shapes.page.get_by_label("Weight from x 2")
    weight.fill("2,5")
    weight.press("Enter")
    expect(weight).to_have_value("+2.50")
    shapes.unit(1, 0).click()
    assert shapes.parameters()[2] == "2.500"


def test_an_edge_tells_its_weight(shapes: ShapesPage) -> None:
    be_still(shapes.page)
    start, end = shapes.unit(2, 1).bounding_box(), shapes.unit(3, 0).bounding_box()
    assert start is not None
    assert end is not None
    middle = (start["x"] + start["width"] + end["x"]) / 2
    shapes.page.mouse.move(middle, start["y"] + start["height"] / 2)
    expect(shapes.page.locator("#network").get_by_text("to", exact=True)).to_be_visible()


def test_wide_layers_fold_and_unfold(shapes: ShapesPage) -> None:
    shapes.page.goto(shapes.page.url.split("#")[0] + "#hidden=40,4")
    sign = shapes.page.get_by_role("button", name=re.compile(r"^Show \d\d more units$"))
    expect(sign).to_be_visible()
    sign.click()
    expect(shapes.unit(1, 39)).to_be_visible()
    shapes.button("Fold the layer").click()
    expect(shapes.unit(1, 39)).to_have_count(0)


def test_units_are_typed_and_plus_ends_at_what_one_can_tell_apart(shapes: ShapesPage) -> None:
    field = shapes.page.get_by_label("Number of units in hidden layer 1")
    field.fill("32")
    field.press("Enter")
    expect(shapes.header).to_contain_text("199 parameters")
    expect(shapes.button("More units in hidden layer 1")).to_have_attribute("aria-disabled", "true")
    field.fill("512")
    field.press("Enter")
    expect(shapes.header).to_contain_text("3\u202f079 parameters")
    field.fill("513")
    field.press("Enter")
    expect(shapes.page.get_by_role("alert").filter(has_text="from 1 to 512")).to_be_visible()
    expect(field).to_have_value("512")


def test_eight_hidden_layers_are_the_most(shapes: ShapesPage) -> None:
    for layer in range(2, 8):
        shapes.button(f"Add a layer after hidden layer {layer}").click()
    expect(shapes.unit(9, 0)).to_be_visible()
    expect(shapes.page.get_by_role("button", name="Add a layer")).to_have_count(0)
    shapes.train_until_epoch(3)


def test_new_layers_and_features_start_again_and_undo_brings_the_trained_network_back(shapes: ShapesPage) -> None:
    shapes.train_until_epoch(15)
    before, epoch = shapes.parameters(), shapes.number("epoch").inner_text()
    features = shapes.page.get_by_role("group", name="What the network sees")
    for control in (shapes.button("Remove hidden layer 2"), features.get_by_role("checkbox", name="x 1 times x 2")):
        control.click()
        expect(shapes.page.get_by_text("training starts again")).to_be_visible()
        expect(shapes.number("epoch")).to_have_text("0")
        shapes.button("Undo").first.click()
        expect(shapes.number("epoch")).to_have_text(epoch)
        assert shapes.parameters() == before


def test_settings_of_training_keep_what_was_learnt(shapes: ShapesPage) -> None:
    shapes.train_until_epoch(15)
    before = shapes.parameters()
    shapes.page.get_by_role("button", name="Training", exact=False).first.click()
    shapes.page.get_by_label("Optimiser").select_option("rmsprop")
    shapes.page.get_by_label("Regularisation", exact=True).select_option("l1")
    for field, value in [("Decay", "0.95"), ("Epsilon", "1e-6"), ("Batch size", "1"), ("Learning rate", "0.003")]:
        number = shapes.page.get_by_label(f"{field}, exactly")
        number.fill(value)
        number.press("Enter")
    shapes.page.get_by_label("Loss", exact=True).select_option("squared_error")
    shapes.page.get_by_label("Activation of hidden layer 1").select_option("gelu")
    expect(shapes.header).to_contain_text("· mixed")
    expect(shapes.page.locator("#network")).to_contain_text("batches of 1 · RMSprop · L1 0.001")
    assert shapes.parameters() == before
    assert shapes.value("epoch") >= 15


def test_the_batch_reaches_from_one_to_all(shapes: ShapesPage) -> None:
    shapes.page.get_by_role("button", name="Training", exact=False).first.click()
    slider = shapes.page.get_by_label("Batch size", exact=True)
    slider.focus()
    slider.press("End")
    expect(shapes.page.locator("#network")).to_contain_text("all samples per update")
    shapes.button("Step").click()
    expect(shapes.number("epoch")).to_have_text("1")
    slider.press("Home")
    expect(shapes.page.locator("#network")).to_contain_text("batches of 1 ·")


def test_the_start_is_chosen_by_its_weights_and_its_bias(shapes: ShapesPage) -> None:
    shapes.page.get_by_role("button", name="Training", exact=False).first.click()
    shapes.page.get_by_label("Initial weights").select_option("zeros")
    bias = shapes.page.get_by_label("Initial bias, exactly")
    bias.fill("0.25")
    bias.press("Enter")
    expect(bias).to_have_value("0.25")
    rows = shapes.parameters()
    assert set(rows) == {"0.000", "0.250"}
    assert rows.count("0.250") == 4 + 3 + 1


def test_the_output_has_an_activation_of_its_own_with_squared_error(shapes: ShapesPage) -> None:
    shapes.page.get_by_role("button", name="Training", exact=False).first.click()
    output = shapes.page.get_by_label("Output activation")
    expect(output).to_have_count(0)
    shapes.page.get_by_label("Loss", exact=True).select_option("squared_error")
    output.select_option("tanh")
    expect(shapes.page.get_by_role("group", name="Picture of the network")).to_contain_text(
        re.compile(r"1 output\s*tanh")
    )
