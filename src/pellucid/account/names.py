"""What samples, inputs, units and parameters are called: x1, h1,2, ŷ, as on the page."""

import math
from typing import NamedTuple

from pellucid.experiment import Experiment


class Name(NamedTuple):
    """A name in plain text and as LaTeX of mathematics."""

    text: str
    latex: str


FEATURES = {
    "x1": Name("x1", "x_1"),
    "x2": Name("x2", "x_2"),
    "x1_squared": Name("x1²", "x_1^2"),
    "x2_squared": Name("x2²", "x_2^2"),
    "x1_x2": Name("x1·x2", "x_1 x_2"),
    "sin_x1": Name("sin x1", r"\sin x_1"),
    "sin_x2": Name("sin x2", r"\sin x_2"),
}
ESCAPES = {character: f"\\{character}" for character in "#$%&_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


class Names:
    """The names in a run of an experiment.

    Parameters
    ----------
    experiment : Experiment
        What is run.
    widths : list of int
        The number of inputs, and of units of each layer.
    """

    def __init__(self, experiment: Experiment, widths: list[int]) -> None:
        self._experiment, self._widths = experiment, widths

    def input(self, place: int) -> Name:
        """Return the name of an input."""
        data = self._experiment.data
        if data.drawings is not None:
            grid = math.isqrt(self._widths[0])
            return _indexed("x", f"{place // grid + 1},{place % grid + 1}")
        if data.inputs is not None:
            return _indexed("x", f"{place + 1}")
        return FEATURES[self._experiment.features[place]]

    def unit(self, layer: int, place: int) -> Name:
        """Return the name of a unit of a layer; 0 is the first hidden one."""
        if layer < len(self._widths) - 2:
            return _indexed("h", f"{layer + 1},{place + 1}")
        if self._widths[-1] == 1:
            return Name("ŷ", r"\hat{y}")
        return Name(f"ŷ {self.category(place)}", rf"\hat{{y}}_{{\text{{{escaped(self.category(place))}}}}}")

    def source(self, layer: int, place: int) -> Name:
        """Return the name of what comes into a layer."""
        return self.input(place) if layer == 0 else self.unit(layer - 1, place)

    def parameter(self, layer: int, unit: int, source: int) -> Name:
        """Return the name of a weight, or with source −1 of a bias."""
        target = self.unit(layer, unit)
        if source < 0:
            return Name(f"{target.text}, bias", rf"{target.latex}\text{{, bias}}")
        origin = self.source(layer, source)
        return Name(f"{target.text} ← {origin.text}", rf"{target.latex} \leftarrow {origin.latex}")

    def category(self, number: int) -> str:
        """Return the name of a class: its number where it has no other."""
        names = self._experiment.data.class_names
        return names[number] if names else str(number)

    def layer(self, layer: int) -> str:
        """Return what a layer is called in a sentence."""
        return "the output layer" if layer == len(self._widths) - 2 else f"hidden layer {layer + 1}"


def sample_name(row: int) -> Name:
    """Return the name of a sample by its row."""
    return Name(f"sample {row}", rf"\text{{sample }}{row}")


def escaped(text: str) -> str:
    r"""Return plain text as LaTeX.

    Examples
    --------
    >>> print(escaped("50 % & more"))
    50 \% \& more
    """
    return "".join(ESCAPES.get(character, character) for character in text)


def _indexed(letter: str, index: str) -> Name:
    return Name(f"{letter}{index}", f"{letter}_{{{index}}}")
