"""A run in a file: the experiment, and by name all that training changed.

The state is written by the names of the engine's slots and arrays, not as raw memory: so a file outlives changes of the
memory's layout, and one that was tampered with cannot lead the engine outside of its memory.
"""

import base64
import binascii
import json
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

import numpy as np

from pellucid.block import Block, Words
from pellucid.engine.memory import MOST_OFF
from pellucid.errors import ExperimentError, StateError
from pellucid.experiment import Experiment

SLOTS = (
    "STATUS",
    "FAILED_LAYER",
    "FAILED_REASON",
    "EPOCHS",
    "POSITION",
    "ORDER_STATE",
    "UPDATES",
    "MOMENTUM_POWER",
    "DECAY_POWER",
)
ARRAYS = ("PARAMETERS", "GRADIENTS", "MOMENTS_1", "MOMENTS_2", "ORDER")
OFF = ("OFF", "OFF_VALUES")
"""Where the weights are that are switched off on the page, and what they were; files without them have none."""

LAYOUT = ("WORDS", "STATE_WORDS", "LAYERS", "WIDTHS", "SAMPLES", "TRAIN_SAMPLES", "PARAMETER_COUNT")
"""Slots in which two blocks agree where the same things lie in the same places."""


def to_json(experiment: Experiment, block: Block) -> str:
    """Return a run as JSON."""
    state: dict[str, Any] = {name.lower(): block.slot(name).tolist() for name in SLOTS}
    for name in ARRAYS:
        state[name.lower()] = base64.b64encode(_little(block.array(name)).tobytes()).decode("ascii")
    if block.integer("OFF_COUNT"):
        state |= {name.lower(): block.array(name).tolist() for name in OFF}
    return json.dumps({"experiment": experiment.model_dump(), "state": state}, indent=1) + "\n"


def write(path: str | Path, content: str | bytes) -> None:
    """Write a file in one go.

    Raises
    ------
    StateError
        When it cannot be written; the file that was there is as it was.
    """
    with replacing(path) as beside:
        beside.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Give the name of a file beside another, whose place it takes in the end.

    Whoever stops it midway, and a full disk, leave the file that was there, and nothing beside it. Links lead to where
    they led, and devices and pipes are written to directly.

    Raises
    ------
    StateError
        When it cannot be written.
    """
    with writing(path):
        target = Path(path).resolve()
        if target.exists() and not target.is_file():
            yield target
            return
        beside = target.with_name(f".{target.name}.part")
        try:
            yield beside
            beside.replace(target)
        finally:
            with suppress(OSError):
                beside.unlink()


@contextmanager
def writing(path: str | Path) -> Iterator[None]:
    """Say in a sentence why the system does not write a file.

    Raises
    ------
    StateError
        In place of an OSError.
    """
    try:
        yield
    except OSError as error:
        raise StateError(f"The file {str(path)!r} cannot be written: {reason_of(error)}.") from None


def reason_of(error: OSError) -> str:
    """Return the system's reason as a part of a sentence."""
    reason = os.strerror(error.errno) if error.errno else str(error) or "unknown reason"
    return reason[:1].lower() + reason[1:]


def text_of(path: str | Path) -> bytes:
    """Return the content of a file."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise StateError(f"The file {str(path)!r} cannot be opened: {reason_of(error)}.") from None


def from_json(text: str | bytes) -> tuple[Experiment, dict[str, Any]]:
    """Return the experiment and the state of a run."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise StateError("The file does not hold a saved run: it is not JSON, or only a part of it.") from None
    if not isinstance(document, dict) or not isinstance(document.get("state"), dict) or "experiment" not in document:
        raise StateError("The file does not hold a saved run: `experiment` and `state` are missing.")
    try:
        return Experiment.from_dict(document["experiment"]), document["state"]
    except ExperimentError as error:
        raise StateError(f"The file does not hold a saved run: {error}") from None


def put_state(block: Block, state: dict[str, Any]) -> None:
    """Write a state into a block of the same experiment; refuse one that does not fit, before anything is changed."""
    slots = {name: _numbers(block, name, state.get(name.lower())) for name in SLOTS}
    arrays = {name: _array(block, name, state.get(name.lower())) for name in ARRAYS}
    _put(block, slots, arrays, *(state.get(name.lower(), []) for name in OFF))


