"""Drawings for Python: the engine's bits, texts there and back, and a sentence for whatever is no drawing."""

from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pellucid import Experiment, Run, raster
from pellucid.engine import handwriting, memory
from pellucid.errors import ArgumentError
from pellucid.experiment.data import Grid

CROSS: list[raster.Stroke] = [[(100, 100), (300, 300)], [(300, 100), (100, 300)]]
COORDINATES = st.integers(0, 511)
DRAWINGS = st.lists(st.lists(st.tuples(COORDINATES, COORDINATES), min_size=1, max_size=6), min_size=1, max_size=4)


def test_its_numbers_are_those_of_the_engine_and_the_experiment() -> None:
    assert get_args(Grid) == raster.GRIDS
    assert raster.MOST_GRID**2 == memory.MAX_INPUTS
    assert handwriting.MOST_POINTS == 256


def test_a_cross_is_a_cross() -> None:
    bits = raster.rasterize(CROSS, 6)
    assert bits.dtype == np.uint8
    np.testing.assert_array_equal(bits, np.eye(6) + np.fliplr(np.eye(6)))


@given(DRAWINGS, st.sampled_from(raster.GRIDS))
@settings(deadline=None)
def test_strokes_and_their_text_have_the_same_bits(drawing: list[raster.Stroke], grid: int) -> None:
    text = raster.text_of(drawing, simplified=False)
    np.testing.assert_array_equal(raster.rasterize(drawing, grid), raster.rasterize(text, grid))


@given(DRAWINGS)
@settings(deadline=None)
def test_a_text_gives_its_strokes_back(drawing: list[raster.Stroke]) -> None:
    text = raster.text_of(drawing)
    again = raster.strokes_of(text)
    assert len(again) == len(drawing)
    assert raster.text_of(again, simplified=False) == text
    for stroke, given_stroke in zip(again, drawing, strict=True):
        assert stroke[0].tolist() == list(np.asarray(given_stroke)[0])
        assert stroke[-1].tolist() == list(np.asarray(given_stroke)[-1])


@given(DRAWINGS)
@settings(deadline=None)
def test_the_fit_is_the_drawing_moved_and_scaled(drawing: list[raster.Stroke]) -> None:
    for fitted in (raster.fit(drawing), raster.fit(raster.text_of(drawing, simplified=False))):
        points = np.concatenate(fitted)
        assert points.min() >= 0.09 - 1e-6
        assert points.max() <= 0.91 + 1e-6


@pytest.mark.parametrize("grid", raster.GRIDS)
def test_cells_come_back_from_their_text(grid: int) -> None:
    bits = np.random.default_rng(grid).random((grid, grid)) < 0.5
    for given_bits in (bits, bits.ravel(), bits.astype(float), bits.astype(np.uint8).tolist()):
        text = raster.text_of_cells(given_bits)
        np.testing.assert_array_equal(raster.rasterize(text, grid), bits)
        assert raster.strokes_of(text) == raster.fit(text) == []


def test_no_strokes_are_an_empty_square() -> None:
    assert raster.text_of([]) == ""
    assert raster.strokes_of("") == raster.fit([]) == []
    assert not raster.rasterize([], 8).any()
    assert not raster.rasterize("", 8).any()


@pytest.mark.parametrize("grid", [1, 7, np.int64(32)])
def test_every_grid_up_to_32_is_filled(grid: int) -> None:
    assert raster.rasterize(CROSS, grid).shape == (grid, grid)


@pytest.mark.parametrize("grid", [0, 33, -1, 6.0, True, "6", None])
def test_a_grid_that_is_none_is_refused(grid: Any) -> None:
    with pytest.raises(ArgumentError, match=r"^grid is .*, but must be a whole number from 1 to 32\.$"):
        raster.rasterize(CROSS, grid)


@pytest.mark.parametrize("text", ["AA", "AAA.", ".AAA", "AA=", "AAAé", "A\U0001f600A", "." + "A" * 7])
def test_a_text_that_is_no_drawing_is_refused(text: str) -> None:
    for function in (raster.rasterize, raster.fit, raster.strokes_of):
        with pytest.raises(ArgumentError) as caught:
            function(text)
        assert str(caught.value) == f"The text {text!r} is no drawing."


@pytest.mark.parametrize(
    "drawing",
    [
        [[]],
        [[1, 2, 3]],
        [[(1, 2, 3)]],
        [[(1, float("nan"))]],
        [[(1, float("inf"))]],
        [(1, 2)],
        [[("a", "b")]],
        [[(1, 2), (3,)]],
        [[(1, 1e300)]],
        [[(None, 1)]],
    ],
    ids=str,
)
def test_strokes_that_are_none_are_refused(drawing: Any) -> None:
    for function in (raster.rasterize, raster.fit, raster.text_of):
        with pytest.raises(ArgumentError, match=r"^A stroke "):
            function(drawing)


@pytest.mark.parametrize("cells", [35, 0, 49, 784 + 1, 30])
def test_a_bitmap_of_another_size_is_refused(cells: int) -> None:
    with pytest.raises(
        ArgumentError, match=rf"^The bitmap has {cells} cells, but must have one of 36 \(6×6\), 64 \(8×8\)"
    ):
        raster.text_of_cells(np.zeros(cells))


@pytest.mark.parametrize("value", [2, 0.5, -1, float("nan")])
def test_a_bitmap_of_other_numbers_is_refused(value: float) -> None:
    with pytest.raises(ArgumentError, match=r"^The bitmap holds other numbers, but its cells must be 0 or 1\.$"):
        raster.text_of_cells(np.full(36, value))


def test_a_hand_writes_by_its_seed() -> None:
    one, again, other = (raster.text_of(raster.by_hand("O", seed)) for seed in (1, 1, 2))
    assert one == again != other


@pytest.mark.parametrize("character", ["Z", "", "XO", "ø", "\U0001f600"])
def test_a_character_that_the_hand_does_not_know_is_refused(character: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        raster.by_hand(character, 0)
    assert str(caught.value) == (
        f"The hand cannot write {character!r}; it knows X, O, —, |, /, \\, +, ✓, ✗ and 0 to 9."
    )


def test_a_run_sees_the_bitmaps() -> None:
    texts = [raster.text_of(raster.by_hand(character, seed)) for seed in range(3) for character in "XO"]
    experiment = Experiment.for_drawings(texts, [0, 1] * 3)
    for grid in raster.GRIDS:
        run = Run(experiment.replace("data.grid", grid))
        expected = [raster.rasterize(text, grid).ravel() for text in texts]
        np.testing.assert_array_equal(run.inputs, expected)
