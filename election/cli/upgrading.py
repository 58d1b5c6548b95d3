"""Bringing an office to this program's shape: on a copy that is checked before it takes over.

Not while a count is open: election night is no time for a new program. A kill at any moment leaves
the old database or the new one.
"""

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from election.database import db
from election.exchange.backups.files import settle
from election.exchange.backups.office import copy_database, database_file
from election.exchange.backups.state import folder_of
from election.migrations import newest, require_known, revision, upgrade
from election.queries.audit import verify
from election.rules.backups import COUNTING_OPEN, NOT_WHOLE
from election.rules.terms import RuleViolation
from election.settings import DATABASE, Settings
from election.web import create_app


def bring_up_to_date(settings: Settings) -> tuple[str | None, str | None]:
    """Create or migrate the database of the current application; (revision before, now).

    Raises R.927 while a count is open, R.923 when the migrated copy does not pass its check: then
    nothing was changed. What the database was stays beside it, named after its revision.
    """
    before = revision()
    if before in (None, newest()):
        return upgrade()
    require_known(before)
    _require_no_count()
    db.session.remove()
    db.engine.dispose()
    if settings.is_sqlite:
        _migrate_copy(settings, str(before))
    else:
        upgrade()  # one transaction there
        _require_whole()
    return before, newest()


def _require_no_count() -> None:
    """Asks in the words of the oldest shape, which every later one has."""
    title = db.session.scalar(text("SELECT title FROM election WHERE stage = 'counting'"))
    if title is not None:
        raise RuleViolation(COUNTING_OPEN, election=title)


def _migrate_copy(settings: Settings, before: str) -> None:
    present = database_file(settings)
    _fold(present)
    copy_database(present, present.with_name(f"{present.name}.before-{before}"))
    with tempfile.TemporaryDirectory(dir=folder_of(settings.data), prefix=".scratch-") as name:
        copy = Path(name) / DATABASE
        copy_database(present, copy)
        _migrate_and_check(replace(settings, database_url=f"sqlite:///{copy.as_posix()}"))
        _fold(copy)
        _fold(present)
        copy.replace(present)
        settle(present.parent)


def _migrate_and_check(settings: Settings) -> None:
    app = create_app(settings)
    with app.app_context():
        try:
            upgrade()
            _require_whole()
        finally:
            db.session.remove()
            db.engine.dispose()


def _require_whole() -> None:
    breaks = verify(db.session())
    if breaks:
        raise RuleViolation(NOT_WHOLE, place=f"{breaks[0].where}: {breaks[0].zh}")


def _fold(database: Path) -> None:
    """Bring the -wal file into the database; raises sqlite3.OperationalError while it is in use."""
    with closing(sqlite3.connect(database, timeout=5)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
