"""Plots of fitted estimators, which have no samples of their own: what is shown is what was given."""

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from pellucid import PellucidClassifier, PellucidRegressor
from pellucid.datasets import moons
from pellucid.errors import ArgumentError
from pellucid.plots import plot_confusion, plot_loss, plot_network, plot_surface, plot_units
from pellucid.plots.colours import LIGHT

pytestmark = pytest.mark.filterwarnings("ignore:The maximum of:sklearn.exceptions.ConvergenceWarning")

X, Y = moons(60)


def classifier(X: Any = X, y: Any = Y) -> PellucidClassifier:
    return PellucidClassifier((4,), "tanh", max_iter=2, random_state=0).fit(X, y)


def regressor(y: Any) -> PellucidRegressor:
    return PellucidRegressor((4,), "tanh", learning_rate_init=0.1, random_state=0).fit(X, y)


def legend(ax: Any) -> list[str]:
    return [text.get_text() for text in ax.get_legend().texts]


def test_a_legend_has_what_is_drawn_and_no_more(ax: Any) -> None:
    assert legend(plot_surface(classifier(), ax=ax)) == ["class 0", "class 1"]
    assert legend(plot_surface(classifier(), X, ax=Figure().subplots())) == ["class 0", "class 1"]
    assert legend(plot_surface(classifier(), X, Y, ax=Figure().subplots())) == ["class 0", "class 1", "misread"]


@pytest.mark.parametrize(
    ("labels", "names"), [([False, True], ["False", "True"]), ([3.0, 7.0], ["class 3", "class 7"])]
)
def test_classes_are_called_as_one_would_call_them(ax: Any, labels: Any, names: list[str]) -> None:
    y = np.array(labels)[Y]
    assert legend(plot_surface(classifier(y=y), X, y, ax=ax))[:2] == names


@pytest.mark.parametrize("classes", [12, 25])
def test_there_may_be_more_classes_than_colours(classes: int) -> None:
    y = np.arange(60) % classes
    model = classifier(y=y)
    left, right = Figure((12, 5)).subplots(1, 2)
    plot_surface(model, X, y, ax=left)
    plot_confusion(model, X, y, ax=right)
    plot_network(model, ax=Figure().subplots())
    shown = [to_hex(handle.get_color()) for handle in left.get_legend().legend_handles[:classes]]
    assert shown[:10] == list(LIGHT.classes)
    assert len(set(shown)) == min(classes, 20)
    assert len(right.texts) == classes**2


def test_hundreds_of_classes_have_no_counts_and_some_names(ax: Any) -> None:
    y = np.arange(600) % 300
    rows = np.random.default_rng(0).normal(size=(600, 2))
    plot_confusion(classifier(rows, y), rows, y, ax=ax)
    assert len(ax.texts) == 0
    assert [label.get_text() for label in ax.get_xticklabels()][:3] == ["class 0", "class 8", "class 16"]
    assert ax.get_xlim() == (-0.5, 299.5)


def test_values_to_fit_have_the_colours_of_those_that_are_given(ax: Any) -> None:
    plot_surface(regressor(X[:, 0] * 10), X, X[:, 0] * 10, ax=ax)
    assert ax.images[0].get_clim() == pytest.approx((-10 * np.abs(X[:, 0]).max(), 10 * np.abs(X[:, 0]).max()))


def test_values_on_one_side_of_zero_have_all_of_the_colours(ax: Any) -> None:
    y = 5 + X[:, 0]
    model = regressor(y)
    plot_surface(model, X, y, ax=ax)
    assert ax.images[0].get_clim() == pytest.approx((y.min(), y.max()))
    plot_surface(model, ax=Figure().subplots())
    alone = plot_surface(model, ax=Figure().subplots()).images[0]
    values = np.asarray(alone.get_array())
    assert alone.get_clim() == pytest.approx((values.min(), values.max()))
    output = plot_units(model, ax=Figure().subplots())[-1][0].images[0]
    assert output.get_clim() == pytest.approx(alone.get_clim(), abs=0.3)


@pytest.mark.parametrize("table", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
def test_columns_in_another_order_are_refused_as_by_predict(ax: Any, table: Any) -> None:
    data = table({"width": X[:, 0], "height": X[:, 1]})
    model = classifier(data)
    plot_surface(model, data, Y, ax=ax)
    sentence = r"^X has the columns height, width, but the estimator was fitted to width, height, in this order\.$"
    for plot in (plot_surface, plot_confusion):
        with pytest.raises(ArgumentError, match=sentence):
            plot(model, data[["height", "width"]], Y, ax=Figure().subplots())


@pytest.mark.parametrize("plot", [plot_surface, plot_units, plot_network, plot_loss, plot_confusion])
def test_what_cannot_be_drawn_is_told_with_what_can(plot: Any) -> None:
    pipeline = make_pipeline(StandardScaler(), PellucidClassifier((2,), max_iter=1)).fit(X, Y)
    search = GridSearchCV(PellucidClassifier((2,), max_iter=1), {"alpha": [0]}, cv=2).fit(X, Y)
    for source, words in (
        (pipeline, r"was given a Pipeline: give its last step, \[-1\], and as X"),
        (search, "was given a GridSearchCV: give its best_estimator_"),
        (PellucidClassifier(), "was given a PellucidClassifier that is not fitted"),
    ):
        with pytest.raises(ArgumentError, match=words):
            plot(source)
    assert plt.get_fignums() == []


def test_an_estimator_has_a_curve_of_its_loss_only(ax: Any) -> None:
    with pytest.raises(ArgumentError, match=r"^show is 'accuracy', but an estimator's loss_curve_ has none\.$"):
        plot_loss(classifier(), show="accuracy", ax=ax)


def test_a_bitmap_of_no_samples_has_no_mean(ax: Any) -> None:
    bits = np.random.default_rng(0).integers(0, 2, size=(60, 36))
    plot_network(classifier(bits), ax=ax)
    assert not any("mean of" in text.get_text() for text in ax.texts)


def test_one_input_is_called_one(ax: Any) -> None:
    with pytest.raises(ArgumentError, match="but this one has 1 input; plot_network draws any"):
        plot_units(classifier(X[:, :1]), ax=ax)
