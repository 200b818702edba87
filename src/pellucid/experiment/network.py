"""The network: its layers, what its outputs are, and the weights it starts from."""

from typing import Literal

from pellucid.experiment.settings import Document, setting

Activation = Literal["linear", "sigmoid", "tanh", "relu", "leaky_relu", "gelu", "sine"]
OutputKind = Literal["auto", "single", "per_class"]
OutputActivation = Literal["auto", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "gelu", "sine"]
Initializer = Literal["glorot", "he", "uniform", "normal", "zeros"]


class Layer(Document):
    """One hidden layer.

    Examples
    --------
    >>> Layer(units=8, activation="relu")
    Layer(units=8, activation='relu')
    """

    units: int = setting(
        "Number of units of the layer.",
        default=4,
        why="few enough to follow each one",
        unit="units",
        slot="UNITS",
        link="hidden",
        strict=True,
        ge=1,
        le=512,
    )
    activation: Activation = setting(
        "The function that turns each unit's pre-activation z into its activation a.",
        default="tanh",
        why="smooth, bounded, and the same on both sides of zero",
        slot="ACTIVATIONS",
        enumeration="Activation",
        link="activation",
    )


class Network(Document):
    """The network and its initial weights.

    Examples
    --------
    >>> Network(hidden=[{"units": 3}]).hidden
    (Layer(units=3, activation='tanh'),)
    """

    hidden: tuple[Layer, ...] = setting(
        "The hidden layers, in the order in which values flow through them.",
        default=(Layer(units=4), Layer(units=3)),
        why="which solves each of the two-class shapes but the spiral",
        slot="HIDDEN_LAYERS",
        max_length=8,
    )
    outputs: OutputKind = setting(
        "The output layer: single is one unit, for two classes or for regression; per_class is one unit for each "
        "class; auto is single for two classes and for regression, else per_class.",
        default="auto",
        why="the smallest that answers the question",
        slot="OUTPUT_KIND",
        codes={"auto": 0, "single": 1, "per_class": 2},
        link="outputs",
    )
    output_activation: OutputActivation = setting(
        "The activation of the output layer, to be chosen with squared error only, since cross-entropy brings its own "
        "(sigmoid or softmax).",
        default="auto",
        why="which suits the loss and the data",
        slot="OUTPUT_ACTIVATION",
        enumeration="Activation",
        codes={"auto": -1},
        link="output_activation",
    )
    initializer: Initializer = setting(
        "How the initial weights are drawn: glorot and he by the width of the layers, uniform and normal by "
        "initializer_scale, zeros not at all, which shows why they must differ.",
        default="glorot",
        why="which keeps the size of activations and gradients through tanh layers",
        slot="INITIALIZER",
        enumeration="Initializer",
        link="initializer",
    )
    initializer_scale: float = setting(
        "For uniform, weights lie between minus and plus this number; for normal, it is their standard deviation.",
        default=0.5,
        why="the range of both apps that this one grew from",
        slot="INITIALIZER_SCALE",
        link="initializer_scale",
        strict=True,
        ge=0,
        le=10,
    )
    bias: float = setting(
        "The initial value of every bias.",
        default=0.0,
        why="so that no unit starts with a preference",
        slot="BIAS",
        link="bias",
        strict=True,
        ge=-10,
        le=10,
    )
    seed: int = setting(
        "Seed of the initial weights.",
        default=0,
        why="as good as any other",
        slot="WEIGHT_SEED",
        link="weight_seed",
        strict=True,
        ge=0,
        le=2**31 - 1,
    )
