"""A run at a number of moments, in any order: it is trained in a copy, always from the same start."""

from typing import TYPE_CHECKING

from pellucid.errors import DivergedError

if TYPE_CHECKING:
    from pellucid.moment import Moment
    from pellucid.run import Run


class Film:
    """A run that is trained on in a copy, from one moment to the next.

    A moment before the present one is reached by training anew from the start, so that no more than one copy of the
    run and one of its start are kept, however many moments there are.

    Parameters
    ----------
    run : Run
        Where it begins; it stays as it is.
    epochs : int
        How many passes are made.
    frames : int
        At how many moments it is looked at, spread evenly, the first and the last among them.

    Raises
    ------
    DivergedError
        When the run has diverged already.
    """

    def __init__(self, run: "Run", epochs: int, frames: int) -> None:
        run.step(0)  # raises the error of a run that has diverged
        self.run = type(run)(run.experiment)
        """The copy."""
        self._start = run.snapshot()
        self._before = [moment for moment in run.history if moment.updates < run.updates]
        self._first = run.epochs
        self.last = run.epochs + epochs
        """Epochs at the end."""
        count = min(frames, epochs + 1)
        self.stops = [run.epochs + round(k * epochs / (count - 1)) for k in range(count)]
        """Epochs at each moment."""
        self.trouble: DivergedError | None = None
        """What ended the run, where it diverged."""
        self._rewind()

    def go_to(self, frame: int) -> None:
        """Bring the copy to a moment; where the run diverges before it, as far as it goes."""
        if self.run.epochs > self.stops[frame]:
            self._rewind()
        if self.trouble:
            return
        try:
            self.run.epoch(self.stops[frame] - self.run.epochs)
        except DivergedError as error:
            self.trouble = error

    @property
    def history(self) -> list["Moment"]:
        """The moments of the run before the film and in it."""
        return self._before + self.run.history

    def _rewind(self) -> None:
        self.trouble = None
        self.run.restore(self._start)
        # The moments that the copy knows from before the start are those of its own reset.
        del self.run.history[:-1]
