"""Acts inside a draft: which unit is in which district, seats, numbers, units split into parts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.actions.act import Act
from election.actions.districts.plans import record, require_draft, require_unused
from election.models import Assignment, District, DistrictKind, Plan, Unit
from election.queries.districts.boards import BASIS_NAMES, kind_of, population_of
from election.queries.units.table import of_congress
from election.rules.districts.codes.plans import (
    COUNTY_ONLY,
    NUMBERS_TWICE,
    PART_ALONE,
    PEOPLE_UNKNOWN,
)
from election.rules.districts.plans import equal_parts, require_unlocked
from election.rules.terms import Level, RuleViolation

Key = tuple[int, int]  # unit id and part; part 0 is the whole unit
_ASIDE = 1_000_000  # numbers that stand aside while others move


@dataclass(frozen=True, slots=True)
class DistrictValues:
    """What the form says of one district."""

    name: str
    kind: DistrictKind
    seats: int


def save(
    act: Act,
    plan: Plan,
    *,
    districts: Mapping[int, DistrictValues],
    remove: Iterable[int],
    places: Mapping[Key, int | None],
    people: Mapping[Key, int],
    fresh: Mapping[int, int] = MappingProxyType({}),
) -> list[int]:
    """The whole draft at once; the numbers of districts that were made for it.

    districts: district id -> values; remove: ids that go, with their units out of any district;
    places: brick -> number of its district, None for none; people: part -> persons. A number no
    district has makes a new one, with the seats `fresh` gives it or none yet (the check list will
    ask for them).
    Raises E.242 for a part without district: parts are joined instead; R.281 for a change of a
    locked district.
    """
    require_draft(plan)
    rows = {district.id: district for district in plan.districts}
    removed = [rows[key] for key in remove if key in rows]
    stored = _assignments(act.session, plan)
    require_unused(act.session, removed)
    numbers = {district.number for district in removed}
    changed = {*_other_seats(rows, districts), *_other_units(stored, places, people)}
    require_unlocked(_locked(plan), numbers | changed)
    for key, values in districts.items():
        if key in rows:
            _set_values(rows[key], values)
    goals = {key: None if number in numbers else number for key, number in places.items()}
    _take_out(act.session, stored, goals, numbers)
    new_numbers = _place(act.session, plan, stored, goals, people)
    for district in plan.districts:
        if district.number in new_numbers:
            district.seats = fresh.get(district.number, 0)
    for district in removed:
        act.session.delete(district)
    record(act, "districts.save", plan, {})
    return new_numbers


def _locked(plan: Plan) -> set[int]:
    return {district.number for district in plan.districts if district.locked}


def _set_values(district: District, values: DistrictValues) -> None:
    district.name, district.kind, district.seats = values.name, values.kind, values.seats


def _other_seats(
    rows: Mapping[int, District], values: Mapping[int, DistrictValues]
) -> Iterator[int]:
    """Numbers of the districts whose seats would change."""
    for key, district in rows.items():
        if key in values and values[key].seats != district.seats:
            yield district.number


def _other_units(
    stored: Mapping[Key, Assignment], places: Mapping[Key, int | None], people: Mapping[Key, int]
) -> Iterator[int]:
    """Numbers of the districts that would lose or get a unit, or people of a part."""
    for key, goal in places.items():
        current = stored[key].district.number if key in stored else None
        if current != goal:
            yield from (number for number in (current, goal) if number is not None)
    for key, count in people.items():
        if key in stored and key[1] and stored[key].population != count:
            yield stored[key].district.number


def _assignments(session: Session, plan: Plan) -> dict[Key, Assignment]:
    assignments = session.scalars(select(Assignment).where(Assignment.plan_id == plan.id))
    return {(place.unit_id, place.part): place for place in assignments}


def _take_out(
    session: Session,
    stored: dict[Key, Assignment],
    places: Mapping[Key, int | None],
    removed: set[int],
) -> None:
    """Whole units that leave their district; a part cannot be left out."""
    for key, place in list(stored.items()):
        current = place.district.number
        if places.get(key, None if current in removed else current) is None:
            if key[1]:
                raise RuleViolation(PART_ALONE, unit=place.unit.code, part=key[1])
            session.delete(stored.pop(key))


def _place(
    session: Session,
    plan: Plan,
    stored: Mapping[Key, Assignment],
    places: Mapping[Key, int | None],
    people: Mapping[Key, int],
) -> list[int]:
    """Put every brick where the form says; the numbers of new districts."""
    rows = {district.number: district for district in plan.districts}
    units = {unit.id: unit for unit in _units(session, plan)}
    homes = {  # a unit removed, or marked "county only", since the form was opened stays out
        key: number for key, number in places.items() if number is not None and key[0] in units
    }
    new_numbers = sorted(set(homes.values()) - set(rows))
    for number in new_numbers:
        kinds = (units[key[0]].kind for key, home in homes.items() if home == number)
        rows[number] = add_district(plan, number, kind_of(kinds))
    session.flush()
    divided = {key[0] for key in stored if key[1]}
    for key, number in homes.items():
        if key in stored:
            stored[key].district = rows[number]
        elif key[0] not in divided and not key[1]:
            assign(rows[number], plan, key[0])
    for key, count in people.items():
        if key in stored and key[1]:
            stored[key].population = count
    return new_numbers


def _units(session: Session, plan: Plan) -> Iterable[Unit]:
    """The units that vote for the congress of the plan."""
    query = select(Unit).where(Unit.election_id == plan.congress.election_id)
    if plan.congress.level is Level.TOWN:
        query = query.where(Unit.county_only.is_not(True))
    return session.scalars(query)


def add_district(plan: Plan, number: int, kind: DistrictKind) -> District:
    """A new district without seats."""
    district = District(
        township_id=plan.township_id, plan_id=plan.id, number=number, name="", kind=kind, seats=0
    )
    plan.districts.append(district)
    return district


def assign(
    district: District, plan: Plan, unit_id: int, part: int = 0, people: int | None = None
) -> None:
    """Put a unit, or a part of one, into a district."""
    district.assignments.append(
        Assignment(
            township_id=plan.township_id,
            plan_id=plan.id,
            unit_id=unit_id,
            part=part,
            population=people,
        )
    )


def renumber(act: Act, plan: Plan, *, numbers: Mapping[int, int]) -> None:
    """Other numbers: district id -> number. Raises R.258 when a number would stand twice."""
    require_draft(plan)
    goal = {d.id: numbers.get(d.id, d.number) for d in plan.districts}
    for number in goal.values():
        if list(goal.values()).count(number) > 1:
            raise RuleViolation(NUMBERS_TWICE, number=number)
    moving = [d for d in plan.districts if goal[d.id] != d.number]
    for district in moving:
        district.number += _ASIDE  # numbers are unique at every moment
    act.session.flush()
    for district in moving:
        district.number = goal[district.id]
    record(act, "districts.renumber", plan, {})


def split(act: Act, plan: Plan, unit: Unit, *, parts: int) -> None:
    """Divide a big unit into equal parts; the first stays, the others get districts of their own.

    The people of the parts can be corrected afterwards. Raises R.257 for a number of parts that
    makes no sense, R.243 when the unit's people are not known, R.284 when it does not vote here.
    """
    require_draft(plan)
    basis = plan.congress.population_basis
    row = next((r for r in of_congress(act.session, plan.congress) if r.id == unit.id), None)
    if row is None:
        raise RuleViolation(COUNTY_ONLY, unit=f"{unit.code} {unit.name}")
    persons = population_of(row.values, basis)
    if persons is None:
        raise RuleViolation(
            PEOPLE_UNKNOWN, basis=BASIS_NAMES[basis], units=f"{unit.code} {unit.name}"
        )
    shares = equal_parts(unit.code, persons, parts)
    homes = _require_free(plan, _clear(act.session, plan, unit))[:parts]
    top = max((district.number for district in plan.districts), default=0)
    kind = kind_of([unit.kind])
    homes += [add_district(plan, top + n, kind) for n in range(1, parts - len(homes) + 1)]
    act.session.flush()
    for number, (home, share) in enumerate(zip(homes, shares, strict=True), start=1):
        assign(home, plan, unit.id, number, share)
    data = {"unit": unit.code, "parts": parts}
    record(act, "districts.split", plan, data)


def join(act: Act, plan: Plan, unit: Unit) -> None:
    """Undo a split: the whole unit goes to where its first part was."""
    require_draft(plan)
    homes = _require_free(plan, _clear(act.session, plan, unit))
    if homes:
        assign(homes[0], plan, unit.id)
    record(act, "districts.join", plan, {"unit": unit.code})


def _clear(session: Session, plan: Plan, unit: Unit) -> list[District]:
    """Take the unit and all its parts out; the districts they were in, in the order of parts."""
    assignments = [p for key, p in sorted(_assignments(session, plan).items()) if key[0] == unit.id]
    homes = list(dict.fromkeys(place.district for place in assignments))
    for place in assignments:
        session.delete(place)  # by name: the audit chain does not see what a cascade orphans
    session.flush()
    return homes


def _require_free(plan: Plan, homes: list[District]) -> list[District]:
    require_unlocked(_locked(plan), [district.number for district in homes])
    return homes


def lock(act: Act, plan: Plan, district: District, *, locked: bool) -> None:
    """Keep the units and seats of a district as they are, or let them change again."""
    require_draft(plan)
    district.locked = locked
    what = "districts.lock" if locked else "districts.unlock"
    record(act, what, plan, {"district": district.number})


def set_seats(act: Act, plan: Plan, *, seats: Mapping[int, int], method: str) -> None:
    """Take over the seats a method gives: district number -> seats."""
    require_draft(plan)
    changed = (d.number for d in plan.districts if seats.get(d.number, d.seats) != d.seats)
    require_unlocked(_locked(plan), changed)
    for district in plan.districts:
        district.seats = seats.get(district.number, district.seats)
    record(act, "districts.set_seats", plan, {"method": method})
