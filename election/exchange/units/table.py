"""Units in and out: a table of villages, communities and workplaces is read, compared, and written.

Reading finds all faults at once; comparing says what would be added, changed, skipped, and why.
Nothing is stored here. What is exported can be imported again and then changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from election.exchange import cells, spreadsheets
from election.exchange.cells import BadCell
from election.exchange.headers import Head
from election.exchange.units import proposals
from election.exchange.units.columns import BY_NAME, COLUMNS, KIND_WORDS, LAYOUT, NAMES
from election.exchange.units.file_rows import FileRow, UnitFile
from election.queries.units.table import UnitRow, UnitValues, natural
from election.rules.files.tables import CELL_EMPTY, NO_ROWS
from election.rules.terms import Finding, Text
from election.rules.units import checks
from election.rules.units.codes import ZERO_LOST
from election.rules.units.kinds import UnitKind

_LIMITS = replace(spreadsheets.LIMITS, rows=20_000)  # as many as a layer may have features
_READERS = {column.key: column.read for column in COLUMNS}
_TOTALS = {"合计", "总计", "小计", "共计", "total"}
_TOTAL_ROW = Text("合计行", "a row of totals")
_SAME = Text("与已有数据相同", "the same as stored")


class Doing(StrEnum):
    """What an import would do with one row."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"
    SKIP = "skip"
    FAULT = "fault"  # the row has faults: nothing of the file can be stored


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one unit: what is stored (None: not known), and what would be."""

    key: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class ImportLine:
    """What would be done with one row, and why when nothing is."""

    row: int
    code: str
    name: str
    doing: Doing
    changes: tuple[Change, ...] = ()
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; it can be stored only when there are no findings.

    add: new units; change: unit id -> its values afterwards; untouched: stored units that the file
    does not name and that stay as they are.
    """

    lines: tuple[ImportLine, ...]
    findings: tuple[Finding, ...]
    add: tuple[UnitValues, ...]
    change: Mapping[int, UnitValues]
    untouched: tuple[UnitValues, ...]
    warnings: tuple[Finding, ...] = ()

    def count(self, doing: str) -> int:
        """How many rows would be added, changed or skipped."""
        return sum(line.doing.value == doing for line in self.lines)


def read(raw: bytes, name: str) -> UnitFile:
    """Read a table of units. Never raises for a bad file: its faults are in `findings`."""
    try:
        table = spreadsheets.read_table(raw, name, _LIMITS)
        head = _head(table.rows)
    except spreadsheets.Unreadable as unreadable:
        return UnitFile((), (), tuple(unreadable.findings))
    rows: list[FileRow] = []
    skipped: list[tuple[int, Text]] = []
    findings: list[Finding] = []
    for number, texts in head.rows:
        if _TOTALS & {text.lower() for text in texts[:3]}:
            skipped.append((number, _TOTAL_ROW))
        else:
            rows.append(_row(number, head.texts(texts), findings))
    hints = {LAYOUT.hint_sheet(language).name for language in ("zh", "en")}
    other_sheets = tuple(name for name in table.other_sheets if name not in hints)
    return UnitFile(
        tuple(rows), tuple(skipped), tuple(findings), head.keys, head.unused, other_sheets
    )


def _head(rows: Sequence[tuple[int, tuple[str, ...]]]) -> Head:
    """The header with codes, else one with names; raises Unreadable for the missing codes."""
    try:
        return LAYOUT.find(rows)
    except spreadsheets.Unreadable as without_codes:
        try:
            head = BY_NAME.find(rows)
        except spreadsheets.Unreadable:
            raise without_codes from None
        if len(head.keys) == 1 and len(head.rows) < len(rows) - 1:
            raise  # one word further down is a cell, not a header
        return head


def _row(number: int, texts: Mapping[str, str], findings: list[Finding]) -> FileRow:
    values: dict[str, Any] = {}
    for key, text in texts.items():
        try:
            read_cell = cells.required(_READERS[key]) if key == "code" else _READERS[key]
            values[key] = read_cell(text)
        except BadCell as bad:
            findings.append(bad.finding(row=number, column=key))
    return FileRow(number, values)


