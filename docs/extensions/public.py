"""The reference: every public name, on the page that asks for its module.

What is public is told by ``pellucid.__all__`` and by the modules that users import, so that nothing has to be listed a
second time. A page takes names by ``{public}`` and their module.
"""

import inspect
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective

import pellucid
from extensions.signatures import is_class

MODULES = ("account", "datasets", "errors", "formulas", "link", "plots", "raster", "sweeps")
"""What users import beside `pellucid` itself."""


class PublicDirective(SphinxDirective):
    """``{public} module``: what a module offers, each with its members."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"first": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return the documentation of each name, by autodoc; the name that `first` tells comes first."""
        lines = ["```{eval-rst}"]
        first = f"pellucid.{self.options.get('first')}"
        for name in sorted(public_names(self.arguments[0]), key=lambda name: name != first):
            lines.extend(_documented(name))
        return self.parse_text_to_nodes("\n".join([*lines, "```"]))


def all_names() -> list[str]:
    """Return every public name of the package."""
    own = [f"pellucid.{name}" for name in pellucid.__all__]
    return own + [name for module in MODULES for name in public_names(module)]


def public_names(module: str) -> list[str]:
    """Return what a module offers; what `pellucid` itself offers of it goes by the shorter name.

    Examples
    --------
    >>> public_names("run")
    ['pellucid.Run']
    """
    names = [f"pellucid.{name}" for name in pellucid.__all__ if _home(name) == module]
    if module in MODULES:
        names += [f"pellucid.{module}.{name}" for name in _offered(module) if f"pellucid.{name}" not in names]
    return names


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("public", PublicDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _home(name: str) -> str:
    """Return the module of a name of the package, in the package: ``experiment`` for what stands in a file of it."""
    parts: list[str] = getattr(getattr(pellucid, name), "__module__", "").split(".")
    return parts[1] if len(parts) > 1 else ""


def _offered(module: str) -> list[str]:
    found = import_module(f"pellucid.{module}")
    listed: list[str] | None = getattr(found, "__all__", None)
    if listed is not None:
        return listed
    own = inspect.getmembers(found, lambda each: getattr(each, "__module__", None) == found.__name__)
    known = {
        name: each for name, each in own if not name.startswith("_") and (is_class(each) or inspect.isfunction(each))
    }
    return sorted(known, key=lambda name: inspect.getsourcelines(known[name])[1])


def _documented(name: str) -> Iterator[str]:
    module, _, last = name.rpartition(".")
    found = getattr(import_module(module), last)
    if inspect.isfunction(found):
        yield f".. autofunction:: {name}"
    elif is_class(found):
        yield f".. autoclass:: {name}"
        members = [] if _is_record(found) else _members(found)
        if members:
            yield f"   :members: {', '.join(members)}"
    else:
        # A name for a type or a table: autodoc would call it the documentation of what it stands for.
        yield f".. py:data:: {name}"
        yield ""
        yield from (f"   {line}" for line in _documentation(module, last))
    yield ""


def _documentation(package: str, name: str) -> list[str]:
    """Return what stands below an assignment in one of a package's modules."""
    for module in sorted(sys.modules):
        if module == package or module.startswith(f"{package}."):
            found = ModuleAnalyzer.for_module(module).find_attr_docs().get(("", name))
            if found:
                return found
    raise LookupError(f"{package}.{name} has no documentation")


def _is_record(found: type[Any]) -> bool:
    """Tell a class whose docstring names all that it has."""
    return issubclass(found, tuple | BaseException)


def _members(found: type[Any]) -> list[str]:
    """Return what a class and its bases in this project have; what it has from other libraries is told there."""
    names: dict[str, None] = {}
    for each in found.__mro__:
        if each.__module__.startswith("pellucid."):
            described = ModuleAnalyzer.for_module(each.__module__).find_attr_docs()
            own = [name for name, member in vars(each).items() if _is_ours(member)]
            names |= dict.fromkeys([name for owner, name in described if owner == each.__name__] + own)
    fields = getattr(found, "model_fields", {})
    return [name for name in names if not name.startswith("_") and name not in fields]


def _is_ours(member: object) -> bool:
    function = getattr(member, "fget", None) or getattr(member, "func", None) or getattr(member, "__func__", member)
    return inspect.isfunction(function) and function.__module__.startswith("pellucid.")
