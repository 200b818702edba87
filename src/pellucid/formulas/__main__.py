"""Write the formulas and the source that they come from for the page: ``python -m pellucid.formulas [FILE]``.

The file (by default ``web/src/inside/formulas.json``) is a product of the build: git ignores it.
"""

import json
import sys
from pathlib import Path
from typing import Any

from pellucid.formulas.listing import listing, places
from pellucid.formulas.table import FORMULAS, NOTES, SYMBOLS, Equation, Formula
from pellucid.formulas.tree import parse

DEFAULT = Path("web/src/inside/formulas.json")


def describe() -> dict[str, Any]:
    """Return symbols, notes, formulas by record and variant, and the listings of the functions that they name."""
    equations = [e for variants in FORMULAS.values() for formula in variants.values() for e in formula.equations]
    listings = {name: listing(name) for name in sorted({name for equation in equations for name in places(equation)})}
    return {
        "symbols": SYMBOLS,
        "notes": NOTES,
        "formulas": {
            record: {variant: described(formula) for variant, formula in variants.items()}
            for record, variants in FORMULAS.items()
        },
        "listings": {
            name: {"file": found.file, "first": found.first, "lines": found.lines} for name, found in listings.items()
        },
    }


def described(formula: Formula) -> dict[str, Any]:
    """Return one formula."""
    return {
        "names": formula.names,
        "terms": formula.terms,
        "equations": [described_equation(equation) for equation in formula.equations],
    }


def described_equation(equation: Equation) -> dict[str, Any]:
    """Return one equation as a tree, with the lines that compute it."""
    return {
        "tree": parse(equation.expression),
        "places": places(equation),
    }


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(describe(), ensure_ascii=False) + "\n", encoding="utf-8")