def compare(file: UnitFile, stored: Sequence[UnitRow]) -> Preview:
    """What importing `file` over the stored units would do; all faults of the rows together.

    A file without codes gets them: of the stored units of these names, or the next free numbers.
    """
    file, notes = proposals.coded(file, stored)
    by_code = {row.values.code: row for row in stored}
    named = {row.code for row in file.rows}
    goals = _goals(file, by_code)
    findings = [*file.findings, *_faults(file, goals, by_code)]
    faulty = {fault.facts["row"] for fault in findings}
    pairs = [
        (_line(row, goal, by_code.get(row.code), faulty=row.row in faulty), goal)
        for row, goal in zip(file.rows, goals, strict=True)
    ]
    lines = [line for line, _goal in pairs]
    lines += [ImportLine(number, "", "", Doing.SKIP, why=why) for number, why in file.skipped]
    return Preview(
        lines=tuple(sorted(lines, key=lambda line: line.row)),
        findings=tuple(sorted(findings, key=lambda fault: int(str(fault.facts["row"])))),
        add=tuple(goal for line, goal in pairs if line.doing is Doing.ADD),
        change={by_code[g.code].id: g for line, g in pairs if line.doing is Doing.CHANGE},
        untouched=tuple(row.values for row in stored if row.values.code not in named),
        warnings=(
            *notes,
            *(warning for line, goal in pairs for warning in group_sums(line.row, goal)),
        ),
    )


def group_sums(row: int, goal: UnitValues) -> list[Finding]:
    """Whether the voter groups of a unit make up its people."""
    people = (goal.hukou_population, goal.resident_population)
    return checks.check_groups(goal.name, goal.voter_groups, people, row=row)


def _goals(file: UnitFile, by_code: Mapping[str, UnitRow]) -> list[UnitValues]:
    """The values of each row's unit afterwards; a pair of neighbours counts when one side names it.

    A column the file does not have stays as stored, so do a name and a kind left empty; any other
    empty cell says that the figure is not known.
    """
    goals = []
    for row in file.rows:
        start = by_code[row.code].values if row.code in by_code else _blank(row.code)
        filled = {k: v for k, v in row.values.items() if k not in ("name", "kind") or v}
        goals.append(replace(start, **filled))
    for key, other_key in (("neighbours", "ferries"), ("ferries", "neighbours")):
        if key in file.columns:
            naming = _naming(goals, key)
            goals = [_both_sides(goal, key, naming) for goal in goals]
            if other_key not in file.columns:
                goals = [_without(goal, other_key, getattr(goal, key)) for goal in goals]
    return goals


def _blank(code: str) -> UnitValues:
    return UnitValues(code=code, name="", kind=UnitKind.VILLAGE)


def _naming(goals: Iterable[UnitValues], key: str) -> dict[str, set[str]]:
    """Code -> codes of the rows that name it as a neighbour."""
    naming: dict[str, set[str]] = defaultdict(set)
    for goal in goals:
        for code in getattr(goal, key):
            naming[code].add(goal.code)
    return naming


def _both_sides(goal: UnitValues, key: str, naming: Mapping[str, set[str]]) -> UnitValues:
    return _tied(goal, key, {*getattr(goal, key), *naming.get(goal.code, ())})


def _without(goal: UnitValues, key: str, codes: Sequence[str]) -> UnitValues:
    return _tied(goal, key, set(getattr(goal, key)) - set(codes))


def _tied(goal: UnitValues, key: str, codes: Iterable[str]) -> UnitValues:
    ordered = tuple(sorted(codes, key=natural))
    return (
        replace(goal, neighbours=ordered) if key == "neighbours" else replace(goal, ferries=ordered)
    )


