"""A run for Python: the same bits every time, its numbers, and what it answers."""

import hashlib

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from experiment_strategies import experiments
from pellucid import Experiment, Run, raster
from pellucid.errors import ArgumentError, DivergedError, StateError

REGRESSION = Experiment(data={"kind": "plane"})
THREE_CLASSES = Experiment(data={"kind": "blobs", "classes": 3})
DIVERGING = Experiment(
    network={"hidden": [{"units": 8, "activation": "relu"}], "output_activation": "linear"},
    training={"loss": "squared_error", "learning_rate": 100},
)
SEED_OF_DRAWINGS = Experiment(
    data={"kind": "given", "inputs": np.eye(36)[:10], "targets": [0, 1] * 5, "test_share": 0},
    network={
        "hidden": [{"units": 12, "activation": "sigmoid"}],
        "outputs": "per_class",
        "output_activation": "sigmoid",
        "initializer": "uniform",
    },
    training={"loss": "squared_error", "learning_rate": 0.5, "batch_size": 1},
)


def test_the_default_experiment_is_learnt() -> None:
    run = Run(Experiment())
    run.epoch(100)
    assert run.loss < 0.05
    assert run.test_accuracy is not None
    assert run.test_accuracy > 0.95


def test_the_same_experiment_gives_the_same_bits() -> None:
    first, second = Run(Experiment()), Run(Experiment())
    first.epoch(7)
    second.step(7 * 15)
    assert first.weights_sha256 == second.weights_sha256
    assert (first.loss, first.test_loss, first.accuracy) == (second.loss, second.test_loss, second.accuracy)


def test_reset_is_the_same_start_again() -> None:
    run = Run(Experiment())
    start, beginning = run.weights_sha256, run.history[0]
    run.epoch(3)
    assert run.weights_sha256 != start
    run.reset()
    assert (run.weights_sha256, run.updates, run.epochs, run.history) == (start, 0, 0, [beginning])


@pytest.mark.parametrize("seed", ["data.seed", "network.seed", "training.seed"])
def test_each_seed_changes_the_run(seed: str) -> None:
    run, other = Run(Experiment()), Run(Experiment().replace(seed, 1))
    run.step(2)
    other.step(2)
    assert run.weights_sha256 != other.weights_sha256
    assert (run.points == other.points).all() == (seed != "data.seed")


