"""A run in a block of memory as engine.json describes it, driven by the engine in either form."""

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.forms import ENUMERATIONS, HEADER, MANIFEST, NATIVE, SLOTS, Engine, name_of
from pellucid.engine.memory import Array, Int
from pellucid.engine.primitives import Words

NAMED = {
    "DATA_KIND": "DataKind",
    "OUTPUT_KIND": "OutputKind",
    "OUTPUT_ACTIVATION": "Activation",
    "ACTIVATIONS": "Activation",
    "INITIALIZER": "Initializer",
    "LOSS": "Loss",
    "OPTIMIZER": "Optimizer",
    "REGULARIZER": "Regularizer",
}
"""Slots whose value is written as a name of an enumeration."""

DEFAULTS: dict[str, Any] = {
    "data_kind": "moons",
    "samples": 60,
    "classes": 2,
    "features": ("x1", "x2"),
    "noise": 0.2,
    "test_share": 0.5,
    "output_activation": -1,
    "loss": "auto",
    "initializer_scale": 0.5,
    "batch_size": 10,
    "learning_rate": 0.1,
    "momentum": 0.9,
    "decay": 0.999,
    "epsilon": 1e-8,
}

ALIGNMENT = 16
GUARD = 64
"""Words on both sides of a block that nothing may write to."""

GUARD_WORD = 0x7FC0BEEF


