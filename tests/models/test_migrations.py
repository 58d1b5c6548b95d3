"""One head; the head equals the models; up and down keep the rows."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from election.database import db
from election.migrations import configuration, revision, upgrade
from election.models import Unit
from election.models.types import EncryptedText
from election.queries.audit import verify
from tests.builders import Office, an_election, seed
from tests.conftest import make_app


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory.from_config(configuration()).get_heads()) == 1


def test_the_head_equals_the_models(any_office: Office) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": _same_type})
        assert compare_metadata(context, db.metadata) == []


def _same_type(
    _context: object, _column: object, _metadata: object, _old: object, new: object
) -> bool | None:
    return False if isinstance(new, EncryptedText) else None


def test_down_and_up_again_leaves_an_empty_database_of_the_same_shape(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    with app.app_context():
        upgrade()
        command.downgrade(configuration(), "base")
        assert revision() is None
        upgrade()
        assert set(sa.inspect(db.engine).get_table_names()) == {
            *db.metadata.tables,
            "alembic_version",
        }
        db.engine.dispose()


def test_a_unit_stored_before_the_mark_came_votes_for_both_and_its_chain_holds(
    app: Flask, office: Office
) -> None:
    unit = Unit(
        township_id=office.township_id, election_id=an_election(office), code="A1", name="东村"
    )
    seed(office, [unit])
    db.session.remove()
    command.downgrade(configuration(), "0003")
    columns = {column["name"] for column in sa.inspect(db.engine).get_columns("unit")}
    assert "county_only" not in columns
    upgrade()
    assert db.session.scalars(sa.select(Unit.county_only)).all() == [None]
    assert verify(db.session()) == []


def test_a_batch_migration_keeps_the_rows_of_child_tables(app: Flask, office: Office) -> None:
    """Alembic's batch mode drops the parent table; with foreign keys on, that emptied children."""
    before = _count("official")
    _migrate_by_hand()
    assert (_count("township"), _count("official")) == (1, before)


def _migrate_by_hand() -> None:
    """What env.py does, with one batch change of the parent table of everything."""
    from alembic.operations import Operations  # noqa: PLC0415

    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("township", recreate="always") as batch:
            batch.add_column(sa.Column("extra", sa.Integer()))
        connection.exec_driver_sql("COMMIT")


def _count(table: str) -> int:
    return int(db.session.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one())
