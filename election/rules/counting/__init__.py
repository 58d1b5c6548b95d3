"""The count sheet (计票结果报告单): its figures, their checks, two entries, and its states.

sheet.py: items, shape and figures; paper.py: the blank sheet; balances.py: the one equation;
checks.py: findings; states.py: the state machine drawn in docs/states/count-sheet.md.
"""

from election.rules.canonical import anchor
from election.rules.counting.balances import Balance, PaperAccount, balance
from election.rules.counting.checks import CHECKS, check_proxies, check_sheet
from election.rules.counting.sheet import (
    WRITE_IN,
    WRITEIN,
    Papers,
    SheetShape,
    Vote,
    compare,
    item_label,
    look_alikes,
    parse_figure,
    quoted,
    read_figures,
    sheet_digest,
    total,
    votes_by_person,
    votes_item,
    writeins,
)
from election.rules.counting.states import ARROWS, SheetFacts, SheetMove, SheetState, next_state

__all__ = [
    "ARROWS",
    "CHECKS",
    "WRITEIN",
    "WRITE_IN",
    "Balance",
    "PaperAccount",
    "Papers",
    "SheetFacts",
    "SheetMove",
    "SheetShape",
    "SheetState",
    "Vote",
    "anchor",
    "balance",
    "check_proxies",
    "check_sheet",
    "compare",
    "item_label",
    "look_alikes",
    "next_state",
    "parse_figure",
    "quoted",
    "read_figures",
    "sheet_digest",
    "total",
    "votes_by_person",
    "votes_item",
    "writeins",
]
