"""The engine's Python as the account shows it: functions with line numbers, from the very files that are compiled."""

import inspect
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from pellucid.engine.optimizers import Optimizer
from pellucid.formulas.table import Equation


@dataclass(frozen=True)
class Listing:
    """A function of the engine.

    Attributes
    ----------
    file : str
        Its file in ``pellucid/engine``.
    first : int
        Number of its first line in the file.
    lines : tuple of str
        Its lines.
    """

    file: str
    first: int
    lines: tuple[str, ...]


@cache
def listing(function: str) -> Listing:
    """Return the source of an engine function, named as in ``dense.forward``.

    Examples
    --------
    >>> listing("dense.forward").lines[0]
    'def forward(W: Floats, b: Floats, x: Floats, z: Floats) -> None:'
    """
    module, name = function.split(".")
    lines, first = inspect.getsourcelines(getattr(import_module(f"pellucid.engine.{module}"), name))
    return Listing(f"{module}.py", first, tuple(line.rstrip("\n") for line in lines))


def places(equation: Equation) -> dict[str, int | None]:
    """Return the functions that compute an equation, each with the number in its file of the line that does.

    There is one, but for the part that all optimisers have in common. Where a number is computed by doing nothing,
    there is no line.

    Raises
    ------
    LookupError
        When a function does not have the line just once: the table does not fit the engine any more.
    """
    if "*" not in equation.function:
        return {equation.function: _number_of(equation.function, equation.line)}
    functions = [equation.function.replace("*", optimizer.name.lower()) for optimizer in Optimizer]
    return {function: _number_of(function, equation.line) for function in functions}


def _number_of(function: str, line: str) -> int | None:
    if not line:
        return None
    found = listing(function)
    numbers = [number for number, each in enumerate(found.lines, found.first) if each.strip() == line]
    if len(numbers) != 1:
        raise LookupError(f"{function} has the line {line!r} {len(numbers)} times")
    return numbers[0]
