"""The account as LaTeX, for an article with amsmath."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pellucid.account.latex_writer import LatexWriter
from pellucid.account.line import Line
from pellucid.account.names import escaped
from pellucid.account.outline import Passage, outline

if TYPE_CHECKING:
    from pellucid.account.account import Account

WIDTH = 70
"""About so many characters of mathematics stand in a line."""

MATHEMATICS = {
    "−": "$-$",
    "∂": r"$\partial$",
    "δ": r"$\delta$",
    "β": r"$\beta$",
    "ε": r"$\varepsilon$",
    "₁": "$_1$",
    "₂": "$_2$",
}
"""Letters and signs of sentences that LaTeX has in mathematics only."""


def latex_of(account: Account, *, whole: bool) -> str:
    """Return an account as LaTeX: a section for each stage."""
    return "\n".join(_rows(account, whole=whole)) + "\n"


def _rows(account: Account, *, whole: bool) -> Iterator[str]:
    yield "% Needs \\usepackage{amsmath}."
    yield r"\section*{The account of an update}"
    yield r"\allowdisplaybreaks"
    yield _plain(account.title)
    for title, passages in outline(account.stages, whole=whole):
        yield ""
        yield f"\\subsection*{{{_plain(title)}}}"
        for passage in passages:
            yield from _passage(passage, whole=whole)


def _passage(passage: Passage, *, whole: bool) -> Iterator[str]:
    writer = LatexWriter()
    for tree, source in passage.formulas:
        yield rf"\[ {writer.write(tree)} \]"
        if source:
            where = _plain(f"{source.file}:{source.number}")
            yield rf"{{\footnotesize\raggedright {where}: \texttt{{{escaped(source.line)}}}\par}}"
    notes = [f"${writer.write(['name', name, []])}$: {_plain(note)}" for name, note in passage.notes.items()]
    if notes:
        yield rf"\noindent {'; '.join(notes)}."
    if passage.left_out:
        yield rf"\noindent {passage.left_out.capitalize()}:"
    yield r"\begin{align*}"
    yield " \\\\\n".join(row for line in passage.lines for row in _lines(line, whole=whole))
    yield r"\end{align*}"


def _lines(line: Line, *, whole: bool) -> Iterator[str]:
    label = line.name.latex
    if line.kind == "input":
        yield f"{label} &= {LatexWriter().write(['number', line.result])}"
        return
    for tree in line.filled(whole=whole):
        for row in _broken(LatexWriter().pieces(tree)):
            yield rf"{label} & \quad {row}"
            label = ""


def _broken(pieces: list[str]) -> Iterator[str]:
    """Yield pieces in rows of about the width of a page."""
    row, width = "", 0
    for piece in pieces:
        size = len(re.sub(r"\\[a-z]+|[{}^_ ]", "", piece)) + piece.count("\\cdot")
        if row and width + size > WIDTH:
            yield row
            row, width = rf"\quad {{}}{piece.lstrip()}", size
        else:
            row, width = row + piece, width + size
    yield row


def _plain(text: str) -> str:
    """Return a sentence as LaTeX."""
    return "".join(MATHEMATICS.get(character, character) for character in escaped(text))
