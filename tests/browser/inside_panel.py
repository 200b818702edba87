"""The panel Look inside as a person reads it, and what the native engine says should stand there."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from browser.native_account import DIGITS, RESULT, NativeAccount, figure, pieces, signed, terms_of
from browser.rest import catch_up

FEW_TERMS = 5
FEW_PARAMETERS = 6
"""Rows shown before a table is opened."""

CONSTANTS = {"0", "1", "2", "3", "0.01", "0.044715"}
"""Numbers of the formulas themselves."""

READ = """body => {
    const texts = (root, names) => [...root.querySelectorAll(names)].map(each => each.textContent.trim())
    const rows = root => [...root.querySelectorAll('tbody tr')].map(row => texts(row, 'td'))
    return {
        title: texts(body, 'h3')[0],
        sections: [...body.querySelectorAll('section')].filter(each => each.querySelector('output')).map(each => ({
            title: each.getAttribute('aria-label'),
            result: texts(each, 'output')[0],
            numbers: texts(each, 'mn').map(text => text.replace('−', '')),
            rows: rows(each),
        })),
        tables: [...body.querySelectorAll(':scope > table, :scope > div > table')].map(rows),
        words: texts(body, ':scope > p').map(text => text.replace(/\\s+/g, ' ')),
    }
}"""
LABELS = "labels => labels.map(label => [label.dataset.of, label.textContent.trim().split(/\\s+/)[1]])"

Stop = tuple[str, int, int]
"""A stop of a walk: what is looked at, and of which layer and unit; 0 where it has none."""


class InsidePanel:
    """The panel, in either room."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def whole(self) -> Locator:
        return self.page.locator("#inside")

    @property
    def body(self) -> Locator:
        return self.page.get_by_role("region", name="Account")

    @property
    def title(self) -> Locator:
        return self.body.locator("h3")

    def button(self, name: str) -> Locator:
        return self.whole.get_by_role("button", name=name, exact=True)

    def section(self, name: str) -> Locator:
        return self.body.get_by_role("region", name=name, exact=True)

    def result(self, name: str) -> Locator:
        """The result of a line."""
        return self.section(name).get_by_test_id("result")

    def read(self, title: str, lines: int) -> dict[str, Any]:
        """Return all that stands in an account, once it is there."""
        expect(self.title).to_have_text(title)
        expect(self.body.get_by_test_id("result")).to_have_count(lines)
        catch_up(self.page)
        read: dict[str, Any] = self.body.evaluate(READ)
        return read

    def labels(self) -> list[list[str]]:
        """The numbers in the picture of the network: what of which unit, and its value."""
        catch_up(self.page)
        labels: list[list[str]] = self.page.get_by_test_id("number").evaluate_all(LABELS)
        return labels


def stops(widths: list[int]) -> list[Stop]:
    """Return the stops of a walk through one update, in the order in which the engine computes them."""
    layers = range(len(widths) - 1)

    def units(kind: str, layer: int) -> list[Stop]:
        return [(kind, layer, unit) for unit in range(widths[layer + 1])]

    forward = [stop for layer in layers for stop in units("unit", layer)]
    backward = [
        stop for kind in ("delta", "gradient", "step") for layer in reversed(layers) for stop in units(kind, layer)
    ]
    return [("input", 0, 0), *forward, ("loss", 0, 0), *backward, ("after", 0, 0)]


LINES = {
    "unit": (("Pre-activation z", "pre_activation"), ("Activation a", "activation")),
    "loss": (("Loss L", "loss"),),
    "delta": (
        ("∂L/∂a, handed back by the next layer", "incoming"),
        ("Slope f′(z) of the activation", "slope"),
        ("δ = ∂L/∂z", "delta"),
    ),
    "gradient": (("Gradient", "gradient"),),
    "step": (("Step of the optimiser", "step"),),
    "input": (),
    "after": (),
}
HEADS = {"pre_activation": (2, 4), "incoming": (1, 4), "gradient": (4, 4), "activation": (4, 3), "loss": (2, 3)}
"""How many numbers stand before the terms of a record, and in each of them; for activation and loss, with softmax."""


