"""The files for hosts that run a process: they start what is there, with the versions that the tests ran with."""

import os
import re
import shlex
import subprocess
import sys
import urllib.request
from pathlib import Path

from pellucid.server import HEALTH
from ports import free_port

ROOT = Path(__file__).parents[1]
BOUND = 180.0
"""Seconds within which a server has to answer and to end on a busy machine."""


def versions_in(text: str) -> set[str]:
    """Return each `name==version`, without the conditions and hashes that some have."""
    return set(re.findall(r"^[\w.-]+==[\w.]+", text, flags=re.MULTILINE))


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def names_of(versions: set[str]) -> set[str]:
    return {version.partition("==")[0] for version in versions}


def test_the_procfile_starts_the_server_at_the_port_of_the_host(tmp_path: Path) -> None:
    kind, _, line = text_of("Procfile").partition(": ")
    program = tmp_path / "pellucid"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m pellucid.cli "$@"\n')
    program.chmod(0o755)
    port = str(free_port())
    surroundings = {**os.environ, "PORT": port, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    with subprocess.Popen(["/bin/sh", "-c", line], stdout=subprocess.PIPE, env=surroundings) as server:
        try:
            assert server.stdout is not None
            server.stdout.readline()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{HEALTH}", timeout=BOUND) as answer:
                assert answer.read() == b"ok\n"
        finally:
            server.terminate()
            server.communicate(timeout=BOUND)

    assert server.returncode == 0
    assert kind == "web"
    assert "--host 0.0.0.0" in line
    assert "--no-browser" in line


def test_hosts_install_this_checkout_with_the_versions_of_the_tests() -> None:
    lines = text_of("requirements.txt").splitlines()
    versions = versions_in(text_of("requirements.txt"))

    assert lines[-1] == "."
    assert all(versions_in(line) for line in lines[1:-1])
    assert versions <= versions_in(text_of("constraints.txt"))
    assert {"numpy", "pydantic", "starlette", "typer", "uvicorn"} <= names_of(versions)


def test_the_image_is_built_with_the_versions_of_the_tests() -> None:
    command = re.search(r"^RUN (sed .*) > versions\.txt$", text_of("Dockerfile"), re.MULTILINE)
    assert command
    found = subprocess.run(shlex.split(command[1]), cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE).stdout

    assert "--hash" not in found
    assert versions_in(found) == versions_in(text_of("constraints.txt"))


def test_the_container_runs_without_rights_and_ends_when_it_is_told_to() -> None:
    stages = text_of("Dockerfile").split("\nFROM ")
    last = stages[-1].splitlines()

    assert len(stages) == 3
    assert "USER 10001:10001" in last
    # Written as a list, the command is the first process itself and hears the signal; a shell would not pass it on.
    assert last[-1] == 'CMD ["pellucid", "--host", "0.0.0.0", "--no-browser"]'
    assert any(HEALTH in line for line in last if line.startswith("HEALTHCHECK"))
