"""The formal list, the order of names, and particulars that change."""

import json

import pytest
from sqlalchemy import select

from election.actions.act import Act
from election.actions.candidates import candidacies as acts
from election.actions.candidates import persons
from election.database import db, transaction
from election.models import AuditEntry, Candidacy, District, Person
from election.queries.audit import verify
from election.queries.candidates import lists as queries
from election.queries.candidates.lists import FIRST_LIST, FORMAL_LIST
from election.rules.access import Role
from election.rules.candidates.kinds import Way, Which
from election.rules.candidates.standing import ExitReason
from election.rules.elections.phases import Phase
from election.rules.terms import Level
from tests.actions.candidates.listing import act, ids, milestone, refused
from tests.builders import AT, Office, seed
from tests.queries.candidates.office import (
    FIRST,
    FORMAL,
    Town,
    a_town,
    by_organisation,
    fill,
    fix,
    particulars,
    publish,
    receive,
    stand,
    to_formal_list,
    to_phase,
)


@pytest.fixture
def town(office: Office) -> Town:
    return a_town(office)


# --- the formal list ---


def test_the_formal_list_comes_after_the_first_in_every_district_legal(town: Town) -> None:
    with refused("R.485"):
        publish(town, Which.FORMAL)
    fill(town)
    publish(town)
    fix(town, 1)
    with refused("R.487"):
        publish(town, Which.FORMAL)
    fix(town, 2)
    fix(town, 3)
    with refused("R.486"):
        publish(town, Which.FORMAL, done_on=FIRST)
    publish(town, Which.FORMAL)
    recorded = milestone(town, FORMAL_LIST)
    assert recorded is not None
    assert recorded.done_on == FORMAL
    assert verify(db.session()) == []


def test_the_two_congresses_have_their_own_lists(town: Town) -> None:
    to_formal_list(town, Level.COUNTY)
    assert milestone(town, FIRST_LIST) is None
    stand(town, "赵一")


# --- order and particulars ---


def test_equal_strokes_are_confirmed_by_a_person_and_the_strokes_win(town: Town) -> None:
    for name in ("王一", "方一", "丁一"):  # 4, 4 and 2 strokes
        stand(town, name)
    key = town.districts[Level.TOWN, 1]
    line = queries.district_line(db.session(), town.district(1))
    assert [candidacy.person.name for candidacy in line.nominees] == ["丁一", "方一", "王一"]
    assert [finding.code.id for finding in line.order] == ["W.466"]
    code_of = {name: f"c{number}" for name, number in ids(town).items()}

    def confirm(*names: str) -> None:
        with transaction() as session:
            acts.confirm_order(
                Act(session, town.office.actor(Role.DIRECTOR), AT),
                session.get_one(District, key),
                [code_of[name] for name in names],
            )

    with refused("E.468"):
        confirm("王一", "方一", "丁一")
    with refused("R.490"):
        confirm("丁一", "王一")
    confirm("丁一", "王一", "方一")
    line = queries.district_line(db.session(), town.district(1))
    assert [candidacy.person.name for candidacy in line.nominees] == ["丁一", "王一", "方一"]
    assert line.order == ()
    stand(town, "毛一")  # four strokes too: the confirmation no longer covers everybody
    line = queries.district_line(db.session(), town.district(1))
    assert [finding.code.id for finding in line.order] == ["W.466", "W.466"]


def change(town: Town, person_id: int, name: str = "丁一", reason: str = "", **more) -> None:
    strokes = more.pop("stroke_override", None)
    with transaction() as session:
        persons.change_person(
            Act(session, town.office.actor(Role.REGISTRAR), AT),
            session.get_one(Person, person_id),
            particulars(name, **more),
            stroke_override=strokes,
            reason=reason,
        )


def test_strokes_counted_by_a_person_go_before_the_table(town: Town) -> None:
    for name in ("丁一", "马一"):
        stand(town, name)
    person_id = db.session.scalars(select(Person.id).where(Person.name == "丁一")).one()
    change(town, person_id, stroke_override=5)
    line = queries.district_line(db.session(), town.district(1))
    assert [candidacy.person.name for candidacy in line.nominees] == ["马一", "丁一"]


def test_particulars_on_a_published_list_change_with_a_reason_only(town: Town) -> None:
    fill(town)
    person_id = db.session.scalars(select(Person.id).where(Person.name == "丁一")).one()
    change(town, person_id, occupation="农民")
    publish(town)
    with refused("R.488"):
        change(town, person_id, occupation="渔民")
    change(town, person_id, occupation="渔民", reason="本人更正")
    entry = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.what == "candidates.change_person")
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    ).one()
    assert (entry.data["before"]["occupation"], entry.data["after"]["occupation"]) == (
        "农民",
        "渔民",
    )
    assert verify(db.session()) == []


def test_an_identity_number_is_one_persons(town: Town) -> None:
    stand(town, "丁一", id_number="330225198005011229")
    stand(town, "马一")
    second = db.session.scalars(select(Person.id).where(Person.name == "马一")).one()
    with refused("R.480"):
        change(town, second, "马一", id_number="330225198005011229")
    first = db.session.scalars(select(Person.id).where(Person.name == "丁一")).one()
    change(town, first, id_number="330225198005011229", party="群众")
    written = json.dumps([e.data for e in db.session.scalars(select(AuditEntry))])
    assert "19800501" not in written


def test_candidates_are_closed_outside_their_phase(office: Office) -> None:
    town = a_town(office)
    candidacy_id = stand(town, "丁一")
    to_phase(town, Phase.POLLING)
    with refused("R.151"):
        act(town, acts.review, candidacy_id, Role.REVIEWER, opinion="x")
    with refused("R.151"):
        publish(town)
    with refused("R.151"):
        change(town, db.session.scalars(select(Person.id)).one())


def test_only_the_director_fixes_lists(town: Town) -> None:
    candidacy_id = stand(town, "丁一")
    with refused("R.901"):
        act(
            town,
            acts.leave,
            candidacy_id,
            Role.REGISTRAR,
            ground=ExitReason.NO_VOTING_RIGHT,
            reason="x",
        )


def test_a_written_in_person_stands_on_no_list(town: Town, office: Office) -> None:
    fill(town)
    person = Person(township_id=office.township_id, election_id=town.election_id, name="徐一")
    seed(office, [person])
    seed(
        office,
        [
            Candidacy(
                township_id=office.township_id,
                district_id=town.districts[Level.TOWN, 1],
                person_id=person.id,
                status="write_in",
            )
        ],
    )
    line = queries.district_line(db.session(), town.district(1))
    assert [candidacy.person.name for candidacy in line.nominees] == ["丁一", "马一", "王一"]


def test_no_text_on_record_holds_an_identity_number(town: Town) -> None:
    candidacy_id = stand(town, "徐一")
    number = "330225198005011229"
    with refused("E.497"):
        act(town, acts.review, candidacy_id, Role.REVIEWER, opinion=f"此人{number}")
    with refused("E.497"):
        act(town, acts.leave, candidacy_id, ground=ExitReason.NO_VOTING_RIGHT, reason=number)
    with refused("E.497"):
        receive(town, "钱一", occupation=f"教师{number}")
    with refused("E.497"):
        receive(town, "钱一", nominators=by_organisation(f"镇妇联{number}"))
    with refused("E.497"):
        change(town, db.session.scalars(select(Person.id)).one(), "徐一", reason=number)
    with refused("E.497"):
        publish(town, reason=number)
    fill(town, people={1: 4})
    publish(town)
    with refused("E.497"):
        fix(town, way=Way.CONSULTATION, note=number)
