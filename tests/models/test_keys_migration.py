"""Revision 0005 and back, with the rows of a town that has counted and certified."""

from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from election.database import db
from election.migrations import configuration, upgrade
from election.models import Counter
from election.queries.audit import head, verify
from tests.actions import small_town
from tests.builders import Office

Rows = dict[str, list[tuple[Any, ...]]]
Shape = dict[str, dict[str, object]]
Built = tuple[small_town.Town, tuple[int, str]]
OLD, NEW = "0004", "0005"


@pytest.fixture
def town(any_office: Office) -> Built:
    built = small_town.build(any_office)
    here = head(db.session(), built.office.township_id)
    db.session.remove()
    command.downgrade(configuration(), NEW)  # what came later is not asked about here
    return built, here


def rows() -> Rows:
    """Every row of every table but the two that tell of migrations and numbers."""
    tables = sa.MetaData()
    tables.reflect(db.engine)
    apart = ("alembic_version", Counter.__tablename__)
    with db.engine.connect() as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(table.select().order_by(table.c.id))
            ]
            for table in tables.sorted_tables
            if table.name not in apart
        }


def shape() -> Shape:
    """Keys, checks and indexes of every table by name, as the database tells them."""
    inspector = sa.inspect(db.engine)
    return {table: _shape(inspector, table) for table in inspector.get_table_names()}


def _shape(inspector: sa.Inspector, table: str) -> dict[str, object]:
    return {
        "columns": [(c["name"], str(c["type"])) for c in inspector.get_columns(table)],
        "key": inspector.get_pk_constraint(table),
        "references": _named(inspector.get_foreign_keys(table)),
        "unique": _named(inspector.get_unique_constraints(table)),
        "checks": _named(inspector.get_check_constraints(table)),
        "indexes": _named(inspector.get_indexes(table)),
    }


def _named(items: list[Any]) -> dict[str, Any]:
    return {item["name"]: item for item in items}


def migrate(revision: str) -> tuple[Rows, Shape]:
    db.session.remove()
    change = command.downgrade if revision == OLD else command.upgrade
    change(configuration(), revision)
    return rows(), shape()


def test_down_and_up_keeps_every_row_and_the_chain(town: Built) -> None:
    (built, here), before = town, rows()
    assert {len(before[table]) > 0 for table in ("district", "candidacy", "place_district")} == {
        True
    }
    assert migrate(OLD)[0] == before
    assert migrate(NEW)[0] == before
    upgrade()
    assert verify(db.session(), expected_head=here[1]) == []
    assert head(db.session(), built.office.township_id) == here


def test_down_and_up_restores_names_keys_checks_and_indexes(town: Built) -> None:
    new = shape()
    old = migrate(OLD)[1]
    assert migrate(NEW)[1] == new
    assert migrate(OLD)[1] == old
    assert old["plan"]["key"]["constrained_columns"] == ["id"]
    assert new["plan"]["key"]["constrained_columns"] == ["township_id", "id"]
    assert {t: set(s["references"]) for t, s in old.items()} == {
        t: set(s["references"]) for t, s in new.items() if t != Counter.__tablename__
    }
    assert all(old[t]["checks"] == new[t]["checks"] for t in old)
    assert all(old[t]["columns"] == new[t]["columns"] for t in old)
    upgrade()
