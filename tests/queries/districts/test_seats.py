"""Apportionment frames: every method beside the others, ties told, limits said."""

import csv
import io

import pytest
from flask import Flask

from election.database import db
from election.exchange.districts.seats import seat_sheet
from election.exchange.spreadsheets import write_csv
from election.models import Congress
from election.planning.apportionment import METHODS
from election.queries.districts import seats
from election.queries.districts.seats import METHOD_NAMES, SeatTable
from election.rules.terms import InputFaults, Level, RuleViolation
from tests.actions.districts_town import DistrictTown, units
from tests.builders import Office


def over_units(town: DistrictTown, **limits: int) -> SeatTable:
    body = db.session.get_one(Congress, town.congress_id())
    return seats.over_units(db.session(), body, **limits)


def test_every_method_has_a_name_and_a_column(app: Flask, office: Office) -> None:
    table = over_units(DistrictTown(office))
    assert set(METHOD_NAMES) == set(METHODS) == set(table.methods)
    assert list(table.frame.columns[:3]) == ["name", "population", "exact_share"]
    assert table.rows()["A2"]["exact_share"] == "11/10"
    assert [table.tied(method) for method in table.methods] == [0] * 6
    assert table.seats_by("largest-remainder") == dict.fromkeys(table.rows(), 1)


def test_a_tie_is_told_and_cannot_be_taken_over(app: Flask, office: Office) -> None:
    town = DistrictTown(office, units(A1=1000, A2=1000, A3=1000, A4=1000, A5=1000, A6=1000))
    town.congress(Level.TOWN, 7)
    table = over_units(town)
    assert table.tied("largest-remainder") == 1
    assert {row["ties"] for row in table.rows().values()} == {", ".join(METHODS)}
    with pytest.raises(RuleViolation) as refused:
        table.seats_by("largest-remainder")
    assert refused.value.code.id == "R.259"


def test_a_method_that_cannot_keep_the_limits_stays_empty(app: Flask, office: Office) -> None:
    town = DistrictTown(office)
    town.congress(Level.TOWN, 5)
    table = over_units(town)
    assert [m for m in table.methods if table.answers(m)] == [
        "largest-remainder",
        "sainte-lague",
        "dhondt",
    ]
    with pytest.raises(InputFaults):
        over_units(town, floor=1)


def test_over_districts_every_district_gets_one_to_three(app: Flask, office: Office) -> None:
    town = DistrictTown(office)
    plan = town.drawn()
    town.save(plan, {"A2": 2})
    table = seats.over_districts(town.board(plan))
    assert (table.floor, table.cap) == (1, 3)
    assert table.seats_by("largest-remainder") == {"1": 1, "2": 3, "3": 2}
    names = [row["name"] for row in table.rows().values()]
    assert names == ["A1村", "A2村、A3村、A4村", "A5村、A6村"]


def test_districts_without_units_or_people_are_named(app: Flask, office: Office) -> None:
    town = DistrictTown(office)
    with pytest.raises(RuleViolation) as refused:
        seats.over_districts(town.board(town.create("空")))
    assert refused.value.code.id == "R.260"
    plan = town.drawn()
    town.save(plan, {"A5": None, "A6": None})
    with pytest.raises(RuleViolation) as refused:
        seats.over_districts(town.board(plan))
    assert refused.value.facts["districts"] == "3"


def test_the_file_has_the_figures_of_the_page(app: Flask, office: Office) -> None:
    table = over_units(DistrictTown(office))
    sheet = seat_sheet(table, "en")
    lines = list(csv.reader(io.StringIO(write_csv(sheet.header, sheet.rows).decode("utf-8-sig"))))
    assert lines[0][:6] == [
        "code",
        "name",
        "population",
        "exact share",
        "share",
        "largest remainder",
    ]
    assert lines[2][:6] == ["A2", "A2村", "1100", "11/10", "1.1", "1"]
    assert lines[-2][:6] == ["total", "", "6000", "6", "", "6"]
    assert lines[-1][5] == "0"
