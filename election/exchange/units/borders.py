"""Pairs of neighbours in and out: a table of two codes and how the two units touch.

Nothing is stored here. The same file serves `calc districts --adjacency`; what is exported can be
imported again, as the whole list too, and then changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from election.exchange import cells, spreadsheets
from election.exchange.cells import BadCell
from election.exchange.headers import TableColumn, TableColumns
from election.exchange.units.outlines import touching
from election.exchange.units.table import Doing, ImportLine, without_zeros, zero_lost
from election.queries.units.table import UnitRow, natural
from election.rules.files.tables import NO_ROWS
from election.rules.terms import Finding, Text
from election.rules.units.codes import NEIGHBOUR_SELF, NEIGHBOUR_UNKNOWN, PAIR_BOTH_WAYS, PAIR_TWICE
from election.rules.units.kinds import NeighbourKind

Pair = tuple[str, str]
KIND_WORDS = {
    NeighbourKind.LAND: Text("陆", "land"),
    NeighbourKind.FERRY: Text("轮渡", "ferry"),
}
_KINDS = {
    **dict.fromkeys(("陆", "陆上", "陆地", "陆上相邻", "land"), NeighbourKind.LAND),
    **dict.fromkeys(("轮渡", "渡", "渡轮", "轮渡相邻", "ferry"), NeighbourKind.FERRY),
}
COLUMNS: tuple[TableColumn, ...] = (
    TableColumn(
        "a",
        Text("甲", "a"),
        Text("必填。一方单元的编码", "required; the code of one unit"),
        cells.code,
        ("编码1", "单元1", "单元甲", "code1", "unit1", "from"),
    ),
    TableColumn(
        "b",
        Text("乙", "b"),
        Text(
            "必填。另一方单元的编码；每对只写一行",
            "required; the code of the other; one row for each pair",
        ),
        cells.code,
        ("编码2", "单元2", "单元乙", "code2", "unit2", "to"),
    ),
    TableColumn(
        "kind",
        Text("方式", "kind"),
        Text("陆或轮渡；不填为陆", "land or ferry; land if empty"),
        cells.one_of(_KINDS, "陆、轮渡"),
        ("相邻方式", "类型"),
    ),
)
LAYOUT = TableColumns(COLUMNS, required="a")
NAMES = {column.key: column.name for column in COLUMNS}
_SAME = Text("与已有数据相同", "the same as stored")
_NOT_LISTED = Text("文件中没有这一对", "the file does not name this pair")
_FERRY_KEPT = Text("已登记为轮渡相邻，不改", "stored as joined by ferry; stays so")


@dataclass(frozen=True, slots=True)
class Border:
    """A row of a file: two codes and how they touch; None: the file does not say."""

    row: int
    a: str
    b: str
    kind: NeighbourKind | None

    @property
    def pair(self) -> Pair:
        """The two codes, whichever came first."""
        return (self.a, self.b) if self.a <= self.b else (self.b, self.a)


@dataclass(frozen=True, slots=True)
class BorderFile:
    """A file as read: its pairs, its faults, what is not read."""

    rows: tuple[Border, ...]
    findings: tuple[Finding, ...] = ()
    unused: tuple[str, ...] = ()
    other_sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BorderPreview:
    """What an import of pairs would do; it can be stored only when there are no findings.

    pairs: what changes; None: no longer neighbours. unlisted: stored pairs that stay although the
    file does not name them.
    """

    lines: tuple[ImportLine, ...]
    findings: tuple[Finding, ...]
    pairs: Mapping[Pair, NeighbourKind | None]
    unlisted: tuple[Pair, ...] = ()
    warnings: tuple[Finding, ...] = ()

    def count(self, doing: str) -> int:
        """How many pairs would be added, changed, removed or skipped."""
        return sum(line.doing.value == doing for line in self.lines)


def read(raw: bytes, name: str) -> BorderFile:
    """Read a table of pairs. Never raises for a bad file: its faults are in `findings`."""
    try:
        table = spreadsheets.read_table(raw, name)
        head = LAYOUT.find(table.rows)
    except spreadsheets.Unreadable as unreadable:
        return BorderFile((), tuple(unreadable.findings))
    rows: list[Border] = []
    findings = [] if "b" in head.keys else [LAYOUT.missing("b")]
    for number, texts in head.rows if "b" in head.keys else ():
        rows += _row(number, head.texts(texts), findings)
    if not rows and not findings:
        findings.append(BadCell(NO_ROWS).finding(row=0, column=""))
    hints = {LAYOUT.hint_sheet(language).name for language in ("zh", "en")}
    other_sheets = tuple(name for name in table.other_sheets if name not in hints)
    return BorderFile(tuple(rows), tuple(findings), head.unused, other_sheets)


def _row(number: int, texts: Mapping[str, str], findings: list[Finding]) -> list[Border]:
    """The pair of a row; nothing when a cell of it cannot be read."""
    values: dict[str, Any] = {}
    for column in COLUMNS:
        reader = column.read if column.key == "kind" else cells.required(column.read)
        try:
            values[column.key] = reader(texts.get(column.key, ""))
        except BadCell as bad:
            findings.append(bad.finding(row=number, column=column.key))
    if len(values) < len(COLUMNS):
        return []
    kind = values["kind"] or (NeighbourKind.LAND if "kind" in texts else None)
    return [Border(number, values["a"], values["b"], kind)]


def compare(
    file: BorderFile, stored: Sequence[UnitRow], *, whole: bool, keep_ferries: bool = False
) -> BorderPreview:
    """What importing the pairs over the stored ones would do; all faults together.

    whole: the file is the whole list, pairs that it does not name are removed. A file without the
    column "kind" leaves a stored pair as it is joined, and adds new ones by land. keep_ferries:
    nor does a pair said to touch by land change one stored as joined by ferry.
    """
    before, names = stored_pairs(stored), {row.values.code: row.values.name for row in stored}
    findings = [*file.findings, *_faults(file, names)]
    faulty = {fault.facts["row"] for fault in findings}
    pairs: dict[Pair, NeighbourKind | None] = {}
    lines = [
        _line(row, before.get(row.pair), names, pairs, row.row in faulty, keep_ferries)
        for row in file.rows
    ]
    named = {row.pair for row in file.rows}
    unlisted = tuple(pair for pair in before if pair not in named)
    if whole:
        pairs.update(dict.fromkeys(unlisted))
        lines += [
            ImportLine(0, _code(p), _name(p, names), Doing.REMOVE, why=_NOT_LISTED)
            for p in unlisted
        ]
    ordered = tuple(sorted(findings, key=lambda fault: int(str(fault.facts["row"]))))
    return BorderPreview(tuple(lines), ordered, pairs, () if whole else unlisted)


def stored_pairs(stored: Sequence[UnitRow]) -> dict[Pair, NeighbourKind]:
    """Every stored pair once, smaller code first, in the order of the codes."""
    pairs = {
        (min(row.values.code, code), max(row.values.code, code)): kind
        for row in stored
        for code, kind in row.values.ties.items()
    }
    return dict(sorted(pairs.items(), key=lambda item: [natural(code) for code in item[0]]))


def _line(
    row: Border,
    old: NeighbourKind | None,
    names: Mapping[str, str],
    pairs: dict[Pair, NeighbourKind | None],
    faulty: bool,
    keep_ferries: bool,
) -> ImportLine:
    """What happens to one row; a pair that changes is noted in `pairs`."""
    code, name = _code((row.a, row.b)), _name((row.a, row.b), names)
    if faulty:
        return ImportLine(row.row, code, name, Doing.FAULT)
    new = row.kind or old or NeighbourKind.LAND
    if old is new:
        return ImportLine(row.row, code, name, Doing.SKIP, why=_SAME)
    if keep_ferries and old is NeighbourKind.FERRY:
        return ImportLine(row.row, code, name, Doing.SKIP, why=_FERRY_KEPT)
    pairs[row.pair] = new
    if old is None:
        return ImportLine(row.row, code, name, Doing.ADD, why=KIND_WORDS[new])
    way = Text(
        f"{KIND_WORDS[old].zh} → {KIND_WORDS[new].zh}",
        f"{KIND_WORDS[old].en} → {KIND_WORDS[new].en}",
    )
    return ImportLine(row.row, code, name, Doing.CHANGE, why=way)


def _code(pair: Pair) -> str:
    return " — ".join(pair)


def _name(pair: Pair, names: Mapping[str, str]) -> str:
    return " — ".join(names.get(code, "?") for code in pair)


def _faults(file: BorderFile, names: Mapping[str, str]) -> list[Finding]:
    """Codes nobody has, a unit with itself, a pair twice."""
    zeros, first = without_zeros(names), dict[Pair, Border]()
    findings: list[Finding] = []
    for row in file.rows:
        for column, code in (("a", row.a), ("b", row.b)):
            lost = [] if code in names else zero_lost(code, zeros)
            unknown = [] if code in names else [BadCell(NEIGHBOUR_UNKNOWN, value=code)]
            findings += [
                bad_cell.finding(row=row.row, column=column) for bad_cell in lost or unknown
            ]
        if row.a == row.b:
            findings.append(BadCell(NEIGHBOUR_SELF, value=row.a).finding(row=row.row, column="b"))
        elif row.pair in first:
            findings.append(_twice(row, first[row.pair]))
        first.setdefault(row.pair, row)
    return findings


def _twice(row: Border, first: Border) -> Finding:
    same_kind = row.kind is first.kind
    code = PAIR_TWICE if same_kind else PAIR_BOTH_WAYS
    bad_cell = BadCell(code, value=row.a, other=row.b, first=first.row)
    return bad_cell.finding(row=row.row, column="b" if same_kind else "kind")


def from_shapes(stored: Sequence[UnitRow]) -> BorderFile:
    """The pairs of units whose outlines share a border, as a file would list them."""
    try:
        touching_pairs = touching(stored)
    except BadCell as bad:
        return BorderFile((), (bad.finding(row=0, column=""),))
    pairs = sorted(touching_pairs, key=lambda pair: [natural(code) for code in pair])
    rows = (Border(number, a, b, NeighbourKind.LAND) for number, (a, b) in enumerate(pairs, 1))
    return BorderFile(tuple(rows))


def export_csv(stored: Sequence[UnitRow], language: str) -> bytes:
    """All pairs as CSV, its columns a and b in every language: so `calc districts` reads it."""
    return spreadsheets.write_csv(("a", "b", _header(language)[2]), _body(stored, language))


def export_xlsx(stored: Sequence[UnitRow], language: str) -> bytes:
    """All pairs as a workbook with a sheet that says what belongs into each column."""
    title = Text("相邻关系", "neighbours").say(language)
    sheet = spreadsheets.Sheet(title, _header(language), _body(stored, language))
    return spreadsheets.write_xlsx([sheet, LAYOUT.hint_sheet(language)])


def _header(language: str) -> list[str]:
    return [column.name.say(language) for column in COLUMNS]


def _body(stored: Iterable[UnitRow], language: str) -> list[list[spreadsheets.Value]]:
    pairs = stored_pairs(list(stored))
    return [[a, b, KIND_WORDS[kind].say(language)] for (a, b), kind in pairs.items()]
