"""The blank count sheet (计票结果报告单), one page a place, to be filled in by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from election.reports.documents import missing_glyphs, render
from election.rules.candidates.lists import fallen_note

KINDS = {"station": "投票站", "meeting": "选举大会", "mobile_box": "流动票箱"}
ROUNDS = {
    "first": "第一次投票",
    "tie_repeat": "再次投票",
    "further": "另行选举",
    "rerun": "重新选举",
}
LEVELS = {"county": "县级", "town": "镇级"}
_WRITEIN_LINES = 4


@dataclass(frozen=True, slots=True)
class SheetForm:
    """What is printed on one blank sheet; candidates are names in ballot order.

    fallen: who stand no more though the ballots bear their names (R5.20).
    """

    code: str
    election: str
    congress: str
    level: str
    district_number: int
    district_name: str
    place_code: str
    place_name: str
    place_kind: str
    round_kind: str
    round_number: int
    seats: int
    polling_day: date
    allows_writeins: bool
    candidates: tuple[str, ...]
    fallen: tuple[str, ...] = ()


def count_sheets(forms: Sequence[SheetForm]) -> bytes:
    """The sheets as one PDF, a new page for each."""
    return render("count_sheet", {"sheets": [_sheet_data(form) for form in forms]})


def rare_note(data: object) -> str:
    """What the font cannot print is said on the paper itself: a gap must not pass for a name."""
    points = "、".join(f"U+{ord(sign):04X}" for sign in missing_glyphs(data))
    return f"字库缺字{points}，请核对后手写填补" if points else ""


def chinese_day(day: date) -> str:
    """2021年12月16日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _sheet_data(form: SheetForm) -> dict[str, object]:
    district = f"{LEVELS[form.level]}第{form.district_number}选区"
    kind = KINDS[form.place_kind]
    note = fallen_note(form.fallen)
    place = form.place_name if kind in form.place_name else f"{form.place_name}（{kind}）"
    return {
        "code": form.code,
        "election": form.election,
        "congress": form.congress,
        "district": f"{district}（{form.district_name}）" if form.district_name else district,
        "place": f"{form.place_code} {place}",
        "round": f"第{form.round_number}轮 {ROUNDS[form.round_kind]}",
        "day": chinese_day(form.polling_day),
        "seats": form.seats,
        "candidates": list(form.candidates),
        "fallen": note.zh if note else "",
        "writeins": _WRITEIN_LINES if form.allows_writeins else 0,
        "rare": rare_note([form.place_name, form.district_name, *form.candidates, *form.fallen]),
    }
