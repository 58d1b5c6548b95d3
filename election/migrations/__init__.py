"""Bringing a database to the newest shape.

SQLite migrates as non-transactional DDL, so a copy of the file is put beside it first.
"""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from election.database import db

HERE = Path(__file__).resolve().parent


def configuration() -> Config:
    """Alembic's configuration, without a file of its own."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    return config


def upgrade() -> tuple[str | None, str | None]:
    """Create or migrate the database of the current app; (revision before, revision now)."""
    before, head = revision(), newest()
    if before != head:
        if before is not None:
            _copy_beside(before)
        command.upgrade(configuration(), "head")
    return before, head


def newest() -> str | None:
    """The revision this program needs."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def revision() -> str | None:
    """The revision the database is at; None when it is new."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _copy_beside(before: str) -> None:
    path = db.engine.url.database
    if db.engine.dialect.name != "sqlite" or not path or path == ":memory:":
        return
    with sqlite3.connect(path) as source, sqlite3.connect(f"{path}.before-{before}") as copy:
        source.backup(copy)
