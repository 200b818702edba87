"""The options of an experiment's settings: each setting that has a name in a link has an option of that name.

So the command line, the link and the document say the same things with the same words, and the help of an option is the
documentation of its setting.
"""

import inspect
import re
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from pellucid.errors import ExperimentError
from pellucid.experiment import Experiment
from pellucid.link import Place, change, places

NOT_OPTIONS = frozenset({"v", "points", "bits", "inputs", "targets", "drawings", "names", "axes", "held_out"})
"""Names of a link that are too long, or too little, for an option."""

PANELS = {"data": "Data", "features": "Data", "network": "Network", "training": "Training"}
SEEDS = ("data_seed", "weight_seed", "order_seed")
MEANINGS = {
    "hidden": "Units of the hidden layers: 4,3 is a layer of 4 and one of 3, none is no hidden layer. Default: 4,3.",
    "activation": "Activation of the hidden layers: one for all, or one for each: tanh,relu. Default: tanh.",
}


def setting_options() -> list[inspect.Parameter]:
    """Return a keyword parameter for each setting, with its option, for a command of Typer."""
    return [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=None,
            annotation=Annotated[
                str | None,
                typer.Option(
                    f"--{name.replace('_', '-')}",
                    help=_help(name, place),
                    metavar=_metavar(_schema(place)),
                    rich_help_panel=PANELS[place.path[0]],
                ),
            ],
        )
        for name, place in places().items()
        if name not in NOT_OPTIONS
    ]


def changed(experiment: Experiment, texts: Mapping[str, str]) -> Experiment:
    """Return an experiment with the settings of some options.

    Raises
    ------
    ExperimentError
        When a value is not allowed; its sentences call settings by the names of the options.

    Examples
    --------
    >>> changed(Experiment(), {"noise": "0.3"}).data.noise
    0.3
    >>> changed(Experiment(), {"noise": "7"})
    Traceback (most recent call last):
    pellucid.errors.ExperimentError: --noise is 7, but must be a number from 0 to 1.
    """
    texts = {name: "none" if name == "hidden" and text == "0" else text for name, text in texts.items()}
    try:
        return change(experiment, texts)
    except ExperimentError as error:
        faults = tuple((path, _by_options(sentence)) for path, sentence in error.faults)
        raise ExperimentError(faults) from None


def _by_options(sentence: str) -> str:
    """Call the settings in a sentence by their options."""
    options = {}
    for name, place in places().items():
        if name not in NOT_OPTIONS:
            path = ".".join(place.path)
            options[f"{path}[].{place.column}" if place.column else path] = f"--{name.replace('_', '-')}"

    def named(match: re.Match[str]) -> str:
        path, index = match[1], re.search(r"\[(\d+)\]", match[1])
        option = options.get(path) or options.get(re.sub(r"\[\d+\]", "[]", path))
        option = option or options.get(re.sub(r"\[\d+\]$", "", path), match[0])
        return f"entry {int(index[1]) + 1} of {option}" if index else option

    sentence = sentence.replace("`network.hidden`", "--hidden")
    sentence = re.sub(r"`([\w.\[\]]+)`", named, sentence)
    return re.sub(r"^The link's '(\w+)'", lambda match: f"--{match[1].replace('_', '-')}", sentence)


def _help(name: str, place: Place) -> str:
    schema = _schema(place)
    names = schema.get("enum") or schema.get("items", {}).get("enum")
    choice = f" One of: {', '.join(map(str, names))}." if names and name != "data" else ""
    text: str = MEANINGS.get(name, schema["description"])
    return text.replace(" Default: ", f"{choice} Default: ")


def _schema(place: Place) -> dict[str, Any]:
    root = Experiment.json_schema()
    schema = root
    for name in place.path:
        schema = _followed(root, schema)["properties"][name]
    if place.column:
        schema = _followed(root, schema["items"])["properties"][place.column]
    return schema


def _followed(root: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    return root["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _metavar(schema: dict[str, Any]) -> str:
    if schema.get("slot") in ("UNITS", "ACTIVATIONS", "FEATURES"):
        return "LIST"
    return "NUMBER" if schema.get("type") in ("integer", "number") or "anyOf" in schema else "NAME"
