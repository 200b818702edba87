"""The readable link: an experiment as the part of a web address after ``#``, with only what differs from the defaults.

    #v=1&data=circles&noise=0.3&hidden=4,3&activation=relu&end

``v`` is the version of the document, whose defaults a link leaves out; a link that begins with it stops with ``end``,
so that one which was cut short is never taken for a different experiment. A link that is written by hand may leave
out both.

The names stand in the JSON Schema (``link``), in whose order they are written. The page's codec reads the same table.

- A number is written in its shortest form, as JavaScript writes it; a name as it is.
- A list is written with commas: ``features=x1,sin_x1``. An empty one is ``none``.
- In a list of texts (``names=X,O``) a character that means something in a link is written ``~`` and its two
  hexadecimal digits, and one that is not ASCII with percent signs: ``names=A~2CB,%C3%97``.
- A list of lists is written with semicolons between the rows: ``points=0,1,0;1,0.5,1``. Where all numbers are 0 or 1
  and the schema has a name for it (``link_bits``), rows are written without commas: ``bits=0110;1001``.
- A list of layers is written by the settings of a layer: ``hidden=4,3&activation=tanh,relu``. Where all layers have the
  same value, the second is written once; where that is the default, not at all.
"""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from pellucid.errors import ExperimentError, LinkError
from pellucid.experiment import Experiment
from pellucid.experiment.faults import suggestion

__all__ = ["decode", "encode"]

END = "end"
NONE = "none"
LONGEST_INTEGER = 20
"""Characters; what is longer is out of every range."""

RESERVED = re.compile(r"[\x00-\x20\x7f~,&=#%;+\"<>\\^`{|}]")
ESCAPE = re.compile(r"~([0-9A-Fa-f]{2})")
SAFE = "!$'()*/:?@[]"

NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")


@dataclass(frozen=True)
class Place:
    """Where a name of the link belongs in the document.

    Attributes
    ----------
    path : tuple of str
        The names to follow from the document's top.
    shape : str
        ``"value"``, ``"list"``, ``"texts"`` (a list of any texts), ``"rows"``, ``"bits"`` (rows of 0 and 1), or
        ``"column"`` (one setting of each layer).
    column : str
        The name of that setting.
    """

    path: tuple[str, ...]
    shape: str
    column: str = ""


def encode(experiment: Experiment) -> str:
    """Return the link of an experiment.

    Examples
    --------
    >>> encode(Experiment(data={"kind": "circles", "noise": 0.3}, features=["x1", "x1_x2"]))
    '#v=1&data=circles&noise=0.3&features=x1,x1_x2&end'
    >>> encode(Experiment(network={"hidden": [{"units": 8}, {"units": 2, "activation": "relu"}]}))
    '#v=1&hidden=8,2&activation=tanh,relu&end'
    """
    document, default = experiment.model_dump(), Experiment().model_dump()
    parts = [f"v={experiment.version}"]
    for name, place in places().items():
        value, usual = _follow(document, place.path), _follow(default, place.path)
        if name != "v" and value is not None and _differs(place, value, usual):
            parts.append(f"{name}={_text(place, value)}")
    return "#" + "&".join([*parts, END])


def decode(link: str) -> Experiment:
    """Return the experiment that a link holds.

    Parameters
    ----------
    link : str
        The link: a whole address, or what follows its ``#``.

    Raises
    ------
    LinkError
        When the link was cut, names what does not exist, or holds a value that is not allowed.

    Examples
    --------
    >>> decode("https://example.org/#v=1&data=circles&hidden=3&end").data.kind
    'circles'
    >>> decode("#data=circles&nose=0.1")
    Traceback (most recent call last):
    pellucid.errors.LinkError: The link's name 'nose' is not known; did you mean 'noise'?
    >>> decode("#v=1&data=circles&noise=0.")
    Traceback (most recent call last):
    pellucid.errors.LinkError: The link is incomplete: its end ('&end') is missing,
    so a part of it may have been lost.
    """
    try:
        return change(Experiment(), _pairs(link))
    except ExperimentError as error:
        raise LinkError(error.faults) from None


