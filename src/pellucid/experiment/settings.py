"""One setting of the experiment: its meaning, limits and default, and where the engine and the link keep it.

Everything that is to be known about a setting is said once, where the field is declared. The JSON Schema carries
it to the page, so that Python and TypeScript write settings into the engine's memory, and read and write links, by
the same table:

- ``slot``: the name of the engine's slot. A number is written as it is. A name is looked up in ``codes`` first, then
  among the values of the engine's ``enumeration``. A list of names sets one bit, 1 << value, for each. A list of
  layers writes its length to its slot, and each layer's settings to their slots at the layer's place.
- ``link``: the name in a link. ``link_bits``: the name instead when all numbers are 0 or 1.
- ``unit``: the unit, where there is one.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pellucid.errors import ExperimentError
from pellucid.experiment.faults import faults_of


class Document(BaseModel):
    """A part of the experiment: immutable, with no unknown names, refused with one clear sentence for each fault."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        json_schema_serialization_defaults_required=True,
    )

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise refusal(type(self), error) from None

    # Tells Pydantic that this __init__ takes what its own takes, so that nested documents are still
    # validated in one go and their faults keep their whole path.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]


def refusal(model: type[BaseModel], error: ValidationError) -> ExperimentError:
    """Return the error of this project for Pydantic's."""
    return ExperimentError(faults_of(model, error))


def setting(
    meaning: str,
    *,
    default: Any,
    why: str,
    unit: str | None = None,
    slot: str | None = None,
    enumeration: str | None = None,
    codes: Mapping[str, int] | None = None,
    link: str | None = None,
    link_bits: str | None = None,
    **limits: Any,
) -> Any:
    """Declare a setting with its documentation.

    Parameters
    ----------
    meaning : str
        What it does, in one or two sentences.
    default : object
        The value when nothing is said.
    why : str
        Why that is the default.
    unit : str, optional
        The unit of the value.
    slot, enumeration, codes, link, link_bits : optional
        See the module's text.
    **limits
        Limits as Pydantic names them: ``ge``, ``le``, ``lt``, ``min_length``, ``max_length``.
    """
    extra: dict[str, Any] = {
        "unit": unit,
        "slot": slot,
        "enumeration": enumeration,
        "codes": dict(codes) if codes else None,
        "link": link,
        "link_bits": link_bits,
    }
    description = [meaning]
    if unit:
        description.append(f"Unit: {unit}.")
    if limits:
        description.append(f"Range: {range_text(limits)}.")
    description.append(f"Default: {default_text(default)}, {why}.")
    return Field(
        default=default,
        description=" ".join(description),
        json_schema_extra={name: value for name, value in extra.items() if value is not None},
        **limits,
    )


def range_text(limits: Mapping[str, Any]) -> str:
    """Return limits in words.

    Examples
    --------
    >>> range_text({"ge": 0, "lt": 1})
    '0 to below 1'
    >>> range_text({"ge": 10, "le": 5000})
    '10 to 5000'
    >>> range_text({"min_length": 1, "max_length": 7})
    '1 to 7 entries'
    """
    if "max_length" in limits:
        return f"{limits.get('min_length', 0)} to {limits['max_length']} entries"
    return f"{limits['ge']} to {limits['le']}" if "le" in limits else f"{limits['ge']} to below {limits['lt']}"


def default_text(default: Any) -> str:
    """Return a default value in words."""
    if default is None:
        return "none"
    if isinstance(default, tuple):
        return ", ".join(default_text(each) for each in default)
    if isinstance(default, BaseModel):
        return " ".join(str(part) for part in default.model_dump().values())
    return f"{default:g}" if isinstance(default, float) else str(default)
