"""What of an account is shown, for every notation alike: which lines, which formulas, and what symbols mean."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pellucid.account.line import Line, Part, Stage
from pellucid.account.rule import SPELLED, Source
from pellucid.formulas import Tree

MOST_LINES = 24
"""Up to so many lines of a part are shown; of more, as many as LARGEST_LINES."""

LARGEST_LINES = 8


@dataclass(frozen=True)
class Passage:
    """A part as it is shown.

    Attributes
    ----------
    part : Part
        The part.
    formulas : list of (Tree, Source or None)
        Its equations in symbols that the stage has not shown before, with the lines that compute them.
    notes : dict of str to str
        What names mean whose symbols have not been met before.
    lines : tuple of Line
        The lines that are shown.
    """

    part: Part
    formulas: list[tuple[Tree, Source | None]]
    notes: dict[str, str]
    lines: tuple[Line, ...]

    @property
    def left_out(self) -> str:
        """What is said of lines that are not shown; empty if there are none."""
        count = len(self.part.places)
        return "" if count == len(self.lines) else f"the {len(self.lines)} largest of {count}"


def outline(stages: Iterable[Stage], *, whole: bool) -> Iterator[tuple[str, list[Passage]]]:
    """Yield the title of each stage and its passages; `whole` shows all lines."""
    met: set[tuple[str, str]] = set()
    for stage in stages:
        passages: list[Passage] = []
        shown: list[Tree] = []
        for part in stage.parts:
            notes = {name: note for name, note in part.rule.notes.items() if (SPELLED.get(name, name), note) not in met}
            met |= {(SPELLED.get(name, name), note) for name, note in notes.items()}
            equations = zip(part.rule.symbols, part.rule.sources, strict=True)
            formulas = [(tree, source) for tree, source in equations if tree not in shown]
            shown += [tree for tree, _ in formulas]
            count = len(part.places)
            lines = part.lines if whole or count <= MOST_LINES else part.largest(LARGEST_LINES)
            passages.append(Passage(part, formulas, notes, lines))
        yield stage.title, passages
