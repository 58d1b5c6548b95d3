"""A locked district stays as it is, whoever tries; a plan the roll rests on is not released."""

from datetime import date
from functools import partial

import pytest
from flask import Flask

from election.actions.act import Act
from election.actions.districts import plans
from election.actions.districts.drafts import join, lock, renumber, save, set_seats, split
from election.actions.elections import set_up
from election.database import db, transaction
from election.models import AuditEntry, Congress, District, PopulationBasis
from election.rules.access import Role
from election.rules.terms import Level
from tests.actions.districts_town import DAY, DistrictTown, refused, shape
from tests.builders import AT, Office


@pytest.fixture
def town(app: Flask, office: Office) -> DistrictTown:
    return DistrictTown(office)


def locking(town: DistrictTown, plan: int, number: int, *, locked: bool = True) -> None:
    key = next(line.id for line in town.board(plan).districts if line.number == number)
    with transaction() as session:
        district = session.get_one(District, key)
        lock(Act(session, town.by, AT), district.plan, district, locked=locked)


@pytest.fixture
def locked(town: DistrictTown) -> int:
    """A1, A2 | A3, A4 | A5, A6 with 2 seats each; district 2 is locked."""
    plan = town.drawn()
    locking(town, plan, 2)
    return plan


def test_a_locked_district_neither_loses_nor_gets_a_unit(town: DistrictTown, locked: int) -> None:
    for places in ({"A3": 1}, {"A3": None}, {"A2": 2}, {"A3": 9}):
        assert refused(lambda places=places: town.save(locked, places)) == "R.281"
    assert shape(town.board(locked))[2] == (2, ["A3", "A4"])


def test_its_seats_stay_and_it_cannot_be_removed(town: DistrictTown, locked: int) -> None:
    assert refused(lambda: town.save(locked, {}, {2: 3})) == "R.281"
    assert refused(lambda: town.save(locked, {"A3": 1, "A4": 1}, remove=(2,))) == "R.281"
    assert refused(lambda: town.save(locked, {}, remove=(2,))) == "R.281"
    assert refused(lambda: town.act(set_seats, locked, seats={1: 1, 2: 3}, method="x")) == "R.281"


def test_its_units_are_neither_split_nor_joined(town: DistrictTown, locked: int) -> None:
    assert refused(lambda: town.on_unit(split, locked, "A3", parts=2)) == "R.281"
    town.on_unit(split, locked, "A1", parts=2)
    locking(town, locked, 4)
    assert refused(lambda: town.on_unit(join, locked, "A1")) == "R.281"
    assert refused(lambda: town.save(locked, {}, people={"A1#2": 501})) == "R.281"


def test_the_others_change_and_its_number_may(town: DistrictTown, locked: int) -> None:
    town.save(locked, {"A2": 3}, {1: 1, 3: 3})
    town.act(set_seats, locked, seats={1: 2, 2: 2, 3: 2}, method="x")
    key = next(line.id for line in town.board(locked).districts if line.number == 2)
    town.act(renumber, locked, numbers={key: 7})
    assert shape(town.board(locked)) == {
        1: (2, ["A1"]),
        3: (2, ["A2", "A5", "A6"]),
        7: (2, ["A3", "A4"]),
    }
    assert town.board(locked).locked == {7}


def test_lock_and_unlock_are_acts_on_record(town: DistrictTown, locked: int) -> None:
    locking(town, locked, 2, locked=False)
    town.save(locked, {"A3": 1})
    entries = db.session.query(AuditEntry).order_by(AuditEntry.id).all()
    said = [(e.what, e.data["district"]) for e in entries if "lock" in e.what]
    assert said == [("districts.lock", 2), ("districts.unlock", 2)]


def test_a_copy_keeps_the_locks(town: DistrictTown, locked: int) -> None:
    assert town.board(town.create("副本", copy=locked)).locked == {2}


def test_new_districts_get_the_seats_the_map_gave_them(town: DistrictTown) -> None:
    plan = town.create()
    ids = town.ids
    made = town.act(
        save,
        plan,
        districts={},
        remove=[],
        people={},
        fresh={1: 2, 8: 3},
        places={(ids["A1"], 0): 1, (ids["A2"], 0): 5},
    )
    assert made == [1, 5]
    assert shape(town.board(plan)) == {1: (2, ["A1"]), 5: (0, ["A2"])}


def publish_roll(town: DistrictTown) -> None:
    key = town.congress_id()
    with transaction() as session:
        set_up.set_milestone(
            Act(session, town.office.actor(Role.DIRECTOR), AT),
            session.get_one(Congress, key),
            key="roll_published",
            done_on=date(2021, 11, 25),
            note="",
        )


def test_the_adopted_plan_is_frozen_once_the_roll_is_published(town: DistrictTown) -> None:
    plan = town.drawn()
    town.adopt(plan)
    publish_roll(town)
    assert refused(lambda: town.act(plans.release, plan, decided_on=DAY, reason="调整")) == "R.282"


def test_seats_and_basis_stay_under_an_adopted_plan(town: DistrictTown) -> None:
    plan = town.drawn()
    town.adopt(plan)
    for seats, basis in ((7, PopulationBasis.HUKOU), (6, PopulationBasis.RESIDENT)):
        changing = partial(town.congress, Level.TOWN, seats, basis)
        assert refused(changing) == "R.283"
    town.congress(Level.TOWN, 6)
    town.congress(Level.COUNTY, 4)
    town.act(plans.release, plan, decided_on=DAY, reason="名额有变")
    town.congress(Level.TOWN, 7)
    assert [fault.code.id for fault in town.board(plan).errors] == ["E.202"]


def test_the_roll_of_the_other_congress_freezes_nothing(town: DistrictTown) -> None:
    plan = town.drawn("县", Level.COUNTY)
    town.adopt(plan)
    publish_roll(town)
    town.act(plans.release, plan, decided_on=DAY, reason="调整")
    assert town.board(plan).status.value == "draft"
