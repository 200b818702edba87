"""Scripts that train a network as Pellucid did, put together from pieces of Python text.

The pieces are in `pieces/`, where they can be read in the order of a script: a line ``#? optimizer: adam`` says for
which networks the lines below it are, ``#?`` that they are for all. `table` reads and chooses them; the page does the
same with the table that ``python -m pellucid.exporters.scripts`` writes.
"""
