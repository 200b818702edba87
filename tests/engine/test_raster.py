"""The fit and the bitmap: what a drawing's bits depend on, and what they do not."""

import itertools
import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import drawings as drawing
from engine.drawings import (
    COORDINATES,
    GRIDS,
    LAST,
    PEN_WIDTH,
    Strokes,
    cells_text,
    drawings,
    fitted,
    ink,
    mirrored,
    points_of,
    rasterize,
    text_of,
    turned,
)
from engine.forms import NATIVE, SOURCE, Engine
from pellucid.engine.raster import DOT_RADIUS, ENOUGH, PEN_RADIUS, POINTS, SPAN
from pellucid.engine.strokes import PAD, PAD_PEN

ENGINES = (NATIVE, SOURCE)
EVERY_GRID = range(1, 33)
"""Also those that the page does not offer."""

grids = st.sampled_from(GRIDS) | st.sampled_from(EVERY_GRID)
property_of_drawings = settings(deadline=None, max_examples=200)


def test_the_tests_own_numbers_are_the_engines() -> None:
    assert (SPAN, PEN_RADIUS, DOT_RADIUS, POINTS, ENOUGH) == (drawing.SPAN, drawing.PEN, drawing.DOT, 5, 3)
    assert PEN_WIDTH == 2 * PAD_PEN
    assert PAD == LAST + 1


# What it does not depend on


@given(drawings(), grids, st.randoms(use_true_random=False))
@property_of_drawings
def test_order_and_direction_of_strokes_do_not_matter(
    strokes: list[list[tuple[int, int]]], grid: int, rng: random.Random
) -> None:
    other = [stroke[::-1] if rng.random() < 0.5 else stroke for stroke in strokes]
    rng.shuffle(other)
    np.testing.assert_array_equal(rasterize(other, grid), rasterize(strokes, grid))


@given(drawings(), drawings(most_strokes=2), grids)
@property_of_drawings
def test_a_later_stroke_never_erases(strokes: Strokes, more: Strokes, grid: int) -> None:
    """Added strokes are kept inside the box of those before, so that the fit stays as it is."""
    every = np.array([point for stroke in strokes for point in stroke])
    (left, top), (right, bottom) = every.min(axis=0).tolist(), every.max(axis=0).tolist()
    inside = [[(min(max(x, left), right), min(max(y, top), bottom)) for x, y in stroke] for stroke in more]
    before, after = rasterize(strokes, grid), rasterize([*strokes, *inside], grid)
    assert not np.any(before & ~after)


@given(drawings(), grids)
@property_of_drawings
def test_a_quarter_turn_turns_the_bitmap(strokes: Strokes, grid: int) -> None:
    np.testing.assert_array_equal(rasterize(turned(strokes), grid), np.rot90(rasterize(strokes, grid)))


@given(drawings(), grids)
@property_of_drawings
def test_mirroring_mirrors_the_bitmap(strokes: Strokes, grid: int) -> None:
    np.testing.assert_array_equal(rasterize(mirrored(strokes), grid), np.fliplr(rasterize(strokes, grid)))
    upside_down = [[(x, LAST - y) for x, y in stroke] for stroke in strokes]
    np.testing.assert_array_equal(rasterize(upside_down, grid), np.flipud(rasterize(strokes, grid)))


@given(drawings(coordinates=st.integers(0, 200)), st.integers(0, 311), st.integers(0, 311), grids)
@property_of_drawings
def test_moving_leaves_the_bitmap_and_the_fit_as_they_were(strokes: Strokes, right: int, down: int, grid: int) -> None:
    moved = [[(x + right, y + down) for x, y in stroke] for stroke in strokes]
    np.testing.assert_array_equal(rasterize(moved, grid), rasterize(strokes, grid))
    assert points_of("fit_drawing", moved).tobytes() == points_of("fit_drawing", strokes).tobytes()


@given(drawings(coordinates=st.integers(0, 85)), st.integers(2, 6), grids)
@property_of_drawings
def test_scaling_leaves_the_bitmap_of_all_that_is_larger_than_the_pen(strokes: Strokes, times: int, grid: int) -> None:
    strokes = [*strokes, [(0, 0), (PEN_WIDTH, 0)]]
    scaled = [[(times * x, times * y) for x, y in stroke] for stroke in strokes]
    np.testing.assert_array_equal(rasterize(scaled, grid), rasterize(strokes, grid))
    assert points_of("fit_drawing", scaled).tobytes() == points_of("fit_drawing", strokes).tobytes()


