"""The experiment as one document: JSON in and out, changes, and what it refuses across its parts."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiment_strategies import experiments
from pellucid import Data, Experiment, Layer, Network, Training
from pellucid.errors import ExperimentError, PellucidError


def sentence(**document: Any) -> str:
    with pytest.raises(ExperimentError) as caught:
        Experiment(**document)
    return str(caught.value)


@given(experiments())
@settings(deadline=None)
def test_json_gives_the_experiment_back(experiment: Experiment) -> None:
    assert Experiment.from_json(experiment.to_json()) == experiment


@given(experiments())
@settings(deadline=None)
def test_a_file_of_an_experiment_fits_its_own_schema_in_names(experiment: Experiment) -> None:
    schema = Experiment.json_schema()
    assert list(json.loads(experiment.to_json())) == list(schema["properties"])


def test_what_is_left_out_has_its_default() -> None:
    assert Experiment.from_json('{"data": {"kind": "circles"}}') == Experiment(data=Data(kind="circles"))
    assert Experiment.from_json("{}") == Experiment()


def test_an_experiment_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Experiment().version = 2  # type: ignore[misc,assignment]


def test_equal_experiments_are_one_key() -> None:
    assert len({Experiment(), Experiment(data=Data(kind="moons"))}) == 1


def test_a_file_gives_the_experiment_back(tmp_path: Path) -> None:
    experiment = Experiment(network=Network(hidden=(Layer(units=3, activation="relu"),)))
    experiment.save(tmp_path / "three.json")
    assert Experiment.open(tmp_path / "three.json") == experiment


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match=r"^The file '.*nothing\.json' cannot be opened: no such file"):
        Experiment.open(tmp_path / "nothing.json")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"data": ', "The document is not JSON: expecting value at line 1, column 10."),
        ("", "The document is not JSON: expecting value at line 1, column 1."),
        (b"\xff\xfe\xfd", "The document is not JSON: it is not text in UTF-8."),
        ("[1, 2]", "The document is a list, but must be an object with named settings."),
        ("[" * 100_000, "The document is nested too deeply to be an experiment."),
        ('{"version": ' + "9" * 5000 + "}", "The document holds a number that is too long to be read."),
        ('{"data": {"noise": NaN}}', "`data.noise` is nan, but must be a number from 0 to 1."),
    ],
    ids=["cut", "empty", "not UTF-8", "list", "deep", "long", "NaN"],
)
def test_what_is_not_an_experiment_is_refused(text: str | bytes, expected: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        Experiment.from_json(text)
    assert str(caught.value) == expected


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_other_json_is_refused_with_words(document: object) -> None:
    if document == {}:
        return
    with pytest.raises(ExperimentError, match=r"`|The document"):
        Experiment.from_dict(document)


@given(
    st.sampled_from(sorted(Experiment.json_schema()["$defs"]["Training"]["properties"])),
    st.none() | st.booleans() | st.text() | st.lists(st.integers()) | st.dictionaries(st.text(), st.none()),
)
def test_a_wrong_type_is_refused_at_its_place(name: str, value: object) -> None:
    known = Training.model_json_schema()["properties"][name].get("enum", ["all"])
    if value in known:
        return
    assert sentence(training={name: value}).startswith(f"`training.{name}` ")


def test_all_faults_are_told_at_once() -> None:
    assert sentence(data={"noise": 7}, network={"hidden": [{"units": 0}]}).splitlines() == [
        "The experiment has 2 faults:",
        "- `data.noise` is 7, but must be a number from 0 to 1.",
        "- `network.hidden[0].units` is 0, but must be a whole number from 1 to 512.",
    ]


def test_the_error_holds_the_paths_of_its_faults_and_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="2 faults") as caught:
        Experiment(dat={}, training={"momentum": 1})  # type: ignore[call-arg]
    error = caught.value
    assert isinstance(error, ExperimentError)
    assert isinstance(error, PellucidError)
    assert {path for path, _ in error.faults} == {"dat", "training.momentum"}


KINDS = "blobs, circles, moons, xor, spiral, plane, bumps or given"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"data": {"kind": "moon"}}, f"`data.kind` is 'moon', but must be one of {KINDS}; did you mean 'moons'?"),
        (
            {"dta": {}},
            "`dta` is not a setting; known are version, data, features, network and training; did you mean 'data'?",
        ),
        ({"version": 2}, "`version` is 2, but must be 1."),
        ({"features": []}, "`features` has 0 entries, but must be a list of 1 to 7 entries."),
        ({"features": ["x1", "x1"]}, "`features` names x1 twice, but each feature can be seen once."),
        (
            {"data": {"kind": "plane"}, "training": {"loss": "cross_entropy"}},
            """`training.loss` is cross_entropy, but must be squared_error or auto for regression (`data.kind` is \
plane).""",
        ),
        (
            {"data": {"kind": "bumps"}, "network": {"outputs": "per_class"}},
            "`network.outputs` is per_class, but must be single or auto for regression (`data.kind` is bumps).",
        ),
        (
            {"data": {"kind": "blobs", "classes": 3}, "network": {"outputs": "single"}},
            "`network.outputs` is single, but must be per_class or auto for 3 classes.",
        ),
        (
            {"network": {"output_activation": "tanh"}},
            """`network.output_activation` is tanh, but must be auto for cross-entropy, which brings its own; choose \
`training.loss` squared_error to set it.""",
        ),
    ],
)
def test_a_contradiction_is_refused_with_one_sentence(document: dict[str, Any], expected: str) -> None:
    assert sentence(**document) == expected


def test_features_come_in_the_order_of_the_engine() -> None:
    assert Experiment(features=("sin_x2", "x1")).features == ("x1", "sin_x2")


def test_one_setting_is_replaced() -> None:
    experiment = Experiment()
    assert experiment.replace("network.hidden.1.units", 9).network.hidden[1].units == 9
    assert experiment.replace("data.points", None) == experiment
    assert experiment == Experiment()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("training.lerning_rate", "`training.lerning_rate` is not a setting; known are loss, optimizer,"),
        ("trainning.loss", "`trainning.loss` is not a setting; did you mean 'training'? Known are version, data,"),
        ("network.hidden.2.units", "`network.hidden.2.units` is not a setting: there are 2 entries, counted from 0."),
        ("network.hidden.2", "`network.hidden.2` is not a setting: there are 2 entries, counted from 0."),
        ("data.noise.x", "`data.noise.x` is not a setting: `data.noise` has no parts."),
    ],
)
def test_a_place_that_does_not_exist_cannot_be_replaced(path: str, expected: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        Experiment().replace(path, 1)
    assert str(caught.value).startswith(expected)


def test_arrays_are_taken_as_given_data() -> None:
    data = Data(kind="given", inputs=np.eye(3, dtype=np.float32), targets=np.array([0, 1, 1]), held_out=[np.int64(2)])
    assert [list(row) for row in data.inputs or ()] == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert list(data.held_out or ()) == [2]


def test_every_setting_is_documented_and_placed() -> None:
    schema = Experiment.json_schema()
    parts = [schema, *schema["$defs"].values()]
    leaves = [leaf for part in parts for leaf in part["properties"].items() if "$ref" not in leaf[1]]
    for name, leaf in leaves:
        assert "Default: " in leaf["description"], name
        assert "slot" in leaf or name in (
            "version",
            "points",
            "inputs",
            "targets",
            "drawings",
            "grid",
            "class_names",
            "axes",
            "held_out",
        ), name
        assert "link" in leaf or name == "hidden", name
        if leaf.get("type") in ("integer", "number") and "enum" not in leaf and name != "version":
            assert "Range: " in leaf["description"], name
