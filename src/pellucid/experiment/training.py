"""How the network is trained: the loss, the optimiser and its rates, the batches."""

from typing import Annotated, Literal

from pydantic import Field

from pellucid.experiment.settings import Document, setting

Loss = Literal["auto", "cross_entropy", "squared_error"]
Optimizer = Literal["sgd", "momentum", "rmsprop", "adam"]
Regularizer = Literal["none", "l1", "l2"]
BatchSize = Annotated[int, Field(strict=True, ge=1, le=10_000)] | Literal["all"]


class Training(Document):
    """The loss and how it is made smaller.

    Examples
    --------
    >>> Training(optimizer="adam", learning_rate=0.01).batch_size
    10
    """

    loss: Loss = setting(
        "What is made smaller: cross_entropy for classes, squared_error for anything; auto is cross_entropy for "
        "classes and squared_error for regression.",
        default="auto",
        why="which suits the data",
        slot="LOSS",
        enumeration="Loss",
        codes={"auto": -1, "cross_entropy": -2},
        link="loss",
    )
    optimizer: Optimizer = setting(
        "How a gradient becomes a change of the weights.",
        default="sgd",
        why="the simplest: the learning rate times the gradient",
        slot="OPTIMIZER",
        enumeration="Optimizer",
        link="optimizer",
    )
    learning_rate: float = setting(
        "How far each update goes along the gradient.",
        default=0.1,
        why="at which the default network learns the moons in seconds",
        slot="LEARNING_RATE",
        link="learning_rate",
        strict=True,
        ge=0,
        le=100,
    )
    momentum: float = setting(
        "Share of the previous change that is kept: momentum's coefficient, and Adam's beta 1.",
        default=0.9,
        why="usual for both",
        slot="MOMENTUM",
        link="momentum",
        strict=True,
        ge=0,
        lt=1,
    )
    decay: float = setting(
        "Share of the running mean of squared gradients that is kept: RMSprop's rho, and Adam's beta 2.",
        default=0.999,
        why="usual for Adam",
        slot="DECAY",
        link="decay",
        strict=True,
        ge=0,
        lt=1,
    )
    epsilon: float = setting(
        "Added to the square root that RMSprop and Adam divide by, so that it is never zero.",
        default=1e-8,
        why="usual for both",
        slot="EPSILON",
        link="epsilon",
        strict=True,
        ge=1e-12,
        le=1,
    )
    regularizer: Regularizer = setting(
        "The penalty on large weights: l1 on the sum of |w|, l2 on half the sum of w²; biases are free.",
        default="none",
        why="since small networks on these data hardly over-fit",
        slot="REGULARIZER",
        enumeration="Regularizer",
        link="regularizer",
    )
    regularization_rate: float = setting(
        "The factor of the penalty; without a regularizer it has no effect.",
        default=0.0,
        why="no penalty",
        slot="REGULARIZATION_RATE",
        link="regularization_rate",
        strict=True,
        ge=0,
        le=10,
    )
    batch_size: BatchSize = setting(
        "Number of samples whose mean gradient makes one update, 1 to 10000 or all; a number above the training "
        "samples means all of them.",
        default=10,
        why="a compromise between quick and steady updates",
        unit="samples",
        slot="BATCH_SIZE",
        codes={"all": 0},
        link="batch_size",
    )
    seed: int = setting(
        "Seed of the order of the samples, which is drawn anew for every epoch.",
        default=0,
        why="as good as any other",
        slot="ORDER_SEED",
        link="order_seed",
        strict=True,
        ge=0,
        le=2**31 - 1,
    )
