"""The account of one update: every number with its formula, what it was made from, and the line that computed it.

The engine keeps the account (`ledger`) and writes what each number was made from; `stages` puts that in the order in
which the update was made. A `writer` turns the trees of formulas into text, LaTeX or MathML, in symbols or with the
numbers of `filling` in their places.
"""

from pellucid.account.account import Account, Nudge
from pellucid.account.line import Line, Part, Stage

__all__ = ["Account", "Line", "Nudge", "Part", "Stage"]
