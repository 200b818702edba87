"""Formulas as MathML, which browsers draw by themselves: nothing is loaded, nothing runs in the page."""

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the renderer."""
    app.add_html_math_renderer("mathml", inline_renderers=(inline, None), block_renderers=(block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def inline(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a sentence."""
    translator.body.append(_written(node, display=False))
    raise nodes.SkipNode


def block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula that stands by itself; one that is wider than the page can be scrolled."""
    translator.body.append(f'<div class="formula" tabindex="0">{_written(node, display=True)}</div>\n')
    raise nodes.SkipNode


def _written(node: nodes.Element, *, display: bool) -> str:
    try:
        return str(tex2mathml(node.astext(), as_block=display)).replace("<mo>'</mo>", "<mo>′</mo>")
    except MathError as error:
        logger.warning("the formula %r cannot be written as MathML: %s", node.astext(), error, location=node)
        return ""
