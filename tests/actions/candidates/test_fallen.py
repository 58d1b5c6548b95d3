"""Who falls away after the formal list (R5.20): no line on the sheets, and a word why."""

from datetime import date

import pytest
from sqlalchemy import select

from election.actions import counting
from election.actions.act import Act
from election.actions.candidates import candidacies
from election.database import db, transaction
from election.models import (
    Candidacy,
    CandidacyStatus,
    Election,
    ElectionKind,
    Milestone,
    Person,
)
from election.queries.audit import verify
from election.queries.counting import fallen
from election.queries.polling.places import round_papers
from election.queries.publication import freeze
from election.rules.access import Role
from election.rules.terms import Level, RuleViolation
from tests.actions import small_town as small
from tests.builders import AT, Office, congress_of

DECIDED = "选委会〔2021〕21号"


@pytest.fixture
def town(office: Office) -> small.Town:
    """The formal list of the town is published."""
    town = small.counting_town(office)
    with transaction() as session:
        congress = congress_of(town.election_id, Level.TOWN)
        session.add(
            Milestone(
                township_id=congress.township_id,
                congress_id=congress.id,
                key="formal_list_published",
                done_on=date(2021, 12, 8),
            )
        )
        small._act(session, office)
    return town


def _candidacy(name: str) -> Candidacy:
    query = select(Candidacy).join(Person, Candidacy.person_id == Person.id)
    return db.session.scalars(query.where(Person.name == name)).one()


def fall(town: small.Town, name: str) -> None:
    """Somebody falls away before the count; the first rounds, in no use yet, are made anew."""
    with transaction() as session:
        _candidacy(name).status = CandidacyStatus.INACTIVE
        election = session.get_one(Election, town.election_id)
        counting.open_first_rounds(Act(session, town.actor(Role.DIRECTOR), AT), election)


def _mark(town: small.Town, name: str, act=candidacies.deactivate) -> None:
    with transaction() as session:
        act(Act(session, town.actor(Role.DIRECTOR), AT), _candidacy(name), reason="病故，已公告")


def _refused(code: str, act, *args, **more) -> None:
    with pytest.raises(RuleViolation) as refused:
        act(*args, **more)
    assert refused.value.code.id == code


def test_tellers_and_visitors_are_told_whose_votes_do_not_count(town: small.Town) -> None:
    fall(town, "王二")
    session = db.session()
    papers = {n: round_papers(session, town.round(n))[0] for n in (1, 2)}
    assert [(paper.candidates, paper.fallen) for paper in papers.values()] == [
        (("丁一", "张三"), ("王二",)),
        (("李四", "赵五"), ()),
    ]
    frozen = freeze(session, congress_of(town.election_id, Level.TOWN))
    assert [district.fallen for district in frozen.districts] == [("王二",), (), ()]


def test_who_dies_between_two_votes_stands_in_the_second_no_more(town: small.Town) -> None:
    """丁一 is elected, one seat is missing, 王二 is next in the order of votes and dies."""
    votes = {"丁一": 130, "王二": 80, "张三": 40}
    _refused("R.151", _mark, town, "王二")
    small.count_whole(town, 1, votes, issued=180, void=0, blank=0)
    _refused("R.151", _mark, town, "王二")
    small.certify(town, 1)
    _refused("R.151", _mark, town, "丁一")
    _refused("R.151", _mark, town, "李四")
    _mark(town, "王二")
    ids = town.ids(1)
    _refused("R.614", small.open_next, town, 1, chosen=[ids["王二"], ids["张三"]])
    _refused("R.620", small.open_next, town, 1, chosen=[ids["张三"]])
    _mark(town, "王二", candidacies.reinstate)
    _mark(town, "王二")
    small.open_next(town, 1, chosen=[ids["张三"]], decision=DECIDED)
    assert list(town.ids(1, 2)) == ["张三"]
    assert (fallen(db.session(), town.round(1)), fallen(db.session(), town.round(1, 2))) == ((), ())
    _refused("R.151", _mark, town, "张三")
    assert verify(db.session()) == []


def test_a_by_election_is_held_again_among_as_many_as_there_are_seats(town: small.Town) -> None:
    """R10.11: too few took part, one of two dies; only a general election asks for a difference."""
    small.count_whole(town, 2, {"李四": 40, "赵五": 30}, issued=90, void=0, blank=0)
    small.certify(town, 2)
    _mark(town, "赵五")
    _refused("R.620", small.open_next, town, 2)
    with transaction() as session:
        session.get_one(Election, town.election_id).kind = ElectionKind.BY_ELECTION
        small._act(session, town.office)
    small.open_next(town, 2)
    assert list(town.ids(2, 2)) == ["李四"]
