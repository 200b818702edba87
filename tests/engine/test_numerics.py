"""exp, log, tanh, sigmoid, softplus, sin and cos in float32, beside float64: errors in units in the last place."""

import re
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pytest

from engine import probe as probe_module
from engine.forms import Compiled, Engine, Uncompiled
from pellucid.engine import numerics

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

REFERENCES: dict[str, Callable[[Doubles], Doubles]] = {
    "exp": np.exp,
    "exp_of_minus": lambda x: np.exp(-x),
    "log": np.log,
    "tanh": np.tanh,
    "sigmoid": lambda x: np.where(x >= 0, 1.0, np.exp(-np.abs(x))) / (1.0 + np.exp(-np.abs(x))),
    "softplus": lambda x: np.logaddexp(0.0, x),
    "sin": np.sin,
    "cos": np.cos,
}

DOMAINS = {
    "exp": (-np.inf, np.inf),
    "exp_of_minus": (0.0, 87.0),
    "log": (0.0, np.inf),
    "tanh": (-np.inf, np.inf),
    "sigmoid": (-87.0, np.inf),
    "softplus": (-87.0, np.inf),
    "sin": (-67108860.0, 67108860.0),
    "cos": (-67108860.0, 67108860.0),
}
"""Where each docstring's bound holds; 67108860 is the largest float32 below 2²⁶."""

BINADES = [
    ("exp", 1.0),
    ("exp", -64.0),
    ("exp_of_minus", 0.25),
    ("log", 0.5),
    ("log", 1.0),
    ("tanh", 0.125),
    ("tanh", 0.5),
    ("sigmoid", -1.0),
    ("sigmoid", 2.0),
    ("softplus", -2.0),
    ("softplus", 0.5),
    ("sin", 2.0),
    ("sin", 4.0),
    ("cos", 1.0),
]
"""Functions, and where a binade starts that is tested whole: there errors are largest or cancellation threatens."""

STRIDE = 4099
DENSE_STRIDE = 257
CHUNK = 1 << 20
SPECIAL = np.array([0.0, -0.0, 1e-45, -1e-45, 1e-38, -1e-38, np.inf, -np.inf, np.nan, 3.4e38, -3.4e38], np.float32)


def values_of(engine: Engine, function: str, x: Floats) -> Floats:
    out = np.empty_like(x)
    engine.call(f"map_{function}", x, x.size, out)
    return out


def stated_bound(function: str) -> int:
    """Return the bound that the function's docstring states."""
    found = re.search(r"at most (\d) ulp off", str(getattr(numerics, function).__doc__))
    assert found, f"the docstring of {function} states no bound"
    return int(found[1])


def largest_error(engine: Engine, function: str, x: Floats) -> float:
    """Return the largest distance from the exact value in ulp of the float32 nearest to it; 2¹²⁸ stands for ∞."""
    low, high = DOMAINS[function]
    x = x[(x >= low) & (x <= high)]
    if x.size == 0:
        return 0.0
    with np.errstate(all="ignore"):
        exact = REFERENCES[function](x.astype(np.float64))
        nearest = exact.astype(np.float32)
        ulp = np.where(np.isinf(nearest), 2.0**104, np.spacing(np.abs(nearest)).astype(np.float64))
    got = values_of(engine, function, x).astype(np.float64)
    assert not np.isnan(got).any()
    both = np.clip(np.stack([got, exact]), -(2.0**128), 2.0**128)
    return float(np.max(np.abs(both[0] - both[1]) / ulp))


def bit_patterns(start: int, stop: int, stride: int = 1) -> Iterator[Floats]:
    """Yield float32 by their bits, a chunk at a time."""
    for first in range(start, stop, stride * CHUNK):
        yield np.arange(first, min(stop, first + stride * CHUNK), stride, dtype=np.uint32).view(np.float32)


@pytest.mark.parametrize("function", REFERENCES)
def test_every_function_keeps_its_bound_over_all_float32(compiled_probe: Compiled, function: str) -> None:
    bound = stated_bound(function)
    assert bound <= 4
    errors = [largest_error(compiled_probe, function, x) for x in bit_patterns(0, 1 << 32, STRIDE)]
    assert max(errors) <= bound


@pytest.mark.parametrize(("function", "start"), BINADES)
def test_every_function_keeps_its_bound_for_each_number_of_a_binade(
    compiled_probe: Compiled, function: str, start: float
) -> None:
    first = int(np.float32(start).view(np.uint32))
    errors = [largest_error(compiled_probe, function, x) for x in bit_patterns(first, first + (1 << 23))]
    assert max(errors) <= stated_bound(function)


@pytest.mark.heavy
@pytest.mark.parametrize("function", REFERENCES)
def test_every_function_keeps_its_bound_for_16_million_float32(compiled_probe: Compiled, function: str) -> None:
    errors = [largest_error(compiled_probe, function, x) for x in bit_patterns(0, 1 << 32, DENSE_STRIDE)]
    assert max(errors) <= stated_bound(function)


