"""Acts on places and on the roll's numbers: what they refuse, and what they leave on record."""

import pytest
from sqlalchemy import select

from election.actions import counting
from election.actions.act import Act
from election.actions.polling import places
from election.actions.polling.places import PlaceDraft
from election.database import db, transaction
from election.models import AuditEntry, CountSheet, District, Election, PollingPlace
from election.queries.audit import verify
from election.rules.access import Role
from election.rules.counting import PaperAccount
from election.rules.elections.phases import Phase
from election.rules.terms import RuleViolation
from tests.actions import small_town as small
from tests.builders import AT, Office


@pytest.fixture
def town(office: Office) -> small.Town:
    return small.build(office)


def _refused(code: str, act, *args, **more) -> None:
    with pytest.raises(RuleViolation) as refused:
        act(*args, **more)
    assert refused.value.code.id == code


def _add(town: small.Town, *drafts: PlaceDraft, role: Role = Role.REGISTRAR) -> None:
    with transaction() as session:
        election = session.get_one(Election, town.election_id)
        places.add_places(Act(session, town.actor(role), AT), election, drafts)


def _register(town: small.Town, numbers: dict[int, int | None]) -> None:
    with transaction() as session:
        election = session.get_one(Election, town.election_id)
        by = town.actor(Role.DIRECTOR)
        places.set_registered(Act(session, by, AT), election, numbers)


def _codes(town: small.Town) -> list[str]:
    mine = PollingPlace.election_id == town.election_id
    return sorted(db.session.scalars(select(PollingPlace.code).where(mine)))


def test_two_districts_of_one_congress_are_refused(town: small.Town) -> None:
    both = PlaceDraft(code="X1", name="甲", town=town.districts[1], county=town.districts[2])
    _refused("R.523", _add, town, both)
    other = small.build(town.office)
    _refused("R.523", _add, town, PlaceDraft(code="X1", name="甲", town=other.districts[1]))
    assert _codes(town) == ["M01", "S01", "S02", "S03"]


def test_one_code_twice_among_many_stores_none(town: small.Town) -> None:
    drafts = [PlaceDraft(code="X1", name="甲"), PlaceDraft(code="X1", name="乙")]
    _refused("R.522", _add, town, *drafts)
    assert "X1" not in _codes(town)


def test_the_record_of_a_place_holds_its_full_values(town: small.Town) -> None:
    _add(town, PlaceDraft(code="X1", name="甲", staff=3, scrutineers=2, town=town.districts[2]))
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.what == "place.add")).one()
    assert entry.data["places"] == [
        {
            "code": "X1",
            "name": "甲",
            "kind": "station",
            "address": "",
            "staff": 3,
            "scrutineers": 2,
            "districts": ["county-1", "town-2"],
        }
    ]


def test_only_who_may_edit_places_does(town: small.Town) -> None:
    _refused("R.901", _add, town, PlaceDraft(code="X1", name="甲"), role=Role.TELLER)


def test_the_numbers_of_the_roll_are_stored_until_the_count(town: small.Town) -> None:
    first, county = town.districts[1], town.districts[0]
    _register(town, {first: 952, county: None})
    assert db.session.get_one(District, first).registered == 952
    assert db.session.get_one(District, county).registered is None
    other = small.build(town.office)
    _refused("R.523", _register, town, {other.districts[1]: 5})
    with transaction() as session:
        session.get_one(Election, town.election_id).phase = Phase.COUNTING
        small._act(session, town.office)
    _refused("R.151", _register, town, {first: 953})
    assert verify(db.session()) == []


def test_a_later_place_gets_its_sheet_when_the_count_is_opened_again(office: Office) -> None:
    """Back to the phase of polling, one more place, and on: sheets in use stay as they are."""
    town = small.counting_town(office)
    kept = town.sheet(1, "S01").id
    small.keep(town, kept, small.paper({}))
    with transaction() as session:
        session.get_one(Election, town.election_id).phase = Phase.POLLING
        small._act(session, office)
    _add(town, PlaceDraft(code="X1", name="甲", town=town.districts[1]))
    with transaction() as session:
        election = session.get_one(Election, town.election_id)
        counting.open_first_rounds(Act(session, town.actor(Role.DIRECTOR), AT), election)
    sheets = db.session.scalars(
        select(CountSheet).where(CountSheet.round_id == town.round(1).id)
    ).all()
    assert sorted(sheet.place.code for sheet in sheets) == ["M01", "S01", "X1"]
    assert kept in {sheet.id for sheet in sheets}
    assert verify(db.session()) == []


def test_an_account_without_issued_papers_is_a_fault_of_the_program(office: Office) -> None:
    town = small.counting_town(office)
    sheet_id = town.sheet(2, "S02").id
    with pytest.raises(TypeError), transaction() as session:
        kept = {counting.locked(session, sheet_id): PaperAccount(printed=5)}
        counting.keep_accounts(Act(session, town.actor(Role.STATION_OFFICER), AT), kept)
