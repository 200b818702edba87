"""The formula of every number of an account, and the line of the engine that computes it.

The engine writes what a number was made from as a record (`pellucid.engine.records`); this table says what stands where
in a record, how it is written in symbols, and which Python it comes from. The page and `Run.explain` both read it.
"""

from pellucid.formulas.table import FORMULAS, SYMBOLS, Equation, Formula
from pellucid.formulas.tree import Tree, evaluate, parse

__all__ = ["FORMULAS", "SYMBOLS", "Equation", "Formula", "Tree", "evaluate", "parse"]
