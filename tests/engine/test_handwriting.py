"""Characters as a hand writes them: all that are known, by seed, on the pad."""

import numpy as np
import numpy.typing as npt
import pytest

from engine.drawings import LAST
from engine.forms import ENUMERATIONS, NATIVE, SOURCE, Engine

STROKES = {"X": 2, "O": 1, "—": 1, "|": 1, "/": 1, "\\": 1, "+": 2, "✓": 1, "✗": 2} | {
    digit: 2 if digit == "4" else 1 for digit in "0123456789"
}
"""The characters that the hand knows, and how many strokes each takes."""

ALIKE = ["Xx×✗", "Oo○", "-–—−", "|Il"]
ROOM = 3 * 256 + 4
UNKNOWN = ENUMERATIONS["Status"]["bad_character"]


def written(character: str, seed: int, engine: Engine = NATIVE) -> npt.NDArray[np.float32]:
    """Return the points of a character; nothing but the room for it may be written to."""
    room = np.full(ROOM + 8, np.float32(7), np.float32)
    count = engine.call("write_by_hand", ord(character), seed, room)
    assert np.all(room[ROOM:] == 7)
    assert 0 < count <= 256
    return room[: 3 * count].reshape(count, 3)


@pytest.mark.parametrize("character", STROKES)
def test_a_character_lies_on_the_pad_in_its_strokes_whatever_the_seed(character: str) -> None:
    for seed in range(300):
        points = written(character, seed)
        assert np.isfinite(points).all()
        assert points[:, :2].min() >= 0
        assert points[:, :2].max() <= LAST
        assert points[0, 2] == 1
        assert set(points[:, 2].tolist()) <= {0.0, 1.0}
        assert points[:, 2].sum() == STROKES[character]
        assert np.ptp(points[:, :2], axis=0).max() > 100


@pytest.mark.parametrize("character", STROKES)
def test_the_source_writes_the_same_bits(character: str) -> None:
    for seed in (0, 1, -1, 2**31 - 1):
        assert written(character, seed).tobytes() == written(character, seed, SOURCE).tobytes()


def test_every_seed_has_a_hand_of_its_own() -> None:
    assert len({written("O", seed).tobytes() for seed in range(500)}) == 500
    assert written("O", 3).tobytes() == written("O", 3).tobytes()


def test_sizes_and_places_vary_over_the_pad() -> None:
    many = [written("X", seed)[:, :2] for seed in range(300)]
    sizes = [np.ptp(points, axis=0).max() for points in many]
    middles = np.array([points.mean(axis=0) for points in many])
    assert max(sizes) > 2 * min(sizes)
    assert np.all(middles.min(axis=0) < 150)
    assert np.all(middles.max(axis=0) > 360)


@pytest.mark.parametrize("characters", ALIKE)
def test_characters_that_look_alike_are_written_alike(characters: str) -> None:
    assert len({written(character, 5).tobytes() for character in characters}) == 1


def test_what_the_hand_does_not_know_is_refused() -> None:
    known = set(STROKES) | set("".join(ALIKE))
    room = np.zeros(ROOM, np.float32)
    taken = {chr(code) for code in range(0x3000) if NATIVE.call("write_by_hand", code, 0, room) != UNKNOWN}
    assert taken == known | {"✓", "✗"}
    for code in (-1, -(2**31), 2**31 - 1):
        assert NATIVE.call("write_by_hand", code, 0, room) == UNKNOWN
        assert SOURCE.call("write_by_hand", code, 0, room) == UNKNOWN
