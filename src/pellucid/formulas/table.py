"""The table of formulas: by record and variant."""

from dataclasses import dataclass
from typing import NamedTuple

SYMBOLS = {
    "w_new": "w′",
    "w_rule": "w̃",
    "delta": "δ",
    "slope": "f′",
    "eta": "η",
    "mu": "μ",
    "rho": "ρ",
    "beta1": "β₁",
    "beta2": "β₂",
    "epsilon": "ε",
    "lam": "λ",
    "m_new": "m′",
    "v_new": "v′",
    "m_hat": "m̂",
    "v_hat": "v̂",
    "p1": "β₁ᵗ",
    "p2": "β₂ᵗ",
    "pi": "π",
    "largest": "m",
    "z_k": "z",
    "e_k": "e",
    "a_k": "a",
    "t_k": "t",
    "L_s": "L",
    "dL_da": "∂L/∂a",
    "dL_dw": "∂L/∂w",
    "dL_db": "∂L/∂b",
    "step": "Δ",
    "right": "right",
    "accuracy": "accuracy",
}
"""What a name of a formula is written as, where it is not the name itself; ∂L/∂a is a fraction."""

NOTES = {
    "largest": "the largest z, taken off so that exp cannot overflow",
    "w_rule": "before the pull of L1",
    "p1": "β₁ to the power of the updates made",
    "p2": "β₂ to the power of the updates made",
    "slope": "the slope of the activation at z",
    "pull": "how far L1 moves a weight towards 0, at most",
    "B": "samples in the batch",
    "t": "the target",
    "t_k": "the target",
    "eta": "the learning rate",
    "lam": "the strength of L2",
}
"""What a name of a formula means, where the account does not say it elsewhere."""


class Equation(NamedTuple):
    """One equation: as a Python expression, and the line of an engine function that computes its left side.

    ``optimizers.*`` stands for the function of the optimiser at hand.
    """

    expression: str
    function: str
    line: str


@dataclass(frozen=True)
class Formula:
    """What stands in a record, and the equations that lead to its first number.

    Attributes
    ----------
    names : tuple of str
        The record's numbers, in order.
    terms : tuple of str
        The numbers of each term behind them, its own number first; empty where there are no terms.
    equations : tuple of Equation
        In the order in which they are computed.
    """

    names: tuple[str, ...]
    equations: tuple[Equation, ...]
    terms: tuple[str, ...] = ()


WEIGHTED_SUM = "z[j] == b[j] + Sum(i, w[j, i] * x[i])"
HANDED_BACK = "dL_da[i] == Sum(j, w[j, i] * delta[j])"


def _pre_activation(function: str, line: str) -> Formula:
    return Formula(("z", "b"), (Equation(WEIGHTED_SUM, function, line),), ("i", "w", "x", "w_x"))


def _incoming(function: str, line: str) -> Formula:
    return Formula(("dL_da",), (Equation(HANDED_BACK, function, line),), ("j", "w", "delta", "w_delta"))


def _activation(expression: str, line: str, function: str = "activations.activate") -> Formula:
    return Formula(("a", "z"), (Equation(f"a == {expression}", function, line),))


def _slope(expression: str, line: str) -> Formula:
    return Formula(("slope", "z", "a"), (Equation(f"slope == ({expression})", "activations.multiply_slope", line),))


ACTIVATION = {
    "linear": _activation("z", "a[k] = z[k]"),
    "sigmoid": _activation("1 / (1 + exp(-z))", "a[k] = sigmoid(z[k])"),
    "tanh": _activation("tanh(z)", "a[k] = tanh(z[k])"),
    "relu": _activation("max(0, z)", "a[k] = 0.0 if z[k] <= 0.0 else z[k]"),
    "leaky_relu": _activation("max(z, 0.01 * z)", "a[k] = z[k] if z[k] > 0.0 else LEAK * z[k]"),
    "gelu": _activation(
        "z / 2 * (1 + tanh(sqrt(2 / pi) * (z + 0.044715 * z ** 3)))",
        "return 0.5 * z * (1.0 + tanh(GELU_SCALE * (z + GELU_CUBIC * z * z * z)))",
        "activations.gelu",
    ),
    "sine": _activation("sin(z)", "a[k] = sin(z[k])"),
    "softmax": Formula(
        ("a", "z", "largest", "total"),
        (
            Equation(
                "a[j] == exp(z[j] - largest) / Sum(k, exp(z_k[k] - largest))",
                "activations.softmax",
                "a[j, s] = a[j, s] / total",
            ),
        ),
        ("k", "z_k", "e_k"),
    ),
}

