"""Formulas from the engine's own table: the line that computes a number, and all formulas of a kind."""

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from extensions.sources import page_of
from pellucid.account.mathml_writer import MathmlWriter
from pellucid.formulas import FORMULAS, Equation, parse
from pellucid.formulas.listing import listing, places


class Place(nodes.General, nodes.Element):
    """Where the engine computes something: `file`, `numbers`, `line`, and `formula` as MathML, if that is shown."""


class Computed(SphinxDirective):
    """``{computed} record.variant …``: the lines of the engine that compute formulas of `pellucid.formulas`."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return a line for each equation."""
        equations: dict[str, Equation] = {}
        for name in self.arguments[0].split():
            record, _, variant = name.partition(".")
            if variant not in FORMULAS.get(record, {}):
                raise self.error(f"there is no formula {name!r} in pellucid.formulas")
            # A line may compute two numbers: the step, and the weight that it leads to.
            equations |= {each.line: each for each in FORMULAS[record][variant].equations}
        return [nodes.container("", *map(_place, equations.values()), classes=["computed"])]


class Formulas(SphinxDirective):
    """``{formulas} record``: all formulas of a record, each with its variant and the line that computes it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a definition list of the variants."""
        items = nodes.definition_list(classes=["formulas"])
        for variant, formula in FORMULAS[self.arguments[0]].items():
            term = nodes.term("", "", nodes.Text(variant.replace("_", " ")))
            lines = [_place(equation, shown=True) for equation in formula.equations]
            items += nodes.definition_list_item("", term, nodes.definition("", *lines))
        return [items]


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directives."""
    app.add_node(Place, html=(write, None))
    app.add_directive("computed", Computed)
    app.add_directive("formulas", Formulas)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _place(equation: Equation, *, shown: bool = False) -> Place:
    formula = MathmlWriter().write(parse(equation.expression)) if shown else ""
    at = places(equation)
    file = listing(next(iter(at))).file
    numbers = [number for number in at.values() if number is not None]
    return Place(file=file, numbers=numbers, line=equation.line, formula=formula)


def write(translator: HTML5Translator, node: Place) -> None:
    """Write a line of the engine, with a link to where it stands."""
    if node["formula"]:
        translator.body.append(
            f'<div class="formula" tabindex="0"><math display="block">{node["formula"]}</math></div>'
        )
    if node["numbers"]:
        builder = translator.builder
        page = builder.get_relative_uri(builder.current_docname, page_of(node["file"]))
        first, *others = node["numbers"]
        links = [f'<a href="{page}#L{first}">{escape(node["file"])}:{first}</a>']
        links.extend(f'<a href="{page}#L{number}">{number}</a>' for number in others)
        translator.body.append(
            f'<div class="place"><span>{", ".join(links)}</span><code>{escape(node["line"])}</code></div>\n'
        )
    raise nodes.SkipNode
