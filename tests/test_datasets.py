"""Datasets as functions: the very points of an experiment with the same numbers and seed."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from pellucid import Experiment, Run, datasets
from pellucid.errors import ArgumentError

KINDS = ["blobs", "bumps", "circles", "moons", "plane", "spiral", "xor"]


def made(kind: str, *arguments: Any, **settings: Any) -> tuple[Any, Any]:
    function: Callable[..., tuple[Any, Any]] = getattr(datasets, kind)
    return function(*arguments, **settings)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("samples", "noise", "seed"), [(300, 0.2, 0), (77, 0.0, 5), (1001, 0.3, 2**31 - 1)])
def test_the_points_are_those_of_an_experiment(kind: str, samples: int, noise: float, seed: int) -> None:
    run = Run(Experiment(data={"kind": kind, "samples": samples, "noise": noise, "seed": seed}))
    X, y = made(kind, samples, noise=noise, random_state=seed)
    np.testing.assert_array_equal(X, run.points)
    np.testing.assert_array_equal(y, run.values)


@pytest.mark.parametrize("kind", ["blobs", "spiral"])
@pytest.mark.parametrize("classes", [2, 3, 5])
def test_some_shapes_have_several_classes(kind: str, classes: int) -> None:
    run = Run(Experiment(data={"kind": kind, "classes": classes}))
    X, y = made(kind, classes=classes)
    np.testing.assert_array_equal(X, run.points)
    assert np.unique(y).tolist() == list(range(classes))


@pytest.mark.parametrize("kind", KINDS)
def test_arrays_are_as_scikit_learn_has_them_and_can_be_written(kind: str) -> None:
    X, y = made(kind)
    assert (X.shape, X.dtype, y.shape) == ((300, 2), np.float64, (300,))
    assert y.dtype == (np.float64 if kind in ("plane", "bumps") else np.int64)
    X[0], y[0] = 0, 0
    assert made(kind)[0][0].any()


def test_there_may_be_one_point_or_a_million() -> None:
    assert datasets.moons(1)[0].shape == (1, 2)
    assert datasets.spiral(1_000_000)[0].shape == (1_000_000, 2)


def test_a_generator_draws_the_seed_and_none_draws_another_one_every_time() -> None:
    for make in (np.random.RandomState, np.random.default_rng):
        first, second = make(7), make(7)
        one, other = datasets.moons(random_state=first)[0], datasets.moons(random_state=second)[0]
        np.testing.assert_array_equal(one, other)
        assert not np.array_equal(datasets.moons(random_state=first)[0], one)
    assert not np.array_equal(datasets.moons(random_state=None)[0], datasets.moons(random_state=None)[0])
    np.testing.assert_array_equal(datasets.moons()[0], datasets.moons(random_state=np.int64(0))[0])


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"n_samples": 0}, "`n_samples` is 0, but must be a whole number from 1 to 1000000."),
        ({"n_samples": 2.0}, "`n_samples` is 2.0, but must be a whole number from 1 to 1000000."),
        ({"classes": 6}, "`classes` is 6, but must be a whole number from 2 to 5."),
        ({"classes": 0}, "`classes` is 0, but must be a whole number from 2 to 5."),
        ({"noise": -0.1}, "`noise` is -0.1, but must be a number from 0 to 1000."),
        ({"noise": float("nan")}, "`noise` is nan, but must be a number from 0 to 1000."),
        ({"noise": "much"}, "`noise` is 'much', but must be a number from 0 to 1000."),
        ({"random_state": -1}, "`random_state` is -1, but must be a whole number from 0 to 2147483647."),
        ({"random_state": "seed"}, "`random_state` is 'seed', but must be a whole number from 0 to 2147483647."),
    ],
)
def test_what_is_out_of_range_is_refused(settings: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ArgumentError) as refused:
        datasets.blobs(**settings)
    assert str(refused.value) == sentence


def test_all_shapes_are_listed() -> None:
    assert sorted(datasets.__all__) == KINDS
