"""Turns compiled engine functions into one LLVM module with plain C functions to call from outside."""

import re
from dataclasses import dataclass
from types import FunctionType
from typing import Any, get_type_hints

import llvmlite.binding as llvm
from numba import types

from pellucid.compiler.source import Engine
from pellucid.compiler.subset import CompileError
from pellucid.engine import primitives

UNHURRIED = re.compile(r"engine\d+(?:handwriting|records|landscape|nudge|account|following)\d")
"""Functions of modules that run now and then: they are made small rather than fast."""


@dataclass(frozen=True)
class Kind:
    """How a parameter looks from outside and how it is passed on to Numba's function."""

    name: str
    numba: Any
    llvm: str


KINDS: list[tuple[Any, Kind]] = [
    (primitives.Floats, Kind("floats", types.Array(types.float32, 1, "C"), "ptr")),
    (primitives.Integers, Kind("integers", types.Array(types.int32, 1, "C"), "ptr")),
    (int, Kind("int32", types.int64, "i32")),
    (float, Kind("float32", types.float32, "float")),
]


@dataclass(frozen=True)
class Export:
    """A function that the outside may call."""

    name: str
    summary: str
    parameters: dict[str, Kind]

    @property
    def signature(self) -> Any:
        """Numba's signature; every export returns an int."""
        return types.int64(*(kind.numba for kind in self.parameters.values()))


def describe(function: FunctionType) -> Export:
    """Read a function's parameters from its annotations."""
    code = function.__code__
    place = f"{code.co_filename}, line {code.co_firstlineno}"
    hints = get_type_hints(function)
    if hints.get("return") is not int:
        raise CompileError(f"{place}: {function.__name__} has to return int")
    if not function.__doc__:
        raise CompileError(f"{place}: {function.__name__} needs a docstring")
    parameters = {}
    for name in code.co_varnames[: code.co_argcount]:
        kinds = [kind for hint, kind in KINDS if hint == hints.get(name)]
        if not kinds:
            raise CompileError(f"{place}: parameter {name} has no type that can be passed from outside")
        parameters[name] = kinds[0]
    return Export(function.__name__, function.__doc__.strip().splitlines()[0], parameters)


def lower(engine: Engine, module: str, exports: list[Export]) -> str:
    """Compile the exports and everything that they call; return the text of one LLVM module."""
    linked: llvm.ModuleRef | None = None
    entries = {}
    for export in exports:
        result = engine.compile(module, export.name, export.signature)
        text = str(llvm.parse_assembly(result.library.get_llvm_str()))
        entries[export.name] = result.fndesc.llvm_func_name
        part = llvm.parse_assembly(shareable(text))
        if linked is None:
            linked = part
        else:
            linked.link_in(part)
    text = str(linked)
    wrappers = "".join(wrapper(export, entries[export.name]) for export in exports)
    return private(without_alias(text)) + wrappers


def shareable(text: str) -> str:
    """Let the same function come in with several exports: the linker keeps one of them."""
    text = re.sub(r"^define (?:linkonce_odr |internal )?", "define weak_odr ", text, flags=re.MULTILINE)
    return re.sub(r"= common( local_unnamed_addr)? global", "= weak_odr global", text)


def private(text: str) -> str:
    """Hide Numba's functions from the outside, so that LLVM may inline or drop them.

    "no-builtins" keeps short loops from becoming calls of memset and memcpy, which cost more than the loop.
    """

    def hidden(define: re.Match[str]) -> str:
        size = " noinline optsize" if UNHURRIED.search(define[1]) else ""
        return f'define internal {define[1]} "no-builtins"{size} {{'

    text = re.sub(r"^define weak_odr (?:hidden )?(.*) \{$", hidden, text, flags=re.MULTILINE)
    return re.sub(r"= weak_odr( local_unnamed_addr)? global", "= internal global", text)


def without_alias(text: str) -> str:
    """Tell LLVM that the data of different array arguments never overlap; without it nothing is vectorised."""
    lines = text.split("\n")
    return "\n".join(
        re.sub(r"ptr (?:nocapture )?(%arg\.\w+\.4)\b", r"ptr noalias \1", line) if line.startswith("define") else line
        for line in lines
    )


def wrapper(export: Export, inner: str) -> str:
    """Write the C function that calls Numba's.

    Numba passes an array as seven values (two owners, length, item size, data, shape, stride). The engine never asks
    an array that comes from outside for its length, so it is given as the largest there is.
    """
    parameters, body, arguments = [], [], ["ptr %result", "ptr %exception"]
    for index, kind in enumerate(export.parameters.values()):
        parameters.append(f"{kind.llvm} %p{index}")
        if kind.llvm == "ptr":
            arguments += [
                "ptr null",
                "ptr null",
                "i64 2147483647",
                "i64 4",
                f"ptr %p{index}",
                "i64 2147483647",
                "i64 4",
            ]
        elif kind.llvm == "i32":
            body.append(f"%wide{index} = sext i32 %p{index} to i64")
            arguments.append(f"i64 %wide{index}")
        else:
            arguments.append(f"{kind.llvm} %p{index}")
    lines = "\n  ".join(["%result = alloca i64", "%exception = alloca ptr", *body])
    return (
        f'\ndefine i32 @pellucid_{export.name}({", ".join(parameters)}) "no-builtins" {{\n  {lines}\n'
        f"  %status = call i32 @{quoted(inner)}({', '.join(arguments)})\n"
        "  %value = load i64, ptr %result\n  %narrow = trunc i64 %value to i32\n  ret i32 %narrow\n}\n"
    )


def quoted(name: str) -> str:
    """Quote a symbol that has characters beyond letters, digits, dots and underscores."""
    return name if re.fullmatch(r"[\w.$]+", name) else f'"{name}"'