@given(st.lists(st.tuples(COORDINATES, COORDINATES), min_size=1, max_size=6), st.data(), grids)
@property_of_drawings
def test_a_point_drawn_twice_changes_nothing(stroke: list[tuple[int, int]], data: st.DataObject, grid: int) -> None:
    place = data.draw(st.integers(0, len(stroke) - 1))
    again = [*stroke[: place + 1], *stroke[place:]]
    np.testing.assert_array_equal(rasterize([again], grid), rasterize([stroke], grid))


# The fit


@given(drawings())
@property_of_drawings
def test_the_fit_is_centred_and_as_large_as_the_margin_allows(strokes: Strokes) -> None:
    points = points_of("fit_drawing", strokes)
    assert np.isfinite(points).all()
    np.testing.assert_allclose(points[:, :2], np.concatenate(fitted(strokes)), rtol=0, atol=2e-7)
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    np.testing.assert_allclose((low + high) / 2, 0.5, rtol=0, atol=2e-7)
    assert low.min() - PEN_RADIUS >= 0.05 - 1e-6
    longer = np.ptp([point for stroke in strokes for point in stroke], axis=0).max()
    expected = SPAN * min(longer / PEN_WIDTH, 1)
    assert (high - low).max() == pytest.approx(expected, abs=4e-7)


def test_cells_and_an_empty_drawing_are_not_fitted() -> None:
    for engine in ENGINES:
        assert len(points_of("fit_drawing", "." + "_" * 6, engine)) == 0
        assert len(points_of("fit_drawing", "", engine)) == 0


@pytest.mark.parametrize("grid", EVERY_GRID)
def test_an_empty_drawing_is_an_empty_bitmap(grid: int) -> None:
    assert not rasterize("", grid).any()


# The bits, beside a second source


@given(drawings(), grids)
@property_of_drawings
def test_a_cell_is_on_when_3_of_its_25_points_have_ink(strokes: Strokes, grid: int) -> None:
    """Points within a millionth of the ink's edge may count or not."""
    away = ink(strokes, grid, POINTS)
    bits = rasterize(strokes, grid)
    assert np.all(bits[np.sum(away < -1e-6, axis=-1) >= ENOUGH])
    assert not np.any(bits[np.sum(away < 1e-6, axis=-1) < ENOUGH])


@pytest.mark.parametrize("grid", GRIDS)
def test_cells_with_much_ink_are_on_and_those_with_hardly_any_are_off(grid: int) -> None:
    """Area is measured at 21 × 21 points a cell: from 30 % on it is on, up to 4 % off."""
    rng = np.random.default_rng(grid)
    much = hardly = 0
    for _ in range(60 if grid < 20 else 20):
        strokes = [[(int(x), int(y)) for x, y in rng.integers(0, 512, (points, 2))] for points in rng.integers(2, 4, 2)]
        area = np.mean(ink(strokes, grid, 21) < 0, axis=-1)
        bits = rasterize(strokes, grid)
        assert np.all(bits[area >= 0.3])
        assert not np.any(bits[area <= 0.04])
        much += int(np.sum(area >= 0.3))
        hardly += int(np.sum((area > 0) & (area <= 0.04)))
    assert min(much, hardly) > 100


@given(drawings(most_strokes=3, most_points=4), st.sampled_from([1, 3, 6, 7]))
@settings(deadline=None, max_examples=40)
def test_the_source_gives_the_same_bits(strokes: Strokes, grid: int) -> None:
    np.testing.assert_array_equal(rasterize(strokes, grid, SOURCE), rasterize(strokes, grid))
    fits = [points_of("fit_drawing", strokes, engine).tobytes() for engine in ENGINES]
    assert fits[0] == fits[1]


# Dots and lines


DOTS = {
    "one point": [[(300, 40)]],
    "one point, twice": [[(300, 40), (300, 40)]],
    "two taps": [[(300, 40)], [(300, 40)]],
    "a tap that trembles": [[(300, 40), (301, 42), (303, 41), (302, 39)]],
    "a tap that slides": [[(300, 40), (303, 43)]],
}


