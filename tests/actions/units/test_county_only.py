"""The mark of a workplace that votes for the county only: who may have it, when it may change."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from election.database import db
from election.models import AuditEntry, Unit
from election.queries.audit import verify
from election.queries.units.table import UnitValues, of_election
from election.rules.terms import Level
from tests.actions.districts_town import DistrictTown, refused, units
from tests.builders import Office

A6 = units()[-1]  # a workplace
MARKED = replace(A6, county_only=True)


@pytest.fixture
def town(app: Flask, office: Office) -> DistrictTown:
    return DistrictTown(office)


def stored(town: DistrictTown) -> UnitValues:
    db.session.expire_all()
    return of_election(db.session(), town.election_id)[-1].values


def test_the_mark_is_set_and_taken_off_and_stands_in_the_chain(town: DistrictTown) -> None:
    town.change_units([MARKED])
    assert stored(town) == MARKED
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert entry.data["changed"][str(town.ids["A6"])]["county_only"] is True
    town.change_units([A6])
    assert (stored(town), "county_only" in A6.to_json()) == (A6, False)
    unit = db.session.scalars(select(Unit).where(Unit.code == "A6")).one()
    assert unit.county_only is None  # as before: digests of old rows still hold
    assert verify(db.session()) == []


def test_villages_and_communities_cannot_have_it(town: DistrictTown) -> None:
    village = replace(units()[0], county_only=True)
    assert refused(lambda: town.change_units([village])) == "E.184"
    town.change_units([MARKED])
    other = replace(MARKED, kind=village.kind)
    assert refused(lambda: town.change_units([other])) == "E.184"


def test_a_unit_of_a_town_plan_is_taken_out_first(town: DistrictTown) -> None:
    plan = town.drawn()
    assert refused(lambda: town.change_units([MARKED])) == "R.229"
    town.save(plan, {"A6": None})
    town.change_units([MARKED])
    assert town.board(plan).people.people == 5000


def test_a_county_draft_is_no_obstacle_and_an_adopted_plan_is_one(town: DistrictTown) -> None:
    plan = town.drawn(level=Level.COUNTY)
    town.change_units([MARKED])
    town.change_units([A6])
    town.adopt(plan)
    assert refused(lambda: town.change_units([MARKED])) == "R.230"
