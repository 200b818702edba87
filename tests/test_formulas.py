"""The table of formulas fits the engine's records and its source."""

import pytest

from pellucid.formulas.listing import listing, places
from pellucid.formulas.table import FORMULAS, Formula
from pellucid.formulas.tree import parse

EVERY = {
    f"{record} {variant}": formula for record, variants in FORMULAS.items() for variant, formula in variants.items()
}


@pytest.mark.parametrize("name", EVERY)
def test_every_line_is_an_equation_for_a_number_of_the_record(name: str) -> None:
    formula = EVERY[name]
    # A condition at the right side would take the equals sign into itself, unless it stands in brackets.
    sides = [(tree[0], tree[1][:2]) for tree in (parse(equation.expression) for equation in formula.equations)]
    assert all(sign == "=" for sign, _ in sides)
    assert all(kind == "name" and left in formula.names for _, (kind, left) in sides)
    assert sides[-1][1][1] == ("step" if name.startswith("last_step") else formula.names[0])


@pytest.mark.parametrize("formula", EVERY.values(), ids=EVERY)
def test_every_line_is_computed_by_a_line_of_the_engine(formula: Formula) -> None:
    for equation in formula.equations:
        for function, number in places(equation).items():
            found = listing(function)
            if number is None:
                assert equation.line == ""
            else:
                assert found.lines[number - found.first].strip() == equation.line
