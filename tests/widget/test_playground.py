"""What the widget says to Python, without a browser and with what a browser would send."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import traitlets

from pellucid import Experiment, Playground, Run, raster
from pellucid.errors import ArgumentError

WITHOUT_ANYWIDGET = """
import sys
sys.modules["anywidget"] = None
import pellucid, pellucid.widget
try:
    pellucid.Playground
except ImportError as error:
    print(error)
try:
    from pellucid import Playground
except ImportError as error:
    print(error)
"""


def trained(experiment: Experiment | None = None, updates: int = 33) -> Run:
    run = Run(experiment or Experiment(data={"kind": "circles"}, training={"optimizer": "adam"}))
    run.step(updates)
    return run


def send(playground: Playground, run: Run) -> None:
    """Hand a playground what the browser sends of a run."""
    state = {"document": run.experiment.to_json(), "state": memoryview(run.state), "updates": run.updates}
    playground.set_state(state)


def test_the_class_is_asked_for_before_its_library_is() -> None:
    printed = subprocess.run([sys.executable, "-c", WITHOUT_ANYWIDGET], capture_output=True, text=True, check=True)
    sentence = "Playground needs anywidget: pip install 'pellucid[notebook]'."
    assert printed.stdout.splitlines() == [sentence, sentence]


def test_never_shown_it_is_at_the_start() -> None:
    playground = Playground()
    assert playground.experiment == Experiment()
    assert playground.run.updates == 0
    assert playground.run.weights_sha256 == Run(Experiment()).weights_sha256


def test_the_run_of_the_browser_goes_on_with_the_same_bits() -> None:
    run, playground = trained(), Playground()
    send(playground, run)
    assert playground.experiment == run.experiment
    mine = playground.run
    assert (mine.updates, mine.position, mine.weights_sha256) == (33, run.position, run.weights_sha256)
    mine.step(50)
    run.step(50)
    assert (mine.weights_sha256, mine.loss, mine.test_loss) == (run.weights_sha256, run.loss, run.test_loss)
    # It is a run of its own.
    assert playground.run.updates == 33


def test_a_run_can_be_given_and_assigned() -> None:
    playground = Playground(trained())
    assert (playground.updates, playground.run.updates) == (33, 33)
    playground.run = trained(updates=5)
    assert (playground.updates, playground.run.weights_sha256) == (5, trained(updates=5).weights_sha256)
    with pytest.raises(traitlets.TraitError, match="'run' trait of a Playground instance expected a Run"):
        playground.run = "run"  # type: ignore[assignment]


def test_an_experiment_that_is_assigned_goes_to_the_browser_without_a_state() -> None:
    playground = Playground(trained())
    playground.experiment = playground.experiment.replace("network.hidden.0.units", 7)
    assert Experiment.from_json(playground.document) == playground.experiment
    assert (playground.state, playground.updates, playground.run.weights[0].shape) == (b"", 0, (7, 2))


def test_changes_are_observed_once_with_the_run_that_belongs_to_them() -> None:
    playground, run = Playground(), trained()
    seen: list[Any] = []
    playground.observe(lambda change: seen.append((change.new, playground.run.weights_sha256)), names="experiment")
    playground.observe(lambda change: seen.append(change.new.weights_sha256), names="run")
    playground.observe(lambda change: seen.append(change.new), names="updates")
    send(playground, run)
    send(playground, run)
    assert len(seen) == 3
    assert (run.experiment, run.weights_sha256) in seen
    assert run.weights_sha256 in seen
    assert 33 in seen


def test_weights_that_are_switched_off_on_the_page_stay_off() -> None:
    run, playground = trained(), Playground()
    run._block.call("switch_off", 0, 1, 0, 1)
    send(playground, run)
    mine = playground.run
    for each in (mine, run):
        each.step(20)
    assert mine.weights[0][1, 0] == 0
    assert mine.weights_sha256 == run.weights_sha256


def test_drawings_are_given_as_bitmaps() -> None:
    texts = [raster.text_of(raster.by_hand(name, seed=1)) for name in "XOX"]
    playground = Playground(Experiment.for_drawings(texts, [0, 1, 0]))
    assert playground.samples.shape == (3, 6, 6)
    assert playground.samples.dtype == np.uint8
    assert (playground.samples[1] == raster.rasterize(texts[1], 6)).all()
    assert playground.labels.tolist() == [0, 1, 0]
    empty = Playground(Experiment.for_drawings())
    assert (empty.samples.shape, empty.labels.shape) == ((0, 6, 6), (0,))


def test_inputs_without_a_place_on_the_plane_are_refused() -> None:
    inputs = Experiment(data={"kind": "given", "inputs": [[1, 2, 3], [4, 5, 6]], "targets": [0, 1]})
    with pytest.raises(ArgumentError, match="this experiment has given inputs"):
        Playground(inputs)
    playground = Playground()
    with pytest.raises(ArgumentError, match="this experiment has given inputs"):
        playground.experiment = inputs
    assert playground.experiment == Experiment()


def test_what_a_notebook_keeps_of_it_is_small() -> None:
    kept = {name: value for name, value in Playground(trained()).get_state().items() if name != "_esm"}
    assert sum(len(value) for value in kept.values() if isinstance(value, str | bytes)) < 12_000
