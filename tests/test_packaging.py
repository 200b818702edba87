"""The package as it is handed over: built, installed on a machine with neither Node nor a compiler, and used there."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.packaging


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    command = [sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True)
    return next(folder.glob("pellucid-*.tar.gz"))


@pytest.fixture(scope="module")
def unpacked(sdist: Path) -> Path:
    with tarfile.open(sdist) as archive:
        archive.extractall(sdist.parent, filter="data")
    return sdist.parent / sdist.name.removesuffix(".tar.gz")


@pytest.fixture(scope="module")
def checkout(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tree as version control holds it, in which nothing has been built."""
    tree = tmp_path_factory.mktemp("checkout") / "pellucid"
    shutil.copytree(unpacked, tree, ignore=shutil.ignore_patterns("PKG-INFO", "site", "build"))
    return tree


@pytest.fixture(scope="module")
def wheel(sdist: Path) -> Path:
    return build_wheel(sdist, sdist.parent / "from-sdist")


@pytest.fixture(scope="module")
def wheel_of_checkout(checkout: Path) -> Path:
    return build_wheel(checkout, checkout.parent / "from-checkout")


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment in which the wheel is installed."""
    folder = bare_environment(tmp_path_factory.mktemp("installed"))
    call(folder, "python", "-m", "pip", "install", "--quiet", wheel)
    return folder


def build_wheel(source: Path, folder: Path) -> Path:
    programs = bare_environment(folder)
    call(programs, "python", "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, source)
    return next(folder.glob("pellucid-*.whl"))


def bare_environment(folder: Path) -> Path:
    """Make an environment that knows the locked versions and has a shell, which npm needs to start what it runs."""
    programs = folder / "env" / "bin"
    venv.create(folder / "env", with_pip=True)
    (programs / "sh").symlink_to("/bin/sh")
    versions = re.findall(r"^([\w.-]+==[^\\\n]+)", (ROOT / "constraints.txt").read_text("utf-8"), flags=re.MULTILINE)
    (programs / "locked.txt").write_text("\n".join(versions) + "\n", "utf-8")
    return programs


def call(programs: Path, name: str, *arguments: str | Path) -> str:
    """Run a program of an environment, with nothing else around it, and return what it prints."""
    command = [str(programs / name), *map(str, arguments)]
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, env=surroundings(programs)).stdout


def surroundings(programs: Path) -> dict[str, str]:
    """Return environment variables that show neither Node, nor a compiler, nor the packages of this test."""
    locked = str(programs / "locked.txt")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "NODE", "npm_"))}
    return clean | {"PATH": str(programs), "PIP_CONSTRAINT": locked, "PIP_BUILD_CONSTRAINT": locked}


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_sdist_holds_the_sources_and_the_built_page(unpacked: Path) -> None:
    for name in (
        "src/pellucid/site/index.html",
        "src/pellucid/widget/build/widget.js",
        "src/pellucid/engine/training.py",
        "web/package-lock.json",
        "Makefile",
    ):
        assert (unpacked / name).is_file()
    for name in (".venv", "web/node_modules", "src/pellucid/engine/build"):
        assert not (unpacked / name).exists()


def test_the_wheel_is_for_one_platform_and_every_python(wheel: Path) -> None:
    assert re.fullmatch(r"pellucid-[\w.]+-py3-none-(linux|macosx|win)_?\w*\.whl", wheel.name)


def test_the_wheel_holds_the_engine_and_the_page_and_no_compiler(wheel: Path) -> None:
    names = names_in(wheel)

    assert {"engine.json", "engine.wasm"} <= {name.removeprefix("pellucid/engine/build/") for name in names}
    assert any(re.fullmatch(r"pellucid/engine/build/(lib)?engine\.(so|dylib|dll)", name) for name in names)
    assert {"pellucid/site/index.html", "pellucid/widget/build/widget.js"} <= names
    assert "pellucid/engine/training.py" in names
    assert not any(name.startswith("pellucid/compiler/") for name in names)


def test_the_wheel_of_a_bare_checkout_is_the_same_as_that_of_the_sdist(wheel: Path, wheel_of_checkout: Path) -> None:
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(wheel_of_checkout) as other:
        contents = [{name: archive.read(name) for name in archive.namelist()} for archive in (one, other)]

    assert contents[0].keys() == contents[1].keys()
    assert [name for name in contents[0] if contents[0][name] != contents[1][name]] == []


def test_the_installed_command_explains_itself(programs: Path) -> None:
    assert "train" in call(programs, "pellucid", "--help")


def test_the_installed_command_trains(programs: Path) -> None:
    result = json.loads(call(programs, "pellucid", "train", "--epochs", "3", "--json"))

    assert result["epochs"] == 3
    assert re.fullmatch(r"[0-9a-f]{64}", result["weights_sha256"])


def test_the_installed_command_serves_the_page_and_its_engine(programs: Path) -> None:
    site = next(programs.parent.glob("lib/python*/site-packages/pellucid/site"))
    engine = next(site.rglob("*.wasm")).relative_to(site).as_posix()
    command = [str(programs / "pellucid"), "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings(programs)) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[3]
            with urllib.request.urlopen(address, timeout=10) as page:
                assert b"<title>" in page.read()
            with urllib.request.urlopen(address + engine, timeout=10) as answer:
                assert answer.headers["content-type"] == "application/wasm"
                assert answer.read(4) == b"\0asm"
        finally:
            server.terminate()
