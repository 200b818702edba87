"""The readable link: whatever goes in comes out, and a broken link is refused with one sentence."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiment_strategies import experiments
from pellucid import Experiment, raster
from pellucid.errors import LinkError
from pellucid.link import decode, encode, number_text

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "link_vectors.json").read_text(encoding="utf-8"))


@given(experiments())
@settings(deadline=None)
def test_decoding_undoes_encoding(experiment: Experiment) -> None:
    assert decode(encode(experiment)) == experiment


@given(experiments(), st.data())
@settings(deadline=None)
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


@pytest.mark.parametrize(
    "class_names",
    [
        ("none", "X"),
        ("a,b", "c;d"),
        ("&end", "#v=1"),
        ("~20", "%7E"),
        ("+", " +"),
        ("1", "2"),
        ("é", "字"),
        ("\U0001f600", "~~"),
        ("<b>", '"\\"'),
        ("X\u2028", "\ufeffO"),
    ],
    ids=ascii,
)
def test_any_names_of_classes_come_back_from_a_link(class_names: tuple[str, str]) -> None:
    experiment = Experiment.for_drawings(class_names=class_names)
    link = encode(experiment)
    assert link.isascii()
    assert set(link[1:]).isdisjoint('# <>"{}|\\^`')
    assert decode(link) == experiment
    assert decode(link.replace(",", "%2C").replace("~", "%7E")) == experiment


@pytest.mark.parametrize("rows", [0, 1, 40])
def test_drawings_come_back_from_a_link_with_none_and_many(rows: int) -> None:
    drawings = [raster.text_of(raster.by_hand("XO"[row % 2], row)) for row in range(rows)]
    experiment = Experiment.for_drawings(drawings, [row % 2 for row in range(rows)])
    for changed in (experiment, experiment.replace_all({"data.grid": 28, "data.held_out": tuple(range(rows))})):
        assert decode(encode(changed)) == changed
