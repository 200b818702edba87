"""What `plot_loss` and `plot_confusion` show: the run's own numbers."""

from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_hex

from pellucid import Experiment, Run
from pellucid.errors import ArgumentError
from pellucid.moment import Moment
from pellucid.plots import plot_confusion, plot_loss
from pellucid.plots.colours import LIGHT
from plots import cases


def test_the_curves_are_the_history(ax: Any) -> None:
    run = cases.moons()
    plot_loss(run, ax=ax)
    test, training = ax.lines
    assert training.get_xdata() == pytest.approx([moment.epochs for moment in run.history])
    assert training.get_ydata() == pytest.approx([moment.loss for moment in run.history])
    assert test.get_ydata() == pytest.approx([moment.test_loss for moment in run.history])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("epoch", "loss")
    assert ax.get_ylim()[0] == 0


def test_moments_within_an_epoch_are_counted_by_updates(ax: Any) -> None:
    run = Run(Experiment())
    for _ in range(4):
        run.step(2)
        assert run.loss > 0
    plot_loss(run, ax=ax)
    assert ax.get_xlabel() == "update"
    assert list(ax.lines[1].get_xdata()) == [0, 2, 4, 6, 8]


def test_what_is_counted_can_be_chosen(ax: Any) -> None:
    plot_loss(cases.moons(), ax=ax, over="updates")
    assert ax.get_xlim() == (0, cases.moons().updates)


def test_a_list_of_moments_is_enough(ax: Any) -> None:
    plot_loss(cases.moons().history[:5], ax=ax)
    assert len(np.asarray(ax.lines[1].get_xdata())) == 5


def test_accuracy_is_in_percent(ax: Any) -> None:
    run = cases.spiral()
    plot_loss(run, ax=ax, show="accuracy")
    assert ax.lines[1].get_ydata() == pytest.approx([moment.accuracy for moment in run.history])
    assert ax.get_ylim()[1] == 1
    ax.figure.draw_without_rendering()
    assert ax.get_yticklabels()[-1].get_text() == "100 %"


def test_a_logarithmic_axis_has_plain_numbers(ax: Any) -> None:
    plot_loss(cases.spiral(), ax=ax, log=True)
    assert ax.get_yscale() == "log"
    ax.figure.draw_without_rendering()
    written = [label.get_text() for label in ax.get_yticklabels(which="both") if label.get_text()]
    assert "0.4" in written
    assert not any("e" in text or "$" in text for text in written)


def test_without_samples_held_out_there_is_one_line_in_the_legend(ax: Any) -> None:
    run = Run(Experiment(data={"test_share": 0}))
    run.epoch(2)
    plot_loss(run, ax=ax)
    legend = ax.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.texts] == ["training"]


def test_what_is_not_finite_leaves_a_gap(ax: Any) -> None:
    moments = [Moment(k, k, loss, None, None, None) for k, loss in enumerate((1.0, 2.0, float("inf"), float("nan")))]
    plot_loss(moments, ax=ax)
    assert np.isnan(np.asarray(ax.lines[1].get_ydata())[2:]).all()
    assert ax.get_ylim() == pytest.approx((0, 2.1))


def test_a_run_at_its_start_has_one_dot(ax: Any) -> None:
    run = Run(Experiment())
    plot_loss(run, ax=ax)
    assert np.asarray(ax.collections[0].get_offsets()).tolist() == [[0, run.loss]]


@pytest.mark.parametrize(
    ("run", "options", "sentence"),
    [
        ([], {}, "There are no moments to draw"),
        (3, {}, "draws a Run, a list of Moments or a fitted estimator, but was given a int"),
        ([1, 2], {}, "draws a Run, a list of Moments or a fitted estimator, but was given a list"),
        (cases.moons, {"show": "both"}, "show is 'both', but must be 'loss' or 'accuracy'"),
        (cases.moons, {"over": "time"}, "over is 'time', but must be 'epochs', 'updates' or None"),
        (cases.bumps, {"show": "accuracy"}, "show is 'accuracy', but in regression moments have none"),
    ],
)
def test_what_cannot_be_drawn_is_refused(ax: Any, run: object, options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ArgumentError, match=sentence):
        plot_loss(run() if callable(run) else run, ax=ax, **options)


