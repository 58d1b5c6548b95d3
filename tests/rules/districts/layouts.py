"""Small layouts of districts, drawn as strings, and the sentences said of them."""

from itertools import pairwise

from election.rules.districts.why import (
    Alternative,
    DistrictLayout,
    PlanLayout,
    Touch,
    UnitPart,
    alternatives,
    sections,
)
from election.rules.profile import profile
from election.rules.terms import Text

BASIS = Text("户籍人口", "household-registered population")


PEOPLE: dict[str, int | None] = {
    "A1": 1000,
    "A2": 1100,
    "A3": 900,
    "A4": 1200,
    "A5": 800,
    "A6": 1000,
}


LAND = Touch.LAND


PROFILE = profile({})


def a_layout(
    areas: dict[int, tuple[int, str]] | None = None,
    *,
    touching: dict[tuple[str, str], Touch] | None = None,
    seats: int = 6,
    **people: int | None,
) -> PlanLayout:
    """A1 - A2 - ... - A6 in a row, 6,000 people, three districts of two units and two seats."""
    counts = {**PEOPLE, **people}
    drawn = areas or {1: (2, "A1 A2"), 2: (2, "A3 A4"), 3: (2, "A5 A6")}
    row = dict.fromkeys(pairwise(PEOPLE), LAND)
    return PlanLayout(
        seats=seats,
        basis=BASIS,
        areas=tuple(
            DistrictLayout(
                number, given, tuple(UnitPart(c, f"{c}村", counts[c]) for c in codes.split())
            )
            for number, (given, codes) in drawn.items()
        ),
        touching=row if touching is None else touching,
    )


def sentences_of(layout: PlanLayout, number: int, key: str, language: str = "zh") -> list[str]:
    """The sentences of one section."""
    area = layout.area(number)
    found = {one.key: one for one in sections(area, layout, PROFILE, alternatives(area, layout))}
    return [step.text.say(language) for step in found[key].steps]


def moves(layout: PlanLayout, number: int) -> dict[tuple[str, int, int], Alternative]:
    found = alternatives(layout.area(number), layout)
    return {(one.piece.code, one.source, one.target): one for one in found}
