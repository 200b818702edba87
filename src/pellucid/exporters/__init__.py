"""A network and what it learnt from as files: scripts, models, weights, samples and curves; and weights from files.

`choice` knows which file is made by what; `docs/files.md` tells the formats.
"""
