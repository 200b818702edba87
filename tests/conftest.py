"""Puts the folder of tests on the path, so that tests can share what they draw experiments from."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
