"""Count sheets read from a table in the shape of counts.csv of a result package.

One row per figure: round, place, stage, item, value. What the rules say of a sheet shows when its
entry is tried; nothing is stored here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from election.exchange import cells, spreadsheets
from election.exchange.cells import BadCell
from election.exchange.headers import TableColumn, TableColumns
from election.rules.counting import WRITEIN, Papers, Vote
from election.rules.files.rows import ITEM_TWICE
from election.rules.files.tables import NO_ROWS
from election.rules.terms import Finding, Text

STAGES = ("entry1", "entry2", "signed")
_STAGES = {stage: stage for stage in STAGES}
_TEXT = cells.required(cells.line_of_text(120))
COLUMNS: tuple[TableColumn, ...] = (
    TableColumn("round", Text("轮次", "round"), Text("town-3-r1", "town-3-r1"), _TEXT),
    TableColumn("place", Text("场所", "place"), Text("S01", "S01"), _TEXT, ("投票场所",)),
    TableColumn(
        "stage",
        Text("阶段", "stage"),
        Text("entry1或entry2；signed不读取", "entry1 or entry2; signed is not read"),
        cells.required(cells.one_of(_STAGES, "entry1、entry2")),
    ),
    TableColumn(
        "item",
        Text("项目", "item"),
        Text(
            "、".join([*Papers, *(answer.of("编号") for answer in Vote), f"{WRITEIN}姓名"]),
            ", ".join([*Papers, *(answer.of("id") for answer in Vote), f"{WRITEIN}name"]),
        ),
        _TEXT,
    ),
    TableColumn(
        "value",
        Text("数值", "value"),
        Text("票数", "papers or votes"),
        cells.line_of_text(20),
        ("票数",),
    ),
)
LAYOUT = TableColumns(COLUMNS, required="round")
NAMES = {column.key: column.name for column in COLUMNS}

Key = tuple[str, str, str]  # round, place, stage


@dataclass(slots=True)
class SheetRows:
    """The figures of one entry of one sheet: the row it begins at, item -> (row, text)."""

    row: int
    figures: dict[str, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CountFile:
    """A table as read: the entries it holds, its signed rows (which are not read), its faults."""

    sheets: Mapping[Key, SheetRows]
    signed: int
    findings: tuple[Finding, ...]


def read(raw: bytes, name: str) -> CountFile:
    """Read a table of figures. Never raises for a bad file: its faults are in `findings`."""
    try:
        head = LAYOUT.find(spreadsheets.read_table(raw, name).rows)
    except spreadsheets.Unreadable as unreadable:
        return CountFile({}, 0, tuple(unreadable.findings))
    missing = [LAYOUT.missing(key) for key in NAMES if key not in head.keys]
    if missing:
        return CountFile({}, 0, tuple(missing))
    sheets: dict[Key, SheetRows] = {}
    findings: list[Finding] = []
    signed = 0
    for number, texts in head.rows:
        values = _values(number, head.texts(texts), findings)
        if values.get("stage") == "signed":
            signed += 1
        elif len(values) == len(COLUMNS):
            _keep(number, values, sheets, findings)
    if not sheets and not findings and not signed:
        findings.append(BadCell(NO_ROWS).finding(row=0, column=""))
    return CountFile(sheets, signed, tuple(findings))


def _values(number: int, texts: Mapping[str, str], findings: list[Finding]) -> dict[str, str]:
    values: dict[str, str] = {}
    for column in COLUMNS:
        try:
            values[column.key] = column.read(texts[column.key])
        except BadCell as bad:
            findings.append(bad.finding(row=number, column=column.key))
    return values


def _keep(
    number: int, values: Mapping[str, str], sheets: dict[Key, SheetRows], findings: list[Finding]
) -> None:
    """Note one figure; the same item of a sheet twice is a fault."""
    key = (values["round"], values["place"], values["stage"])
    sheet = sheets.setdefault(key, SheetRows(number))
    item = values["item"]
    if item in sheet.figures:
        bad = BadCell(ITEM_TWICE, value=cells.shortened(item), first=sheet.figures[item][0])
        findings.append(bad.finding(row=number, column="item"))
    sheet.figures.setdefault(item, (number, values["value"]))
