"""A table of nominations read: district, person and nominators of each row, as the papers say.

The columns are the fields of the page. What the rules say of a row shows when the act is tried;
nothing is stored here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from election.actions.candidates.persons import Particulars
from election.actions.candidates.signatures import Nominators
from election.exchange import cells, spreadsheets
from election.exchange.cells import BadCell
from election.exchange.headers import TableColumn, TableColumns
from election.models import NominationKind, Sex
from election.rules.candidates.signatures import Signature, read_signatures
from election.rules.files.rows import (
    BAD_PAPERS,
    DAY_TO_COME,
    DISTRICT_UNKNOWN,
    NOMINATORS,
    SIGNER_COUNT,
)
from election.rules.files.tables import NO_ROWS
from election.rules.id_numbers import check_id_number, check_text, normalise_id_number
from election.rules.names import check_name, normalise_name
from election.rules.terms import Finding, InputFaults, Severity, Text

_LEVELS = {"县": "county", "镇": "town", "乡": "town"}
_DISTRICT = re.compile(r"(?:(county|town)-|([县镇乡])级?第?)([0-9]{1,3})(?:选区)?")
_SIGNERS = re.compile(r"[;；\r\n]+")
_SEXES = {"男": Sex.MALE, "male": Sex.MALE, "女": Sex.FEMALE, "female": Sex.FEMALE}
_SAME = {**dict.fromkeys(("同一人", "same"), True), **dict.fromkeys(("另一人", "other"), False)}


class _Refused(Exception):
    """A cell the rules of names, numbers or texts refuse."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code.id)
        self.finding = finding


def _district(text: str) -> str:
    """town-3 from 镇级第3选区, 镇3 or town-3."""
    plain = cells.line_of_text(40)(text).replace(" ", "")
    match = _DISTRICT.fullmatch(plain)
    if not plain:
        return ""
    if match is None:
        raise BadCell(DISTRICT_UNKNOWN, value=cells.shortened(text))
    return f"{match[1] or _LEVELS[match[2]]}-{int(match[3])}"


def _name(text: str) -> str:
    name = normalise_name(text)
    _raise_first([finding for finding in check_name(name) if finding.severity is Severity.ERROR])
    return name


def _id_number(text: str) -> str | None:
    number = normalise_id_number(text)
    _raise_first(check_id_number(number) if number else [])
    return number or None


def _free(most: int) -> Callable[[str], str]:
    """A line of free text without identity numbers."""

    def read(text: str) -> str:
        _raise_first(check_text(text))
        return cells.line_of_text(most)(text)

    return read


def _raise_first(findings: list[Finding]) -> None:
    for finding in findings:
        raise _Refused(finding)


def _organisations(text: str) -> tuple[str, ...]:
    names = (name.strip() for name in re.split("[、,，]", _free(300)(text)))
    return tuple(dict.fromkeys(name for name in names if name))


def _signers(text: str) -> tuple[Signature, ...]:
    try:
        return read_signatures("\n".join(_SIGNERS.split(text)))
    except InputFaults as refused:
        zh = "；".join(fault.text.zh for fault in refused.faults)
        en = "; ".join(fault.text.en for fault in refused.faults)
        raise BadCell(BAD_PAPERS, fault=Text(zh, en)) from refused


COLUMNS: tuple[TableColumn, ...] = (
    TableColumn(
        "district",
        Text("选区", "district"),
        Text("镇级第3选区", "town-3"),
        cells.required(_district),
    ),
    TableColumn(
        "name",
        Text("姓名", "name"),
        Text("被推荐人姓名", "of the nominee"),
        cells.required(_name),
        ("被推荐人", "候选人", "候选人姓名"),
    ),
    TableColumn(
        "sex",
        Text("性别", "sex"),
        Text("男或女", "male or female"),
        cells.required(cells.one_of(_SEXES, "男、女")),
    ),
    TableColumn(
        "birth_month",
        Text("出生年月", "birth_month"),
        Text("1980-05", "1980-05"),
        cells.month,
        ("出生日期", "birth date", "birth month"),
    ),
    TableColumn(
        "nationality", Text("民族", "nationality"), Text("不填为汉族", "汉族 if empty"), _free(40)
    ),
    TableColumn(
        "education", Text("文化程度", "education"), Text("可不填", "optional"), _free(40), ("学历",)
    ),
    TableColumn(
        "party", Text("政治面貌", "party"), Text("可不填", "optional"), _free(40), ("党派",)
    ),
    TableColumn(
        "occupation",
        Text("工作单位及职务", "occupation"),
        Text("可不填", "optional"),
        _free(300),
        ("单位职务", "职务", "职业"),
    ),
    TableColumn(
        "id_number",
        Text("身份证号码", "id_number"),
        Text("可不填；设为文本格式，加密保存", "optional; format as text; stored encrypted"),
        _id_number,
        ("身份证号", "公民身份号码", "identity number"),
    ),
    TableColumn(
        "organisations",
        Text("推荐单位", "organisations"),
        Text(
            "政党、人民团体推荐的填写，几个单位联合推荐的用“、”分隔",
            "party or people's organisation; several jointly are separated by 、",
        ),
        _organisations,
        ("推荐政党团体", "organisation"),
    ),
    TableColumn(
        "signers",
        Text("联名人", "signers"),
        Text(
            "选民联名推荐的填写：姓名，或“姓名,名单编号”，用“；”分隔",
            'voters: a name, or "name,roll number", separated by ;',
        ),
        _signers,
        ("联名选民", "联名推荐人"),
    ),
    TableColumn(
        "signer_count",
        Text("联名人数", "signer_count"),
        Text("可不填；填写的与联名人核对", "optional; compared with the list"),
        cells.whole_number,
    ),
    TableColumn(
        "received_on",
        Text("收到日期", "received_on"),
        Text("2021-11-20", "2021-11-20"),
        cells.required(cells.day),
        ("推荐日期", "received on"),
    ),
    TableColumn(
        "same",
        Text("同名", "same"),
        Text(
            "已登记有同名的人时填写：同一人、另一人",
            "when somebody of this name is registered: same or other",
        ),
        cells.one_of(_SAME, "同一人、另一人"),
        ("同名处理",),
    ),
)
LAYOUT = TableColumns(COLUMNS, required="name")
NAMES = {column.key: column.name for column in COLUMNS}
_NEEDED = {"district", "name", "sex", "received_on"}


