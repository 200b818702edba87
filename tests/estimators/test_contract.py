"""Every check of scikit-learn's `check_estimator` passes, and none is skipped or expected to fail."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from estimators.contract import ESTIMATORS

SCRIPT = Path(__file__).with_name("contract.py")
LEAST_CHECKS = 59
"""Of scikit-learn 1.9, for a regressor."""

DEFAULTS = [0, 1]


def checked(number: int, **variables: str) -> list[tuple[str, str, str]]:
    """Return name, status and exception of each check, from a process of its own with these variables."""
    environment = {name: value for name, value in os.environ.items() if name != "SCIPY_ARRAY_API"} | variables
    command = [sys.executable, str(SCRIPT), str(number)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return [(name, status, exception) for name, status, exception in json.loads(done.stdout)]


def expect_all_passed(number: int) -> None:
    results = checked(number, SCIPY_ARRAY_API="1")
    assert [each for each in results if each[1] != "passed"] == []
    assert len(results) >= LEAST_CHECKS
    assert {
        "check_array_api_input",
        "check_estimator_sparse_array",
        "check_sample_weight_equivalence_on_dense_data",
        "check_sample_weight_equivalence_on_sparse_data",
    } <= {name for name, _, _ in results}


@pytest.mark.parametrize("number", DEFAULTS, ids=lambda number: type(ESTIMATORS[number]).__name__)
def test_every_check_passes(number: int) -> None:
    expect_all_passed(number)


@pytest.mark.parametrize("number", [n for n in range(len(ESTIMATORS)) if n not in DEFAULTS])
def test_every_check_passes_with_other_parameters(number: int) -> None:
    expect_all_passed(number)


def test_a_check_that_is_skipped_is_noticed() -> None:
    assert "skipped" in {status for _, status, _ in checked(3)}
