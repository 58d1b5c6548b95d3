"""Reads of polling places: whom they serve, what is wrong with them, and their blank papers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from election.models import (
    Assignment,
    CandidacyStatus,
    Congress,
    CountSheet,
    District,
    Election,
    PlaceKind,
    Plan,
    PollingPlace,
    Round,
)
from election.queries.candidates.lists import DistrictProgress, congress_line
from election.queries.counting import display_names, fallen, names_of, shape_of
from election.queries.elections.progress import adopted_districts
from election.queries.elections.readiness import district_name
from election.rules.counting.paper import SheetPaper
from election.rules.polling.places import PlaceFacts, check_district_places, check_place, sheet_code
from election.rules.terms import Finding, Level


@dataclass(frozen=True, slots=True)
class PlaceOverview:
    """One place with the district of each congress it serves, and its faults."""

    place: PollingPlace
    town: District | None
    county: District | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class DistrictPlaces:
    """One district with its places: stations and meetings first, then the boxes sent from there."""

    district: District
    places: tuple[PlaceOverview, ...]
    findings: tuple[Finding, ...]


def districts(session: Session, election_id: int) -> dict[Level, list[District]]:
    """The districts of the adopted plans, by congress and number."""
    by_level: dict[Level, list[District]] = {level: [] for level in Level}
    for district in session.scalars(adopted_districts(election_id).order_by(District.number)):
        by_level[district.congress.level].append(district)
    return by_level


def place_lines(session: Session, election: Election) -> list[PlaceOverview]:
    """Every place of an election by code; a fixed number of queries."""
    rows = session.scalars(
        select(PollingPlace)
        .where(PollingPlace.election_id == election.id)
        .options(selectinload(PollingPlace.districts))
        .order_by(PollingPlace.code)
    ).all()
    return [_line(row, election) for row in rows]


def by_district(
    lines: Sequence[PlaceOverview], served: Mapping[Level, Sequence[District]]
) -> dict[Level, list[DistrictPlaces]]:
    """Level -> every district with its places, boxes after stations."""
    places: dict[Level, list[DistrictPlaces]] = {}
    for level, rows in served.items():
        places[level] = [_district(row, level, lines) for row in rows]
    return places


def nesting(session: Session, election_id: int) -> dict[int, int]:
    """Town district -> the county district that wholly contains its units.

    A town district whose units (or parts of a split unit) lie in several county districts is left
    out: there people choose.
    """
    county_of: dict[int, set[int]] = defaultdict(set)
    units_of: dict[int, set[int]] = defaultdict(set)
    keys = adopted_districts(election_id).with_only_columns(District.id).order_by(None)
    rows = session.scalars(
        select(Assignment)
        .where(Assignment.district_id.in_(keys))
        .options(joinedload(Assignment.district))
    )
    for row in rows:
        if row.district.congress.level is Level.COUNTY:
            county_of[row.unit_id].add(row.district_id)
        else:
            units_of[row.district_id].add(row.unit_id)
    containing = {}
    for town, units in units_of.items():
        above = {county for unit in units for county in county_of.get(unit, {0})}
        if len(above) == 1 and 0 not in above:
            containing[town] = above.pop()
    return containing


def sheets_of_place(session: Session, place_id: int) -> Sequence[CountSheet]:
    """Every sheet of a place: town before county, within a district the latest round first."""
    return session.scalars(
        select(CountSheet)
        .join(Round, CountSheet.round_id == Round.id)
        .join(District, Round.district_id == District.id)
        .join(Plan, District.plan_id == Plan.id)
        .join(Congress, Plan.congress_id == Congress.id)
        .where(CountSheet.place_id == place_id)
        .order_by(Congress.level.desc(), District.number, Round.number.desc())
    ).all()


def papers(
    session: Session,
    election: Election,
    *,
    place_id: int | None = None,
    district_id: int | None = None,
) -> list[SheetPaper]:
    """Blank sheets of the first ballot, before its rounds are opened: by district, then place."""
    lines = place_lines(session, election)
    sheets = []
    for congress in election.congresses:
        for line in congress_line(session, congress).districts:
            names = _names(line, CandidacyStatus.FORMAL)
            fallen_names = _names(line, CandidacyStatus.INACTIVE)
            if district_id in (None, line.district.id):
                sheets += [
                    _paper(line.district, row.place, congress, (names, fallen_names), None)
                    for row in _district(line.district, congress.level, lines).places
                    if place_id in (None, row.place.id)
                ]
    return sheets


def _names(line: DistrictProgress, status: CandidacyStatus) -> tuple[str, ...]:
    of_status = (candidacy for candidacy in line.formal if candidacy.status is status)
    return tuple(display_names(of_status).values())


def round_papers(
    session: Session, round_: Round, *, place_id: int | None = None
) -> list[SheetPaper]:
    """Blank sheets of an open round, one a place."""
    sheets = session.scalars(
        select(CountSheet)
        .join(PollingPlace, CountSheet.place_id == PollingPlace.id)
        .where(CountSheet.round_id == round_.id)
        .order_by(PollingPlace.code)
    )
    people = (tuple(names_of(round_).values()), fallen(session, round_))
    return [
        _paper(round_.district, sheet.place, round_.district.congress, people, round_)
        for sheet in sheets
        if place_id in (None, sheet.place_id)
    ]


def _line(place: PollingPlace, election: Election) -> PlaceOverview:
    serves = {row.district.congress.level: row.district for row in place.districts}
    facts = PlaceFacts(
        name=place.name,
        mobile=place.kind is PlaceKind.MOBILE_BOX,
        staff=place.staff,
        scrutineers=place.scrutineers,
        districts=len(serves),
    )
    findings = check_place(facts, profile=election.profile)
    return PlaceOverview(place, serves.get(Level.TOWN), serves.get(Level.COUNTY), tuple(findings))


def _district(row: District, level: Level, lines: Sequence[PlaceOverview]) -> DistrictPlaces:
    own_places = [
        line for line in lines if row is (line.town if level is Level.TOWN else line.county)
    ]
    own_places.sort(key=lambda line: (line.place.kind is PlaceKind.MOBILE_BOX, line.place.code))
    boxes = [line.place.kind is PlaceKind.MOBILE_BOX for line in own_places]
    return DistrictPlaces(
        row, tuple(own_places), tuple(check_district_places(district_name(row), boxes))
    )


def _paper(
    district: District,
    place: PollingPlace,
    congress: Congress,
    people: tuple[tuple[str, ...], tuple[str, ...]],
    round_: Round | None,
) -> SheetPaper:
    """people: who stand, and who stand no more; one: the round, None before it is opened."""
    number = round_.number if round_ else 1
    return SheetPaper(
        code=sheet_code(congress.level, district.number, number, place.code),
        election=congress.election.title,
        congress=congress.name,
        level=congress.level.value,
        district_number=district.number,
        district_name=district.name,
        place_code=place.code,
        place_name=place.name,
        place_kind=place.kind.value,
        round_kind=round_.kind.value if round_ else "first",
        round_number=number,
        seats=round_.seats if round_ else district.seats,
        polling_day=round_.polling_day if round_ else congress.election.election_day,
        allows_writeins=round_ is None or shape_of(round_).allows_writeins,
        candidates=people[0],
        fallen=people[1],
    )
