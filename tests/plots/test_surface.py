"""What `plot_surface` shows: the engine's own numbers, the samples, names, and whose axes it uses."""

from typing import Any

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.contour import QuadContourSet

from pellucid import Experiment, Run
from pellucid.errors import ArgumentError
from pellucid.live_network import LiveNetwork
from pellucid.plots import plot_confusion, plot_loss, plot_network, plot_surface, plot_units
from pellucid.plots.colours import DARK, LIGHT
from plots import cases


def _marks(ax: Any) -> tuple[PathCollection, PathCollection]:
    held_out, trained = (each for each in ax.collections if isinstance(each, PathCollection))
    return held_out, trained


def _names(ax: Any) -> list[str]:
    legend = ax.get_legend()
    return [text.get_text() for text in legend.texts] if legend else []


def test_shows_what_the_engine_paints(ax: Any) -> None:
    run = cases.moons()
    plot_surface(run, ax=ax, resolution=40)
    engine = np.empty((40, 40), dtype=np.float32)
    run._block.call("surfaces", 40, -3.0, 3.0, run._block.integer("LAYERS"), engine.ctypes.data)
    (image,) = ax.images
    assert np.asarray(image.get_array()) == pytest.approx(engine, abs=1e-5)
    assert image.get_extent() == [-3, 3, -3, 3]
    assert image.get_clim() == (0, 1)


def test_the_line_lies_where_the_answer_changes_over(ax: Any) -> None:
    run = cases.moons()
    plot_surface(run, ax=ax)
    (line,) = (each for each in ax.collections if isinstance(each, QuadContourSet))
    points = np.vstack([path.vertices for path in line.get_paths()])
    inside = points[(np.abs(points) < 2.95).all(axis=1)]
    assert len(inside) > 100
    assert run.outputs(inside)[:, 0] == pytest.approx(0.5, abs=0.02)


def test_the_line_reaches_the_edges_of_the_picture(ax: Any) -> None:
    plot_surface(cases.moons(), ax=ax)
    (line,) = (each for each in ax.collections if isinstance(each, QuadContourSet))
    points = np.vstack([path.vertices for path in line.get_paths()])
    assert (points.min(), points.max()) == (-3, 3)


def test_samples_lie_where_they_are_in_the_colours_of_their_classes(ax: Any) -> None:
    run = cases.moons()
    plot_surface(run, ax=ax)
    held_out, trained = _marks(ax)
    for part, marks in ((slice(0, run.train_samples), trained), (slice(run.train_samples, None), held_out)):
        places = {
            tuple(point): LIGHT.classes[int(label)]
            for point, label in zip(run.points[part], run.values[part], strict=True)
        }
        shown = {
            tuple(place): to_hex(face)
            for place, face in zip(
                np.asarray(marks.get_offsets(), np.float32), np.asarray(marks.get_facecolor()), strict=True
            )
        }
        assert shown == places


def test_as_many_samples_are_marked_as_the_confusion_matrix_counts(ax: Any) -> None:
    run = cases.moons()
    plot_surface(run, ax=ax)
    held_out, trained = _marks(ax)
    for marks, counts in ((trained, run.confusion), (held_out, run.test_confusion)):
        rims = [to_hex(rim) for rim in np.asarray(marks.get_edgecolor())]
        assert rims.count(LIGHT.ink) == counts.sum() - counts.trace() > 0
        assert rims.count(LIGHT.point_rim) == counts.trace()


def test_classes_are_blended_in_the_engines_picture(ax: Any) -> None:
    plot_surface(cases.spiral(), ax=ax, resolution=50)
    (image,) = ax.images
    pixels = np.asarray(image.get_array())
    assert pixels.shape == (50, 50, 4)
    assert (pixels[..., 3] == 255).all()
    assert len(np.unique(pixels.reshape(-1, 4), axis=0)) > 100
    lines = [each for each in ax.collections if isinstance(each, QuadContourSet)]
    assert len(lines) == 3


def test_a_decision_has_one_colour_for_each_class(ax: Any) -> None:
    plot_surface(cases.spiral(), ax=ax, show="decision", resolution=50)
    pixels = np.asarray(ax.images[0].get_array())
    assert len(np.unique(pixels.reshape(-1, 4), axis=0)) == 4


def test_a_decision_between_two_has_two_colours(ax: Any) -> None:
    plot_surface(cases.moons(), ax=ax, show="decision")
    assert ax.images[0].get_cmap().N == 2


