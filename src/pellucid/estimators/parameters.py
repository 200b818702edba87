"""What an estimator may be made with; its parameters are checked when it is fitted, as scikit-learn has it."""

import math
from collections.abc import Callable, Iterable, Mapping
from numbers import Integral, Real
from typing import Any, NamedTuple

import numpy as np
from sklearn.utils import check_random_state

from pellucid.engine.memory import MAX_LAYERS, MAX_UNITS
from pellucid.errors import ArgumentError

ACTIVATIONS = {
    "identity": "linear",
    "linear": "linear",
    "logistic": "sigmoid",
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "relu": "relu",
    "leaky_relu": "leaky_relu",
    "gelu": "gelu",
    "sine": "sine",
}
"""The engine's name of each activation, by scikit-learn's names and by its own."""

CHOICES = {
    "solver": ("sgd", "adam", "rmsprop"),
    "learning_rate": ("constant", "invscaling", "adaptive"),
}
SWITCHES = ("shuffle", "warm_start", "early_stopping")


class Range(NamedTuple):
    """The numbers that a parameter may be: from `least` (if `closed`) to below `end`, `words` saying so."""

    least: float
    end: float
    words: str
    closed: bool = True

    def holds(self, value: float) -> bool:
        """Return whether a number, in the engine's precision, is in the range."""
        with np.errstate(over="ignore"):
            number = float(np.float32(value))
        return (number >= self.least if self.closed else number > self.least) and number < self.end


NUMBERS = {
    "alpha": Range(0, math.inf, "a finite number from 0"),
    "learning_rate_init": Range(0, math.inf, "a finite number above 0", closed=False),
    "power_t": Range(0, math.inf, "a finite number from 0"),
    "tol": Range(0, math.inf, "a finite number from 0"),
    "momentum": Range(0, 1, "a number from 0 to below 1"),
    "beta_1": Range(0, 1, "a number from 0 to below 1"),
    "beta_2": Range(0, 1, "a number from 0 to below 1"),
    "epsilon": Range(1e-30, math.inf, "a finite number from 1e-30"),
    "validation_fraction": Range(0, 1, "a number above 0 and below 1", closed=False),
}


class Hidden(NamedTuple):
    """A hidden layer: its number of units, and the engine's name of its activation."""

    units: int
    activation: str


def check_parameters(parameters: Mapping[str, Any]) -> None:
    """Refuse the first parameter that is not one of what is allowed; the layers are for `hidden_layers` to check.

    Raises
    ------
    ArgumentError
        When there is one.
    """
    for name, choices in CHOICES.items():
        if parameters[name] not in choices:
            raise _refusal(name, parameters[name], f"one of {', '.join(choices)}")
    for name, allowed in NUMBERS.items():
        value = parameters[name]
        if isinstance(value, bool) or not isinstance(value, Real) or not allowed.holds(float(value)):
            raise _refusal(name, value, allowed.words)
    for name in SWITCHES:
        if not isinstance(parameters[name], bool | np.bool_):
            raise _refusal(name, parameters[name], "True or False")
    for name, (holds, words) in OTHERS.items():
        if not holds(parameters[name]):
            raise _refusal(name, parameters[name], words)


def hidden_layers(sizes: object, activation: object) -> tuple[Hidden, ...]:
    """Return the hidden layers that `hidden_layer_sizes` and `activation` stand for.

    Raises
    ------
    ArgumentError
        When they are none that the engine has.

    Examples
    --------
    >>> hidden_layers((16, 8), "logistic")
    (Hidden(units=16, activation='sigmoid'), Hidden(units=8, activation='sigmoid'))
    """
    units: list[Any] = list(sizes) if isinstance(sizes, Iterable) and not isinstance(sizes, str) else [sizes]
    if len(units) >= MAX_LAYERS or not all(_counts(each) and each <= MAX_UNITS for each in units):
        allowed = f"up to {MAX_LAYERS - 1} whole numbers from 1 to {MAX_UNITS}"
        raise _refusal("hidden_layer_sizes", sizes, allowed)
    one = isinstance(activation, str) or not isinstance(activation, Iterable)
    names = [activation] * len(units) if one else list(activation)  # type: ignore[call-overload]
    allowed = f"one of {', '.join(ACTIVATIONS)}"
    if len(names) != len(units):
        raise _refusal("activation", activation, f"{allowed}, or a list with one for each hidden layer")
    for name in [activation] if one else names:
        if not isinstance(name, str) or name not in ACTIVATIONS:
            raise _refusal("activation", name, allowed)
    return tuple(Hidden(int(each), ACTIVATIONS[name]) for each, name in zip(units, names, strict=True))


def _counts(value: Any) -> bool:
    return not isinstance(value, bool) and isinstance(value, Integral) and 1 <= int(value) < 2**31


def _draws(random_state: Any) -> bool:
    try:
        check_random_state(random_state)
    except ValueError:
        return False
    return True


OTHERS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "max_iter": (_counts, "a whole number from 1"),
    "batch_size": (lambda value: value == "auto" or _counts(value), "'auto' or a whole number from 1"),
    "n_iter_no_change": (lambda value: value == math.inf or _counts(value), "a whole number from 1 or infinity"),
    "random_state": (_draws, f"a whole number from 0 to {2**32 - 1}, a RandomState or None"),
}
"""What else is checked: whether a value is allowed, and the words for it."""


def _refusal(name: str, value: object, allowed: str) -> ArgumentError:
    return ArgumentError(f"`{name}` is {value!r}, but must be {allowed}.")
