"""The seeded generator: published numbers, even spread, fair shuffles, streams of their own."""

import itertools
import math
from collections import Counter
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest

from engine import probe as probe_module
from engine.forms import Compiled, Engine, Uncompiled
from pellucid.engine.random import Stream, mixed

MASK = 0xFFFFFFFF


def reference(state: list[int]) -> Iterator[int]:
    """Yield the numbers of xoshiro128** 1.1, as its authors' C code computes them."""

    def rotl(x: int, k: int) -> int:
        return ((x << k) | (x >> (32 - k))) & MASK

    s = list(state)
    while True:
        yield (rotl((s[1] * 5) & MASK, 7) * 9) & MASK
        t = (s[1] << 9) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 11)


def started(engine: Engine, seed: int = 0, stream: Stream = Stream.DATA) -> npt.NDArray[np.int32]:
    state = np.zeros(4, np.int32)
    engine.call("start_generator", state, seed, stream)
    return state


def random_bits(engine: Engine, state: npt.NDArray[np.int32], n: int) -> list[int]:
    out = np.zeros(n, np.int32)
    engine.call("draw_bits", state, n, out)
    return out.view(np.uint32).tolist()


def test_the_state_1_2_3_4_gives_the_known_sequence(probe: Engine) -> None:
    known = [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804]
    assert random_bits(probe, np.array([1, 2, 3, 4], np.int32), 10) == known


@pytest.mark.parametrize("seed", [0, 1, -1, 123456789, 2**31 - 1])
def test_a_long_sequence_is_that_of_the_published_algorithm(compiled_probe: Compiled, seed: int) -> None:
    state = started(compiled_probe, seed)
    expected = reference(state.view(np.uint32).tolist())
    assert random_bits(compiled_probe, state, 5000) == list(itertools.islice(expected, 5000))


def test_the_source_as_python_draws_the_same_bits(compiled_probe: Compiled) -> None:
    python = Uncompiled(probe_module)
    for seed in (0, 7, -5):
        one, other = started(compiled_probe, seed), started(python, seed)
        assert one.tobytes() == other.tobytes()
        assert random_bits(compiled_probe, one, 300) == random_bits(python, other, 300)
        for function in ("draw_uniform", "draw_normal"):
            a, b = np.zeros(300, np.float32), np.zeros(300, np.float32)
            compiled_probe.call(function, one, 300, a)
            python.call(function, other, 300, b)
            assert a.tobytes() == b.tobytes()


def test_the_mixing_function_is_murmurs() -> None:
    assert mixed(0) == 0
    assert mixed(1) == 0x514E28B7  # fmix32(1) of the reference C++ code


def test_equal_seeds_start_equal_generators_and_others_do_not(compiled_probe: Compiled) -> None:
    states = {
        (stream, seed): started(compiled_probe, seed, stream).tobytes()
        for stream in Stream
        for seed in range(-500, 500)
    }
    assert len(set(states.values())) == len(states)
    assert started(compiled_probe, 3).tobytes() == states[Stream.DATA, 3]


def test_streams_of_one_seed_are_unrelated(compiled_probe: Compiled) -> None:
    draws = [random_bits(compiled_probe, started(compiled_probe, 0, stream), 4000) for stream in Stream]
    for one, other in itertools.combinations(draws, 2):
        assert abs(np.corrcoef(one, other)[0, 1]) < 0.06
        assert not set(one[:50]) & set(other)


def uniform(engine: Engine, n: int) -> npt.NDArray[np.float32]:
    out = np.zeros(n, np.float32)
    engine.call("draw_uniform", started(engine), n, out)
    return out


def test_uniform_numbers_fill_0_to_1_evenly(compiled_probe: Compiled) -> None:
    n = 1_000_000
    draws = uniform(compiled_probe, n)
    assert draws.min() >= 0
    assert draws.max() < 1
    assert np.all(draws * 2.0**24 == np.floor(draws * 2.0**24))
    counts = np.histogram(draws, bins=100, range=(0, 1))[0]
    chi_squared = float(np.sum((counts - n / 100) ** 2 / (n / 100)))
    assert chi_squared < 149  # exceeded once in a thousand times by 99 degrees of freedom
    assert draws.mean(dtype=float) == pytest.approx(1 / 2, abs=0.0012)
    assert draws.var(dtype=float) == pytest.approx(1 / 12, abs=0.0003)


def test_normal_numbers_are_standard_normal(compiled_probe: Compiled) -> None:
    n = 1_000_000
    draws = np.zeros(n, np.float32)
    compiled_probe.call("draw_normal", started(compiled_probe), n, draws)
    assert np.isfinite(draws).all()
    assert draws.mean(dtype=float) == pytest.approx(0, abs=0.004)
    assert draws.std(dtype=float) == pytest.approx(1, abs=0.003)
    for z in (-2.0, -1.0, 0.0, 0.5, 1.5, 3.0):
        assert np.mean(draws < z) == pytest.approx((1 + math.erf(z / math.sqrt(2))) / 2, abs=0.002)


def test_integers_below_a_limit_are_equally_likely(compiled_probe: Compiled) -> None:
    n = 70_000
    out = np.zeros(n, np.int32)
    compiled_probe.call("draw_below", started(compiled_probe), 7, n, out)
    counts = np.bincount(out, minlength=7)
    assert counts.size == 7
    assert np.abs(counts - n / 7).max() < 5 * math.sqrt(n / 7)


def orders(engine: Engine, length: int, n: int) -> npt.NDArray[np.int32]:
    rows = np.tile(np.arange(length, dtype=np.int32), (n, 1))
    engine.call("draw_orders", started(engine), length, n, rows)
    return rows


def test_a_shuffle_is_a_permutation(probe: Engine) -> None:
    for length in (0, 1, 2, 5, 33):
        assert np.array_equal(np.sort(orders(probe, length, 8)), np.tile(np.arange(length), (8, 1)))


def test_every_order_is_reached_equally_often(compiled_probe: Compiled) -> None:
    n = 24_000
    counts = Counter(map(tuple, orders(compiled_probe, 4, n).tolist()))
    assert set(counts) == set(itertools.permutations(range(4)))
    assert max(abs(count - n / 24) for count in counts.values()) < 5 * math.sqrt(n / 24)