class Expected:
    """What an account has to say, by the native engine.

    Parameters
    ----------
    account : NativeAccount
        The same update.
    names : sequence of str
        What the output units are called, in words.
    shows_bitmap : bool
        Whether the inputs are a drawing.
    """

    def __init__(self, account: NativeAccount, names: list[str], shows_bitmap: bool) -> None:
        self.account = account
        self.names = names
        self.shows_bitmap = shows_bitmap
        self.widths = account.widths
        self.last = len(account.widths) - 2

    def title(self, stop: Stop) -> str:
        kind, layer, unit = stop
        plain = {"input": "What the network sees", "loss": "Loss of the sample", "after": "After the update"}
        if kind in plain:
            return plain[kind]
        name = self.names[unit] if layer == self.last else f"Unit {unit + 1} of hidden layer {layer + 1}"
        before = {"unit": "", "delta": "δ of ", "gradient": "Gradients of ", "step": "Step of "}[kind]
        within = "the output" if name == "Output" else name[0].lower() + name[1:]
        return before + (name if before == "" else within)

    def sections(self, stop: Stop) -> list[dict[str, Any]]:
        """Return title, result, the numbers that may stand in the formulas, and the rows of the terms of each line."""
        kind, layer, unit = stop
        source = 0 if kind in ("gradient", "step") else -1
        found = []
        for title, name in LINES[kind]:
            record = self.account.record(name, layer, unit, source)
            if record.size == 0:
                continue
            values = record.tolist()
            known = CONSTANTS.union(*(pieces(value, digits) for value in values for digits in (DIGITS, RESULT)))
            rows = self._terms(name, record)
            found.append({"title": title, "result": figure(values[0], RESULT), "known": known, "rows": rows})
        return found

    def _terms(self, name: str, record: Any) -> list[list[str]]:
        head, width = HEADS.get(name, (record.size, 1))
        # Binary cross-entropy is no sum.
        if record.size <= head or (name == "loss" and self.widths[-1] == 1):
            return []
        terms = terms_of(record, head, width)
        if name == "gradient" and len(terms) == 1:
            return []
        return [[figure(value) for value in term.values] for term in terms[:FEW_TERMS]]

    def tables(self, stop: Stop) -> list[list[list[str]]]:
        """Return the rows of the tables beside the lines."""
        kind, layer, unit = stop
        if kind == "input":
            sample, outputs = self.account.sample, self.account.targets
            targets = [[figure(target, RESULT)] for target in outputs[sample]]
            inputs = [[figure(value, RESULT)] for value in self.account.units()[0][:, 1]]
            return [targets] if self.shows_bitmap else [inputs, targets]
        if kind == "after":
            before, after = (self.account.units(after)[-1][:, 1] for after in (False, True))
            losses = [self.account.record("loss", after=after)[0] for after in (False, True)]
            pairs = [losses, *zip(before, after, strict=True)]
            return [[[figure(each, RESULT) for each in pair] for pair in pairs]]
        if kind in ("gradient", "step"):
            return [self._parameters(kind, layer, unit)]
        return []

    def _parameters(self, kind: str, layer: int, unit: int) -> list[list[str]]:
        def of(layers: Any) -> list[float]:
            W, b = layers[layer]
            return [*W[unit].tolist(), float(b[unit])]

        before, gradients = of(self.account.parameters()), of(self.account.gradients())
        right = gradients if kind == "gradient" else of(self.account.parameters(after=True))
        order = list(range(len(before)))
        if len(order) > FEW_PARAMETERS:
            order = sorted(order, key=lambda k: -abs(gradients[k]))[:FEW_PARAMETERS]
        return [[figure(before[k]), figure(right[k], RESULT)] for k in order]

    def labels(self, stop: Stop) -> list[list[str]]:
        """Return the numbers in the picture: what is known at this stop, where it lives."""
        kind, layer, _ = stop
        first = layer + 1 if kind == "delta" else 0
        last = {"input": 0, "unit": layer + 1}.get(kind, len(self.widths) - 1)
        backward = kind in ("delta", "gradient")
        units = self.account.units(after=kind == "after")
        found = []
        for column in range(len(self.widths)):
            if not first <= column <= last or (column == 0 and self.shows_bitmap):
                continue
            for unit, (_, a, delta) in enumerate(units[column].tolist()):
                of, value = ("δ", delta) if backward and column > 0 else ("x" if column == 0 else "a", a)
                found.append([f"{of} {column},{unit}", signed(value)])
        return found

    def check(self, panel: InsidePanel, stop: Stop) -> None:
        """Compare all that is shown at a stop."""
        sections = self.sections(stop)
        read = panel.read(self.title(stop), len(sections))
        assert [(each["title"], each["result"]) for each in read["sections"]] == [
            (each["title"], each["result"]) for each in sections
        ]
        for shown, expected in zip(read["sections"], sections, strict=True):
            assert shown["rows"] == expected["rows"], stop
            assert set(shown["numbers"]) <= expected["known"], (stop, shown["title"])
        assert read["tables"] == self.tables(stop), stop
        if stop[0] == "unit":
            _, layer, unit = stop
            before, after = (self.account.units(after)[layer + 1][unit, 1] for after in (False, True))
            assert f"The update changes a: {figure(before)} → {figure(after)}." in read["words"][-1]
        assert panel.labels() == self.labels(stop), stop
