"""Names in docstrings: a link where the reference has the name, else what it is, code. And |x| is an absolute value."""

import re
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.domains.python import PythonDomain
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole

FOREIGN = "foreign"
"""Marks a reference to something that need not be in the reference."""


class NameRole(XRefRole):
    """A name between single backticks, as numpydoc writes them."""

    def process_link(
        self, env: BuildEnvironment, refnode: nodes.Element, has_explicit_title: bool, title: str, target: str
    ) -> tuple[str, str]:
        """Say where the name stands, so that `step` in `Run` is found."""
        refnode["py:module"] = env.ref_context.get("py:module")
        refnode["py:class"] = env.ref_context.get("py:class")
        refnode["refspecific"] = True
        refnode[FOREIGN] = True
        return title, target.removesuffix("()")


def setup(app: Sphinx) -> dict[str, bool]:
    """Make it the role of single backticks."""
    app.add_role("name", NameRole(lowercase=False, nodeclass=pending_xref, innernodeclass=nodes.literal))
    app.connect("config-inited", lambda _, config: setattr(config, "default_role", "name"))
    app.connect("missing-reference", missing)
    app.connect("autodoc-process-docstring", keep_bars, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def missing(app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.Element) -> nodes.Node | None:
    """Find a name of a docstring; types of NumPy and Python have no page here, since there is no network."""
    if node.get(FOREIGN):
        python = env.domains["py"]
        assert isinstance(python, PythonDomain)  # noqa: S101 - for mypy
        found = python.resolve_xref(env, node["refdoc"], app.builder, "obj", node["reftarget"], node, contnode)
        return found or contnode
    return None


def keep_bars(app: Sphinx, what: str, name: str, found: Any, options: Any, lines: list[str]) -> None:
    """Take a bar for a bar, where reStructuredText would look for something to put in its place."""
    example = False
    for place, line in enumerate(lines):
        example = bool(line.strip()) and (example or line.lstrip().startswith(">>>"))
        if not example:
            parts = re.split(r"(``.*?``)", line)
            lines[place] = "".join(part if part.startswith("``") else part.replace("|", r"\|") for part in parts)
