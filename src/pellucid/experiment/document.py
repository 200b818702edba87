"""The Experiment: the one document that says what is run."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError

from pellucid.errors import ExperimentError
from pellucid.experiment.data import Data
from pellucid.experiment.faults import json_fault, suggestion
from pellucid.experiment.network import Layer, Network
from pellucid.experiment.settings import Document, refusal, setting
from pellucid.experiment.training import Training

Feature = Literal["x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2"]

FEATURES: tuple[Feature, ...] = ("x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2")
"""All features, in the order in which the network receives them."""


DRAWING_NETWORK = Network(hidden=(Layer(units=12),), outputs="per_class", initializer="uniform", initializer_scale=0.1)
"""One output for each character, also where there are two; weights so small that nothing is known at the start."""

DRAWING_TRAINING = Training(batch_size=1)
"""Stochastic gradient descent in its plain form: one drawing, one update."""


class Experiment(Document):
    """What is run: the data, what the network sees of them, the network and its training.

    Together with the engine's version it determines every weight of the run to the last bit, on every machine.
    It is immutable; `replace` gives a changed copy.

    Raises
    ------
    ExperimentError
        When a name is unknown, a value has the wrong type or is out of range, or two settings contradict each other.

    Examples
    --------
    >>> experiment = Experiment(data={"kind": "circles", "noise": 0.1}, network={"hidden": [{"units": 3}]})
    >>> experiment.data.kind, experiment.training.learning_rate
    ('circles', 0.1)
    >>> experiment.replace("training.learning_rate", 0.03).training.learning_rate
    0.03
    >>> experiment.replace("training.learning_rate", -1)
    Traceback (most recent call last):
    pellucid.errors.ExperimentError: `training.learning_rate` is -1, but must be a number from 0 to 100.
    >>> Experiment.from_json(experiment.to_json()) == experiment
    True
    """

    version: Literal[1] = setting(
        "Version of this document's format.",
        default=1,
        why="the only one so far",
        link="v",
    )
    data: Data = Field(default=Data(), description="The samples.")
    features: tuple[Feature, ...] = setting(
        "What the network sees of each point of the plane; the order is always the one listed here. Given inputs go "
        "to the network as they are.",
        default=("x1", "x2"),
        why="so that the network has to find the rest itself",
        slot="FEATURES",
        enumeration="Feature",
        link="features",
        min_length=1,
        max_length=7,
    )
    network: Network = Field(default=Network(), description="The network and its initial weights.")
    training: Training = Field(default=Training(), description="How the network is trained.")

    @field_validator("features")
    @classmethod
    def _in_order(cls, features: tuple[Feature, ...]) -> tuple[Feature, ...]:
        for name in features:
            if features.count(name) > 1:
                sentence = f"`features` names {name} twice, but each feature can be seen once."
                raise PydanticCustomError("cross_field", "{sentence}", {"sentence": sentence})
        return tuple(sorted(features, key=FEATURES.index))

    @model_validator(mode="after")
    def _check(self) -> Self:
        sentence = _contradiction(self)
        if sentence:
            raise PydanticCustomError("cross_field", "{sentence}", {"sentence": sentence})
        return self

    @classmethod
    def for_drawings(
        cls, drawings: Sequence[str] = (), labels: Sequence[int] = (), class_names: Sequence[str] = ("X", "O")
    ) -> Self:
        """Return an experiment with drawings, in the settings with which the page's Draw room begins.

        Parameters
        ----------
        drawings : sequence of str
            Drawings as text, as `pellucid.raster.text_of` writes them.
        labels : sequence of int
            The class of each, from 0.
        class_names : sequence of str
            The names of the classes: 2 to 10.

        Examples
        --------
        >>> experiment = Experiment.for_drawings()
        >>> experiment.data.grid, experiment.network.hidden[0].units, experiment.data.classes
        (6, 12, 2)
        """
        return cls(
            data=Data(
                kind="given",
                drawings=tuple(drawings),
                targets=tuple(labels),
                held_out=(),
                classes=len(class_names),
                class_names=tuple(class_names),
            ),
            network=DRAWING_NETWORK,
            training=DRAWING_TRAINING,
        )

    @property
    def loss(self) -> Literal["cross_entropy", "squared_error"]:
        """The loss that is used: what ``training.loss`` says, and for auto what suits the data."""
        if self.training.loss != "auto":
            return self.training.loss
        return "squared_error" if self.data.regression else "cross_entropy"

    def replace(self, path: str, value: object) -> Self:
        """Return a copy with one setting changed.

        Parameters
        ----------
        path : str
            Where the setting is, such as ``"training.learning_rate"`` or ``"network.hidden.0.units"``.
        value : object
            The new value.
        """
        return self.replace_all({path: value})

    def replace_all(self, changes: Mapping[str, object]) -> Self:
        """Return a copy with several settings changed at once, checked together.

        Examples
        --------
        >>> Experiment().replace_all({"data.kind": "blobs", "data.classes": 3}).data.classes
        3
        """
        document = self.model_dump()
        for path, value in changes.items():
            _place(document, path, value)
        return type(self)(**document)

    @classmethod
    def from_dict(cls, document: object) -> Self:
        """Return the experiment that a dictionary (as from a JSON document) describes."""
        try:
            return cls.model_validate(document)
        except ValidationError as error:
            raise refusal(cls, error) from None

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Return the experiment that a JSON text describes; what it leaves out has its default."""
        try:
            document = json.loads(text)
        except ValueError as error:
            raise json_fault(error) from None
        except RecursionError:
            raise ExperimentError((("", "The document is nested too deeply to be an experiment."),)) from None
        return cls.from_dict(document)

    def to_json(self, indent: int | None = 2) -> str:
        """Return the whole document as JSON."""
        return self.model_dump_json(indent=indent)

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Return the experiment in a JSON file."""
        try:
            text = Path(path).read_bytes()
        except OSError as error:
            reason = (error.strerror or "it cannot be read").lower()
            raise ExperimentError((("", f"The file {str(path)!r} cannot be opened: {reason}."),)) from None
        return cls.from_json(text)

    def save(self, path: str | Path) -> None:
        """Write the experiment to a JSON file."""
        Path(path).write_text(self.to_json() + "\n", encoding="utf-8")

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema of the document, with each setting's slot in the engine and name in a link.

        ``presets.drawings`` holds the document of `for_drawings`.
        """
        schema = cls.model_json_schema(mode="serialization")
        schema["presets"] = {"drawings": cls.for_drawings().model_dump(mode="json")}
        for part in (schema, *schema["$defs"].values()):
            part["description"] = part["description"].partition("\n\n")[0]
            for each in part["properties"].values():
                each.pop("title", None)
        return schema


