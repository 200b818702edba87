"""The seeded generator: xoshiro128** 1.1 (Blackman and Vigna 2021, doi:10.1145/3460772).

Its state is four 32-bit numbers, kept in the run's memory, so a run that is copied goes on with the same numbers.
Data, initial weights and the order of samples each have a seed and a stream of their own.
"""

from enum import IntEnum

from pellucid.engine.numerics import cos, log
from pellucid.engine.primitives import Integers, float32, int32, sqrt

MASK = 0xFFFFFFFF
TURN = 6.28318530718


class Stream(IntEnum):
    """What the numbers are for: equal seeds in different streams are unrelated."""

    DATA = 1
    WEIGHTS = 2
    ORDER = 3
    HANDWRITING = 4


def mixed(x: int) -> int:
    """Scramble 32 bits: the finaliser of MurmurHash3 (Appleby 2011)."""
    x = ((x ^ (x >> 16)) * 0x85EBCA6B) & MASK
    x = ((x ^ (x >> 13)) * 0xC2B2AE35) & MASK
    return x ^ (x >> 16)


def seed_generator(state: Integers, seed: int, stream: int) -> None:
    """Set the state (4,) from a seed, by steps of the golden ratio through a 32-bit mixing function."""
    x = mixed((int(seed) & MASK) ^ mixed(stream))
    for k in range(4):
        x = (x + 0x9E3779B9) & MASK
        state[k] = int32(mixed(x))
    if state[0] == 0 and state[1] == 0 and state[2] == 0 and state[3] == 0:
        state[0] = 1  # the one state that the generator never leaves


def rotated(x: int, k: int) -> int:
    """Rotate 32 bits to the left."""
    return ((x << k) | (x >> (32 - k))) & MASK


def random_bits(state: Integers) -> int:
    """Return 32 random bits as a number from 0 to 2³² − 1."""
    a, b, c, d = int(state[0]) & MASK, int(state[1]) & MASK, int(state[2]) & MASK, int(state[3]) & MASK
    result = (rotated((b * 5) & MASK, 7) * 9) & MASK
    c ^= a
    d ^= b
    state[1] = int32(b ^ c)
    state[0] = int32(a ^ d)
    state[2] = int32(c ^ ((b << 9) & MASK))
    state[3] = int32(rotated(d, 11))
    return result


def uniform(state: Integers) -> float:
    """Return a float32 in [0, 1): one of the 2²⁴ multiples of 2⁻²⁴, all equally likely."""
    return float32(random_bits(state) >> 8) * 5.9604644775390625e-8


def below(state: Integers, n: int) -> int:
    """Return an integer from 0 to n − 1, by the high bits of a product (bias below n · 2⁻³²)."""
    return (random_bits(state) * n) >> 32


def normal(state: Integers) -> float:
    """Return a standard normal float32, by the transformation of Box and Muller (1958)."""
    radius = sqrt(-2.0 * log(1.0 - uniform(state)))
    return radius * cos(TURN * uniform(state))


def shuffle(values: Integers, n: int, state: Integers) -> None:
    """Put the first n values in random order (Fisher and Yates)."""
    for k in range(n - 1, 0, -1):
        j = below(state, k + 1)
        kept = values[k]
        values[k] = values[j]
        values[j] = kept
