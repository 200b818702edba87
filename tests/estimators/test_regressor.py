"""The regressor."""

from typing import Any

import numpy as np
import pytest
from sklearn.compose import TransformedTargetRegressor
from sklearn.preprocessing import StandardScaler

from estimators.conftest import Data
from pellucid import PellucidRegressor
from pellucid.datasets import plane
from pellucid.errors import ArgumentError

pytestmark = pytest.mark.filterwarnings("ignore:The maximum of:sklearn.exceptions.ConvergenceWarning")


def quick(*arguments: Any, **settings: Any) -> PellucidRegressor:
    defaults: dict[str, Any] = {"learning_rate_init": 0.01, "batch_size": 20, "max_iter": 100, "random_state": 0}
    return PellucidRegressor(*arguments, **defaults | {"tol": 0, "n_iter_no_change": np.inf} | settings)


def test_it_fits_a_plane_and_the_cones(cones: Data) -> None:
    assert quick((), max_iter=200).fit(*plane(200, noise=0)).score(*plane(50, noise=0, random_state=1)) > 0.999
    model = quick((64, 64), max_iter=500).fit(*cones)
    assert model.score(*cones) > 0.97
    assert (model.n_outputs_, model.out_activation_) == (1, "identity")
    assert model.predict(cones[0]).dtype == np.float64


def test_coefs_and_intercepts_give_the_predictions(cones: Data) -> None:
    X, y = cones
    model = quick((9, 4), "tanh").fit(X, y)
    a = X
    for W, b in zip(model.coefs_[:-1], model.intercepts_[:-1], strict=True):
        a = np.tanh(a @ W + b)
    np.testing.assert_allclose(model.predict(X), (a @ model.coefs_[-1] + model.intercepts_[-1])[:, 0], atol=1e-5)


def test_the_loss_is_half_the_mean_squared_error(cones: Data) -> None:
    X, y = cones
    model = quick((8,), alpha=0, max_iter=1, learning_rate_init=1e-9).fit(X, y)
    assert model.loss_ == pytest.approx(0.5 * ((model.predict(X) - y) ** 2).mean(), rel=1e-5)


def test_numbers_in_units_of_their_own_are_scaled_around_it(cones: Data) -> None:
    X, y = cones
    model = TransformedTargetRegressor(quick((64, 64), max_iter=300), transformer=StandardScaler())
    assert model.fit(X, 1e7 + 1e6 * y).score(X, 1e7 + 1e6 * y) > 0.8


def test_numbers_beyond_float32_are_refused(cones: Data) -> None:
    with pytest.raises(
        ArgumentError, match=r"^y has a number of size 1e\+39, but the engine's float32 end at 3.4e38; scale it\.$"
    ):
        quick().fit(cones[0], np.full(200, 1e39))
