"""exp, log, tanh, sigmoid, sin and cos in float32, from + - * / and the bits of a float.

The mathematical functions of C libraries and of JavaScript engines differ in their last bits. These are
the same everywhere, have no branch inside (so four values are computed at once), and stay within the
errors that their docstrings name, in units in the last place (ulp) of the correctly rounded result.
NaN gives NaN.
"""

from pellucid.engine.primitives import bits_of, float32, float64, float_of

# Adding 1.5·2²³ + 127 to a small float32 rounds it to the nearest integer n and leaves n + 127 in the lowest bits:
# moved up by 23 bits, they are the exponent of 2ⁿ.
ROUNDER = 12583039.0

LOG2_E = 1.44269504
# ln 2 in two parts (Cody and Waite 1980): n·LN2_HIGH is exact for |n| < 2⁹, LN2_LOW carries the rest.
LN2_HIGH = 0.693359375
LN2_LOW = -2.12194440e-4
TWO_LOG2_E = 2.88539008
HALF_LN2 = 0.34657359
SIGN = -0.0

INFINITY = float("inf")

TWO_OVER_PI = 0.6366197723675814
HALF_PI_HIGH = 1.5707963109016418
HALF_PI_LOW = 1.5893254773528196e-8
TURN_LIMIT = 67108864.0
"""2²⁶: from here on, neighbouring float32 are further apart than a whole turn."""


def exp_minus_one(r: float) -> float:
    """Return eʳ − 1 for |r| ≤ ½ ln 2, as r + r² q(r).

    q is the polynomial of degree 4 with the least relative error of the result (1.7e-8), fitted by Lawson's method.
    """
    square = r * r
    low = 4.9999997020e-1 + 1.6666543484e-1 * r
    high = 4.1667200625e-2 + 8.3665475249e-3 * r
    return r + square * (low + square * (high + square * 1.3882516650e-3))


def exp(x: float) -> float:
    """Return eˣ, at most 2 ulp off for all float32; 0 below −104, infinity above 88.73.

    eˣ = 2ⁿ · eʳ with n the nearest integer to x / ln 2 and r = x − n ln 2. The factor 2ⁿ is applied in two
    halves, so that results below 2⁻¹²⁶ lose their bits gradually, as IEEE 754 asks.
    """
    x = float32(-104.0) if x < -104.0 else x
    x = float32(89.0) if x > 89.0 else x
    n = (x * LOG2_E + ROUNDER) - ROUNDER
    r = (x - n * LN2_HIGH) - n * LN2_LOW
    half = n * 0.5 + ROUNDER
    rest = (n - (half - ROUNDER)) + ROUNDER
    first = float_of(bits_of(half) << 23)
    second = float_of(bits_of(rest) << 23)
    return ((exp_minus_one(r) + 1.0) * first) * second


def log(x: float) -> float:
    """Return the natural logarithm, at most 1 ulp off for all positive float32.

    x = 2ᵏ · m with m in [√½, √2); log m = log((1 + s) / (1 − s)) with s = (m − 1) / (m + 1), by the odd series
    in s (coefficients of FreeBSD's `logf`). Zero gives −infinity, a negative number NaN.
    """
    subnormal = x < 1.17549435e-38
    scaled = x * 8388608.0 if subnormal else x
    bits = bits_of(scaled) - 0x3F3504F3
    k = float32(bits >> 23) - (23.0 if subnormal else 0.0)
    f = float_of((bits & 0x7FFFFF) + 0x3F3504F3) - 1.0
    s = f / (2.0 + f)
    z = s * s
    series = z * (0.66666662693 + z * (0.40000972152 + z * (0.28498786688 + z * 0.24279078841)))
    half_square = 0.5 * f * f
    value = k * LN2_HIGH - ((half_square - (s * (half_square + series) + k * LN2_LOW)) - f)
    value = value if x < INFINITY else x
    value = value if x > 0.0 else -1.0 / (x * x)
    return value if x >= 0.0 else (x - x) / (x - x)


def exp_of_minus(h: float) -> float:
    """Return e⁻ʰ for h ≥ 0, at most 2 ulp off; from h = 87.3 on it stays at 1.2e-38.

    Smaller numbers would be subnormal, and processors take a hundred times longer over those.
    """
    h = float32(87.3) if h > 87.3 else h
    shifted = ROUNDER - h * LOG2_E
    n = shifted - ROUNDER
    r = (-h - n * LN2_HIGH) - n * LN2_LOW
    return (exp_minus_one(r) + 1.0) * float_of(bits_of(shifted) << 23)


