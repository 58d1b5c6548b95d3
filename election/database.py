"""The database: one declarative base, column types, and the only transaction of the program.

SQLite runs in WAL mode with synchronous=FULL and foreign keys on; a write begins with BEGIN
IMMEDIATE behind one queue per process. PostgreSQL reads a page from one moment (REPEATABLE READ),
as SQLite does; a write decides on what is true now (READ COMMITTED) behind the township's row.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, Engine, ForeignKeyConstraint, MetaData, Table, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeDecorator

from election.tenant import TownSession


def _referring_column(constraint: ForeignKeyConstraint, _table: Table) -> str:
    """The column a foreign key is named after: the last, since the first is the township's."""
    return constraint.column_keys[-1]


NAMING: dict[str, Any] = {
    "referring_column": _referring_column,
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(referring_column)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
WAIT_SECONDS = 5.0
_SQLITE_WRITES = {"xuanban_writes": True}
_POSTGRESQL_WRITES = {"isolation_level": "READ COMMITTED"}


class Busy(Exception):
    """Another write holds the database for longer than a person should wait."""


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC. Naive values are refused; SQLite's naive answers get their zone back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The declarative base; constraints are named so that migrations can find them."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: UTCDateTime, dict[str, Any]: JSON, list[Any]: JSON},
    )


db = SQLAlchemy(model_class=Base, session_options={"class_": TownSession})
_writer = threading.Lock()
_before_commit: list[Callable[[Session], None]] = []


def before_commit(hook: Callable[[Session], None]) -> Callable[[Session], None]:
    """Register a hook that runs inside every write transaction just before it commits."""
    if hook not in _before_commit:
        _before_commit.append(hook)
    return hook


def init_app(app: Flask) -> None:
    """Bind the database to the application and teach SQLite our habits."""
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _connect_sqlite)
            event.listen(db.engine, "begin", _begin_sqlite)
        else:
            event.listen(db.engine, "connect", _connect_postgresql)


def _connect_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions behind our back
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "busy_timeout=5000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _connect_postgresql(connection: Any, _record: object) -> None:  # noqa: ANN401 - psycopg's
    """Who waits longer than a person should is answered, and not kept waiting for ever."""
    connection.execute(f"SET lock_timeout = '{WAIT_SECONDS:.0f}s'")
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("xuanban_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction() -> Iterator[Session]:
    """One act: everything in it is stored together, or nothing is.

    Ends whatever was being read, so that the act decides on what is true now. Raises Busy when
    another write does not end within five seconds.
    """
    session = db.session()
    session.rollback()
    sqlite = db.engine.dialect.name == "sqlite"
    if sqlite and not _writer.acquire(timeout=WAIT_SECONDS):
        raise Busy
    try:
        session.connection(execution_options=_SQLITE_WRITES if sqlite else _POSTGRESQL_WRITES)
        yield session
        session.flush()
        for hook in _before_commit:
            hook(session)
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        if sqlite:
            _writer.release()


def close() -> None:
    """Let go of the database of the current application; SQLite's side files are folded in.

    Somebody else who reads or writes is not waited for long: they fold them in when they end.
    """
    db.session.remove()
    pool = db.engine.pool
    if db.engine.dialect.name == "sqlite" and isinstance(pool, QueuePool) and pool.checkedin():
        with suppress(sqlite3.OperationalError), closing(db.engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.engine.dispose()


def engine() -> Engine:
    """The engine of the current application."""
    return db.engine
