"""What `plot_units` and `plot_network` show of units, weights and biases."""

from typing import Any

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from pellucid import Experiment, Run
from pellucid.errors import ArgumentError
from pellucid.plots import plot_network, plot_surface, plot_units
from pellucid.plots.colours import DARK, LIGHT
from pellucid.plots.tiles import RESOLUTION
from plots import cases


def _surfaces(run: Run) -> np.ndarray:
    units = sum(run._block.integer("WIDTHS", column) for column in range(run._block.integer("LAYERS") + 1))
    out = np.empty((units, RESOLUTION, RESOLUTION), dtype=np.float32)
    run._block.call("surfaces", RESOLUTION, -3.0, 3.0, 0, out.ctypes.data)
    return out


def _texts(ax: Any) -> list[str]:
    return [text.get_text() for text in ax.texts]


def _edges(ax: Any) -> list[PathCollection]:
    return [each for each in ax.collections if isinstance(each, PathCollection)]


def test_every_unit_is_shown_as_the_engine_sees_it(ax: Any) -> None:
    axes = plot_units(cases.moons(), ax=ax)
    shown = [np.asarray(own.images[0].get_array()) for column in axes for own in column]
    assert (np.array(shown) == _surfaces(cases.moons())).all()


def test_pictures_go_from_the_least_to_the_greatest_value_of_the_activation(ax: Any) -> None:
    axes = plot_units(cases.spiral(), ax=ax)
    assert axes[1][0].images[0].get_clim() == (-1, 1)
    low, high = axes[2][0].images[0].get_clim()
    assert -low == high == pytest.approx(np.abs(np.asarray(axes[2][0].images[0].get_array())).max())
    assert axes[3][0].images[0].get_clim() == (0, 1)


def test_the_output_for_a_class_has_its_colour(ax: Any) -> None:
    axes = plot_units(cases.spiral(), ax=ax)
    ends = [to_hex(own.images[0].get_cmap()(1.0)) for own in axes[3]]
    assert ends == list(LIGHT.classes[:4])


def test_units_have_their_names(ax: Any) -> None:
    axes = plot_units(cases.spiral(), ax=ax)
    assert [own.get_xlabel() for own in axes[0]] == ["$x_1$", "$x_2$", "$x_1^2$", r"$\sin x_1$"]
    assert axes[1][11].get_xlabel() == "$h_{1,12}$"
    assert [own.get_xlabel() for own in axes[3]] == ["class 0", "class 1", "class 2", "class 3"]
    assert _texts(ax) == ["4 inputs", "12 units\ntanh", "6 units\nrelu", "4 outputs\nsoftmax"]


def test_pictures_lie_within_the_place_that_is_divided() -> None:
    figure, (_, right) = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    axes = plot_units(cases.spiral(), ax=right)
    figure.draw_without_rendering()
    place = right.get_position()
    for own in (own for column in axes for own in column):
        box = own.get_position()
        assert place.x0 - 1e-6 <= box.x0 < box.x1 <= place.x1 + 1e-6
        assert place.y0 - 1e-6 <= box.y0 < box.y1 <= place.y1 + 1e-6


def test_a_bitmap_has_pictures_of_what_units_look_for(ax: Any) -> None:
    run = cases.drawings()
    axes = plot_units(run, ax=ax)
    assert [len(column) for column in axes] == [12, 2]
    shown = np.array([np.asarray(own.images[0].get_array()) for own in axes[0]])
    assert (shown == run.weights[0].reshape(12, 6, 6)).all()
    product = run.weights[1] @ run.weights[0]
    assert np.asarray(axes[1][0].images[0].get_array()) == pytest.approx(product[0].reshape(6, 6), abs=1e-5)
    assert {own.images[0].get_clim() for own in axes[0]} == {axes[0][0].images[0].get_clim()}


def test_two_given_inputs_have_pictures_over_them(ax: Any) -> None:
    run = cases.given(2)
    axes = plot_units(run, ax=ax)
    assert [len(column) for column in axes] == [2, 7, 3]
    inputs = np.stack([np.asarray(own.images[0].get_array()) for own in axes[0]], axis=-1).reshape(-1, 2)
    outputs = np.stack([np.asarray(own.images[0].get_array()) for own in axes[2]], axis=-1).reshape(-1, 3)
    assert outputs == pytest.approx(run.outputs(inputs), abs=1e-6)


