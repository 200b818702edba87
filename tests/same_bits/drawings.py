"""Drawings whose bits are compared: of every sort, on every grid, drawn at random by seed."""

import hashlib
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from pellucid.library import library
from pellucid.raster import GRIDS
from same_bits.native import Outcome

SEED = 5
COUNT = 400
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
CHARACTERS = "XO—|/\\+✓✗0123456789"
ROOM = 3 * 256 + 4

STAGES = {
    "on": "the cells that are on",
    "bits": "the bitmap",
    "fit_drawing": "the fitted strokes",
    "read_strokes": "the strokes",
    "text": "the text of strokes",
    "cells": "the text of cells",
    "hand": "the character by hand",
}
"""What is compared of a drawing, from first to last."""


def drawings() -> Iterator[dict[str, Any]]:
    """Yield drawings as the runner takes them."""
    rng = random.Random(SEED)
    for number in range(COUNT):
        own = rng.choice(GRIDS)
        text = cells(rng, own) if number % 4 == 0 else strokes(rng)
        yield {
            "name": f"drawing {number} {text[:40]}",
            "codes": [*map(ord, text)],
            "grid": GRIDS[number % len(GRIDS)],
            "points": points(rng),
            "tolerance": rng.choice((0.0, 0.5, 1.5, 7.0)),
            "bitmap": [rng.randrange(2) for _ in range(own * own)],
            "character": ord(CHARACTERS[number % len(CHARACTERS)]),
            "seed": rng.getrandbits(31),
        }


def strokes(rng: random.Random) -> str:
    """Return the text of some strokes: dots, short and long ones."""
    size = rng.choice((2, 30, 512))
    left, top = rng.randrange(513 - size), rng.randrange(513 - size)
    texts = []
    for _ in range(rng.randint(1, 4)):
        stroke = ""
        for _ in range(rng.choice((1, 2, 3, 12))):
            bits = (left + rng.randrange(size)) << 9 | (top + rng.randrange(size))
            stroke += "".join(ALPHABET[bits >> shift & 63] for shift in (12, 6, 0))
        texts.append(stroke)
    return ".".join(texts)


def cells(rng: random.Random, grid: int) -> str:
    """Return the text of a bitmap."""
    return "." + "".join(rng.choice(ALPHABET) for _ in range((grid * grid + 5) // 6))


def points(rng: random.Random) -> list[float]:
    """Return rows x, y, begins of a hand that goes on by small steps, with fractions and beyond the pad."""
    x, y, numbers = rng.uniform(-20, 530), rng.uniform(-20, 530), []
    for k in range(rng.randint(1, 80)):
        x, y = x + rng.gauss(0, 6), y + rng.gauss(0, 6)
        numbers += [float(np.float32(x)), float(np.float32(y)), float(k == 0 or rng.random() < 0.05)]
    return numbers


def read(drawing: dict[str, Any]) -> Outcome:
    """Return what the native library makes of a drawing."""
    codes = np.array(drawing["codes"], dtype=np.int32)
    n, grid = len(codes), drawing["grid"]
    bits = np.empty(grid * grid, dtype=np.float32)
    outcome: Outcome = {"name": drawing["name"], "on": call("rasterize", codes, n, grid, bits), "bits": sha256(bits)}
    for name in ("fit_drawing", "read_strokes"):
        rows = np.empty((n, 3), dtype=np.float32)
        count = call(name, codes, n, rows)
        outcome[name] = sha256(rows[:count])
    given = np.array(drawing["points"], dtype=np.float32)
    text = np.empty(2 * len(given), dtype=np.int32)
    length = call("write_strokes", given, len(given) // 3, drawing["tolerance"], text)
    outcome["text"] = sha256(text[:length])
    bitmap = np.array(drawing["bitmap"], dtype=np.float32)
    text = np.empty(len(bitmap), dtype=np.int32)
    length = call("write_cells", bitmap, int(len(bitmap) ** 0.5), text)
    outcome["cells"] = sha256(text[:length])
    room = np.empty(ROOM, dtype=np.float32)
    count = call("write_by_hand", drawing["character"], drawing["seed"], room)
    outcome["hand"] = sha256(room[: 3 * count])
    return outcome


def call(function: str, *arguments: npt.NDArray[Any] | float) -> int:
    """Call a function of the engine; arrays are passed as their addresses."""
    values = [each.ctypes.data if isinstance(each, np.ndarray) else each for each in arguments]
    result = library().call(function, *values)
    assert result >= 0, function
    return result


def sha256(array: npt.NDArray[Any]) -> str:
    """Return the SHA-256 of an array."""
    return hashlib.sha256(array.tobytes()).hexdigest()
