"""The compiled engine is found, or its absence is told in one sentence; importing the package loads nothing heavy."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pellucid.errors import LibraryError
from pellucid.library import BUILD, LIBRARIES, Library, library

NATIVE = LIBRARIES[sys.platform]


def test_the_engine_is_loaded_once() -> None:
    assert library() is library()


def test_slots_arrays_and_names_are_known() -> None:
    assert library().slots["LEARNING_RATE"].dtype == "float32"
    assert library().arrays["POINTS"].shape == ("SAMPLES", 2)
    assert library().name_of("DataKind", 2) == "moons"


def test_a_missing_description_is_told(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"^The compiled engine is missing from .*pellucid\.compiler"):
        Library(tmp_path)


def test_a_missing_library_is_told_with_the_platform(tmp_path: Path) -> None:
    shutil.copy(BUILD / "engine.json", tmp_path)
    with pytest.raises(LibraryError, match=rf"^There is no compiled engine for {sys.platform} on .* is missing"):
        Library(tmp_path)


def test_a_library_that_cannot_be_loaded_is_told(tmp_path: Path) -> None:
    shutil.copy(BUILD / "engine.json", tmp_path)
    (tmp_path / NATIVE).write_bytes(b"no library")
    with pytest.raises(LibraryError, match="cannot be loaded"):
        Library(tmp_path)


def test_a_library_of_another_engine_is_told(tmp_path: Path) -> None:
    manifest = json.loads((BUILD / "engine.json").read_text(encoding="utf-8"))
    manifest["functions"]["dream"] = {"summary": "", "parameters": [], "returns": "int32"}
    (tmp_path / "engine.json").write_text(json.dumps(manifest), encoding="utf-8")
    shutil.copy(BUILD / NATIVE, tmp_path)
    with pytest.raises(LibraryError, match=r"does not fit its engine\.json: it has no dream"):
        Library(tmp_path)


def test_importing_the_package_loads_nothing_heavy() -> None:
    script = "import sys, pellucid; print({'numpy', 'pydantic', 'typer', 'rich', 'starlette'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_training_needs_no_compiler() -> None:
    script = (
        "import sys; from pellucid import Experiment, Run; Run(Experiment()).step();"
        "print({'numba', 'llvmlite', 'pellucid.compiler'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
