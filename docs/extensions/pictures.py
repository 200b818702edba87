"""Pictures that are drawn when the documentation is built, by the program that stands in the text."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any, ClassVar, Literal

from docutils import nodes
from docutils.parsers.rst import directives
from matplotlib import pyplot as plt
from matplotlib import rc_context
from matplotlib.rcsetup import cycler
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from pellucid.plots.colours import THEMES

BACKGROUNDS: dict[Literal["light", "dark"], str] = {"light": "#ffffff", "dark": "#131416"}
"""Furo's own."""


class Picture(nodes.General, nodes.Element):
    """A picture: `alternative`, what it shows in words, `files`, one for each look, and whether it is `wide`."""


class PictureDirective(SphinxDirective):
    """``{picture} what it shows``: the current figure of the program in the block.

    With ``:shown:`` the program stands above it. One that is ``:wide:`` keeps its size on a phone and is scrolled;
    its words could not be read otherwise.
    """

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {"shown": directives.flag, "wide": directives.flag}

    def run(self) -> list[nodes.Node]:
        """Return the program, if it is to be seen, and the picture."""
        program = "\n".join(self.content)
        folder = Path(self.env.doctreedir) / "pictures"
        folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(program.encode()).hexdigest()[:16]
        files = {theme: str(folder / f"{name}-{theme}.svg") for theme in BACKGROUNDS}
        try:
            for theme, file in files.items():
                with look(theme):
                    draw(program, file)
        except Exception as error:
            raise self.error(f"the picture cannot be drawn: {error!r}") from error
        words = " ".join(self.arguments[0].split())
        picture = Picture(alternative=words, files=files, wide="wide" in self.options)
        shown = [nodes.literal_block(program, program, language="python")] if "shown" in self.options else []
        return [*shown, picture]


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_node(Picture, html=(write, None))
    app.add_directive("picture", PictureDirective)
    return {"parallel_read_safe": False, "parallel_write_safe": True}


@contextmanager
def look(name: Literal["light", "dark"]) -> Iterator[None]:
    """Let Matplotlib draw in the project's colours; the same program always gives the same file."""
    theme = THEMES[name]
    dyed = ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color", "legend.labelcolor")
    settings: dict[Any, Any] = {
        "figure.facecolor": BACKGROUNDS[name],
        "savefig.facecolor": "auto",
        "axes.facecolor": "none",
        "axes.prop_cycle": cycler(color=theme.classes),
        "svg.hashsalt": "pellucid",
        **dict.fromkeys(dyed, theme.soft),
    }
    with rc_context(settings):
        yield


def draw(program: str, file: str) -> None:
    """Run a program and save its current figure."""
    try:
        exec(compile(program, "<picture>", "exec"), {"__name__": "__main__"})
        plt.gcf().savefig(file, metadata={"Date": None})
    finally:
        plt.close("all")


def write(translator: HTML5Translator, node: Picture) -> None:
    """Write an image for each look, of which the page shows one."""
    builder = translator.builder
    folder = Path(builder.outdir) / builder.imagedir
    folder.mkdir(exist_ok=True)
    alternative = escape(node["alternative"])
    translator.body.append(f'<div class="picture{" wide" if node["wide"] else ""}">\n')
    for theme, file in node["files"].items():
        shutil.copy(file, folder)
        source = f"{builder.imgpath}/{Path(file).name}"
        translator.body.append(f'<img class="drawn only-{theme}" src="{source}" alt="{alternative}">\n')
    translator.body.append("</div>\n")
    raise nodes.SkipNode
