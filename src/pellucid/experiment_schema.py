"""Write the JSON Schema of the experiment for the page: ``python -m pellucid.experiment_schema [FILE]``.

From this file (by default ``web/src/experiment/schema.json``) the page's build makes its TypeScript types, its
validator, the table of the engine's slots and the table of the link's names. It is a product of the build: git
ignores it.
"""

import json
import sys
from pathlib import Path

from pellucid.experiment import Experiment

DEFAULT = Path("web/src/experiment/schema.json")


def write_schema(path: Path) -> None:
    """Write the schema to a file, whose folder is made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(Experiment.json_schema(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_schema(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
