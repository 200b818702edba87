"""Weights come back from files, into the network that they fit or with their own; anything else costs nothing."""

from __future__ import annotations

import base64
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import FilePayload, Page, expect

from browser.draw_page import DrawPage
from browser.exporting import export_sheet
from browser.shapes_page import ShapesPage
from browser.test_accessibility import violations
from pellucid import Experiment
from pellucid.link import encode

FORMATS = ["json", "npz", "safetensors"]


def trained(shapes: ShapesPage, epochs: int) -> None:
    for _ in range(epochs):
        shapes.button("Epoch").click()
    expect(shapes.number("epoch")).to_have_text(str(epochs))


def payload(name: str, content: object) -> FilePayload:
    return {"name": name, "mimeType": "application/json", "buffer": json.dumps(content).encode()}


def drop(page: Page, onto: str, path: Path) -> None:
    """Let a file fall onto something."""
    script = """([name, bytes]) => {
        const transfer = new DataTransfer()
        transfer.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name))
        return transfer
    }"""
    content = base64.b64encode(path.read_bytes()).decode("ascii")
    transfer = page.evaluate_handle(script, [path.name, content])
    for event in ("dragover", "drop"):
        page.dispatch_event(onto, event, {"dataTransfer": transfer})


@pytest.mark.parametrize("ending", FORMATS)
def test_weights_that_were_saved_can_be_opened_again_and_taken_back(
    shapes: ShapesPage, ending: str, tmp_path: Path
) -> None:
    trained(shapes, 4)
    saved = shapes.parameters()
    sheet = export_sheet(shapes.page)
    path = sheet.saved("Weights", ending, tmp_path)
    sheet.close()
    shapes.button("New weights").click()
    expect(shapes.number("epoch")).to_have_text("0")
    own = shapes.parameters()
    assert own != saved
    export_sheet(shapes.page).open_file(path)
    notice = shapes.page.get_by_role("status").filter(has_text=f"The network has the weights of {path.name} now")
    expect(notice).to_be_visible()
    assert shapes.parameters() == saved
    shapes.button("Undo").first.click()
    expect(shapes.button("Redo")).to_have_attribute("aria-disabled", "false")
    assert shapes.parameters() == own


@pytest.mark.parametrize("onto", ["#data section", "#network", "body"])
def test_weights_can_be_dropped_anywhere(shapes: ShapesPage, onto: str, tmp_path: Path) -> None:
    trained(shapes, 2)
    path = export_sheet(shapes.page).saved("Weights", "safetensors", tmp_path)
    shapes.page.keyboard.press("Escape")
    drop(shapes.page, onto, path)
    expect(shapes.page.get_by_role("status").filter(has_text="has the weights of")).to_be_visible()


def test_weights_dropped_on_the_tray_go_into_the_network(draw: DrawPage, tmp_path: Path) -> None:
    path = export_sheet(draw.page).saved("Weights", "npz", tmp_path)
    draw.page.keyboard.press("Escape")
    drop(draw.page, "#tray .tray", path)
    expect(draw.page.get_by_role("status").filter(has_text="has the weights of")).to_be_visible()


def test_a_misfit_names_the_layer_both_shapes_and_what_to_do(shapes: ShapesPage) -> None:
    trained(shapes, 1)
    before = shapes.parameters()
    rng = np.random.default_rng(0)
    widths = [2, 8, 3, 1]
    weights = {}
    for layer, (inputs, units) in enumerate(pairwise(widths)):
        weights[f"net.{2 * layer}.weight"] = rng.normal(size=(units, inputs)).tolist()
        weights[f"net.{2 * layer}.bias"] = rng.normal(size=units).tolist()
    export_sheet(shapes.page).open_file(payload("state.json", weights))
    said = "hidden layer 1 have the shape (8, 2) in state.json, but (4, 2) here: choose 8 units in hidden layer 1."
    expect(shapes.page.get_by_role("status").filter(has_text=said)).to_be_visible()
    assert shapes.parameters() == before
    expect(shapes.number("epoch")).to_have_text("1")


def test_weights_of_another_network_are_offered_with_their_experiment(
    shapes: ShapesPage, elsewhere: Page, address: str, tmp_path: Path
) -> None:
    trained(shapes, 1)
    before = shapes.parameters()
    circles = Experiment(data={"kind": "circles"}, network={"hidden": [{"units": 6, "activation": "relu"}]})
    there = ShapesPage.opened(elsewhere, address, encode(circles))
    there.button("Epoch").click()
    expect(there.number("epoch")).to_have_text("1")
    expected = there.parameters()
    path = export_sheet(elsewhere).saved("Weights", "json", tmp_path)
    export_sheet(shapes.page).open_file(path)
    offer = shapes.page.get_by_role("dialog", name="Weights of another network")
    expect(offer).to_contain_text("pellucid-circles-weights.json has the weights of 2 layers")
    expect(offer.get_by_role("button", name="Only the weights")).to_have_count(0)
    assert violations(shapes.page) == []
    shapes.page.keyboard.press("Escape")
    expect(offer).to_be_hidden()
    assert shapes.parameters() == before
    export_sheet(shapes.page).open_file(path)
    offer.get_by_role("button", name="Open its experiment").click()
    expect(shapes.page.get_by_role("radio", name="Circles:")).to_be_checked()
    expect(shapes.header).to_contain_text("25 parameters")
    assert shapes.parameters() == expected
    shapes.button("Undo").first.click()
    expect(shapes.page.get_by_role("radio", name="Moons:")).to_be_checked()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cut.npz", b"PK\x03\x04", "cut.npz is damaged"),
        ("cut.safetensors", b"\x40\x00\x00\x00\x00\x00\x00\x00{", "cut.safetensors is cut"),
        ("nan.json", b'{"0.weight": [[1, 1e39]], "0.bias": [0]}', "0.weight[0, 1] in nan.json is 1e+39"),
        ("odd.json", b'{"weights": {"a": [1]}}', "odd.json has 'a'"),
        ("half.json", b'{"weights": {"0.weight": [[1, 2]]}}', "half.json has 0.weight, but no bias beside it"),
    ],
)
def test_a_bad_file_gets_one_sentence_and_nothing_is_lost(
    shapes: ShapesPage, name: str, content: bytes, said: str
) -> None:
    trained(shapes, 1)
    before = shapes.parameters()
    export_sheet(shapes.page).open_file({"name": name, "mimeType": "", "buffer": content})
    expect(shapes.page.get_by_role("status").filter(has_text=said)).to_be_visible()
    assert shapes.parameters() == before
    expect(shapes.number("epoch")).to_have_text("1")
