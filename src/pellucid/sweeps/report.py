"""A sweep as a piece of Markdown, in a file of its own or in its place in a document."""

from collections import Counter
from pathlib import Path

from pellucid.errors import StateError
from pellucid.saved import text_of, write
from pellucid.sweeps.result import SweepResult
from pellucid.sweeps.sheet import counted

BEGIN, END = "<!-- pellucid sweep -->", "<!-- end of pellucid sweep -->"


def markdown(result: SweepResult, *, workers: str, measure: str | None = None, picture: str | None = None) -> str:
    """Return the summary of a sweep with what it took, as Markdown.

    Parameters
    ----------
    result : SweepResult
        What the sweep arrived at.
    workers : str
        What carried it out, such as ``"2 processes"``.
    measure : str, optional
        As in `SweepResult.summary`.
    picture : str, optional
        Where the plot is, seen from the document.
    """
    summary = result.summary(measure)
    parts = [summary.sheet().markdown().rstrip()]
    if picture is not None:
        parts.append(f"![{summary.sheet().caption} The table above holds the same numbers.]({picture})")
    parts.append(_effort(result, workers))
    return "\n\n".join(parts) + "\n"


def put(text: str, path: Path) -> None:
    """Write a report, or put it in its place in a document that has one: between the two comments.

    Raises
    ------
    StateError
        When the file cannot be written, or is there and has no such place.
    """
    piece = f"{BEGIN}\n\n{text}\n{END}\n"
    if path.is_file():
        try:
            before, begin, rest = text_of(path).decode("utf-8").partition(BEGIN)
        except UnicodeDecodeError:
            raise StateError(f"The file {str(path)!r} has no place for the report: it is no text in UTF-8.") from None
        _, end, after = rest.partition(END)
        if not begin or not end:
            raise StateError(
                f"The file {str(path)!r} has no place for the report: the lines {BEGIN!r} and {END!r} say where."
            )
        piece = f"{before}{piece.rstrip()}{after}"
    write(path, piece)


def _effort(result: SweepResult, workers: str) -> str:
    planned = result.plan
    counts = Counter(outcome.status for outcome in result.outcomes.values())
    states = ", ".join(f"{counts[each]:,} {each}" for each in ("finished", "diverged", "failed") if counts[each])
    unit, count = planned.sweep.length
    computed = sum(outcome.seconds for outcome in result.outcomes.values())
    text = (
        f"{counted(result.runs, 'run')} of {counted(len(planned.combinations), 'combination')}, "
        f"{counted(count, unit.removesuffix('s'))} each: {states}. They took {computed:.1f} s of processor time"
    )
    if result.made == 0:
        return f"{text}; none of them was made now."
    if result.made == result.runs:
        return f"{text}, and {result.seconds:.1f} s on the clock with {workers}."
    return f"{text}; {result.made:,} of them were made now, in {result.seconds:.1f} s with {workers}."