SLOPE = {
    "linear": Formula(("slope", "z", "a"), (Equation("slope == 1", "activations.multiply_slope", ""),)),
    "sigmoid": _slope("a * (1 - a)", "delta[k] *= a[k] * (1.0 - a[k])"),
    "tanh": _slope("1 - a ** 2", "delta[k] *= 1.0 - a[k] * a[k]"),
    "relu": _slope("1 if z > 0 else 0", "delta[k] = 0.0 if z[k] <= 0.0 else kept"),
    "leaky_relu": _slope("1 if z > 0 else 0.01", "delta[k] *= 1.0 if z[k] > 0.0 else LEAK"),
    "gelu": Formula(
        ("slope", "z", "a", "u"),
        (
            Equation(
                "u == tanh(sqrt(2 / pi) * (z + 0.044715 * z ** 3))",
                "activations.gelu_slope",
                "t = tanh(GELU_SCALE * (z + GELU_CUBIC * z * z * z))",
            ),
            Equation(
                "slope == (1 + u) / 2 + z / 2 * (1 - u ** 2) * sqrt(2 / pi) * (1 + 3 * 0.044715 * z ** 2)",
                "activations.gelu_slope",
                "return 0.5 * (1.0 + t) + 0.5 * z * (1.0 - t * t) * GELU_SCALE * (1.0 + 3.0 * (GELU_CUBIC * z * z))",
            ),
        ),
    ),
    "sine": _slope("cos(z)", "delta[k] *= cos(z[k])"),
}

LOSS = {
    "binary_cross_entropy": Formula(
        ("L", "z", "t"),
        (
            Equation(
                "L == log(1 + exp(z)) - t * z",
                "losses.sample_losses",
                "out[s] = softplus(z[0, s]) - target[0, s] * z[0, s]",
            ),
        ),
    ),
    "softmax_cross_entropy": Formula(
        ("L", "largest"),
        (
            Equation(
                "L == log(Sum(k, exp(z_k[k] - largest))) - Sum(k, t_k[k] * (z_k[k] - largest))",
                "losses.softmax_loss",
                "return log(total) - said",
            ),
        ),
        ("k", "z_k", "t_k"),
    ),
    "squared_error": Formula(
        ("L",),
        (Equation("L == Sum(k, (a_k[k] - t_k[k]) ** 2) / 2", "losses.sample_losses", "out[s] = 0.5 * total"),),
        ("k", "a_k", "t_k", "square"),
    ),
}

ERROR = "delta[k] = a[k] - target[k]"
DELTA = {
    "hidden": Formula(
        ("delta", "dL_da", "slope"),
        (
            Equation(
                "delta == dL_da * slope",
                "network.hand_back",
                "multiply_slope(integers[Int.LAYER_ACTIVATIONS + layer - 1], z, a, below, "
                "quads(integers, layer, lanes))",
            ),
        ),
    ),
    "cross_entropy": Formula(("delta", "a", "t"), (Equation("delta == a - t", "losses.output_delta", ERROR),)),
    "squared_error": Formula(
        ("delta", "a", "t", "slope"),
        (
            Equation(
                "delta == (a - t) * slope", "losses.output_delta", "multiply_slope(activation, z, a, delta, quads)"
            ),
        ),
    ),
}

SHARES = ("s", "delta", "x", "delta_x")


def _gradient(name: str, right: str, function: str, line: str) -> Formula:
    names = (name, "B", "w", "lam")
    return Formula(names, (Equation(f"{name} == {right}", function, line),), SHARES)


OWN, MEAN = "delta[j] * x[i]", "Sum(s, delta[s] * x[s]) / B"
L2 = " + lam * w"
MEAN_LINE = "gradient = share * g[k] + l2 * w[k]"
GRADIENT = {
    "weight": _gradient("dL_dw", OWN, "dense.add_gradients", "W_gradient[i, j] += delta[j] * x[i]"),
    "weight_bits": _gradient("dL_dw", OWN, "binary_input.add_gradients", "W_gradient[i, j] += delta[j]"),
    "weight_l2": _gradient("dL_dw", OWN + L2, "optimizers.*", MEAN_LINE),
    "weight_batch": _gradient("dL_dw", MEAN, "optimizers.*", MEAN_LINE),
    "weight_batch_l2": _gradient("dL_dw", MEAN + L2, "optimizers.*", MEAN_LINE),
    "bias": _gradient("dL_db", "delta[j]", "dense.add_gradients", "b_gradient[j] += delta[j]"),
    "bias_batch": _gradient("dL_db", "Sum(s, delta[s]) / B", "optimizers.*", MEAN_LINE),
}

