"""Which rows of given data are held out: the same in Python and on the page."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pellucid import Data
from pellucid.experiment.split import split_rows

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "split_vectors.json").read_text())


def rows(count: int, **settings: Any) -> Data:
    return Data(kind="given", points=[[0, 0, 0]] * count, **settings)


@given(st.integers(1, 200), st.floats(0, 0.9), st.integers(0, 2**31 - 1))
def test_each_row_is_trained_on_or_held_out(count: int, share: float, seed: int) -> None:
    train, held_out = split_rows(rows(count, test_share=share, seed=seed))
    assert sorted(train + held_out) == list(range(count))
    assert train == sorted(train)
    assert held_out == sorted(held_out)
    assert len(train) >= 1
    assert abs(len(held_out) - share * count) <= 0.5 or len(train) == 1


def test_rows_that_are_named_are_held_out() -> None:
    assert split_rows(rows(4, held_out=[2, 0])) == ([1, 3], [0, 2])
    assert split_rows(rows(4, held_out=[], test_share=0.9)) == ([0, 1, 2, 3], [])


def test_the_seed_chooses_the_rows() -> None:
    choices = {tuple(split_rows(rows(20, seed=seed))[1]) for seed in range(20)}
    assert len(choices) == 20


@pytest.mark.parametrize("vector", VECTORS)
def test_the_shared_vectors_are_split_alike(vector: dict[str, Any]) -> None:
    data = rows(vector["rows"], test_share=vector["test_share"], seed=vector["seed"])
    assert split_rows(data)[1] == vector["held_out"]
