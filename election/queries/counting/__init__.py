"""Reads of the count: what one sheet holds, and where all sheets of an election stand.

sheet.py: one sheet with its entries, findings and notes; board.py: all sheets without any figure.
"""

from election.queries.counting.board import (
    DistrictBoard,
    SheetBoard,
    SheetLine,
    board,
    find_by_code,
    next_for,
    sheet_lines,
)
from election.queries.counting.sheet import (
    account_of,
    code_of,
    differing,
    display_names,
    fallen,
    findings,
    in_force,
    in_use,
    is_certified,
    names_of,
    open_findings,
    pending,
    record_code,
    registered_of,
    shape_of,
    subject_of,
)

__all__ = [
    "DistrictBoard",
    "SheetBoard",
    "SheetLine",
    "account_of",
    "board",
    "code_of",
    "differing",
    "display_names",
    "fallen",
    "find_by_code",
    "findings",
    "in_force",
    "in_use",
    "is_certified",
    "names_of",
    "next_for",
    "open_findings",
    "pending",
    "record_code",
    "registered_of",
    "shape_of",
    "sheet_lines",
    "subject_of",
]
