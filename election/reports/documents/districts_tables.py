"""选区划分一览表 and 名额分配表: one description of each table, for PDF and for spreadsheets."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from election.reports.documents import render
from election.reports.documents.districts_plan import (
    DRAFT,
    SAMPLE,
    PaperLine,
    PlanPaper,
    district_name,
    listed,
    long_day,
)
from election.rules.rounding import count, decimal, percent, rate
from election.rules.terms import Text

Cell = Text | str | int | Fraction | None


class CellStyle(StrEnum):
    """How the cells of a column are written."""

    TEXT = "text"
    COUNT = "count"
    TENTHS = "tenths"
    FRACTION = "fraction"  # 28981/14200, as text
    SHARE = "share"  # four decimals
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """Heading, form, width in millimetres on paper (0: what is left)."""

    title: Text
    form: CellStyle
    width: int


@dataclass(frozen=True, slots=True)
class TablePaper:
    """A table with its official frame: title, unit and date line, notes, places for signatures.

    tail: the end of the title that stays on one line.
    """

    title: Text
    tail: Text
    left: Text
    right: Text
    columns: tuple[PaperColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sums: tuple[Cell, ...]
    notes: tuple[Text, ...]
    signatures: tuple[Text, ...]
    draft: bool
    landscape: bool


@dataclass(frozen=True, slots=True)
class _Field:
    """A column and where its cells come from: of each district, and below in the row of sums."""

    title: Text
    form: CellStyle
    width: int
    cell: Callable[[PaperLine], Cell]
    total: Cell = ""


_TOTAL = Text("合计", "Total")
_SIGNATURES = (
    Text("制表人：", "Made by: "),
    Text("审核人：", "Checked by: "),
    Text("选举委员会（盖章）：", "Election committee (seal): "),
)


def overview(plan: PlanPaper) -> TablePaper:
    """选区划分一览表: every district with its units and figures."""
    return _framed(
        plan,
        Text("选区划分一览表", "Districts"),
        _Field(Text("选区", "District"), CellStyle.TEXT, 44, lambda x: _called(x, x.name), _TOTAL),
        _Field(
            Text("所辖单元", "Units"),
            CellStyle.TEXT,
            0,
            lambda x: listed(x.units),
            _districts(plan),
        ),
        _people(plan, 18),
        _Field(Text("应选代表", "Seats"), CellStyle.COUNT, 19, lambda x: x.seats, plan.seats_given),
        _per_seat(plan, Text("每名代表人口", "People per deputy"), 24),
        _off(),
        _Field(Text("类别", "Kind"), CellStyle.TEXT, 28, lambda x: x.kind),
        notes=(_deviation_note(plan),),
        landscape=True,
    )


def allocation(plan: PlanPaper) -> TablePaper:
    """名额分配表: every district's exact share beside the seats it has."""
    total = Text(f"{_TOTAL.zh}（{_districts(plan).zh}）", f"{_TOTAL.en} ({_districts(plan).en})")
    return _framed(
        plan,
        Text("名额分配表", "Allocation of seats"),
        _Field(
            Text("选区", "District"),
            CellStyle.TEXT,
            0,
            lambda x: _called(x, x.name or listed(x.units)),
            total,
        ),
        _people(plan, 15),
        _Field(Text("应得名额\n（分数）", "Exact share"), CellStyle.FRACTION, 27, _fraction),
        _Field(
            Text("应得名额\n（约）", "Share, about"),
            CellStyle.SHARE,
            18,
            lambda x: x.share,
            _sum_of_shares(plan),
        ),
        _Field(Text("分配名额", "Seats"), CellStyle.COUNT, 18, lambda x: x.seats, plan.seats_given),
        _per_seat(plan, Text("每名代表\n人口", "People per deputy"), 18),
        _off(),
        notes=(_share_note(plan), plan.method, _deviation_note(plan)),
        landscape=False,
    )


def _people(plan: PlanPaper, width: int) -> _Field:
    return _Field(Text("人口", "People"), CellStyle.COUNT, width, lambda x: x.people, plan.people)


def _per_seat(plan: PlanPaper, title: Text, width: int) -> _Field:
    return _Field(title, CellStyle.TENTHS, width, lambda x: x.per_seat, plan.average)


def _off() -> _Field:
    return _Field(Text("偏差", "Deviation"), CellStyle.PERCENT, 20, lambda x: x.deviation)


def table_pdf(table: TablePaper, language: str) -> bytes:
    """The table as a PDF in zh... or en."""
    return render("districts_table", table_data(table, language))


