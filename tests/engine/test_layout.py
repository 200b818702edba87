"""Settings that make no sense are refused, each with its reason; those that do get a block with room for everything."""

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.forms import ENUMERATIONS, HEADER, MANIFEST, NATIVE, SLOTS, SOURCE, name_of
from engine.harness import BadSettingsError, Trial, aligned_words
from pellucid.engine import memory

ONE_GIVEN = ([[1.0]], [0.0])
NONE_GIVEN = (np.zeros((0, 36)), np.zeros(0))

REFUSED: list[tuple[str, dict[str, Any]]] = [
    *(("bad_data_kind", {"data_kind": kind}) for kind in (-1, 8)),
    *(("bad_samples", {"samples": n}) for n in (0, -5, 1_000_001)),
    *(("bad_samples", {"test_share": share}) for share in (-0.01, 1.0, math.nan, math.inf)),
    ("bad_samples", {"samples": 1, "test_share": 0.5}),
    *(("bad_samples", {"given": ONE_GIVEN, "test_samples": n}) for n in (-1, 2)),
    ("bad_samples", {"given": NONE_GIVEN, "test_samples": 1}),
    ("bad_samples", {"given": ONE_GIVEN, "samples": -1}),
    *(("bad_classes", {"data_kind": "moons", "classes": n}) for n in (-1, 0, 1, 3)),
    *(("bad_classes", {"data_kind": kind, "classes": n}) for kind in ("blobs", "spiral") for n in (0, 1, 6)),
    *(("bad_classes", {"given": ONE_GIVEN, "classes": n}) for n in (-1, 1, 1025)),
    *(("bad_inputs", {"features": mask}) for mask in (0, 1 << 7)),
    *(("bad_inputs", {"given": ONE_GIVEN, "inputs": n}) for n in (-1, 0, 1025)),
    *(("bad_units", {"hidden": (3, n)}) for n in (-1, 0, 513)),
    *(("bad_activation", {"activations": [kind]}) for kind in (-1, 8)),
    ("bad_activation", {"activations": ["softmax"]}),
    *(("bad_loss", {"loss": loss}) for loss in (-3, 3)),
    *(("bad_loss", {"loss": "cross_entropy", "data_kind": kind}) for kind in ("plane", "bumps")),
    ("bad_loss", {"loss": "binary_cross_entropy", "output_kind": "per_class"}),
    ("bad_loss", {"loss": "softmax_cross_entropy", "output_kind": "single"}),
    *(("bad_outputs", {"output_kind": kind}) for kind in (-1, 3)),
    ("bad_outputs", {"data_kind": "blobs", "classes": 3, "output_kind": "single"}),
    ("bad_output_activation", {"loss": "cross_entropy", "output_activation": "tanh"}),
    ("bad_output_activation", {"loss": "squared_error", "output_activation": "softmax"}),
    ("bad_output_activation", {"loss": "squared_error", "output_activation": 8}),
    ("bad_batch_size", {"batch_size": -1}),
    *(("bad_parameter", {slot: -1}) for slot in ("optimizer", "regularizer", "initializer")),
    ("bad_parameter", {"optimizer": 4}),
    ("bad_parameter", {"regularizer": 3}),
    ("bad_parameter", {"initializer": 5}),
    ("bad_weights", {"weighted": 1}),
    *(("bad_weights", {"given": ONE_GIVEN, "sample_weights": [weight]}) for weight in (-1.0, math.nan, math.inf)),
    ("too_large", {"given": ONE_GIVEN, "samples": 1_000_000, "inputs": 1024, "bits": 1, "classes": 60}),
]


@pytest.mark.parametrize(("status", "changes"), REFUSED, ids=str)
def test_bad_settings_are_refused_with_the_reason(status: str, changes: dict[str, Any]) -> None:
    changes = {"hidden": (3,)} | changes
    for engine in (NATIVE, SOURCE):
        with pytest.raises(BadSettingsError) as refused:
            Trial(engine=engine, **changes)
        assert refused.value.status == status


@pytest.mark.parametrize("layers", [-1, 9, 2**31 - 1])
def test_a_bad_number_of_layers_is_refused(layers: int) -> None:
    trial = Trial()
    trial.set(hidden_layers=layers)
    assert name_of("Status", trial.call("measure")) == "bad_layers"


