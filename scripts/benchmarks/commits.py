"""Sheet entries a second, each a full act on disk, against a bare SQLite commit of one row."""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from election.actions import counting
from election.actions.act import Act
from election.cli.sample.ballots import figures_for
from election.cli.sample.drive import ELECTION_DAY, Drive
from election.cli.sample.moments import now, turn_to
from election.database import db, transaction
from election.models import CountSheet
from election.rules.elections.phases import Phase
from scripts.benchmarks.office import application, folder

BARE = 300


def measure() -> Iterator[str]:
    """Both with WAL and synchronous=FULL on the same disk."""
    with folder() as data:
        with application(data):
            seconds, entries = _entries()
        bare = _bare(data / "bare.sqlite3")
    ours = entries / seconds
    yield (
        f"{ours:,.0f} sheet entries/s (permission, law checks, row, audit entry, one commit each); "
        f"bare SQLite commit {bare:,.0f}/s = {ours / bare:.2f} of it"
    )


def _entries() -> tuple[float, int]:
    drive = Drive("polling")
    drive.run()
    turn_to(ELECTION_DAY, hour=19)
    drive.to(Phase.COUNTING)
    sheets = [
        (sheet.id, figures_for(sheet))
        for sheet in db.session.scalars(select(CountSheet).order_by(CountSheet.id))
    ]
    begin = time.perf_counter()
    for who in ("teller1", "teller2"):
        for key, figures in sheets:
            with transaction() as session:
                act = Act(session, drive.staff[who], now())
                counting.enter(act, counting.locked(session, key), figures, confirmed=True)
    return time.perf_counter() - begin, 2 * len(sheets)


def _bare(path: Path) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, figures TEXT)")
    begin = time.perf_counter()
    for number in range(BARE):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO entry (figures) VALUES (?)", (f'{{"issued": {number}}}',))
        connection.execute("COMMIT")
    taken = time.perf_counter() - begin
    connection.close()
    return BARE / taken
