"""Reads of candidates: order, how far each district is, and a fixed number of queries."""

from datetime import date

import pytest
from sqlalchemy import event

from election.database import db
from election.models import Candidacy, Congress, Election, ElectionKind, NominationStatus, Sex
from election.queries.candidates import lists as queries
from election.queries.candidates import nominations
from election.queries.candidates.decisions import Decisions
from election.queries.candidates.order import ordered, votes_that_order
from election.rules.candidates.kinds import NextAct, Way, Which
from election.rules.profile import profile
from election.rules.terms import Level
from election.tenant import stay_in
from tests.builders import Office
from tests.queries.candidates.office import (
    Town,
    a_town,
    by_organisation,
    directly,
    fill,
    fix,
    publish,
    receive,
    stand,
    to_formal_list,
)


@pytest.fixture
def town(office: Office) -> Town:
    return a_town(office)


def line(town: Town, number: int = 1) -> queries.DistrictProgress:
    db.session.expire_all()
    return queries.district_line(db.session(), town.district(number))


def names(people) -> list[str]:
    return [candidacy.person.name for candidacy in people]


def codes(findings) -> list[str]:
    return [finding.code.id for finding in findings]


def count_queries(read) -> int:
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_context) -> None:
        statements.append(statement)

    db.session.expunge_all()
    stay_in(db.session(), 1)  # the office's township, as every page of it does
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        read()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(statements)


def test_the_way_of_a_district_from_nothing_to_the_formal_list(town: Town) -> None:
    assert (line(town, 2).next, codes(line(town, 2).number)) == (NextAct.NOMINATE, ["E.463"])
    receive(town, "徐二", 2, nominators=by_organisation())
    assert line(town, 2).next is NextAct.EXAMINE
    assert line(town, 2).nominations == {NominationStatus.RECEIVED: 1}
    fill(town, people={2: 3})
    assert line(town, 2).next is NextAct.EXAMINE
    directly(town, lambda session: _drop_received(session, town))
    assert (line(town, 2).next, codes(line(town, 2).number)) == (NextAct.PUBLISH_FIRST, ["A.464"])
    publish(town)
    assert line(town, 2).next is NextAct.FIX_FORMAL
    two = frozenset(candidacy.id for candidacy in line(town, 2).nominees[:2])
    fix(town, 2, way=Way.CONSULTATION, chosen=two, note="讨论")
    assert (line(town, 2).next, line(town, 2).number) == (NextAct.PUBLISH_FORMAL, ())
    assert (line(town, 2).standing, line(town, 2).legal) == (2, True)
    fix(town, 1)
    fix(town, 3)
    publish(town, Which.FORMAL)
    assert line(town, 2).next is NextAct.DONE


def _drop_received(session, town: Town) -> None:
    for nomination in nominations.of_district(session, town.district(2)):
        if nomination.status is NominationStatus.RECEIVED:
            nomination.status = NominationStatus.WITHDRAWN


def test_people_stand_in_stroke_order_of_their_surnames_and_minority_names_too(
    town: Town,
) -> None:
    for name in ("徐一", "马·买买提", "丁一", "㐂一"):
        stand(town, name, 3)
    assert names(line(town, 3).nominees) == ["丁一", "马·买买提", "㐂一", "徐一"]


def test_a_character_without_known_strokes_is_told_and_placed_last(town: Town) -> None:
    stand(town, "丁一")
    unknown = "\U00032400一"  # extension J: the table of strokes does not know it
    candidacy_id = stand(town, unknown)
    assert (names(line(town).nominees), codes(line(town).order)) == (["丁一", unknown], ["A.467"])
    directly(town, lambda session: _count_strokes(session, candidacy_id))
    assert (names(line(town).nominees), codes(line(town).order)) == ([unknown, "丁一"], [])


def _count_strokes(session, candidacy_id: int) -> None:
    session.get_one(Candidacy, candidacy_id).person.stroke_override = 1


def test_ballots_carry_the_formal_list_in_its_order(town: Town) -> None:
    to_formal_list(town)
    assert names(line(town).formal) == ["丁一", "马一", "王一"]


def test_a_by_election_needs_no_difference(town: Town) -> None:  # R10.11
    directly(
        town,
        lambda session: setattr(
            session.get_one(Election, town.election_id), "kind", ElectionKind.BY_ELECTION
        ),
    )
    stand(town, "丁二", 2)
    progress = line(town, 2)
    assert (progress.least, progress.number, progress.next) == (1, (), NextAct.PUBLISH_FIRST)