def table_data(table: TablePaper, language: str) -> dict[str, object]:
    """Every text the PDF prints; ask missing_glyphs about it before printing."""
    columns = [
        {
            "title": column.title.say(language),
            "width": column.width,
            "text": column.form is CellStyle.TEXT,
        }
        for column in table.columns
    ]
    body = [*table.rows, table.sums]
    return {
        "language": "zh" if language.startswith("zh") else "en",
        "title": table.title.say(language).removesuffix(table.tail.say(language)),
        "tail": table.tail.say(language),
        "left": table.left.say(language),
        "right": table.right.say(language),
        "columns": columns,
        "rows": [
            [
                written(cell, column.form, language)
                for cell, column in zip(row, table.columns, strict=True)
            ]
            for row in body
        ],
        "notes": [note.say(language) for note in table.notes],
        "signatures": [signature.say(language) for signature in table.signatures],
        "draft": DRAFT.say(language) if table.draft else "",
        "landscape": table.landscape,
    }


def written(cell: Cell, form: CellStyle, language: str) -> str:
    """A cell as paper shows it; a dash for what is not known."""
    if cell is None:
        return "—"
    if isinstance(cell, Text):
        return cell.say(language)
    if isinstance(cell, str):
        return cell
    if form is CellStyle.COUNT and isinstance(cell, int):
        return count(cell).say(language)
    value = Fraction(cell)
    if form is CellStyle.PERCENT:
        return percent(value, sign=True)
    return decimal(value, 4) if form is CellStyle.SHARE else rate(value).say(language)


def _framed(
    plan: PlanPaper,
    name: Text,
    *fields: _Field,
    notes: tuple[Text, ...],
    landscape: bool,
) -> TablePaper:
    on = long_day(plan.day)
    tail = Text(f"代表{name.zh}{plan.place.zh}", plan.place.en)
    return TablePaper(
        title=Text(f"{plan.body.zh}{tail.zh}", f"{name.en}: {plan.body.en}{tail.en}"),
        tail=tail,
        left=Text(f"编制单位：{plan.committee}", f"Issued by: {plan.committee}"),
        right=Text(f"日期：{on.zh}", f"Date: {on.en}"),
        columns=tuple(PaperColumn(field.title, field.form, field.width) for field in fields),
        rows=tuple(tuple(field.cell(line) for field in fields) for line in plan.lines),
        sums=tuple(field.total for field in fields),
        notes=(
            Text(f"状态：{plan.standing.zh}。", f"{plan.standing.en}."),
            *notes,
            *((SAMPLE,) if plan.is_sample else ()),
        ),
        signatures=_SIGNATURES,
        draft=plan.draft,
        landscape=landscape,
    )


def _called(line: PaperLine, more: str | Text) -> Text:
    """第3选区（港区）: the district with its name, or with what else tells it from others."""
    number, addition = (
        district_name(line.number),
        more if isinstance(more, Text) else Text(more, more),
    )
    if not addition.zh:
        return number
    return Text(f"{number.zh}（{addition.zh}）", f"{number.en} ({addition.en})")


def _districts(plan: PlanPaper) -> Text:
    number = len(plan.lines)
    return Text(f"{number}个选区", f"{number} districts")


def _fraction(line: PaperLine) -> str | None:
    return None if line.share is None else str(line.share)


def _sum_of_shares(plan: PlanPaper) -> Fraction | None:
    shares = [line.share for line in plan.lines if line.share is not None]
    return sum(shares, Fraction()) if len(shares) == len(plan.lines) else None


def _deviation_note(plan: PlanPaper) -> Text:
    basis = plan.basis
    return Text(
        f"人口口径为{basis.zh}。偏差＝每名代表人口÷平均数－1。法律要求各选区每一代表所代表的人口数大体相等"
        "（选举法第二十六条），没有规定具体数值。“—”表示未知，不是零。",
        f"People: {basis.en}. Deviation = people per deputy ÷ average − 1. The law wants people "
        "per deputy to be roughly equal (Electoral Law Art. 26) and gives no number. A dash "
        "means not known, never zero.",
    )


def _share_note(plan: PlanPaper) -> Text:
    if plan.people is None:
        return Text(
            "部分单元人口未知，应得名额不能计算。",
            "The people of some units are not known: exact shares cannot be computed.",
        )
    return Text(
        f"应得名额＝选区人口×{plan.seats}÷{plan.people}，按分数精确计算。",
        f"Exact share = people of the district × {plan.seats} ÷ {plan.people:,}.",
    )
