"""Which update is accounted for: on one of the run's samples, on one that is given, or on the next batch."""

from operator import index

import numpy as np
import numpy.typing as npt

from pellucid.account.account import Account
from pellucid.account.figures import written
from pellucid.account.ledger import Ledger
from pellucid.account.names import Names
from pellucid.block import Block
from pellucid.engine.datasets import DataKind
from pellucid.engine.scaling import Scaling
from pellucid.errors import ArgumentError
from pellucid.experiment import Experiment

MOST_LISTED = 12
"""Up to so many samples of a batch are listed in the title."""


def explain(
    block: Block,
    experiment: Experiment,
    x: npt.ArrayLike | None = None,
    y: object = None,
    sample: object = None,
    of: object = None,
) -> Account:
    """Account for an update on the sample given as x and y, on a sample of the run, or on the next batch.

    Raises
    ------
    ArgumentError
        When more than one of these is asked for, or what is asked for is not there.
    """
    given = x if y is None else y
    asked = [name for name, value in (("x and y", given), ("sample", sample), ("of", of)) if value is not None]
    if len(asked) > 1:
        raise ArgumentError(f"Both {asked[0]} and {asked[1]} are given, but an update is explained by one of them.")
    if (x is None) != (y is None):
        raise ArgumentError("x and y must be given together: a sample and what is to be answered for it.")
    if x is not None:
        return _explain_given(block, experiment, x, y)
    if sample is not None:
        return _explain_sample(block, experiment, sample)
    return _explain_batch(block, experiment, 0 if of is None else of)


def _explain_sample(block: Block, experiment: Experiment, sample: object) -> Account:
    """Account for an update on one of the samples trained on.

    Raises
    ------
    ArgumentError
        When there is no such sample, or it is held out.
    """
    row, trained, samples = _whole(sample), block.integer("TRAIN_SAMPLES"), block.integer("SAMPLES")
    if row is None or not 0 <= row < samples:
        allowed = f"a whole number from 0 to {trained - 1}" if trained else "one that there is: there are none"
        raise ArgumentError(f"The sample is {sample!r}, but must be {allowed}.")
    if row >= trained:
        raise ArgumentError(
            f"Sample {row} is held out, so no update is made on it; those trained on are 0 to {trained - 1}."
            if trained
            else f"Sample {row} is held out, so no update is made on it; all samples are."
        )
    ledger = Ledger(block, alone=True, place=row)
    title = f"An update on sample {row} alone: {_sample_in_words(ledger, experiment)}."
    return Account(ledger, experiment, title, given=False)


def _explain_batch(block: Block, experiment: Experiment, of: object) -> Account:
    """Account for the next update, and look at one sample of its batch, by its place from 0.

    Raises
    ------
    ArgumentError
        When there is no sample to train on, or the batch has no such place.
    """
    if block.integer("TRAIN_SAMPLES") == 0:
        raise ArgumentError("There is nothing to train on, so there is no next update to explain.")
    place = _whole(of)
    ledger = None if place is None or place < 0 else Ledger(block, alone=False, place=min(place, 2**30))
    if ledger is None or place is None or place >= ledger.size:
        size = Ledger(block, alone=False, place=0).size
        raise ArgumentError(f"The place in the batch is {of!r}, but must be a whole number from 0 to {size - 1}.")
    title = f"Update {int(block.get('UPDATES')) + 1}, {_batch_in_words(ledger, experiment)}."
    return Account(ledger, experiment, title, given=False)


