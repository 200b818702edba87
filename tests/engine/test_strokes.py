"""Drawings as text: what is one, what it holds, and how strokes and cells are written."""

import re

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.drawings import (
    ALPHABET,
    COORDINATES,
    GRIDS,
    LAST,
    Stroke,
    Strokes,
    cells_text,
    codes_of,
    distances,
    drawings,
    points_of,
    rows_of,
    text_of,
)
from engine.forms import ENUMERATIONS, NATIVE, SOURCE, Engine
from pellucid import Data
from pellucid.errors import ExperimentError
from pellucid.experiment.data import DRAWING

BAD = ENUMERATIONS["Status"]["bad_drawing"]
ENGINES = (NATIVE, SOURCE)

TEXTS = (
    drawings().map(text_of)
    | st.text(ALPHABET + ".", max_size=40)
    | st.text(max_size=12)
    | st.sampled_from(GRIDS).flatmap(
        lambda grid: st.text(ALPHABET, min_size=(grid * grid + 5) // 6, max_size=(grid * grid + 5) // 6).map(
            ".".__add__
        )
    )
)


def is_drawing(text: str, engine: Engine = NATIVE) -> bool:
    """Return whether every function that takes a drawing takes this one."""
    codes = codes_of(text)
    results = [
        engine.call("rasterize", codes, len(codes), 6, np.zeros(36, np.float32)),
        engine.call("fit_drawing", codes, len(codes), np.zeros((len(codes), 3), np.float32)),
        engine.call("read_strokes", codes, len(codes), np.zeros((len(codes), 3), np.float32)),
    ]
    assert len({result == BAD for result in results}) == 1
    assert all(result >= 0 or result == BAD for result in results)
    return results[0] != BAD


def is_data(text: str) -> bool:
    """Return whether an experiment takes the drawing."""
    try:
        Data(kind="given", drawings=[text], targets=[0])
    except ExperimentError:
        return False
    return True


@given(TEXTS, st.data())
@example("AAA\n", None)
@example("AAA.", None)
@example(".AAA", None)
@example("AAA..AAA", None)
@example(".", None)
@settings(deadline=None)
def test_the_engine_takes_the_texts_that_the_schema_takes(text: str, data: st.DataObject | None) -> None:
    if data is not None and text and data.draw(st.booleans()):
        place = data.draw(st.integers(0, len(text) - 1))
        text = (
            text[:place] + data.draw(st.sampled_from(["", ".", "+", "=", "\n", "é", "\U00010041"])) + text[place + 1 :]
        )
    if text == "":
        assert not is_data(text)
        return
    expected = re.fullmatch(DRAWING.replace("$", r"\Z"), text) is not None
    assert is_data(text) == expected
    assert [is_drawing(text, engine) for engine in ENGINES] == [expected] * 2


def test_no_text_is_an_empty_drawing() -> None:
    for engine in ENGINES:
        assert is_drawing("", engine)
        assert points_of("read_strokes", "", engine).shape == (0, 3)


def test_64_characters_and_no_other_stand_for_numbers() -> None:
    accepted = {chr(code) for code in range(0x500) if is_drawing(f"AA{chr(code)}")}
    assert accepted == set(ALPHABET)
    for code in (-1, -(2**31), 2**31 - 1, 0x10041):
        codes = np.array([65, 65, code], np.int32)
        assert NATIVE.call("read_strokes", codes, 3, np.zeros(9, np.float32)) == BAD


def test_cells_are_told_by_their_number_of_characters() -> None:
    accepted = {length for length in range(200) if is_drawing("." + "A" * length)}
    assert accepted == {6, 11, 17, 24, 43, 67, 131}


def test_every_point_of_the_pad_can_be_read() -> None:
    places = [*range(LAST + 1)]
    strokes = [[*zip(places, places[::-1], strict=True)]]
    for engine in ENGINES:
        np.testing.assert_array_equal(points_of("read_strokes", strokes, engine), rows_of(strokes))


@given(drawings(), st.sampled_from(ENGINES))
@settings(deadline=None)
def test_strokes_are_read_as_they_were_written(strokes: Strokes, engine: Engine) -> None:
    np.testing.assert_array_equal(points_of("read_strokes", strokes, engine), rows_of(strokes))


def write(points: npt.NDArray[np.float32], tolerance: float, engine: Engine = NATIVE) -> str:
    """Return the text that the engine writes; nothing but its room of four codes a point may be written to."""
    room = np.full(4 * len(points) + 8, -7, np.int32)
    length = engine.call("write_strokes", points.copy(), len(points), tolerance, room)
    assert 0 <= length <= 4 * len(points)
    assert np.all(room[4 * len(points) :] == -7)
    return "".join(map(chr, room[:length]))


def without_repeats(stroke: Stroke) -> Stroke:
    return [point for k, point in enumerate(stroke) if k == 0 or point != stroke[k - 1]]


