"""Proposals for a plan: what the planner is asked with, and its answer told in stored units.

Nothing is stored and nothing is calculated here: reading is short, and the calculation between the
question and its answer must not hold the database.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from election.models import Congress
from election.planning.districting import Objective, PlannerUnit, PlanRequest, ProposedPlan, Wishes
from election.queries.districts import plans as queries
from election.queries.districts import wishes as wish_queries
from election.queries.districts.boards import (
    Brick,
    DrawnDistrict,
    PlanBoard,
    brick_pairs,
    kind_of,
    require_people,
    touching,
)
from election.queries.units import table as unit_queries
from election.queries.units.table import UnitRow
from election.rules.districts.checks import MOST_SEATS
from election.rules.districts.codes.plans import BASES_DIFFER, NO_TOWN_PLAN, TOWN_DISTRICT_BIG
from election.rules.terms import InputFault, InputFaults, Level, RuleViolation

UNITS, TOWN_DISTRICTS, COUNTY_DISTRICTS = "units", "town_districts", "county_districts"
LIMITS = (10, 30, 60, 300)  # seconds of the processor an official may choose
MOST_NAME = 120  # letters of the name of a district


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRequest:
    """What an official asked for.

    source: UNITS; TOWN_DISTRICTS keeps the districts of the adopted town plan whole (EL and ZJ do
    not demand it; one registration then serves both levels) beside the units that vote for the
    county only; COUNTY_DISTRICTS draws town districts inside the adopted county districts. limit:
    seconds of the processor. wishes name units by their codes.
    """

    name: str
    source: str = UNITS
    objective: Objective = Objective.MAX
    limit: int = LIMITS[1]
    seed: int = 0
    wishes: Wishes = field(default_factory=Wishes)

    def to_json(self) -> dict[str, Any]:
        """As a job keeps it."""
        return {
            "name": self.name,
            "source": self.source,
            "objective": self.objective.value,
            "limit": self.limit,
            "seed": self.seed,
            "wishes": self.wishes.to_json(),
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "ProposalRequest":
        """What `to_json` wrote."""
        return cls(
            name=document["name"],
            source=document["source"],
            objective=Objective(document["objective"]),
            limit=document["limit"],
            seed=document["seed"],
            wishes=Wishes.from_json(document["wishes"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannerQuestion:
    """The planner's request, and what its codes stand for.

    proposal: what the office asked for. bricks: the planner's code -> stored bricks. basis: digest
    of the units (queries.units.basis). wishes: the choices in unit codes, as the stored plan keeps
    them.
    """

    proposal: ProposalRequest
    request: PlanRequest
    bricks: Mapping[str, tuple[Brick, ...]]
    basis: str
    wishes: Wishes


def question(session: Session, congress: Congress, proposal: ProposalRequest) -> PlannerQuestion:
    """Everything the planner needs, read once.

    Raises R.243 for unknown people, R.254-R.256 where town districts cannot serve, and InputFaults
    for choices that no plan can keep; their fields are the names of the choices.
    """
    everything = unit_queries.of_election(session, congress.election_id)
    rows = unit_queries.voting(everything, congress.level)
    people = require_people(rows, congress.population_basis)
    wishes = proposal.wishes
    if proposal.source == COUNTY_DISTRICTS:
        wishes = replace(wishes, within=_regions(session, congress, people))
    _refuse(wish_queries.faults(wishes, people.keys(), congress.approved_seats))
    if proposal.source == TOWN_DISTRICTS:
        ground = _over_town(congress, _town_board(session, congress), rows, people, wishes)
    else:
        ground = _over_units(rows, people, wishes)
    return PlannerQuestion(
        proposal=proposal,
        request=_request(ground, proposal, congress.approved_seats),
        bricks=ground.bricks,
        wishes=wishes,
        basis=unit_queries.basis(everything),
    )


@dataclass(frozen=True, slots=True)
class _PlannerGround:
    """What the planner draws over, in its own codes; bricks: code -> stored bricks."""

    units: list[PlannerUnit]
    edges: list[tuple[str, str]]
    bricks: dict[str, tuple[Brick, ...]]
    wishes: Wishes


def _over_units(
    rows: Sequence[UnitRow], people: Mapping[str, int], wishes: Wishes
) -> _PlannerGround:
    """Every unit is a brick."""
    return _PlannerGround(
        units=[_unit(row, row.values.code, people) for row in rows],
        edges=touching(rows),
        bricks={row.values.code: (_whole(row, people),) for row in rows},
        wishes=wishes,
    )


def _request(ground: _PlannerGround, proposal: ProposalRequest, seats: int) -> PlanRequest:
    """The request, after the planner has looked through its input."""
    from election.planning.districting.checks import input_faults  # noqa: PLC0415 - heavy

    _refuse(input_faults(ground.units, ground.edges, seats, MOST_SEATS, ground.wishes))
    return PlanRequest(
        units=tuple(ground.units),
        edges=tuple(ground.edges),
        seats=seats,
        max_seats=MOST_SEATS,
        time_limit=float(proposal.limit),
        seed=proposal.seed,
        objective=proposal.objective,
        wishes=ground.wishes,
    )


def _refuse(faults: list[InputFault]) -> None:
    if faults:
        raise InputFaults(faults)


def _whole(row: UnitRow, people: Mapping[str, int]) -> Brick:
    unit = row.values
    return Brick(row.id, 0, unit.code, unit.name, unit.kind, people[unit.code], None)


def _unit(row: UnitRow, code: str, people: Mapping[str, int]) -> PlannerUnit:
    """A unit under a code of the planner; its voter groups where they have its people together."""
    unit = row.values
    count = people[unit.code]
    groups = tuple((group.name, group.population) for group in unit.voter_groups)
    whole = sum(persons for _name, persons in groups) == count
    return PlannerUnit(code, unit.name, count, groups if whole else ())


def _sibling(congress: Congress, level: Level) -> Congress | None:
    """The congress of another level in the same election."""
    siblings = (c for c in congress.election.congresses if c.id != congress.id)
    return next((c for c in siblings if c.level is level), None)


def _regions(
    session: Session, congress: Congress, codes: Collection[str]
) -> tuple[tuple[str, ...], ...]:
    """The units of each adopted county district that vote for the town as well."""
    county = _sibling(congress, Level.COUNTY)
    adopted = queries.adopted(session, county.id) if county else None
    if adopted is None:
        raise _not_inside(
            "县级选区方案尚未通过，不能在其选区之内划分；请先通过县级方案，或直接按单元划分",
            "no plan of county districts is adopted; adopt it first, or draw from units",
        )
    lines = queries.board(session, adopted).districts
    held = [[brick for brick in line.bricks if brick.unit_code in codes] for line in lines]
    if any(brick.part for bricks in held for brick in bricks):
        raise _not_inside(
            "县级方案拆分了单元，不能在其选区之内划分镇级选区；请直接按单元划分",
            "the county plan splits units: town districts cannot be drawn inside it",
        )
    return tuple(tuple(brick.unit_code for brick in bricks) for bricks in held if bricks)


def _not_inside(zh: str, en: str) -> InputFaults:
    return InputFaults([InputFault("source", zh, en)])


def _town_board(session: Session, congress: Congress) -> PlanBoard:
    """The adopted plan of the town congress of the same election."""
    town = _sibling(congress, Level.TOWN)
    adopted = queries.adopted(session, town.id) if town else None
    if town is None or adopted is None:
        raise RuleViolation(NO_TOWN_PLAN)
    board = queries.board(session, adopted)
    divided = any(brick.part for brick in board.bricks)
    if divided and town.population_basis is not congress.population_basis:
        raise RuleViolation(BASES_DIFFER)
    return board


def _over_town(
    congress: Congress,
    town: PlanBoard,
    rows: Sequence[UnitRow],
    people: Mapping[str, int],
    wishes: Wishes,
) -> _PlannerGround:
    """Town districts as bricks: a county district is a whole number of them.

    A unit that is in no town district, because it votes for the county only, is a brick by itself.
    """
    county_only = {f"U{row.values.code}": row for row in rows if row.values.county_only}
    units = [
        PlannerUnit(f"T{d.number}", d.name, sum(_count(brick, people) for brick in d.bricks))
        for d in town.districts
    ]
    total = sum(people.values())
    for line, unit in zip(town.districts, units, strict=True):
        if unit.population * congress.approved_seats > MOST_SEATS * total:
            raise RuleViolation(TOWN_DISTRICT_BIG, district=line.number)
    units += [_unit(row, code, people) for code, row in county_only.items()]
    bricks = {f"T{line.number}": line.bricks for line in town.districts}
    bricks |= {code: (_whole(row, people),) for code, row in county_only.items()}
    planner_wishes, unkept = wish_queries.over_districts(wishes, _homes(bricks))
    _refuse(unkept)
    return _PlannerGround(units, _edges_between(bricks, rows), bricks, planner_wishes)


def _edges_between(
    bricks: Mapping[str, Iterable[Brick]], rows: Sequence[UnitRow]
) -> list[tuple[str, str]]:
    """Pairs of the planner's codes whose bricks touch, each once."""
    by_code = {brick.code: code for code, held in bricks.items() for brick in held}
    edges = {
        (min(by_code[a], by_code[b]), max(by_code[a], by_code[b]))
        for a, b in brick_pairs([brick for held in bricks.values() for brick in held], rows)
        if by_code[a] != by_code[b]
    }
    return sorted(edges)