class BadSettingsError(Exception):
    """`measure` refused the settings; `status` is the name of the reason."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


class Trial:
    """An experiment in a block of memory; settings are named like slots, enumerations by their members' names.

    `hidden` has the numbers of units, `activations` one name for all hidden layers or one each; `given` has the inputs
    (or points) and values of given data, and `sample_weights` their weights.
    """

    def __init__(
        self,
        hidden: Sequence[int] = (4, 3),
        activations: str | Sequence[str] = "tanh",
        given: tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
        engine: Engine = NATIVE,
        sample_weights: Any = None,
        **settings: Any,
    ) -> None:
        self.engine = engine
        self.memory = aligned_words(HEADER)
        if sample_weights is not None:
            settings["weighted"] = 1
        if given is not None:
            settings = given_settings(*given) | settings
        names = [activations] * len(hidden) if isinstance(activations, str) else activations
        self.set(**DEFAULTS | settings, hidden_layers=len(hidden), units=hidden, activations=names)
        header = self.memory
        words = self.call("measure")
        if words < 0:
            raise BadSettingsError(name_of("Status", words))
        self.memory = aligned_words(words)
        self.memory[:HEADER] = header
        self.expect_running("prepare")
        if given is not None:
            self.array("NETWORK_INPUTS" if self["FEATURES"] == 0 else "POINTS")[:] = given[0]
            self.array("VALUES")[:] = given[1]
        if sample_weights is not None:
            self.array("SAMPLE_WEIGHTS")[:] = sample_weights
        status = self.call("generate")
        if status < 0:
            raise BadSettingsError(name_of("Status", status))
        self.expect_running("reset")
        self.expect_running("evaluate")

    def call(self, function: str, *arguments: Any) -> int:
        """Call one of the engine's functions on the block."""
        return self.engine.call(function, self.memory, *arguments)

    def expect_running(self, function: str, *arguments: Any) -> None:
        """Call a function that is to go well."""
        status = self.call(function, *arguments)
        assert status == ENUMERATIONS["Status"]["running"], name_of("Status", status)

    def set(self, **settings: Any) -> None:
        """Write settings into the header."""
        for name, value in settings.items():
            slot = name.upper()
            numbers = np.atleast_1d([number(slot, each) for each in listed(slot, value)])
            self.slot(slot)[: numbers.size] = numbers

    def slot(self, name: str) -> npt.NDArray[Any]:
        """Return a view of a slot's entries."""
        dtype, place = SLOTS[name]
        words = place["length"] * np.dtype(dtype).itemsize // 4
        return self.memory[place["word"] : place["word"] + words].view(dtype)

    def __getitem__(self, name: str) -> Any:
        return self.slot(name)[0].item()

    def array(self, name: str) -> npt.NDArray[Any]:
        """Return a view of an array in its shape."""
        described = MANIFEST["arrays"][name]
        shape = [self[extent] if isinstance(extent, str) else extent for extent in described["shape"]]
        start = int(self.memory.view(np.int32)[described["slot"]])
        flat: npt.NDArray[Any] = self.memory[start : start + int(np.prod(shape))].view(described["dtype"])
        return flat.reshape(shape)

    @property
    def parameters(self) -> npt.NDArray[np.float32]:
        """A view of all weights and biases."""
        return self.array("PARAMETERS")

    def layers(self, name: str = "PARAMETERS") -> list[tuple[npt.NDArray[Any], npt.NDArray[Any]]]:
        """Return views of W (n_in, n_out) and b (n_out,) of each layer, in an array of parameters."""
        flat, widths, start, result = self.array(name), self.slot("WIDTHS"), 0, []
        for n_in, n_out in itertools.pairwise(widths[: self["LAYERS"] + 1]):
            end = start + n_in * n_out
            result.append((flat[start:end].reshape(n_in, n_out), flat[end : end + n_out]))
            start = end + n_out
        return result

    def doubles(self) -> list[tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]]:
        """Return copies of W (n_in, n_out) and b (n_out,) of each layer in float64."""
        return [(W.astype(float), b.astype(float)) for W, b in self.layers()]

    @property
    def kinds(self) -> list[str]:
        """The names of the layers' activations, the output's last."""
        return [name_of("Activation", kind) for kind in self.slot("LAYER_ACTIVATIONS")[: self["LAYERS"]]]

    @property
    def loss(self) -> str:
        """The name of the loss."""
        return name_of("Loss", self["LOSS_KIND"])

    def units(self, array: Array, layer: int, lanes: int = 1) -> npt.NDArray[np.float32]:
        """Return a layer's units (width, lanes) in an array of units; layer 0 is the inputs."""
        start = self.memory.view(np.int32)[Int.ARRAYS + array] + self.slot("UNIT_STARTS")[layer] * lanes
        width = self.slot("WIDTHS")[layer]
        return self.memory[start : start + width * lanes].reshape(width, lanes)

    @property
    def status(self) -> str:
        """The name of the run's status."""
        return name_of("Status", self["STATUS"])

    def snapshot(self) -> npt.NDArray[np.float32]:
        """Return a copy of the run's state."""
        return self.memory[: self["STATE_WORDS"]].copy()

    def restore(self, snapshot: npt.NDArray[np.float32]) -> None:
        """Go back to a state."""
        self.memory[: snapshot.size] = snapshot

    def bytes(self, names: Iterable[str] = ("PARAMETERS",)) -> bytes:
        """Return the bytes of some arrays."""
        return b"".join(self.array(name).tobytes() for name in names)

    def guards_are_whole(self) -> bool:
        """Tell whether the memory around the block is as it was."""
        whole: npt.NDArray[np.uint32] = self.memory.base.view(np.uint32)  # type: ignore[union-attr]
        first = (self.memory.ctypes.data - whole.ctypes.data) // 4
        return bool(np.all(whole[:first] == GUARD_WORD) and np.all(whole[first + self.memory.size :] == GUARD_WORD))


def aligned_words(count: int) -> Words:
    """Return zeroed memory at an address that is a multiple of 16, with guards on both sides."""
    whole = np.full(count + 2 * GUARD + ALIGNMENT // 4, GUARD_WORD, np.uint32).view(np.float32)
    first = GUARD + -(whole.ctypes.data + 4 * GUARD) % ALIGNMENT // 4
    memory = whole[first : first + count]
    memory.view(np.uint32)[:] = 0
    return memory


def listed(slot: str, value: Any) -> list[Any]:
    """Return the entries of a slot; a set of features is one number."""
    if slot == "FEATURES" and not isinstance(value, int):
        return [sum(1 << ENUMERATIONS["Feature"][name] for name in value)]
    return [value] if isinstance(value, str) or np.ndim(value) == 0 else list(value)


def number(slot: str, value: Any) -> Any:
    """Return the number that stands for a name."""
    return ENUMERATIONS[NAMED[slot]][value] if isinstance(value, str) else value


def given_settings(inputs: npt.ArrayLike, values: npt.ArrayLike) -> dict[str, Any]:
    """Return the settings for given network inputs, all of them for training."""
    n, width = np.shape(inputs)
    return {"data_kind": "given", "samples": n, "inputs": width, "features": 0, "test_samples": 0}