def test_values_to_fit_have_a_bar_in_their_own_units(ax: Any) -> None:
    run = cases.fitted()
    plot_surface(run, ax=ax)
    low, high = ax.images[0].get_clim()
    values = 500 + 30 * np.asarray(cases.fitted().experiment.data.points)[:, 0]
    assert low < values.min() < values.max() <= high + 1e-3
    (bar,) = ax.child_axes
    assert bar.get_ylim() == pytest.approx((low, high))
    assert not [each for each in ax.collections if isinstance(each, QuadContourSet)]


def test_axes_are_in_the_units_of_the_data_and_have_their_names(ax: Any) -> None:
    plot_surface(cases.table(), ax=ax)
    points = np.asarray(cases.table().experiment.data.points)
    assert ax.get_xlim()[0] < points[:, 0].min() < points[:, 0].max() < ax.get_xlim()[1]
    assert ax.get_ylim()[0] < points[:, 1].min() < points[:, 1].max() < ax.get_ylim()[1]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("height in cm", r"income in \$")
    shown = np.vstack([np.asarray(marks.get_offsets()) for marks in _marks(ax)])
    assert np.sort(shown, axis=0) == pytest.approx(np.sort(points[:, :2], axis=0), rel=1e-4)


def test_the_legend_names_classes_and_marks(ax: Any) -> None:
    assert _names(plot_surface(cases.table(), ax=ax)) == [r"\$mall\$", "tall", "training", "test", "misread"]


def test_without_samples_held_out_there_is_no_word_of_them(ax: Any) -> None:
    run = Run(Experiment(data={"test_share": 0}))
    assert _names(plot_surface(run, ax=ax)) == ["class 0", "class 1", "training", "misread"]


def test_samples_and_legend_can_be_left_out(ax: Any) -> None:
    plot_surface(cases.moons(), ax=ax, samples=False, legend=False)
    assert ax.get_legend() is None
    assert not [each for each in ax.collections if isinstance(each, PathCollection)]


def test_other_samples_can_be_shown_in_place_of_the_own(ax: Any) -> None:
    plot_surface(cases.table(), [[165, 30_000], [175, 29_000]], ["tall", "tall"], ax=ax)
    _, marks = _marks(ax)
    assert np.asarray(marks.get_offsets()).tolist() == [[175, 29_000], [165, 30_000]]
    assert {to_hex(face) for face in np.asarray(marks.get_facecolor())} == {LIGHT.classes[1]}
    assert to_hex(np.asarray(marks.get_edgecolor())[1]) == LIGHT.ink


def test_a_network_of_two_given_inputs_is_drawn_over_the_range_of_its_samples(ax: Any) -> None:
    run = cases.given(2)
    plot_surface(run, ax=ax)
    low, high = run.inputs.min(axis=0), run.inputs.max(axis=0)
    assert ax.get_xlim()[0] < low[0] < high[0] < ax.get_xlim()[1]
    assert ax.get_ylim()[0] < low[1] < high[1] < ax.get_ylim()[1]
    assert _names(ax)[:3] == ["setosa", "versicolor", "virginica"]


def test_an_estimator_is_drawn_with_its_own_names(ax: Any) -> None:
    X = cases.given(2).inputs[:6] * [1, 20]
    plot_surface(cases.Estimator(), X, ["ant", "bee", "cat", "ant", "bee", "cat"], ax=ax)
    assert _names(ax) == ["ant", "bee", "cat", "misread"]  # nobody knows whether it was trained on them
    assert ax.get_xlim()[1] - ax.get_xlim()[0] == pytest.approx(1.1 * np.ptp(X[:, 0]), rel=1e-4)
    assert ax.get_ylim()[1] - ax.get_ylim()[0] == pytest.approx(1.1 * np.ptp(X[:, 1]), rel=1e-4)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("feature 0", "feature 1")


def test_limits_are_in_the_units_of_the_data(ax: Any) -> None:
    plot_surface(cases.table(), ax=ax, limits=((100, 240), (20_000, 40_000)))
    assert ax.images[0].get_extent() == [100, 240, 20_000, 40_000]
    run = cases.table()
    corner = np.asarray(ax.images[0].get_array())[0, 0]
    cells = np.asarray(ax.images[0].get_array()).shape[0]
    x = [[100 + 70 / cells, 40_000 - 10_000 / cells]]
    assert corner == pytest.approx(run.outputs(x)[0, 0], abs=1e-5)


def test_the_current_axes_are_used_and_else_new_ones() -> None:
    ax = plot_surface(cases.moons())
    assert plt.get_fignums() == [1]
    assert ax is plt.gca()
    _, (left, right) = plt.subplots(1, 2)
    plt.sca(left)
    assert plot_surface(cases.moons()) is left
    assert plot_surface(cases.moons(), ax=right) is right
    assert plt.get_fignums() == [1, 2]


