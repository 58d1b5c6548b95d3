"""Nominations registered: signatures, organisations, persons."""

from datetime import date

import pytest
from sqlalchemy import select, text

from election.actions.candidates import nominations as acts
from election.database import db
from election.models import Cosigner, Nomination, NominationKind, Person, Sex
from election.queries.audit import verify
from election.queries.candidates import nominations as queries
from election.rules.candidates.kinds import SignerVerdict
from election.rules.terms import InputFault, InputFaults, Level
from tests.actions.candidates.nominating import NUMBER, amend, judge, refused, status, withdraw
from tests.builders import Office
from tests.queries.candidates.office import (
    Town,
    a_town,
    accept,
    by_organisation,
    by_voters,
    receive,
    stand,
    statuses,
    voters,
)


@pytest.fixture
def town(office: Office) -> Town:
    return a_town(office)


def codes(town: Town, nomination_id: int) -> list[str]:
    db.session.expire_all()
    nomination = db.session.get_one(Nomination, nomination_id)
    return [finding.code.id for finding in queries.check(db.session(), nomination).findings]


# --- signatures ---


def test_nine_signatures_are_not_accepted_and_ten_are(town: Town) -> None:  # EX-15
    nine = receive(town, "丁一", nominators=by_voters(*voters(9)))
    assert codes(town, nine) == ["E.425"]
    with refused("R.474"):
        accept(town, nine)
    amend(town, nine, by_voters(*voters(10)))
    accept(town, nine)
    assert (status(nine), statuses(town)) == ("accepted", {"丁一": "preliminary"})


def test_a_signer_over_the_cap_of_the_district_does_not_count(town: Town) -> None:  # EX-14
    for name in ("丁一", "马一"):
        receive(town, name, nominators=by_voters("沈某, 7", *voters(10, first=len(name) * 100)))
    third = receive(town, "王一", nominators=by_voters("沈某, 7", *voters(9, first=900)))
    assert codes(town, third) == ["W.423", "E.425"]
    amend(town, third, by_voters("沈某, 7", *voters(10, first=900)))
    assert codes(town, third) == ["W.423"]
    accept(town, third)


def test_a_withdrawn_nomination_gives_its_signers_their_right_back(town: Town) -> None:
    first = receive(town, "丁一", 2, nominators=by_voters("沈某", *voters(10, first=100)))
    second = receive(town, "马一", 2, nominators=by_voters("沈某", *voters(9, first=200)))
    assert codes(town, second) == ["W.423", "E.425"]  # one seat: one nominee each
    withdraw(town, first)
    assert codes(town, second) == []


def test_cosigning_one_nominee_on_two_sheets_is_one_nominee(town: Town) -> None:
    receive(town, "丁一", 2, nominators=by_voters("沈某", *voters(9)))
    person_id = db.session.scalars(select(Person.id)).one()
    again = receive(town, "丁一", 2, same_as=person_id, nominators=by_voters("沈某", *voters(9)))
    assert codes(town, again) == []


def test_another_district_has_its_own_cap(town: Town) -> None:
    receive(town, "丁一", 2, nominators=by_voters("沈某", *voters(9)))
    elsewhere = receive(town, "马一", 3, nominators=by_voters("沈某", *voters(9)))
    assert codes(town, elsewhere) == []


def test_a_name_twice_on_the_sheet_is_stored_and_counted_once(town: Town) -> None:
    key = receive(town, "丁一", nominators=by_voters("沈某", "沈某", *voters(8)))
    nomination = db.session.get_one(Nomination, key)
    assert len(nomination.cosigners) == 9
    assert codes(town, key) == ["E.425"]


def test_a_name_without_number_is_the_numbered_voter_of_that_name(town: Town) -> None:
    receive(town, "丁一", 2, nominators=by_voters("沈某, 7", *voters(9)))
    second = receive(town, "马一", 2, nominators=by_voters("沈某", *voters(9, first=50)))
    assert codes(town, second) == ["W.423", "E.425"]


def test_two_voters_of_one_name_must_be_told_apart_by_their_roll_numbers(town: Town) -> None:
    receive(town, "丁一", nominators=by_voters("沈某, 7", "沈某, 8", *voters(8)))
    with pytest.raises(InputFaults) as caught:
        receive(town, "马一", nominators=by_voters(*voters(9, first=50), "沈某"))
    assert [fault.field for fault in caught.value.faults] == ["signers.10"]


def test_what_the_roll_says_of_a_signer_decides_whether_he_counts(town: Town) -> None:  # EX-15
    key = receive(town, "丁一", nominators=by_voters(*voters(10)))
    judge(town, key, 0, SignerVerdict.OTHER_DISTRICT)
    assert codes(town, key) == ["W.422", "E.425"]
    warning = queries.check(db.session(), db.session.get_one(Nomination, key)).findings[0]
    assert warning.cause.zh == (
        "第1个签名（选民, 1）的选民登记在其他选区，不在本选区镇级第1选区，签名无效"
    )
    judge(town, key, 0, SignerVerdict.NOT_ON_ROLL)
    assert codes(town, key) == ["W.424", "E.425"]
    judge(town, key, 0, SignerVerdict.COUNTS)
    assert codes(town, key) == []


def test_a_verdict_stays_with_a_signature_that_stays(town: Town) -> None:
    key = receive(town, "丁一", nominators=by_voters(*voters(10)))
    judge(town, key, 3, SignerVerdict.NOT_ON_ROLL)
    amend(town, key, by_voters(*voters(11)))
    assert codes(town, key) == ["W.424"]


