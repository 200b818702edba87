"""How long it takes to import Pellucid, each time in a fresh process."""

import statistics
import subprocess
import sys

from benchmarks.report import Row, verdict

PROCESSES = 11
STATEMENTS = {"import pellucid": 0.25, "from pellucid import Experiment, Run": None}
"""What is timed, and its goal in seconds where there is one."""


def rows() -> list[Row]:
    """Time each import; the median of fresh processes, after one that warms the disk's cache."""
    found: list[Row] = []
    for statement, goal in STATEMENTS.items():
        seconds = [_seconds(statement) for _ in range(PROCESSES + 1)][1:]
        median = statistics.median(seconds)
        found.append((statement, f"{median:.3f} s", f"≤ {goal} s" if goal else "", verdict(median, goal)))
    return found


def _seconds(statement: str) -> float:
    """Measure one import, without the start of Python itself."""
    program = f"import time; start = time.perf_counter(); {statement}; print(time.perf_counter() - start)"
    command = [sys.executable, "-c", program]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