@pytest.mark.parametrize("function", REFERENCES)
def test_the_source_as_python_gives_the_same_bits(compiled_probe: Compiled, function: str) -> None:
    rng = np.random.default_rng(0)
    anything = rng.integers(0, 1 << 32, 1500, dtype=np.uint32).view(np.float32)
    usual = rng.normal(0, 4, 1500).astype(np.float32)
    x = np.concatenate([SPECIAL, anything, usual])
    compiled = values_of(compiled_probe, function, x)
    python = values_of(Uncompiled(probe_module), function, x)
    assert np.array_equal(np.isnan(compiled), np.isnan(python))
    known = ~np.isnan(compiled)
    np.testing.assert_array_equal(python[known].view(np.uint32), compiled[known].view(np.uint32))


@pytest.mark.parametrize("function", REFERENCES)
def test_nan_gives_nan(probe: Engine, function: str) -> None:
    assert np.isnan(values_of(probe, function, np.full(4, np.nan, np.float32))).all()


INF = np.inf
LARGEST = float(np.finfo(np.float32).max)
SUBNORMAL = 1e-45


@pytest.mark.parametrize(
    ("function", "x", "y"),
    [
        ("exp", [0.0, -0.0, INF, -INF, SUBNORMAL, LARGEST, -104.0, 88.73], [1, 1, INF, 0, 1, INF, 0, INF]),
        ("log", [1.0, 0.0, -0.0, INF, -1.0, -INF, -SUBNORMAL], [0, -INF, -INF, INF, np.nan, np.nan, np.nan]),
        ("tanh", [0.0, INF, -INF, LARGEST, SUBNORMAL], [0, 1, -1, 1, SUBNORMAL]),
        ("sigmoid", [0.0, -0.0, INF, LARGEST, SUBNORMAL], [0.5, 0.5, 1, 1, 0.5]),
        ("softplus", [INF, LARGEST, 100.0], [INF, LARGEST, 100]),
        ("sin", [0.0, SUBNORMAL, -SUBNORMAL, 67108864.0, LARGEST, INF, -INF], [0, SUBNORMAL, -SUBNORMAL, 0, 0, 0, 0]),
        ("cos", [0.0, -0.0, SUBNORMAL, 67108864.0, LARGEST, INF, -INF], [1, 1, 1, 1, 1, 1, 1]),
    ],
)
def test_special_values(probe: Engine, function: str, x: list[float], y: list[float]) -> None:
    np.testing.assert_array_equal(values_of(probe, function, np.array(x, np.float32)), np.array(y, np.float32))


def test_tanh_keeps_the_sign_of_zero(probe: Engine) -> None:
    zeros = values_of(probe, "tanh", np.array([0.0, -0.0], np.float32))
    assert np.signbit(zeros).tolist() == [False, True]


def test_results_of_exp_below_the_normal_range_lose_their_bits_gradually(compiled_probe: Compiled) -> None:
    x = np.linspace(-103.2, -87.4, 5000, dtype=np.float32)
    y = values_of(compiled_probe, "exp", x)
    assert (y > 0).all()
    assert (np.diff(y) >= 0).all()
    assert y[0] == np.float32(SUBNORMAL)


@pytest.mark.parametrize("function", ["sigmoid", "softplus"])
def test_far_below_zero_the_value_stays_at_the_smallest_number_that_is_not_slow(
    compiled_probe: Compiled, function: str
) -> None:
    y = values_of(compiled_probe, function, np.array([-87.3, -88, -100, -1e30, -INF], np.float32))
    np.testing.assert_allclose(y, 1.2e-38, rtol=0.03)


def test_tanh_is_exactly_odd(compiled_probe: Compiled) -> None:
    for x in bit_patterns(0, 0x7F800001, 499):
        there, back = values_of(compiled_probe, "tanh", x), values_of(compiled_probe, "tanh", -x)
        assert np.array_equal(there.view(np.uint32) ^ np.uint32(1 << 31), back.view(np.uint32))


def test_tanh_and_sigmoid_never_leave_their_range(compiled_probe: Compiled) -> None:
    for x in bit_patterns(0, 1 << 32, 997):
        finite = x[np.isfinite(x)]
        assert np.abs(values_of(compiled_probe, "tanh", finite)).max() <= 1
        sigmoids = values_of(compiled_probe, "sigmoid", finite)
        assert sigmoids.min() > 0
        assert sigmoids.max() <= 1


def test_exp_minus_one_has_the_relative_error_of_its_polynomial() -> None:
    r = np.linspace(-np.log(2) / 2, np.log(2) / 2, 2001)
    r = r[r != 0]
    error = np.array([numerics.exp_minus_one(value) for value in r]) / np.expm1(r) - 1
    assert np.abs(error).max() < 2e-8