@given(experiments(), st.integers(0, 3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_experiment_can_be_run(experiment: Experiment, steps: int) -> None:
    run = Run(experiment)
    try:
        run.step(steps)
    except DivergedError:
        assert run.diverged
        return
    assert run.updates == (steps if run.train_samples else 0)
    assert len(run.weights) == len(experiment.network.hidden) + 1
    assert run.train_samples >= 1 or experiment.data.drawings is not None
    assert len(run.values) == experiment.data.rows
    # Weights that are finite still can give a loss that is not; the run then has ended.
    assert np.isfinite(run.loss) == (not run.diverged)


def test_weights_biases_and_gradients_have_the_shapes_of_the_layers() -> None:
    run = Run(THREE_CLASSES)
    run.step()
    assert [W.shape for W in run.weights] == [(4, 2), (3, 4), (3, 3)]
    assert [W.shape for W in run.gradients] == [(4, 2), (3, 4), (3, 3)]
    assert [b.shape for b in run.biases] == [(4,), (3,), (3,)]
    assert [b.shape for b in run.bias_gradients] == [(4,), (3,), (3,)]


def test_a_step_of_sgd_goes_down_the_gradient() -> None:
    run = Run(Experiment())
    before = [W.copy() for W in run.weights]
    run.step()
    for W, old, gradient in zip(run.weights, before, run.gradients, strict=True):
        np.testing.assert_array_equal(W, old - np.float32(0.1) * gradient)


def test_weights_are_views_that_follow_the_run_and_cannot_be_written() -> None:
    run = Run(Experiment())
    W = run.weights[0]
    before = W.copy()
    run.step()
    assert not np.array_equal(W, before)
    with pytest.raises(ValueError, match="read-only"):
        W[0, 0] = 1


def test_a_weight_and_a_bias_can_be_set() -> None:
    run = Run(Experiment())
    loss = run.loss
    run.set_weight(1, 2, 3, 0.25)
    run.set_bias(2, 0, -2.5)
    assert run.weights[1][2, 3] == 0.25
    assert run.biases[2][0] == -2.5
    assert run.loss != loss
    assert len(run.history) == 1


@pytest.mark.parametrize(
    "place",
    [(3, 0, 0, 1.0), (0, 4, 0, 1.0), (0, 0, 2, 1.0), (-1, 0, 0, 1.0), (0, 0, 2**32, 1.0), (0, 0, 0, float("nan"))],
)
def test_a_weight_that_does_not_exist_or_a_value_that_is_no_number_is_refused(
    place: tuple[int, int, int, float],
) -> None:
    run = Run(Experiment())
    before = run.weights_sha256
    with pytest.raises(ArgumentError, match=r"^The weight .* cannot be set to"):
        run.set_weight(*place)
    assert run.weights_sha256 == before


def test_the_hash_is_of_all_parameters_layer_by_layer() -> None:
    run = Run(Experiment())
    content = b"".join(
        np.ascontiguousarray(part).astype("<f4").tobytes()
        for layer in zip(run.weights, run.biases, strict=True)
        for part in layer
    )
    assert run.weights_sha256 == hashlib.sha256(content).hexdigest()


def test_going_back_to_a_snapshot_repeats_what_followed() -> None:
    run = Run(Experiment(training={"optimizer": "adam", "learning_rate": 0.01, "batch_size": 7}))
    run.step(10)
    snapshot = run.snapshot()
    run.epoch(2)
    reached = run.weights_sha256, run.history[-1]
    run.restore(snapshot)
    assert run.updates == 10
    run.epoch(2)
    assert (run.weights_sha256, run.history[-1]) == reached


def test_the_past_stays_in_the_history_when_going_back() -> None:
    run = Run(Experiment())
    run.epoch(2)
    snapshot = run.snapshot()
    run.epoch(3)
    run.restore(snapshot)
    assert [moment.epochs for moment in run.history] == [0, 1, 2]


def test_a_snapshot_of_another_experiment_is_refused() -> None:
    with pytest.raises(StateError, match="another experiment"):
        Run(Experiment()).restore(Run(THREE_CLASSES).snapshot())


def test_the_history_has_a_moment_for_each_epoch() -> None:
    run = Run(Experiment())
    run.epoch(5)
    assert [moment.updates for moment in run.history] == [0, 15, 30, 45, 60, 75]
    assert run.history[-1].loss == run.loss
    assert run.history[-1].test_accuracy == run.test_accuracy


def test_an_epoch_completes_the_one_under_way() -> None:
    run = Run(Experiment())
    run.step(4)
    assert (run.epochs, run.position) == (0, 40)
    run.epoch()
    assert (run.epochs, run.position, run.updates) == (1, 0, 15)


@pytest.mark.parametrize("n", [-1, 1.5, True, "3", 2**31])
def test_a_number_of_steps_that_is_none_is_refused(n: object) -> None:
    with pytest.raises(ArgumentError, match="must be a whole number from 0"):
        Run(Experiment()).step(n)  # type: ignore[arg-type]


def test_loss_and_accuracy_are_those_of_the_answers() -> None:
    run = Run(THREE_CLASSES)
    run.epoch(2)
    train = slice(run.train_samples)
    probabilities = run.predict_proba(run.points)
    true = run.values.astype(int)
    losses = -np.log(probabilities[np.arange(len(true)), true])
    assert run.loss == pytest.approx(losses[train].mean(), rel=1e-5)
    assert run.accuracy == np.mean(run.predict(run.points)[train] == true[train])
    assert run.confusion.sum() == run.train_samples
    assert np.trace(run.test_confusion) / run.test_confusion.sum() == run.test_accuracy


def test_the_objective_is_the_loss_and_the_penalty() -> None:
    run = Run(Experiment(training={"regularizer": "l2", "regularization_rate": 0.1}))
    penalty = 0.05 * sum(float((W.astype(float) ** 2).sum()) for W in run.weights)
    assert run.penalty == pytest.approx(penalty)
    assert run.objective == run.loss + run.penalty
    assert run.test_loss is not None
    assert run.test_objective == run.test_loss + run.penalty


def test_regression_has_values_and_no_accuracy() -> None:
    run = Run(REGRESSION)
    run.epoch(50)
    assert run.accuracy is None
    assert run.test_accuracy is None
    assert run.confusion.shape == (0, 0)
    error = run.predict(run.points) - run.values
    assert run.loss == pytest.approx((error[: run.train_samples] ** 2).mean() / 2, rel=1e-4)
    with pytest.raises(ArgumentError, match="regression"):
        run.predict_proba(run.points)


def test_without_held_out_samples_there_is_no_test_loss() -> None:
    run = Run(Experiment(data={"test_share": 0}))
    assert run.test_loss is None
    assert run.test_accuracy is None
    assert run.train_samples == 300


@pytest.mark.parametrize("activation", ["linear", "sigmoid", "tanh", "relu", "sine"])
@pytest.mark.parametrize("outputs", ["single", "per_class"])
def test_probabilities_add_up_and_agree_with_the_classes(activation: str, outputs: str) -> None:
    run = Run(
        Experiment(
            network={"outputs": outputs, "output_activation": activation},
            training={"loss": "squared_error"},
        )
    )
    run.epoch(5)
    probabilities = run.predict_proba(run.points)
    assert probabilities.dtype == np.float32
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-6)
    sure = probabilities.max(axis=1) > 0.51
    agree = (probabilities.argmax(axis=1) == run.predict(run.points))[sure & (probabilities.max(axis=1) < 0.99)]
    assert agree.all()


def test_probabilities_of_cross_entropy_are_the_outputs() -> None:
    run = Run(THREE_CLASSES)
    np.testing.assert_array_equal(run.predict_proba(run.points), run.outputs(run.points))


def test_given_inputs_are_predicted_as_they_are() -> None:
    run = Run(SEED_OF_DRAWINGS)
    assert [W.shape for W in run.weights] == [(12, 36), (2, 12)]
    assert np.abs(run.weights[0]).max() <= 0.5
    run.epoch(200)
    assert run.accuracy == 1
    np.testing.assert_array_equal(run.predict(run.inputs), run.values)


@pytest.mark.parametrize("value", [0.5, 1.0])
def test_bits_and_other_inputs_are_learnt_alike(value: float) -> None:
    inputs = value * (np.arange(40).reshape(10, 4) % 3 == 0)
    run = Run(SEED_OF_DRAWINGS.replace_all({"data.inputs": inputs, "data.targets": [0, 1, 1, 0, 1, 1, 0, 1, 1, 0]}))
    run.epoch(1000)
    assert run.accuracy == 1


def test_given_points_held_out_are_the_last_rows() -> None:
    points = [[0, 0, 0], [1, 0, 1], [2, 0, 0], [3, 0, 1]]
    run = Run(Experiment(data={"kind": "given", "points": points, "held_out": [0, 2]}))
    assert run.train_samples == 2
    assert run.points[:, 0].tolist() == [1, 3, 0, 2]
    assert run.values.tolist() == [1, 1, 0, 0]


def test_one_given_point_is_enough() -> None:
    run = Run(Experiment(data={"kind": "given", "points": [[1, 1, 1]]}))
    run.step(100)
    assert run.predict([[1, 1]]).tolist() == [1]
    assert run.test_loss is None


@pytest.mark.parametrize(
    ("X", "expected"),
    [
        ([1, 2], r"X has the shape \(2,\), but must have the shape \(n, 2\)\."),
        ([[1, 2, 3]], r"X has the shape \(1, 3\)"),
        ([[1, float("nan")]], "X holds NaN"),
        ([[1, 1e300]], "X holds NaN, infinity or a number that is too large"),
        ([["a", "b"]], "X must be rows of numbers"),
        ([[1], [1, 2]], "X must be rows of numbers"),
    ],
)
def test_what_cannot_be_predicted_is_refused(X: object, expected: str) -> None:
    with pytest.raises(ArgumentError, match=expected):
        Run(Experiment()).predict(X)  # type: ignore[arg-type]


def test_no_rows_are_predicted_as_none() -> None:
    assert Run(Experiment()).predict_proba(np.empty((0, 2))).shape == (0, 2)


def test_a_run_that_diverges_stops_and_says_where_when_and_why() -> None:
    run = Run(DIVERGING)
    with pytest.raises(DivergedError) as caught:
        run.step(1000)
    assert run.diverged
    assert caught.value.step == run.updates < 1000
    assert str(caught.value) == (
        f"The run diverged at step {run.updates}: {caught.value.reason}; a smaller learning rate may help."
    )
    assert caught.value.reason.endswith(("became infinite", "became NaN (not a number)"))
    with pytest.raises(DivergedError):
        run.epoch()
    run.reset()
    assert not run.diverged


def test_a_loss_that_becomes_infinite_is_told_as_such() -> None:
    run = Run(Experiment(data={"kind": "plane"}, network={"hidden": []}))
    run.set_weight(0, 0, 0, 1e30)
    assert run.loss == float("inf")
    with pytest.raises(DivergedError, match=r"^The run diverged at step 0: the loss became infinite; ") as caught:
        run.step()
    assert caught.value.layer == -1


def drawn(rows: int, **changes: object) -> Experiment:
    """Return an experiment with crosses and rings by hand."""
    drawings = [raster.text_of(raster.by_hand("XO"[row % 2], row)) for row in range(rows)]
    experiment = Experiment.for_drawings(drawings, [row % 2 for row in range(rows)])
    return experiment.replace_all({name.replace("__", "."): value for name, value in changes.items()})


def test_teaching_learns_one_sample_and_leaves_the_pass_as_it_is() -> None:
    run = Run(drawn(6))
    run.step(2)
    before = run.predict_proba(run.inputs)[3, 1]
    run.teach(3, 5)
    assert (run.updates, run.position, run.epochs) == (7, 2, 0)
    assert run.predict_proba(run.inputs)[3, 1] > before
    run.epoch()
    assert (run.updates, run.position, run.epochs) == (11, 0, 1)


def test_teaching_ten_times_is_teaching_once_ten_times() -> None:
    at_once, singly = Run(drawn(3)), Run(drawn(3))
    at_once.teach(1, 10)
    for _ in range(10):
        singly.teach(1)
    assert at_once.weights_sha256 == singly.weights_sha256
    assert at_once.loss == singly.loss


def test_a_single_drawing_is_taught_as_it_is_trained() -> None:
    taught, trained = Run(drawn(1)), Run(drawn(1))
    taught.teach(0, 4)
    trained.step(4)
    assert taught.weights_sha256 == trained.weights_sha256


@pytest.mark.parametrize("sample", [-1, 3, True, 2**31])
def test_a_sample_that_there_is_not_cannot_be_taught(sample: int) -> None:
    run = Run(drawn(3))
    before = run.weights_sha256
    with pytest.raises(ArgumentError, match=r"^The sample is .*, but must be a whole number from 0 to 2\.$"):
        run.teach(sample)
    assert run.weights_sha256 == before


def test_a_number_of_updates_that_is_none_cannot_be_taught() -> None:
    with pytest.raises(ArgumentError, match="must be a whole number from 0"):
        Run(drawn(3)).teach(0, -1)


def test_teaching_that_diverges_says_so() -> None:
    run = Run(
        drawn(2, network__output_activation="linear", training__loss="squared_error", training__learning_rate=100)
    )
    with pytest.raises(DivergedError):
        run.teach(0, 1000)
    assert 0 < run.updates < 1000


def test_without_drawings_the_network_is_there_and_nothing_is_trained() -> None:
    run = Run(Experiment.for_drawings())
    start = run.weights_sha256
    run.step(5)
    run.epoch(5)
    assert (run.weights_sha256, run.updates, run.epochs, run.train_samples) == (start, 0, 0, 0)
    assert (run.loss, run.accuracy, run.test_loss, run.penalty) == (0, 0, None, 0)
    assert run.inputs.shape == (0, 36)
    probabilities = run.predict_proba(raster.rasterize(raster.by_hand("X", 0)).reshape(1, 36))
    np.testing.assert_allclose(probabilities, 0.5, atol=0.15)
    with pytest.raises(ArgumentError, match="The sample is 0"):
        run.teach(0)


def test_drawings_that_are_all_held_out_are_tested() -> None:
    run = Run(drawn(4, data__held_out=(0, 1, 2, 3)))
    start = run.weights_sha256
    run.epoch(3)
    assert run.weights_sha256 == start
    assert run.train_samples == 0
    assert run.test_loss == pytest.approx(np.log(2), abs=0.1)


def test_drawings_trained_on_come_first_and_each_keeps_its_label() -> None:
    experiment = drawn(5, data__held_out=(0, 2))
    run = Run(experiment)
    order = [1, 3, 4, 0, 2]
    drawings = experiment.data.drawings or ()
    np.testing.assert_array_equal(run.inputs, [raster.rasterize(drawings[row]).ravel() for row in order])
    assert run.values.tolist() == [1, 1, 0, 0, 0]


def test_drawings_make_the_same_run_as_their_bitmaps() -> None:
    experiment = drawn(8, data__grid=10)
    bitmaps = [raster.rasterize(drawing, 10).ravel() for drawing in experiment.data.drawings or ()]
    other = Run(experiment.replace_all({"data.drawings": None, "data.inputs": np.array(bitmaps, float)}))
    run = Run(experiment)
    for each in (run, other):
        each.epoch(5)
    assert run.weights_sha256 == other.weights_sha256
