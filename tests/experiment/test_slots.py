"""What an experiment writes into the engine's slots."""

from hypothesis import given

from experiment_strategies import experiments
from pellucid import Experiment
from pellucid.experiment.slots import entries
from pellucid.library import library


def written(experiment: Experiment) -> dict[tuple[str, int], float]:
    return {(entry.slot, entry.place): entry.value for entry in entries(experiment, library().enumerations)}


@given(experiments())
def test_every_setting_fits_a_slot_of_the_engine(experiment: Experiment) -> None:
    for slot, place in written(experiment):
        assert place < library().slots[slot].length


def test_names_are_written_by_the_engines_enumerations() -> None:
    slots = written(Experiment(data={"kind": "bumps"}, features=("x2", "sin_x1")))
    assert slots["DATA_KIND", 0] == library().enumerations["DataKind"]["bumps"]
    assert slots["FEATURES", 0] == 0b100010
    assert slots["LOSS", 0] == library().enumerations["Loss"]["auto"]


def test_layers_are_written_one_after_the_other() -> None:
    slots = written(Experiment(network={"hidden": [{"units": 8}, {"units": 2, "activation": "relu"}]}))
    assert (slots["HIDDEN_LAYERS", 0], slots["UNITS", 0], slots["UNITS", 1]) == (2, 8, 2)
    assert slots["ACTIVATIONS", 1] == library().enumerations["Activation"]["relu"]


def test_all_samples_in_a_batch_are_written_as_0() -> None:
    assert written(Experiment(training={"batch_size": "all"}))["BATCH_SIZE", 0] == 0


def test_names_that_the_table_spells_out_are_the_engines() -> None:
    """The page and Python may use `codes` or the enumeration: they must not contradict each other."""
    schema = Experiment.json_schema()
    for part in schema["$defs"].values():
        for setting in part["properties"].values():
            known = library().enumerations.get(setting.get("enumeration", "OutputKind"), {})
            for name, code in setting.get("codes", {}).items():
                assert known.get(name, code) == code


def test_every_name_of_a_setting_is_known_to_the_engine() -> None:
    schema = Experiment.json_schema()
    for part in schema["$defs"].values():
        for setting in part["properties"].values():
            if "enumeration" in setting:
                names = {*library().enumerations[setting["enumeration"]], *setting.get("codes", {})}
                assert set(setting["enum"]) <= names
