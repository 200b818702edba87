"""The regressor."""

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import RegressorMixin

from pellucid.block import Block, Floats
from pellucid.estimators.perceptron import Perceptron, answers_of, with_shared_sections
from pellucid.estimators.rows import Doubles, Rows, as_float32


@with_shared_sections
class PellucidRegressor(RegressorMixin, Perceptron):  # type: ignore[misc]
    """A multi-layer perceptron that fits a number, by scikit-learn's contract.

    It is trained by Pellucid's engine, in float32, and makes half the mean squared error small. The numbers are taken
    as they are: unless they are about 1 in size, scale them (`TransformedTargetRegressor`).

    Examples
    --------
    >>> from pellucid import PellucidRegressor
    >>> from pellucid.datasets import plane
    >>> X, y = plane(200, noise=0.1)
    >>> model = PellucidRegressor((8,), "tanh", learning_rate_init=0.02, batch_size=20, random_state=0)
    >>> model = model.fit(X, y)
    >>> model.score(*plane(200, noise=0.1, random_state=1)) > 0.95
    True
    """

    def partial_fit(self, X: npt.ArrayLike, y: npt.ArrayLike, sample_weight: npt.ArrayLike | None = None) -> Self:
        """Make one pass over rows and go on from what was learnt before.

        Parameters
        ----------
        X : array_like or sparse matrix of shape (n_samples, n_features)
            The rows.
        y : array_like of shape (n_samples,)
            The number to fit for each.
        sample_weight : array_like of shape (n_samples,), optional
            How much each counts; see `fit`.

        Returns
        -------
        self
            The estimator.
        """
        return self._learn(X, y, sample_weight, incremental=True)

    def predict(self, X: npt.ArrayLike) -> Doubles:
        """Return the number for each row.

        Parameters
        ----------
        X : array_like or sparse matrix of shape (n_samples, n_features)
            The rows.

        Returns
        -------
        ndarray of shape (n_samples,), float64
            Numbers, calculated in float32.
        """
        return self._outputs(X)[:, 0]

    def _encode(self, y: npt.NDArray[Any], first: bool) -> tuple[Floats, int]:  # noqa: ARG002 (of the classifier)
        return as_float32("y", y), 0

    def _score_of(self, block: Block, rows: Rows) -> float:
        """Return R², the share of the variance, by the rows' weights, that is explained."""
        y = rows.y.astype(np.float64)
        away = y - np.average(y, weights=rows.weights)
        off = y - answers_of(block, rows.X)[:, 0]
        unexplained, all_there_is = (float(np.average(each**2, weights=rows.weights)) for each in (off, away))
        if all_there_is == 0:
            return float(unexplained == 0)
        return 1 - unexplained / all_there_is
