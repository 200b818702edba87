"""From the page's colours to palettes: what a value or a class looks like in a picture."""

import math

import numpy as np
import numpy.typing as npt
from matplotlib.colors import ListedColormap, to_hex, to_rgb

from pellucid.plots.colours import Theme

INKED = 0.5
"""Share of ink in the colours of an eleventh class and those that follow."""

Rgb = npt.NDArray[np.float64]

STEPS = 256
PALER = 0.16
"""In pictures the classes are so much paler, so that the samples stand out."""


def diverging(theme: Theme) -> ListedColormap:
    """Return the colours of values, from the lowest through the middle to the highest."""
    low, middle, high = (np.array(to_rgb(colour)) for colour in (theme.low, theme.middle, theme.high))
    places = np.linspace(-1, 1, STEPS)
    colours = [_mixed(middle, low if place < 0 else high, abs(place)) for place in places]
    return ListedColormap(np.array(colours), name="pellucid")


def towards(theme: Theme, colour: str) -> ListedColormap:
    """Return the colours from the middle of the theme to one colour: those of the output for one class."""
    middle, end = np.array(to_rgb(theme.middle)), np.array(to_rgb(colour))
    return ListedColormap(np.array([_mixed(middle, end, share) for share in np.linspace(0, 1, STEPS)]))


def classes_apart(theme: Theme, colours: tuple[str, ...], count: int) -> tuple[str, ...]:
    """Return the colours of so many classes: those that there are, then the same mixed with ink, and these again.

    Examples
    --------
    >>> from pellucid.plots.colours import LIGHT
    >>> len(set(classes_apart(LIGHT, LIGHT.classes, 20)))
    20
    """
    ink = np.array(to_rgb(theme.ink))
    mixed = tuple(to_hex(tuple(_mixed(np.array(to_rgb(colour)), ink, INKED).tolist())) for colour in colours)
    return ((colours + mixed) * math.ceil(count / (2 * len(colours))))[:count]


def in_pictures(theme: Theme, colours: tuple[str, ...]) -> Rgb:
    """Return classes' colours as they are in pictures: (classes, 3), from 0 to 1."""
    middle = np.array(to_rgb(theme.middle))
    return np.array([(1 - PALER) * np.array(to_rgb(colour)) + PALER * middle for colour in colours])


def words_of(colours: Rgb) -> npt.NDArray[np.int32]:
    """Return colours (n, 3) as the engine takes them: RGBA words, red in the lowest byte.

    Examples
    --------
    >>> words_of(np.array([[1.0, 0.0, 0.5]])).view(np.uint8).tolist()
    [255, 0, 128, 255]
    """
    channels = np.full((len(colours), 4), 255, dtype=np.uint8)
    channels[:, :3] = np.round(255 * colours)
    words: npt.NDArray[np.int32] = channels.view("<i4")[:, 0].astype(np.int32)
    return words


def _mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    """Mix in light, that is by squares of the channels, as the engine blends classes."""
    mixed: Rgb = np.sqrt((1 - share) * one**2 + share * other**2)
    return mixed