def _homes(bricks: Mapping[str, Iterable[Brick]]) -> dict[str, set[str]]:
    """Unit code and code of each part -> the bricks of the planner it lies in."""
    homes: dict[str, set[str]] = defaultdict(set)
    for name, held in bricks.items():
        for brick in held:
            for code in (brick.code, brick.unit_code):
                homes[code].add(name)
    return homes


def _count(brick: Brick, people: Mapping[str, int]) -> int:
    if brick.part:
        return brick.population or 0
    return people[brick.unit_code]


def drawn(question: PlannerQuestion, outcome: ProposedPlan) -> tuple[DrawnDistrict, ...]:
    """The planner's districts in stored units; what was locked is locked again.

    Raises R.255 when a town district was too big to stay whole.
    """
    if question.proposal.source == TOWN_DISTRICTS:
        for split in outcome.splits:
            if split.unit.startswith("T"):
                raise RuleViolation(TOWN_DISTRICT_BIG, district=int(split.unit[1:]))
    shares = {part.code: part.population for split in outcome.splits for part in split.parts}
    locked = {frozenset(district.units) for district in question.request.wishes.locked}
    locked_numbers = {d.number for d in outcome.districts if frozenset(d.units) in locked}
    districts = _regrouped(
        {
            district.number: (
                district.seats,
                [
                    brick
                    for code in district.units
                    for brick in _stored(question.bricks, code, shares)
                ],
            )
            for district in outcome.districts
        }
    )
    names = _names(question, outcome)
    return tuple(
        replace(d, locked=d.number in locked_numbers, name=names.get(d.number, ""))
        for d in districts
    )