def _contradiction(experiment: Experiment) -> str | None:
    """Return what contradicts across data, network and training, if anything does."""
    data, network, training = experiment.data, experiment.network, experiment.training
    if data.regression:
        fitted = f"`data.kind` is {data.kind}" if not data.given else "`data.classes` is 0"
        if training.loss == "cross_entropy":
            return f"`training.loss` is cross_entropy, but must be squared_error or auto for regression ({fitted})."
        if network.outputs == "per_class":
            return f"`network.outputs` is per_class, but must be single or auto for regression ({fitted})."
    elif network.outputs == "single" and data.classes != 2:
        return f"`network.outputs` is single, but must be per_class or auto for {data.classes} classes."
    if network.output_activation != "auto" and experiment.loss == "cross_entropy":
        return (
            f"`network.output_activation` is {network.output_activation}, but must be auto for cross-entropy, "
            "which brings its own; choose `training.loss` squared_error to set it."
        )
    return None


def _place(document: dict[str, Any], path: str, value: object) -> None:
    """Put a value at a path such as ``network.hidden.0.units`` of nested dictionaries and sequences."""
    *above, last = path.split(".")
    place: Any = document
    for position, name in enumerate(above):
        inner = _at(place, name, path)
        inner = list(inner) if isinstance(inner, tuple) else inner
        if not isinstance(inner, dict | list):
            raise ExperimentError(
                ((path, f"`{path}` is not a setting: `{'.'.join(above[: position + 1])}` has no parts."),)
            )
        place[int(name) if isinstance(place, list) else name] = inner
        place = inner
    if isinstance(place, list):
        _at(place, last, path)
        place[int(last)] = value
    else:
        place[last] = value


def _at(place: Any, name: str, path: str) -> Any:
    if isinstance(place, list):
        if name.isdecimal() and int(name) < len(place):
            return place[int(name)]
        raise ExperimentError(((path, f"`{path}` is not a setting: there are {len(place)} entries, counted from 0."),))
    if name not in place:
        known = f"nown are {', '.join(place)}."
        end = suggestion(name, list(place))
        raise ExperimentError(((path, f"`{path}` is not a setting{f'{end} K' if end else '; k'}{known}"),))
    return place[name]
