"""The block of memory that holds a run, with its slots and arrays by name."""

from typing import Any, Self

import numpy as np
import numpy.typing as npt

from pellucid.library import Library

Floats = npt.NDArray[np.float32]
Words = npt.NDArray[np.uint32]

ALIGNMENT = 16
"""Bytes: the engine loads four numbers at a time."""


class Block:
    """Memory of 4-byte words: a header of named slots, then arrays.

    Parameters
    ----------
    library : Library
        The engine, which says what lies where.
    words : int
        Size of the block.
    """

    def __init__(self, library: Library, words: int) -> None:
        self.library = library
        """The engine, which says what lies where."""
        self.words = _aligned_words(words)
        """All of the memory, as unsigned words."""
        self.address: int = self.words.ctypes.data

    def copy(self) -> Self:
        """Return another block with the same words."""
        other = type(self)(self.library, len(self.words))
        other.words[:] = self.words
        return other

    def call(self, function: str, *arguments: float) -> int:
        """Call one of the engine's functions on this block; return its result."""
        return self.library.call(function, self.address, *arguments)

    def get(self, slot: str, index: int = 0) -> int | float:
        """Return the number in a slot."""
        number: int | float = self.slot(slot)[index].item()
        return number

    def integer(self, slot: str, index: int = 0) -> int:
        """Return the number in a slot of type int32."""
        return int(self.slot(slot)[index])

    def name(self, enumeration: str, slot: str) -> str:
        """Return the name of the value in a slot that holds one of an enumeration."""
        return self.library.name_of(enumeration, self.integer(slot))

    def set(self, slot: str, value: float, index: int = 0) -> None:
        """Write a number into a slot."""
        self.slot(slot)[index] = value

    def array(self, name: str) -> npt.NDArray[Any]:
        """Return a view of an array, in its shape."""
        array = self.library.arrays[name]
        shape = tuple(each if isinstance(each, int) else self.integer(each) for each in array.shape)
        start, size = int(self.words[array.slot]), int(np.prod(shape))
        return self.words[start : start + size].view(array.dtype).reshape(shape)

    def layers(self, name: str) -> list[tuple[Floats, Floats]]:
        """Return views of an array of parameters: of each layer W (n_out, n_in) and b (n_out,)."""
        flat: Floats = self.array(name)
        layers = []
        for layer in range(self.integer("LAYERS")):
            n_in, n_out = self.integer("WIDTHS", layer), self.integer("WIDTHS", layer + 1)
            start = self.integer("LAYER_STARTS", layer)
            end = start + n_in * n_out
            layers.append((flat[start:end].reshape(n_in, n_out).T, flat[end : end + n_out]))
        return layers

    def slot(self, name: str) -> npt.NDArray[Any]:
        """Return a view of all entries of a slot."""
        slot = self.library.slots[name]
        words = slot.length * np.dtype(slot.dtype).itemsize // 4
        return self.words[slot.word : slot.word + words].view(slot.dtype)


def _aligned_words(count: int) -> Words:
    memory = np.zeros(count * 4 + ALIGNMENT, dtype=np.uint8)
    start = -memory.ctypes.data % ALIGNMENT
    return memory[start : start + count * 4].view(np.uint32)
