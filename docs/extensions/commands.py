"""The commands of the command line, from the declarations that its help is made of."""

from collections.abc import Iterator
from typing import Any, get_args

import typer.main
from docutils import nodes
from rich.text import Text
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from pellucid.cli import app as command_line


class CommandDirective(SphinxDirective):
    """``{command} train``: what it does, its examples and its options; without a name, those of ``pellucid`` itself."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the command as text and lists of options."""
        group: Any = typer.main.get_command(command_line)
        command = group.commands[self.arguments[0]] if self.arguments else group
        found: list[nodes.Node] = [_paragraph(each) for each in (command.help or "").split("\n\n")]
        found.extend(_examples(command.epilog or ""))
        for panel, parameters in _panels(command).items():
            found.append(nodes.rubric("", panel))
            found.append(nodes.definition_list("", *map(_item, parameters), classes=["options"]))
        return found


def commands() -> list[str]:
    """Return the names of the commands."""
    group: Any = typer.main.get_command(command_line)
    return list(group.commands)


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("command", CommandDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _examples(epilog: str) -> Iterator[nodes.Node]:
    title, *lines = [line for line in Text.from_markup(epilog).plain.splitlines() if line] or [""]
    if lines:
        yield nodes.rubric("", title)
        text = "\n".join(lines)
        yield nodes.literal_block(text, text, language="text")


def _panels(command: Any) -> dict[str, list[Any]]:
    panels: dict[str, list[Any]] = {}
    for parameter in command.params:
        usual = "Options" if parameter.param_type_name == "option" else "Arguments"
        panels.setdefault(getattr(parameter, "rich_help_panel", None) or usual, []).append(parameter)
    return panels


def _item(parameter: Any) -> nodes.Node:
    names = [*parameter.opts, *parameter.secondary_opts] if parameter.param_type_name == "option" else []
    value = parameter.metavar or "|".join(map(str, get_args(parameter.type_descriptor.annotation)))
    term = nodes.term("", "", nodes.literal("", " ".join([", ".join(names), value]).strip()))
    about = _paragraph(f"{parameter.help or ''} {_otherwise(parameter)}")
    return nodes.definition_list_item("", term, nodes.definition("", about))


def _otherwise(parameter: Any) -> str:
    """Return what holds without the option, where its help does not say it."""
    default = parameter.opts[0] if parameter.default is True else parameter.default
    said = f"Default: {default}" if default else ""
    return f"{said}, or ${parameter.envvar}." if parameter.envvar else said and f"{said}."


def _paragraph(text: str) -> nodes.paragraph:
    return nodes.paragraph("", nodes.Text(" ".join(text.split())).astext())
