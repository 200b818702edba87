"""Pictures that were looked at, and whether one is still like them."""

import os
from pathlib import Path

from matplotlib.figure import Figure
from matplotlib.testing.compare import compare_images

BASELINE = Path(__file__).parent / "baseline"
TOLERANCE = 3.0
"""Root of the mean square of the differences, of 255: a letter that is a hair elsewhere, but no other colour."""

RENEW = "PELLUCID_RENEW_PICTURES"
DPI = 48


def check_picture(figure: Figure, name: str, folder: Path) -> None:
    """Compare a figure with the picture of that name; with PELLUCID_RENEW_PICTURES=1 write that anew.

    The picture, and where it differs what differs, are in the folder of the test.
    """
    actual = folder / f"{name}.png"
    figure.savefig(actual, dpi=DPI, metadata={"Software": None})
    expected = BASELINE / f"{name}.png"
    if os.environ.get(RENEW) == "1":
        expected.write_bytes(actual.read_bytes())
    assert expected.exists(), f"there is no picture {expected}; {RENEW}=1 writes it"
    difference = compare_images(str(expected), str(actual), TOLERANCE)
    assert difference is None, difference