@dataclass(frozen=True, slots=True)
class Row:
    """One nomination. same: it is the registered person of this name; None: not said."""

    row: int
    district: str
    person: Particulars
    nominators: Nominators
    received_on: date
    same: bool | None

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it the same nomination: where, who, and by whom."""
        by = self.nominators
        return self.district, self.person.name, by.kind, by.organisations, frozenset(by.signatures)


@dataclass(frozen=True, slots=True)
class Rows:
    """A table as read: its nominations and all faults of its cells."""

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]


def read(raw: bytes, name: str, *, today: date) -> Rows:
    """Read a table of nominations. Never raises for a bad file: its faults are in `findings`."""
    try:
        head = LAYOUT.find(spreadsheets.read_table(raw, name).rows)
    except spreadsheets.Unreadable as unreadable:
        return Rows((), tuple(unreadable.findings))
    missing = [LAYOUT.missing(key) for key in NAMES if key in _NEEDED - set(head.keys)]
    if missing:
        return Rows((), tuple(missing))
    rows: list[Row] = []
    findings: list[Finding] = []
    for number, texts in head.rows:
        rows += _row(number, head.texts(texts), findings, today)
    if not rows and not findings:
        findings.append(BadCell(NO_ROWS).finding(row=0, column=""))
    return Rows(tuple(rows), tuple(findings))


def _row(number: int, texts: Mapping[str, str], findings: list[Finding], today: date) -> list[Row]:
    """The nomination of a row; nothing when the row has faults."""
    before, values = len(findings), dict[str, Any]()
    for column in COLUMNS:
        try:
            values[column.key] = column.read(texts.get(column.key, ""))
        except BadCell as bad:
            findings.append(bad.finding(row=number, column=column.key))
        except _Refused as refused:
            findings.append(placed(refused.finding, number, column.key))
    findings += _across(number, values, today)
    if len(findings) > before:
        return []
    kinds = (NominationKind.JOINT, NominationKind.ORGANISATION)
    nominators = Nominators(
        kind=kinds[not values["signers"]],
        organisations=values["organisations"],
        signatures=values["signers"],
    )
    person = Particulars(**{key: values[key] for key in Particulars.__dataclass_fields__})
    return [
        Row(number, values["district"], person, nominators, values["received_on"], values["same"])
    ]


def _across(number: int, values: dict[str, Any], today: date) -> list[Finding]:
    """Faults between the cells of a row; what is not said of the nationality is the usual one."""
    values["nationality"] = values.get("nationality") or "汉族"
    faults: list[tuple[BadCell, str]] = []
    signers, count = values.get("signers"), values.get("signer_count")
    if "organisations" in values and signers is not None:
        if bool(values["organisations"]) is bool(signers):
            faults.append((BadCell(NOMINATORS), "organisations"))
        elif count is not None and count != len(signers):
            fault = BadCell(SIGNER_COUNT, names=len(signers), count=count)
            faults.append((fault, "signer_count"))
    received = values.get("received_on")
    if received and received > today:
        faults.append((BadCell(DAY_TO_COME, value=received.isoformat()), "received_on"))
    return [fault.finding(row=number, column=column) for fault, column in faults]


def placed(finding: Finding, row: int, column: str) -> Finding:
    """The same finding, with its place in the file."""
    facts = {**finding.facts, "row": row, "column": column}
    return Finding(finding.code, (f"rows.{row}.{column}",), facts)
