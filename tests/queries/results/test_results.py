"""What signed sheets add up to, for all districts at once."""

import pytest

from election.database import db
from election.models import District, Election
from election.queries.results.districts import district_outcome, district_outcomes
from election.queries.results.outcomes import count_round, counts
from election.rules.results.kinds import BallotStanding
from tests.actions import small_town as small
from tests.builders import Office
from tests.web.desks import queries_of


@pytest.fixture
def town(office: Office) -> small.Town:
    return small.counting_town(office)


def test_nothing_signed_is_not_zero(town: small.Town) -> None:
    count = count_round(db.session(), town.round(2))
    assert (count.totals, count.outcome, count.turnout) == (None, None, None)
    assert count.candidates() == ()


def test_all_rounds_come_by_congress_district_and_number(town: small.Town) -> None:
    small.count_whole(town, 2, {"李四": 120, "赵五": 60}, issued=200)
    small.certify(town, 2)
    small.open_next(town, 2)
    election = db.session.get_one(Election, town.election_id)
    assert [count.round.code for count in counts(db.session(), election)] == [
        "town-1-r1",
        "town-2-r1",
        "town-2-r2",
        "town-3-r1",
        "county-1-r1",
    ]


def test_the_outcome_of_one_district_and_of_all_say_the_same(town: small.Town) -> None:
    small.count_whole(town, 2, {"李四": 180, "赵五": 110})
    small.certify(town, 2)
    election = db.session.get_one(Election, town.election_id)
    together = district_outcomes(db.session(), election)
    for number, key in town.districts.items():
        alone = district_outcome(db.session(), db.session.get_one(District, key))
        assert alone == together[key], number
    assert [together[town.districts[n]].settled for n in (0, 1, 2, 3)] == [
        False,
        False,
        True,
        False,
    ]


def test_figures_are_told_per_person_with_the_share_of_the_need(town: small.Town) -> None:
    ids = town.ids(2)
    votes = small.paper(
        {ids["李四"]: 75, ids["赵五"]: 60}, issued=400, writeins={"吴晓": 20, "钱多": 201}
    )
    small.count(town, town.sheet(2, "S02").id, votes)
    lines = count_round(db.session(), town.round(2)).candidates()
    assert [(line.name, line.votes, line.written_in, line.standing) for line in lines] == [
        ("李四", 75, False, BallotStanding.NOT_ELECTED),
        ("赵五", 60, False, BallotStanding.NOT_ELECTED),
        ("钱多", 201, True, BallotStanding.ELECTED),
        ("吴晓", 20, True, BallotStanding.NOT_ELECTED),
    ]
    assert [str(line.share) for line in lines] == ["25/67", "20/67", "1", "20/201"]


def test_the_number_of_questions_does_not_grow_with_the_rounds(town: small.Town) -> None:
    def ask() -> None:
        election = db.session.get_one(Election, town.election_id)
        counts(db.session(), election)
        district_outcomes(db.session(), election)

    few = queries_of(ask)
    small.count_whole(town, 2, {"李四": 120, "赵五": 60}, issued=200)
    small.certify(town, 2)
    small.open_next(town, 2)
    assert queries_of(ask) == few
