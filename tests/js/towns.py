"""Towns and drafts of their districts: as Python judges them, and as the page gives them out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from hypothesis import strategies as st

from election.models import DistrictKind, PlanStatus, PopulationBasis
from election.queries.districts.boards import Brick, PlanBoard
from election.queries.districts.plans import assembled
from election.queries.units.table import UnitRow, UnitValues
from election.rules.profile import Profile, profile
from election.rules.units.kinds import UnitKind
from election.web.districts.map import plan_values

LIMITS = (("1/5", "3/10"), ("0", "1/10"), ("1/3", "1/2"))
_NAMES = ("渔港", "西山", "南坪", "东渡", "北岙", "中街", "石塘")


@dataclass(frozen=True, slots=True)
class Draft:
    """Districts as drawn. seats: by number; homes: the number of each brick, None for none."""

    seats: Mapping[int, int]
    homes: Mapping[str, int | None]
    locked: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Town:
    """Units of a congress that elects `seats`; bricks are in no district yet."""

    seats: int
    rows: tuple[UnitRow, ...]
    bricks: tuple[Brick, ...]
    profile: Profile

    def board(self, draft: Draft) -> PlanBoard:
        """The draft with the figures and findings of the rules."""
        congress: Any = SimpleNamespace(
            approved_seats=self.seats,
            population_basis=PopulationBasis.HUKOU,
            election=SimpleNamespace(profile=self.profile),
        )
        plan: Any = SimpleNamespace(id=1, version=1, name="方案", status=PlanStatus.DRAFT)
        districts: Any = [
            SimpleNamespace(
                id=100 + number,
                number=number,
                name="",
                kind=DistrictKind.RESIDENCE,
                seats=seats,
                locked=number in draft.locked,
            )
            for number, seats in draft.seats.items()
        ]
        bricks = [replace(brick, district=draft.homes[brick.code]) for brick in self.bricks]
        return assembled(congress, plan, districts, bricks, self.rows)

    def data(self, draft: Draft) -> dict[str, Any]:
        """What map.json says of the draft, were it stored, and that there is nothing to draw."""
        return plan_values(self.board(draft), list(self.rows), self.profile) | {"edges": []}


def typed(stored: Draft, drawn: Draft) -> dict[str, Any]:
    """The form that turns one draft into the other."""
    return {
        "homes": drawn.homes,
        "seats": {n: drawn.seats.get(n, seats) for n, seats in stored.seats.items()},
        "fresh": {n: seats for n, seats in drawn.seats.items() if n not in stored.seats},
        "gone": [n for n in stored.seats if n not in drawn.seats],
    }


def a_town(
    people: Mapping[str, int | None],
    *,
    seats: int,
    pairs: tuple[tuple[str, str], ...] = (),
    parts: Mapping[str, tuple[int, ...]] | None = None,
    limits: tuple[str, str] = LIMITS[0],
) -> Town:
    """people: of each unit; pairs: those that touch; parts: people of the parts of split units."""
    rows = tuple(
        UnitRow(
            id=place,
            version=1,
            values=UnitValues(
                code,
                _NAMES[place % len(_NAMES)],
                UnitKind.VILLAGE,
                hukou_population=count,
                neighbours=tuple(b if a == code else a for a, b in pairs if code in (a, b)),
            ),
        )
        for place, (code, count) in enumerate(people.items())
    )
    split = parts or {}
    bricks = tuple(
        Brick(row.id, part, row.values.code, row.values.name, UnitKind.VILLAGE, count, None)
        for row in rows
        for part, count in (
            enumerate(split[row.values.code], start=1)
            if row.values.code in split
            else [(0, row.values.hukou_population)]
        )
    )
    warn, alert = limits
    overrides = {"district.deviation_warn": warn, "district.deviation_alert": alert}
    return Town(seats, rows, bricks, profile(overrides))


# round numbers often stand exactly at a limit
_COUNTS = st.one_of(st.sampled_from(range(0, 130, 10)), st.integers(0, 2_000_000))


@st.composite
def towns(draw: st.DrawFn) -> Town:
    """Up to seven units: some without people on record, some split, some islands."""
    codes = [f"A{n}" for n in range(1, draw(st.integers(1, 7)) + 1)]
    counts = _COUNTS if draw(st.booleans()) else st.one_of(st.none(), _COUNTS)
    pairs = [(a, b) for a in codes for b in codes if a < b]
    split = draw(st.sets(st.sampled_from(codes), max_size=2)) if draw(st.booleans()) else set()
    return a_town(
        {code: draw(counts) for code in codes},
        seats=draw(st.integers(1, 12)),
        pairs=tuple(draw(st.sets(st.sampled_from(pairs)))) if pairs else (),
        parts={code: tuple(draw(st.lists(_COUNTS, min_size=2, max_size=3))) for code in split},
        limits=draw(st.sampled_from(LIMITS)),
    )


@st.composite
def drafts(draw: st.DrawFn, town: Town, *, locks: bool = False) -> Draft:
    """Up to five districts of 0 to 5 seats; units in them or in none."""
    numbers = draw(st.lists(st.integers(1, 9), unique=True, max_size=5))
    homes = st.sampled_from([None, *numbers])
    locked = draw(st.sets(st.sampled_from(numbers))) if locks and numbers else set()
    return Draft(
        {number: draw(st.integers(0, 5)) for number in numbers},
        {brick.code: draw(homes) for brick in town.bricks},
        frozenset(locked),
    )


@st.composite
def redrawn(draw: st.DrawFn) -> tuple[Town, Draft, Draft]:
    """A town, its draft as it is stored and as it is drawn now."""
    town = draw(towns())
    return town, draw(drafts(town)), draw(drafts(town))


def as_fraction(pair: list[str] | None) -> Fraction | None:
    """A deviation as the scripts give it: over and under as text."""
    return None if pair is None else Fraction(int(pair[0]), int(pair[1]))
