"""Lists of units as a file has them, and what their import would find."""

from election.exchange.units import table as units
from election.exchange.units.file_rows import UnitFile
from election.queries.units.table import UnitRow, UnitValues
from election.rules.units.kinds import UnitKind

VILLAGE, COMMUNITY = UnitKind.VILLAGE, UnitKind.COMMUNITY
A1 = UnitValues("A1", "东山村", VILLAGE, 1200, None, ("A2",), (), 1.5, 2.0)
A2 = UnitValues("A2", "西山村", VILLAGE, 800, 790, ("A1",), ("A3",))
A3 = UnitValues("A3", "渔港社区", COMMUNITY, None, 3000, (), ("A2",))


def stored(*values: UnitValues) -> list[UnitRow]:
    return [UnitRow(number, 1, each) for number, each in enumerate(values, start=1)]


def read(text: str) -> UnitFile:
    return units.read(text.encode(), "单元.csv")


def faults(text: str, *values: UnitValues) -> list[tuple[object, object, str]]:
    """(row, column, code) of every fault of a list."""
    preview = units.compare(read(text), stored(*values))
    return [(f.facts["row"], f.facts["column"], f.code.id) for f in preview.findings]
