"""Formulas as plain text."""

from collections.abc import Sequence

from pellucid.account.figures import SUPERSCRIPTS, written
from pellucid.account.rule import SPELLED
from pellucid.account.writer import Writer

SUBSCRIPTS = str.maketrans("ijks", "ᵢⱼₖₛ")


class TextWriter(Writer):
    """Writes formulas as plain text.

    Examples
    --------
    >>> from pellucid.formulas import parse
    >>> TextWriter().write(parse("z[j] == b[j] + Sum(i, w[j, i] * x[i])"))
    'zⱼ = bⱼ + Σᵢ wⱼᵢ · xᵢ'
    >>> TextWriter().write(["*", ["number", 0.5], ["number", -0.25]])
    '0.5 · (−0.25)'
    """

    def _number(self, value: float) -> str:
        return written(value)

    def _name(self, identifier: str, indices: Sequence[str]) -> str:
        return SPELLED.get(identifier, identifier) + "".join(indices).translate(SUBSCRIPTS)

    def _sign(self, operator: str) -> str:
        return f" {operator} "

    def _negative(self, part: str) -> str:
        return f"−{part}"

    def _power(self, base: str, exponent: str) -> str:
        return base + exponent.translate(SUPERSCRIPTS)

    def _call(self, function: str, arguments: Sequence[str]) -> str:
        if function == "abs":
            return f"|{arguments[0]}|"
        return f"√({arguments[0]})" if function == "sqrt" else f"{function}({', '.join(arguments)})"

    def _total(self, index: str, body: str) -> str:
        return f"Σ{index.translate(SUBSCRIPTS)} {body}"

    def _cases(self, left: str, right: str, then: str, otherwise: str) -> str:
        return f"({then} if {left} > {right}, else {otherwise})"

    def _more(self, count: int, total: str) -> str:
        return f"[{count} more: {total}]"

    def _grouped(self, part: str) -> str:
        return f"({part})"
