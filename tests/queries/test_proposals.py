"""Proposals: contiguous, all seats used, repeatable by their seed; town districts kept whole."""

from dataclasses import replace

import pytest
from flask import Flask

from election.actions import districts as edits
from election.actions import plans
from election.database import db, transaction
from election.models import Congress, PopulationBasis
from election.queries import proposals
from election.queries.proposals import Proposal
from election.rules.terms import InputFaults, Level
from tests.actions.districts_town import DistrictTown, refused, shape, units
from tests.builders import AT, Office


@pytest.fixture
def town(app: Flask, office: Office) -> DistrictTown:
    return DistrictTown(office)


def propose(
    town: DistrictTown, *, level: Level = Level.TOWN, source: str = proposals.UNITS, seed: int = 3
) -> Proposal:
    body = db.session.get_one(Congress, town.congress_id(level))
    return proposals.propose(db.session(), body, source=source, seed=seed)


def store(town: DistrictTown, found: Proposal, level: Level = Level.TOWN) -> int:
    key = town.congress_id(level)
    with transaction() as session:
        return plans.store_proposal(
            session, session.get_one(Congress, key), name="建议", drawn=found.drawn,
            basis=found.basis, found=found.to_json(), by=town.by, at=AT,
        ).id  # fmt: skip


def test_a_proposal_has_no_error_and_uses_every_seat(town: DistrictTown) -> None:
    found = propose(town)
    board = town.board(store(town, found))
    assert board.errors == []
    assert board.largest_deviation == found.value
    assert (found.seed, found.to_json()["time_limit"]) == (3, "3")


def test_the_same_units_and_seed_give_the_same_proposal(town: DistrictTown) -> None:
    assert propose(town).drawn == propose(town).drawn


def test_a_village_too_big_for_one_district_becomes_parts(app: Flask, office: Office) -> None:
    town = DistrictTown(office, units(A3=9000))
    board = town.board(store(town, propose(town)))
    parts = [brick for brick in board.bricks if brick.part]
    assert {brick.unit_code for brick in parts} == {"A3"}
    assert sum(brick.population or 0 for brick in parts) == 9000
    assert board.errors == []


def test_unknown_people_stop_the_proposal_and_are_named(app: Flask, office: Office) -> None:
    town = DistrictTown(office, units(A3=None))
    assert refused(lambda: propose(town)) == "R.243"


def test_units_that_hang_together_nowhere_are_said(town: DistrictTown) -> None:
    town.change_units([replace(values, neighbours=()) for values in units()])
    with pytest.raises(InputFaults) as faults:
        propose(town, level=Level.COUNTY)
    assert [fault.field for fault in faults.value.faults] == ["seats"]


def test_county_districts_are_made_of_whole_town_districts(town: DistrictTown) -> None:
    town.adopt(town.drawn())
    found = propose(town, level=Level.COUNTY, source=proposals.TOWN_DISTRICTS)
    board = town.board(store(town, found, Level.COUNTY))
    assert board.errors == []
    pairs = [{"A1", "A2"}, {"A3", "A4"}, {"A5", "A6"}]
    for _seats, codes in shape(board).values():
        assert all(pair <= set(codes) or not pair & set(codes) for pair in pairs)


def test_a_village_split_for_the_town_is_whole_again_where_its_parts_meet(
    town: DistrictTown,
) -> None:
    plan = town.drawn()
    town.on_unit(edits.split, plan, "A4", parts=2)
    town.save(plan, {"A4#1": 2, "A4#2": 4}, {1: 2, 2: 1, 3: 2, 4: 1})
    town.adopt(plan, acknowledged=True)
    town.congress(Level.COUNTY, 1)
    found = propose(town, level=Level.COUNTY, source=proposals.TOWN_DISTRICTS)
    assert shape(town.board(store(town, found, Level.COUNTY))) == {
        1: (1, ["A1", "A2", "A3", "A4", "A5", "A6"])
    }


def test_town_districts_serve_only_when_they_are_adopted_and_counted_alike(
    town: DistrictTown,
) -> None:
    def ask() -> Proposal:
        return propose(town, level=Level.COUNTY, source=proposals.TOWN_DISTRICTS)

    plan = town.drawn()
    assert refused(ask) == "R.254"
    town.on_unit(edits.split, plan, "A4", parts=2)
    town.save(plan, {}, {1: 2, 2: 1, 3: 2, 4: 1})
    town.adopt(plan, acknowledged=True)
    town.congress(Level.COUNTY, 9)
    assert refused(ask) == "R.255"
    town.congress(Level.TOWN, 6, PopulationBasis.RESIDENT)
    assert refused(ask) == "R.256"
