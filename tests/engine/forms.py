"""The engine in both forms: the library, called through ctypes by engine.json, and its source as plain Python."""

import ctypes
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import numpy as np

import pellucid.engine.exports

FOLDER = Path(pellucid.engine.exports.__file__).parent / "build"
LIBRARY = {"linux": "libengine.so", "darwin": "libengine.dylib", "win32": "engine.dll"}[sys.platform]
MANIFEST: dict[str, Any] = json.loads((FOLDER / "engine.json").read_text(encoding="utf-8"))
HEADER: int = MANIFEST["header_words"]
ENUMERATIONS: dict[str, dict[str, int]] = MANIFEST["enumerations"]
SLOTS = {name: (dtype, place) for dtype, slots in MANIFEST["slots"].items() for name, place in slots.items()}


class Engine(Protocol):
    """Whatever can carry out the engine's functions."""

    def call(self, function: str, *arguments: Any) -> int:
        """Call a function with arrays and numbers."""
        ...


class Compiled:
    """A native library, called through ctypes by its description."""

    def __init__(self, path: Path, functions: Mapping[str, Any]) -> None:
        types = {
            "floats": ctypes.c_void_p,
            "integers": ctypes.c_void_p,
            "int32": ctypes.c_int32,
            "float32": ctypes.c_float,
        }
        library = ctypes.CDLL(str(path))
        self.functions = {}
        for name, described in functions.items():
            function = getattr(library, f"pellucid_{name}")
            function.argtypes = [types[parameter["type"]] for parameter in described["parameters"]]
            function.restype = ctypes.c_int32
            self.functions[name] = function

    def call(self, function: str, *arguments: Any) -> int:
        """Call a function; an array is passed as its address."""
        result: int = self.functions[function](*(a.ctypes.data if isinstance(a, np.ndarray) else a for a in arguments))
        return result


class Uncompiled:
    """The functions of an engine module as they stand in the source."""

    def __init__(self, module: Any) -> None:
        self.module = module

    def call(self, function: str, *arguments: Any) -> int:
        """Call a function with flat arrays, its floats in float32 as the compiled one receives them."""
        given = [np.float32(a) if isinstance(a, float) else a for a in arguments]
        with np.errstate(all="ignore"):
            return int(
                getattr(self.module, function)(*(a.reshape(-1) if isinstance(a, np.ndarray) else a for a in given))
            )


NATIVE = Compiled(FOLDER / LIBRARY, MANIFEST["functions"])
SOURCE = Uncompiled(pellucid.engine.exports)


def name_of(enumeration: str, value: int) -> str:
    """Return the name of a member."""
    return next(name for name, each in ENUMERATIONS[enumeration].items() if each == value)
