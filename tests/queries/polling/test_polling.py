"""Polling places as read: whom they serve, which county district lies around, blank papers."""

import pytest

from election.actions import counting
from election.database import db, transaction
from election.models import Assignment, Candidacy, District, Election, PlanStatus, RoundKind
from election.queries.counting import code_of, sheet_lines
from election.queries.polling.places import (
    by_district,
    districts,
    nesting,
    papers,
    place_lines,
    round_papers,
    sheets_of_place,
)
from election.rules.terms import Level
from tests.actions import small_town as small
from tests.builders import ELECTION_DAY, Office


@pytest.fixture
def town(office: Office) -> small.Town:
    return small.build(office)


def _election(town: small.Town) -> Election:
    return db.session.get_one(Election, town.election_id)


def test_a_town_district_lies_in_the_county_district_that_holds_its_units(
    town: small.Town,
) -> None:
    inside = nesting(db.session(), town.election_id)
    assert inside == {town.districts[n]: town.districts[0] for n in (1, 2, 3)}


def test_a_town_district_across_two_county_districts_is_left_to_people(town: small.Town) -> None:
    with transaction() as session:
        plan = session.get_one(District, town.districts[0]).plan
        other = District(township_id=plan.township_id, plan=plan, number=2, seats=1)
        session.add(other)
        session.flush()
        first = session.get_one(District, town.districts[0]).assignments[0]
        row = Assignment(
            township_id=plan.township_id,
            plan_id=plan.id,
            unit_id=first.unit_id,
            district_id=other.id,
            part=1,
            population=100,
        )
        session.add(row)
        small._act(session, town.office)
    inside = nesting(db.session(), town.election_id)
    assert sorted(inside) == sorted([town.districts[2], town.districts[3]])


def test_a_draft_plan_is_no_plan(town: small.Town) -> None:
    with transaction() as session:
        plan = session.get_one(District, town.districts[0]).plan
        plan.status, plan.adopted_at, plan.adopted_by = PlanStatus.DRAFT, None, None
        small._act(session, town.office)
    assert nesting(db.session(), town.election_id) == {}
    assert districts(db.session(), town.election_id)[Level.COUNTY] == []


def test_mobile_boxes_stand_under_the_station_of_their_district(town: small.Town) -> None:
    session = db.session()
    lines = place_lines(session, _election(town))
    served = by_district(lines, districts(session, town.election_id))
    assert [line.place.code for line in served[Level.TOWN][0].places] == ["S01", "M01"]
    assert [line.place.code for line in served[Level.COUNTY][0].places] == [
        "S01",
        "S02",
        "S03",
        "M01",
    ]


def test_a_blank_paper_is_made_for_every_place_and_congress_before_the_count(
    town: small.Town,
) -> None:
    found = papers(db.session(), _election(town))
    assert [paper.code for paper in found] == [
        "T01-1-S01",
        "T01-1-M01",
        "T02-1-S02",
        "T03-1-S03",
        "C01-1-S01",
        "C01-1-S02",
        "C01-1-S03",
        "C01-1-M01",
    ]
    first = found[0]
    assert (first.seats, first.candidates) == (2, ("丁一", "王二", "张三"))
    assert [p.code for p in papers(db.session(), _election(town), place_id=town.places["M01"])] == [
        "T01-1-M01",
        "C01-1-M01",
    ]


def test_the_paper_and_the_screen_call_a_sheet_by_the_same_code(office: Office) -> None:
    town = small.counting_town(office)
    printed = {paper.code for paper in papers(db.session(), _election(town))}
    assert printed == {line.code for line in sheet_lines(db.session(), town.election_id)}


def test_a_sheet_is_printed_alike_before_and_after_its_round_is_opened(office: Office) -> None:
    """Two of one name carry their code on both, or two lines of the paper could not be told."""
    town = small.counting_town(office)
    ids = town.ids(1)
    with transaction() as session:
        session.get_one(Candidacy, int(ids["王二"][1:])).person.name = "丁一"
        small._act(session, office)
    before = papers(db.session(), _election(town), district_id=town.districts[1])
    after = round_papers(db.session(), town.round(1))
    printed = ("丁一（1）", "丁一（2）", "张三")
    assert {paper.candidates for paper in [*before, *after]} == {printed}


def test_the_latest_round_of_a_district_stands_first_among_the_sheets_of_a_place(
    office: Office,
) -> None:
    town = small.counting_town(office)
    first = town.round(2)
    again = counting.NewRound(
        district=first.district,
        number=2,
        kind=RoundKind.FURTHER,
        counts_as="further",
        attempt=1,
        seats=1,
        polling_day=ELECTION_DAY,
        candidates=tuple(row.candidacy for row in first.candidates),
        previous_id=first.id,
    )
    with transaction() as session:
        counting.open_round(session, again)
        small._act(session, office)
    sheets = sheets_of_place(db.session(), town.places["S02"])
    assert [code_of(sheet) for sheet in sheets] == ["T02-2-S02", "T02-1-S02", "C01-1-S02"]
