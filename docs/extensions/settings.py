"""The settings of an experiment in the reference: what their declaration says, beside each name."""

from collections.abc import Iterator
from typing import Any, Literal, cast, get_args, get_origin

from sphinx.application import Sphinx

from pellucid.commands.options import NOT_OPTIONS
from pellucid.experiment.settings import Document


def setup(app: Sphinx) -> dict[str, bool]:
    """Let the classes of the document list their settings; they are fields, which autodoc does not describe."""
    app.connect("autodoc-process-docstring", add_settings, priority=600)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def add_settings(app: Sphinx, what: str, name: str, found: Any, options: Any, lines: list[str]) -> None:
    """Add the settings below the docstring of a part of the document."""
    if what == "class" and issubclass(found, Document):
        lines.extend(["", ".. rubric:: Settings", ""])
        lines.extend(_settings(found))


def _settings(document: type[Document]) -> Iterator[str]:
    for name, field in document.model_fields.items():
        table = cast("dict[str, str]", field.json_schema_extra or {})
        yield f".. py:attribute:: {name}"
        yield ""
        yield f"   {_plain(field.description or '')}"
        choices = _choices(field.annotation)
        if choices:
            yield f"   One of {', '.join(map(str, choices))}."
        if "link" in table:
            link = table["link"]
            option = "" if link in NOT_OPTIONS else f", as an option ``--{link.replace('_', '-')}``"
            yield f"   In a link: ``{link}``{option}."
        yield ""


def _choices(annotation: Any) -> tuple[Any, ...]:
    """Return the values of a literal or of a tuple of literals, where there are several."""
    if get_origin(annotation) is tuple:
        return _choices(get_args(annotation)[0])
    values = get_args(annotation) if get_origin(annotation) is Literal else ()
    return values if len(values) > 1 else ()


def _plain(text: str) -> str:
    """Return text in which no character is markup."""
    return "".join(f"\\{each}" if each in "\\`*|_" else each for each in text)
