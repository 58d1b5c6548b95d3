"""Acts inside a draft: units move whole, parts keep their people, nothing is lost on the way."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from election.actions.act import Act
from election.actions.districts import drafts as edits
from election.actions.units.table import remove
from election.database import db, transaction
from election.models import (
    Assignment,
    District,
    DistrictKind,
    Election,
    PlaceDistrict,
    Plan,
    PollingPlace,
    Unit,
)
from election.queries.audit import verify
from election.rules.access import Role
from election.rules.terms import Level
from tests.actions.districts_town import DistrictTown, refused, shape, units
from tests.builders import AT, Office, seed


@pytest.fixture
def town(app: Flask, office: Office) -> DistrictTown:
    return DistrictTown(office)


def test_a_number_nobody_has_makes_a_district_whose_kind_follows_its_units(
    town: DistrictTown,
) -> None:
    plan = town.create()
    made = town.save(plan, {"A1": 1, "A2": 1, "A5": 7, "A6": 7, "A3": None})
    assert made == [1, 7]
    assert shape(town.board(plan)) == {1: (0, ["A1", "A2"]), 7: (0, ["A5", "A6"])}
    assert [line.kind for line in town.board(plan).districts] == [
        DistrictKind.RESIDENCE,
        DistrictKind.MIXED,
    ]
    town.save(plan, {"A5": 1})
    town.save(plan, {"A6": None})
    town.save(plan, {"A6": 9})
    assert town.board(plan).districts[-1].kind is DistrictKind.SINGLE_UNIT
    assert verify(db.session()) == []


def test_units_move_between_districts_and_out_of_them(town: DistrictTown) -> None:
    plan = town.drawn()
    assert town.save(plan, {"A2": 2, "A3": None, "A6": 1}, {2: 3}) == []
    assert shape(town.board(plan)) == {1: (2, ["A1", "A6"]), 2: (3, ["A2", "A4"]), 3: (2, ["A5"])}
    rows = db.session.scalar(select(func.count()).select_from(Assignment))
    assert rows == 5
    assert verify(db.session()) == []


def test_removing_a_district_leaves_its_units_without_one(town: DistrictTown) -> None:
    plan = town.drawn()
    town.save(plan, {"A1": 2, "A2": 1, "A3": 2}, remove=(1,))
    assert shape(town.board(plan)) == {2: (2, ["A1", "A3", "A4"]), 3: (2, ["A5", "A6"])}
    assert [b.code for b in town.board(plan).bricks if b.district is None] == ["A2"]
    assert verify(db.session()) == []


def test_numbers_may_be_swapped_but_not_stand_twice(town: DistrictTown) -> None:
    plan = town.drawn()
    one, two, three = town.board(plan).districts
    town.act(edits.renumber, plan, numbers={one.id: 2, two.id: 1})
    assert [(line.id, line.number) for line in town.board(plan).districts] == [
        (two.id, 1),
        (one.id, 2),
        (three.id, 3),
    ]
    assert refused(lambda: town.act(edits.renumber, plan, numbers={one.id: 3})) == "R.258"
    assert verify(db.session()) == []


def test_a_big_village_is_split_into_equal_parts_with_districts_of_their_own(
    town: DistrictTown,
) -> None:
    plan = town.drawn()
    town.on_unit(edits.split, plan, "A2", parts=3)
    assert shape(town.board(plan)) == {
        1: (2, ["A1", "A2#1"]),
        2: (2, ["A3", "A4"]),
        3: (2, ["A5", "A6"]),
        4: (0, ["A2#2"]),
        5: (0, ["A2#3"]),
    }
    assert [b.population for b in town.board(plan).bricks if b.part] == [367, 367, 366]
    town.save(plan, {"A2#3": 2}, people={"A2#1": 400, "A2#2": 300, "A2#3": 400})
    assert town.board(plan).districts[0].people == 1400
    errors = [fault.code.id for fault in town.board(plan).errors]
    assert errors == ["E.201", "E.201", "E.205"]  # two districts without seats, one without units
    town.save(plan, {}, people={"A2#1": 399})
    assert "E.241" in [fault.code.id for fault in town.board(plan).errors]
    whole = {(town.ids["A2"], 0): 3}  # a form from before the split
    town.act(edits.save, plan, districts={}, remove=[], people={}, places=whole)
    assert shape(town.board(plan))[3] == (2, ["A5", "A6"])
    town.on_unit(edits.join, plan, "A2")
    assert shape(town.board(plan))[1] == (2, ["A1", "A2"])
    assert verify(db.session()) == []


def test_a_part_cannot_be_left_without_a_district(town: DistrictTown) -> None:
    plan = town.drawn()
    town.on_unit(edits.split, plan, "A2", parts=2)
    assert refused(lambda: town.save(plan, {"A2#2": None})) == "E.242"
    assert refused(lambda: town.save(plan, {}, remove=(4,))) == "E.242"
    town.save(plan, {"A2#2": 1}, remove=(4,))
    assert shape(town.board(plan))[1] == (2, ["A1", "A2#1", "A2#2"])


def test_a_unit_removed_since_the_form_was_opened_makes_no_district(town: DistrictTown) -> None:
    plan, ids = town.create(), town.ids
    with transaction() as session:
        unit = session.get_one(Unit, ids["A6"])
        remove(Act(session, town.by, AT), session.get_one(Election, town.election_id), unit)
    places = {(ids["A6"], 0): 2, (ids["A5"], 0): 1}
    made = town.act(edits.save, plan, districts={}, remove=[], people={}, places=places)
    assert made == [1]
    assert shape(town.board(plan)) == {1: (0, ["A5"])}


def test_a_unit_outside_all_districts_is_split_into_new_ones(town: DistrictTown) -> None:
    plan = town.create()
    town.on_unit(edits.split, plan, "A4", parts=2)
    assert shape(town.board(plan)) == {1: (0, ["A4#1"]), 2: (0, ["A4#2"])}
    town.on_unit(edits.split, plan, "A4", parts=3)
    assert shape(town.board(plan)) == {1: (0, ["A4#1"]), 2: (0, ["A4#2"]), 3: (0, ["A4#3"])}
    assert verify(db.session()) == []


def test_a_unit_whose_people_are_unknown_cannot_be_split(app: Flask, office: Office) -> None:
    town = DistrictTown(office, units(A1=None))
    plan = town.create()
    assert refused(lambda: town.on_unit(edits.split, plan, "A1", parts=2)) == "R.243"
    assert refused(lambda: town.on_unit(edits.split, plan, "A2", parts=12)) == "R.257"


def test_a_district_with_a_polling_place_cannot_go(town: DistrictTown) -> None:
    plan = town.drawn()
    district, congress = town.board(plan).districts[0].id, town.congress_id(Level.TOWN)
    here = {"township_id": town.office.township_id}
    place = PollingPlace(**here, election_id=town.election_id, code="1", name="东投票站")
    seed(town.office, [place])
    link = PlaceDistrict(**here, place_id=place.id, congress_id=congress, district_id=district)
    seed(town.office, [link])
    assert refused(lambda: town.save(plan, {}, remove=(1,))) == "R.253"
    assert shape(town.board(plan))[1] == (2, ["A1", "A2"])


def test_seats_of_a_method_are_taken_over(town: DistrictTown) -> None:
    plan = town.drawn()
    town.act(edits.set_seats, plan, seats={1: 3, 3: 1}, method="dhondt")
    assert [line.seats for line in town.board(plan).districts] == [3, 2, 1]


def test_every_act_counts_the_version_of_the_plan_on(town: DistrictTown) -> None:
    plan = town.drawn()
    before = town.board(plan).version
    town.save(plan, {"A2": 2})
    assert town.board(plan).version == before + 1
    town.save(plan, {})
    assert town.board(plan).version == before + 2


def test_only_who_may_edit_districts_can_and_not_after_the_set_up(town: DistrictTown) -> None:
    plan = town.drawn()
    town.by = town.office.actor(Role.REGISTRAR)
    assert refused(lambda: town.save(plan, {"A1": 2})) == "R.901"
    town.by = town.office.actor(Role.DIRECTOR)
    town.begin_nomination()
    assert refused(lambda: town.save(plan, {"A1": 2})) == "R.151"
    assert db.session.scalar(select(func.count()).select_from(District)) == 3
    assert db.session.get_one(Plan, plan).name == "方案一"
