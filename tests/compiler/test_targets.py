"""The compiled engine: what it asks for and offers, its size, and that it is the same whenever it is built."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import pellucid.engine.exports
from compiler.binaries import Wasm, elf_symbols
from pellucid.compiler.source import engine_functions
from pellucid.compiler.targets import WASM, build, native

BUILD = Path(pellucid.engine.exports.__file__).parent / "build"
EXPORTS = {function.__name__ for function in engine_functions(pellucid.engine.exports)}

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads the format of Linux's libraries")


def test_engine_wasm_asks_for_a_memory_and_nothing_else() -> None:
    assert Wasm(BUILD / "engine.wasm").imports == {"env.memory": "memory"}


def test_engine_wasm_offers_the_exports_and_where_free_memory_begins() -> None:
    expected = dict.fromkeys(EXPORTS, "function") | {"__heap_base": "global"}
    assert Wasm(BUILD / "engine.wasm").exports == expected


def test_engine_wasm_is_at_most_97_kilobytes() -> None:
    assert (BUILD / "engine.wasm").stat().st_size <= 97_000


@on_linux
def test_the_native_library_needs_nothing_and_offers_the_exports() -> None:
    needed, offered = elf_symbols(BUILD / native().file_name)
    assert needed == set()
    assert offered == {f"pellucid_{name}" for name in EXPORTS}


CALLS_THE_C_LIBRARY = """
target datalayout = ""
target triple = ""

declare double @llvm.exp.f64(double)

define double @pellucid_grow(double %x) {
  %y = call double @llvm.exp.f64(double %x)
  ret double %y
}
"""


@pytest.mark.parametrize("target", [WASM, native()], ids=["wasm", "native"])
def test_code_that_would_call_the_c_library_is_not_built(target: Any, tmp_path: Path) -> None:
    with pytest.raises((SystemExit, subprocess.CalledProcessError)):
        build(target, CALLS_THE_C_LIBRARY, ["grow"], tmp_path)


def test_code_that_calls_anything_outside_is_not_built_and_the_name_is_told(tmp_path: Path) -> None:
    text = CALLS_THE_C_LIBRARY.replace("llvm.exp.f64", "somewhere_else")
    with pytest.raises(SystemExit, match="somewhere_else"):
        build(native(), text, ["grow"], tmp_path)


def built(folder: Path, hash_seed: int) -> dict[str, bytes]:
    """Build the engine into a folder; return the bytes of the files made."""
    command = [
        sys.executable,
        "-m",
        "pellucid.compiler",
        "--output",
        str(folder),
        "--bindings",
        str(folder / "bindings.ts"),
    ]
    environment = os.environ | {"PYTHONHASHSEED": str(hash_seed)}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.heavy
def test_the_same_source_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    one, other = built(tmp_path / "one", 1), built(tmp_path / "other", 2)
    assert set(one) == {"engine.wasm", native().file_name, "engine.json", "bindings.ts"}
    assert one == other
    used = {path.name: path.read_bytes() for path in BUILD.iterdir()}
    assert used == {name: content for name, content in one.items() if name in used}


@pytest.mark.heavy
def test_building_says_what_was_written(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pellucid.compiler",
        "--output",
        str(tmp_path),
        "--bindings",
        str(tmp_path / "no" / "x.ts"),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "engine.wasm" in done.stdout
    assert not (tmp_path / "no").exists()
    assert json.loads((tmp_path / "engine.json").read_text(encoding="utf-8"))["functions"].keys() == EXPORTS
