"""The account as HTML: MathML for the formulas, no script, no style, and nothing from elsewhere.

It takes the colours and letters of the page or notebook that it stands in. The whole of a long sum, and the function of
the engine, open where they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from pellucid.account.figures import written
from pellucid.account.filling import MOST_TERMS
from pellucid.account.line import Line
from pellucid.account.mathml_writer import MathmlWriter
from pellucid.account.outline import Passage, outline
from pellucid.account.rule import SPELLED, Source
from pellucid.formulas import Tree
from pellucid.formulas.listing import listing

if TYPE_CHECKING:
    from pellucid.account.account import Account

BESIDE = 'style="text-align: left; vertical-align: top"'
"""Notebooks put the cells of a table to the right, which suits numbers alone."""

MOST_ROWS = 100
"""Of a sum with more terms than that the table has the largest, unless the account is written whole."""


def html_of(account: Account, *, whole: bool) -> str:
    """Return an account as HTML: one article."""
    return "\n".join(_rows(account, whole=whole)) + "\n"


def _rows(account: Account, *, whole: bool) -> Iterator[str]:
    yield "<article>"
    yield f"<p><strong>{escape(account.title)}</strong></p>"
    for title, passages in outline(account.stages, whole=whole):
        yield "<section>"
        yield f"<h4>{escape(title)}</h4>"
        for passage in passages:
            yield from _formulas(passage)
            yield from _numbers(passage, whole=whole)
        yield "</section>"
    yield "</article>"


def _formulas(passage: Passage) -> Iterator[str]:
    for tree, source in passage.formulas:
        yield f"<p>{_math(tree)}</p>"
        if source:
            yield _listing(source)
    if passage.notes:
        notes = "; ".join(f"{_math(['name', name, []])}: {escape(note)}" for name, note in passage.notes.items())
        yield f"<p><small>{notes}</small></p>"
    if passage.left_out:
        yield f"<p><small>{escape(passage.left_out.capitalize())}:</small></p>"


def _listing(source: Source) -> str:
    """Return the line of the engine, behind which its function opens."""
    found = listing(source.function)
    lines = "\n".join(
        f"<b>{escape(line)}</b>" if number == source.number else escape(line)
        for number, line in enumerate(found.lines, found.first)
    )
    summary = f"<small>{escape(source.file)}:{source.number}</small> <code>{escape(source.line)}</code>"
    return f"<details><summary>{summary}</summary><pre><code>{lines}</code></pre></details>"


def _numbers(passage: Passage, *, whole: bool) -> Iterator[str]:
    yield "<table>"
    for line in passage.lines:
        equations = "<br/>".join(_math(tree) for tree in _filled(line, whole=whole))
        folded = _terms(line) if len(line.terms) > MOST_TERMS and not whole else ""
        name = escape(line.name.text).replace(" ", "\N{NO-BREAK SPACE}")
        yield f'<tr><th scope="row" {BESIDE}>{name}</th><td {BESIDE}>{equations}{folded}</td></tr>'
    yield "</table>"


def _filled(line: Line, *, whole: bool) -> tuple[Tree, ...]:
    if line.kind == "input":
        return (["number", line.result],)
    return line.filled(whole=whole)


def _terms(line: Line) -> str:
    """Return the terms of a long sum as a table that opens; of a very long one the largest."""
    names = line.formula.terms[1:]
    pairs = list(zip(line.term_names, line.terms, strict=True))
    summary = f"all {len(pairs)} terms"
    if len(pairs) > MOST_ROWS:
        pairs = sorted(pairs, key=lambda pair: -abs(pair[1][names[-1]]))[:MOST_ROWS]
        summary = f"the {MOST_ROWS} largest of {len(line.terms)} terms"
    head = "".join(f'<th scope="col">{escape(_heading(name))}</th>' for name in names)
    rows = "".join(
        f'<tr><th scope="row">{escape(name.text)}</th>{"".join(f"<td>{written(term[each])}</td>" for each in names)}'
        "</tr>"
        for name, term in pairs
    )
    return f"<details><summary>{summary}</summary><table><tr><td></td>{head}</tr>{rows}</table></details>"


def _heading(name: str) -> str:
    """Return what a number of a term is called: a product by its factors."""
    return " · ".join(SPELLED.get(part, part) for part in (name.split("_") if name not in SPELLED else [name]))


def _math(tree: Tree) -> str:
    """Return an equation that may go on in another line: each piece is mathematics of its own."""
    return " ".join(f"<math>{piece}</math>" for piece in MathmlWriter().pieces(tree))
