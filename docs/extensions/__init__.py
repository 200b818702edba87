"""What the documentation needs beyond Sphinx: each module is an extension of its own."""
