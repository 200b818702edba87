"""A network in the engine's memory: its weights, its samples, and what it answers."""

import hashlib
from operator import index
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from pellucid.block import Block, Floats
from pellucid.errors import ArgumentError, DivergedError

T = TypeVar("T", bound=np.generic)
Integers = npt.NDArray[np.int32]


class Shares(NamedTuple):
    """What each input contributes to an answer.

    Attributes
    ----------
    inputs : ndarray of shape (n_inputs,), float32
        Share of each input: above 0 it speaks for the answer, below 0 against it.
    empty : float
        The margin when all inputs are 0.
    total : float
        The margin of the sample: ``empty`` and all shares.
    """

    inputs: Floats
    empty: float
    total: float


class LiveNetwork:
    """A network in a block of the engine's memory.

    Parameters
    ----------
    block : Block
        The memory of a run, laid out.
    """

    def __init__(self, block: Block) -> None:
        self._block = block
        self._evaluated = False
        """Whether the results in the block are those of the present weights."""

    @property
    def weights(self) -> list[Floats]:
        """The weights of each layer, W (n_out, n_in): live views that cannot be written; see `set_weight`."""
        return [_read_only(W) for W, _ in self._block.layers("PARAMETERS")]

    @property
    def biases(self) -> list[Floats]:
        """The biases of each layer, b (n_out,): live views that cannot be written; see `set_bias`."""
        return [_read_only(b) for _, b in self._block.layers("PARAMETERS")]

    @property
    def gradients(self) -> list[Floats]:
        """The gradients of the weights of each layer, ∂L/∂W (n_out, n_in), of the last update's batch; live views."""
        return [_read_only(W) for W, _ in self._block.layers("GRADIENTS")]

    @property
    def bias_gradients(self) -> list[Floats]:
        """The gradients of the biases of each layer, ∂L/∂b (n_out,), of the last update's batch; live views."""
        return [_read_only(b) for _, b in self._block.layers("GRADIENTS")]

    @property
    def weights_sha256(self) -> str:
        """SHA-256 of all parameters: layer by layer W (n_out, n_in) in C order, then b, as little-endian float32."""
        digest = hashlib.sha256()
        for W, b in self._block.layers("PARAMETERS"):
            digest.update(W.astype("<f4", order="C").tobytes())
            digest.update(b.astype("<f4").tobytes())
        return digest.hexdigest()

    def set_weight(self, layer: int, unit: int, source: int, value: float) -> None:
        """Set one weight.

        Parameters
        ----------
        layer : int
            Layer, from 0: the first hidden one.
        unit : int
            Unit of the layer, from 0: the row of W.
        source : int
            Which of its inputs, from 0: the column of W.
        value : float
            The new weight.
        """
        self._set("set_weight", f"weight {source} of unit {unit} in layer {layer}", layer, unit, source, value=value)

    def set_bias(self, layer: int, unit: int, value: float) -> None:
        """Set one bias.

        Parameters
        ----------
        layer : int
            Layer, from 0: the first hidden one.
        unit : int
            Unit of the layer, from 0.
        value : float
            The new bias.
        """
        self._set("set_bias", f"bias of unit {unit} in layer {layer}", layer, unit, value=value)

    @property
    def train_samples(self) -> int:
        """Number of samples trained on: the first rows of `points`, `inputs` and `values`; the others are held out."""
        return self._block.integer("TRAIN_SAMPLES")

    @property
    def points(self) -> Floats:
        """The points of the plane, (n_samples, 2), as they are seen: scaled, if so wanted; zeros for given inputs."""
        return self._array("POINTS")

    @property
    def inputs(self) -> Floats:
        """What the network sees of each sample, (n_samples, n_inputs)."""
        return self._array("NETWORK_INPUTS")

    @property
    def values(self) -> Floats:
        """What is to be answered for each sample, (n_samples,): the class, from 0, or the number to fit, scaled."""
        return self._array("VALUES")

    def outputs(self, X: npt.ArrayLike) -> Floats:
        """Return what the output units say.

        Parameters
        ----------
        X : array_like of shape (n, 2) or (n, n_inputs)
            Points, in the units of the data; for given inputs, inputs.

        Returns
        -------
        ndarray of shape (n, n_outputs), float32
            The activations of the output units; for values that are scaled, in those units.

        Raises
        ------
        ArgumentError
            When X has another shape or holds what is no finite number.
        """
        given_inputs = self._block.integer("FEATURES") == 0
        n_inputs = self._block.integer("WIDTHS")
        rows = _rows(X, n_inputs if given_inputs else 2)
        if not given_inputs:
            inputs = np.empty((len(rows), n_inputs), dtype=np.float32)
            self._block.call("encode", rows.ctypes.data, len(rows), inputs.ctypes.data)
            rows = inputs
        answers = np.empty((len(rows), self._block.integer("OUTPUTS")), dtype=np.float32)
        self._block.call("predict", rows.ctypes.data, len(rows), answers.ctypes.data)
        return answers

    def predict(self, X: npt.ArrayLike) -> Integers | Floats:
        """Return the class of each row, or in regression its value.

        Parameters
        ----------
        X : array_like of shape (n, 2) or (n, n_inputs)
            Points, in the units of the data; for given inputs, inputs.

        Returns
        -------
        ndarray of shape (n,)
            Classes, from 0 (int32), or values (float32).
        """
        answers = self.outputs(X)
        single: Floats = answers[:, 0]
        if not self._classes:
            center, scale = np.float32(self._block.get("VALUE_CENTER")), np.float32(self._block.get("VALUE_SCALE"))
            fitted: Floats = center + scale * single
            return fitted
        if answers.shape[1] > 1:
            best: Integers = answers.argmax(axis=1).astype(np.int32)
            return best
        middle = 0.5 * (self._block.get("TARGET_LOW") + self._block.get("TARGET_HIGH"))
        return (single >= middle).astype(np.int32)

    def predict_proba(self, X: npt.ArrayLike) -> Floats:
        """Return the probability of each class.

        With cross-entropy these are the outputs themselves. With squared error, each output's place between what it
        is to say for no and for yes is taken, from 0 to 1, and where there is an output per class, its share of all.

        Parameters
        ----------
        X : array_like of shape (n, 2) or (n, n_inputs)
            Points, in the units of the data; for given inputs, inputs.

        Returns
        -------
        ndarray of shape (n, n_classes), float32
            Probabilities; the sum of each row is 1.

        Raises
        ------
        ArgumentError
            In regression, which has no classes.
        """
        if not self._classes:
            raise ArgumentError("predict_proba is for classes, but this experiment is a regression.")
        low, high = np.float32(self._block.get("TARGET_LOW")), np.float32(self._block.get("TARGET_HIGH"))
        places: Floats = ((self.outputs(X) - low) / (high - low)).clip(0, 1)
        if places.shape[1] == 1:
            return np.hstack([1 - places, places])
        if self._squared_error:
            places[places.sum(axis=1) == 0] = 1  # all say no: no class is likelier than another
            places /= places.sum(axis=1, keepdims=True)
        return places

    def shares(self, x: npt.ArrayLike, output: int) -> Shares:
        """Return each input's share in what an output says of one sample, by the Rescale rule of DeepLIFT.

        What is shared out is the output's margin: with softmax its pre-activation z minus the mean of the other
        outputs' z (for two classes the log-odds), else z. The sample is compared with one whose inputs are all 0.

        Parameters
        ----------
        x : array_like of shape (n_inputs,)
            The network's inputs.
        output : int
            The output unit, from 0.

        Returns
        -------
        Shares
            Together with the margin of no input, the shares add up to the margin of these inputs.

        Raises
        ------
        ArgumentError
            When x has another shape or holds what is no finite number, or there is no such output.
        """
        n_inputs, outputs = self._block.integer("WIDTHS"), self._block.integer("OUTPUTS")
        row = _rows(np.asarray(x)[None], n_inputs)
        if not 0 <= index(output) < outputs:
            raise ArgumentError(f"The output is {output!r}, but must be a whole number from 0 to {outputs - 1}.")
        shares = np.empty(n_inputs + 2, dtype=np.float32)
        self._block.call("share_out", row.ctypes.data, output, shares.ctypes.data)
        return Shares(shares[:n_inputs], float(shares[n_inputs]), float(shares[n_inputs + 1]))

    @property
    def _classes(self) -> int:
        return self._block.integer("OUTPUT_CLASSES")

    @property
    def _squared_error(self) -> bool:
        return self._block.name("Loss", "LOSS_KIND") == "squared_error"

    def _set(self, function: str, what: str, *place: int, value: float) -> None:
        known = all(0 <= index(number) < self._block.integer("PARAMETER_COUNT") for number in place)
        if not known or self._block.call(function, *place, value) < 0:
            raise ArgumentError(
                f"The {what} cannot be set to {value}: there is no such place, or this is no finite number."
            )
        self._evaluated = False

    def _array(self, name: str) -> npt.NDArray[Any]:
        return _read_only(self._block.array(name))


