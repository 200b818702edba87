"""The account as text: each formula once, with the line of the engine that computes it, and then its numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from pellucid.account.figures import written
from pellucid.account.line import Line
from pellucid.account.outline import Passage, outline
from pellucid.account.text_writer import TextWriter

if TYPE_CHECKING:
    from pellucid.account.account import Account

WIDTH = 100
INDENT = "  "
GAP = "    "


class Row(NamedTuple):
    """A row of text, and what stands in it: "title", "stage", "formula", "source", "note" or "numbers"."""

    role: str
    text: str


def text_of(account: Account, *, whole: bool) -> str:
    """Return an account as text."""
    return "\n".join(row.text for row in rows_of(account, whole=whole))


def rows_of(account: Account, *, whole: bool) -> Iterator[Row]:
    """Yield the rows of the text."""
    yield Row("title", account.title)
    for title, passages in outline(account.stages, whole=whole):
        yield Row("numbers", "")
        yield Row("stage", title)
        for passage in passages:
            yield from _formula_rows(passage)
            yield from _number_rows(passage, whole=whole)


def _formula_rows(passage: Passage) -> Iterator[Row]:
    writer = TextWriter()
    formulas = [(INDENT + writer.write(tree), source) for tree, source in passage.formulas]
    column = max((_columns(text) for text, _ in formulas), default=0)
    above = None
    for text, source in formulas:
        line = f"{source.file}:{source.number}  {source.line}" if source and source != above else ""
        above = source
        if line and column + len(GAP) + len(line) > WIDTH:
            yield Row("formula", text)
            yield Row("source", f"{INDENT * 3}{line}")
        else:
            yield Row("formula", f"{text}{' ' * (column - _columns(text))}{GAP}{line}".rstrip())
    notes = "; ".join(f"{writer.write(['name', name, []])}: {note}" for name, note in passage.notes.items())
    for text in wrap(notes, WIDTH, initial_indent=INDENT * 2, subsequent_indent=INDENT * 3):
        yield Row("note", text)
    if passage.left_out:
        yield Row("note", f"{INDENT * 2}{passage.left_out}:")


def _number_rows(passage: Passage, *, whole: bool) -> Iterator[Row]:
    label_width = max(len(line.name.text) for line in passage.lines)
    for line in passage.lines:
        label = f"{INDENT * 2}{line.name.text:<{label_width}}  "
        for text in _wrapped(_numbers(line, whole=whole), WIDTH - len(label)):
            yield Row("numbers", label + text)
            label = " " * len(label)


def _numbers(line: Line, *, whole: bool) -> list[list[str]]:
    """Return the equations of a line in pieces."""
    if line.kind == "input":
        return [[f"= {written(line.result)}"]]
    return [TextWriter().pieces(tree) for tree in line.filled(whole=whole)]


def _wrapped(equations: list[list[str]], width: int) -> Iterator[str]:
    """Yield equations side by side where they fit, and long ones in several rows that go on before a sign."""
    beside = GAP.join("".join(pieces) for pieces in equations)
    if _columns(beside) <= width:
        yield beside
        return
    for pieces in equations:
        row = ""
        for piece in pieces:
            if row and _columns(row + piece) > width:
                yield row
                row = INDENT + piece.lstrip()
            else:
                row += piece
        yield row


def _columns(text: str) -> int:
    """Return how many columns a text takes: an accent stands on the letter before it."""
    return sum(not unicodedata.combining(character) for character in text)