def test_every_reason_for_refusing_settings_is_tested() -> None:
    reasons = {name for name, value in ENUMERATIONS["Status"].items() if value < 0}
    tested = {status for status, _ in REFUSED} | {"bad_layers"}
    # `adopt` alone gives the first; the others are of drawings, which have no settings
    assert reasons - tested == {"bad_network", "bad_drawing", "bad_character"}


ACCEPTED: list[dict[str, Any]] = [
    {"hidden": ()},
    {"hidden": (512,) * 8, "features": tuple(ENUMERATIONS["Feature"])},
    {"samples": 1, "test_share": 0.0},
    {"samples": 1, "test_share": 0.4},
    {"data_kind": "blobs", "classes": 5},
    {"data_kind": "plane", "classes": 7},
    {"given": ONE_GIVEN, "test_samples": 1},
    {"given": NONE_GIVEN},
    {"given": NONE_GIVEN, "bits": 1, "hidden": (), "classes": 10, "batch_size": 0},
    {"given": (np.zeros((2, 1024)), [9, 0]), "classes": 10},
    {"given": (np.zeros((2, 3)), [1023, 0]), "classes": 1024},
    {"given": (np.zeros((2, 3)), [1, 0]), "sample_weights": [0.0, 1e30]},
    {"given": (np.zeros((2, 3)), [1, 0]), "sample_weights": [0.0, 0.0]},
]


@pytest.mark.parametrize("changes", ACCEPTED, ids=lambda changes: str(changes)[:90])
def test_settings_at_the_limits_are_accepted(changes: dict[str, Any]) -> None:
    trial = Trial(**changes)
    trial.expect_running("step", 1)
    assert trial.guards_are_whole()


def test_the_largest_numbers_of_samples_and_inputs_have_a_size() -> None:
    header = Trial(given=([[1.0]], [0.0])).memory[:HEADER].copy()
    slots = header.view(np.int32)
    for name, value in {"SAMPLES": 1_000_000, "INPUTS": 1024, "BITS": 1}.items():
        slots[SLOTS[name][1]["word"]] = value
    for engine in (NATIVE, SOURCE):
        assert 2_048_000_000 < engine.call("measure", header) < memory.MAX_WORDS


@pytest.mark.parametrize(
    ("changes", "outputs", "loss", "activation"),
    [
        ({}, 1, "binary_cross_entropy", "sigmoid"),
        ({"output_kind": "per_class"}, 2, "softmax_cross_entropy", "softmax"),
        ({"data_kind": "blobs", "classes": 4}, 4, "softmax_cross_entropy", "softmax"),
        ({"data_kind": "blobs", "classes": 4, "loss": "cross_entropy"}, 4, "softmax_cross_entropy", "softmax"),
        ({"loss": "cross_entropy"}, 1, "binary_cross_entropy", "sigmoid"),
        ({"data_kind": "plane"}, 1, "squared_error", "linear"),
        ({"loss": "squared_error"}, 1, "squared_error", "sigmoid"),
        ({"loss": "squared_error", "output_activation": "tanh"}, 1, "squared_error", "tanh"),
    ],
)
def test_outputs_loss_and_activation_follow_from_the_data(
    changes: dict[str, Any], outputs: int, loss: str, activation: str
) -> None:
    trial = Trial(**changes)
    assert (trial["OUTPUTS"], trial.loss, trial.kinds[-1]) == (outputs, loss, activation)


def extents(trial: Trial) -> list[tuple[int, int]]:
    """Return where the arrays that hosts read start and end, in order."""
    found = []
    for name, array in MANIFEST["arrays"].items():
        start = int(trial.memory.view(np.int32)[array["slot"]])
        found.append((start, start + trial.array(name).size))
    return sorted(found)


@pytest.mark.parametrize(
    "changes",
    [*ACCEPTED[:-1], {}, {"data_kind": "spiral", "classes": 3, "samples": 77}],
    ids=lambda changes: str(changes)[:90],
)
def test_arrays_are_aligned_and_do_not_overlap(changes: dict[str, Any]) -> None:
    trial = Trial(**changes)
    found = extents(trial)
    assert found[0][0] == HEADER
    assert all(start % 4 == 0 for start, _ in found)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(found))
    assert found[-1][1] <= trial["WORDS"] == trial.memory.size


