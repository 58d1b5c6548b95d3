"""Workplaces that vote for the county only: in no town district and no town average (R2.10-R2.12).

W1 hangs on A6, has 600 people and votes for the county only; A1 to A6 have 6,000.
"""

from dataclasses import replace

import pytest
from flask import Flask

from election.actions.districts import drafts as edits
from election.database import db
from election.models import Congress
from election.queries.districts import fairness, proposals, seats
from election.queries.units.table import UnitValues, basis, of_congress, of_election, voting
from election.rules.terms import Level
from election.rules.units.kinds import UnitKind
from tests.actions.districts_town import DistrictTown, refused, shape, units
from tests.builders import Office
from tests.queries.districts.test_proposals import propose, question, store

W1 = UnitValues("W1", "某研究所", UnitKind.WORKPLACE, 600, None, ("A6",), county_only=True)


def with_w1(people: int = 600) -> list[UnitValues]:
    return [*units(), replace(W1, hukou_population=people)]


@pytest.fixture
def town(app: Flask, office: Office) -> DistrictTown:
    return DistrictTown(office, with_w1())


def body(town: DistrictTown, level: Level) -> Congress:
    return db.session.get_one(Congress, town.congress_id(level))


def drawn_for_the_county(town: DistrictTown) -> int:
    """A county plan with W1 as a district of its own."""
    town.congress(Level.COUNTY, 4)
    plan = town.drawn(level=Level.COUNTY)
    town.save(plan, {"W1": 4})
    town.save(plan, {}, {4: 1})
    return plan


def test_the_town_is_drawn_without_it_and_the_county_with_it(town: DistrictTown) -> None:
    board = town.board(town.drawn())
    assert [brick.code for brick in board.bricks] == ["A1", "A2", "A3", "A4", "A5", "A6"]
    assert (board.people.people, board.average, board.errors) == (6000, 1000, [])
    county = town.board(town.drawn(level=Level.COUNTY))
    assert (county.people.people, county.average) == (6600, 2200)
    assert [fault.code.id for fault in county.errors] == ["E.203"]


def test_only_the_town_leaves_it_out_and_names_it_as_nobodys_neighbour(town: DistrictTown) -> None:
    everything = of_election(db.session(), town.election_id)
    assert of_congress(db.session(), body(town, Level.COUNTY)) == everything
    mine = of_congress(db.session(), body(town, Level.TOWN))
    assert [(row.values.code, row.values.neighbours) for row in mine[-2:]] == [
        ("A5", ("A4", "A6")),
        ("A6", ("A5",)),
    ]
    assert voting(everything[:5], Level.TOWN) == everything[:5]


def test_a_form_that_puts_it_into_a_town_district_does_not_store_it(town: DistrictTown) -> None:
    plan = town.drawn()
    key = (town.ids["W1"], 0)
    town.act(edits.save, plan, districts={}, remove=[], places={key: 3}, people={})
    assert shape(town.board(plan))[3] == (2, ["A5", "A6"])
    assert refused(lambda: town.on_unit(edits.split, plan, "W1", parts=2)) == "R.284"
    county = drawn_for_the_county(town)
    assert shape(town.board(county))[4] == (1, ["W1"])


def test_seats_and_curves_of_the_town_are_shared_without_it(town: DistrictTown) -> None:
    session = db.session()
    inside, whole = ["A1", "A2", "A3", "A4", "A5", "A6"], ["A1", "A2", "A3", "A4", "A5", "A6", "W1"]
    for level, found in ((Level.TOWN, inside), (Level.COUNTY, whole)):
        congress = body(town, level)
        assert list(seats.over_units(session, congress).frame.index) == found
        effect = fairness.basis_effect(session, congress, method="largest-remainder")
        assert [code for code, _name in effect.units] == found
        curve = fairness.over_units(session, congress, method="largest-remainder")
        assert list(curve.labels) == found


def test_proposals_are_bound_to_all_units_and_made_of_those_that_vote(town: DistrictTown) -> None:
    found = propose(town)
    assert {unit.code for unit in found.question.request.units} == {
        "A1",
        "A2",
        "A3",
        "A4",
        "A5",
        "A6",
    }
    assert found.question.basis == basis(of_election(db.session(), town.election_id))
    assert town.board(store(town, found)).errors == []
    county = propose(town, level=Level.COUNTY)
    assert town.board(store(town, county, Level.COUNTY)).errors == []


def test_it_is_a_brick_by_itself_beside_whole_town_districts(town: DistrictTown) -> None:
    town.adopt(town.drawn())
    asked = {"level": Level.COUNTY, "source": proposals.TOWN_DISTRICTS}
    request = question(town, **asked).request
    assert [(unit.code, unit.population) for unit in request.units] == [
        ("T1", 2100),
        ("T2", 2100),
        ("T3", 1800),
        ("UW1", 600),
    ]
    assert request.edges == (("T1", "T2"), ("T2", "T3"), ("T3", "UW1"))
    board = town.board(store(town, propose(town, **asked), Level.COUNTY))
    assert board.errors == []
    assert {code for _seats, held in shape(board).values() for code in held} >= {"W1"}


def test_a_big_one_is_split_while_the_town_districts_stay_whole(app: Flask, office: Office) -> None:
    town = DistrictTown(office, with_w1(9000))
    town.congress(Level.COUNTY, 9)
    town.adopt(town.drawn())
    found = propose(town, level=Level.COUNTY, source=proposals.TOWN_DISTRICTS)
    board = town.board(store(town, found, Level.COUNTY))
    assert board.errors == []
    assert {brick.unit_code for brick in board.bricks if brick.part} == {"W1"}


def test_town_districts_inside_county_districts_do_not_know_it(town: DistrictTown) -> None:
    plan = drawn_for_the_county(town)
    town.on_unit(edits.split, plan, "W1", parts=2)
    town.save(plan, {}, {5: 1})
    town.congress(Level.COUNTY, 5)
    town.adopt(plan, acknowledged=True)
    found = question(town, source=proposals.COUNTY_DISTRICTS)
    assert found.request.wishes.within == (("A1", "A2"), ("A3", "A4"), ("A5", "A6"))
    board = town.board(store(town, propose(town, source=proposals.COUNTY_DISTRICTS)))
    assert board.errors == []