def divergence_of(block: Block) -> DivergedError | None:
    """Return the error that says where and why a run stopped because a number became NaN or infinite, if it did."""
    if block.name("Status", "STATUS") != "diverged":
        return None
    became = {"not_a_number": "became NaN (not a number)", "infinite": "became infinite"}
    layer = block.integer("FAILED_LAYER")
    named = "the output layer" if layer == block.integer("LAYERS") - 1 else f"hidden layer {layer + 1}"
    what = "the loss" if layer < 0 else f"a weight or bias of {named}"
    reason = f"{what} {became[block.name('Reason', 'FAILED_REASON')]}"
    return DivergedError(layer, int(block.get("UPDATES")), reason)


def _rows(X: npt.ArrayLike, width: int) -> Floats:
    try:
        with np.errstate(over="ignore"):
            rows = np.ascontiguousarray(X, dtype=np.float32)
    except (TypeError, ValueError):
        raise ArgumentError(f"X must be rows of numbers, of shape (n, {width}).") from None
    if rows.ndim != 2 or rows.shape[1] != width:
        raise ArgumentError(f"X has the shape {rows.shape}, but must have the shape (n, {width}).")
    if not np.isfinite(rows).all():
        raise ArgumentError(
            "X holds NaN, infinity or a number that is too large, but must hold finite float32 numbers."
        )
    return rows


def _read_only(array: npt.NDArray[T]) -> npt.NDArray[T]:
    array.flags.writeable = False
    return array