def test_the_loss_curve_of_an_estimator_is_drawn(ax: Any) -> None:
    plot_loss(cases.Estimator(), ax=ax)
    assert list(ax.lines[1].get_xdata()) == [1, 2, 3]
    assert list(ax.lines[1].get_ydata()) == [0.9, 0.5, 0.4]
    with pytest.raises(ArgumentError, match="an estimator's loss_curve_ counts epochs"):
        plot_loss(cases.Estimator(), ax=ax, over="updates")


def test_other_samples_can_be_counted(ax: Any) -> None:
    X = cases.given(2).inputs[:9]
    names = np.array(["ant", "bee", "cat"])
    predicted = cases.Estimator().network_.predict(X)
    actual = np.roll(predicted, 1)
    plot_confusion(cases.Estimator(), X, names[actual], ax=ax)
    expected = np.zeros((3, 3), dtype=int)
    for true, taken in zip(actual, predicted, strict=True):
        expected[true, taken] += 1
    shown = np.array([int(text.get_text().split()[0]) for text in ax.texts]).reshape(3, 3)
    assert (shown == expected).all()
    assert ax.get_ylabel() == "true"


@pytest.mark.parametrize("part", ["train", "test"])
def test_the_cells_are_the_runs_own_counts(ax: Any, part: Any) -> None:
    run = cases.spiral()
    plot_confusion(run, ax=ax, part=part)
    counts = run.confusion if part == "train" else run.test_confusion
    shown = np.array([int(text.get_text().split()[0]) for text in ax.texts]).reshape(4, 4)
    assert (shown == counts).all()
    shares = 100 * counts / counts.sum(axis=1, keepdims=True)
    for text, share in zip(ax.texts, shares.ravel(), strict=True):
        assert share == 0 or text.get_text().endswith(f"\n{share:.0f} %")


def test_samples_held_out_come_first_and_else_those_trained_on(ax: Any) -> None:
    assert plot_confusion(cases.given(), ax=ax).get_ylabel() == "true (test samples)"
    ax.clear()
    run = Run(Experiment(data={"test_share": 0}))
    assert plot_confusion(run, ax=ax).get_ylabel() == "true (training samples)"


def test_classes_have_their_names_and_colours(ax: Any) -> None:
    plot_confusion(cases.given(), ax=ax)
    names = ["setosa", "versicolor", "virginica"]
    assert [label.get_text() for label in ax.get_xticklabels()] == names
    assert [label.get_text() for label in ax.get_yticklabels()] == names
    dots = [to_hex(each.get_facecolor()[0]) for each in ax.collections[2:]]
    assert dots == list(LIGHT.classes[:3])


def test_a_true_class_without_samples_has_no_shares(ax: Any) -> None:
    run = Run(Experiment(data={"kind": "given", "points": [[0, 0, 0], [1, 1, 0]], "held_out": []}))
    plot_confusion(run, ax=ax)
    assert [text.get_text() for text in ax.texts][2:] == ["0", "0"]


def test_drawing_the_matrix_changes_nothing_in_the_run(ax: Any) -> None:
    run = Run(Experiment())
    run.step(3)
    before = run._block.words.copy()
    plot_confusion(run, ax=ax)
    assert (run._block.words == before).all()


def test_regression_and_missing_samples_are_refused(ax: Any) -> None:
    with pytest.raises(ArgumentError, match="this one fits numbers"):
        plot_confusion(cases.bumps(), ax=ax)
    with pytest.raises(ArgumentError, match="no sample is held out"):
        plot_confusion(Run(Experiment(data={"test_share": 0})), ax=ax, part="test")
    with pytest.raises(ArgumentError, match="has no samples of its own: give X and y"):
        plot_confusion(cases.Estimator(), ax=ax)
    with pytest.raises(ArgumentError, match="X and y must be given together"):
        plot_confusion(cases.given(2), [[0, 0]], ax=ax)
    with pytest.raises(ArgumentError, match="part is for the network's own samples"):
        plot_confusion(cases.given(2), [[0, 0]], [1], ax=ax, part="test")
    with pytest.raises(ArgumentError, match="part is 'all', but must be 'train', 'test' or None"):
        plot_confusion(cases.moons(), ax=ax, part="all")  # type: ignore[arg-type] # so it shall be
