"""The notice of a list of candidates (代表候选人名单公告), for the first and for the formal list.

Prints what the law wants voters to know (EL 32; ZJ 35-36): name, sex and basic facts, the month of
birth at most. Number, signatory and day of the notice are the office's to edit.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import NamedTuple

from election.reports.documents import render
from election.rules.citations import chinese_number

_LAW = (
    "根据《中华人民共和国全国人民代表大会和地方各级人民代表大会选举法》第三十二条和"
    "《浙江省县、乡两级人民代表大会代表选举实施细则》第{article}条的规定，"
)
_ARTICLES = {"first": "三十五", "formal": "三十六"}
_NAMES = {"first": "代表候选人", "formal": "正式代表候选人"}


class NoticeColumn(NamedTuple):
    """A column of a notice_list. width: in em, 0 for what the others leave."""

    name: str
    width: float
    centred: bool


_COLUMNS = (
    NoticeColumn("姓名", 6.2, centred=False),
    NoticeColumn("性别", 3, centred=True),
    NoticeColumn("民族", 4, centred=True),
    NoticeColumn("出生年月", 6.4, centred=True),
    NoticeColumn("文化程度", 5, centred=True),
    NoticeColumn("政治面貌", 5, centred=True),
    NoticeColumn("工作单位及职务", 0, centred=False),
)


@dataclass(frozen=True, slots=True)
class NoticePerson:
    """One line: what is printed of a candidate, as text; "" where nothing is known."""

    name: str
    sex: str
    nationality: str = ""
    born: str = ""  # 1970年5月
    education: str = ""
    party: str = ""
    occupation: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class NoticeDistrict:
    """One district: its number, the units it is made of, its seats, its people in list order."""

    number: int
    area: str
    seats: int
    people: tuple[NoticePerson, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """A whole notice. which: first | formal; number: such as 第5号, "" for none."""

    which: str
    congress: str  # 鹤浦镇人民代表大会
    term: int
    issuer: str
    number: str
    signatory: str
    day: date
    districts: tuple[NoticeDistrict, ...]
    by_election: bool = False
    by_votes: bool = False  # the profile orders by the votes of a primary


def candidates_notice(notice: Notice) -> bytes:
    """The notice as a PDF."""
    return render("notice_list", notice_data(notice))


def notice_data(notice: Notice) -> dict[str, object]:
    """Every text the notice prints; ask missing_glyphs about it before printing."""
    return {
        "issuer": notice.issuer,
        "number": notice.number,
        "subject": subject_of(notice),
        "opening": opening_of(notice),
        "signatory": notice.signatory,
        "day": day_text(notice.day),
        "columns": [column._asdict() for column in _COLUMNS],
        "districts": [_district(district) for district in notice.districts],
    }


def subject_of(notice: Notice) -> str:
    """鹤浦镇第十九届人民代表大会代表候选人名单."""
    again = "补选" if notice.by_election else ""
    return f"{term_name(notice.congress, notice.term)}{again}{_NAMES[notice.which]}名单"


def opening_of(notice: Notice) -> str:
    """The sentence before the list: the articles, what is published, in which order."""
    order = "以预选得票多少为序" if notice.by_votes else "以姓名笔划为序"
    law = _LAW.format(article=_ARTICLES[notice.which])
    return f"{law}现将{subject_of(notice)}（{order}）公布如下："


def term_name(congress: str, term: int) -> str:
    """鹤浦镇人民代表大会, 19 -> 鹤浦镇第十九届人民代表大会; what stands behind it stays there."""
    place, _, behind = congress.partition("人民代表大会")
    return f"{place}第{chinese_number(term)}届人民代表大会{behind}"


def day_text(day: date) -> str:
    """2021年12月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def born_text(birth_month: str) -> str:
    """1970-05 -> 1970年5月; "" stays ""."""
    if not birth_month:
        return ""
    year, month = birth_month.split("-")
    return f"{year}年{int(month)}月"


def _district(district: NoticeDistrict) -> dict[str, object]:
    return {
        "title": f"第{district.number}选区",
        "area": district.area,
        "seats": f"应选代表{district.seats}名，候选人{len(district.people)}名",
        "rows": _rows(district.people),
    }


def _rows(people: Sequence[NoticePerson]) -> list[list[str]]:
    """The cells of the table, line by line; a dash where nothing is known."""
    rows = []
    for person in people:
        cells = asdict(person)
        remark = cells.pop("remark")
        cells["name"] += f"\n（{remark}）" if remark else ""
        rows.append([cell or "—" for cell in cells.values()])
    return rows
