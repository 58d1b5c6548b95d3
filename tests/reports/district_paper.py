"""A plan of three districts for tests of its papers."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from election.reports.documents.districts_plan import PaperLine, PlanPaper
from election.rules.terms import Level, Text

DAY = date(2021, 10, 8)
RESIDENCE = Text("按居住状况", "by residence")


def same(text: str) -> Text:
    return Text(text, text)


def a_line(number: int, people: int | None = 1000, seats: int = 2, **given: Any) -> PaperLine:
    known = people is not None
    line = PaperLine(
        number=number,
        name="",
        kind=RESIDENCE,
        units=(same(f"甲{number}村"), same(f"乙{number}村")),
        seats=seats,
        people=people,
        per_seat=Fraction(people, seats) if known else None,
        deviation=Fraction(people, seats) / 500 - 1 if known else None,
        share=Fraction(people, 500) if known else None,
    )
    return replace(line, **given)


def a_plan(**given: Any) -> PlanPaper:
    plan = PlanPaper(
        level=Level.TOWN,
        township="鹤浦镇",
        congress="鹤浦镇人民代表大会",
        term=19,
        committee="象山县鹤浦镇选举委员会",
        plan="方案一",
        basis=Text("户籍人口", "household-registered population"),
        seats=6,
        people=3000,
        lines=(a_line(1, 1100, name="港区"), a_line(2, 900), a_line(3)),
        day=DAY,
        decision="选举委员会第2次会议",
        method=Text("与最大余数法相同。", "As by largest remainder."),
    )
    return replace(plan, **given)
