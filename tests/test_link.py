"""The readable link: whatever goes in comes out, and a broken link is refused with one sentence."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiment_strategies import experiments
from pellucid import Experiment
from pellucid.errors import LinkError
from pellucid.link import decode, encode, number_text

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "link_vectors.json").read_text(encoding="utf-8"))


@given(experiments())
def test_decoding_undoes_encoding(experiment: Experiment) -> None:
    assert decode(encode(experiment)) == experiment


@given(experiments(), st.data())
def test_a_link_that_is_cut_anywhere_is_refused(experiment: Experiment, data: st.DataObject) -> None:
    link = encode(experiment)
    kept = data.draw(st.integers(2, len(link) - 1))
    with pytest.raises(LinkError, match=r"end \('&end'\) is missing"):
        decode(link[:kept])


@pytest.mark.parametrize("vector", VECTORS["encoded"], ids=lambda vector: vector["link"][:60])
def test_the_shared_vectors_are_encoded(vector: dict[str, Any]) -> None:
    experiment = Experiment.from_dict(vector["experiment"])
    assert encode(experiment) == vector["link"]
    assert decode(vector["link"]) == experiment


@pytest.mark.parametrize("vector", VECTORS["read"], ids=lambda vector: vector["link"][:60])
def test_the_shared_vectors_written_by_hand_are_read(vector: dict[str, Any]) -> None:
    assert decode(vector["link"]) == Experiment.from_dict(vector["experiment"])


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["link"][:60])
def test_the_shared_vectors_are_refused(vector: dict[str, Any]) -> None:
    with pytest.raises(LinkError) as caught:
        decode(vector["link"])
    assert str(caught.value) == vector["sentence"]


def test_an_address_and_an_escaped_link_are_read() -> None:
    expected = Experiment(network={"hidden": [{"units": 8}, {"units": 2}]})
    assert decode("https://example.org/play/#v=1&hidden=8,2&end") == expected
    assert decode("#v=1&hidden=8%2C2&end") == expected


@given(st.floats(-1e6, 1e6))
def test_a_number_is_written_in_a_form_that_gives_the_same_number(value: float) -> None:
    assert float(number_text(value)) == value
