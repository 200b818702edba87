"""The stages of an account, in the order in which the update is made."""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from pellucid.account.ledger import Entry, Ledger
from pellucid.account.line import Line, Part, Place, Stage
from pellucid.account.names import Name, Names, sample_name
from pellucid.account.rule import Rule, Rules

Sizes = npt.NDArray[np.float32]
LOSS = Name("L", "L")


class Stages:
    """Puts the lines of an account in order.

    Parameters
    ----------
    ledger : Ledger
        The account in the engine's memory.
    names : Names
        What units and parameters are called.
    given : bool
        Whether the sample is none of the run's.
    """

    def __init__(self, ledger: Ledger, names: Names, *, given: bool) -> None:
        self._ledger, self._names, self._given = ledger, names, given
        self._rules = Rules(ledger.before)
        self._units = ledger.units()

    def all(self) -> Iterator[Stage]:
        """Yield the stages, from the inputs to the loss after the update."""
        layers = range(self._ledger.layers)
        yield Stage("Input", (self._inputs(),))
        for layer in layers:
            yield Stage(self._heading(layer), self._of_units(layer, ("pre_activation", "activation")))
        yield Stage("Loss", (self._part("loss", [(-1, -1, -1)], [0.0]),))
        for layer in reversed(layers):
            yield Stage(f"Back to {self._names.layer(layer)}: δ = ∂L/∂z", self._of_units(layer, self._backward(layer)))
        for layer in reversed(layers):
            yield Stage(f"Gradients of {self._names.layer(layer)}", self._of_parameters(layer, "gradient"))
        for layer in reversed(layers):
            yield Stage(f"Step of {self._names.layer(layer)}", self._of_parameters(layer, "step"))
        yield Stage("Loss of the sample after the update", (self._after(),))

    def line(self, kind: str, layer: int, unit: int, source: int) -> Line | None:
        """Return one line; None for a number that there is none of."""
        rule = self._rules.of(kind, layer, unit, source)
        entry = self._ledger.entry(kind, rule.variant, layer, unit, source)
        return entry and self._named(rule, (layer, unit, source), entry)

    def _heading(self, layer: int) -> str:
        count, activation = self._ledger.widths[layer + 1], self._rules.activation(layer)
        name = self._names.layer(layer).removeprefix("the ").capitalize()
        return f"{name}: {count} unit{'' if count == 1 else 's'}, {activation.replace('_', ' ')}"

    def _backward(self, layer: int) -> tuple[str, ...]:
        if layer < self._ledger.layers - 1:
            return ("incoming", "slope", "delta")
        return ("slope", "delta") if self._rules.of("delta", layer).variant == "squared_error" else ("delta",)

    def _inputs(self) -> Part:
        x = self._units[0][:, 1]
        return Part(self._rules.of("input"), [(-1, i, -1) for i in range(len(x))], abs(x), self._input)

    def _input(self, rule: Rule, place: Place) -> Line:
        return Line(self._names.input(place[1]), rule, place, {"x": float(self._units[0][place[1], 1])})

    def _after(self) -> Part:
        def read(rule: Rule, place: Place) -> Line:
            return self._named(rule, place, self._ledger.loss_after(rule.variant))

        return Part(self._rules.of("loss"), [(-1, -1, -1)], np.zeros(1, np.float32), read)

    def _of_units(self, layer: int, kinds: tuple[str, ...]) -> tuple[Part, ...]:
        units = self._units[layer + 1]
        columns = {"pre_activation": 0, "activation": 1}
        places = [(layer, unit, -1) for unit in range(len(units))]
        return tuple(self._part(kind, places, units[:, columns.get(kind, 2)]) for kind in kinds)

    def _of_parameters(self, layer: int, kind: str) -> tuple[Part, ...]:
        """Return the parts of weights, of weights that are switched off, and of biases."""
        n_in, n_out = self._ledger.widths[layer], self._ledger.widths[layer + 1]
        W, b = self._ledger.after.layers("GRADIENTS")[layer]
        weights = [(layer, unit, source) for unit in range(n_out) for source in range(n_in)]
        biases = [(layer, unit, -1) for unit in range(n_out)]
        off = [place for place in weights if self._rules.is_off(*place)] if kind == "step" else []
        on = [place for place in weights if place not in set(off)] if off else weights
        groups = ((on, [W[unit, source] for _, unit, source in on]), (off, [0.0 for _ in off]), (biases, b))
        return tuple(self._part(kind, places, sizes) for places, sizes in groups if places)

    def _part(self, kind: str, places: list[Place], sizes: Iterable[float]) -> Part:
        rule = self._rules.of(kind, *places[0])
        return Part(rule, places, np.abs(np.fromiter(sizes, np.float32, len(places))), self._read)

    def _read(self, rule: Rule, place: Place) -> Line:
        where = place if rule.kind != "loss" else (0, 0, -1)
        return self._named(rule, place, self._ledger.entry(rule.kind, rule.variant, *where))

    def _named(self, rule: Rule, place: Place, entry: Entry | None) -> Line:
        if entry is None:
            raise LookupError(f"the engine has no record of {rule.kind} at {place}")
        numbers = [int(next(iter(term.values()))) for term in entry.terms]
        return Line(self._name(rule, place), rule, place, *entry, tuple(self._term(rule, place, n) for n in numbers))

    def _name(self, rule: Rule, place: Place) -> Name:
        if rule.kind == "loss":
            return LOSS
        if rule.kind in ("gradient", "step", "last_step"):
            return self._names.parameter(*place)
        return self._names.unit(*place[:2])

    def _term(self, rule: Rule, place: Place, number: int) -> Name:
        """Return the name of a term by the number that the engine gave it."""
        match rule.kind:
            case "pre_activation":
                return self._names.source(place[0], number)
            case "incoming":
                return self._names.unit(place[0] + 1, number)
            case "gradient":
                return Name("the sample", r"\text{the sample}") if self._given else sample_name(number)
        return self._names.unit(self._ledger.layers - 1, number)
