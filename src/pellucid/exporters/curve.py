"""The loss curve as CSV: a line for each moment at which the run was evaluated."""

import csv
import io
import math
from collections.abc import Iterable

from pellucid.moment import Moment


def curve_csv(history: Iterable[Moment]) -> str:
    r"""Return the moments of a run, with the names of `Moment` above; what is no finite number is left empty.

    Examples
    --------
    >>> print(curve_csv([Moment(0, 0, 0.5, None, 0.25, None)]).replace("\r", ""))
    updates,epochs,loss,test_loss,accuracy,test_accuracy
    0,0,0.5,,0.25,
    """
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(Moment._fields)
    for moment in history:
        rows.writerow(["" if value is None or not math.isfinite(value) else value for value in moment])
    return text.getvalue()
