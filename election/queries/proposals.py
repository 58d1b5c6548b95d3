"""Proposals for a plan: the planner is asked with the stored units, or with adopted town districts.

Nothing is stored here; a proposal takes seconds and must not hold the database meanwhile.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy.orm import Session

from election.models import Congress
from election.planning.districting import Plan as Outcome
from election.planning.districting import Unit, plan
from election.queries import districts as queries
from election.queries import units as unit_queries
from election.queries.boards import (
    Board,
    Brick,
    Drawn,
    brick_pairs,
    kind_of,
    require_people,
    touching,
)
from election.queries.units import UnitRow
from election.rules import plans
from election.rules.districts import MOST_SEATS
from election.rules.terms import Level, RuleViolation

TIME_LIMIT = 3.0  # seconds an official waits without losing patience
UNITS, TOWN_DISTRICTS = "units", "town_districts"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Districts drawn by the planner, how good they are, and what they were drawn over.

    value: the largest absolute deviation; lower_bound: no plan is better, proven; basis: digest of
    the units (queries.units.basis).
    """

    source: str
    seed: int
    drawn: tuple[Drawn, ...]
    value: Fraction
    lower_bound: Fraction
    ending: str
    basis: str

    def to_json(self) -> dict[str, object]:
        """How it was found, as the audit chain keeps it."""
        return {
            "source": self.source,
            "seed": self.seed,
            "time_limit": f"{TIME_LIMIT:g}",
            "ending": self.ending,
            "value": str(self.value),
            "lower_bound": str(self.lower_bound),
        }


def propose(session: Session, congress: Congress, *, source: str, seed: int) -> Proposal:
    """Ask the planner for districts of this congress.

    source: "units", or "town_districts" to keep the districts of the adopted town plan whole (EL
    and ZJ do not demand it; one registration then serves both levels). seed: 0 or more.
    Raises R.243 for unknown people, R.254-R.256 where town districts cannot serve, InputFaults when
    no contiguous plan exists.
    """
    rows = unit_queries.of_election(session, congress.election_id)
    people = require_people(rows, congress.population_basis)
    if source == TOWN_DISTRICTS:
        town = _town_board(session, congress)
        outcome, drawn = _from_town(congress, town, rows, people, seed)
    else:
        outcome, drawn = _from_units(congress, rows, people, seed)
    return Proposal(
        source=source,
        seed=seed,
        drawn=tuple(drawn),
        value=outcome.value,
        lower_bound=outcome.lower_bound,
        ending=outcome.ending.value,
        basis=unit_queries.basis(rows),
    )


def _ask(
    congress: Congress, units: Iterable[Unit], edges: Iterable[tuple[str, str]], seed: int
) -> Outcome:
    return plan(
        list(units), edges, seats=congress.approved_seats, max_seats=MOST_SEATS,
        time_limit=TIME_LIMIT, seed=seed,
    )  # fmt: skip


def _from_units(
    congress: Congress, rows: list[UnitRow], people: Mapping[str, int], seed: int
) -> tuple[Outcome, list[Drawn]]:
    units = [Unit(r.values.code, r.values.name, people[r.values.code]) for r in rows]
    outcome = _ask(congress, units, touching(rows), seed)
    known = {row.values.code: row for row in rows}
    shares = {part.code: part.population for split in outcome.splits for part in split.parts}
    drawn = []
    for district in outcome.districts:
        bricks = [(*_part(code), shares.get(code)) for code in district.units]
        drawn.append(
            Drawn(
                district.number, district.seats,
                kind_of(known[code].values.kind for code, _part, _count in bricks),
                tuple((known[code].id, part, count) for code, part, count in bricks),
            )
        )  # fmt: skip
    return outcome, drawn


def _part(code: str) -> tuple[str, int]:
    """A3#2 is part 2 of A3; A3 is the whole."""
    unit, _sign, part = code.partition("#")
    return unit, int(part or 0)


def _town_board(session: Session, congress: Congress) -> Board:
    """The adopted plan of the town congress of the same election."""
    town = next((c for c in congress.election.congresses if c.level is Level.TOWN), None)
    adopted = queries.adopted(session, town.id) if town and town.id != congress.id else None
    if town is None or adopted is None:
        raise RuleViolation(plans.NO_TOWN_PLAN)
    board = queries.board(session, adopted)
    divided = any(brick.part for brick in board.bricks)
    if divided and town.population_basis is not congress.population_basis:
        raise RuleViolation(plans.BASES_DIFFER)
    return board


def _from_town(
    congress: Congress, town: Board, rows: list[UnitRow], people: Mapping[str, int], seed: int
) -> tuple[Outcome, list[Drawn]]:
    """Town districts as bricks: a county district is a whole number of them."""
    by_code = {brick.code: f"T{brick.district}" for brick in town.bricks}
    units = [
        Unit(f"T{line.number}", line.name, sum(_count(brick, people) for brick in line.bricks))
        for line in town.districts
    ]
    edges = {
        (min(by_code[a], by_code[b]), max(by_code[a], by_code[b]))
        for a, b in brick_pairs(town.bricks, rows)
        if by_code[a] != by_code[b]
    }
    outcome = _ask(congress, units, sorted(edges), seed)
    for split in outcome.splits:
        raise RuleViolation(plans.TOWN_DISTRICT_BIG, district=int(split.unit[1:]))
    lines = {f"T{line.number}": line.bricks for line in town.districts}
    return outcome, _regrouped(
        {d.number: (d.seats, [b for code in d.units for b in lines[code]])
         for d in outcome.districts}
    )  # fmt: skip


def _count(brick: Brick, people: Mapping[str, int]) -> int:
    if brick.part:
        return brick.population or 0
    return people[brick.unit_code]


def _regrouped(districts: Mapping[int, tuple[int, list[Brick]]]) -> list[Drawn]:
    """A split unit all of whose parts meet in one district is whole again."""
    homes: dict[int, set[int]] = defaultdict(set)
    for number, (_seats, bricks) in districts.items():
        for brick in bricks:
            homes[brick.unit_id].add(number)
    drawn = []
    for number, (seats, bricks) in districts.items():
        parts: dict[tuple[int, int], int | None] = {}
        for brick in bricks:
            whole = len(homes[brick.unit_id]) == 1
            parts[brick.unit_id, 0 if whole else brick.part] = None if whole else brick.population
        drawn.append(
            Drawn(number, seats, kind_of(b.kind for b in bricks),
                  tuple((*key, count) for key, count in sorted(parts.items())))
        )  # fmt: skip
    return drawn
