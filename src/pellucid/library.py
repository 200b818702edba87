"""The compiled engine: its functions, called through ctypes, and its description (engine.json)."""

import ctypes
import functools
import json
import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pellucid.errors import LibraryError

BUILD = Path(__file__).parent / "engine" / "build"
LIBRARIES = {"linux": "libengine.so", "darwin": "libengine.dylib", "win32": "engine.dll"}
ARGUMENTS: Mapping[str, Any] = {
    "floats": ctypes.c_void_p,
    "integers": ctypes.c_void_p,
    "int32": ctypes.c_int32,
    "float32": ctypes.c_float,
}
HOW_TO_BUILD = "`python -m pellucid.compiler` builds it in a checkout of the source"


@dataclass(frozen=True)
class Slot:
    """A named place in the header of a run's block: its type, first word and number of entries."""

    dtype: str
    word: int
    length: int


@dataclass(frozen=True)
class Array:
    """A named array of a run's block: the word that says where it starts, its type and its extents.

    An extent is a number or the name of the slot that holds it.
    """

    slot: int
    dtype: str
    shape: tuple[int | str, ...]


class Library:
    """The engine's native library and what its description says of it.

    Parameters
    ----------
    folder : Path
        Where the library and engine.json are.

    Raises
    ------
    LibraryError
        When there is no library for this platform, or it does not fit its description.
    """

    def __init__(self, folder: Path) -> None:
        try:
            manifest = json.loads((folder / "engine.json").read_text(encoding="utf-8"))
        except OSError:
            raise LibraryError(f"The compiled engine is missing from {folder}; {HOW_TO_BUILD}.") from None
        self.source: str = manifest["source_sha256"]
        """SHA-256 of the engine's source: equal engines give equal bits."""
        self.header_words: int = manifest["header_words"]
        self.enumerations: dict[str, dict[str, int]] = manifest["enumerations"]
        self.slots = {
            name: Slot(dtype, **place) for dtype, slots in manifest["slots"].items() for name, place in slots.items()
        }
        self.arrays = {
            name: Array(array["slot"], array["dtype"], tuple(array["shape"]))
            for name, array in manifest["arrays"].items()
        }
        self._functions = _load(folder, manifest["functions"])

    def call(self, name: str, *arguments: float) -> int:
        """Call an exported function; arrays are passed as their addresses.

        Parameters
        ----------
        name : str
            Name of the function.
        *arguments : int or float
            Numbers and addresses.

        Returns
        -------
        int
            What the function returns: mostly a status.
        """
        result: int = self._functions[name](*arguments)
        return result

    def name_of(self, enumeration: str, value: int) -> str:
        """Return the name of a value of an enumeration."""
        return next(name for name, each in self.enumerations[enumeration].items() if each == value)


@functools.cache
def library() -> Library:
    """Return the engine that belongs to this package; it is loaded once."""
    return Library(BUILD)


def _load(folder: Path, functions: dict[str, Any]) -> dict[str, Any]:
    here = f"{sys.platform} on {platform.machine()}"
    path = folder / LIBRARIES.get(sys.platform, "libengine.so")
    if not path.is_file():
        raise LibraryError(f"There is no compiled engine for {here}: {path} is missing; {HOW_TO_BUILD}.")
    try:
        native = ctypes.CDLL(str(path))
    except OSError as error:
        raise LibraryError(f"The compiled engine {path} cannot be loaded for {here}: {error}.") from None
    loaded = {}
    for name, described in functions.items():
        try:
            function = getattr(native, f"pellucid_{name}")
        except AttributeError:
            raise LibraryError(f"The compiled engine {path} does not fit its engine.json: it has no {name}.") from None
        function.argtypes = [ARGUMENTS[parameter["type"]] for parameter in described["parameters"]]
        function.restype = ctypes.c_int32
        loaded[name] = function
    return loaded