def change(experiment: Experiment, texts: Mapping[str, str]) -> Experiment:
    """Return an experiment with some settings changed, which are named and written as in a link.

    Parameters
    ----------
    experiment : Experiment
        What the other settings are taken from.
    texts : mapping of str to str
        The text of each setting by its name in a link.

    Raises
    ------
    ExperimentError
        When a name does not exist or a value is not allowed.

    Examples
    --------
    >>> change(Experiment(), {"hidden": "8", "learning_rate": "0.3"}).network.hidden
    (Layer(units=8, activation='tanh'),)
    """
    document = experiment.model_dump()
    columns: dict[tuple[str, ...], dict[str, Any]] = {}
    for name, text in texts.items():
        place = _place(name)
        if place.shape == "column":
            columns.setdefault(place.path, {})[place.column] = [_scalar(part) for part in _parts(text)]
        else:
            _put(document, place.path, _value(place, text))
    for path, column in columns.items():
        _put(document, path, _layers(path, column, _follow(document, path)))
    return Experiment.from_dict(document)


@functools.cache
def places() -> dict[str, Place]:
    """Return the place in the document of each name of the link, from the JSON Schema."""
    schema = Experiment.json_schema()
    return dict(_places(schema, schema, ()))


def number_text(value: float) -> str:
    """Return a number in its shortest exact form, as JavaScript's ``String`` writes it.

    Examples
    --------
    >>> number_text(0.03), number_text(4.0), number_text(1e-8), number_text(0.000001), number_text(-2.5e-7)
    ('0.03', '4', '1e-8', '0.000001', '-2.5e-7')
    """
    if value == int(value):
        return str(int(value))
    mantissa, _, exponent = repr(value).partition("e")
    if not exponent:
        return mantissa
    power = int(exponent)
    if power < -6:
        return f"{mantissa}e{power}"
    sign, digits = ("-" if value < 0 else ""), mantissa.lstrip("-").replace(".", "")
    return f"{sign}0.{'0' * (-power - 1)}{digits}"


def _places(root: dict[str, Any], schema: dict[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, Place]]:
    for name, declared in schema["properties"].items():
        inner, here = _followed(root, declared), (*path, name)
        if inner.get("type") == "object":
            yield from _places(root, inner, here)
            continue
        array = next((each for each in inner.get("anyOf", [inner]) if each.get("type") == "array"), None)
        items = _followed(root, array["items"]) if array else {}
        if items.get("type") == "object":
            for column, each in items["properties"].items():
                yield each["link"], Place(here, "column", column)
            continue
        if "link_bits" in declared:
            yield declared["link_bits"], Place(here, "bits")
        yield declared["link"], Place(here, _shape(array, items))


def _shape(array: dict[str, Any] | None, items: dict[str, Any]) -> str:
    if array is None:
        return "value"
    if items.get("type") == "string" and "enum" not in items:
        return "texts"
    return "rows" if items.get("type") == "array" else "list"