def test_the_state_holds_what_training_changes_and_no_data() -> None:
    trial = Trial()
    starts = {name: int(trial.memory.view(np.int32)[a["slot"]]) for name, a in MANIFEST["arrays"].items()}
    state = {name for name, start in starts.items() if start < trial["STATE_WORDS"]}
    assert state == {"PARAMETERS", "GRADIENTS", "MOMENTS_1", "MOMENTS_2", "ORDER", "OFF", "OFF_VALUES"}


def test_slots_of_the_header_do_not_overlap() -> None:
    taken: dict[int, str] = {}
    for name, (dtype, place) in SLOTS.items():
        for word in range(place["word"], place["word"] + place["length"] * np.dtype(dtype).itemsize // 4):
            assert word not in taken, (name, taken[word])
            taken[word] = name
    assert max(taken) < HEADER


def test_prepare_clears_what_was_there_before() -> None:
    trial = Trial()
    trial.expect_running("epochs", 2)
    trial.expect_running("prepare")
    assert not trial.memory[HEADER:].any()
    trial.expect_running("generate")
    trial.expect_running("reset")
    trial.expect_running("evaluate")
    fresh = Trial()
    assert trial.memory[HEADER:].tobytes() == fresh.memory[HEADER:].tobytes()


SETTINGS = [slot.name for slot in memory.Int if slot < memory.Int.WORDS] + [
    slot.name for slot in memory.Real if slot < memory.Real.TARGET_LOW
]

SENSIBLE = {
    "SAMPLES": st.integers(0, 40),
    "DATA_KIND": st.integers(0, 7),
    "CLASSES": st.integers(2, 5),
    "HIDDEN_LAYERS": st.integers(0, 3),
    "UNITS": st.integers(1, 9),
    "INPUTS": st.integers(1, 9),
    "TEST_SAMPLES": st.just(0),
    "TEST_SHARE": st.floats(0, 0.5, width=32),
    **dict.fromkeys(("LOSS", "OUTPUT_ACTIVATION"), st.integers(-2, 2)),
    **dict.fromkeys(("OPTIMIZER", "REGULARIZER", "INITIALIZER", "OUTPUT_KIND"), st.integers(0, 2)),
    **dict.fromkeys(("ACTIVATIONS", "BATCH_SIZE"), st.integers(0, 6)),
}

ANY_INTEGER = st.integers(-2, 12) | st.integers(-(2**31), 2**31 - 1)
ANY_FLOAT = st.floats(width=32) | st.sampled_from([0.0, 0.5, 1.0])


@st.composite
def headers(draw: st.DrawFn) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Draw a header that is sensible but for some slots, which hold anything."""
    header = aligned_words(HEADER)
    wild = draw(st.sets(st.sampled_from(SETTINGS), max_size=draw(st.sampled_from([0, 1, 3, len(SETTINGS)]))))
    for name in SETTINGS:
        dtype, place = SLOTS[name]
        anything = ANY_INTEGER if dtype == "int32" else ANY_FLOAT
        values = (
            anything
            if name in wild
            else SENSIBLE.get(name, st.integers(0, 2**7 - 1) if dtype == "int32" else ANY_FLOAT)
        )
        for index in range(place["length"]):
            header.view(dtype)[place["word"] + index] = draw(values)
    return header


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(headers())
def test_settings_of_any_kind_are_refused_or_give_a_run_that_stays_in_its_block(
    header: np.ndarray[Any, np.dtype[np.float32]],
) -> None:
    words = NATIVE.call("measure", header)
    if words < 0:
        assert words in ENUMERATIONS["Status"].values()
        return
    assert words > HEADER
    if words > 300_000:
        return
    trial = Trial()
    trial.memory = aligned_words(words)
    trial.memory[:HEADER] = header
    assert trial.call("prepare") == 0
    assert trial.call("generate") <= 0
    assert trial.call("reset") >= 0
    assert trial.call("step", 2) >= 0
    assert trial.call("epochs", 1) >= 0
    assert trial.call("evaluate") >= 0
    assert trial.guards_are_whole()
    assert trial["WORDS"] == words
