"""What a network is, read off the engine's memory: all that it takes to compute its outputs but the weights."""

from dataclasses import dataclass
from typing import Self

from pellucid.block import Block
from pellucid.experiment import FEATURES, Experiment


@dataclass(frozen=True)
class Architecture:
    """What a network is.

    Attributes
    ----------
    inputs : list of str
        What it sees, in order: features, ``i1`` … for given inputs, or ``p0`` … for the cells of drawings.
    features : list of str
        Those of them that are features of a point; empty for given inputs and drawings.
    widths : list of int
        Units of the inputs and of each layer.
    activations : list of str
        The activation of each layer; that of the last may be softmax.
    loss : str
        The loss: binary_cross_entropy, softmax_cross_entropy or squared_error.
    scaling : dict of str to list of float
        For x1, x2 and value what is taken off, and what it is then divided by: 0 and 1 where nothing is done.
    classes : int
        Classes that it tells apart; 0 in regression.
    class_names : list of str or None
        Their names, where they have any.
    low : float
        What an output is to say for "no"; for "yes" it is 1.
    """

    inputs: list[str]
    features: list[str]
    widths: list[int]
    activations: list[str]
    loss: str
    scaling: dict[str, list[float]]
    classes: int
    class_names: list[str] | None
    low: float

    @classmethod
    def of(cls, block: Block, experiment: Experiment) -> Self:
        """Return what the network in a block is."""
        layers, mask = block.integer("LAYERS"), block.integer("FEATURES")
        features = [str(name) for place, name in enumerate(FEATURES) if mask >> place & 1]
        n_inputs = block.integer("WIDTHS")
        first, letter = (0, "p") if experiment.data.drawings is not None else (1, "i")
        names = block.library.name_of
        return cls(
            inputs=features or [f"{letter}{first + place}" for place in range(n_inputs)],
            features=features,
            widths=[block.integer("WIDTHS", layer) for layer in range(layers + 1)],
            activations=[names("Activation", block.integer("LAYER_ACTIVATIONS", layer)) for layer in range(layers)],
            loss=block.name("Loss", "LOSS_KIND"),
            scaling={
                name.lower(): [float(block.get(f"{name}_CENTER")), float(block.get(f"{name}_SCALE"))]
                for name in ("X1", "X2", "VALUE")
            },
            classes=block.integer("OUTPUT_CLASSES"),
            class_names=list(experiment.data.class_names) if experiment.data.class_names else None,
            low=float(block.get("TARGET_LOW")),
        )

    @property
    def scaled(self) -> bool:
        """Whether points are scaled."""
        return any(self.scaling[axis] != [0.0, 1.0] for axis in ("x1", "x2"))
