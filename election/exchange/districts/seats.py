"""Apportionment tables as spreadsheets, and tables of people to be shared among.

Out: every method side by side, people per seat and deviation, what to know of each method.
In: code, name and population for a question of "what if"; nothing of it is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from election.exchange import cells, spreadsheets
from election.exchange.cells import BadCell
from election.exchange.headers import TableColumn, TableColumns
from election.exchange.spreadsheets import Sheet, Value
from election.queries.districts.seats import METHOD_NAMES, SeatTable
from election.rules.files.tables import NO_ROWS, TOO_MANY_ROWS
from election.rules.rounding import decimal
from election.rules.terms import Finding, Text

_HEAD = (
    Text("编码", "code"),
    Text("名称", "name"),
    Text("人口", "population"),
    Text("应得名额（精确）", "exact share"),
    Text("应得名额", "share"),
)
_TAIL = (Text("各法不同", "methods differ"), Text("并列待定的方法", "methods with a tie"))
_PER_SEAT = Text("{method}：每名代表人口", "{method}: people per seat")
_DEVIATION = Text("{method}：偏差（%）", "{method}: deviation (%)")
_NOTES = (
    Text("方法", "method"),
    Text("最大偏差（%）", "largest deviation (%)"),
    Text("没有名额的", "without a seat"),
    Text("与最大余数法相比", "against largest remainder"),
    Text("须知", "to know"),
)
MOST_ROWS = 1000
COLUMNS = TableColumns(
    (
        TableColumn(
            "code",
            Text("编码", "code"),
            Text("必填，每行不同", "required, each one different"),
            cells.required(cells.line_of_text(40)),
            ("代码", "单元编码", "乡镇编码", "选区"),
        ),
        TableColumn(
            "name",
            Text("名称", "name"),
            Text("可不填", "optional"),
            cells.line_of_text(120),
            ("单元名称", "乡镇名称", "乡镇", "名"),
        ),
        TableColumn(
            "population",
            Text("人口", "population"),
            Text("必填，整数；不知道的不能按0填", "required, whole number; unknown is not 0"),
            cells.required(cells.whole_number),
            ("人口数", "户籍人口", "常住人口", "people"),
        ),
    ),
    required="population",
)
_TOTALS = {"合计", "总计", "小计", "共计", "total"}


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """A table of people as read. people keeps doubled codes, so that the arithmetic names them."""

    people: pd.Series
    names: Mapping[str, str]
    findings: tuple[Finding, ...]

    def to_csv(self) -> str:
        """The table as plain text that can be read again."""
        rows: list[list[Value]] = [
            [str(c), self.names[str(c)], int(n)] for c, n in self.people.items()
        ]
        body = spreadsheets.write_csv(("code", "name", "population"), rows)
        return body.decode("utf-8-sig").replace("\r\n", "\n")


def pasted(text: str) -> bytes:
    """A table from a clipboard: cells between tabs, as spreadsheets give them, or CSV."""
    if "\t" not in text:
        return text.encode()
    head, *rows = [line.split("\t") for line in text.splitlines()]
    return spreadsheets.write_csv(head, rows)


def read_people(raw: bytes, name: str) -> PeopleTable:
    """Read code, name and population of an XLSX or CSV table. Faults are in `findings`, all."""
    try:
        head = COLUMNS.find(spreadsheets.read_table(raw, name).rows)
    except spreadsheets.Unreadable as unreadable:
        return _people([], unreadable.findings)
    findings: list[Finding] = []
    rows = [
        _values(number, head.texts(texts), findings)
        for number, texts in head.rows
        if not _TOTALS & {text.lower() for text in texts[:3]}
    ]
    if len(rows) > MOST_ROWS:
        findings.append(BadCell(TOO_MANY_ROWS, most=MOST_ROWS).finding(row=0, column=""))
    if not rows and not findings:
        findings.append(BadCell(NO_ROWS).finding(row=0, column=""))
    return _people(rows if not findings else [], findings)


def _values(number: int, texts: Mapping[str, str], findings: list[Finding]) -> dict[str, Any]:
    """The cells of one row; a table without a code column is numbered."""
    values: dict[str, Any] = {"code": str(number), "name": ""}
    for column in COLUMNS.columns:
        if column.key in texts:
            try:
                values[column.key] = column.read(texts[column.key])
            except BadCell as bad:
                findings.append(bad.finding(row=number, column=column.key))
    return values


def _people(rows: list[dict[str, Any]], findings: list[Finding]) -> PeopleTable:
    index = pd.Index([row["code"] for row in rows], dtype=object)
    people = pd.Series([row["population"] for row in rows], index=index, dtype="int64")
    return PeopleTable(people, {row["code"]: row["name"] for row in rows}, tuple(findings))


def seat_sheets(table: SeatTable, language: str) -> list[Sheet]:
    """The workbook: seats by every method, people per seat and deviation, notes."""
    return [seat_sheet(table, language), _fair_sheet(table, language), _note_sheet(table, language)]


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
    share = float(decimal(Fraction(str(row["exact_share"])), 4))
    differs = cells.YES.say(language) if bool(row["differs"]) else ""
    return [
        code,
        str(row["name"]),
        int(row["population"]),
        str(row["exact_share"]),
        share,
        *seats,
        differs,
        "、".join(ties),
    ]


def _fair_sheet(table: SeatTable, language: str) -> Sheet:
    """People per seat and deviation by each method that answers; empty where a row has no seat."""
    header = [text.say(language) for text in _HEAD[:3]]
    for method in table.outcomes:
        facts = {"method": METHOD_NAMES[method]}
        header += [text.filled(facts).say(language) for text in (_PER_SEAT, _DEVIATION)]
    rows: list[list[Value]] = []
    for place, (code, row) in enumerate(table.rows().items()):
        values: list[Value] = [code, str(row["name"]), int(row["population"])]
        for outcome in table.outcomes.values():
            unit = outcome.units[place]
            values += [_rounded(unit.persons_per_seat, 1), _rounded(unit.deviation, 2, 100)]
        rows.append(values)
    return Sheet(Text("每名代表人口与偏差", "people per seat").say(language), header, rows)


def _rounded(value: Fraction | None, digits: int, scale: int = 1) -> float | None:
    return None if value is None else float(decimal(scale * value, digits))


def _note_sheet(table: SeatTable, language: str) -> Sheet:
    """One row per method that answers."""
    rows: list[list[Value]] = []
    for note in table.notes():
        moved = "；".join(f"{name} {change:+d}" for name, change in note.moved)
        paradoxes = " ".join(text.say(language) for text in note.paradoxes)
        name = METHOD_NAMES[note.method].say(language)
        rows.append([name, _rounded(note.largest, 2, 100), note.without, moved, paradoxes])
    header = [text.say(language) for text in _NOTES]
    return Sheet(Text("各法须知", "notes").say(language), header, rows)
