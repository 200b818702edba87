"""The samples as CSV: points in the units of the data, given inputs, or drawings as bitmaps."""

import csv
import io
from collections.abc import Iterable, Sequence

from pellucid.block import Block
from pellucid.experiment import Data, Experiment
from pellucid.experiment.split import split_rows
from pellucid.exporters.numbers import single
from pellucid.raster import rasterize

Cell = str | int | float


def samples_csv(block: Block, experiment: Experiment) -> str:
    """Return the samples with a line of names above; the page opens it."""
    data = experiment.data
    if data.drawings is not None:
        return _csv(_drawings(data))
    return _csv(_given(data) if data.given else _generated(block))


def _drawings(data: Data) -> Iterable[Sequence[Cell]]:
    yield ["label", *(f"p{cell}" for cell in range(data.grid**2))]
    for drawing, value in zip(data.drawings or (), data.values, strict=True):
        yield [_name(data, value), *rasterize(drawing, data.grid).ravel().tolist()]


def _given(data: Data) -> Iterable[Sequence[Cell]]:
    rows: Sequence[Sequence[float]] = data.inputs or [point[:2] for point in data.points or ()]
    width = len(rows[0]) if rows else 2
    names = data.axes or ("x1", "x2") if data.points is not None else [f"i{place + 1}" for place in range(width)]
    held_out = set(split_rows(data)[1])
    yield [*names, "held_out", "class" if data.classes else "value"]
    for place, (row, value) in enumerate(zip(rows, data.values, strict=True)):
        yield [*row, int(place in held_out), _name(data, value) if data.classes else value]


def _generated(block: Block) -> Iterable[Sequence[Cell]]:
    classes, train = block.integer("OUTPUT_CLASSES"), block.integer("TRAIN_SAMPLES")
    yield ["x1", "x2", "held_out", "class" if classes else "value"]
    rows = zip(block.array("POINTS"), block.array("VALUES"), strict=True)
    for place, ((x1, x2), value) in enumerate(rows):
        yield [single(x1), single(x2), int(place >= train), int(value) if classes else single(value)]


def _name(data: Data, value: float) -> Cell:
    return data.class_names[int(value)] if data.class_names else int(value)


def _csv(rows: Iterable[Sequence[Cell]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
