"""A nomination from received to accepted, sent back and withdrawn; what the chain knows of it."""

import json
from datetime import date

import pytest
from sqlalchemy import select, text

from election.actions.act import Act
from election.actions.candidates import candidacies
from election.actions.candidates import nominations as acts
from election.database import db, transaction
from election.models import AuditEntry, Candidacy, Cosigner, Nomination, Person
from election.queries.audit import verify
from election.rules.access import Role
from election.rules.candidates.kinds import SignerVerdict
from election.rules.candidates.nominations import NomineePapers
from election.rules.candidates.standing import ExitReason
from election.rules.elections.phases import Phase
from tests.actions.candidates.nominating import NUMBER, amend, judge, refused, status, withdraw
from tests.builders import AT, Office
from tests.queries.candidates.office import (
    Town,
    a_town,
    accept,
    by_organisation,
    by_voters,
    fill,
    particulars,
    publish,
    receive,
    stand,
    statuses,
    voters,
)


@pytest.fixture
def town(office: Office) -> Town:
    return a_town(office)


def send_back(town: Town, nomination_id: int, reason: str = "材料不全", papers=None) -> None:
    with transaction() as session:
        acts.send_back(
            Act(session, town.office.actor(Role.REGISTRAR), AT),
            session.get_one(Nomination, nomination_id),
            reason=reason,
            papers=papers,
        )


# --- the state machine ---


def test_missing_papers_keep_a_nomination_from_being_accepted(town: Town) -> None:
    key = receive(town, "丁一")
    lacking = NomineePapers(
        introduction=True,
        acceptance=False,
        identity=True,
        resume=True,
        residence_abroad_stated=True,
    )
    with refused("R.474"):
        accept(town, key, papers=lacking)
    send_back(town, key, "缺少被推荐人签名", papers=lacking)
    assert status(key) == "incomplete"
    accept(town, key)
    with refused("R.475"):
        accept(town, key)
    with refused("R.472"):
        amend(town, key, by_voters(*voters(12)))


def test_nobody_sends_a_faultless_accepted_nomination_back(town: Town) -> None:
    key = receive(town, "丁一", nominators=by_voters(*voters(10)))
    accept(town, key)
    with refused("R.477"):
        send_back(town, key)
    judge(town, key, 0, SignerVerdict.NOT_ON_ROLL)
    send_back(town, key, "一名联名人不在选民名单上")
    assert (status(key), statuses(town)) == ("incomplete", {"丁一": "withdrawn"})
    amend(town, key, by_voters(*voters(11)))
    accept(town, key)
    assert statuses(town) == {"丁一": "preliminary"}


def test_a_withdrawal_before_the_first_list_takes_the_person_off(town: Town) -> None:
    key = receive(town, "丁一")
    accept(town, key)
    with refused("R.476"):
        withdraw(town, key, " ")
    withdraw(town, key)
    assert (status(key), statuses(town)) == ("withdrawn", {"丁一": "withdrawn"})
    with refused("R.473"):
        accept(town, key)


def test_a_person_with_a_second_nomination_stays_when_the_first_is_withdrawn(town: Town) -> None:
    key = receive(town, "丁一")
    accept(town, key)
    person_id = db.session.scalars(select(Person.id)).one()
    accept(town, receive(town, "丁一", same_as=person_id, nominators=by_organisation()))
    withdraw(town, key)
    assert statuses(town) == {"丁一": "preliminary"}


def test_a_withdrawal_after_somebody_was_struck_off_changes_the_person_no_more(town: Town) -> None:
    key = receive(town, "丁一")
    candidacy_id = accept(town, key)
    with transaction() as session:
        candidacies.leave(
            Act(session, town.office.actor(Role.DIRECTOR), AT),
            session.get_one(Candidacy, candidacy_id),
            ground=ExitReason.NO_VOTING_RIGHT,
            reason="判决书",
        )
    withdraw(town, key)
    assert db.session.get_one(Candidacy, candidacy_id).reason == "判决书"
    person = db.session.get_one(Candidacy, candidacy_id).person_id
    again = receive(town, "丁一", same_as=person)
    with refused("R.491"):
        accept(town, again)


def test_after_the_first_list_nobody_is_added_withdrawn_or_sent_back(town: Town) -> None:
    fill(town)
    listed = receive(town, "钱三", 3)
    accept(town, listed)
    publish(town)
    with refused("R.471"):
        receive(town, "徐一", 1, namesake=True)
    with refused("R.450"):
        withdraw(town, listed)
    judge(town, listed, 0, SignerVerdict.NOT_ON_ROLL)
    with refused("R.478"):
        send_back(town, listed)


def test_a_district_with_too_few_nominees_goes_on_nominating_after_the_list(town: Town) -> None:
    fill(town, people={2: 1})
    publish(town, reason="第2选区继续推荐")
    stand(town, "徐二", 2)
    with refused("R.471"):
        receive(town, "钱二", 2)


def test_nominations_are_closed_outside_their_phase(office: Office) -> None:
    with refused("R.151"):
        receive(a_town(office, phase=Phase.POLLING), "丁一")


def test_a_teller_registers_nothing(town: Town) -> None:
    with refused("R.901"), transaction() as session:
        acts.receive(
            Act(session, town.office.actor(Role.TELLER), AT),
            town.district(1),
            person=particulars("丁一"),
            nominators=by_organisation(),
            received_on=date(2021, 11, 26),
        )


# --- the chain ---


def test_the_chain_holds_and_knows_neither_signers_nor_identity_numbers(town: Town) -> None:
    key = receive(town, "丁一", id_number=NUMBER, nominators=by_voters("沈秘密, 77", *voters(10)))
    accept(town, key)
    withdraw(town, receive(town, "马一", nominators=by_voters("沈秘密, 77", *voters(10))))
    assert verify(db.session()) == []
    written = json.dumps(
        [[e.subject, e.data, e.rows] for e in db.session.scalars(select(AuditEntry))],
        ensure_ascii=False,
    )
    assert [word for word in (NUMBER, NUMBER[6:14], "沈秘密") if word in written] == []
    last = db.session.scalars(
        select(AuditEntry).where(AuditEntry.what == "nominations.accept")
    ).one()
    assert last.data["signatures"] == {"counting": 11, "not_counting": {}}


def test_a_signature_is_unreadable_in_the_file(town: Town) -> None:
    receive(town, "丁一", nominators=by_voters("沈秘密", *voters(9)))
    rows = db.session.execute(text("SELECT signer FROM cosigner")).scalars()
    assert not any("沈秘密".encode() in bytes(raw) for raw in rows)
    assert db.session.scalars(select(Cosigner)).all()[0].signer == "沈秘密"