@given(drawings(), st.sampled_from(ENGINES))
@settings(deadline=None)
def test_strokes_are_written_by_the_format(strokes: Strokes, engine: Engine) -> None:
    assert write(rows_of(strokes), 0.0, engine) == text_of([without_repeats(stroke) for stroke in strokes])


@given(st.lists(st.tuples(*[st.floats(width=32)] * 2), min_size=1, max_size=5))
@settings(deadline=None)
def test_points_of_any_kind_are_rounded_and_kept_on_the_pad(places: list[tuple[float, float]]) -> None:
    points = np.array([(*place, 1) for place in places], np.float32)
    texts = {write(points, tolerance, engine) for tolerance in (0.0, 1.5) for engine in ENGINES}
    assert len(texts) == 1
    read = points_of("read_strokes", texts.pop())
    inside = np.clip(np.nan_to_num(points[:, :2].astype(float), nan=0.0), 0, LAST)
    assert np.abs(read[:, :2] - inside).max() <= 0.5 + 2.0**-15  # x + ½ is rounded too


def smooth(steps: list[tuple[int, int]], start: tuple[int, int]) -> Stroke:
    """Return a stroke that goes on from point to point by small steps, on the pad."""
    places = np.clip(np.cumsum([start, *steps], axis=0), 0, LAST)
    return [(int(x), int(y)) for x, y in places]


STEPS = st.tuples(st.integers(-6, 6), st.integers(-6, 6))
HANDS = st.builds(smooth, st.lists(STEPS, max_size=40), st.tuples(COORDINATES, COORDINATES)) | st.lists(
    st.tuples(COORDINATES, COORDINATES), min_size=1, max_size=12
)
TOLERANCES = st.sampled_from([0.5, 1.5, 4.0])


def is_simplified_within(stroke: Stroke, kept: Stroke, tolerance: float) -> bool:
    """Return whether points of `kept` are some of the stroke's, in order, and the others near the line between them."""
    reached = {0} if stroke[0] == kept[0] else set()
    for piece in range(1, len(kept)):
        following = set()
        for first in reached:
            for last in range(first + 1, len(stroke)):
                between = np.array(stroke[first : last + 1], float)
                line = [np.array([kept[piece - 1], kept[piece]], float)]
                if stroke[last] == kept[piece] and distances(line, between).max() <= tolerance:
                    following.add(last)
        reached = following
    at_rest = [np.array([kept[-1]], float)]
    return any(distances(at_rest, np.array(stroke[first:], float)).max() <= tolerance for first in reached)


@given(HANDS, TOLERANCES)
@settings(deadline=None, max_examples=150)
def test_simplifying_moves_no_point_further_than_the_tolerance(stroke: Stroke, tolerance: float) -> None:
    text = write(rows_of([stroke]), tolerance)
    assert write(rows_of([stroke]), tolerance, SOURCE) == text
    kept = [(int(x), int(y)) for x, y, _ in points_of("read_strokes", text)]
    assert (kept[0], kept[-1]) == (stroke[0], stroke[-1])
    assert is_simplified_within(stroke, kept, tolerance + 1e-3)


@given(st.lists(HANDS, min_size=1, max_size=3), TOLERANCES)
@settings(deadline=None)
def test_each_stroke_is_simplified_for_itself(strokes: Strokes, tolerance: float) -> None:
    together = write(rows_of(strokes), tolerance)
    assert together == ".".join(write(rows_of([stroke]), tolerance) for stroke in strokes)


@pytest.mark.parametrize("engine", ENGINES, ids=["compiled", "uncompiled"])
def test_a_straight_line_is_its_two_ends(engine: Engine) -> None:
    line = [(10 + 3 * k, 20 + 4 * k) for k in range(100)]
    assert write(rows_of([line]), 1.5, engine) == text_of([[line[0], line[-1]]])


def test_a_bend_larger_than_the_tolerance_is_kept_and_a_smaller_one_is_not() -> None:
    for height, kept in ((1, False), (2, True)):
        stroke = [(0, 100), (50, 100 + height), (100, 100)]
        assert (len(points_of("read_strokes", write(rows_of([stroke]), 1.5))) == 3) == kept


@given(st.sampled_from(GRIDS), st.data(), st.sampled_from(ENGINES))
@settings(deadline=None)
def test_cells_are_written_by_the_format(grid: int, data: st.DataObject, engine: Engine) -> None:
    number = data.draw(st.integers(0, 2 ** (grid * grid) - 1))
    bits = np.array([*f"{number:0{grid * grid}b}"]) == "1"
    room = np.full(len(cells_text(bits)) + 4, -7, np.int32)
    length = engine.call("write_cells", bits.astype(np.float32), grid, room)
    assert "".join(map(chr, room[:length])) == cells_text(bits)
    assert np.all(room[length:] == -7)
