"""From a person's own samples to an experiment with points of the plane."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pellucid.errors import ArgumentError
from pellucid.experiment import Experiment
from pellucid.experiment.data import MOST_GIVEN
from pellucid.extras import need

MOST_CLASSES = 10
LONGEST_AXIS = 40
LONGEST_NAME = 16


class Samples(NamedTuple):
    """Two columns of numbers, with what is to be answered."""

    points: npt.NDArray[np.float64]
    values: npt.NDArray[Any]
    axes: tuple[str, str] | None


def experiment_of(X: Any, y: Any, columns: Sequence[str | int] | None, settings: Mapping[str, Any]) -> Experiment:
    """Return the experiment with these samples, or without any with generated ones.

    Examples
    --------
    >>> experiment_of([[1, 2], [3, 5]], [True, False], None, {}).data.points
    ((1.0, 2.0, 1.0), (3.0, 5.0, 0.0))
    >>> experiment_of([[1, 2], [3, 5]], [0.5, 2], None, {"training": {"batch_size": 1}}).data.regression
    True
    """
    if X is None:
        if y is not None:
            raise ArgumentError("y is given without X: samples need both.")
        return Experiment(**settings)
    _refuse_what_is_no_table(X)
    if y is None:
        raise ArgumentError("X is given without y: say what is to be answered for each sample, or name its column.")
    samples = _of_frame(X, y, columns) if _is_frame(X) else _of_array(X, y, columns)
    _check(samples)
    values, names = _answers(samples.values)
    data = {
        "kind": "given",
        "points": np.column_stack([samples.points, values]),
        "classes": 0 if names is None else len(names),
        "class_names": names if names and names != tuple(map(str, range(len(names)))) else None,
        "axes": samples.axes,
        "scaling": "standard",
    }
    return Experiment(**{**settings, "data": {**data, **dict(settings.get("data", {}))}})


def _is_frame(X: Any) -> bool:
    return hasattr(type(X), "columns") or hasattr(type(X), "column_names")


def _refuse_what_is_no_table(X: Any) -> None:
    if isinstance(X, str | type) or hasattr(X, "fit"):
        what = f"a {type(X).__name__}" if hasattr(X, "fit") else repr(X)
        raise ArgumentError(
            f"X is {what}, but must be an Experiment, a Run, a data frame or rows of two numbers; a shape of data is "
            'named by data={"kind": …}.'
        )


def _of_frame(X: Any, y: Any, columns: Sequence[str | int] | None) -> Samples:
    narwhals = need("narwhals", "A playground with a data frame")
    try:
        frame = narwhals.from_native(X, eager_only=True)
        names = frame.columns
    except narwhals.exceptions.DuplicateError:
        raise ArgumentError(
            f"The columns of X must have different names, but are {_listed(list(X.columns))}."
        ) from None
    except TypeError:
        kind = f"{type(X).__module__.partition('.')[0]}.{type(X).__name__}"
        raise ArgumentError(f"X is of type {kind}, but must be an array or a data frame in memory.") from None
    target = y if isinstance(y, str | int) else None
    for name in [*(columns or ()), *([] if target is None else [target])]:
        if name not in names:
            raise ArgumentError(f"The data frame has no column {name!r}: it has {_listed(names)}.")
    chosen = list(columns) if columns is not None else [name for name in names if name != target]
    if len(chosen) != 2:
        more = f"{len(chosen)} ({_listed(chosen)})" if chosen else "none"
        raise ArgumentError(
            f"A playground shows two columns of numbers on a plane, but X has {more}: name two with columns=[…, …]."
        )
    shown = [frame.get_column(name) for name in chosen]
    for name, column in zip(chosen, shown, strict=True):
        if not column.dtype.is_numeric():
            raise ArgumentError(f"The column {name!r} is of type {column.dtype}, but must hold numbers.")
    points = np.column_stack([column.to_numpy() for column in shown]).astype(np.float64)
    values = np.asarray(y) if target is None else frame.get_column(target).to_numpy()
    first, second = (_short(str(name), LONGEST_AXIS) for name in chosen)
    return Samples(points, values, (first, second))


def _of_array(X: Any, y: Any, columns: Sequence[str | int] | None) -> Samples:
    if isinstance(y, str | int) or columns is not None:
        raise ArgumentError("Columns have names in a data frame only; X is an array, so y must be one too.")
    try:
        rows = np.asarray(X)
        points = rows.astype(np.float64) if rows.dtype.kind != "c" else None
    except (TypeError, ValueError):
        points = None
    if points is None:
        raise ArgumentError("X must be rows of two numbers.")
    if points.ndim != 2 or points.shape[1] != 2:
        raise ArgumentError(
            f"X has the shape {points.shape}, but a playground shows points of a plane, of shape (n, 2)."
        )
    return Samples(points, np.asarray(y), None)


def _check(samples: Samples) -> None:
    points, values, axes = samples
    if values.ndim != 1:
        raise ArgumentError(f"y has the shape {values.shape}, but must have the shape (n,).")
    if len(points) != len(values):
        raise ArgumentError(f"X has {len(points)} rows, but y has {len(values)}.")
    if not 1 <= len(points) <= MOST_GIVEN:
        raise ArgumentError(f"There are {len(points)} samples, but must be 1 to {MOST_GIVEN}.")
    bad = np.argwhere(~np.isfinite(points))
    if len(bad):
        row, column = bad[0].tolist()
        where = f"column {axes[column]!r}, row {row}" if axes else f"X[{row}, {column}]"
        raise ArgumentError(f"{where} is {points[row, column]}, but must be a finite number; leave such rows out.")


def _answers(values: npt.NDArray[Any]) -> tuple[npt.NDArray[np.float64], tuple[str, ...] | None]:
    """Return the numbers of the classes and their names, or values to fit and None."""
    if values.dtype.kind == "f":
        bad = np.flatnonzero(~np.isfinite(values))
        if len(bad):
            raise ArgumentError(f"y[{bad[0]}] is {values[bad[0]]}, but must be a finite number; leave such rows out.")
        return values.astype(np.float64), None
    labels = values.tolist()
    missing = next((row for row, label in enumerate(labels) if label is None or label != label), None)
    if missing is not None:
        raise ArgumentError(f"y[{missing}] is missing, but every sample must have a class; leave such rows out.")
    if values.dtype.kind not in "iubUOS" or not all(isinstance(label, str | int | bool) for label in labels):
        raise ArgumentError("y must hold words, whole numbers or truth values for classes, or numbers to fit.")
    kinds = sorted(set(labels), key=lambda label: (isinstance(label, str), label))
    if not 2 <= len(kinds) <= MOST_CLASSES:
        raise ArgumentError(
            f"y has {len(kinds)} different {'class' if len(kinds) == 1 else 'classes'}, but must have 2 to "
            f"{MOST_CLASSES}; numbers to fit must be of a floating-point type."
        )
    names = tuple(_short(str(kind), LONGEST_NAME) for kind in kinds)
    if len(set(names)) < len(names):
        raise ArgumentError(f"The classes in y cannot be told apart by their first {LONGEST_NAME - 1} characters.")
    place = {kind: number for number, kind in enumerate(kinds)}
    return np.array([place[label] for label in labels], dtype=np.float64), names


def _short(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def _listed(names: Sequence[Any]) -> str:
    return ", ".join(map(str, names[:8])) + (", …" if len(names) > 8 else "")
