"""A list of units without codes: whose rows they are, and which codes new units would get.

Names say who is who where each stands once, in the file and in the office. A new unit gets the next
number, written as wide as those that are there; the preview shows it before anything is stored.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count

from election.exchange.cells import BadCell, shortened
from election.exchange.units.file_rows import FileRow, UnitFile
from election.queries.units.table import UnitRow
from election.rules.terms import Finding
from election.rules.units.codes import CODES_PROPOSED, COLUMNS_UNREAD, NAME_FOR_CODE

_DIGITS = 3  # of the first number, where the office has none yet
_MOST_SHOWN = 20


def coded(file: UnitFile, stored: Sequence[UnitRow]) -> tuple[UnitFile, list[Finding]]:
    """(the file with a code in every row that has a usable name, what is to be said of it)."""
    notes = list(_unread(file.unused))
    if "code" in file.columns or not file.columns:
        return file, notes
    names = [_name(row) for row in file.rows]
    times, codes = Counter(names), _codes_by_name(stored)
    free = _free_codes([row.values.code for row in stored])
    rows, findings, proposed = [], list(file.findings), list[str]()
    unreadable = {fault.facts["row"] for fault in file.findings if fault.facts["column"] == "name"}
    for row, name in zip(file.rows, names, strict=True):
        known = codes.get(name, [])
        if name and times[name] == 1 and len(known) <= 1:
            code = known[0] if known else next(free)
            proposed += [] if known else [code]
            rows.append(replace(row, values={"code": code, **row.values}))
        else:
            rows.append(row)
            if row.row not in unreadable:
                findings.append(_nameless(row.row, name))
    if proposed:
        notes.append(_proposed(proposed))
    return replace(file, rows=tuple(rows), findings=tuple(findings)), notes


def _name(row: FileRow) -> str:
    return str(row.values.get("name") or "")


def _codes_by_name(stored: Iterable[UnitRow]) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = {}
    for row in stored:
        codes.setdefault(row.values.name, []).append(row.values.code)
    return codes


def _free_codes(codes: Sequence[str]) -> Iterator[str]:
    """The numbers after the largest that is a code, as wide as the widest."""
    numbers = [code for code in codes if code.isascii() and code.isdigit()]
    width = max([_DIGITS, *map(len, numbers)])
    for number in count(1 + max(map(int, numbers), default=0)):
        yield f"{number:0{width}}"


def _nameless(row: int, name: str) -> Finding:
    return BadCell(NAME_FOR_CODE, value=shortened(name)).finding(row=row, column="name")


def _proposed(codes: Sequence[str]) -> Finding:
    shown = "、".join(codes[:_MOST_SHOWN]) + ("……" if len(codes) > _MOST_SHOWN else "")
    return BadCell(CODES_PROPOSED, count=len(codes), codes=shown).finding(row=0, column="")


def _unread(columns: Sequence[str]) -> Iterator[Finding]:
    """One sentence for all columns that are not known."""
    if columns:
        shown = "、".join(shortened(column) for column in columns[:_MOST_SHOWN])
        yield BadCell(COLUMNS_UNREAD, columns=shown).finding(row=0, column="")