def put_words(block: Block, words: Words) -> None:
    """Write the first words of another block of the same experiment, as the page's engine has them.

    Parameters
    ----------
    block : Block
        The block to be written to; what lies where is read from it alone.
    words : ndarray of uint32
        STATE_WORDS words: the header and all that training changes.

    Raises
    ------
    StateError
        When they are of another experiment, or no state that a run can have.
    """
    other = block.copy()
    fits = len(words) == block.integer("STATE_WORDS")
    if fits:
        other.words[: len(words)] = words
        fits = all(np.array_equal(other.slot(name), block.slot(name)) for name in LAYOUT)
    if not fits:
        raise StateError("The state is of another experiment, so this run cannot go on from it.")
    count = other.integer("OFF_COUNT")
    # Where the arrays lie, the block itself says.
    other.slot("ARRAYS")[:] = block.slot("ARRAYS")
    off = [other.array(name).tolist() for name in OFF] if 0 <= count <= MOST_OFF else [None, None]
    slots, arrays = (
        {name: read(name) for name in names} for read, names in ((other.slot, SLOTS), (other.array, ARRAYS))
    )
    _put(block, slots, arrays, *off)


def _put(block: Block, slots: dict[str, Any], arrays: dict[str, Any], off: object, off_values: object) -> None:
    train, updates = block.integer("TRAIN_SAMPLES"), slots["UPDATES"][0]
    sane = (
        np.array_equal(np.sort(arrays["ORDER"]), np.arange(train))
        and 0 <= slots["POSITION"][0] < max(1, train)
        and slots["EPOCHS"][0] >= 0
        and np.isfinite(updates)
        and updates >= 0
        and slots["STATUS"][0] in (0, 1)
        and slots["STATUS"][0] <= slots["FAILED_REASON"][0]
        and -1 <= slots["FAILED_LAYER"][0] < block.integer("LAYERS")
        and slots["FAILED_REASON"][0] in (0, 1, 2)
        and _are_off(block, off, off_values)
    )
    if not sane:
        raise StateError(
            "The saved state does not fit its experiment: its counters or its order of samples are impossible."
        )
    for name, numbers in slots.items():
        block.slot(name)[:] = numbers
    for name, array in arrays.items():
        block.array(name)[:] = array
    block.set("OFF_COUNT", len(cast("list[int]", off)))
    for name, numbers in zip(OFF, (off, off_values), strict=True):
        block.array(name)[:] = numbers


def _are_off(block: Block, off: object, values: object) -> bool:
    """Tell whether these are places of weights, each once, and as many finite numbers."""
    if not isinstance(off, list) or not isinstance(values, list) or not len(off) == len(values) <= MOST_OFF:
        return False
    places = range(block.integer("PARAMETER_COUNT"))
    known = all(type(place) is int and place in places for place in off) and len(set(off)) == len(off)
    return known and all(type(value) in (int, float) and math.isfinite(value) for value in values)


def _numbers(block: Block, name: str, saved: object) -> Any:
    slot = block.slot(name)
    numbers = saved if isinstance(saved, list) else []
    plain = all(type(number) in (int, float) for number in numbers)
    if plain and len(numbers) == len(slot):
        found = np.array(numbers, dtype=np.float64)
        if (np.abs(found) < (2**31 if slot.dtype.kind == "i" else np.finfo(slot.dtype).max)).all():
            return found.astype(slot.dtype)
    raise StateError(
        f"The saved state does not fit its experiment: `{name.lower()}` must be a list of {len(slot)} numbers."
    )


def _array(block: Block, name: str, saved: object) -> Any:
    array = _little(block.array(name))
    try:
        content = base64.b64decode(str(saved), validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if len(content) != array.nbytes:
        size = f"{array.nbytes} bytes in base64"
        raise StateError(f"The saved state does not fit its experiment: `{name.lower()}` must be {size}.")
    return np.frombuffer(content, dtype=array.dtype)


def _little(array: Any) -> Any:
    return array.astype(array.dtype.newbyteorder("<"))