def test_what_was_drawn_before_is_not_drawn_over() -> None:
    run = cases.moons()
    plots: tuple[Any, ...] = (plot_surface, plot_network, plot_units, plot_confusion, plot_loss)
    for count, plot in enumerate(plots, start=1):
        plot(run)
        assert plt.get_fignums() == list(range(1, count + 1))


def test_a_dark_background_has_the_dark_look(ax: Any) -> None:
    ax.figure.set_facecolor("#101010")
    plot_surface(cases.moons(), ax=ax)
    assert to_hex(ax.xaxis.label.get_color()) == DARK.ink
    assert to_hex(ax.figure.get_facecolor()) == "#101010"


def test_a_theme_that_is_asked_for_paints_the_background_too(ax: Any) -> None:
    plot_surface(cases.moons(), ax=ax, theme="dark")
    assert to_hex(ax.figure.get_facecolor()) == DARK.card


@pytest.mark.parametrize("run", [cases.table, cases.moons, cases.spiral])
def test_nothing_is_clipped_in_a_constrained_layout(run: Any) -> None:
    figure = plt.figure(figsize=(5.6, 4.6), layout="constrained")
    ax = plot_surface(run(), ax=figure.subplots())
    figure.draw_without_rendering()
    box = ax.get_tightbbox()
    assert box is not None
    whole = figure.bbox
    assert whole.x0 <= box.x0 < box.x1 <= whole.x1
    assert whole.y0 <= box.y0 < box.y1 <= whole.y1


def test_the_name_of_an_axis_does_not_lie_on_its_numbers(ax: Any) -> None:
    plot_surface(cases.moons(), limits=((0, 1), (100, 900)), ax=ax)
    ax.figure.draw_without_rendering()
    name = ax.yaxis.label.get_window_extent()
    assert all(name.x1 < number.get_window_extent().x0 for number in ax.get_yticklabels())


def test_a_large_network_is_drawn_more_coarsely(ax: Any) -> None:
    run = Run(Experiment(data={"samples": 10}, network={"hidden": [{"units": 512}] * 3}))
    plot_surface(run, ax=ax, samples=False)
    assert np.asarray(ax.images[0].get_array()).shape == (61, 61)


def test_a_run_without_samples_can_be_drawn(ax: Any) -> None:
    run = Run(Experiment(data={"kind": "given", "points": []}))
    plot_surface(run, ax=ax)
    assert ax.get_xlim() == (-3, 3)


def test_a_live_network_alone_is_enough(ax: Any) -> None:
    plot_surface(LiveNetwork(cases.moons()._block), ax=ax)
    assert _names(ax)[:2] == ["class 0", "class 1"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"show": "maybe"}, "show is 'maybe', but must be 'sure' or 'decision'."),
        ({"theme": "blue"}, "theme is 'blue', but must be 'light', 'dark' or None."),
        ({"resolution": 2}, "resolution is 2, but must be a whole number from 8 to 2,000."),
        ({"limits": ((1, 0), (0, 1))}, "limits is .*, but must be two pairs of rising numbers"),
        ({"limits": 3}, "limits is 3, but must be two pairs"),
        ({"y": [1]}, "y is given without X"),
        ({"X": [[1, 2, 3]]}, r"X has the shape \(1, 3\), but must have the shape \(n, 2\)."),
        ({"X": [[1, 2]], "y": [1, 0]}, r"y has the shape \(2,\), but must have the shape \(1,\)"),
        ({"X": [[1, 2]], "y": [2]}, "y has 2, but must be classes: numbers from 0 to 1."),
    ],
)
def test_what_it_cannot_do_it_refuses(ax: Any, arguments: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ArgumentError, match=sentence):
        plot_surface(cases.moons(), ax=ax, **arguments)


def test_a_network_of_many_inputs_is_refused(ax: Any) -> None:
    with pytest.raises(ArgumentError, match="draws networks that see the plane or two inputs, but this one has 5"):
        plot_surface(cases.given(), ax=ax)


def test_an_unknown_class_is_refused(ax: Any) -> None:
    with pytest.raises(ArgumentError, match="y has the class 'dog', but the classes are ant, bee, cat"):
        plot_surface(cases.Estimator(), [[0, 0]], ["dog"], ax=ax)


def test_what_is_no_network_is_refused(ax: Any) -> None:
    with pytest.raises(
        ArgumentError, match="draws a Run, a LiveNetwork or a fitted estimator of Pellucid, but was given a list"
    ):
        plot_surface([], ax=ax)
