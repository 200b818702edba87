"""What an experiment writes into the engine's slots, by the table that its fields carry.

The table holds for Python and for the page alike; see `settings` for its words.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

from pellucid.experiment.document import Experiment
from pellucid.experiment.settings import Document

Enumerations = Mapping[str, Mapping[str, int]]
"""For each of the engine's enumerations the number of each name."""


class Entry(NamedTuple):
    """A number for the engine.

    Attributes
    ----------
    slot : str
        Name of the slot.
    place : int
        Its place among the slots of that name: the number of the layer, from 0, where each layer has one.
    value : float
        The number.
    """

    slot: str
    place: int
    value: float


def entries(experiment: Experiment, enumerations: Enumerations) -> Iterator[Entry]:
    """Yield what the settings of an experiment write into the engine's slots.

    Examples
    --------
    >>> enumerations = {
    ...     "DataKind": {"moons": 2},
    ...     "Scaling": {"none": 0},
    ...     "Feature": {"x1": 0, "x2": 1},
    ...     "Activation": {"tanh": 2},
    ...     "Initializer": {"glorot": 0},
    ...     "Loss": {"squared_error": 2},
    ...     "Optimizer": {"sgd": 0},
    ...     "Regularizer": {"none": 0},
    ... }
    >>> found = entries(Experiment(), enumerations)
    >>> [tuple(entry) for entry in found if entry.slot in ("DATA_KIND", "FEATURES", "UNITS")]
    [('DATA_KIND', 0, 2), ('FEATURES', 0, 3), ('UNITS', 0, 4), ('UNITS', 1, 3)]
    """
    yield from _entries(experiment, 0, enumerations)


def _entries(document: Document, place: int, enumerations: Enumerations) -> Iterator[Entry]:
    for name, field in type(document).model_fields.items():
        value = getattr(document, name)
        table = cast("dict[str, object]", field.json_schema_extra or {})
        if isinstance(value, Document):
            yield from _entries(value, place, enumerations)
        if "slot" not in table:
            continue
        slot = str(table["slot"])
        if isinstance(value, tuple) and "enumeration" not in table:
            yield Entry(slot, 0, len(value))
            for each, layer in enumerate(value):
                yield from _entries(layer, each, enumerations)
            continue
        codes = {
            **enumerations.get(str(table.get("enumeration")), {}),
            **cast("dict[str, int]", table.get("codes", {})),
        }
        yield Entry(slot, place, _number(value, codes))


def _number(value: object, codes: Mapping[str, int]) -> float:
    if isinstance(value, tuple):
        return sum(1 << codes[name] for name in value)
    return codes[value] if isinstance(value, str) else cast("float", value)