RULES = {
    "sgd": (Equation("step == eta * g", "optimizers.sgd", "w[k] -= rate * gradient"),),
    "momentum": (
        Equation("m_new == mu * m + g", "optimizers.momentum", "m[k] = ordinary(friction * m[k] + gradient)"),
        Equation("step == eta * m_new", "optimizers.momentum", "w[k] -= rate * m[k]"),
    ),
    "rmsprop": (
        Equation(
            "v_new == rho * v + (1 - rho) * g ** 2",
            "optimizers.rmsprop",
            "v[k] = ordinary(decay * v[k] + (1.0 - decay) * (gradient * gradient))",
        ),
        Equation(
            "step == eta * g / (sqrt(v_new) + epsilon)",
            "optimizers.rmsprop",
            "w[k] -= rate * gradient / (sqrt(v[k]) + epsilon)",
        ),
    ),
    "adam": (
        Equation(
            "m_new == beta1 * m + (1 - beta1) * g",
            "optimizers.adam",
            "m[k] = ordinary(first * m[k] + (1.0 - first) * gradient)",
        ),
        Equation(
            "v_new == beta2 * v + (1 - beta2) * g ** 2",
            "optimizers.adam",
            "v[k] = ordinary(second * v[k] + (1.0 - second) * (gradient * gradient))",
        ),
        Equation("m_hat == m_new / (1 - p1)", "optimizers.adam", "first_scale = 1.0 / (1.0 - first_power)"),
        Equation("v_hat == v_new / (1 - p2)", "optimizers.adam", "second_scale = 1.0 / (1.0 - second_power)"),
        Equation(
            "step == eta * m_hat / (sqrt(v_hat) + epsilon)",
            "optimizers.adam",
            "w[k] -= rate * (m[k] * first_scale) / (sqrt(v[k] * second_scale) + epsilon)",
        ),
    ),
}
"""How each optimiser makes a step Δ of g = ∂L/∂w and of what it remembers."""

RULE_NAMES = {"sgd": ("mu", "rho"), "momentum": ("mu", "rho"), "rmsprop": ("mu", "rho"), "adam": ("beta1", "beta2")}


def _step_names(optimizer: str) -> tuple[str, ...]:
    first, second = RULE_NAMES[optimizer]
    before = ("w_new", "w", "g", "eta", first, second, "epsilon")
    return (*before, "m", "m_new", "v", "v_new", "p1", "p2", "m_hat", "v_hat", "step", "w_rule", "pull")


def _step(optimizer: str) -> Formula:
    *rule, last = RULES[optimizer]
    return Formula(_step_names(optimizer), (*rule, last, Equation("w_new == w - step", last.function, last.line)))


def _step_with_l1(optimizer: str) -> Formula:
    *rule, last = RULES[optimizer]
    shrink = "regularizers.shrink" if optimizer in ("sgd", "momentum") else "regularizers.shrink_each"
    return Formula(
        _step_names(optimizer),
        (
            *rule,
            last,
            Equation("w_rule == w - step", last.function, last.line),
            Equation(
                "w_new == sign(w_rule) * max(0, abs(w_rule) - pull)", shrink, "weights[k] = size if w >= 0.0 else -size"
            ),
        ),
    )


STEP = (
    {optimizer: _step(optimizer) for optimizer in RULES}
    | {f"{optimizer}_l1": _step_with_l1(optimizer) for optimizer in RULES}
    | {"off": Formula(_step_names("sgd"), (Equation("w_new == 0", "switching.hold_off", "w[place] = 0.0"),))}
)

LAST_STEP = {optimizer: Formula(_step_names(optimizer)[:16], (rule[-1],)) for optimizer, rule in RULES.items()}
"""What the run still knows of the update before: w is what it is now, and Δ was taken off."""

RESULT = {
    "loss": Formula(
        ("L", "n"),
        (
            Equation(
                "L == Sum(s, L_s[s]) / n",
                "evaluation.mean",
                "return total / float64(end - start) if end > start else float64(0.0)",
            ),
        ),
        ("s", "L_s"),
    ),
    "accuracy": Formula(
        ("accuracy", "right", "n"),
        (
            Equation(
                "accuracy == right / n",
                "evaluation.accuracy",
                "return float64(right) / float64(samples) if samples > 0 else float64(0.0)",
            ),
        ),
    ),
}
"""The figures of a set of samples, whose numbers the run holds itself."""

FORMULAS: dict[str, dict[str, Formula]] = {
    "pre_activation": {
        "alone": _pre_activation("dense.forward", "z[j] += W[i, j] * x[i]"),
        "batch": _pre_activation("dense_lanes.forward", "first += W[i, j] * x_i"),
        "bits": _pre_activation("binary_input.forward", "z[j] += row[j]"),
    },
    "activation": ACTIVATION,
    "loss": LOSS,
    "incoming": {
        "alone": _incoming("dense.backward", "total += W[i, j] * delta[j]"),
        "batch": _incoming("dense_lanes.backward", "first += W[i, j] * delta_j"),
    },
    "slope": SLOPE,
    "delta": DELTA,
    "gradient": GRADIENT,
    "step": STEP,
    "last_step": LAST_STEP,
    "result": RESULT,
}
"""By record and variant.

The variants of pre_activation and incoming say how many samples the update has, and whether the first layer sees bits;
of activation and slope the activation, of loss the loss; of delta where the unit is; of gradient what the parameter is;
of step and last_step the optimiser. "result" is of the samples as a whole.
"""