def softplus(x: float) -> float:
    """Return log(1 + eˣ) without overflow, at most 4 ulp off for x ≥ −87.

    max(x, 0) + log(1 + u) with u = e^−|x| ≤ 1. What rounding 1 + u loses is put back by the
    correction (u − (w − 1)) / w with w = 1 + u (Kahan; Higham 2002, section 1.14.1).
    """
    u = exp_of_minus(abs(x))
    w = 1.0 + u
    correction = (u - (w - 1.0)) / w
    return (x if x > 0.0 else 0.0) + (log(w) + correction)


def sigmoid(x: float) -> float:
    """Return 1 / (1 + e⁻ˣ), at most 4 ulp off for x ≥ −87; below, it stays at 1.2e-38.

    Computed from e^−|x|, which never overflows: 1 / (1 + e^−|x|), or e^−|x| / (1 + e^−|x|) for negative x.
    """
    u = exp_of_minus(abs(x))
    return (1.0 if x >= 0.0 else u) / (1.0 + u)


def tanh(x: float) -> float:
    """Return the hyperbolic tangent, at most 4 ulp off for all float32, exactly odd.

    With e = 1 − e^(−2|x|), tanh |x| = e / (2 − e). e itself is (1 − 2ⁿ) + 2ⁿ·(1 − e^(−2s)) with |x| = s − ½ n ln 2,
    which keeps its relative precision down to x = 0. Beyond |x| = 9.1 the nearest float32 to tanh x is ±1.
    """
    h = abs(x)
    h = float32(9.1) if h > 9.1 else h
    shifted = ROUNDER - h * TWO_LOG2_E
    n = shifted - ROUNDER
    s = h + n * HALF_LN2
    scale = float_of(bits_of(shifted) << 23)
    e = (1.0 - scale) + scale * one_minus_exp(s)
    return float_of(bits_of(e / (2.0 - e)) | (bits_of(x) & bits_of(SIGN)))


def one_minus_exp(s: float) -> float:
    """Return 1 − e^(−2s) for |s| ≤ ¼ ln 2: `exp_minus_one` of −2s with the powers of −2 taken into its coefficients."""
    square = s * s
    low = 1.9999998808 - 1.3333234787 * s
    high = 6.6667521000e-1 - 2.6772952080e-1 * s
    return (s + s) - square * (low + square * (high + square * 8.8848106563e-2))


def quarter_turn(x: float, quarters: int) -> float:
    """Return sin(x + quarters · π/2) by reducing x to |r| ≤ π/4 in float64.

    π/2 in two parts keeps r accurate to 1e-13 for |x| < 2²⁶. The polynomials are the Taylor series in r,
    whose first omitted term is below 2⁻³³ of the result.
    """
    wide = float64(0.0 if abs(x) >= TURN_LIMIT else x)
    n = (wide * float64(TWO_OVER_PI) + float64(6755399441055744.0)) - float64(6755399441055744.0)
    r = (wide - n * float64(HALF_PI_HIGH)) - n * float64(HALF_PI_LOW)
    r2 = r * r
    sine = r + r * r2 * (
        float64(-1.0 / 6.0)
        + r2
        * (
            float64(1.0 / 120.0)
            + r2 * (float64(-1.0 / 5040.0) + r2 * (float64(1.0 / 362880.0) - r2 * float64(1.0 / 39916800.0)))
        )
    )
    cosine = float64(1.0) + r2 * (
        float64(-0.5)
        + r2
        * (
            float64(1.0 / 24.0)
            + r2 * (float64(-1.0 / 720.0) + r2 * (float64(1.0 / 40320.0) - r2 * float64(1.0 / 3628800.0)))
        )
    )
    quadrant = int(n if n == n else float64(0.0)) + quarters
    value = cosine if quadrant & 1 else sine
    return float32(-value if quadrant & 2 else value)


def sin(x: float) -> float:
    """Return the sine of x in radians, at most 1 ulp off for |x| < 2²⁶; 0 beyond and NaN for NaN."""
    return quarter_turn(x, 0)


def cos(x: float) -> float:
    """Return the cosine of x in radians, at most 1 ulp off for |x| < 2²⁶; 1 beyond and NaN for NaN."""
    return quarter_turn(x, 1)
