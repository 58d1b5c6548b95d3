"""Alembic's environment.

In batch mode SQLite drops and renames tables; with foreign keys on, that DROP cascades into the
children. So foreign keys are off while migrating and checked before the end.
"""

from typing import Literal

from alembic import context
from flask import current_app
from sqlalchemy import JSON, Connection
from sqlalchemy.types import TypeDecorator

from election.database import db

config = context.config


def _plain_type(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write the stored type into a migration, not our wrapper, which may change."""
    if kind == "type" and isinstance(item, TypeDecorator) and not isinstance(item, JSON):
        return f"sa.{item.impl!r}"
    return False


def run(connection: Connection) -> None:
    """Migrate, and refuse to end with a broken foreign key."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        if connection.exec_driver_sql("PRAGMA foreign_keys").scalar() != 0:
            raise RuntimeError("foreign keys are still on: migrating would lose child rows")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_plain_type,
    )
    with context.begin_transaction():
        context.run_migrations()
    if sqlite:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"foreign keys broken by a migration: {broken[:5]}")


with current_app.app_context(), db.engine.connect() as connection:
    run(connection)
    connection.commit()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
