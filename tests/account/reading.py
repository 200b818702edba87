"""Reads what the writers wrote: formulas of numbers, as Python expressions."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree as ET

NAMES = {name: getattr(math, name) for name in ("exp", "log", "tanh", "sin", "cos", "sqrt", "pi")} | {
    "sign": lambda x: math.copysign(1.0, x),
    "abs": abs,
    "max": max,
}
DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def value_of_text(expression: str) -> float:
    """Return the value of an expression of numbers in plain text."""
    text = re.sub(r"×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda match: f"e{match[1].translate(DIGITS)}", expression)
    text = re.sub(r"[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda match: f"**{match[0].translate(DIGITS)}", text)
    text = re.sub(r"\[\d+ more: ([^]]*)\]", r"(\1)", text)
    return _value(text.replace("else", "else ").replace(", else", " else").replace("√", "sqrt").replace("π", "pi"))


def value_of_mathml(element: ET.Element) -> float:
    """Return the value of an expression of numbers in MathML."""
    return _value(_python(element))


def _value(text: str) -> float:
    text = re.sub(r"\|([^|]*)\|", r"abs(\1)", text)
    return float(eval(text.replace("−", "-").replace("·", "*"), {}, NAMES))


def _python(element: ET.Element) -> str:
    parts = [_python(child) for child in element]
    match element.tag:
        case "mfrac":
            above, below = parts
            return f"(({above}) / ({below}))"
        case "msup":
            base, exponent = parts
            # A power of ten belongs to the number before it.
            return f"({base})**({exponent})"
        case "msqrt":
            return f"sqrt({''.join(parts)})"
        case "mtable":
            (then, condition), (otherwise, _) = ([_python(cell) for cell in row] for row in element)
            return f"({then}) if ({condition}) else ({otherwise})"
        case "mrow" if len(element) == 2 and element[1].tag == "mtable":
            return f"({parts[1]})"
        case "mtext":
            return ""
        case "mn" | "mi" | "mo":
            text = element.text or ""
            return {"π": "pi", "[": "(", "]": ")", "×": "*"}.get(text, text)
    return "".join(parts)
