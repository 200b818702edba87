"""The page's colours, light and dark: what `web/src/styles/tokens.css` says, for Matplotlib."""

from typing import Literal, NamedTuple

ThemeName = Literal["light", "dark"]


class Theme(NamedTuple):
    """The colours of a look, as ``#rrggbb``.

    Attributes
    ----------
    card, hairline, outline, ink, soft, glow, warning : str
        Background, fine lines, lines to be seen, what is written, what is written beside it, "here, now", and trouble.
    positive, negative : str
        The two signs.
    low, middle, high : str
        Pictures of values run from the first through the second to the third.
    point_rim, tile_rim : str
        Around samples, and around the picture of a unit.
    classes : tuple of str
        Ten classes that colour-blind eyes can tell apart; the first two are the two signs.
    """

    card: str
    hairline: str
    outline: str
    ink: str
    soft: str
    glow: str
    warning: str
    positive: str
    negative: str
    low: str
    middle: str
    high: str
    point_rim: str
    tile_rim: str
    classes: tuple[str, ...]


LIGHT = Theme(
    card="#ffffff",
    hairline="#e3e1da",
    outline="#85898a",
    ink="#1d2329",
    soft="#5d6872",
    glow="#f2b63c",
    warning="#a33b1f",
    positive="#2f6fb4",
    negative="#e07a2f",
    low="#e8995c",
    middle="#ffffff",
    high="#5a8eca",
    point_rim="#ffffff",
    tile_rim="#2b323a",
    classes=(
        "#e07a2f",
        "#2f6fb4",
        "#2a9d84",
        "#a8478f",
        "#c9a21f",
        "#5bb3dc",
        "#8c3b2a",
        "#6857b0",
        "#7b858e",
        "#75852a",
    ),
)

DARK = Theme(
    card="#171c22",
    hairline="#272e36",
    outline="#737d87",
    ink="#eef0f2",
    soft="#98a3ad",
    glow="#f2b63c",
    warning="#f2957c",
    positive="#6aa9ee",
    negative="#f29a55",
    low="#d0854c",
    middle="#171c22",
    high="#5d96d6",
    point_rim="#11161b",
    tile_rim="#d5dade",
    classes=(
        "#f29a55",
        "#6aa9ee",
        "#4fc3a8",
        "#d279bb",
        "#e3c354",
        "#8fd3f2",
        "#c9705c",
        "#a394e6",
        "#a9b2ba",
        "#a9bb57",
    ),
)

THEMES: dict[ThemeName, Theme] = {"light": LIGHT, "dark": DARK}
