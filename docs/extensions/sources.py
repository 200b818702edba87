"""The engine's source: its files as pages with numbered lines, links to them, and single functions in a text."""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.docutils import SphinxDirective, SphinxRole

import pellucid.engine
from pellucid.formulas.listing import listing

FOLDER = Path(pellucid.engine.__path__[0])


class FileRole(SphinxRole):
    """``{source}`dense.py` ``: a link to a file of the engine."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link."""
        if not (FOLDER / self.text).is_file():
            message = self.inliner.reporter.error(f"the engine has no file {self.text}", line=self.lineno)
            return [], [message]
        link = nodes.reference(
            "", "", nodes.literal("", self.text), refuri=_address(self.env.app, self.env.docname, self.text)
        )
        return [link], []


class ListingDirective(SphinxDirective):
    """``{listing} dense.forward``: a function of the engine, as its file has it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the code below a link to where it stands."""
        found = listing(self.arguments[0])
        place = f"{found.file}:{found.first}"
        uri = f"{_address(self.env.app, self.env.docname, found.file)}#L{found.first}"
        caption = nodes.paragraph("", "", nodes.reference("", place, refuri=uri), classes=["caption-of-code"])
        text = "\n".join(found.lines)
        return [caption, nodes.literal_block(text, text, language="python")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the pages, the role and the directive."""
    app.connect("html-collect-pages", pages)
    app.add_role("source", FileRole())
    app.add_directive("listing", ListingDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def page_of(file: str) -> str:
    """Return the name of the page that shows a file of the engine.

    Examples
    --------
    >>> page_of("dense.py")
    'source/dense'
    """
    return f"source/{file.removesuffix('.py').replace('__init__', 'engine')}"


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield a page for each file of the engine."""
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    for file in sorted(FOLDER.glob("*.py")):
        title = f"engine/{file.name}"
        back = app.builder.get_relative_uri(page_of(file.name), "engine")
        way = f'<p>Where this file stands: <a href="{back}">A tour of the engine</a>.</p>'
        body = f"<h1>{escape(title)}</h1>{way}{_listing(app.builder, file.read_text('utf-8'))}"
        yield page_of(file.name), {"title": title, "body": body}, "page.html"


def _address(app: Sphinx, document: str, file: str) -> str:
    return app.builder.get_relative_uri(document, page_of(file))


def _listing(builder: StandaloneHTMLBuilder, text: str) -> str:
    highlighted = builder.highlighter.highlight_block(text, "python", linenos=False)
    before, _, inside = highlighted.partition("<pre>")
    lines = inside.removeprefix("<span></span>").removesuffix("</pre></div>\n").rstrip("\n").split("\n")
    numbered = "".join(
        f'<span id="L{number}" class="line"><a class="number" href="#L{number}">{number:>4}</a>  {line}</span>'
        for number, line in enumerate(lines, 1)
    )
    return f'{before}<pre class="numbered">{numbered}</pre></div>'
