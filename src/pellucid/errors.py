"""What can go wrong for a user of Pellucid: one family of exceptions, each with one clear sentence."""

MOST_TOLD = 10
"""So many faults of an experiment are told in words; `faults` has all."""


class PellucidError(Exception):
    """Say what went wrong in one clear sentence; the parent of all errors that Pellucid raises on purpose."""


class ExperimentError(PellucidError, ValueError):
    """Refuse an experiment: what is wrong, where, the value received and what is allowed.

    Parameters
    ----------
    faults : tuple of (str, str)
        One pair for each fault: the path of the setting, such as ``"training.learning_rate"`` (empty when the
        document as a whole is at fault), and the sentence.
    """

    def __init__(self, faults: tuple[tuple[str, str], ...]) -> None:
        self.faults = faults
        super().__init__(str(self))

    def __str__(self) -> str:
        sentences = [sentence for _, sentence in self.faults]
        if len(sentences) == 1:
            return sentences[0]
        told = sentences[:MOST_TOLD] + [f"and {len(sentences) - MOST_TOLD} more."] * (len(sentences) > MOST_TOLD)
        return "\n".join([f"The experiment has {len(sentences)} faults:", *(f"- {each}" for each in told)])


class LinkError(ExperimentError):
    """Refuse a link that does not hold an experiment."""


class LibraryError(PellucidError, RuntimeError):
    """Say that the compiled engine is missing for this platform or does not fit this package."""


class MissingExtraError(PellucidError, ImportError):
    """Say which optional library is needed, and the command that installs it."""


class ArgumentError(PellucidError, ValueError):
    """Refuse what a method of a run was given."""


class StateError(PellucidError, ValueError):
    """Refuse a saved state that does not belong to the run."""


class SweepError(PellucidError, RuntimeError):
    """Say why a sweep cannot be carried out, or not any further."""


class DivergedError(PellucidError, ArithmeticError):
    """Stop a run in which a number became NaN or infinite.

    Parameters
    ----------
    layer : int
        The layer in which it was seen, from 0 like `Run.weights`; −1 when it was the loss.
    step : int
        The update at which it was seen, from 1; 0 before the first.
    reason : str
        What became of which numbers, in plain words.
    """

    def __init__(self, layer: int, step: int, reason: str) -> None:
        self.layer = layer
        self.step = step
        self.reason = reason
        # At the first step it may have been seen before the weights were changed, or after.
        remedies = {
            0: "smaller inputs, targets or weights",
            1: "smaller inputs and targets, or a smaller learning rate,",
        }
        remedy = remedies.get(step, "a smaller learning rate")
        super().__init__(f"The run diverged at step {step}: {reason}; {remedy} may help.")
