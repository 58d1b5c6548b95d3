"""Acts on polling places and on the number of voters of each district."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.actions.act import Act
from election.models import District, Election, PlaceDistrict, PlaceKind, PollingPlace
from election.queries.counting import in_use
from election.queries.elections.progress import adopted_districts
from election.queries.polling.places import nesting, sheets_of_place
from election.rules.access import Permission
from election.rules.elections.phases import require_open
from election.rules.polling.codes import FOREIGN_DISTRICT, IN_USE, TAKEN
from election.rules.terms import RuleViolation


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDraft:
    """A place as written on the form.

    town, county: ids of districts; county None with follow=True takes the county district that
    contains the town district, where the plans nest.
    """

    code: str
    name: str
    kind: PlaceKind = PlaceKind.STATION
    address: str = ""
    staff: int | None = None
    scrutineers: int | None = None
    town: int | None = None
    county: int | None = None
    follow: bool = True


def add_places(act: Act, election: Election, drafts: Sequence[PlaceDraft]) -> list[PollingPlace]:
    """Add places, all or none. Raises R.522 for a code in use, R.523 for a foreign district."""
    require_open("places", election.phase)
    above = nesting(act.session, election.id)
    places = []
    for draft in drafts:
        place = PollingPlace(township_id=election.township_id, election_id=election.id)
        place.districts = []
        act.session.add(place)
        _write(act.session, election, place, draft, above)
        places.append(place)
    data = {"places": [_facts(place) for place in places]}
    _record(act, election, "place.add", data)
    return places


def change_place(act: Act, place: PollingPlace, draft: PlaceDraft) -> None:
    """Change a place until counting begins. Raises R.522, R.523."""
    election = act.session.get_one(Election, place.election_id)
    require_open("places", election.phase)
    _write(act.session, election, place, draft, nesting(act.session, election.id))
    _record(act, election, "place.change", _facts(place))


def remove_place(act: Act, place: PollingPlace) -> None:
    """Remove a place nobody has used yet.

    Raises R.521 once a ballot account or a count entry of any of its sheets exists (T7); sheets
    left by an earlier visit to the phase of counting go with it.
    """
    election = act.session.get_one(Election, place.election_id)
    require_open("places", election.phase)
    sheets = sheets_of_place(act.session, place.id)
    if in_use(act.session, sheets):
        raise RuleViolation(IN_USE, place=place.name)
    record = _facts(place)
    for sheet in sheets:
        act.session.delete(sheet)
    act.session.flush()
    act.session.delete(place)
    _record(act, election, "place.remove", record)


def set_registered(act: Act, election: Election, numbers: Mapping[int, int | None]) -> None:
    """The voters on the frozen roll of each district (id -> persons; None stays unknown)."""
    require_open("registered", election.phase)
    districts = {row.id: row for row in act.session.scalars(adopted_districts(election.id))}
    record = {}
    for key, number in numbers.items():
        if key not in districts:
            raise RuleViolation(FOREIGN_DISTRICT)
        districts[key].registered = number
        record[districts[key].code] = number
    _record(act, election, "roll.registered", {"registered": record})


def _write(
    session: Session,
    election: Election,
    place: PollingPlace,
    draft: PlaceDraft,
    above: Mapping[int, int],
) -> None:
    _require_free(session, election, place, draft.code)
    place.code, place.name, place.kind = draft.code, draft.name, draft.kind
    place.address, place.staff, place.scrutineers = draft.address, draft.staff, draft.scrutineers
    county = draft.county
    if county is None and draft.follow and draft.town is not None:
        county = above.get(draft.town)
    district_ids = [key for key in (draft.town, county) if key is not None]
    _serve(session, election, place, district_ids)
    session.flush()


def _serve(
    session: Session, election: Election, place: PollingPlace, district_ids: Sequence[int]
) -> None:
    """Let the place serve these districts, at most one of each congress."""
    query = adopted_districts(election.id).where(District.id.in_(district_ids))
    rows = {row.id: row for row in session.scalars(query)}
    congresses = [row.congress.id for row in rows.values()]
    if len(rows) < len(set(district_ids)) or len(congresses) > len(set(congresses)):
        raise RuleViolation(FOREIGN_DISTRICT)
    served = {row.district_id: row for row in place.districts}
    dropped = [row for key, row in served.items() if key not in rows]
    for row in dropped:
        session.delete(row)  # by name: the audit hook does not see a row that only loses its parent
    session.flush()  # one district goes before another of the same congress comes
    if dropped:
        session.expire(place, ["districts"])
    for key, district in rows.items():
        if key not in served:
            place.districts.append(
                PlaceDistrict(
                    township_id=place.township_id,
                    congress_id=district.congress.id,
                    district=district,
                )
            )


def _require_free(session: Session, election: Election, place: PollingPlace, code: str) -> None:
    with session.no_autoflush:
        holder = session.scalar(
            select(PollingPlace).where(
                PollingPlace.election_id == election.id, PollingPlace.code == code
            )
        )
    if holder is not None and holder is not place:
        raise RuleViolation(TAKEN, value=code)


def _facts(place: PollingPlace) -> dict[str, object]:
    return {
        "code": place.code,
        "name": place.name,
        "kind": place.kind.value,
        "address": place.address,
        "staff": place.staff,
        "scrutineers": place.scrutineers,
        "districts": sorted(row.district.code for row in place.districts),
    }


def _record(act: Act, election: Election, what: str, data: Mapping[str, object]) -> None:
    act.record(under=Permission.EDIT_PLACES, what=what, subject=str(election.id), data=data)
