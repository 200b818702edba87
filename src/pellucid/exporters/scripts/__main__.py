"""Write the pieces of the scripts for the page: ``python -m pellucid.exporters.scripts [FILE]``.

The file (by default ``web/src/export/scripts.json``) is a product of the build: git ignores it.
"""

import json
import sys
from pathlib import Path

from pellucid.exporters.scripts.table import SCRIPTS, pieces

DEFAULT = Path("web/src/export/scripts.json")

if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    table = {name: [{"when": piece.when, "text": piece.text} for piece in pieces(name)] for name in SCRIPTS}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(table, ensure_ascii=False) + "\n", encoding="utf-8")
