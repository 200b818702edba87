"""What the classifier and the regressor have in common."""

import math
import warnings
from typing import Any, Self, TypeVar

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, is_regressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import Tags, check_random_state
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from pellucid.block import Block, Floats
from pellucid.engine.memory import MAX_INPUTS, MAX_SAMPLES
from pellucid.errors import ArgumentError
from pellucid.estimators.course import Course, Passes, Schedule
from pellucid.estimators.network import FittedNetwork, Settings, block_for, draw_biases
from pellucid.estimators.parameters import check_parameters, hidden_layers
from pellucid.estimators.rows import Doubles, Rows, arrange, as_float32, hold_out
from pellucid.interruption import Interruption

BATCH = 200
"""Rows of a batch when `batch_size` is 'auto'."""

SEEDS = 2**31 - 1


ACCEPTED: dict[str, Any] = {"dtype": [np.float64, np.float32], "accept_sparse": "csr"}
"""How scikit-learn is to hand rows over."""

T = TypeVar("T")


def with_shared_sections(kind: type[T]) -> type[T]:
    """Put what is said of parameters and attributes of all estimators into a class's docstring, before its examples."""
    if kind.__doc__ and Perceptron.__doc__:  # not with python -OO
        shared = Perceptron.__doc__[Perceptron.__doc__.index("Parameters\n") :].rstrip()
        before, heading, examples = kind.__doc__.partition("Examples\n")
        kind.__doc__ = f"{before}{shared}\n\n    {heading}{examples}"
    return kind


