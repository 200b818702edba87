"""The schema file that the page is built from."""

import json
import subprocess
import sys
from pathlib import Path

from pellucid import Experiment


def test_the_schema_is_written_to_the_named_file(tmp_path: Path) -> None:
    file = tmp_path / "made" / "schema.json"
    subprocess.run([sys.executable, "-m", "pellucid.experiment_schema", str(file)], check=True)
    assert json.loads(file.read_text(encoding="utf-8")) == Experiment.json_schema()
