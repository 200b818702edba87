"""What is drawn: a network in the engine's memory, its samples, and what everything in it is called."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from pellucid.account.names import FEATURES
from pellucid.block import Block, Floats
from pellucid.errors import ArgumentError
from pellucid.experiment import Experiment
from pellucid.live_network import LiveNetwork
from pellucid.plots.checks import described
from pellucid.plots.colours import Theme
from pellucid.plots.palettes import classes_apart

SMALLEST_GRID = 4
"""Fewer inputs than 16 are no bitmap, though they would make a square."""


class Subject:
    """A network to be drawn.

    Parameters
    ----------
    source : Run, LiveNetwork or fitted estimator
        What the caller was given. An estimator has its network in ``network_``.
    who : str
        The caller's name, for errors.

    Raises
    ------
    ArgumentError
        When there is no network in it.
    """

    def __init__(self, source: object, who: str) -> None:
        network = getattr(source, "network_", source)
        if not isinstance(network, LiveNetwork):
            drawn = "a Run, a LiveNetwork or a fitted estimator of Pellucid"
            raise ArgumentError(f"{who} draws {drawn}, but was given {described(source)}.")
        self.network = network
        self.block: Block = network._block  # noqa: SLF001 - of the same package, and all that is drawn lies there
        self.widths = [self.block.integer("WIDTHS", column) for column in range(self.block.integer("LAYERS") + 1)]
        """The number of inputs, and of units of each layer."""
        self._source = source
        self._experiment: Experiment | None = getattr(network, "experiment", None)

    # What it is

    @property
    def on_plane(self) -> bool:
        """Whether the network sees points of the plane; else it is given its inputs."""
        return self.block.integer("FEATURES") != 0

    @property
    def flat(self) -> bool:
        """Whether there is a picture over two coordinates: of the plane, or of two inputs that are given."""
        return self.on_plane or self.widths[0] == 2

    @property
    def grid(self) -> int:
        """Pixels along the edge of the bitmap that the inputs are, 0 where they are none."""
        edge = math.isqrt(self.widths[0])
        square = not self.on_plane and edge >= SMALLEST_GRID and edge * edge == self.widths[0]
        return edge if square else 0

    @property
    def classes(self) -> int:
        """How many classes are told apart; 0 in regression."""
        return self.block.integer("OUTPUT_CLASSES")

    def activation(self, column: int) -> str:
        """Return the activation of the units of a column; 0 is the inputs, which have none."""
        return self.block.library.name_of("Activation", self.block.integer("LAYER_ACTIVATIONS", column - 1))

    # Its samples

    @property
    def points(self) -> Floats:
        """The samples where there is a picture over two coordinates, in the units of the data: (n, 2)."""
        if not self.on_plane:
            return self.network.inputs
        center, scale = self.plane
        return center + scale * self.network.points

    @property
    def values(self) -> Floats:
        """What is to be answered for each sample: the class, or the number to fit in the units of the data: (n,)."""
        center, scale = self.fitted
        return center + scale * self.network.values

    @property
    def plane(self) -> tuple[Floats, Floats]:
        """What was taken off the two coordinates and what they were divided by."""
        get = self.block.get
        return (
            np.array([get("X1_CENTER"), get("X2_CENTER")], dtype=np.float32),
            np.array([get("X1_SCALE"), get("X2_SCALE")], dtype=np.float32),
        )

    @property
    def same_units(self) -> bool:
        """Whether both coordinates have the same units, so that a circle is to look round."""
        _, scale = self.plane
        named = self._experiment is None or self._experiment.data.axes is not None
        return self.on_plane and bool((scale == 1).all()) and not named

    @property
    def fitted(self) -> tuple[np.float32, np.float32]:
        """What was taken off the values to fit and what they were divided by."""
        if self.classes:
            return np.float32(0), np.float32(1)
        return np.float32(self.block.get("VALUE_CENTER")), np.float32(self.block.get("VALUE_SCALE"))

    def label_numbers(self, y: npt.ArrayLike) -> npt.NDArray[Any]:
        """Return labels as the numbers of their classes; in regression, and where labels are numbers, as they are."""
        labels = np.asarray(y)
        known = getattr(self._source, "classes_", None)
        names = known if known is not None else (self._experiment.data.class_names if self._experiment else None)
        if not self.classes or (known is None and labels.dtype.kind not in "OSU") or names is None:
            return labels
        numbers = {name: number for number, name in enumerate(np.asarray(names).tolist())}
        unknown = [label for label in labels.tolist() if label not in numbers]
        if unknown:
            raise ArgumentError(f"y has the class {unknown[0]!r}, but the classes are {', '.join(map(str, numbers))}.")
        return np.array([numbers[label] for label in labels.tolist()])

    def check_columns(self, X: object) -> None:
        """Refuse a table whose columns are not those that an estimator was fitted to, in their order."""
        fitted, given = getattr(self._source, "feature_names_in_", None), getattr(X, "columns", None)
        if fitted is not None and given is not None and list(given) != list(fitted):
            was, has = (", ".join(map(str, names)) for names in (fitted, given))
            raise ArgumentError(f"X has the columns {has}, but the estimator was fitted to {was}, in this order.")

    # Names, as Matplotlib writes them

    @property
    def axes(self) -> tuple[str, str]:
        """The names of the two coordinates."""
        named = self._experiment.data.axes if self._experiment else getattr(self._source, "feature_names_in_", None)
        return (plain(named[0]), plain(named[1])) if named is not None else ("$x_1$", "$x_2$")

    @property
    def class_names(self) -> list[str]:
        """The names of all classes."""
        if self._experiment and self._experiment.data.class_names:
            return [plain(name) for name in self._experiment.data.class_names]
        known = getattr(self._source, "classes_", None)
        labels = range(self.classes) if known is None else np.asarray(known)
        if isinstance(labels, np.ndarray) and labels.dtype.kind not in "iuf":
            return [plain(name) for name in labels]
        return [f"class {int(number)}" for number in labels]

    def input_name(self, place: int) -> str:
        """Return the name of an input."""
        named = getattr(self._source, "feature_names_in_", None)
        if named is not None:
            return plain(named[place])
        if self.on_plane:
            seen = [name for bit, name in enumerate(FEATURES) if self.block.integer("FEATURES") >> bit & 1]
            return f"${FEATURES[seen[place]].latex}$"
        return f"$x_{{{place + 1}}}$"

    def unit_name(self, column: int, place: int) -> str:
        """Return the name of a unit of a column; 0 is the inputs."""
        if column == 0:
            return self.input_name(place)
        if column < len(self.widths) - 1:
            return f"$h_{{{column},{place + 1}}}$"
        return r"$\hat{y}$" if self.widths[-1] == 1 else self.class_names[place]

    def column_name(self, column: int) -> str:
        """Return what a column is called, with the number of its units."""
        units = self.widths[column]
        if column == 0:
            return f"{self.grid} × {self.grid} pixels" if self.grid else _counted(units, "input")
        return _counted(units, "output" if column == len(self.widths) - 1 else "unit")

    # Colours of its classes

    def class_colours(self, theme: Theme) -> tuple[str, ...]:
        """Return the colours of the classes; the first character has the colour of what speaks for it."""
        first, second, *others = theme.classes
        drawn = self._experiment is not None and self._experiment.data.drawings is not None
        colours = (second, first, *others) if drawn else theme.classes
        return classes_apart(theme, colours, self.classes)


def plain(text: object) -> str:
    r"""Return a text that Matplotlib writes as it is, also where it has a dollar sign.

    Examples
    --------
    >>> print(plain("price in $"))
    price in \$
    """
    return str(text).replace("$", r"\$")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}".replace(",", " ")
