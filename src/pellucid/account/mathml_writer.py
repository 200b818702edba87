"""Formulas as MathML Core, which browsers and notebooks draw themselves."""

from collections.abc import Sequence
from html import escape

from pellucid.account.figures import MINUS, figure, is_negative
from pellucid.account.rule import SPELLED
from pellucid.account.writer import Writer, unbroken

SLOPES = {"dL_da": "a", "dL_dw": "w", "dL_db": "b"}
"""Of what a derivative of the loss is taken."""


class MathmlWriter(Writer):
    """Writes formulas as MathML.

    Examples
    --------
    >>> from pellucid.formulas import parse
    >>> MathmlWriter().write(parse("1 - a ** 2"))
    "<mn>1</mn><mo form='infix'>−</mo><msup><mrow><mi>a</mi></mrow><mrow><mn>2</mn></mrow></msup>"
    """

    most_drawn = 2

    def _number(self, value: float) -> str:
        digits, exponent = figure(value)
        written = f"<mn>{MINUS if is_negative(value) else ''}{digits}</mn>"
        if exponent is not None:
            sign = f"<mo>{MINUS}</mo>" if exponent < 0 else ""
            power = f"<msup><mn>10</mn><mrow>{sign}<mn>{abs(exponent)}</mn></mrow></msup>"
            written = f"{written}<mo>×</mo>{power}"
        return written

    def _name(self, identifier: str, indices: Sequence[str]) -> str:
        symbol = f"<mi>{escape(SLOPES.get(identifier, SPELLED.get(identifier, identifier)))}</mi>"
        if indices:
            symbol = f"<msub>{symbol}<mrow>{''.join(f'<mi>{index}</mi>' for index in indices)}</mrow></msub>"
        if identifier in SLOPES:
            return f"<mfrac><mrow><mo>∂</mo><mi>L</mi></mrow><mrow><mo>∂</mo>{symbol}</mrow></mfrac>"
        return symbol

    def _sign(self, operator: str) -> str:
        # A line may begin with it, where it would be taken for a sign of the number behind it.
        return f"<mo form='infix'>{operator}</mo>"

    def _negative(self, part: str) -> str:
        return f"<mo form='prefix'>{MINUS}</mo>{part}"

    def _fraction(self, above: str, below: str) -> str:
        return f"<mfrac>{_one(above)}{_one(below)}</mfrac>"

    def _power(self, base: str, exponent: str) -> str:
        return f"<msup>{_one(base)}{_one(exponent)}</msup>"

    def _call(self, function: str, arguments: Sequence[str]) -> str:
        inside = "<mo>,</mo>".join(arguments)
        if function == "sqrt":
            return f"<msqrt>{unbroken(inside)}</msqrt>"
        if function == "abs":
            return f"<mo>|</mo>{inside}<mo>|</mo>"
        return f"<mi>{function}</mi>{self._grouped(inside)}"

    def _total(self, index: str, body: str) -> str:
        return f"<munder><mo>∑</mo><mi>{index}</mi></munder>{body}"

    def _cases(self, left: str, right: str, then: str, otherwise: str) -> str:
        rows = _row(then, f"<mtext>if\N{NO-BREAK SPACE}</mtext>{left}<mo>&gt;</mo>{right}") + _row(
            otherwise, "<mtext>else</mtext>"
        )
        return unbroken(f"<mrow><mo>{{</mo><mtable>{rows}</mtable></mrow>")

    def _more(self, count: int, total: str) -> str:
        words = f"<mtext>{count} more:\N{NO-BREAK SPACE}</mtext>"
        return f"<mo stretchy='false'>[</mo>{words}{total}<mo stretchy='false'>]</mo>"

    def _grouped(self, part: str) -> str:
        # Of the same height everywhere, since a line may end between them.
        return f"<mo stretchy='false'>(</mo>{part}<mo stretchy='false'>)</mo>"


def _one(part: str) -> str:
    """Return a part as one element."""
    return f"<mrow>{unbroken(part)}</mrow>"


def _row(left: str, right: str) -> str:
    return f"<mtr><mtd>{left}</mtd><mtd>{right}</mtd></mtr>"
