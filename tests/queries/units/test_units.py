"""Reads of units: order, totals that say of how many, and the digest a preview is bound to."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from flask import Flask
from sqlalchemy import event

from election.database import db
from election.models import Unit
from election.queries.units import table as queries
from election.queries.units.table import Total
from tests.builders import Office, an_election, seed


def some(office: Office, election_id: int, *rows: tuple[str, int | None]) -> None:
    seed(
        office,
        [
            Unit(
                township_id=office.township_id,
                election_id=election_id,
                code=code,
                name=f"{code}村",
                hukou_population=people,
            )
            for code, people in rows
        ],
    )


def test_codes_are_ordered_as_people_count(app: Flask, office: Office) -> None:
    election_id = an_election(office)
    some(office, election_id, ("A10", 1), ("A2", 1), ("B1", 1), ("A02", 1), ("村1", 1), ("7", 1))
    rows = queries.of_election(db.session(), election_id)
    assert [row.values.code for row in rows] == ["7", "A02", "A2", "A10", "B1", "村1"]


def test_a_total_says_of_how_many_units_and_unknown_is_not_zero(app: Flask, office: Office) -> None:
    election_id = an_election(office)
    some(office, election_id, ("1", 100), ("2", None), ("3", 0))
    rows = queries.of_election(db.session(), election_id)
    assert queries.hukou_total(rows) == Total(people=100, known=2, units=3)
    assert queries.resident_total(rows) == Total(people=0, known=0, units=3)
    assert not queries.hukou_total(rows).complete


def test_any_change_of_any_unit_changes_the_basis(app: Flask, office: Office) -> None:
    election_id = an_election(office)
    some(office, election_id, ("1", 100), ("2", 5))
    rows = queries.of_election(db.session(), election_id)
    assert queries.basis(queries.of_election(db.session(), election_id)) == queries.basis(rows)
    other = replace(rows[1].values, hukou_population=6)
    for changed in (replace(rows[1], values=other), replace(rows[1], version=2)):
        assert queries.basis([rows[0], changed]) != queries.basis(rows)


def test_another_election_has_its_own_units(app: Flask, office: Office) -> None:
    one, other = an_election(office), an_election(office, title="补选")
    some(office, one, ("1", 100))
    some(office, other, ("1", 200), ("2", 5))
    assert [len(queries.of_election(db.session(), key)) for key in (one, other)] == [1, 2]


def asked_of_the_database(act: Callable[[], object]) -> list[str]:
    """The texts of all queries while `act` runs."""
    asked: list[str] = []

    def note(_conn: object, _cursor: object, text: str, *_rest: object) -> None:
        if text.startswith("SELECT"):
            asked.append(text)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return asked


def test_the_table_takes_two_queries_however_many_units(app: Flask, office: Office) -> None:
    election_id = an_election(office)
    for code in ("1", "2", "3"):
        some(office, election_id, (code, 1))
        for outlines in (False, True):
            asked = asked_of_the_database(
                partial(queries.of_election, db.session(), election_id, outlines=outlines)
            )
            assert [("unit.outline" in query) for query in asked] == [outlines, False]


def test_which_units_have_an_outline_is_known_without_reading_any(
    app: Flask, office: Office
) -> None:
    election_id = an_election(office)
    some(office, election_id, ("1", 100), ("2", 5))
    first = queries.of_election(db.session(), election_id)[0].id
    db.session.get_one(Unit, first).outline = '{"type":"Polygon"}'
    db.session.flush()
    assert queries.drawn(db.session(), election_id) == {first}
