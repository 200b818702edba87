"""Compile the engine: `python -m pellucid.compiler [--output DIRECTORY] [--bindings FILE]`.

Writes engine.wasm, the native library of this machine, engine.json, and where the page's source is at hand its
bindings.ts. The same source gives the same bytes.
"""

import os

# LLVM is to optimise for the real target, later: Numba itself leaves the code as it is. Read by Numba when imported.
os.environ.update(NUMBA_OPT="0", NUMBA_LOOP_VECTORIZE="0", NUMBA_SLP_VECTORIZE="0")

import argparse
import sys
import time
from pathlib import Path

import pellucid.engine.exports
from pellucid.compiler.bindings import write_bindings
from pellucid.compiler.lowering import describe, lower
from pellucid.compiler.manifest import write_manifest
from pellucid.compiler.source import Engine, engine_functions
from pellucid.compiler.subset import CompileError
from pellucid.compiler.targets import WASM, build, native

PACKAGE = Path(__file__).parents[1]
BUILD = PACKAGE / "engine" / "build"
BINDINGS = PACKAGE.parents[1] / "web" / "src" / "engine" / "bindings.ts"


def main() -> int:
    """Compile everything and say what was written."""
    parser = argparse.ArgumentParser(prog="python -m pellucid.compiler", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--output", type=Path, default=BUILD, help="directory of the compiled engine (default: %(default)s)"
    )
    parser.add_argument(
        "--bindings",
        type=Path,
        default=BINDINGS,
        help="TypeScript file to write (default: %(default)s, if its directory exists)",
    )
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    start = time.perf_counter()
    try:
        exports = [describe(function) for function in engine_functions(pellucid.engine.exports)]
        text = lower(Engine(), pellucid.engine.exports.__name__, exports)
    except CompileError as error:
        print(error, file=sys.stderr)
        return 1
    for target in (WASM, native()):
        library = build(target, text, [export.name for export in exports], options.output)
        print(f"{library.name}: {library.stat().st_size:,} bytes")
    manifest = write_manifest(exports, options.output / "engine.json")
    if options.bindings.parent.is_dir():
        write_bindings(manifest, options.bindings)
    print(f"compiled {len(exports)} functions in {time.perf_counter() - start:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
