"""Reads of plans: who is in which district, how many people that is, and what is wrong with it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.models import (
    Assignment,
    Candidacy,
    Congress,
    District,
    Milestone,
    Nomination,
    PlaceDistrict,
    Plan,
    PlanStatus,
    Round,
)
from election.queries.districts.boards import (
    Band,
    Brick,
    DistrictFigures,
    PlanBoard,
    brick_pairs,
    population_of,
)
from election.queries.units import table as unit_queries
from election.queries.units.table import Total, UnitRow
from election.rules.districts.checks import DistrictDraft, check_plan, deviation
from election.rules.districts.codes.checks import DEVIATION_ALERT, DEVIATION_WARN
from election.rules.districts.plans import PartDraft, check_parts
from election.rules.terms import Finding, Severity

ROLL_PUBLISHED = "roll_published"  # key of the calendar


def boards(session: Session, congress: Congress) -> list[PlanBoard]:
    """All plans of a congress, the adopted first, then the newest; a fixed number of queries."""
    rows = unit_queries.of_congress(session, congress)
    plans = session.scalars(select(Plan).where(Plan.congress_id == congress.id)).all()
    ordered = sorted(plans, key=lambda plan: (plan.status is PlanStatus.DRAFT, -plan.id))
    return _boards(session, congress, ordered, rows)


def board(session: Session, plan: Plan) -> PlanBoard:
    """One plan as a whole."""
    rows = unit_queries.of_congress(session, plan.congress)
    return _boards(session, plan.congress, [plan], rows)[0]


def _boards(
    session: Session, congress: Congress, plans: Sequence[Plan], rows: Sequence[UnitRow]
) -> list[PlanBoard]:
    keys = [plan.id for plan in plans]
    districts: dict[int, list[District]] = defaultdict(list)
    for district in session.scalars(select(District).where(District.plan_id.in_(keys))):
        districts[district.plan_id].append(district)
    places: dict[int, list[Assignment]] = defaultdict(list)
    for place in session.scalars(select(Assignment).where(Assignment.plan_id.in_(keys))):
        places[place.plan_id].append(place)
    return [_board(congress, p, districts[p.id], places[p.id], rows) for p in plans]


def _board(
    congress: Congress,
    plan: Plan,
    districts: Sequence[District],
    places: Sequence[Assignment],
    rows: Sequence[UnitRow],
) -> PlanBoard:
    return assembled(congress, plan, districts, _bricks(congress, districts, places, rows), rows)


def assembled(
    congress: Congress,
    plan: Plan,
    districts: Sequence[District],
    bricks: Sequence[Brick],
    rows: Sequence[UnitRow],
) -> PlanBoard:
    """A plan of these districts and bricks, with figures and findings; asks no database."""
    ordered = sorted(districts, key=lambda district: district.number)
    counts = [brick.population for brick in bricks if brick.population is not None]
    people = Total(sum(counts), len(counts), len(bricks))
    findings = _findings(congress, ordered, bricks, rows)
    home = {brick.code: brick.district for brick in bricks}
    homes = [(home[a], home[b]) for a, b in brick_pairs(bricks, rows)]
    return PlanBoard(
        plan_id=plan.id,
        version=plan.version,
        name=plan.name,
        status=plan.status,
        basis=congress.population_basis,
        seats=congress.approved_seats,
        bricks=tuple(bricks),
        districts=tuple(_line(d, bricks, people, congress, findings, homes) for d in ordered),
        people=people,
        findings=tuple(findings),
        pairs=len(homes),
        pairs_cut=sum(a is None or a != b for a, b in homes),
    )


def _bricks(
    congress: Congress,
    districts: Sequence[District],
    places: Sequence[Assignment],
    rows: Sequence[UnitRow],
) -> list[Brick]:
    numbers = {district.id: district.number for district in districts}
    by_unit: dict[int, list[Assignment]] = defaultdict(list)
    for place in places:
        by_unit[place.unit_id].append(place)
    bricks: list[Brick] = []
    for row in rows:
        whole = population_of(row.values, congress.population_basis)
        if row.id not in by_unit:
            bricks.append(_brick(row, 0, whole, None))
        for place in sorted(by_unit.get(row.id, ()), key=lambda place: place.part):
            people = place.population if place.part else whole
            bricks.append(_brick(row, place.part, people, numbers[place.district_id]))
    return bricks


def _brick(row: UnitRow, part: int, population: int | None, district: int | None) -> Brick:
    unit = row.values
    return Brick(row.id, part, unit.code, unit.name, unit.kind, population, district)


def _findings(
    congress: Congress,
    districts: Sequence[District],
    bricks: Sequence[Brick],
    rows: Sequence[UnitRow],
) -> list[Finding]:
    """Errors first; the check list of rules.districts, and the parts of split units.

    Units go in as "003 渔港社区", so that the sentences name them as people do.
    """
    label = {brick.code: brick.label for brick in bricks}
    drafts = [
        DistrictDraft(d.number, d.seats, tuple(b.label for b in bricks if b.district == d.number))
        for d in districts
    ]
    parts = [PartDraft(b.whole_label, b.part, b.population or 0) for b in bricks if b.part]
    units = {row.values.code: row.values for row in rows}
    whole = {
        b.whole_label: population_of(units[b.unit_code], congress.population_basis) for b in bricks
    }
    findings = [
        *check_parts(parts, whole),
        *check_plan(
            drafts,
            {brick.label: brick.population for brick in bricks},
            seats=congress.approved_seats,
            neighbours=[(label[a], label[b]) for a, b in brick_pairs(bricks, rows)],
            profile=congress.election.profile,
        ),
    ]
    return sorted(findings, key=lambda fault: fault.severity is not Severity.ERROR)


def _line(
    district: District,
    bricks: Sequence[Brick],
    total: Total,
    congress: Congress,
    findings: Sequence[Finding],
    homes: Sequence[tuple[int | None, int | None]],
) -> DistrictFigures:
    """Its figures. homes: the districts of both units of each pair of neighbours."""
    touching = [pair for pair in homes if district.number in pair]
    inside = sum(a == b for a, b in touching)
    own_bricks = tuple(brick for brick in bricks if brick.district == district.number)
    counts = [brick.population for brick in own_bricks if brick.population is not None]
    people = sum(counts) if len(counts) == len(own_bricks) else None
    off = None
    if people is not None and own_bricks and district.seats and total.complete and total.people:
        off = deviation(people, district.seats, total.people, congress.approved_seats)
    return DistrictFigures(
        id=district.id,
        number=district.number,
        name=district.name,
        kind=district.kind,
        seats=district.seats,
        bricks=own_bricks,
        people=people,
        per_seat=Fraction(people, district.seats)
        if people is not None and district.seats
        else None,
        deviation=off,
        band=Band.UNKNOWN if off is None else _band(district.number, findings),
        locked=district.locked,
        pairs_inside=inside,
        pairs_cut=len(touching) - inside,
    )


def _band(number: int, findings: Sequence[Finding]) -> Band:
    """Read from the check list, so that colour and list can never disagree."""
    codes = {fault.code for fault in findings if fault.facts.get("district") == number}
    if DEVIATION_ALERT in codes:
        return Band.ALERT
    return Band.WARN if DEVIATION_WARN in codes else Band.OK


def adopted(session: Session, congress_id: int) -> Plan | None:
    """The plan of a congress that is in force."""
    return session.scalar(
        select(Plan).where(Plan.congress_id == congress_id, Plan.status == PlanStatus.ADOPTED)
    )


def roll_published(session: Session, congress_id: int) -> date | None:
    """The day the roll of a congress was published; its adopted plan is frozen from then on."""
    return session.scalar(
        select(Milestone.done_on).where(
            Milestone.congress_id == congress_id, Milestone.key == ROLL_PUBLISHED
        )
    )


def used(session: Session, district_ids: Sequence[int]) -> set[int]:
    """Those of these districts on which polling places, candidates or rounds rest."""
    used_ids: set[int] = set()
    for column in (
        PlaceDistrict.district_id,
        Nomination.district_id,
        Candidacy.district_id,
        Round.district_id,
    ):
        used_ids |= set(session.scalars(select(column).where(column.in_(district_ids))))
    return used_ids


def names_of(session: Session, congress_id: int) -> Mapping[str, int]:
    """Name -> id of the plans of a congress."""
    query = select(Plan.name, Plan.id).where(Plan.congress_id == congress_id)
    rows = session.execute(query.order_by(Plan.id))
    return {row.name: row.id for row in rows}