def test_a_wide_layer_says_how_many_units_it_does_not_show(ax: Any) -> None:
    axes = plot_units(cases.spiral(), ax=ax, most=5)
    assert [len(column) for column in axes] == [4, 5, 5, 4]
    assert _texts(ax)[1] == "12 units\ntanh\n+ 7 more"


@pytest.mark.parametrize("most", [0, 513, 2.5, True])
def test_an_impossible_number_of_units_is_refused(ax: Any, most: int) -> None:
    with pytest.raises(ArgumentError, match=f"most is {most}, but must be a whole number from 1 to 512"):
        plot_units(cases.moons(), ax=ax, most=most)


def test_inputs_without_a_picture_are_refused(ax: Any) -> None:
    with pytest.raises(ArgumentError, match="this one has 5 inputs; plot_network draws any"):
        plot_units(cases.given(), ax=ax)


# The network


def test_the_tiles_are_the_engines_pictures(ax: Any) -> None:
    plot_network(cases.moons(), ax=ax)
    assert (np.array([np.asarray(image.get_array()) for image in ax.images]) == _surfaces(cases.moons())).all()


def test_every_weight_has_an_edge_with_the_colour_of_its_sign_and_a_width_that_grows(ax: Any) -> None:
    run = cases.moons()
    plot_network(run, ax=ax)
    assert len(_edges(ax)) == 3
    for W, edges in zip(run.weights, _edges(ax), strict=True):
        weights = np.sort(np.abs(W.ravel()))
        signed = W.ravel()[np.argsort(np.abs(W.ravel()), kind="stable")]
        colours = np.asarray(edges.get_edgecolor())
        assert [to_hex(colour) for colour in colours] == [
            LIGHT.negative if weight < 0 else LIGHT.positive for weight in signed
        ]
        widths = np.asarray(edges.get_linewidth())
        assert len(widths) == W.size
        assert (np.diff(widths) >= 0).all()
        assert widths[-1] > widths[0]
        assert (np.diff(colours[:, 3]) >= 0).all()
        patterns: Any = edges.get_linestyle()
        dashed = [pattern[1] is not None for pattern in patterns]
        assert dashed == (signed < 0).tolist()
        assert len(weights) == len(edges.get_paths())


def test_edges_lead_from_unit_to_unit(ax: Any) -> None:
    run = Run(Experiment(network={"hidden": [{"units": 3}]}))
    run.set_weight(0, 2, 1, 50.0)
    plot_network(run, ax=ax)
    edges = _edges(ax)[0]
    strongest = np.asarray(edges.get_paths()[-1].vertices)
    tiles = [image.get_extent() for image in ax.images]
    (source_left, source_right, source_bottom, source_top), target = tiles[1], tiles[2 + 2]
    assert tuple(strongest[0]) == pytest.approx((source_right, (source_bottom + source_top) / 2))
    assert tuple(strongest[-1]) == pytest.approx((target[0], (target[2] + target[3]) / 2))
    assert source_left < source_right


def test_biases_have_bars_to_the_side_of_their_sign(ax: Any) -> None:
    run = Run(Experiment(network={"hidden": [{"units": 2}]}))
    run.set_bias(0, 0, 0.75)
    run.set_bias(0, 1, -0.75)
    plot_network(run, ax=ax)
    bars = [each for each in ax.collections if isinstance(each, LineCollection)][1]
    (first, second) = (
        np.ptp(segment[:, 0]) * np.sign(segment[1, 0] - segment[0, 0]) for segment in bars.get_segments()
    )
    (x0, x1, _, _) = ax.images[2].get_extent()
    assert first == -second == pytest.approx(0.18 * (x1 - x0), rel=1e-4)
    assert [to_hex(colour) for colour in np.asarray(bars.get_color())] == [LIGHT.positive, LIGHT.negative]


def test_a_wide_layer_is_abridged_and_says_so(ax: Any) -> None:
    plot_network(cases.drawings(16, 128), ax=ax)
    run = cases.drawings(16, 128)
    shown = len(_edges(ax)[1].get_paths()) // 2
    assert 4 <= shown < 128
    assert f"+ {128 - shown} more" in _texts(ax)
    assert f"the 800 strongest of {256 * shown:,} weights".replace(",", " ") in _texts(ax)
    first = _edges(ax)[0]
    assert len(first.get_paths()) == 800
    strongest = np.sort(np.abs(run.weights[0][:shown].ravel()))[-800:]
    opacity = 0.12 + 1.05 * strongest / (strongest + 1.5)
    assert np.asarray(first.get_edgecolor())[:, 3] == pytest.approx(np.minimum(1, opacity), abs=1e-6)


