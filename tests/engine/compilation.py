"""Compiles a module of engine functions with the project's own compiler, in a process of its own."""

import hashlib
import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pellucid

SCRIPT = """
import json, sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
import pellucid.compiler.__main__  # sets Numba's options before Numba is imported
from pellucid.compiler import lowering, source, targets

module = __import__(sys.argv[2])
exports = [lowering.describe(function) for function in source.engine_functions(module)]
try:
    text = lowering.lower(source.Engine(), module.__name__, exports)
except source.CompileError as error:
    sys.exit(str(error))
library = targets.build(targets.native(), text, [export.name for export in exports], Path(sys.argv[3]))
functions = {
    export.name: {"parameters": [{"name": name, "type": kind.name} for name, kind in export.parameters.items()]}
    for export in exports
}
print(json.dumps([str(library), functions]))
"""


class NotCompiledError(Exception):
    """The compiler refused a module; the message is what it said."""


def compile_module(path: Path, output: Path) -> tuple[Path, dict[str, Any]]:
    """Compile the functions of a file; return the native library and the description of its functions."""
    command = [sys.executable, "-c", SCRIPT, str(path.parent), path.stem, str(output)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NotCompiledError(done.stderr)
    library, functions = json.loads(done.stdout)
    return Path(library), functions


def fingerprint(*files: Path) -> str:
    """Return a hash of the engine, the compiler with its tools, and some more files."""
    package = Path(pellucid.__file__).parent
    digest = hashlib.sha256(f"{sys.version} {version('numba')} {version('llvmlite')} {version('ziglang')}".encode())
    for file in (*sorted(package.glob("engine/*.py")), *sorted(package.glob("compiler/*.py")), *files):
        digest.update(file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
