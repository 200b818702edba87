"""The classifier."""

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets

from pellucid.block import Block, Floats
from pellucid.engine.memory import MAX_OUTPUTS
from pellucid.errors import ArgumentError
from pellucid.estimators.perceptron import Perceptron, answers_of, with_shared_sections
from pellucid.estimators.rows import Doubles, Rows


@with_shared_sections
class PellucidClassifier(ClassifierMixin, Perceptron):  # type: ignore[misc]
    """A multi-layer perceptron that tells classes apart, by scikit-learn's contract.

    It is trained by Pellucid's engine, in float32 and with cross-entropy: one output for two classes, else one for
    each. There may be 2 to 1024 classes, with labels of any kind.

    Examples
    --------
    >>> from pellucid import PellucidClassifier
    >>> from pellucid.datasets import moons
    >>> X, y = moons(200)
    >>> model = PellucidClassifier((8, 8), "tanh", learning_rate_init=0.02, batch_size=32, random_state=0)
    >>> model = model.fit(X, y)
    >>> model.score(*moons(200, random_state=1)) > 0.95
    True
    >>> model.predict_proba([[0.0, 2.0]]).round(1)
    array([[1., 0.]])
    """

    classes_: npt.NDArray[Any]
    """The labels, in ascending order."""

    def partial_fit(
        self,
        X: npt.ArrayLike,
        y: npt.ArrayLike,
        sample_weight: npt.ArrayLike | None = None,
        classes: npt.ArrayLike | None = None,
    ) -> Self:
        """Make one pass over rows and go on from what was learnt before.

        Parameters
        ----------
        X : array_like or sparse matrix of shape (n_samples, n_features)
            The rows.
        y : array_like of shape (n_samples,)
            The label of each.
        sample_weight : array_like of shape (n_samples,), optional
            How much each counts; see `fit`.
        classes : array_like of shape (n_classes,), optional
            All labels that there will be; needed the first time, when y does not have them all.

        Returns
        -------
        self
            The estimator.

        Raises
        ------
        ArgumentError
            When a label is not among the classes.
        """
        self._announced = None if classes is None else np.unique(np.asarray(classes))
        try:
            return self._learn(X, y, sample_weight, incremental=True)
        finally:
            del self._announced

    def predict(self, X: npt.ArrayLike) -> npt.NDArray[Any]:
        """Return the likeliest class of each row.

        Parameters
        ----------
        X : array_like or sparse matrix of shape (n_samples, n_features)
            The rows.

        Returns
        -------
        ndarray of shape (n_samples,)
            Labels.
        """
        probabilities = self.predict_proba(X)
        labels: npt.NDArray[Any] = self.classes_[probabilities.argmax(axis=1)]
        return labels

    def predict_proba(self, X: npt.ArrayLike) -> Doubles:
        """Return the probability of each class.

        Parameters
        ----------
        X : array_like or sparse matrix of shape (n_samples, n_features)
            The rows.

        Returns
        -------
        ndarray of shape (n_samples, n_classes), float64
            Probabilities, in the order of `classes_`; the sum of each row is 1.
        """
        outputs = self._outputs(X)
        if outputs.shape[1] == 1:
            return np.hstack([1 - outputs, outputs])
        shares: Doubles = outputs / outputs.sum(axis=1, keepdims=True)
        return shares

    def predict_log_proba(self, X: npt.ArrayLike) -> Doubles:
        """Return the logarithm of the probability of each class.

        Parameters
        ----------
        X : array_like or sparse matrix of shape (n_samples, n_features)
            The rows.

        Returns
        -------
        ndarray of shape (n_samples, n_classes), float64
            Logarithms, in the order of `classes_`; −∞ for a probability that is 0 in float32.
        """
        with np.errstate(divide="ignore"):
            logarithms: Doubles = np.log(self.predict_proba(X))
        return logarithms

    def _encode(self, y: npt.NDArray[Any], first: bool) -> tuple[Floats, int]:
        found, codes = _told_apart(y)
        announced = getattr(self, "_announced", None)
        hint = "; name them all with `classes` when partial_fit is first called" if hasattr(self, "_announced") else ""
        if first:
            classes = found if announced is None else announced
        else:
            classes = self.classes_
            if announced is not None and not np.array_equal(announced, classes):
                raise ArgumentError(f"`classes` is {_listed(announced)}, but was {_listed(classes)} before.")
        unknown = found[~np.isin(found, classes)]
        if len(unknown):
            raise ArgumentError(
                f"y has the class {unknown.tolist()[0]!r}, but the classes are {_listed(classes)}{hint}."
            )
        if len(classes) < 2:
            has = f"one class only, {_listed(classes)} (of n_samples = {len(y)})"
            raise ArgumentError(f"y has {has}, but there must be at least 2 classes{hint}.")
        if len(classes) > MAX_OUTPUTS:
            raise ArgumentError(f"y has {len(classes)} classes, but may have at most {MAX_OUTPUTS}.")
        self.classes_ = classes
        return np.searchsorted(classes, found).astype(np.float32)[codes], len(classes)

    def _score_of(self, block: Block, rows: Rows) -> float:
        """Return the share of rows, by their weights, that are put in the right class."""
        answers = answers_of(block, rows.X)
        found = answers.argmax(axis=1) if answers.shape[1] > 1 else answers[:, 0] > 0.5
        return float(np.average(found == rows.y, weights=rows.weights))


def _told_apart(y: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[np.intp]]:
    """Return the labels in ascending order, and the place of each row's among them."""
    try:
        check_classification_targets(y)
        return np.unique(y, return_inverse=True)
    except (TypeError, ValueError):
        kinds = sorted({type(label).__name__ for label in y.tolist()})
        if len(kinds) == 1:
            raise
        raise ArgumentError(
            f"y has labels of the types {', '.join(kinds)}, but must have labels of one type."
        ) from None


def _listed(classes: npt.NDArray[Any]) -> str:
    most = 6
    shown = ", ".join(str(label) for label in classes[:most])
    return f"{shown}, …" if len(classes) > most else shown