def test_the_number_of_units_can_be_chosen(ax: Any) -> None:
    plot_network(cases.spiral(), ax=ax, most=3)
    assert [text for text in _texts(ax) if "more" in text] == ["+ 2 more", "+ 10 more", "+ 4 more", "+ 2 more"]


def test_a_small_picture_shows_fewer_units() -> None:
    def shown(height: float) -> int:
        ax = plot_network(cases.spiral(), ax=Figure((6, height)).subplots())
        return len(ax.images)

    assert shown(2) < shown(3) < shown(6) == 4 + 12 + 6 + 4


def test_tiles_can_show_another_part_of_the_plane(ax: Any) -> None:
    limits = ((0.0, 2.0), (-1.0, 3.0))
    plot_network(cases.moons(), ax=ax, limits=limits)
    x1, x2 = (np.asarray(image.get_array()) for image in ax.images[:2])
    assert (x1[0, 0], x1[0, -1]) == pytest.approx((1 / RESOLUTION, 2 - 1 / RESOLUTION))
    assert (x2[0, 0], x2[-1, 0]) == pytest.approx((3 - 2 / RESOLUTION, -1 + 2 / RESOLUTION))
    answer = np.asarray(ax.images[-1].get_array())
    outputs = cases.moons().outputs(np.column_stack([x1.ravel(), x2.ravel()]))
    assert answer.ravel() == pytest.approx(outputs[:, 0], abs=1e-5)


def test_units_of_scaled_points_are_shown_over_the_same_part_as_the_answer(ax: Any) -> None:
    run = cases.table()
    axes = plot_units(run, ax=ax)
    surface = plot_surface(run, ax=Figure().subplots(), resolution=RESOLUTION)
    answer = np.asarray(axes[-1][0].images[0].get_array())
    assert answer == pytest.approx(np.asarray(surface.images[0].get_array()), abs=1e-4)


def test_a_bitmap_shows_the_mean_of_the_samples(ax: Any) -> None:
    run = cases.drawings()
    plot_network(run, ax=ax)
    shown = [np.asarray(image.get_array()) for image in ax.images]
    mean = run.inputs[: run.train_samples].mean(axis=0).reshape(6, 6)
    assert any(picture.shape == mean.shape and np.allclose(picture, mean) for picture in shown)
    assert "6 × 6 pixels" in _texts(ax)
    assert "mean of the\ntraining samples" in _texts(ax)


def test_the_first_character_has_the_colour_of_what_speaks_for_it() -> None:
    from pellucid.plots.subject import Subject

    assert Subject(cases.drawings(), "test").class_colours(LIGHT) == (LIGHT.positive, LIGHT.negative)


def test_given_inputs_and_classes_have_their_names(ax: Any) -> None:
    plot_network(cases.Estimator(5), ax=ax)
    assert [f"feature {number}" for number in range(5)] == _texts(ax)[1:6]
    assert _texts(ax)[-3:] == ["ant", "bee", "cat"]
    circles = [patch for patch in ax.patches if isinstance(patch, Circle)]
    assert len(circles) == 5 + 7 + 3
    assert [to_hex(circle.get_edgecolor()) for circle in circles[-3:]] == list(LIGHT.classes[:3])


def test_names_do_not_reach_beyond_the_picture() -> None:
    figure = plt.figure(figsize=(7.2, 4.6))
    ax = plot_network(cases.Estimator(5), ax=figure.add_axes((0, 0, 1, 1)))
    figure.draw_without_rendering()
    for text in ax.texts:
        box = text.get_window_extent()
        assert 0 <= box.x0 < box.x1 <= figure.bbox.x1, text.get_text()


def test_a_run_that_diverged_can_be_looked_at(ax: Any) -> None:
    run = Run(Experiment(training={"learning_rate": 0.1}))
    W, _ = run._block.layers("PARAMETERS")[0]
    W[0, 0] = np.nan
    plot_network(run, ax=ax, theme="dark")
    assert np.isfinite(_edges(ax)[0].get_linewidth()).all()
    assert np.asarray(_edges(ax)[0].get_edgecolor())[-1][3] == 1
    assert to_rgba(DARK.card) == ax.figure.get_facecolor()


@pytest.mark.parametrize("most", [1, 65, "8"])
def test_an_impossible_number_of_tiles_is_refused(ax: Any, most: int) -> None:
    with pytest.raises(ArgumentError, match="but must be a whole number from 2 to 64"):
        plot_network(cases.moons(), ax=ax, most=most)
