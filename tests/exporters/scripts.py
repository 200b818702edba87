"""Runs a script as somebody would who has the language and the library but not Pellucid."""

import os
import re
import subprocess
import sys
from pathlib import Path


def run_script(path: Path, python: str = sys.executable) -> dict[str, tuple[float, float]]:
    """Run a script; return for each name in its last table what it trained here, and what it was in Pellucid."""
    found = subprocess.run(
        [python, "-I", "-W", "error", path.name],
        cwd=path.parent,
        capture_output=True,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},  # more would only get in each other's way
        timeout=300,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    assert found.stderr == ""
    rows = re.findall(r"^([a-z ]+?) +(\d\S+) +(\d\S+)$", found.stdout.partition("\nafter ")[2], re.MULTILINE)
    return {name: (float(trained), float(pellucid)) for name, trained, pellucid in rows}
