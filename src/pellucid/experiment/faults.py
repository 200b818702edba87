"""From a validation error to sentences: what is wrong, where, the value received, what is allowed."""

import difflib
import functools
import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from pellucid.errors import ExperimentError

Schema = dict[str, Any]


def faults_of(model: type[BaseModel], error: ValidationError) -> tuple[tuple[str, str], ...]:
    """Return a pair (path, sentence) for each place that is at fault."""
    faults: dict[str, str] = {}
    for each in error.errors(include_url=False):
        if each["type"] == "cross_field":
            sentence = str(each["ctx"]["sentence"])
            faults.setdefault(sentence.split("`")[1], sentence)
            continue
        path, schema, parent = _resolve(_schema(model), each["loc"])
        if each["type"] == "extra_forbidden":
            faults[path] = _unknown(path, parent)
        elif each["type"] == "missing":
            faults.setdefault(path, f"`{path}` is missing, but must be {allowed(schema)}.")
        else:
            faults.setdefault(path, _sentence(path, schema, each["input"]))
    return tuple((path, faults[path]) for path in faults if not any(_within(deeper, path) for deeper in faults))


def json_fault(error: ValueError) -> ExperimentError:
    """Return the error for a text that is not JSON."""
    if isinstance(error, json.JSONDecodeError):
        what = error.msg[0].lower() + error.msg[1:]
        where = f"line {error.lineno}, column {error.colno}"
        return ExperimentError((("", f"The document is not JSON: {what} at {where}."),))
    if isinstance(error, UnicodeDecodeError):
        return ExperimentError((("", "The document is not JSON: it is not text in UTF-8."),))
    return ExperimentError((("", "The document holds a number that is too long to be read."),))


def suggestion(name: object, names: Sequence[str]) -> str:
    """Return the nearest of some names as a question, or nothing.

    Examples
    --------
    >>> suggestion("rleu", ["tanh", "relu"])
    "; did you mean 'relu'?"
    >>> suggestion("softplus", ["tanh", "relu"])
    ''
    """
    near = difflib.get_close_matches(str(name).lower(), names, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def allowed(schema: Schema) -> str:
    """Return what a schema allows, in words.

    Examples
    --------
    >>> allowed({"type": "integer", "minimum": 10, "maximum": 5000})
    'a whole number from 10 to 5000'
    >>> allowed({"enum": ["none", "l1", "l2"], "type": "string"})
    'one of none, l1 or l2'
    >>> allowed({"type": "string", "minLength": 1, "maxLength": 16})
    'a text of 1 to 16 characters'
    >>> allowed({"type": "boolean"})
    'true or false'
    """
    if "anyOf" in schema:
        return either([allowed(each) for each in schema["anyOf"]])
    if "const" in schema:
        return str(schema["const"])
    if "enum" in schema:
        return f"one of {either(schema['enum'])}"
    kind = schema.get("type")
    if kind in ("integer", "number"):
        return f"a {'whole number' if kind == 'integer' else 'number'}{_limits(schema)}"
    if kind == "array":
        return f"a list of {_count(schema)}"
    if kind == "string":
        few, most = schema.get("minLength", 0), schema["maxLength"]
        return "a drawing as text" if "pattern" in schema else f"a text of {few} to {most} characters"
    return {"null": "nothing", "boolean": "true or false"}.get(str(kind), "an object with named settings")


def _sentence(path: str, schema: Schema, value: object) -> str:
    """One sentence on a value that does not suit its place."""
    place = f"`{path}`" if path else "The document"
    variants = schema.get("anyOf", [schema])
    names = [name for each in variants for name in _names(each)]
    lists = [each for each in variants if each.get("type") == "array"]
    if isinstance(value, list | tuple) and lists:
        return f"{place} has {len(value)} {'entry' if len(value) == 1 else 'entries'}, but must be {allowed(lists[0])}."
    end = suggestion(value, names) if isinstance(value, str) else ""
    return f"{place} is {shown(value)}, but must be {allowed(schema)}{end or '.'}"


def shown(value: object) -> str:
    """Return a value as it is shown in a sentence: short, and as JSON where it can be.

    Examples
    --------
    >>> shown("moon"), shown(True), shown(0.5), shown([1, 2]), shown([])
    ("'moon'", 'true', '0.5', 'a list', 'an empty list')
    """
    if isinstance(value, str):
        return repr(value if len(value) <= 40 else value[:39] + "…")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        text = repr(value)
        return text if len(text) <= 40 else f"{text[:39]}…"
    if value is None:
        return "null"
    a_list = "a list" if value else "an empty list"
    names = {"list": a_list, "tuple": a_list, "dict": "an object"}
    return names.get(type(value).__name__, f"of type {type(value).__name__}")


def either(names: Iterable[object], word: str = "or") -> str:
    """Return names as a choice in a sentence.

    Examples
    --------
    >>> either(["a", "b", "c"])
    'a, b or c'
    """
    texts = [str(name) for name in names]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} {word} {texts[-1]}"


def _within(deeper: str, path: str) -> bool:
    """Tell whether a fault lies within a place; a list is not blamed again for having lost its faulty entries."""
    return bool(path) and deeper.startswith((f"{path}[", f"{path}."))


def _unknown(path: str, parent: Schema) -> str:
    names = list(parent.get("properties", {}))
    name = path.rpartition(".")[2]
    end = suggestion(name, names)
    return f"`{path}` is not a setting; known are {either(names, 'and')}{end or '.'}"


def _names(schema: Schema) -> list[str]:
    return [name for name in (*schema.get("enum", ()), schema.get("const")) if isinstance(name, str)]


def _limits(schema: Schema) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    below = schema.get("exclusiveMaximum")
    if low is not None and high is not None:
        return f" from {_figure(low)} to {_figure(high)}"
    if low is not None and below is not None:
        return f" from {_figure(low)} to below {_figure(below)}"
    return ""


def _count(schema: Schema) -> str:
    low, high = schema.get("minItems", 0), schema.get("maxItems", math.inf)
    return f"{low} entries" if low == high else f"{low} to {high} entries"


def _figure(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)


@functools.cache
def _schema(model: type[BaseModel]) -> Schema:
    return model.model_json_schema(mode="serialization")


def _resolve(root: Schema, location: tuple[int | str, ...]) -> tuple[str, Schema, Schema]:
    """Return the path in words, the schema of the place and the schema that holds it.

    Pydantic's location also names the members of unions; whatever is no place in the document ends the path.
    """
    path, schema, parent = "", root, root
    for step in location:
        inner = _inside(root, schema, step)
        if inner is None and "anyOf" in schema:
            continue
        if inner is None:
            break
        parent, schema = schema, inner
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
    else:
        return path, schema, parent
    unknown = location[-1]
    if isinstance(unknown, str) and "properties" in schema:
        return f"{path}.{unknown}" if path else unknown, {}, schema
    return path, schema, parent


def _inside(root: Schema, schema: Schema, step: int | str) -> Schema | None:
    for each in schema.get("anyOf", [schema]):
        if isinstance(step, str):
            inner = each.get("properties", {}).get(step)
        else:
            fixed = each.get("prefixItems", [])
            inner = fixed[step] if step < len(fixed) else each.get("items")
        if isinstance(inner, dict):
            return _followed(root, inner)
    return None


def _followed(root: Schema, schema: Schema) -> Schema:
    """Return the schema that a reference stands for."""
    if "$ref" not in schema:
        return schema
    target: Schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    return target
