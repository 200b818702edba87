"""How the documentation is built: ``make docs``, which runs ``sphinx-build -W -n docs .build/docs``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pellucid import __version__

project = "Pellucid"
author = "Pellucid contributors"
version = release = __version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "numpydoc",
    "extensions.commands",
    "extensions.computed",
    "extensions.mathml",
    "extensions.names",
    "extensions.pictures",
    "extensions.public",
    "extensions.settings",
    "extensions.signatures",
    "extensions.sources",
]
exclude_patterns = ["extensions"]
nitpicky = True
smartquotes_action = "q"  # "--example" keeps its two dashes
# Types in signatures are checked where they stand, by mypy; those of Python and NumPy have no page here, since the
# build asks no other host.
nitpick_ignore_regex = [("py:class", r"(?!pellucid\.).*")]
suppress_warnings = ["myst.header"]  # a generated page begins below its title

# Markdown: formulas between dollars, headings that links can name.
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
myst_dmath_double_inline = False

# The reference: what is public, in the order of the source.
autodoc_member_order = "bysource"
autodoc_typehints = "none"
numpydoc_show_class_members = False
numpydoc_attributes_as_param_list = True
numpydoc_xref_param_type = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 80
toc_object_entries_show_parents = "hide"

html_theme = "furo"
html_title = f"Pellucid {version}"
html_static_path = ["_static"]
html_css_files = ["pellucid.css"]
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
html_math_renderer = "mathml"
html_theme_options: dict[str, object] = {"top_of_page_buttons": []}
