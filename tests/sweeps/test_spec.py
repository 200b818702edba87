"""What a sweep's document says, and how it is refused."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pellucid import Experiment
from pellucid.errors import ArgumentError, ExperimentError
from pellucid.link import encode
from pellucid.sweeps import Sweep
from pellucid.sweeps.plan import key_of, plan
from pellucid.sweeps.sheet import shown
from sweeps.sweeps import planned

TOML = """
epochs = 30
seeds = [3, 5]
[experiment.data]
noise = 0.1
[grid]
network.hidden.0.units = [1, 2]
"data.kind" = ["circles", "moons"]
[random]
training.learning_rate = { low = 0.01, high = 1.0, log = true }
training.optimizer = ["sgd", "adam"]
"""


def test_a_file_says_the_same_with_and_without_quotation_marks(tmp_path: Path) -> None:
    (tmp_path / "spec.toml").write_text(TOML)
    read = Sweep.open(tmp_path / "spec.toml")
    assert read == Sweep(
        experiment={"data": {"noise": 0.1}},
        epochs=30,
        seeds=[3, 5],
        grid={"network.hidden.0.units": [1, 2], "data.kind": ["circles", "moons"]},
        random={
            "training.learning_rate": {"low": 0.01, "high": 1, "log": True},
            "training.optimizer": {"choices": ["sgd", "adam"]},
        },
    )
    assert read.fields == ("network.hidden.0.units", "data.kind", "training.learning_rate", "training.optimizer")


def test_the_experiment_may_be_a_file_or_a_link(tmp_path: Path) -> None:
    base = Experiment(data={"kind": "circles"})
    base.save(tmp_path / "base.json")
    for name in ("base.json", encode(base)):
        (tmp_path / "spec.json").write_text(json.dumps({"experiment": name}))
        assert Sweep.open(tmp_path / "spec.json").experiment == base


def test_the_example_that_is_printed_is_a_sweep(pellucid: Any, tmp_path: Path) -> None:
    status, out, err = pellucid("sweep", "--example")
    (tmp_path / "example.toml").write_text(out)
    read = Sweep.open(tmp_path / "example.toml")
    assert (status, err) == (0, "")
    assert len(plan(read).runs) == 4 * 2 * 20
    # What it has in comments is right too.
    lines = out.replace("\n# draws", "\ndraws").replace("# draw_seed", "draw_seed").splitlines()
    later = lines.index("#")
    top = [line for line in lines if line.startswith("draw")]
    drawn = [line.removeprefix("# ") for line in lines[later + 1 :]]
    rest = [line for line in lines[:later] if line not in top and not line.startswith("network.hidden.0.units")]
    (tmp_path / "example.toml").write_text("\n".join([*top, *rest, *drawn]))
    assert len(plan(Sweep.open(tmp_path / "example.toml")).combinations) == 2 * 50


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"grid": {"training.learning_rat": [1]}}, "`training.learning_rat` is not a setting; .*'learning_rate'\\?"),
        ({"grid": {"network.hiden.0.units": [1]}}, "`network.hiden.0.units` is not a setting; .*'hidden'\\?"),
        ({"grid": {"network.hidden.5.units": [1]}}, "`network.hidden.5.units` is not a setting: there are 2 entries"),
        ({"grid": {"data.kind": ["moon"]}}, "`data.kind` is 'moon', but must be one of .*; did you mean 'moons'\\?"),
        ({"grid": {"network.hidden.0.units": [4, 0]}}, "`network.hidden\\[0\\].units` is 0, but must be"),
        ({"grid": {"data.kind": "moons"}}, "`grid.data.kind` is 'moons', but must be a list of one value or more."),
        ({"grid": {"data.kind": []}}, "`grid.data.kind` is an empty list, but must be a list of one value or more."),
        ({"grid": {"data.kind": ["moons", "moons"]}}, '`grid.data.kind` has "moons" twice'),
        ({"grid": [1]}, "`grid` is a list, but must be a table"),
        ({"grid": {"data.seed": [1]}}, "`data.seed` is swept and set by seeds too; leave data out of `seeds_of`."),
        ({"grid": {"data": [{"kind": "xor", "seed": 1}]}}, "`data.seed` is swept and set by seeds too; leave data"),
        ({"random": {"network": [{"seed": 1}]}}, "`network.seed` is swept and set by seeds too; leave weights out"),
        ({"random": {"data.noise": {"low": 1}}}, "`random.data.noise`: `low` and high must both be there"),
        ({"random": {"data.noise": {"lo": 0, "high": 1}}}, "`random.data.noise`: `lo` is not a setting.*'low'\\?"),
        ({"random": {"data.noise": {"low": 0, "high": 1, "log": True}}}, "`low` is 0, but must be above 0 for log"),
        ({"random": {"data.noise": {"lo": 0, "hi": 1}}}, "`random.data.noise`: `lo` is not .* `hi` is not [^\n]*$"),
        # One draw is well within; with more of them, one would not be.
        (
            {"random": {"data.noise": {"low": 0, "high": 1.1}}, "draws": 1},
            "^`random.data.noise`: `data.noise` is 1.1, but must be a number from 0 to 1.$",
        ),
        (
            {"random": {"network.hidden.0.units": {"low": 1.2, "high": 3}}},
            "^`random.network.hidden.0.units`: `network.hidden\\[0\\].units` is 1.2, but must be a whole number",
        ),
        ({"draws": 5}, "`draws` is 5, but nothing is drawn: there is no random."),
        ({"draw_seed": 5}, "`draw_seed` is 5, but nothing is drawn"),
        (
            {"random": {"data.kind": {"low": 0, "high": 1}}},
            "`random.data.kind` is a range, but the setting is no number; choose from a list",
        ),
        (
            {"random": {"data.noise": [0.1]}, "grid": {"data.noise": [0.1]}},
            "`data.noise` is both in grid and in random",
        ),
        ({"seeds": 0}, "`seeds` is 0, but must be a whole number from 1 to 100000 or a list of 1 to 100000 entries."),
        ({"seeds": []}, "`seeds` has 0 entries, but must be a list of 1 to 100000 entries."),
        ({"seeds": [3, -1]}, "`seeds\\[1\\]` is -1, but must be a whole number from 0 to 2147483647."),
        ({"seeds": [3, 1, 1]}, "`seeds` has 1 twice, but each seed can be there once."),
        ({"seeds_of": ["weight"]}, "`seeds_of\\[0\\]` is 'weight', .*; did you mean 'weights'\\?"),
        ({"epochs": 3, "updates": 3}, "`updates` and epochs are both given"),
        ({"epochs": -1}, "`epochs` is -1, but must be a whole number from 0"),
        ({"measure": "acuracy"}, "`measure` is 'acuracy', .*'accuracy'\\?"),
        ({"sedes": 3}, "`sedes` is not a setting; .*; did you mean 'seeds'\\?"),
        ({"experiment": {"training": {"learning_rat": 1}}}, "`experiment.training.learning_rat` is not a setting"),
    ],
)
def test_what_is_wrong_is_said_before_anything_runs(settings: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ExperimentError, match=sentence):
        plan(Sweep(**settings))


def test_a_combination_that_contradicts_itself_is_named() -> None:
    with pytest.raises(
        ExperimentError, match=r"per_class or auto for 3.*\(With data.classes 3, network.outputs single"
    ):
        plan(
            Sweep(grid={"data.classes": [2, 3], "network.outputs": ["single"]}, experiment={"data": {"kind": "blobs"}})
        )


def test_more_than_a_million_runs_are_refused_before_they_are_made() -> None:
    with pytest.raises(ArgumentError, match="The sweep has 10,000,000 runs, but may have 1,000,000 at most"):
        plan(Sweep(grid={"data.samples": range(100, 200)}, seeds=100_000))


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.toml", "epochs = ", "The file '.*a.toml' is not TOML: invalid value"),
        ("a.json", "{", "The document is not JSON"),
        ("a.json", "[]", "holds an empty list, but must hold an object"),
        ("a.toml", 'experiment = "b.json"', "The file '.*b.json' cannot be opened: no such file or directory."),
    ],
)
def test_a_file_that_is_no_sweep_is_refused(name: str, text: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(ExperimentError, match=sentence):
        Sweep.open(tmp_path / name)


def test_a_file_of_another_encoding_is_read_by_its_mark_or_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    for encoding in ("utf-8-sig", "utf-16"):  # as editors and PowerShell write
        file.write_text("seeds = 3  # größer\n", encoding=encoding)
        assert Sweep.open(file).seeds == 3
    file.write_text("seeds = 3  # größer\n", encoding="latin-1")
    with pytest.raises(ExperimentError, match=r"The file '.*a.toml' is not text in UTF-8\."):
        Sweep.open(file)


def test_the_ends_of_a_range_need_only_be_allowed_together_with_other_settings() -> None:
    random: Any = {"data.kind": ["spiral", "blobs"], "data.classes": {"low": 3, "high": 4}}
    assert {each.experiment.data.classes for each in planned(grid={}, random=random, draws=40).combinations} == {3, 4}


def test_whole_sections_can_vary_and_are_known_by_what_they_say() -> None:
    data = [{"kind": "moons", "noise": 0.1}, {"kind": "spiral", "classes": 3}]
    found = planned(grid={"data": data, "network": [{}, {"hidden": [{"units": 2}]}]})
    assert [each.changes["data"] for each in found.combinations[::2]] == data
    assert found.combinations[3].experiment.data.classes == 3
    assert [shown(each.changes["data"]) for each in found.combinations[::2]] == [
        "kind moons, noise 0.1",
        "kind spiral, classes 3",
    ]
    assert [shown(each.changes["network"]) for each in found.combinations[:2]] == ["as it is", "hidden 2 tanh"]


def test_numpy_values_are_taken() -> None:
    found = Sweep(grid={"training.learning_rate": np.array([0.1, 0.5]), "data.samples": [np.int64(100)]})
    assert found.grid == {"training.learning_rate": (0.1, 0.5), "data.samples": (100,)}


def test_every_combination_is_run_with_every_seed_and_every_key_is_its_own() -> None:
    found = planned()
    assert len(found.runs) == 16
    assert len({run.key for run in found.runs}) == 16
    assert {run.seeds for run in found.runs} == {(seed,) * 3 for seed in range(4)}
    # Seed by seed: whoever looks early sees something of every combination.
    assert [run.combination for run in found.runs[:4]] == [0, 1, 2, 3]


def test_a_key_is_that_of_the_experiment_and_its_length_however_the_sweep_says_it() -> None:
    one = planned(grid={"training.learning_rate": [1]}, seeds=[7]).runs[0].key
    other = planned(grid={}, experiment={"training": {"learning_rate": 1.0}}, seeds=[7]).runs[0].key
    experiment = Experiment().replace_all(
        {"training.learning_rate": 1, "data.seed": 7, "network.seed": 7, "training.seed": 7}
    )
    assert one == other == key_of(experiment, ("epochs", 20))
    assert one != key_of(experiment, ("updates", 20))
    assert one != key_of(experiment.replace("training.seed", 8), ("epochs", 20))


def test_only_the_seeds_that_are_named_are_set() -> None:
    found = planned(seeds_of=["weights"], experiment={"data": {"seed": 5}}, seeds=2)
    assert {run.seeds for run in found.runs} == {(5, 0, 0), (5, 1, 0)}


def test_draws_are_within_their_range_and_the_first_stay_the_same_when_there_are_more() -> None:
    random = {
        "training.learning_rate": {"low": 0.001, "high": 1, "log": True},
        "network.hidden.0.units": {"low": 1, "high": 4},
        "data.noise": {"low": 0.1, "high": 0.3},
        "training.optimizer": ["sgd", "adam"],
    }
    few, many = (planned(grid={}, random=random, draws=draws, seeds=1).combinations for draws in (50, 400))
    assert few == many[:50]
    values = [combination.changes for combination in many]
    rates = np.array([each["training.learning_rate"] for each in values])
    assert rates.min() >= 0.001
    assert rates.max() <= 1
    # A third of the draws lies within each factor of ten.
    assert np.histogram(np.log10(rates), bins=[-3, -2, -1, 0])[0] / 400 == pytest.approx([1 / 3] * 3, abs=0.08)
    units = [each["network.hidden.0.units"] for each in values]
    assert [units.count(number) / 400 for number in (1, 2, 3, 4)] == pytest.approx([0.25] * 4, abs=0.08)
    noises = [each["data.noise"] for each in values]
    assert np.mean(noises) == pytest.approx(0.2, abs=0.01)
    assert {each["training.optimizer"] for each in values} == {"sgd", "adam"}


def test_a_draw_that_comes_up_again_is_one_combination() -> None:
    found = planned(grid={}, random={"network.hidden.0.units": {"low": 1, "high": 3}}, draws=50)
    assert len(found.combinations) == 3
