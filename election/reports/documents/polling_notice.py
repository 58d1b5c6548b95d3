"""The notice of the polling places of an election (投票站公告): where and when a district votes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from election.reports.documents import render
from election.reports.documents.candidates import NoticeColumn
from election.reports.documents.count_sheet import chinese_day

_COLUMNS = (
    NoticeColumn("编号", 5, centred=True),
    NoticeColumn("投票场所", 14, centred=False),
    NoticeColumn("种类", 6, centred=True),
    NoticeColumn("地址", 0, centred=False),
)


@dataclass(frozen=True, slots=True)
class ServedDistrict:
    """A district, such as 镇级第3选区, and its places: code, name, kind, address ("" unknown)."""

    title: str
    seats: int
    places: Sequence[tuple[str, str, str, str]]


def polling_notice(
    election: str, issuer: str, polling_day: date, districts: Sequence[ServedDistrict]
) -> bytes:
    """The notice as a PDF. election: its title; the day under the notice is left to the pen."""
    data = {
        "issuer": issuer,
        "number": "",
        "subject": f"{election}投票场所",
        "opening": f"现将{chinese_day(polling_day)}投票的场所公布如下：",
        "signatory": issuer,
        "day": "　　年　月　日",
        "columns": [column._asdict() for column in _COLUMNS],
        "districts": [_district_data(district) for district in districts],
    }
    return render("notice_list", data)


def _district_data(district: ServedDistrict) -> dict[str, object]:
    rows = [[cell or "—" for cell in place] for place in district.places]
    return {
        "title": district.title,
        "area": "",
        "seats": f"应选代表{district.seats}名",
        "rows": rows or [["—"] * len(_COLUMNS)],
    }
