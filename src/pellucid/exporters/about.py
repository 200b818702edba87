"""What stands beside a network in a file, for people and programs: what it is, and the experiment that it is from."""

import json
from typing import Any

from pellucid import __version__
from pellucid.block import Block
from pellucid.experiment import Experiment
from pellucid.exporters.architecture import Architecture

FORMAT = "weights"
VERSION = 1


def about(block: Block, experiment: Experiment) -> dict[str, Any]:
    """Return the object that `docs/files.md` calls pellucid."""
    network = Architecture.of(block, experiment)
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_with": __version__,
        "updates": int(block.get("UPDATES")),
        "epochs": block.integer("EPOCHS"),
        "inputs": network.inputs,
        "activations": network.activations,
        "loss": network.loss,
        "scaling": network.scaling,
        "class_names": network.class_names,
        "experiment": experiment.model_dump(mode="json"),
    }


def about_json(block: Block, experiment: Experiment) -> str:
    """Return the same as a text of JSON."""
    return json.dumps(about(block, experiment), ensure_ascii=False)