def test_a_signature_taken_off_the_sheet_is_gone_from_the_records(town: Town) -> None:
    key = receive(town, "丁一", nominators=by_voters("沈某, 7", *voters(10)))
    amend(town, key, by_voters(*voters(10)))
    db.session.expire_all()
    assert [cosigner.signer for cosigner in db.session.scalars(select(Cosigner))] == voters(10)
    assert verify(db.session()) == []


def test_a_joint_nomination_needs_signers_and_the_other_kind_an_organisation(town: Town) -> None:
    with pytest.raises(InputFault) as caught:
        receive(town, "丁一", nominators=by_voters())
    assert caught.value.field == "signers"
    empty = acts.Nominators(kind=NominationKind.ORGANISATION)
    with pytest.raises(InputFault) as caught:
        receive(town, "丁一", nominators=empty)
    assert caught.value.field == "organisations"


# --- organisations ---


def test_an_organisation_puts_forward_no_more_than_there_are_seats(town: Town) -> None:
    first = accept(town, receive(town, "丁一", 2, nominators=by_organisation("镇妇联")))
    second = receive(town, "马一", 2, nominators=by_organisation("镇妇联"))
    assert codes(town, second) == ["E.431", "W.433"]
    with refused("R.474"):
        accept(town, second)
    accepted = db.session.scalars(select(Nomination.id).where(Nomination.id != second)).one()
    assert codes(town, accepted) == []  # what came later does not make it faulty
    assert first


def test_alone_and_jointly_are_counted_together(town: Town) -> None:
    receive(town, "丁一", 2, nominators=by_organisation("镇妇联"))
    joint = receive(town, "马一", 2, nominators=by_organisation("镇工会", "镇妇联"))
    assert codes(town, joint) == ["E.432", "W.433"]


def test_organisations_together_over_the_seats_are_a_warning(town: Town) -> None:
    receive(town, "丁一", 2, nominators=by_organisation("镇妇联"))
    second = receive(town, "马一", 2, nominators=by_organisation("镇工会"))
    assert codes(town, second) == ["W.433"]
    accept(town, second)


# --- persons ---


def test_a_name_that_is_known_must_be_the_same_person_or_a_namesake(town: Town) -> None:
    receive(town, "丁一")
    with refused("R.470"):
        receive(town, "丁一", 2)
    person_id = db.session.scalars(select(Person.id)).one()
    receive(town, "丁一", level=Level.COUNTY, same_as=person_id)
    assert db.session.scalars(select(Person.id)).all() == [person_id]
    receive(town, "丁一", 2, namesake=True)
    assert len(db.session.scalars(select(Person.id)).all()) == 2


def test_the_identity_number_finds_the_person_and_is_unreadable_in_the_file(town: Town) -> None:
    receive(town, "丁一", id_number=NUMBER)
    receive(town, "丁一", level=Level.COUNTY, id_number=NUMBER, party="群众")
    person = db.session.scalars(select(Person)).one()
    assert (person.id_number, person.party) == (NUMBER, "群众")
    stored = db.session.execute(text("SELECT id_number, id_number_index FROM person")).one()
    assert NUMBER.encode() not in bytes(stored[0])
    assert stored[1] == queries.id_number_index(NUMBER)
    with refused("R.480"):
        receive(town, "马一", id_number=NUMBER)


def test_two_numbers_are_two_persons_even_with_one_name(town: Town) -> None:
    receive(town, "丁一", id_number=NUMBER)
    person_id = db.session.scalars(select(Person.id)).one()
    with refused("R.480"):
        receive(town, "丁一", 2, id_number="330225197001011235", same_as=person_id)


def test_the_number_must_agree_with_sex_month_and_age(town: Town) -> None:
    young = receive(
        town, "丁一", id_number="330225200401011220", sex=Sex.MALE, birth_month="2004-02"
    )
    assert codes(town, young) == ["E.494", "E.495", "E.496"]


def test_one_person_in_two_districts_of_a_level_is_blocked_both_levels_are_allowed(
    town: Town,
) -> None:  # EX-23
    first = receive(town, "丁一")
    person_id = db.session.scalars(select(Person.id)).one()
    second = receive(town, "丁一", 3, same_as=person_id)
    receive(town, "丁一", level=Level.COUNTY, same_as=person_id)
    assert codes(town, first) == codes(town, second) == ["E.441"]
    error = queries.check(db.session(), db.session.get_one(Nomination, first)).findings[0]
    assert error.cause.zh == "“丁一”同时是同一级2个选区（镇级第1选区、镇级第3选区）的候选人"
    withdraw(town, second, "本人选定第1选区")
    accept(town, first)


def test_a_profile_may_only_warn_of_two_districts(office: Office) -> None:
    town = a_town(office, overrides={"same_level_double_candidacy": "WARN"})
    stand(town, "丁一")
    person_id = db.session.scalars(select(Person.id)).one()
    assert codes(town, receive(town, "丁一", 3, same_as=person_id)) == ["W.442"]


def test_a_nomination_before_the_roll_is_a_warning(town: Town) -> None:
    assert codes(town, receive(town, "丁一", received_on=date(2021, 11, 20))) == ["W.435"]


def test_a_latin_name_is_accepted_with_a_written_word_only(town: Town) -> None:
    key = receive(town, "Anna 王")
    with refused("R.488"):
        accept(town, key)
    accept(town, key, note="与身份证核对无误")
    assert status(key) == "accepted"
