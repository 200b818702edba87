"""The seed's own sequence: draw, Train, switch the mode, again and again, until unseen drawings are read right."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from browser.draw_page import DrawPage
from pellucid import Experiment, Run, raster

UNSEEN = 200
ENOUGH = 95.0
STEADY = 4
"""So many drawings in a row after which the unseen ones are read well enough."""
NAMES = ("X", "O")


def hand(label: int, number: int) -> list[Any]:
    """A character with the points at which the pen turns; every number is another hand."""
    return raster.strokes_of(raster.text_of(raster.by_hand(NAMES[label], number)))


def unseen() -> Experiment:
    """Drawings of hands that are never trained on, all of them held out."""
    labels = [number % 2 for number in range(UNSEEN)]
    texts = [raster.text_of(hand(label, 1_000 + number)) for number, label in enumerate(labels)]
    experiment = Experiment.for_drawings(texts, labels)
    return experiment.replace("data.held_out", list(range(UNSEEN)))


def open_unseen(draw: DrawPage) -> None:
    file = json.dumps(unseen().model_dump(mode="json")).encode()
    draw.open_file({"name": "unseen.json", "mimeType": "application/json", "buffer": file})
    draw.notice.get_by_text("200 drawings of unseen.json are in the tray now.").wait_for()


@pytest.mark.parametrize(("updates", "most"), [(1, 30), (10, 12)], ids=["once", "ten-times"])
def test_a_few_drawings_are_enough_to_read_unseen_ones(
    draw: DrawPage, tmp_path: Path, record_property: Any, updates: int, most: int
) -> None:
    open_unseen(draw)
    assert draw.value("updates") == 0
    accuracies = []
    for number in range(most):
        label = number % 2
        assert draw.mode == NAMES[label]
        draw.draw(hand(label, number))
        draw.train(updates)
        draw.switch_mode()
        accuracies.append(draw.value("test-accuracy"))
        if min([0.0, 0.0, 0.0, *accuracies][-STEADY:]) >= ENOUGH:
            break
    first = next((number for number, accuracy in enumerate(accuracies, 1) if accuracy >= ENOUGH), None)
    record_property("drawings until 95 %", first)
    record_property("accuracy at the end", accuracies[-1])
    assert first is not None
    assert min(accuracies[-STEADY:]) >= ENOUGH

    # Python makes the same updates on the drawings as the page has kept them, and has the same network.
    experiment = Experiment.model_validate_json(draw.saved("JSON", tmp_path).read_text("utf-8"))
    run = Run(experiment)
    assert run.train_samples == len(accuracies)
    for sample in range(run.train_samples):
        run.teach(sample, updates)
    for layer, table in enumerate(draw.parameters()):
        exact = np.column_stack([run.biases[layer], run.weights[layer]]).astype(float)
        assert np.abs(table - exact).max() <= 0.0005 + 1e-9
    held_out = run.inputs[run.train_samples :]
    right = (run.predict(held_out) == run.values[run.train_samples :]).mean()
    assert accuracies[-1] == round(100 * right, 1)

    # And it says the same of a drawing on the pad, to the digits that the page shows.
    draw.draw(hand(0, 99))
    bits = np.array([[int(bit) for bit in draw.bits]])
    assert draw.sure == pytest.approx(100 * run.predict_proba(bits)[0], abs=0.0501)