@pytest.mark.parametrize("grid", GRIDS)
@pytest.mark.parametrize("dot", DOTS)
def test_a_dot_turns_on_the_few_cells_around_it(dot: str, grid: int) -> None:
    """They lie in the middle, and are no more than the pen could touch at most."""
    bits = rasterize(DOTS[dot], grid)
    assert 1 <= bits.sum() <= max(4, (grid / 4) ** 2)
    rows, columns = np.nonzero(bits)
    assert max(np.abs(rows - (grid - 1) / 2).max(), np.abs(columns - (grid - 1) / 2).max()) <= max(0.5, grid / 7)


@pytest.mark.parametrize("grid", GRIDS)
def test_the_dots_of_a_colon_are_kept(grid: int) -> None:
    bits = rasterize([[(100, 50)], [(100, 450)]], grid)
    assert bits[: grid // 3].any()
    assert bits[-(grid // 3) :].any()
    assert not bits[grid // 3 : -(grid // 3)].any()


@pytest.mark.parametrize("grid", GRIDS)
@pytest.mark.parametrize("length", [PEN_WIDTH, 100, 500])
def test_a_straight_line_is_as_high_as_the_pen_and_no_block(grid: int, length: int) -> None:
    """Two cells, and at 28 × 28, where the pen is 2.24 cells wide, four."""
    line = [[(5, 77), (5 + length, 77)]]
    bits = rasterize(line, grid)
    high = 2 if grid < 28 else 4
    assert bits.any(axis=1).sum() == high
    assert np.all(bits.sum(axis=1)[grid // 2 - high // 2 : grid // 2 + high // 2] >= 0.6 * grid)
    np.testing.assert_array_equal(rasterize(turned(line), grid), np.rot90(bits))


@pytest.mark.parametrize("grid", [grid for grid in GRIDS if grid < 28])
def test_a_line_that_wavers_by_a_hair_stays_one_to_three_cells_high(grid: int) -> None:
    bits = rasterize([[(5, 77), (100, 74), (200, 79), (300, 76), (400, 78)]], grid)
    assert 1 <= bits.any(axis=1).sum() <= 3
    assert bits.sum(axis=0).max() <= 2


@pytest.mark.parametrize("angle", range(0, 180, 7))
@pytest.mark.parametrize("grid", GRIDS)
def test_a_straight_line_at_any_angle_stays_a_connected_line(grid: int, angle: int) -> None:
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    ends = [(round(256 + sign * 200 * c), round(256 + sign * 200 * s)) for sign in (1, -1)]
    bits = rasterize([ends], grid)
    y, x = np.nonzero(bits)
    middle = (grid - 1) / 2
    across, along = (x - middle) * s - (y - middle) * c, (x - middle) * c + (y - middle) * s
    assert np.abs(across).max() <= 0.04 * grid + 0.72
    assert np.ptp(along) >= SPAN * grid - 2
    assert is_connected(bits)


def is_connected(bits: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> bool:
    """Return whether the cells that are on touch each other, at corners too."""
    cells = {(int(row), int(column)) for row, column in np.argwhere(bits)}
    waiting = [cells.pop()]
    while waiting:
        row, column = waiting.pop()
        around = {(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)} & cells
        cells -= around
        waiting.extend(around)
    return not cells


@pytest.mark.parametrize("grid", [grid for grid in EVERY_GRID if grid % 2 == 0])
def test_a_line_along_the_edge_of_two_columns_is_in_both(grid: int) -> None:
    """The seed's own raster takes one or the other, or neither."""
    bits = rasterize([[(256, 10), (256, 500)]], grid)
    ends = math.ceil(0.05 * grid)
    assert bits[ends : grid - ends, grid // 2 - 1 : grid // 2 + 1].all()
    np.testing.assert_array_equal(bits, np.fliplr(bits))


@pytest.mark.parametrize("grid", EVERY_GRID)
def test_a_cross_is_symmetric_on_every_grid(grid: int) -> None:
    bits = rasterize([[(0, 0), (400, 400)], [(400, 0), (0, 400)]], grid)
    for other in (np.fliplr(bits), np.flipud(bits), bits.T):
        np.testing.assert_array_equal(bits, other)
    assert bits.any()


@pytest.mark.parametrize("engine", ENGINES, ids=["compiled", "uncompiled"])
def test_the_longest_segments_stay_in_the_bitmap(engine: Engine) -> None:
    corners = [(0, 0), (LAST, LAST), (LAST, 0), (0, LAST)]
    grid = 12
    codes = np.array([*map(ord, text_of([corners]))], np.int32)
    room = np.full(grid * grid + 64, np.float32(7), np.float32)
    on = engine.call("rasterize", codes, len(codes), grid, room[32:-32])
    assert on > 0
    assert np.all(room[:32] == 7)
    assert np.all(room[-32:] == 7)


# Cells


def bitmaps(grid: int) -> st.SearchStrategy[np.ndarray[tuple[int, int], np.dtype[np.bool_]]]:
    return st.integers(0, 2 ** (grid * grid) - 1).map(
        lambda number: (np.array([*f"{number:0{grid * grid}b}"]) == "1").reshape(grid, grid)
    )


@given(st.sampled_from(GRIDS), st.data())
@property_of_drawings
def test_cells_are_their_own_bitmap_on_their_own_grid(grid: int, data: st.DataObject) -> None:
    bits = data.draw(bitmaps(grid))
    np.testing.assert_array_equal(rasterize(cells_text(bits), grid), bits)
    np.testing.assert_array_equal(rasterize(cells_text(bits), 2 * grid if grid < 20 else grid)[::1].any(), bits.any())


@given(st.sampled_from(GRIDS), grids, st.data())
@property_of_drawings
def test_cells_turn_and_mirror_on_every_grid(own: int, grid: int, data: st.DataObject) -> None:
    bits = data.draw(bitmaps(own))
    there = rasterize(cells_text(bits), grid)
    np.testing.assert_array_equal(rasterize(cells_text(np.rot90(bits)), grid), np.rot90(there))
    np.testing.assert_array_equal(rasterize(cells_text(np.fliplr(bits)), grid), np.fliplr(there))


@given(st.sampled_from(GRIDS), grids, st.data())
@property_of_drawings
def test_more_cells_never_turn_one_off(own: int, grid: int, data: st.DataObject) -> None:
    bits, more = data.draw(bitmaps(own)), data.draw(bitmaps(own))
    assert not np.any(rasterize(cells_text(bits), grid) & ~rasterize(cells_text(bits | more), grid))


@pytest.mark.parametrize("own", GRIDS)
@pytest.mark.parametrize("grid", GRIDS)
def test_an_area_of_cells_covers_what_it_covered(own: int, grid: int) -> None:
    """All cells are all cells, and a half is a half."""
    assert rasterize(cells_text(np.ones((own, own), bool)), grid).all()
    half = np.zeros((own, own), bool)
    half[: own // 2] = True
    expected = np.zeros((grid, grid), bool)
    expected[: grid // 2] = True
    np.testing.assert_array_equal(rasterize(cells_text(half), grid), expected)


@given(st.sampled_from(GRIDS), st.sampled_from(GRIDS), st.data())
@property_of_drawings
def test_cells_on_another_grid_are_on_when_3_of_25_points_lie_on_cells(
    own: int, grid: int, data: st.DataObject
) -> None:
    """A point on an edge lies on all the cells that meet there; in whole numbers nothing is rounded."""
    bits = data.draw(bitmaps(own))
    inked = np.zeros((5 * grid, 5 * grid), bool)
    for row, column in itertools.product(range(5 * grid), repeat=2):
        meeting = [{(2 * k + 1) * own // (10 * grid), ((2 * k + 1) * own - 1) // (10 * grid)} for k in (row, column)]
        inked[row, column] = any(bits[place] for place in itertools.product(*meeting))
    points = inked.reshape(grid, 5, grid, 5).sum(axis=(1, 3))
    np.testing.assert_array_equal(rasterize(cells_text(bits), grid), points >= 3)


@given(st.sampled_from(GRIDS[:3]), st.sampled_from([5, 6, 8]), st.data())
@settings(deadline=None, max_examples=20)
def test_the_source_gives_the_same_bits_of_cells(own: int, grid: int, data: st.DataObject) -> None:
    text = cells_text(data.draw(bitmaps(own)))
    np.testing.assert_array_equal(rasterize(text, grid, SOURCE), rasterize(text, grid))
