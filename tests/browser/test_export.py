"""What the page saves is what Python saves of the same run, runs by itself, and can be opened again."""

from __future__ import annotations

import csv
import io
import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import numpy as np
import onnxruntime
import pytest
from playwright.sync_api import Browser, Page, expect
from safetensors.numpy import load_file

from browser.draw_page import DrawPage
from browser.exporting import ExportSheet, export_sheet
from browser.rest import catch_up, watch
from browser.shapes_page import ShapesPage
from browser.test_accessibility import violations
from exporters.cases import SAMPLES
from exporters.scripts import run_script
from pellucid import Experiment, Run
from pellucid.link import encode

EPOCHS = 3
KINDS = [
    "moons",
    "plane",
    "three classes",
    "all features",
    "no hidden layer",
    "points",
    "points of three named classes",
    "scaled points",
    "scaled numbers",
    "inputs",
    "bits",
    "drawings",
    "squared error of classes",
]


class Opened(NamedTuple):
    """The sheet of a run on the page, and the same run in Python."""

    sheet: ExportSheet
    run: Run
    name: str


@pytest.fixture(scope="module", params=KINDS)
def opened(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Opened]:
    """A run of each kind, trained for some epochs, here and on the page."""
    experiment = SAMPLES[request.param]
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    watch(page)
    page.goto(address + encode(experiment))
    for epoch in range(1, EPOCHS + 1):
        page.get_by_role("button", name="Epoch", exact=True).click()
        expect(page.get_by_test_id("epoch")).to_have_text(str(epoch))
    run = Run(experiment)
    for _ in range(EPOCHS):
        run.epoch()
    yield Opened(export_sheet(page), run, request.param)
    context.close()


def test_the_weights_in_every_format_are_those_of_python(opened: Opened, tmp_path: Path) -> None:
    sheet, run, _ = opened
    expected: dict[str, Any] = {}
    for layer, (W, b) in enumerate(zip(run.weights, run.biases, strict=True)):
        expected |= {f"layers.{layer}.weight": W, f"layers.{layer}.bias": b}
    files = {ending: sheet.saved("Weights", ending, tmp_path) for ending in ("json", "npz", "safetensors")}
    document = json.loads(files["json"].read_text("utf-8"))
    with np.load(files["npz"], allow_pickle=False) as archive:
        arrays = dict(archive)
    about = json.loads(str(arrays.pop("pellucid")))
    tensors = load_file(files["safetensors"])
    lists = {name: np.asarray(values, dtype=np.float32) for name, values in document["weights"].items()}
    for found in (lists, arrays, tensors):
        assert found.keys() == expected.keys()
        for name, array in expected.items():
            assert found[name].dtype == np.float32
            assert found[name].tobytes() == np.ascontiguousarray(array).tobytes()
    run.export(tmp_path / "own.json")
    own = json.loads((tmp_path / "own.json").read_text("utf-8"))
    assert about == document["pellucid"] == own["pellucid"]
    assert Experiment.from_dict(about["experiment"]) == run.experiment
    for path in files.values():
        fresh = Run(run.experiment)
        fresh.load_weights(path)
        assert fresh.weights_sha256 == run.weights_sha256


def test_the_model_says_what_the_run_says(opened: Opened, tmp_path: Path) -> None:
    sheet, run, _ = opened
    path = sheet.saved("ONNX model", "onnx", tmp_path)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    X = samples_of(run)
    named = dict(zip([each.name for each in session.get_outputs()], session.run(None, {"X": X}), strict=True))
    assert np.abs(named["outputs"] - run.outputs(X)).max() < 1e-6
    if run.accuracy is None:
        assert named.keys() == {"outputs", "values"}
        assert np.allclose(named["values"], run.predict(X), rtol=1e-6, atol=1e-6)
    else:
        assert named.keys() == {"outputs", "label", "probabilities"}
        assert (named["label"] == run.predict(X)).all()
        assert np.abs(named["probabilities"] - run.predict_proba(X)).max() < 1e-6
    about = session.get_modelmeta().custom_metadata_map
    assert Experiment.from_dict(json.loads(about["pellucid"])["experiment"]) == run.experiment


def test_the_scripts_are_those_of_python_to_the_byte(opened: Opened, tmp_path: Path) -> None:
    for name, framework in (("NumPy script", "numpy"), ("PyTorch script", "torch")):
        path = opened.sheet.saved(name, "py", tmp_path)
        opened.run.export(tmp_path / "own.py", what=framework)
        assert path.read_bytes() == (tmp_path / "own.py").read_bytes()


