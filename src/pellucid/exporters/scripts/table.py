"""The pieces that scripts are put together from, and how: the page does the same with the same table."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

PIECES = Path(__file__).with_name("pieces")
MARK = re.compile(r"#\?(.*)\n")

SCRIPTS = {
    "numpy": (
        "numpy_title",
        "settings",
        "numpy_settings",
        "numpy_samples",
        "random",
        "numpy_start",
        "numpy_network",
        "numpy_training",
        "numpy_report",
        "numbers",
    ),
    "torch": (
        "torch_title",
        "settings",
        "torch_settings",
        "torch_samples",
        "random",
        "torch_start",
        "torch_network",
        "torch_training",
        "torch_report",
        "numbers",
    ),
}
"""For each framework the files of pieces, in their order in the script."""


class Piece(NamedTuple):
    """Some lines of a script.

    Attributes
    ----------
    when : mapping of str to list of str
        For which networks: of each key, one of these names must be among the network's choices.
    text : str
        The lines, with ``{{name}}`` where a value goes.
    """

    when: Mapping[str, list[str]]
    text: str


def pieces(framework: str) -> list[Piece]:
    """Return the pieces of a script, numpy or torch, in their order."""
    return [piece for name in SCRIPTS[framework] for piece in parsed((PIECES / f"{name}.txt").read_text("utf-8"))]


def parsed(text: str) -> Iterator[Piece]:
    r"""Yield the pieces of a text.

    Examples
    --------
    >>> for piece in parsed("a = 0\n#? optimizer: adam sgd; depth: deep\nb = 1\n#?\nc = 2\n"):
    ...     print(piece)
    Piece(when={}, text='a = 0\n')
    Piece(when={'optimizer': ['adam', 'sgd'], 'depth': ['deep']}, text='b = 1\n')
    Piece(when={}, text='c = 2\n')
    """
    when: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines(keepends=True):
        mark = MARK.fullmatch(line)
        if mark is None:
            lines.append(line)
            continue
        if lines:
            yield Piece(when, "".join(lines))
        when, lines = _conditions(mark[1]), []
    if lines:
        yield Piece(when, "".join(lines))


def assembled(table: Iterable[Piece], choices: Mapping[str, Sequence[str]], values: Mapping[str, str]) -> str:
    r"""Return the script of a network with these choices and values.

    Examples
    --------
    >>> table = [Piece({}, "rate = {{rate}}\n"), Piece({"optimizer": ["adam"]}, "decay = {{decay}}\n")]
    >>> assembled(table, {"optimizer": ["sgd"]}, {"rate": "0.1", "decay": "0.9"})
    'rate = 0.1\n'
    """
    chosen = [text for when, text in table if all(set(names) & set(choices[key]) for key, names in when.items())]
    return re.sub(r"\{\{(\w+)\}\}", lambda place: values[place[1]], "".join(chosen))


def _conditions(mark: str) -> dict[str, list[str]]:
    parts = [part.partition(":") for part in mark.split(";") if part.strip()]
    return {key.strip(): names.split() for key, _, names in parts}
