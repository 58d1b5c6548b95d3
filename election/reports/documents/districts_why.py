"""Why these units, why so many seats: explanations of districts, to be posted in the villages."""

from collections.abc import Sequence
from dataclasses import dataclass

from election.reports.documents import render
from election.reports.documents.districts_plan import (
    DRAFT,
    SAMPLE,
    PaperLine,
    PlanPaper,
    district_name,
    listed,
)
from election.rules.citations import cite
from election.rules.districts.why import Alternative, SeatOption, Section, verdict_text
from election.rules.rounding import count, percent, rate
from election.rules.terms import Text

_HEADS = (
    Text("单元", "Unit"),
    Text("原选区", "From"),
    Text("改划到", "To"),
    Text("名额", "Seats"),
    Text("两选区较大偏差", "Larger of the two"),
    Text("全部最大偏差", "Largest of all"),
    Text("结果", "Outcome"),
)


@dataclass(frozen=True, slots=True)
class Why:
    """One district explained; units: name and people as text."""

    line: PaperLine
    units: tuple[tuple[Text, int | None], ...]
    options: tuple[SeatOption, ...]
    moves: tuple[Alternative, ...]
    sections: tuple[Section, ...]


def why_pdf(plan: PlanPaper, districts: Sequence[Why], language: str) -> bytes:
    """The explanations as one PDF, a new page for each district."""
    return render("districts_why", why_data(plan, districts, language))


def why_data(plan: PlanPaper, districts: Sequence[Why], language: str) -> dict[str, object]:
    """Every text the PDF prints; ask missing_glyphs about it before printing."""
    return {
        "language": "zh" if language.startswith("zh") else "en",
        "title": Text("选区划分说明", "Why this district").say(language),
        "body": f"{plan.body.say(language)}{plan.place.say(language)}",
        "committee": plan.committee,
        "standing": plan.standing.say(language),
        "draft": DRAFT.say(language) if plan.draft else "",
        "sample": SAMPLE.say(language) if plan.is_sample else "",
        "unit_heads": [Text("单元", "Unit").say(language), plan.basis.say(language)],
        "seat_heads": [
            text.say(language)
            for text in (
                Text("名额", "Seats"),
                Text("每名代表人口", "People per deputy"),
                Text("偏差", "Deviation"),
                Text("偏差（分数）", "Deviation, exactly"),
            )
        ],
        "move_title": Text("改划一个单元的试算", "One unit put elsewhere").say(language),
        "move_heads": [head.say(language) for head in _HEADS],
        "districts": [_district(district, language) for district in districts],
    }


def move_cells(move: Alternative) -> tuple[Text, ...]:
    """One line of the table of moves: before → after, a dash where nothing can be computed."""
    source, target = (Text(f"第{n}选区", str(n)) for n in (move.source, move.target))
    same_seats = move.seats == move.seats_before
    seats = "—" if move.largest is None else f"{move.seats[0]} + {move.seats[1]}"
    if not same_seats:
        seats = f"{move.seats_before[0]} + {move.seats_before[1]} → {seats}"
    pair = largest = "—"
    if move.pair is not None and move.pair_before is not None:
        pair = f"{percent(move.pair_before)} → {percent(move.pair)}"
    if move.largest is not None and move.largest_before is not None:
        largest = f"{percent(move.largest_before)} → {percent(move.largest)}"
    return (
        move.piece.label,
        source,
        target,
        Text(seats, seats),
        Text(pair, pair),
        Text(largest, largest),
        verdict_text(move),
    )


def option_cells(option: SeatOption) -> tuple[Text, ...]:
    """Seats, people per deputy, deviation as a decimal and as the exact fraction."""
    seats, off = str(option.seats), percent(option.deviation, sign=True)
    exactly = str(option.deviation)
    return (
        Text(seats, seats),
        rate(option.per_seat),
        Text(off, off),
        Text(exactly, exactly),
    )


def basis_of(section: Section) -> Text:
    """The articles behind the sentences of a section, spelled out for people."""
    by_law: dict[str, set[str]] = {}
    for step in section.steps:
        for source in filter(None, step.article.split("; ")):
            law, _space, numbers = source.partition(" ")
            by_law.setdefault(law, set()).update(numbers.split(", "))
    cited = cite(
        "; ".join(f"{law} {', '.join(sorted(by_law[law], key=int))}" for law in sorted(by_law))
    )
    return Text(f"依据：{cited.zh}", f"Source: {cited.en}")


def _district(why: Why, language: str) -> dict[str, object]:
    name = district_name(why.line.number).say(language)
    seats = Text(
        f"应选代表{why.line.seats}名",
        f"{why.line.seats} deput{'y' if why.line.seats == 1 else 'ies'}",
    )
    return {
        "name": f"{name} {why.line.name}".strip(),
        "seats": seats.say(language),
        "area": listed(why.line.units).say(language),
        "units": [
            [label.say(language), "—" if people is None else count(people).say(language)]
            for label, people in why.units
        ],
        "options": [
            [*(cell.say(language) for cell in option_cells(option)), option.chosen]
            for option in why.options
        ],
        "moves": [[cell.say(language) for cell in move_cells(move)] for move in why.moves],
        "sections": [
            {
                "title": section.title.say(language),
                "key": section.key,
                "steps": [step.text.say(language) for step in section.steps],
                "basis": basis_of(section).say(language),
            }
            for section in why.sections
        ],
    }