def test_the_samples_are_those_of_python_to_the_byte(opened: Opened, tmp_path: Path) -> None:
    sheet, run, name = opened
    path = sheet.saved("Drawings" if name == "drawings" else "Samples", "csv", tmp_path)
    run.export(tmp_path / "own.csv")
    assert path.read_bytes() == (tmp_path / "own.csv").read_bytes()


def test_the_curve_is_that_of_python(opened: Opened, tmp_path: Path) -> None:
    sheet, run, _ = opened
    path = sheet.saved("Loss curve", "csv", tmp_path)
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
    found = {float(row["epochs"]): row for row in rows}
    for moment in run.history:
        row = found[moment.epochs]
        assert int(row["updates"]) == moment.updates
        for field in ("loss", "test_loss", "accuracy", "test_accuracy"):
            value = getattr(moment, field)
            assert row[field] == "" if value is None else float(row[field]) == value


@pytest.mark.parametrize("opened", ["moons", "scaled numbers", "bits", "drawings"], indirect=True)
def test_the_picture_is_sound(opened: Opened, tmp_path: Path) -> None:
    sheet, run, name = opened
    svg = ET.fromstring(sheet.saved("Picture", "svg", tmp_path).read_bytes())
    size = int(svg.attrib["width"]), int(svg.attrib["height"])
    images = [each.attrib["href"] for each in svg.iter("{http://www.w3.org/2000/svg}image")]
    assert all(image.startswith("data:image/png;base64,") for image in images)
    units = sum(len(b) for b in run.biases)
    assert len(images) >= (units - 2 if name == "drawings" else units if name not in ("inputs", "bits") else 0)
    assert png_size(sheet.saved("Picture", "png", tmp_path)) == (2 * size[0], 2 * size[1])


def test_a_script_from_the_page_reaches_its_losses(shapes: ShapesPage, tmp_path: Path) -> None:
    for _ in range(20):
        shapes.button("Epoch").click()
    expect(shapes.number("epoch")).to_have_text("20")
    shown = float(shapes.number("test-loss").inner_text())
    found = run_script(export_sheet(shapes.page).saved("NumPy script", "py", tmp_path))
    assert found["test loss"][0] == pytest.approx(shown, abs=5e-4)
    for trained, pellucid in found.values():
        assert trained == pytest.approx(pellucid, rel=1e-5, abs=1e-5)


def samples_of(run: Run) -> Any:
    """What `Run.outputs` takes: the points in the units of the data, or the inputs."""
    data = run.experiment.data
    if data.points is not None:
        return np.array([point[:2] for point in data.points], dtype=np.float32)
    return np.array(run.inputs if data.given else run.points, dtype=np.float32)


def png_size(path: Path) -> tuple[int, int]:
    """Read the size of a PNG, and that its pixels can be unpacked."""
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    place, packed = 8, b""
    while place < len(content):
        length, kind = struct.unpack(">I4s", content[place : place + 8])
        if kind == b"IDAT":
            packed += content[place + 8 : place + 8 + length]
        place += length + 12
    assert len(zlib.decompress(packed)) > 1000
    width, height = struct.unpack(">II", content[16:24])
    return width, height


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_the_sheet_is_for_everybody(
    page: Page, address: str, complaints: list[str], theme: str, width: int, screenshots: Path
) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 740 if width == 360 else 900})
    shapes = ShapesPage.opened(page, address)
    header = page.get_by_role("banner")
    assert header.bounding_box()["height"] < (120 if width == 360 else 70)  # type: ignore[index]
    shapes.button("Export").focus()
    page.keyboard.press("Enter")
    sheet = ExportSheet(page)
    expect(sheet.button("NumPy script: save as .py")).to_be_visible()
    page.screenshot(path=screenshots / f"export-{theme}-{width}.png")
    assert violations(page) == []
    box = sheet.sheet.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.keyboard.press("Escape")
    expect(sheet.sheet).to_be_hidden()
    expect(shapes.button("Export")).to_be_focused()
    assert complaints == []


def test_a_picture_shows_what_the_drawing_says(draw: DrawPage, tmp_path: Path) -> None:
    draw.draw([[(60, 60), (450, 450)], [(450, 60), (60, 450)]])
    draw.say("X")
    catch_up(draw.page)
    text = export_sheet(draw.page).saved("Picture", "svg", tmp_path).read_text("utf-8")
    words = [each.text for each in ET.fromstring(text).iter("{http://www.w3.org/2000/svg}text")]
    assert {"Drawings", "36 inputs", "X", "O"} <= set(words)
    assert sum(word is not None and word.endswith(" %") and len(word) < 7 for word in words) == 4


def test_a_script_needs_something_to_train_on(draw: DrawPage) -> None:
    sheet = export_sheet(draw.page)
    sheet.button("NumPy script: save as .py").click()
    expect(sheet.sheet.get_by_role("status")).to_contain_text("no samples to train on yet")
