"""Which file is made by what: the ending of its name says the format, `what` the content where there is a choice."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pellucid import saved
from pellucid.block import Block
from pellucid.errors import ArgumentError
from pellucid.experiment.faults import either
from pellucid.exporters.curve import curve_csv
from pellucid.exporters.onnx_model import onnx_model
from pellucid.exporters.picture import PICTURES, Format, drawer
from pellucid.exporters.samples import samples_csv
from pellucid.exporters.script import script
from pellucid.exporters.weights import to_json, to_npz, to_safetensors

if TYPE_CHECKING:
    from pellucid.run import Run

Made = Callable[["Run", Block], str | bytes]


def _picture(what: str, form: Format) -> Made:
    draw = drawer(what, form)
    return lambda run, _: draw(run)


CONTENTS: dict[str, dict[str, Made]] = {
    ".py": {
        "numpy": lambda run, block: script(block, run.experiment, "numpy"),
        "torch": lambda run, block: script(block, run.experiment, "torch"),
    },
    ".onnx": {"network": lambda run, block: onnx_model(block, run.experiment)},
    ".json": {
        "weights": lambda run, block: to_json(block, run.experiment),
        "run": lambda run, block: saved.to_json(run.experiment, block),
        "experiment": lambda run, _: run.experiment.to_json() + "\n",
    },
    ".npz": {"weights": lambda run, block: to_npz(block, run.experiment)},
    ".safetensors": {"weights": lambda run, block: to_safetensors(block, run.experiment)},
    ".csv": {
        "samples": lambda run, block: samples_csv(block, run.experiment),
        "curve": lambda run, _: curve_csv(run.history),
    },
    ".svg": {what: _picture(what, "svg") for what in PICTURES},
    ".png": {what: _picture(what, "png") for what in PICTURES},
}
"""For each ending what such a file can hold; the first is what it holds when nothing is said."""


def export(run: "Run", block: Block, path: str | Path, what: str | None) -> None:
    """Write a file of a run; see `Run.export`."""
    path = Path(path)
    saved.write(path, maker(path, what)(run, block))


def maker(path: Path, what: str | None) -> Made:
    """Return what makes the content of a file.

    Raises
    ------
    ArgumentError
        When the ending is not known, or such a file cannot hold that.
    """
    ending = path.suffix.lower()
    if ending not in CONTENTS:
        raise ArgumentError(f"The file {str(path)!r} must end in {either(CONTENTS)}, which says what it is to hold.")
    contents = CONTENTS[ending]
    if what is None:
        return next(iter(contents.values()))
    if what not in contents:
        raise ArgumentError(f"`what` is {what!r}, but must be {either(contents)} for a file that ends in {ending}.")
    return contents[what]