def _names(question: PlannerQuestion, outcome: ProposedPlan) -> dict[int, str]:
    """A district that is one part of a unit is named by the voter groups the part is made of."""
    groups = {part.code: part.groups for split in outcome.splits for part in split.parts}
    named = {}
    for district in outcome.districts:
        code = district.units[0]
        if len(district.units) == 1 and groups.get(code):
            unit = question.bricks[code.partition("#")[0]][0]
            named[district.number] = f"{unit.name}{'、'.join(groups[code])}"[:MOST_NAME]
    return named


def _stored(
    bricks: Mapping[str, tuple[Brick, ...]], code: str, shares: Mapping[str, int]
) -> Iterable[Brick]:
    """What a code of the planner stands for; A3#2 is part 2 of A3."""
    unit, _sign, part = code.partition("#")
    if not part:
        return bricks[code]
    return [replace(bricks[unit][0], part=int(part), population=shares[code])]


def _regrouped(districts: Mapping[int, tuple[int, list[Brick]]]) -> list[DrawnDistrict]:
    """A split unit all of whose parts meet in one district is whole again."""
    homes: dict[int, set[int]] = defaultdict(set)
    for number, (_seats, bricks) in districts.items():
        for brick in bricks:
            homes[brick.unit_id].add(number)
    drawn_districts = []
    for number, (seats, bricks) in districts.items():
        parts: dict[tuple[int, int], int | None] = {}
        for brick in bricks:
            whole = len(homes[brick.unit_id]) == 1
            parts[brick.unit_id, 0 if whole else brick.part] = None if whole else brick.population
        drawn_districts.append(
            DrawnDistrict(
                number,
                seats,
                kind_of(b.kind for b in bricks),
                tuple((*key, count) for key, count in sorted(parts.items())),
            )
        )
    return drawn_districts


def planning_record(question: PlannerQuestion, outcome: ProposedPlan) -> dict[str, object]:
    """How the plan was found, as the audit chain keeps it; fractions are exact, as text."""
    proposal = question.proposal
    return {
        "source": proposal.source,
        "seed": proposal.seed,
        "time_limit": str(proposal.limit),
        "objective": proposal.objective.value,
        "ending": outcome.ending.value,
        "value": str(outcome.value),
        "lower_bound": str(outcome.lower_bound),
        "optimal": outcome.optimal,
        "seconds": f"{outcome.seconds:.1f}",
        "steps": outcome.steps,
        "wishes": question.wishes.to_json(),
    }
