"""Which formula a number of an account has, and where in the engine it is computed."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pellucid.block import Block
from pellucid.formulas import FORMULAS, SYMBOLS, Formula, Tree, parse
from pellucid.formulas.listing import listing, places
from pellucid.formulas.table import NOTES

INPUT = Formula(("x",), ())
"""An input is not computed."""

SPELLED = SYMBOLS | {"b_new": "b′", "b_rule": "b̃"}
MEANINGS = NOTES | {
    "g": "the gradient",
    "mu": "the share of m that is kept",
    "rho": "the share of v that is kept",
    "beta1": "the share of m that is kept",
    "beta2": "the share of v that is kept",
}
OF_BIASES = {"w": "b", "w_new": "b_new", "w_rule": "b_rule"}
"""A step's record calls every parameter w; where it is a bias it is written b."""


class Source(NamedTuple):
    """A line of the engine.

    Attributes
    ----------
    file : str
        Its file in ``pellucid/engine``.
    number : int
        Its number in the file.
    line : str
        The line.
    function : str
        The function that it stands in, such as ``"dense.forward"``.
    """

    file: str
    number: int
    line: str
    function: str


@dataclass(frozen=True)
class Rule:
    """A formula of the table, at work.

    Attributes
    ----------
    kind, variant : str
        Its places in the table; "input" is in no table.
    optimizer : str
        The optimiser of the run.
    of_bias : bool
        Whether it is about a bias.
    """

    kind: str
    variant: str
    optimizer: str
    of_bias: bool = False

    @property
    def formula(self) -> Formula:
        """What stands in a record, and its equations."""
        return INPUT if self.kind == "input" else FORMULAS[self.kind][self.variant]

    @cached_property
    def trees(self) -> tuple[Tree, ...]:
        """The equations, by the names of the record."""
        return tuple(parse(equation.expression) for equation in self.formula.equations)

    @cached_property
    def symbols(self) -> tuple[Tree, ...]:
        """The equations as they are written."""
        return tuple(self._spelled(tree) for tree in self.trees)

    @property
    def notes(self) -> dict[str, str]:
        """What names in the equations mean, where the account does not say it elsewhere."""
        used = [name for tree in self.symbols for name in _names(tree)]
        return {name: MEANINGS[name] for name in used if name in MEANINGS}

    @cached_property
    def sources(self) -> tuple[Source | None, ...]:
        """The line of the engine that computes each equation; None where a number is computed by doing nothing."""
        found = []
        for equation in self.formula.equations:
            at = places(equation)
            function = equation.function.replace("*", self.optimizer)
            number = at[function]
            source = listing(function)
            line = None if number is None else Source(source.file, number, equation.line, function)
            found.append(line)
        return tuple(found)

    def _spelled(self, tree: Tree) -> Tree:
        if tree[0] == "name" and self.of_bias and self.kind in ("step", "last_step"):
            return ["name", OF_BIASES.get(tree[1], tree[1]), tree[2]]
        return [self._spelled(part) if isinstance(part, list) and part and tree[0] != "name" else part for part in tree]


class Rules:
    """Which variant of each formula a run has.

    Parameters
    ----------
    block : Block
        The memory of an account.
    """

    def __init__(self, block: Block) -> None:
        self._block = block
        self._optimizer = block.name("Optimizer", "OPTIMIZER")
        self._loss = block.name("Loss", "LOSS_KIND")
        self._batch = block.integer("ACCOUNT_SIZE") > 1
        self._last = block.integer("LAYERS") - 1
        self._off = frozenset(block.array("OFF").tolist())

    def of(self, kind: str, layer: int = 0, unit: int = 0, source: int = -1) -> Rule:
        """Return the rule of a number."""
        of_bias = kind in ("gradient", "step", "last_step") and source < 0
        return Rule(kind, self._variant(kind, layer, unit, source), self._optimizer, of_bias)

    def activation(self, layer: int) -> str:
        """Return the name of a layer's activation."""
        return self._block.library.name_of("Activation", self._block.integer("LAYER_ACTIVATIONS", layer))

    def is_off(self, layer: int, unit: int, source: int) -> bool:
        """Return whether a weight is switched off."""
        n_out = self._block.integer("WIDTHS", layer + 1)
        return source >= 0 and self._block.integer("LAYER_STARTS", layer) + source * n_out + unit in self._off

    def _variant(self, kind: str, layer: int, unit: int, source: int) -> str:  # noqa: C901 - a case for each kind
        match kind:
            case "pre_activation" if self._sees_bits(layer):
                return "bits"
            case "pre_activation" | "incoming":
                return "batch" if self._batch else "alone"
            case "activation" | "slope":
                return self.activation(layer)
            case "loss":
                return self._loss
            case "delta" if layer < self._last:
                return "hidden"
            case "delta":
                return "squared_error" if self._loss == "squared_error" else "cross_entropy"
            case "gradient":
                return self._gradient(layer, source)
            case "step" if self.is_off(layer, unit, source):
                return "off"
            case "step" if source >= 0 and self._regularized("l1"):
                return f"{self._optimizer}_l1"
            case "step" | "last_step":
                return self._optimizer
        return ""

    def _gradient(self, layer: int, source: int) -> str:
        batch = "_batch" if self._batch else ""
        if source < 0:
            return f"bias{batch}"
        if self._regularized("l2"):
            return f"weight{batch}_l2"
        return f"weight{batch}" if batch or not self._sees_bits(layer) else "weight_bits"

    def _sees_bits(self, layer: int) -> bool:
        return layer == 0 and self._block.integer("BITS") == 1

    def _regularized(self, regularizer: str) -> bool:
        rate = self._block.get("REGULARIZATION_RATE")
        return rate > 0 and self._block.name("Regularizer", "REGULARIZER") == regularizer


def _names(tree: Tree) -> list[str]:
    if tree[0] == "name":
        return [tree[1]]
    return [name for part in tree if isinstance(part, list) for name in _names(part)]
