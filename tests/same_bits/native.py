"""What the native library makes of an experiment: what every JavaScript engine has to make of it too."""

import hashlib
import itertools
from typing import Any

import numpy as np

from pellucid.block import Block
from pellucid.experiment.slots import Entry, entries
from pellucid.library import library
from pellucid.live_network import LiveNetwork
from pellucid.preparation import Given, lay_out, prepare
from same_bits.case import HIGH, RESOLUTION, Case

Outcome = dict[str, Any]
"""Name and status of an experiment, and a SHA-256 sum for each of STAGES, as the runner reports them."""

STAGES = {
    "samples": "the samples",
    "start": "the initial weights",
    "status": "the final status",
    "progress": "the place of the failure, or the passes made",
    "weights": "the trained weights",
    "state": "the state (gradients, optimiser, order, losses)",
    "results": "the results of the samples",
    "surfaces": "the pictures of the units",
    "explanations": "the responses, shares and pictures of the weights",
    "accounts": "the account of an update, and the loss around the weights",
    "taught": "the state after updates on one sample",
}
"""What is compared, from first to last. A run that diverges ends with its progress: the bits of a NaN are free."""

PROGRESS = ("FAILED_LAYER", "FAILED_REASON", "EPOCHS", "POSITION")

GIVEN_SLOTS = ("SAMPLES", "TEST_SAMPLES", "FEATURES", "INPUTS", "BITS", "WEIGHTED")
"""Settings that follow from given data."""


def train(case: Case) -> tuple[dict[str, Any], Outcome]:
    """Return the experiment as the runner takes it, and what comes out natively."""
    block = prepare(library(), case.experiment) if case.weights is None else weighted(case)
    network = LiveNetwork(block)
    outcome: Outcome = {"name": case.name, "samples": summed(block, "POINTS", "VALUES", "NETWORK_INPUTS", "TARGETS")}
    block.call("reset")
    outcome["start"] = network.weights_sha256
    block.call("step", case.updates)
    block.call("epochs", 1)
    outcome["status"] = block.call("evaluate")
    outcome["progress"] = [block.integer(slot) for slot in PROGRESS]
    if outcome["status"] == 0:
        outcome["weights"] = network.weights_sha256
        outcome["state"] = state(block)
        outcome["results"] = summed(block, "NETWORK_OUTPUTS", "PREDICTED", "SAMPLE_LOSSES", "CONFUSION")
        outcome["surfaces"] = surfaces(block) if block.integer("FEATURES") else ""
        description = described(case, block)
        outcome["explanations"] = explanations(block)
        outcome["accounts"] = accounts(block) if case.weights is None else ""
        block.call("teach", block.integer("SAMPLES") - 1, 3)
        outcome["taught"] = state(block)
        return description, outcome
    return described(case, block), outcome


def weighted(case: Case) -> Block:
    """Return a block whose given inputs, none of them held out, have weights, and whose losses are followed."""
    data, engine = case.experiment.data, library()
    rows, values, weights = (np.array(each, dtype=np.float32) for each in (data.inputs, data.targets, case.weights))
    settings = [*entries(case.experiment, engine.enumerations), Entry("FOLLOW_LOSS", 0, 1)]
    return lay_out(engine, settings, Given(rows, values, weights=weights))


def described(case: Case, block: Block) -> dict[str, Any]:
    """Return the experiment as settings of the engine's slots and as given arrays."""
    settings = [list(entry) for entry in entries(case.experiment, library().enumerations)]
    given = {}
    if case.experiment.data.given:
        settings += [[slot, 0, block.get(slot)] for slot in (*GIVEN_SLOTS, "FOLLOW_LOSS")]
        names = ("VALUES", "NETWORK_INPUTS" if case.experiment.data.inputs else "POINTS")
        given = {name: block.array(name).ravel().tolist() for name in (*names, "SAMPLE_WEIGHTS")}
    return {"name": case.name, "settings": settings, "given": given, "updates": case.updates}


