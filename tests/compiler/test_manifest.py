"""engine.json and bindings.ts say what the engine's source says."""

import json
import re
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import pellucid.engine.exports
from pellucid.compiler.bindings import write_bindings
from pellucid.compiler.manifest import ENUMERATIONS, source_hash
from pellucid.compiler.source import engine_functions
from pellucid.engine import memory
from pellucid.engine.primitives import Floats, Integers

BUILD = Path(pellucid.engine.exports.__file__).parent / "build"
MANIFEST: dict[str, Any] = json.loads((BUILD / "engine.json").read_text(encoding="utf-8"))
FUNCTIONS = {function.__name__: function for function in engine_functions(pellucid.engine.exports)}
TYPES = [(Floats, "floats"), (Integers, "integers"), (int, "int32"), (float, "float32")]


def test_the_compiled_engine_is_that_of_this_source() -> None:
    assert MANIFEST["source_sha256"] == source_hash()


def test_the_functions_are_exactly_those_of_exports() -> None:
    assert MANIFEST["functions"].keys() == FUNCTIONS.keys()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_the_parameters_types_and_summary_of_its_source(name: str) -> None:
    hints = get_type_hints(FUNCTIONS[name])
    hints.pop("return")
    expected = [
        {"name": parameter, "type": next(kind for hint, kind in TYPES if hint == annotation)}
        for parameter, annotation in hints.items()
    ]
    described = MANIFEST["functions"][name]
    assert described["parameters"] == expected
    assert described["returns"] == "int32"
    assert (FUNCTIONS[name].__doc__ or "").startswith(described["summary"])


def test_enumerations_have_the_names_and_numbers_of_the_source() -> None:
    for kind in ENUMERATIONS:
        assert MANIFEST["enumerations"][kind.__name__] == {member.name.lower(): member.value for member in kind}


def test_slots_have_their_words_and_lengths() -> None:
    slots = MANIFEST["slots"]
    assert {name: place["word"] for name, place in slots["int32"].items()} == {s.name: s.value for s in memory.Int}
    assert {name: place["word"] for name, place in slots["float32"].items()} == {s.name: s.value for s in memory.Real}
    assert {name: place["word"] for name, place in slots["float64"].items()} == {s.name: 2 * s for s in memory.Double}
    lengths = {name: place["length"] for name, place in slots["int32"].items() if place["length"] > 1}
    assert lengths == {slot.name: length for slot, length in memory.LENGTHS.items()}


def test_arrays_are_found_by_a_slot_and_their_extents_are_numbers_or_slots() -> None:
    for name, array in MANIFEST["arrays"].items():
        assert array["slot"] == memory.Int.ARRAYS + memory.Array[name]
        assert array["dtype"] in ("float32", "int32")
        assert all(isinstance(extent, int) or extent in MANIFEST["slots"]["int32"] for extent in array["shape"])


def test_the_bindings_hold_every_function_name_slot_and_array(tmp_path: Path) -> None:
    path = tmp_path / "bindings.ts"
    write_bindings(MANIFEST, path)
    text = path.read_text(encoding="utf-8")
    for name, function in MANIFEST["functions"].items():
        found = re.search(rf"^  {name}\(([^)]*)\): number;$", text, re.MULTILINE)
        assert found, name
        assert found[1].count(": number") == len(function["parameters"])
    for kind, members in MANIFEST["enumerations"].items():
        body = constants(text, kind)
        assert body == members
    assert constants(text, "Int") == {name: place["word"] for name, place in MANIFEST["slots"]["int32"].items()}
    assert constants(text, "Real") == {name: place["word"] for name, place in MANIFEST["slots"]["float32"].items()}
    assert constants(text, "Double") == {
        name: place["word"] // 2 for name, place in MANIFEST["slots"]["float64"].items()
    }
    for name, array in MANIFEST["arrays"].items():
        assert f"  {name}: {{ slot: {array['slot']}, dtype: '{array['dtype']}'" in text


def constants(text: str, name: str) -> dict[str, int]:
    """Read an object of numbers back from TypeScript."""
    found = re.search(rf"export const {name} = \{{\n(.*?)\n\}} as const;", text, re.DOTALL)
    assert found, name
    return {key: int(value) for key, value in re.findall(r"(\w+): (-?\d+),", found[1])}
