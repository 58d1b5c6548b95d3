"""Triggers in the database: the program makes none, so each one is somebody else's."""

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.orm import Session

_IN = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": (
        "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
        " ORDER BY tgname"
    ),
}


def foreign_triggers(session: Session) -> Iterator[tuple[str, str]]:
    """(name, table) of every trigger of the database."""
    for name, table in session.execute(text(_IN[session.get_bind().dialect.name])):
        yield str(name), str(table)