def _followed(root: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    return root["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _differs(place: Place, value: Any, usual: Any) -> bool:
    """Whether a name must be written for the value to be found again."""
    if place.shape == "column":
        column = [layer[place.column] for layer in value]
        if place.column == _columns(place.path)[0]:
            return column != [layer[place.column] for layer in usual]
        return any(each != usual[0][place.column] for each in column)
    if place.shape in ("rows", "bits"):
        binary = all(number in (0, 1) for row in value for number in row)
        has_bits = Place(place.path, "bits") in places().values()
        return not has_bits or binary == (place.shape == "bits")
    return bool(value != usual)


def _text(place: Place, value: Any) -> str:
    if place.shape == "value":
        return _scalar_text(value)
    if place.shape == "rows":
        return ";".join(",".join(map(number_text, row)) for row in value) or NONE
    if place.shape == "bits":
        return ";".join("".join("1" if number else "0" for number in row) for row in value)
    if place.shape == "texts":
        written = ",".join(map(_escaped, value))
        return written.replace("n", "~6E", 1) if written == NONE else written or NONE
    entries = [layer[place.column] for layer in value] if place.shape == "column" else list(value)
    if place.shape == "column" and place.column != _columns(place.path)[0] and len(set(entries)) == 1:
        entries = entries[:1]
    return ",".join(map(_scalar_text, entries)) or NONE


def _escaped(text: str) -> str:
    """Return a text with nothing in it that means something in a link."""
    return quote(RESERVED.sub(lambda found: f"~{ord(found[0]):02X}", text), safe=SAFE)


def _unescaped(text: str) -> str:
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def _columns(path: tuple[str, ...]) -> list[str]:
    """Return the settings of a layer; the first tells how many layers there are."""
    return [place.column for place in places().values() if place.path == path]


def _scalar_text(value: str | float) -> str:
    return value if isinstance(value, str) else number_text(value)


def _pairs(link: str) -> dict[str, str]:
    """Return the names and texts of a link; refuse one that was cut, or names something twice."""
    fragment = unquote(link.strip().partition("#")[2] if "#" in link else link.strip())
    parts = fragment.split("&") if fragment else []
    if parts and (parts[0].partition("=")[0] == "v") and parts[-1] != END:
        raise _fault("The link is incomplete: its end ('&end') is missing, so a part of it may have been lost.")
    if parts and parts[-1] == END:
        parts.pop()
    pairs: dict[str, str] = {}
    for part in parts:
        name, equals, text = part.partition("=")
        if not equals or not text:
            raise _fault(f"The link is broken at {part[:40]!r}: a name, = and a value must stand there.")
        if name in pairs:
            raise _fault(f"The link names {name!r} twice.")
        pairs[name] = text
    return pairs


def _place(name: str) -> Place:
    known = places()
    if name not in known:
        raise _fault(f"The link's name {name[:40]!r} is not known{suggestion(name, list(known)) or '.'}")
    return known[name]


def _fault(sentence: str) -> LinkError:
    return LinkError((("", sentence),))


def _value(place: Place, text: str) -> Any:
    if place.shape == "value":
        return _scalar(text)
    if place.shape == "list":
        return [_scalar(part) for part in _parts(text)]
    if place.shape == "texts":
        return [_unescaped(part) for part in _parts(text)]
    if text == NONE:
        return []
    if place.shape == "bits":
        return [[int(bit) if bit in "01" else bit for bit in row] for row in text.split(";")]
    return [[_scalar(part) for part in row.split(",")] for row in text.split(";")]


def _parts(text: str) -> list[str]:
    return [] if text == NONE else text.split(",")


def _scalar(text: str) -> str | int | float:
    if not NUMBER.fullmatch(text):
        return text
    if "." not in text and "e" not in text and len(text) < LONGEST_INTEGER:
        return int(text)
    value = float(text)
    # 3.0 is the whole number 3, as it is in JavaScript.
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _layers(path: tuple[str, ...], columns: dict[str, list[Any]], before: Sequence[dict[str, Any]]) -> list[Any]:
    """Return layers from their settings; one value stands for all layers, and what is not named stays."""
    first, *others = _columns(path)
    usual = _follow(Experiment().model_dump(), path)[0]
    layers = [{first: units} for units in columns.get(first, [layer[first] for layer in before])]
    for name in others:
        kept = [layer[name] for layer in before]
        entries = columns.get(name, kept if len(kept) == len(layers) else [*kept, usual[name]][:1])
        if len(entries) not in (1, len(layers)):
            allowed = f"one, or one for each of {len(layers)} layers"
            raise _fault(f"The link's {name!r} has {len(entries)} entries, but must have {allowed}.")
        for index, layer in enumerate(layers):
            layer[name] = entries[index if len(entries) > 1 else 0]
    return layers


def _follow(document: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        document = document[name]
    return document


def _put(document: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    *above, last = path
    for name in above:
        document = document[name]
    document[last] = value
