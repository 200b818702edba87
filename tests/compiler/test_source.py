"""Python that an engine function may not use is refused, with the file and the line where it stands."""

import importlib
from pathlib import Path

import pytest

from pellucid.compiler.lowering import describe, lower
from pellucid.compiler.source import Engine, engine_functions
from pellucid.compiler.subset import CompileError

HEAD = '''"""Engine functions that cannot be compiled."""

import math

import numpy as np

from pellucid.engine.primitives import Floats


def step(x: Floats, n: int) -> int:
    """Do what cannot be done."""
    total = n
'''

BODY_LINE = HEAD.count("\n") + 1


def refusal(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> str:
    """Return what the compiler says of a module's text."""
    (folder / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    module = importlib.import_module(name)
    with pytest.raises(CompileError) as refused:
        lower(Engine(), name, [describe(function) for function in engine_functions(module)])
    return str(refused.value)


FAULTS = {
    "dict": "table = {k: x[k] for k in range(n)}",
    "list": "table = [n, 2]",
    "generator": "total = sum(x[k] for k in range(n))",
    "string": 'total = "a" + n',
    "printing": 'print(f"{n}")',
    "unknown_function": "total = unknown(n)",
    "unknown_name": "total = n + unknown",
    "allocation": "table = np.zeros(4)",
    "c_library": "x[0] = math.exp(n)",
    "power": "x[0] = x[1] ** x[2]",
    "method": "total = x.upper()",
    "attribute": "total = x.shpe",
    "context": 'with open("file") as file:\n        total = 0',
    "exception": 'raise ValueError("n")',
    "mixed_types": "total = n if n > 3 else (n, n)",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_compiled_is_named_with_its_file_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    name = f"faulty_{fault}"
    said = refusal(tmp_path, monkeypatch, name, f"{HEAD}    {FAULTS[fault]}\n    return total\n")
    assert f"{name}.py" in said
    assert f"line {BODY_LINE}" in said
    assert "step" in said
    assert "numba" not in said.split(":")[0]
    assert "\n" not in said


def test_a_fault_in_a_function_that_is_called_is_found_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = HEAD + "    total = inner(x)\n    return total\n\n\n"
    text += 'def inner(x: Floats) -> int:\n    """Do what cannot be done."""\n    return x.shape + 1\n'
    said = refusal(tmp_path, monkeypatch, "faulty_inner", text)
    assert "faulty_inner.py" in said
    assert f"line {text.count(chr(10))}" in said


SIGNATURES = {
    "parameter_type": 'def step(x: list[float]) -> int:\n    """Take a list."""\n    return 0\n',
    "missing_type": 'def step(x) -> int:\n    """Take anything."""\n    return 0\n',
    "return_type": 'def step(x: int) -> float:\n    """Return a float."""\n    return 0.0\n',
    "no_return_type": 'def step(x: int):\n    """Return something."""\n    return 0\n',
    "no_docstring": "def step(x: int) -> int:\n    return 0\n",
}


@pytest.mark.parametrize("fault", SIGNATURES)
def test_an_export_whose_signature_cannot_be_passed_from_outside_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    said = refusal(tmp_path, monkeypatch, f"signature_{fault}", SIGNATURES[fault])
    assert f"signature_{fault}.py" in said
    assert "line 1" in said