def summed(block: Block, *names: str) -> str:
    """Return the SHA-256 of some arrays, one behind the other."""
    digest = hashlib.sha256()
    for name in names:
        digest.update(block.array(name).tobytes())
    return digest.hexdigest()


def state(block: Block) -> str:
    """Return the SHA-256 of what training changes."""
    return hashlib.sha256(block.words[: block.integer("STATE_WORDS")].tobytes()).hexdigest()


def explanations(block: Block) -> str:
    """Return the SHA-256 of the responses to the first sample, the shares of its inputs, and the weights' pictures."""
    widths = [int(width) for width in block.slot("WIDTHS")[: block.integer("LAYERS") + 1]]
    x = block.array("NETWORK_INPUTS")[0].copy()
    responses = np.empty((2, sum(widths)), dtype=np.float32)
    block.call("respond", x.ctypes.data, responses[0].ctypes.data, responses[1].ctypes.data)
    digest = hashlib.sha256(responses.tobytes())
    shares = np.empty(widths[0] + 2, dtype=np.float32)
    for output in range(block.integer("OUTPUTS")):
        block.call("share_out", x.ctypes.data, output, shares.ctypes.data)
        digest.update(shares.tobytes())
    for layer, width in enumerate(widths[1:]):
        pictures = np.empty((width, widths[0]), dtype=np.float32)
        block.call("picture_weights", layer, width, pictures.ctypes.data)
        digest.update(pictures.tobytes())
    return digest.hexdigest()


def accounts(block: Block) -> str:
    """Return the SHA-256 of an account of the next update, of nudges, and of the loss in a plane of the weights."""
    widths = [int(width) for width in block.slot("WIDTHS")[: block.integer("LAYERS") + 1]]
    before, after = copied(block), copied(block)
    out = np.empty(32 + 4 * max(block.integer("SAMPLES"), *widths) + 3 * sum(widths), dtype=np.float32)
    digest = hashlib.sha256()
    before.call("account", after.address, 0, 0)
    before.call("account_units", out.ctypes.data)
    digest.update(out[: 3 * sum(widths)].tobytes())
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(widths)):
        for unit, source in itertools.product((0, n_out - 1), (-1, 0, n_in - 1)):
            for kind in library().enumerations["Record"].values():
                length = before.call("record", after.address, kind, layer, unit, source, out.ctypes.data)
                digest.update(out[:length].tobytes())
            before.call("nudge", after.address, layer, unit, source, 0.01, out.ctypes.data)
            digest.update(out[:5].tobytes())
    before.call("trace", 0, 0, -1, -1.0, 1.0, 3, out.ctypes.data)
    digest.update(out[:3].tobytes())
    first, second = np.empty((2, block.integer("PARAMETER_COUNT")), dtype=np.float32)
    before.call("direct", 1, first.ctypes.data, second.ctypes.data)
    plane = (first.ctypes.data, second.ctypes.data, -0.5, 0.25, 0.5, 3)
    before.call("landscape", after.address, *plane, out.ctypes.data)
    digest.update(out[:3].tobytes())
    parameters = after.array("PARAMETERS").ctypes.data
    before.call("locate", parameters, first.ctypes.data, second.ctypes.data, out.ctypes.data)
    digest.update(out[:2].tobytes())
    return digest.hexdigest()


def copied(block: Block) -> Block:
    """Return another run that is where this one is."""
    other = Block(library(), len(block.words))
    other.words[:] = block.words
    return other


def surfaces(block: Block) -> str:
    """Return the SHA-256 of every unit's picture."""
    units = int(block.slot("WIDTHS")[: block.integer("LAYERS") + 1].sum())
    pictures = np.empty((units, RESOLUTION, RESOLUTION), dtype=np.float32)
    block.call("surfaces", RESOLUTION, -HIGH, HIGH, 0, pictures.ctypes.data)
    return hashlib.sha256(pictures.tobytes()).hexdigest()
