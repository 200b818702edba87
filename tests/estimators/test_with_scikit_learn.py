"""In company: pipelines, searches on threads and processes, cloning, pickling, tables, and MLPClassifier itself."""

import copy
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl
import pytest
from scipy import sparse
from sklearn.base import clone
from sklearn.ensemble import AdaBoostClassifier, BaggingClassifier
from sklearn.inspection import permutation_importance
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

import pellucid
from estimators.conftest import Data
from pellucid import PellucidClassifier, PellucidRegressor
from pellucid.datasets import moons
from pellucid.errors import ArgumentError, MissingExtraError
from test_extras import Absent

pytestmark = pytest.mark.filterwarnings("ignore:The maximum of:sklearn.exceptions.ConvergenceWarning")


def quick(**settings: Any) -> PellucidClassifier:
    defaults: dict[str, Any] = {"learning_rate_init": 0.02, "batch_size": 32, "max_iter": 30, "random_state": 0}
    return PellucidClassifier((8,), **defaults | settings)


def test_a_pipeline_scales_the_rows(two_moons: Data) -> None:
    X, y = two_moons
    X = X * [1000, 0.001] + [5000, 3]
    pipeline = make_pipeline(StandardScaler(), quick()).fit(X, y)
    assert pipeline.score(X, y) > 0.87 > quick().fit(X, y).score(X, y)
    assert cross_val_score(pipeline, X, y, cv=3).mean() > 0.85


def test_a_search_on_threads_and_on_processes_finds_the_same(two_moons: Data) -> None:
    grid = {"hidden_layer_sizes": [(4,), (8, 8)], "alpha": [0, 0.1]}
    found = []
    for backend, jobs in (("sequential", 1), ("threading", 2), ("loky", 2)):
        with joblib.parallel_backend(backend):
            search = GridSearchCV(quick(), grid, cv=3, n_jobs=jobs).fit(*two_moons)
        found.append((search.cv_results_["mean_test_score"].tolist(), search.best_estimator_.network_.weights_sha256))
    assert found[0] == found[1] == found[2]


def test_several_threads_may_ask_one_network(two_moons: Data) -> None:
    model = quick().fit(*two_moons)
    parts = [moons(5000, random_state=seed)[0] for seed in range(8)]
    alone = [model.predict_proba(X) for X in parts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(model.predict_proba, parts * 5))
    for number, found in enumerate(together):
        np.testing.assert_array_equal(found, alone[number % 8])


def test_ensembles_pass_weights_on(two_moons: Data) -> None:
    X, y = two_moons
    for ensemble in (
        AdaBoostClassifier(quick(), n_estimators=3, random_state=0),
        BaggingClassifier(quick(), 3, random_state=0),
    ):
        assert ensemble.fit(X, y).score(X, y) > 0.85


def test_a_clone_has_the_parameters_and_nothing_learnt(two_moons: Data) -> None:
    model = quick(alpha=0.5).fit(*two_moons)
    other = clone(model)
    assert other.get_params() == model.get_params()
    assert not hasattr(other, "coefs_")
    assert other.fit(*two_moons).network_.weights_sha256 == model.network_.weights_sha256


@pytest.mark.parametrize("kind", ["csr_matrix", "csc_array", "coo_matrix", "lil_array"])
def test_sparse_rows_are_as_good_as_dense_ones(kind: str) -> None:
    X = np.random.default_rng(0).integers(0, 3, size=(200, 12)) * 1.0
    y = X[:, 0] > X[:, 1]
    rows = getattr(sparse, kind)(X)
    model = quick().fit(rows, y)
    assert model.network_.weights_sha256 == quick().fit(X, y).network_.weights_sha256
    np.testing.assert_array_equal(model.predict_proba(rows), model.predict_proba(X))
    assert make_pipeline(OneHotEncoder(), quick()).fit(X, y).score(X, y) > 0.95  # whose output is sparse
    with pytest.raises(ArgumentError, match="has a number of size 2e"):
        model.predict(rows * 1e39)


def test_importances_can_be_had(two_moons: Data) -> None:
    found = permutation_importance(quick().fit(*two_moons), *two_moons, n_repeats=3, random_state=0)
    assert (found.importances_mean > 0.05).all()


@pytest.mark.parametrize("way", ["pickle", "joblib", "deepcopy"])
@pytest.mark.parametrize("kind", [PellucidClassifier, PellucidRegressor])
def test_what_comes_back_from_a_file_is_the_same_to_the_bit(way: str, kind: Any, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(5000, 5))
    y = X[:, 0] > 0
    model = kind((7, 3), "gelu", max_iter=3, random_state=0, warm_start=True).fit(X, y)
    if way == "deepcopy":
        again = copy.deepcopy(model)
    elif way == "pickle":
        again = pickle.loads(pickle.dumps(model))
        assert len(pickle.dumps(model)) < 10_000  # no rows
    else:
        joblib.dump(model, tmp_path / "model")
        again = joblib.load(tmp_path / "model")
    assert again.network_.weights_sha256 == model.network_.weights_sha256
    np.testing.assert_array_equal(again.predict(X), model.predict(X))
    # And it goes on as the other does.
    for each in (model, again):
        each.partial_fit(X, y).fit(X, y)
    assert again.network_.weights_sha256 == model.network_.weights_sha256
    assert again.loss_curve_ == model.loss_curve_


