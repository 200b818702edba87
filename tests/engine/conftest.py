"""What the engine's tests share: the engine's inner functions, compiled and as plain Python."""

import json
import shutil
import tempfile
from pathlib import Path

import pytest

from engine import probe as probe_module
from engine.compilation import compile_module, fingerprint
from engine.forms import NATIVE, SOURCE, Compiled, Engine, Uncompiled


@pytest.fixture(scope="session")
def compiled_probe(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    """Return the compiled probe; it is kept between runs for as long as nothing that goes into it changes."""
    source = Path(probe_module.__file__)
    cache: pytest.Cache | None = getattr(pytestconfig, "cache", None)
    kept = cache.mkdir("engine-probe") if cache else tmp_path_factory.mktemp("engine-probe")
    folder = kept / fingerprint(source)
    if not folder.exists():
        made = Path(tempfile.mkdtemp(dir=kept))
        library, functions = compile_module(source, made)
        (made / "probe.json").write_text(json.dumps([library.name, functions]), encoding="utf-8")
        try:
            made.rename(folder)
        except OSError:  # another process was first
            shutil.rmtree(made)
    name, functions = json.loads((folder / "probe.json").read_text(encoding="utf-8"))
    return Compiled(folder / name, functions)


@pytest.fixture(params=["compiled", "uncompiled"])
def probe(request: pytest.FixtureRequest) -> Engine:
    """Return the engine's inner functions in both forms."""
    if request.param == "uncompiled":
        return Uncompiled(probe_module)
    compiled: Compiled = request.getfixturevalue("compiled_probe")
    return compiled


@pytest.fixture(params=["compiled", "uncompiled"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Return the engine in both forms."""
    return NATIVE if request.param == "compiled" else SOURCE
