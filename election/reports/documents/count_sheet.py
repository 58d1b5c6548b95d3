"""The blank count sheet (计票结果报告单), one page a place, to be filled in by hand."""

from collections.abc import Sequence
from datetime import date

from election.reports.documents import missing_glyphs, render
from election.rules.candidates.lists import fallen_note
from election.rules.counting import Papers
from election.rules.counting.paper import SheetPaper
from election.rules.polling.kinds import PlaceKind
from election.rules.results.kinds import RoundKind
from election.rules.terms import Level
from election.rules.words import round_words, words_by_value

KINDS = {kind: words.zh for kind, words in words_by_value(PlaceKind).items()}
LEVELS = {level: words.zh for level, words in words_by_value(Level).items()}
_WRITEIN_LINES = 4
_OF_RETURNED = (Papers.VOID, Papers.BLANK)
_HEADS = [f"{'其中' if head in _OF_RETURNED else ''}{head.words.zh}（张）" for head in Papers]


def count_sheets(papers: Sequence[SheetPaper]) -> bytes:
    """The sheets as one PDF, a new page for each."""
    return render(
        "count_sheet", {"sheets": [_sheet_data(paper) for paper in papers], "heads": _HEADS}
    )


def rare_note(data: object) -> str:
    """What the font cannot print is said on the paper itself: a gap must not pass for a name."""
    points = "、".join(f"U+{ord(sign):04X}" for sign in missing_glyphs(data))
    return f"字库缺字{points}，请核对后手写填补" if points else ""


def chinese_day(day: date) -> str:
    """2021年12月16日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _sheet_data(paper: SheetPaper) -> dict[str, object]:
    district = f"{LEVELS[paper.level]}第{paper.district_number}选区"
    kind = KINDS[paper.place_kind]
    note = fallen_note(paper.fallen)
    place = paper.place_name if kind in paper.place_name else f"{paper.place_name}（{kind}）"
    return {
        "code": paper.code,
        "election": paper.election,
        "congress": paper.congress,
        "district": f"{district}（{paper.district_name}）" if paper.district_name else district,
        "place": f"{paper.place_code} {place}",
        "round": round_words(RoundKind(paper.round_kind), paper.round_number).zh,
        "day": chinese_day(paper.polling_day),
        "seats": paper.seats,
        "candidates": list(paper.candidates),
        "fallen": note.zh if note else "",
        "writeins": _WRITEIN_LINES if paper.allows_writeins else 0,
        "rare": rare_note(
            [paper.place_name, paper.district_name, *paper.candidates, *paper.fallen]
        ),
    }
