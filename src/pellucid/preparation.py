"""From settings and samples to a block of memory that is ready to be trained."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from pellucid.block import Block, Floats
from pellucid.errors import PellucidError
from pellucid.experiment import Data, Experiment
from pellucid.experiment.slots import Entry, entries
from pellucid.experiment.split import split_rows
from pellucid.library import Library
from pellucid.raster import rasterize


class Given(NamedTuple):
    """Samples that are given rather than generated, a row each.

    Attributes
    ----------
    rows : ndarray of shape (n, n_inputs) or (n, 2), float32
        Inputs of the network, or points of the plane; the rows trained on come first.
    values : ndarray of shape (n,), float32
        The class of each, from 0, or the number to fit.
    held_out : int
        How many of the last rows are held out.
    points : bool
        Whether the rows are points, which the network sees through features.
    weights : ndarray of shape (n,), float32, optional
        How much each row counts, from 0; without them all count alike.
    """

    rows: Floats
    values: Floats
    held_out: int = 0
    points: bool = False
    weights: Floats | None = None


def prepare(engine: Library, experiment: Experiment) -> Block:
    """Return a block that holds the settings and the samples of an experiment, before its first reset.

    Raises
    ------
    PellucidError
        When the engine refuses a setting.
    """
    given = _given(experiment.data) if experiment.data.given else None
    return lay_out(engine, entries(experiment, engine.enumerations), given)


def lay_out(engine: Library, settings: Iterable[Entry], given: Given | None) -> Block:
    """Return a block that holds settings and samples, before its first reset.

    Parameters
    ----------
    engine : Library
        The engine.
    settings : iterable of Entry
        What is written into its slots.
    given : Given or None
        The samples, unless they are generated.

    Raises
    ------
    PellucidError
        When the engine refuses a setting.
    """
    header = Block(engine, engine.header_words)
    for slot, place, value in settings:
        header.set(slot, value, place)
    if given is not None:
        _announce(header, given)
    block = Block(engine, _checked(engine, header.call("measure")))
    block.words[: len(header.words)] = header.words
    _checked(engine, block.call("prepare"))
    if given is not None:
        block.array("POINTS" if given.points else "NETWORK_INPUTS")[:] = given.rows
        block.array("VALUES")[:] = given.values
        if given.weights is not None:
            block.array("SAMPLE_WEIGHTS")[:] = given.weights
    _checked(engine, block.call("generate"))
    return block


def _announce(header: Block, given: Given) -> None:
    """Write the settings that follow from given samples."""
    header.set("SAMPLES", len(given.rows))
    header.set("TEST_SAMPLES", given.held_out)
    header.set("WEIGHTED", int(given.weights is not None))
    if not given.points:
        header.set("FEATURES", 0)
        header.set("INPUTS", given.rows.shape[1])
        header.set("BITS", int(((given.rows == 0) | (given.rows == 1)).all()))


def _given(data: Data) -> Given:
    """Return the given rows of an experiment, those trained on first."""
    train, held_out = split_rows(data)
    order = train + held_out
    values = np.array(data.values, dtype=np.float32)[order]
    if data.points is not None:
        points = np.array(data.points, dtype=np.float32).reshape(-1, 3)[order]
        return Given(points[:, :2], values, len(held_out), points=True)
    return Given(_inputs(data)[order], values, len(held_out))


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
