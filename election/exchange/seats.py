"""Apportionment tables as spreadsheets: every method side by side, ties and differences marked."""

from fractions import Fraction
from typing import Any

from election.exchange.spreadsheets import Sheet, Value
from election.queries.seats import METHOD_NAMES, SeatTable
from election.rules.terms import Text

_HEAD = (
    Text("编码", "code"),
    Text("名称", "name"),
    Text("人口", "population"),
    Text("应得名额（精确）", "exact share"),
    Text("应得名额", "share"),
)
_TAIL = (Text("各法不同", "methods differ"), Text("并列待定的方法", "methods with a tie"))
_YES = Text("是", "yes")


def seat_sheet(table: SeatTable, language: str) -> Sheet:
    """One row per unit or district, then a row of sums and a row of seats held back."""
    methods = table.methods
    header = [text.say(language) for text in _HEAD]
    header += [METHOD_NAMES[method].say(language) for method in methods]
    header += [text.say(language) for text in _TAIL]
    rows = [_row(table, code, row, language) for code, row in table.rows().items()]
    total = int(table.frame["population"].sum())
    sums: list[Value] = [table.seats - table.tied(m) if table.answers(m) else None for m in methods]
    held: list[Value] = [table.tied(m) if table.answers(m) else None for m in methods]
    rows.append(
        [Text("合计", "total").say(language), "", total, str(table.seats), None, *sums, "", ""]
    )
    rows.append([Text("并列待定", "tied").say(language), "", None, None, None, *held, "", ""])
    return Sheet(Text("名额分配", "apportionment").say(language), header, rows)


def _row(table: SeatTable, code: str, row: dict[str, Any], language: str) -> list[Value]:
    seats: list[Value] = [int(row[m]) if table.answers(m) else None for m in table.methods]
    ties = [METHOD_NAMES[m].say(language) for m in str(row["ties"]).split(", ") if m]
    share = round(float(Fraction(str(row["exact_share"]))), 4)
    differs = _YES.say(language) if bool(row["differs"]) else ""
    return [code, str(row["name"]), int(row["population"]), str(row["exact_share"]), share,
            *seats, differs, "、".join(ties)]  # fmt: skip