def _faults(
    file: UnitFile, goals: Sequence[UnitValues], by_code: Mapping[str, UnitRow]
) -> list[Finding]:
    """Faults that show only when the rows stand beside each other and the stored units."""
    named = {row.code for row in file.rows}
    pairs = [(row, goal) for row, goal in zip(file.rows, goals, strict=True) if row.code]
    other_names = {code: row.values.name for code, row in by_code.items() if code not in named}
    findings = checks.check_units([goal.listed(row.row) for row, goal in pairs], other_names)
    badly_named = {fault.facts["row"] for fault in file.findings if fault.facts["column"] == "name"}
    zeros, unnamed = without_zeros(other_names), False
    for row, goal in pairs:
        lost = zero_lost(row.code, zeros)
        nameless = not (goal.name or lost or row.row in badly_named)
        if nameless and "name" in file.columns:
            findings.append(BadCell(CELL_EMPTY).finding(row=row.row, column="name"))
        elif nameless:
            unnamed = True
        findings += [bad_cell.finding(row=row.row, column="code") for bad_cell in lost]
    if unnamed:  # one fault for one column, however many rows need it
        findings.append(LAYOUT.missing("name"))
    if not file.rows and not file.findings:
        findings.append(BadCell(NO_ROWS).finding(row=0, column=""))
    return findings


def without_zeros(codes: Iterable[str]) -> Mapping[str, list[str]]:
    """Code without its leading zeros -> the stored codes that begin with 0 and read like it."""
    stripped: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        if code.startswith("0") and code.isdigit():
            stripped[code.lstrip("0")].append(code)
    return stripped


def zero_lost(code: str, zeros: Mapping[str, list[str]]) -> list[BadCell]:
    """Excel turns 0301 into 301: then a stored unit would silently be doubled."""
    return [BadCell(ZERO_LOST, value=code, stored=stored) for stored in zeros.get(code, ())]


def _line(row: FileRow, goal: UnitValues, stored: UnitRow | None, *, faulty: bool) -> ImportLine:
    if faulty:
        return ImportLine(row.row, goal.code, goal.name, Doing.FAULT)
    if stored is None:
        return ImportLine(row.row, goal.code, goal.name, Doing.ADD, changes(None, goal))
    changed = changes(stored.values, goal)
    if not changed:
        return ImportLine(row.row, goal.code, goal.name, Doing.SKIP, why=_SAME)
    return ImportLine(row.row, goal.code, goal.name, Doing.CHANGE, changed)


def changes(old: UnitValues | None, new: UnitValues) -> tuple[Change, ...]:
    """The fields that differ, in the order of the columns; for a new unit those that are filled."""
    pairs = ((key, getattr(old, key) if old else None, getattr(new, key)) for key in NAMES)
    return tuple(
        Change(key, before, after)
        for key, before, after in pairs
        if (before != after if old else not (after is None or after is False or after == ()))
    )


def export_csv(rows: Sequence[UnitRow], language: str) -> bytes:
    """All units as CSV, headers in "zh..." or "en"."""
    header, body = _body(rows, language)
    return spreadsheets.write_csv(header, body)


def export_xlsx(rows: Sequence[UnitRow], language: str) -> bytes:
    """All units as a workbook with a second sheet that says what belongs into each column."""
    header, body = _body(rows, language)
    title = Text("单元", "units").say(language)
    return spreadsheets.write_xlsx(
        [spreadsheets.Sheet(title, header, body), LAYOUT.hint_sheet(language)]
    )


def template_xlsx(language: str) -> bytes:
    """An empty workbook to be filled in."""
    return export_xlsx([], language)


def _body(
    rows: Sequence[UnitRow], language: str
) -> tuple[list[str], list[list[spreadsheets.Value]]]:
    header = [column.name.say(language) for column in COLUMNS]
    return header, [[cell_value(row.values, key, language) for key in NAMES] for row in rows]


def cell_value(values: UnitValues, key: str, language: str) -> spreadsheets.Value:
    """One field of a unit as a cell of a table."""
    value = getattr(values, key)
    if isinstance(value, UnitKind):
        return KIND_WORDS[value].say(language)
    if isinstance(value, bool):
        return cells.YES.say(language) if value else None
    if key == "voter_groups":
        return cells.groups_text(value) or None
    if isinstance(value, tuple):
        return "、".join(value) or None
    return value  # type: ignore[no-any-return]
