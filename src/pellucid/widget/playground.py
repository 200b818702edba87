"""The widget: what is shown, and what has become of it in the browser."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import anywidget
import numpy as np
import numpy.typing as npt
import traitlets

from pellucid.errors import ArgumentError, LibraryError
from pellucid.experiment import Experiment
from pellucid.raster import rasterize
from pellucid.run import Run
from pellucid.widget.samples import experiment_of

BUILD = files("pellucid.widget") / "build"


def _module() -> str:
    """Return the widget's side in the browser."""
    built = BUILD / "widget.js"
    if not built.is_file():
        raise LibraryError(
            "The widget has not been built: run `make page` in the checkout, or install Pellucid with pip."
        )
    return built.read_text("utf-8")


class _PresentRun(traitlets.TraitType[Run, Run]):
    """The run of what is shown, made when it is asked for; to set it is to show another."""

    info_text = "a Run"

    def get(self, obj: Any, cls: Any = None) -> Run:  # noqa: ARG002 - traitlets' signature
        playground: Playground = obj
        experiment, state = playground.experiment, playground.state
        return Run.from_state(experiment, state) if state else Run(experiment)

    def set(self, obj: Any, value: Any) -> None:
        if not isinstance(value, Run):
            self.error(obj, value)
        _show(obj, value.experiment, value.state, value.updates)


class Playground(anywidget.AnyWidget):
    """A room of the page in a notebook: the network trains in the browser, and is here to the last bit.

    Nothing is asked of any other host, so that it works off-line; there may be many on one notebook. In marimo,
    ``mo.ui.anywidget(playground)`` makes cells that use it run again when it changes.

    Parameters
    ----------
    X : Experiment, Run, data frame or array_like of shape (n, 2), optional
        What is shown: an experiment from its start; a run from where it is; or samples of your own: two columns of
        numbers that go to the axes of the plane, with `y`. Without it, the default experiment, or what `settings` say.
    y : str, int or array_like of shape (n,), optional
        The name of a column of the data frame, or the values, to be answered for each sample. Words, whole numbers and
        truth values are classes (2 to 10), other numbers are to be fitted (regression).
    columns : sequence of str or int, optional
        The two columns of a data frame that are shown; by default all but `y`, of which there must be two.
    **settings : object
        Settings of the experiment beside the samples, such as ``network={"hidden": [{"units": 8}]}``.

    Raises
    ------
    ArgumentError
        When samples are missing, are not finite, too many, or do not go together.
    ExperimentError
        When a setting is refused.
    MissingExtraError
        When a data frame is given and narwhals is not installed.

    Examples
    --------
    >>> playground = Playground(data={"kind": "circles"})
    >>> playground.experiment = playground.experiment.replace("training.learning_rate", 0.03)
    >>> playground.run.updates, playground.samples.shape
    (0, (300, 2))
    >>> sizes = [[150, 50], [160, 62], [175, 70], [190, 95]]
    >>> points = Playground(sizes, ["small", "small", "large", "large"])
    >>> points.experiment.data.class_names, points.labels
    (('large', 'small'), array([1, 1, 0, 0], dtype=int32))
    """

    _esm = _module()

    experiment = traitlets.Instance(Experiment)
    """What is shown, as it is set in the browser; another may be assigned, which keeps trained weights that fit."""
    run = _PresentRun()
    """The trained network, exactly: a run of its own in the state that the browser has now; another may be assigned."""

    document = traitlets.Unicode().tag(sync=True)
    """The experiment as JSON, for the browser."""
    state = traitlets.Bytes(b"").tag(sync=True, from_json=lambda value, _: bytes(value or b""))
    """The state of its run, as `Run.state`; empty for the start."""
    updates = traitlets.Int(0).tag(sync=True)
    """Updates that were made until then."""

    def __init__(
        self,
        X: Any = None,
        y: Any = None,
        *,
        columns: Sequence[str | int] | None = None,
        **settings: Any,
    ) -> None:
        if isinstance(X, Run | Experiment) and (y is not None or columns is not None or settings):
            what = "a run" if isinstance(X, Run) else "an experiment"
            raise ArgumentError(
                f"A playground is given {what}, which says all; y, columns and settings do not go with it."
            )
        run = X if isinstance(X, Run) else None
        experiment = (
            run.experiment if run else X if isinstance(X, Experiment) else experiment_of(X, y, columns, settings)
        )
        super().__init__(
            document=_shown(experiment).to_json(indent=None),
            state=run.state if run else b"",
            updates=run.updates if run else 0,
        )

    @property
    def samples(self) -> npt.NDArray[Any]:
        """The samples: drawings as (n, grid, grid) of 0 and 1, points as (n, 2) in the units of the data.

        Given samples are in the order in which they were given, and drawings in that of the tray; generated ones are
        as in `Run.points`: those that are trained on, then those held out.
        """
        data = self.experiment.data
        if data.drawings is not None:
            bitmaps = [rasterize(drawing, data.grid) for drawing in data.drawings]
            return np.array(bitmaps, dtype=np.uint8).reshape(-1, data.grid, data.grid)
        if data.points is not None:
            return np.array(data.points, dtype=np.float64).reshape(-1, 3)[:, :2]
        return Run(self.experiment).points.copy()

    @property
    def labels(self) -> npt.NDArray[Any]:
        """What is to be answered for each of the samples, (n,): the class, from 0, or in regression the value."""
        data = self.experiment.data
        values = np.array(data.values) if data.given else Run(self.experiment).values.copy()
        return values if data.regression else values.astype(np.int32)

    @traitlets.validate("experiment")
    def _validated(self, proposal: Any) -> Experiment:
        return _shown(proposal.value)

    @traitlets.observe("experiment")
    def _assigned(self, change: Any) -> None:
        """Somebody has assigned an experiment, unless it is what the document says."""
        if Experiment.from_json(self.document) != change.new:
            _show(self, change.new, b"", 0)

    @traitlets.observe("document")
    def _came(self, _: Any) -> None:
        self.experiment = Experiment.from_json(self.document)

    @traitlets.observe("state")
    def _moved(self, _: Any) -> None:
        if self._trait_notifiers.get("run"):
            self.notify_change(traitlets.Bunch(name="run", old=None, new=self.run, owner=self, type="change"))


def _show(playground: Playground, experiment: Experiment, state: bytes, updates: int) -> None:
    """Have it shown in a state; an empty one is the start, or the weights at hand as far as they fit."""
    with playground.hold_sync(), playground.hold_trait_notifications():
        playground.document = experiment.to_json(indent=None)
        playground.state = state
        playground.updates = updates


def _shown(experiment: Experiment) -> Experiment:
    """Return an experiment that a room can show."""
    if experiment.data.inputs is not None:
        raise ArgumentError(
            "A playground shows points of the plane or drawings, but this experiment has given inputs: `data.inputs`, "
            "which have no place on the plane."
        )
    return experiment
