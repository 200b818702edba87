"""Formulas as LaTeX of mathematics, for amsmath."""

from collections.abc import Sequence

from pellucid.account.figures import figure, is_negative
from pellucid.account.writer import Writer, unbroken

SYMBOLS = {
    "w_new": "w'",
    "w_rule": r"\tilde{w}",
    "b_new": "b'",
    "b_rule": r"\tilde{b}",
    "delta": r"\delta",
    "slope": "f'",
    "eta": r"\eta",
    "mu": r"\mu",
    "rho": r"\rho",
    "beta1": r"\beta_1",
    "beta2": r"\beta_2",
    "epsilon": r"\varepsilon",
    "lam": r"\lambda",
    "m_new": "m'",
    "v_new": "v'",
    "m_hat": r"\hat{m}",
    "v_hat": r"\hat{v}",
    "p1": r"\beta_1^t",
    "p2": r"\beta_2^t",
    "pi": r"\pi",
    "largest": "m",
    "z_k": "z",
    "e_k": "e",
    "a_k": "a",
    "t_k": "t",
    "L_s": "L",
    "step": r"\Delta",
    "pull": r"\mathrm{pull}",
    "right": r"\mathrm{right}",
    "accuracy": r"\mathrm{accuracy}",
}
SLOPES = {"dL_da": "a", "dL_dw": "w", "dL_db": "b"}
"""Of what a derivative of the loss is taken."""

FUNCTIONS = {"abs": r"\lvert {} \rvert", "sqrt": r"\sqrt{{{}}}", "sign": r"\operatorname{{sign}}({})"}
OPERATORS = {"=": "=", "+": "+", "−": "-", "·": r"\cdot", "/": "/"}


class LatexWriter(Writer):
    r"""Writes formulas as LaTeX.

    A quotient is drawn with a line, but one whose upper part is a sum of many numbers, which must break across lines.

    Examples
    --------
    >>> from pellucid.formulas import parse
    >>> print(LatexWriter().write(parse("delta[j] == dL_da * (1 - a ** 2) / 2")))
    \delta_{j} = \frac{\frac{\partial L}{\partial a} \cdot (1 - a^{2})}{2}
    """

    most_drawn = 2

    def _number(self, value: float) -> str:
        digits, exponent = figure(value)
        digits = {"∞": r"\infty", "NaN": r"\mathrm{NaN}"}.get(digits, digits)
        power = "" if exponent is None else rf" \times 10^{{{exponent}}}"
        return f"{'-' if is_negative(value) else ''}{digits}{power}"

    def _name(self, identifier: str, indices: Sequence[str]) -> str:
        index = f"_{{{' '.join(indices)}}}" if indices else ""
        if identifier in SLOPES:
            return rf"\frac{{\partial L}}{{\partial {SLOPES[identifier]}{index}}}"
        return SYMBOLS.get(identifier, identifier) + index

    def _sign(self, operator: str) -> str:
        return f" {OPERATORS[operator]} "

    def _negative(self, part: str) -> str:
        return f"-{part}"

    def _fraction(self, above: str, below: str) -> str:
        return unbroken(rf"\frac{{{above}}}{{{below}}}")

    def _power(self, base: str, exponent: str) -> str:
        return unbroken(f"{base}^{{{exponent}}}")

    def _call(self, function: str, arguments: Sequence[str]) -> str:
        inside = unbroken(", ".join(arguments)) if function in FUNCTIONS else ", ".join(arguments)
        return FUNCTIONS[function].format(inside) if function in FUNCTIONS else rf"\{function}({inside})"

    def _total(self, index: str, body: str) -> str:
        return rf"\sum_{{{index}}} {body}"

    def _cases(self, left: str, right: str, then: str, otherwise: str) -> str:
        rows = rf"{then} & \text{{if }} {left} > {right} \\ {otherwise} & \text{{else}}"
        return unbroken(rf"\begin{{cases}} {rows} \end{{cases}}")

    def _more(self, count: int, total: str) -> str:
        return rf"[\text{{{count} more: }} {total}]"

    def _grouped(self, part: str) -> str:
        return f"({part})"
