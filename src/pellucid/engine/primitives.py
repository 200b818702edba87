"""What the engine needs beyond arithmetic: bits of a float, square roots, and views of a block of memory.

This file is how Python does it. `compiler/intrinsics.py` says the same to the compiler, under the
same names, in one or two machine instructions each.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]
Doubles = npt.NDArray[np.float64]
Words = npt.NDArray[np.float32]
"""A block of 4-byte words; `as_integers` and `as_doubles` read the same memory with other types."""

float32: Callable[[Any], Any] = np.float32
float64: Callable[[Any], Any] = np.float64


def int32(x: int) -> int:
    """Return the signed integer that the lowest 32 bits stand for."""
    return ((x & 0xFFFFFFFF) ^ 0x80000000) - 0x80000000


def bits_of(x: float) -> int:
    """Return the 32 bits of a float32 as a signed integer."""
    return int(np.float32(x).view(np.int32))


def float_of(bits: int) -> float:
    """Return the float32 whose bits are the lowest 32 of an integer."""
    value: np.float32 = np.uint32(bits & 0xFFFFFFFF).view(np.float32)
    return value  # type: ignore[return-value]


def sqrt(x: float) -> float:
    """Return the square root, correctly rounded (IEEE 754 asks this of every machine)."""
    return np.sqrt(x)


def as_integers(memory: Words) -> Integers:
    """Return the same memory read as int32."""
    return memory.view(np.int32)


def as_doubles(memory: Words) -> Doubles:
    """Return the same memory read as float64: two words each."""
    return memory[: memory.size // 2 * 2].view(np.float64)


def vector(memory: npt.NDArray[Any], start: int, length: int) -> npt.NDArray[Any]:
    """Return `length` entries from `start` on, without copying."""
    return memory[start : start + length]


def matrix(memory: npt.NDArray[Any], start: int, rows: int, columns: int) -> npt.NDArray[Any]:
    """Return a (rows, columns) view in C order from `start` on, without copying."""
    return memory[start : start + rows * columns].reshape(rows, columns)


def cube(memory: npt.NDArray[Any], start: int, n: int, rows: int, columns: int) -> npt.NDArray[Any]:
    """Return an (n, rows, columns) view in C order from `start` on, without copying."""
    return memory[start : start + n * rows * columns].reshape(n, rows, columns)


Quad = npt.NDArray[np.float32]
"""Four float32 that are added and multiplied together, each for itself: one register of the processor."""


def same_quad(value: float) -> Quad:
    """Return four times the same value."""
    return np.full(4, value)


def load_quad(array: Floats, row: int, quad: int) -> Quad:
    """Return array[row, quad], four values of an array (rows, quads, 4)."""
    return np.array(array[row, quad])


def store_quad(array: Floats, row: int, quad: int, values: Quad) -> None:
    """Set array[row, quad] to four values."""
    array[row, quad] = values


def sum_quad(values: Quad) -> float:
    """Return (v₀ + v₁) + (v₂ + v₃)."""
    return (values[0] + values[1]) + (values[2] + values[3])