def test_few_women_are_a_warning_beside_the_list(town: Town) -> None:  # R6.5
    for name, sex in (
        ("丁一", Sex.FEMALE),
        ("马一", Sex.MALE),
        ("王一", Sex.MALE),
        ("叶一", Sex.MALE),
    ):
        stand(town, name, 3, sex=sex)
    warnings = queries.congress_line(db.session(), town.congress()).findings
    assert codes(warnings) == ["W.452"]
    assert warnings[0].facts == {"women": 1, "total": 4, "share": "30%"}
    stand(town, "朱一", 3)
    assert queries.congress_line(db.session(), town.congress()).findings == ()


def test_a_cap_on_all_organisations_is_for_profiles_that_have_one(office: Office) -> None:
    town = a_town(office, town=(3, 3, 3, 3, 3), overrides={"party_total_cap": "1/5"})
    for number in range(14):  # a fifth of 73 seats
        receive(town, f"丁{number}", number // 3 + 1, nominators=by_organisation())
    assert queries.congress_line(db.session(), town.congress()).findings == ()
    receive(town, "丁十五", 5, nominators=by_organisation())
    warnings = queries.congress_line(db.session(), town.congress()).findings
    assert codes(warnings) == ["W.434"]


def test_units_seats_and_limits_stand_beside_each_district(town: Town) -> None:
    overview = queries.congress_line(db.session(), town.congress())
    assert [
        (d.district.number, d.units, d.district.seats, d.least, d.most) for d in overview.districts
    ] == [
        (1, ("1村",), 2, 3, 4),
        (2, ("2村",), 1, 2, 2),
        (3, ("3村",), 3, 4, 6),
    ]


# --- order by votes, where a profile says so ---


def test_votes_order_the_formal_list_where_the_profile_says_so(office: Office) -> None:
    town = a_town(office, town=(2,), overrides={"formal_list_order": "PRIMARY_VOTES"})
    fill(town, people={1: 5})
    publish(town)
    keys = [candidacy.id for candidacy in line(town).nominees]
    votes = dict(zip(keys, (10, 40, 30, 40, 5), strict=True))
    fix(town, way=Way.PRIMARY, votes=votes, participants=90, places=4)
    assert names(line(town).formal) == ["马一", "王一", "方一", "丁一"]
    assert names(line(town).nominees)[0] == "丁一"  # the first list knows no votes


def test_zhejiang_orders_by_strokes_even_after_a_primary() -> None:
    decided = Decisions(votes={"c1": 4})
    assert votes_that_order([], decided, profile()) is None
    by_votes = profile({"formal_list_order": "PRIMARY_VOTES"})
    assert votes_that_order([], decided, by_votes) == {}
    assert votes_that_order([], Decisions(), by_votes) is None


def test_a_confirmed_order_cannot_go_against_the_votes(town: Town) -> None:
    for name in ("王一", "方一"):
        stand(town, name, 3)
    people = line(town, 3).nominees
    first, second = (candidacy.code for candidacy in people)
    by_votes = profile({"formal_list_order": "PRIMARY_VOTES"})
    for votes, expected in (
        ({first: 5, second: 9}, [second, first]),
        ({first: 5, second: 5}, [second, first]),
        ({first: 9, second: 5}, [first, second]),
    ):
        in_order, _open = ordered(people, profile=by_votes, confirmed=[second, first], votes=votes)
        assert [candidacy.code for candidacy in in_order] == expected


# --- no query per row ---


@pytest.mark.parametrize("seats", [(2,), (2, 1, 3)])
def test_the_overview_takes_the_same_number_of_queries_for_any_number_of_districts(
    office: Office, seats: tuple[int, ...]
) -> None:
    town = a_town(office, town=seats)
    fill(town)
    congress_id = town.congress().id

    def read() -> None:
        overview = queries.congress_line(db.session(), db.session.get_one(Congress, congress_id))
        assert all(progress.units and names(progress.nominees) for progress in overview.districts)

    assert count_queries(read) == 7


@pytest.mark.parametrize("people", [1, 3])
def test_a_district_takes_the_same_number_of_queries_for_any_number_of_nominations(
    town: Town, people: int
) -> None:
    for place in range(people):
        receive(town, f"{'丁马王'[place]}三", 3)

    def read() -> None:
        checks = nominations.check_district(db.session(), town.district(3))
        assert [len(check.lines) for check in checks.values()] == [10] * people

    assert count_queries(read) == 6


def test_a_nomination_is_judged_by_what_came_before_it_on_any_day(town: Town) -> None:
    later = receive(town, "丁二", 2, received_on=date(2021, 11, 27))
    earlier = receive(town, "马二", 2, received_on=date(2021, 11, 26))
    order = list(nominations.check_district(db.session(), town.district(2)))
    assert order == [earlier, later]


def test_the_subject_in_the_chain_names_election_level_and_number(town: Town) -> None:
    assert queries.subject(town.district(2)) == f"{town.election_id}/town-2"
    assert queries.subject(town.district(1, Level.COUNTY)) == f"{town.election_id}/county-1"
