"""Numbers as text give back the same float32, in few digits, as both languages write them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid.exporters.numbers import lines, single

FLOATS = st.floats(width=32, allow_nan=False, allow_infinity=False)


@given(FLOATS)
def test_a_number_gives_back_its_float32(value: float) -> None:
    found = np.float32(float(single(value)))
    assert found.tobytes() == np.float32(value).tobytes()


@given(FLOATS)
def test_a_number_has_as_few_digits_as_numpy_finds(value: float) -> None:
    assert len(digits(single(value))) <= len(digits(repr(float(str(np.float32(value))))))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0.0"),
        (-0.0, "-0.0"),
        (1, "1.0"),
        (-2.5, "-2.5"),
        (1e-4, "0.0001"),
        (9e-5, "9e-05"),
        (1e-38, "1e-38"),
        (1.5e-45, "1e-45"),
        (16777216, "16777216.0"),
        (2097152.25, "2097152.3"),  # half-way between two digits: away from zero, as in JavaScript
        (-2097152.25, "-2097152.3"),
        (1e15, "1000000000000000.0"),
        (1e16, "1e+16"),
        (3.4028235e38, "3.4028235e+38"),
        (np.float32(1) / 3, "0.33333334"),
    ],
)
def test_numbers_are_written_as_python_writes_them(value: float, text: str) -> None:
    assert single(value) == text


def test_a_row_is_a_line() -> None:
    assert lines([[1.0, 2.5], [0.0, -3.0]]) == ["1.0 2.5", "0.0 -3.0"]


def digits(text: str) -> str:
    return text.partition("e")[0].lstrip("-").replace(".", "").strip("0")
