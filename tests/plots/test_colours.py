"""The colours are the page's."""

import re
from pathlib import Path

import numpy as np
import pytest

from pellucid.plots.colours import DARK, LIGHT, Theme
from pellucid.plots.palettes import STEPS, diverging, in_pictures, towards, words_of

PAGE = Path(__file__).parents[2] / "web/src"
NAMES = {
    "card": "card",
    "hairline": "hairline",
    "outline": "outline",
    "ink": "ink",
    "soft": "soft",
    "glow": "glow",
    "warning": "warning",
    "positive": "positive",
    "negative": "negative",
    "low": "picture-low",
    "middle": "picture-middle",
    "high": "picture-high",
    "point_rim": "point-rim",
    "tile_rim": "tile-rim",
}


def _tokens() -> tuple[dict[str, str], dict[str, str]]:
    """The page's custom properties, light and dark, with what refers to another resolved."""
    text = (PAGE / "styles/tokens.css").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"^(:root[^{]*) \{(.*?)^\}", text, flags=re.MULTILINE | re.DOTALL))
    light = dict(re.findall(r"--([\w-]+): ([^;]+);", blocks[":root"]))
    dark = light | dict(re.findall(r"--([\w-]+): ([^;]+);", blocks[':root[data-theme="dark"]']))
    return _resolved(light), _resolved(dark)


def _resolved(tokens: dict[str, str]) -> dict[str, str]:
    return {name: tokens.get(value.removeprefix("var(--").removesuffix(")"), value) for name, value in tokens.items()}


@pytest.mark.parametrize(("theme", "look"), [(LIGHT, 0), (DARK, 1)])
def test_every_colour_is_that_of_the_style_sheet(theme: Theme, look: int) -> None:
    tokens = _tokens()[look]
    assert {name: getattr(theme, name) for name in NAMES} == {name: tokens[token] for name, token in NAMES.items()}
    assert theme.classes == tuple(tokens[f"class-{number}"] for number in range(10))
    assert set(Theme._fields) == {*NAMES, "classes"}


def test_samples_stand_out_from_the_picture_as_much_as_on_the_page() -> None:
    script = (PAGE / "ui/theme.svelte.ts").read_text(encoding="utf-8")
    (paler,) = re.findall(r"const PALER = ([\d.]+);", script)
    expected = np.array([0xE0, 0x7A, 0x2F]) / 255
    expected += float(paler) * (1 - expected)
    assert in_pictures(LIGHT, LIGHT.classes)[0] == pytest.approx(expected)


def test_values_run_from_orange_through_the_background_to_blue() -> None:
    colours = np.asarray(diverging(DARK).colors)
    assert len(colours) == STEPS
    ends = np.round(255 * colours[[0, -1]])
    assert ends.tolist() == [[0xD0, 0x85, 0x4C], [0x5D, 0x96, 0xD6]]
    assert np.round(255 * np.asarray(diverging(LIGHT)(0.5))[:3]) == pytest.approx([255, 255, 255], abs=1)


def test_colours_are_mixed_in_light_as_the_engine_mixes_them() -> None:
    middle = towards(LIGHT, "#000000")(0.5)[0]
    assert middle == pytest.approx(0.5**0.5, abs=0.005)


def test_words_have_red_in_the_lowest_byte() -> None:
    (word,) = words_of(np.array([[1.0, 2 / 255, 3 / 255]]))
    assert int(word) & 0xFFFFFFFF == 0xFF0302FF
