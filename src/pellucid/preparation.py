"""From an experiment to a block of memory with its settings and samples, ready to be trained."""

import numpy as np

from pellucid.block import Block, Floats
from pellucid.errors import PellucidError
from pellucid.experiment import Data, Experiment
from pellucid.experiment.slots import entries
from pellucid.experiment.split import split_rows
from pellucid.library import Library
from pellucid.raster import rasterize


def prepare(engine: Library, experiment: Experiment) -> Block:
    """Return a block that holds the settings and the samples of an experiment, before its first reset.

    Raises
    ------
    PellucidError
        When the engine refuses a setting.
    """
    header = Block(engine, engine.header_words)
    for slot, place, value in entries(experiment, engine.enumerations):
        header.set(slot, value, place)
    given = _given(header, experiment) if experiment.data.given else {}
    block = Block(engine, _checked(engine, header.call("measure")))
    block.words[: len(header.words)] = header.words
    _checked(engine, block.call("prepare"))
    for name, rows in given.items():
        block.array(name)[:] = rows
    _checked(engine, block.call("generate"))
    return block


def _given(header: Block, experiment: Experiment) -> dict[str, Floats]:
    """Write the settings of given data; return its arrays, the rows trained on first."""
    data = experiment.data
    train, held_out = split_rows(data)
    header.set("SAMPLES", data.rows)
    header.set("TEST_SAMPLES", len(held_out))
    order = train + held_out
    values = np.array(data.values, dtype=np.float32)[order]
    if data.points is not None:
        points = np.array(data.points, dtype=np.float32).reshape(-1, 3)[order]
        return {"POINTS": points[:, :2], "VALUES": values}
    inputs = _inputs(data)[order]
    header.set("FEATURES", 0)
    header.set("INPUTS", inputs.shape[1])
    header.set("BITS", int(np.isin(inputs, (0, 1)).all()))
    return {"NETWORK_INPUTS": inputs, "VALUES": values}


def _inputs(data: Data) -> Floats:
    """Return the given inputs, or the bitmaps of the given drawings: (n, inputs)."""
    if data.drawings is None:
        return np.array(data.inputs, dtype=np.float32)
    bitmaps = [rasterize(drawing, data.grid).ravel() for drawing in data.drawings]
    return np.array(bitmaps, dtype=np.float32).reshape(len(bitmaps), data.grid * data.grid)


def _checked(engine: Library, status: int) -> int:
    if status < 0:
        what = engine.name_of("Status", status).replace("_", " ")
        raise PellucidError(f"The engine refuses the experiment: {what}.")
    return status