class Perceptron(BaseEstimator):  # type: ignore[misc]
    """A multi-layer perceptron, trained by the engine in float32.

    Names, meanings and defaults are those of scikit-learn's `MLPClassifier` and `MLPRegressor`. Inputs are taken as
    they are: scale them (`StandardScaler`) unless they are about 1 in size. Initial weights and biases are uniform in
    ±√(6 / (n_in + n_out)) (Glorot).

    Parameters
    ----------
    hidden_layer_sizes : int or sequence of int
        Units of the hidden layers: up to 8 layers of 1 to 512 units; an empty sequence for none.
    activation : str or sequence of str
        Activation of the hidden units: 'identity' (or 'linear'), 'logistic' (or 'sigmoid'), 'tanh', 'relu',
        'leaky_relu', 'gelu' or 'sine'; a sequence has one for each hidden layer.
    solver : {'adam', 'sgd', 'rmsprop'}
        How a gradient becomes a change of the weights. 'sgd' goes with `momentum`, 'adam' with `beta_1` and `beta_2`,
        'rmsprop' with `beta_2`.
    alpha : float
        Strength of the L2 penalty. As in scikit-learn it is divided by the rows of a batch: what is made small is the
        mean loss + alpha / (2 · batch) · Σ w². A smaller batch at the end of a pass has the same penalty.
    batch_size : int or 'auto'
        Rows whose mean gradient makes one update, at most all of them; 'auto' is 200.
    learning_rate : {'constant', 'invscaling', 'adaptive'}
        How the learning rate changes, whatever the solver: not at all; to learning_rate_init / (t + 1)^power_t after t
        rows; or divided by 5 whenever training would stop for want of improvement, until it is 1e-6.
    learning_rate_init : float
        The learning rate at the start, above 0.
    power_t : float
        The power of 'invscaling'.
    max_iter : int
        Passes over the rows at most.
    shuffle : bool
        Whether every pass takes the rows in a new order. Then the order in which they are given changes nothing.
    random_state : int, RandomState or None
        Seed, from 0 to 2³² − 1, of the initial weights, the order of the rows and the choice of those held out. None
        draws another one for every fit.
    tol : float
        An improvement of the loss, or of the validation score, below this counts as none.
    verbose : bool
        Whether the loss of every pass is printed.
    warm_start : bool
        Whether `fit` goes on from the weights that are there; the optimiser starts anew.
    momentum : float
        Share of the previous change that 'sgd' keeps, from 0 to below 1; plain momentum (Polyak), not Nesterov's.
    early_stopping : bool
        Whether rows are held out, and training stops when the score on them gets no better; the best weights are kept.
    validation_fraction : float
        Share of the rows held out with early stopping.
    beta_1 : float
        Share of the running mean of gradients that 'adam' keeps, from 0 to below 1.
    beta_2 : float
        Share of the running mean of squared gradients that 'adam' and 'rmsprop' keep, from 0 to below 1.
    epsilon : float
        Added to the square root that 'adam' and 'rmsprop' divide by.
    n_iter_no_change : int or infinity
        Training stops after more than so many passes without improvement.

    Attributes
    ----------
    network_ : FittedNetwork
        The network, for all that a `LiveNetwork` can do; it holds no rows.
    coefs_ : list of ndarray of shape (n_in, n_out), float32
        The weights of each layer: views that cannot be written.
    intercepts_ : list of ndarray of shape (n_out,), float32
        The biases of each layer: views that cannot be written.
    loss_ : float
        The loss of the last pass: the mean over the rows, each just before its update, and the penalty at its end.
    best_loss_ : float or None
        The smallest loss of a pass; None with early stopping.
    loss_curve_ : list of float
        The loss of each pass.
    validation_scores_ : list of float or None
        With early stopping, the score on the rows held out after each pass.
    best_validation_score_ : float or None
        The best of them.
    n_iter_ : int
        Passes made by the last fit.
    t_ : int
        Rows trained on, each as often as it was.
    n_layers_ : int
        Layers with the inputs and the outputs.
    n_outputs_ : int
        Outputs.
    out_activation_ : {'identity', 'logistic', 'softmax'}
        Activation of the outputs.
    n_features_in_ : int
        Features of a row.
    feature_names_in_ : ndarray of str
        Their names, when X was a table with names.
    """

    network_: FittedNetwork
    _course: Course
    _random: np.random.RandomState

    def __init__(
        self,
        hidden_layer_sizes: Any = (100,),
        activation: Any = "relu",
        *,
        solver: str = "adam",
        alpha: float = 0.0001,
        batch_size: Any = "auto",
        learning_rate: str = "constant",
        learning_rate_init: float = 0.001,
        power_t: float = 0.5,
        max_iter: int = 200,
        shuffle: bool = True,
        random_state: Any = None,
        tol: float = 1e-4,
        verbose: bool = False,
        warm_start: bool = False,
        momentum: float = 0.9,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-8,
        n_iter_no_change: float = 10,
    ) -> None:
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.solver = solver
        self.alpha = alpha
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.learning_rate_init = learning_rate_init
        self.power_t = power_t
        self.max_iter = max_iter
        self.shuffle = shuffle
        self.random_state = random_state
        self.tol = tol
        self.verbose = verbose
        self.warm_start = warm_start
        self.momentum = momentum
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon
        self.n_iter_no_change = n_iter_no_change

    def fit(self, X: npt.ArrayLike, y: npt.ArrayLike, sample_weight: npt.ArrayLike | None = None) -> Self:
        """Train on rows, until the loss gets no better or `max_iter` passes are made.

        Parameters
        ----------
        X : array_like or sparse matrix of shape (n_samples, n_features)
            The rows: up to 1,000,000, of up to 1024 features. Sparse ones are made dense.
        y : array_like of shape (n_samples,)
            The label of each, or the number to fit.
        sample_weight : array_like of shape (n_samples,), optional
            How much each counts. A whole number is exactly the same as the row so many times, and 2.5 is the row twice
            and half of it once more. Weights whose mean is below 1 are multiplied so that it is 1, and those that would
            make a pass more than ten times as long as X (or 10,000 rows) are made smaller: only their ratios count.

        Returns
        -------
        self
            The estimator.

        Raises
        ------
        ArgumentError
            When a parameter is not allowed.
        ValueError
            When the rows are no finite numbers, or do not suit.
        DivergedError
            When a number becomes NaN or infinite; with a warm start, what was learnt before is kept.
        """
        return self._learn(X, y, sample_weight, incremental=False)

    @property
    def coefs_(self) -> list[Floats]:
        """The weights of each layer, (n_in, n_out)."""
        check_is_fitted(self)
        return [W.T for W in self.network_.weights]

    @property
    def intercepts_(self) -> list[Floats]:
        """The biases of each layer, (n_out,)."""
        check_is_fitted(self)
        return self.network_.biases

    def __sklearn_tags__(self) -> Tags:
        tags: Tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "network_")

    def _encode(self, y: npt.NDArray[Any], first: bool) -> tuple[Floats, int]:
        """Return what the engine is to answer for each row, and the number of classes (0: numbers are fitted)."""
        raise NotImplementedError

    def _outputs(self, X: npt.ArrayLike) -> Doubles:
        """Return what the outputs say of rows, in float64."""
        check_is_fitted(self)
        rows = as_float32("X", validate_data(self, X, **ACCEPTED, reset=False))
        answers: Doubles = self.network_.outputs(rows).astype(np.float64)
        beyond = np.flatnonzero(~np.isfinite(answers).all(axis=1))
        if len(beyond):
            largest = float(np.abs(rows[beyond[0]]).max())
            raise ArgumentError(
                f"X has a number of size {largest:.3g} in row {beyond[0]}, for which the network's own are beyond "
                "float32, which ends at 3.4e38; scale it."
            )
        return answers

    def _learn(self, X: Any, y: Any, sample_weight: Any, *, incremental: bool) -> Self:
        check_parameters(self.get_params(deep=False))
        first = not (self.__sklearn_is_fitted__() and (incremental or self.warm_start))
        if first:
            self.__dict__.pop("network_", None)  # should this fit fail, nothing is left that does not go together
        X, y, weights = self._checked_rows(X, y, sample_weight, first)
        values, classes = self._encode(y, first)
        rows, held_out = arrange(as_float32("X", X), values, weights, bool(self.shuffle)), None
        random = check_random_state(self.random_state) if first else self._random
        weight_seed, order_seed = (int(seed) for seed in random.randint(SEEDS, size=2))
        if self.early_stopping and not incremental:
            rows, held_out = hold_out(rows, self.validation_fraction, classes, random)
        settings = self._settings(rows, classes, weight_seed, order_seed)
        block = block_for(settings, rows)
        if first:
            course = Course()
            block.call("reset")
            draw_biases(block, random)
        else:
            self._check_same_layers(settings)
            course = self._course.copy()
            self.network_.teach_to(block)
        if incremental:
            course.go_on(block)
        else:
            course.start_anew(block)
        n_iter, stopped = self._make_passes(block, rows, held_out, course, 1 if incremental else self.max_iter)
        if not (stopped or incremental):
            warnings.warn(
                f"The maximum of {self.max_iter} passes is reached, and the training has not converged yet.",
                ConvergenceWarning,
                stacklevel=3,
            )
        self.network_ = FittedNetwork(settings)
        self.network_.learnt_by(block)
        self._random = random
        self._note(course, n_iter)
        return self

    def _checked_rows(
        self, X: Any, y: Any, sample_weight: Any, first: bool
    ) -> tuple[npt.NDArray[Any], npt.NDArray[Any], Doubles | None]:
        """Return X, y and the weights, without the rows whose weight is 0."""
        X, y = validate_data(self, X, y, **ACCEPTED, y_numeric=is_regressor(self), reset=first)
        weights: Doubles | None = None
        if sample_weight is not None:
            weights = _check_sample_weight(sample_weight, X, dtype=np.float64, ensure_non_negative=True)
            counted = weights > 0
            if not counted.any():
                raise ArgumentError("sample_weight is zero for every row, but some row must count.")
            X, y, weights = X[counted], y[counted], weights[counted]
        for number, most, what in zip(X.shape, (MAX_SAMPLES, MAX_INPUTS), ("rows", "features"), strict=True):
            if number > most:
                raise ArgumentError(f"X has {number} {what}, but may have at most {most}.")
        return X, y, weights

    def _settings(self, rows: Rows, classes: int, weight_seed: int, order_seed: int) -> Settings:
        """Return the parameters as the engine has them."""
        batch = min(BATCH if self.batch_size == "auto" else int(self.batch_size), len(rows.X))
        descent = "momentum" if self.momentum > 0 else "sgd"
        return Settings(
            inputs=rows.X.shape[1],
            classes=classes,
            hidden=hidden_layers(self.hidden_layer_sizes, self.activation),
            optimizer=descent if self.solver == "sgd" else self.solver,
            learning_rate=float(self.learning_rate_init),
            momentum=float(self.momentum if self.solver == "sgd" else self.beta_1),
            decay=float(self.beta_2),
            epsilon=float(self.epsilon),
            l2=float(self.alpha) / batch,
            batch_size=batch,
            weight_seed=weight_seed,
            order_seed=order_seed,
        )

    def _make_passes(
        self, block: Block, rows: Rows, held_out: Rows | None, course: Course, most: int
    ) -> tuple[int, bool]:
        """Train; return the number of passes, and whether it was enough."""
        schedule = Schedule(self.learning_rate, float(self.learning_rate_init), float(self.power_t))
        if held_out is not None:
            course.keep_best(block)
        made, stopped = 0, False
        with Interruption() as interruption:
            passes = Passes(block, rows, bool(self.shuffle), interruption)
            while made < most and not stopped and not interruption.wanted:
                loss = passes.make()
                if loss is None:
                    break
                course.note_loss(loss, len(rows.X))
                made += 1
                self._say(f"Iteration {made}, loss = {course.losses[-1]:.8f}")
                if held_out is None:
                    course.compare_losses(self.tol)
                else:
                    course.compare_scores(self._score_of(block, held_out), self.tol, block)
                    self._say(f"Validation score: {course.scores[-1]:.6f}")
                schedule.after_pass(block, course.samples_seen)
                if course.without_improvement > self.n_iter_no_change:
                    stopped = not schedule.goes_on(block, self._say)
                    course.without_improvement = course.without_improvement if stopped else 0
        if interruption.wanted:
            warnings.warn("Training was interrupted; the passes made until then count.", stacklevel=4)
            stopped = True
        course.end(block)
        return made, stopped

    def _score_of(self, block: Block, rows: Rows) -> float:
        """Return how good the network in a block is on some rows."""
        raise NotImplementedError

    def _check_same_layers(self, settings: Settings) -> None:
        """Refuse to go on with other layers than were trained before."""
        before = self.network_.settings
        if settings.hidden != before.hidden:
            have = ", ".join(f"{units} {activation}" for units, activation in before.hidden) or "none"
            raise ArgumentError(
                f"The hidden layers cannot be changed while training goes on: they are {have}; "
                "set warm_start to False and call fit to begin anew."
            )

    def _note(self, course: Course, n_iter: int) -> None:
        """Set what is known of the training under scikit-learn's names."""
        self._course = course
        self.n_iter_, self.t_ = n_iter, course.samples_seen
        self.loss_curve_ = course.losses
        self.loss_ = course.losses[-1] if course.losses else math.nan
        early = bool(course.scores)
        self.best_loss_ = None if early else course.best_loss
        self.validation_scores_ = course.scores if early else None
        self.best_validation_score_ = course.best_score if early else None
        settings = self.network_.settings
        self.n_layers_ = len(settings.hidden) + 2
        self.n_outputs_ = settings.classes if settings.classes > 2 else 1
        several = "softmax" if self.n_outputs_ > 1 else "logistic"
        self.out_activation_ = several if settings.classes else "identity"

    def _say(self, sentence: str) -> None:
        if self.verbose:
            print(sentence)


def answers_of(block: Block, X: Floats) -> Floats:
    """Return what the outputs of the network in a block say of rows."""
    answers = np.empty((len(X), block.integer("OUTPUTS")), dtype=np.float32)
    inputs = np.ascontiguousarray(X)
    block.call("predict", inputs.ctypes.data, len(inputs), answers.ctypes.data)
    return answers