@pytest.mark.parametrize("table", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
def test_tables_have_names(table: Any, two_moons: Data) -> None:
    X, y = two_moons
    data = table({"width": X[:, 0], "height": X[:, 1]})
    model = quick().fit(data, table({"class": y})["class"])
    assert list(model.feature_names_in_) == ["width", "height"]
    np.testing.assert_array_equal(model.predict(data), quick().fit(X, y).predict(X))
    with pytest.raises(ValueError, match="feature names"):
        model.predict(data[["height", "width"]])
    with pytest.warns(UserWarning, match="does not have valid feature names"):
        model.predict(X)


SHARED = sorted(set(PellucidClassifier().get_params()) & set(MLPClassifier().get_params()))


def test_parameters_have_scikit_learns_names_and_defaults() -> None:
    ours = PellucidClassifier().get_params()
    assert set(ours) == set(SHARED)
    assert ours == {name: MLPClassifier().get_params()[name] for name in SHARED}
    assert set(MLPClassifier().get_params()) - set(ours) == {"max_fun", "nesterovs_momentum"}


def both(kind: str, data: Data, **settings: Any) -> tuple[Any, Any, npt.NDArray[Any]]:
    """Return our estimator and scikit-learn's with the same weights, and what they are to answer."""
    X, y = data
    settings |= {"hidden_layer_sizes": (6, 5), "activation": "tanh", "random_state": 0, "max_iter": 1}
    settings |= {"learning_rate_init": 0.01, "shuffle": False, "momentum": 0.0}
    classifier = kind == "classifier"
    ours: Any = PellucidClassifier(**settings) if classifier else PellucidRegressor(**settings)
    theirs: Any = MLPClassifier(**settings) if classifier else MLPRegressor(**settings)
    targets = y if classifier else X @ np.arange(5) / 10
    for each in (ours, theirs):
        each.partial_fit(X, targets, **({"classes": np.unique(y)} if classifier else {}))
    for arrays, mine in ((theirs.coefs_, ours.coefs_), (theirs.intercepts_, ours.intercepts_)):
        for array, own in zip(arrays, mine, strict=True):
            array[...] = own
    for each in (ours, theirs):
        each.set_params(warm_start=True)  # fit lets the optimisers forget the first pass
    return ours, theirs, targets


def expect_the_same(ours: Any, theirs: Any) -> None:
    for one, other in zip(ours.coefs_ + ours.intercepts_, theirs.coefs_ + theirs.intercepts_, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("alpha", [0.0, 0.5])
@pytest.mark.parametrize("solver", ["sgd", "adam"])
@pytest.mark.parametrize("kind", ["classifier", "regressor"])
@pytest.mark.filterwarnings("ignore:Stochastic Optimizer:sklearn.exceptions.ConvergenceWarning")
def test_passes_agree_with_those_of_scikit_learn(kind: str, solver: str, alpha: float, many_classes: Data) -> None:
    X = many_classes[0]
    ours, theirs, y = both(kind, many_classes, solver=solver, alpha=alpha, batch_size=40)
    start = ours.coefs_[0].copy()
    for each in (ours, theirs):
        each.set_params(max_iter=3).fit(X, y)
    expect_the_same(ours, theirs)
    assert np.abs(ours.coefs_[0] - start).max() > 0.01
    # scikit-learn takes the penalty before each update, not at the end of the pass
    np.testing.assert_allclose(ours.loss_curve_[1:], theirs.loss_curve_[1:], rtol=2e-2 if alpha else 1e-5)


@pytest.mark.parametrize("kind", ["classifier", "regressor"])
@pytest.mark.filterwarnings("ignore:Stochastic Optimizer:sklearn.exceptions.ConvergenceWarning")
def test_an_update_by_weights_agrees_with_that_of_scikit_learn(kind: str, many_classes: Data) -> None:
    X = many_classes[0]
    ours, theirs, y = both(kind, many_classes, solver="sgd", alpha=0.0, batch_size=360)
    weights = np.random.default_rng(1).uniform(0, 3, len(X))
    ours.set_params(batch_size=100_000)  # all rows, also those that come more than once
    for each in (ours, theirs):
        each.set_params(learning_rate_init=0.5).fit(X, y, sample_weight=weights)
    expect_the_same(ours, theirs)
    assert ours.loss_ == pytest.approx(theirs.loss_, rel=1e-5)


@pytest.mark.parametrize("kind", [PellucidClassifier, PellucidRegressor])
def test_help_tells_of_every_parameter(kind: Any) -> None:
    for name in kind().get_params():
        assert f"\n    {name} : " in kind.__doc__
    assert kind.__doc__.index("Parameters\n") < kind.__doc__.index("Attributes\n") < kind.__doc__.index("Examples\n")


@pytest.mark.parametrize("name", ["PellucidClassifier", "PellucidRegressor"])
def test_without_scikit_learn_the_command_that_installs_it_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [each for each in sys.modules if each.startswith(("sklearn", "pellucid.estimators"))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(sys, "meta_path", [Absent("sklearn"), *sys.meta_path])
    with pytest.raises(MissingExtraError, match=r"needs scikit-learn: pip install 'pellucid\[sklearn\]'\.$"):
        getattr(pellucid, name)
