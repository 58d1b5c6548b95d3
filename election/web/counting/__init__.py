"""The count: ballot accounts, two entries, differences, signatures, and the wall everybody sees.

overview.py: where all sheets stand; accounts.py: papers of a place; work.py: the tellers' desk;
entry.py: what a teller reads; desk.py: the scrutineers' desk; sheet.py: one sheet and its history.
"""

from election.web.counting import accounts, desk, entry, overview, sheet, work
from election.web.counting.blueprint import bp

__all__ = ["accounts", "bp", "desk", "entry", "overview", "sheet", "work"]
