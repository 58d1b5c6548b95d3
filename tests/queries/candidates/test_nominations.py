"""Reads of nominations: who may be told what, and how people are known again."""

import pytest
from sqlalchemy import select

from election.database import db
from election.models import Election, Nomination, Person
from election.queries.candidates import nominations as queries
from election.rules.names import normalise_name
from tests.builders import Office, found_office
from tests.queries.candidates.office import Town, a_town, by_organisation, receive

NUMBER = "330225198005011229"


@pytest.fixture
def town(office: Office) -> Town:
    return a_town(office)


def election(town: Town) -> Election:
    return db.session.get_one(Election, town.election_id)


def test_a_person_is_known_again_by_number_and_by_exact_name(town: Town) -> None:
    receive(town, "王𬭎", id_number=NUMBER)
    person = db.session.scalars(select(Person)).one()
    assert queries.person_by_number(db.session(), election(town), NUMBER) is person
    assert list(queries.persons_called(db.session(), election(town), "王𬭎")) == [person]
    assert list(queries.persons_called(db.session(), election(town), "王宏")) == []


def test_another_township_is_not_asked(town: Town) -> None:
    receive(town, "丁一", id_number=NUMBER)
    neighbours = a_town(found_office(code="330225104", name="石浦镇"))
    assert queries.person_by_number(db.session(), election(neighbours), NUMBER) is None
    assert list(queries.persons_called(db.session(), election(neighbours), "丁一")) == []


def test_dots_of_minority_names_are_one_dot() -> None:
    assert normalise_name("买买提•艾力") == normalise_name("买买提・艾力") == "买买提·艾力"


def test_an_organisation_nomination_has_no_signatures_and_names_its_organisations(
    town: Town,
) -> None:
    key = receive(town, "丁一", nominators=by_organisation("镇工会", "镇妇联"))
    row = db.session.get_one(Nomination, key)
    check = queries.check(db.session(), row)
    assert (check.lines, check.valid, check.findings) == ((), 0, ())
    assert queries.organisations(row) == ("镇工会", "镇妇联")
    assert (check.errors, check.alerts) == (0, 0)


def test_errors_and_alerts_are_counted_apart(town: Town) -> None:
    key = receive(town, "Anna 王", id_number="330225200401011220", birth_month="")
    check = queries.check(db.session(), db.session.get_one(Nomination, key))
    assert ([finding.code.id for finding in check.findings], check.errors, check.alerts) == (
        ["A.408", "E.494"],
        1,
        1,
    )
