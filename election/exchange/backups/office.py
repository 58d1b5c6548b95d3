"""The office as one file: what a backup holds, packed, unpacked and checked.

A tar of the database, the keys and whatever else lies in the data folder. PostgreSQL is not copied:
its own pg_dump does that.
"""

import io
import re
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from election.migrations import newest, revisions
from election.models.types import use_keys
from election.queries.audit import verify
from election.rules.backups import DAMAGED, NEWER_PROGRAM, NOT_WHOLE
from election.rules.canonical import anchor
from election.rules.terms import RuleViolation
from election.settings import DATABASE, Settings, UnusableInstallation

_MEMBER = re.compile(r"(?!.*(^|/)\.{1,2}(/|$))[^/\\\0][^\\\0]*")
# beside the database: what is made again, what is a backup itself, what belongs to this machine
_LEFT_OUT = (
    *("backups", "replaced-", "restore", "sample-unfinished", DATABASE),
    *("shelf", "prepared", "server.lock"),  # made anew; held by whoever restores
)
_LONGEST_NAME = 400


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """The last record of one township's chain."""

    township_id: int
    township: str
    seq: int
    hash: str
    at: datetime

    @property
    def code(self) -> str:
        """As papers print it."""
        return anchor(self.hash)


def pack(settings: Settings, scratch: Path, packed: BinaryIO) -> None:
    """Copy the office while it works and write it as a tar."""
    copy = scratch / DATABASE
    copy_database(database_file(settings), copy)
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
        tar.add(copy, DATABASE)
        for path in _beside(settings.data):
            with suppress(FileNotFoundError):  # a preview that was confirmed meanwhile
                content = path.read_bytes()
                member = tarfile.TarInfo(path.relative_to(settings.data).as_posix())
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))
    copy.unlink()


def database_file(settings: Settings) -> Path:
    """Where SQLite's file is. Raises UnusableInstallation with another database."""
    if settings.is_sqlite:
        return Path(make_url(settings.database_url).database or "")
    raise UnusableInstallation(
        "DATABASE_URL",
        "PostgreSQL数据库请用pg_dump备份（见管理员手册），本命令只备份SQLite",
        "PostgreSQL is backed up with pg_dump (manual of the administrator); this is for SQLite",
    )


def copy_database(source: Path, copy: Path) -> None:
    """A copy from one moment, in one file; whoever writes meanwhile does not wait."""
    with closing(sqlite3.connect(source, timeout=5)) as here, closing(sqlite3.connect(copy)) as out:
        here.backup(out)
        out.execute("PRAGMA journal_mode=DELETE")


def _beside(data: Path) -> Iterator[Path]:
    for top in sorted(data.iterdir()):
        if not top.name.startswith(_LEFT_OUT):
            paths = [top] if top.is_file() else sorted(top.rglob("*"))
            yield from (path for path in paths if path.is_file() and not path.is_symlink())


def unpack(packed: BinaryIO, folder: Path) -> None:
    """Write what `pack` packed into an empty folder. Raises R.921 for anything else."""
    try:
        with tarfile.open(fileobj=packed, mode="r:") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isreg() else None
                named = _MEMBER.fullmatch(member.name) and len(member.name) < _LONGEST_NAME
                if content is None or not named:
                    raise RuleViolation(DAMAGED, place=member.name[:80])
                target = folder / member.name
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with target.open("xb") as file:
                    shutil.copyfileobj(content, file)
    except (tarfile.TarError, OSError, ValueError) as error:
        raise RuleViolation(DAMAGED, place=type(error).__name__) from error
    if not (folder / DATABASE).is_file():
        raise RuleViolation(DAMAGED, place=DATABASE)


def check(folder: Path) -> list[ChainEnd]:
    """The whole check of an unpacked office: pages, keys of tables, chain against tables.

    From now on this process uses that office's keys. Raises R.923 naming the place.
    """
    database = folder / DATABASE
    use_keys_of(folder)
    try:
        _check_pages(database)
        _require_newest(database)
        engine = create_engine(f"sqlite:///{database.as_posix()}", hide_parameters=True)
        try:
            with Session(engine) as session:
                breaks = verify(session)
        finally:
            engine.dispose()
    except (sqlite3.Error, DBAPIError) as error:
        raise RuleViolation(NOT_WHOLE, place=type(error).__name__) from error
    if breaks:
        raise RuleViolation(NOT_WHOLE, place=f"{breaks[0].where}: {breaks[0].zh}")
    return ends_of(database)


def use_keys_of(folder: Path) -> None:
    """Read personal data with the keys of an unpacked office. Raises R.921 without them."""
    try:
        keys = {name: (folder / "keys" / name).read_bytes() for name in ("encryption", "index")}
    except OSError as error:
        raise RuleViolation(DAMAGED, place="keys") from error
    use_keys(**keys)


def ends_of(database: Path) -> list[ChainEnd]:
    """Where each township's chain ends. Raises sqlite3.Error for a file that cannot be read."""
    question = (
        "SELECT township_id, name, seq, hash, at "
        "FROM audit_entry JOIN township ON township.id = township_id "
        "WHERE (township_id, seq) IN (SELECT township_id, max(seq) FROM audit_entry "
        "GROUP BY township_id) ORDER BY township_id"
    )
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return [
            ChainEnd(key, name, seq, digest, datetime.fromisoformat(at).replace(tzinfo=UTC))
            for key, name, seq, digest, at in connection.execute(question)
        ]


def find_code(database: Path, code: str) -> tuple[int, str, str] | None:
    """(number, moment, act) of the record with this code; None where there is none."""
    digits = code.replace(" ", "").lower()
    if not re.fullmatch("[0-9a-f]{32,64}", digits):
        return None
    question = "SELECT seq, at, what FROM audit_entry WHERE substr(hash, 1, ?) = ?"
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        row: tuple[int, str, str] | None = connection.execute(
            question, [len(digits), digits]
        ).fetchone()
    return row


def _check_pages(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        whole = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if whole != "ok":
            raise RuleViolation(NOT_WHOLE, place=str(whole)[:120])
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken:
            raise RuleViolation(NOT_WHOLE, place=f"{broken[0]} {broken[1]}")


def require_known_revision(database: Path) -> None:
    """Raise R.925 for a database of a newer program, R.921 for one without a revision."""
    try:
        revision = _revision(database)
    except sqlite3.Error as error:
        raise RuleViolation(DAMAGED, place=DATABASE) from error
    if revision not in revisions():
        raise RuleViolation(NEWER_PROGRAM, revision=revision)


def _require_newest(database: Path) -> None:
    revision = _revision(database)
    if revision != newest():
        raise RuleViolation(NOT_WHOLE, place=f"revision {revision}")


def _revision(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0])[:20] if row else ""