def _explain_given(block: Block, experiment: Experiment, x: npt.ArrayLike, y: object) -> Account:
    """Account for an update on a sample that is given.

    A copy of the run gets it in the place of its first sample: so the network, the scaling of the data and what the
    optimiser remembers are the run's.

    Raises
    ------
    ArgumentError
        When x has another shape, y is no such class or value, or the run has no samples.
    """
    if block.integer("SAMPLES") == 0:
        raise ArgumentError("The run has no samples, so it has no place for one that is explained.")
    inputs, value = _inputs(block, x), _value(block, experiment, y)
    copy = block.copy()
    # As inputs that are given, which are taken as they are.
    copy.set("DATA_KIND", DataKind.GIVEN)
    copy.set("SCALING", Scaling.NONE)
    copy.set("FEATURES", 0)
    copy.array("NETWORK_INPUTS")[0] = inputs
    copy.array("VALUES")[0] = value
    if copy.call("generate") < 0:
        raise ArgumentError("x must hold 0 and 1 alone, like all inputs of this run.")
    ledger = Ledger(copy, alone=True, place=0)
    title = f"An update on a given sample alone: {_sample_in_words(ledger, experiment)}."
    return Account(ledger, experiment, title, given=True)


def _inputs(block: Block, x: npt.ArrayLike) -> npt.NDArray[np.float32]:
    """Return what the network sees of a point or of inputs."""
    n_inputs, on_plane = block.integer("WIDTHS"), block.integer("FEATURES") != 0
    shape = (2 if on_plane else n_inputs,)
    try:
        with np.errstate(over="ignore"):
            row = np.ascontiguousarray(x, dtype=np.float32)
    except (TypeError, ValueError):
        raise ArgumentError(f"x must be numbers, of shape {shape}.") from None
    if row.shape != shape:
        raise ArgumentError(f"x has the shape {row.shape}, but must have the shape {shape}.")
    if not np.isfinite(row).all():
        raise ArgumentError(
            "x holds NaN, infinity or a number that is too large, but must hold finite float32 numbers."
        )
    if not on_plane:
        return row
    inputs = np.empty(n_inputs, dtype=np.float32)
    block.call("encode", row.ctypes.data, 1, inputs.ctypes.data)
    return inputs


def _value(block: Block, experiment: Experiment, y: object) -> np.float32:
    """Return a class by its number or name, or a value as the network sees it."""
    classes, names = block.integer("OUTPUT_CLASSES"), experiment.data.class_names or ()
    if classes:
        number = names.index(y) if isinstance(y, str) and y in names else _whole(y)
        if number is None or not 0 <= number < classes:
            named = f", or one of {', '.join(names)}" if names else ""
            raise ArgumentError(f"y is {y!r}, but must be a class: a whole number from 0 to {classes - 1}{named}.")
        return np.float32(number)
    try:
        value = np.float32(y)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise ArgumentError(f"y is {y!r}, but must be a number.") from None
    if not np.isfinite(value):
        raise ArgumentError(f"y is {y!r}, but must be a finite float32 number.")
    return (value - np.float32(block.get("VALUE_CENTER"))) / np.float32(block.get("VALUE_SCALE"))


def _whole(number: object) -> int | None:
    """Return a whole number as an int, be it a float; None for anything else."""
    if isinstance(number, bool | np.bool):
        return None
    if isinstance(number, float | np.floating) and float(number).is_integer():
        return int(number)
    try:
        return index(number)  # type: ignore[arg-type]
    except TypeError:
        return None


def _sample_in_words(ledger: Ledger, experiment: Experiment) -> str:
    """Return what is to be answered for the sample that is looked at."""
    value = float(ledger.before.array("VALUES")[ledger.sample])
    if ledger.before.integer("OUTPUT_CLASSES"):
        return f"class {Names(experiment, ledger.widths).category(int(value))}"
    return f"value {written(value)}"


def _batch_in_words(ledger: Ledger, experiment: Experiment) -> str:
    """Return which samples the next batch has, and which of them is looked at."""
    looked_at = f"sample {ledger.sample}, {_sample_in_words(ledger, experiment)}"
    if ledger.size == 1:
        return f"on {looked_at}"
    listed = f" ({', '.join(map(str, ledger.batch))})" if ledger.size <= MOST_LISTED else ""
    return f"on a batch of {ledger.size} samples{listed}; looked at is {looked_at}"
