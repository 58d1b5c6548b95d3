"""Restoring: opened and checked in a scratch folder first, then put in place name by name.

What was there before is not deleted: it is moved to replaced-MOMENT in the data folder.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from election.clock import local
from election.exchange.backups import codes, office
from election.exchange.backups.files import settle
from election.exchange.backups.make import digest
from election.exchange.backups.office import ChainEnd
from election.exchange.backups.sealed import BackupHead, open_with_passphrase
from election.settings import DATABASE

_STAGED = "restore"  # in the data folder: a whole, checked office that waits to be put in place
# belong to the old database and would harm the new one: they go first
_WRITE_AHEAD = (f"{DATABASE}-wal", f"{DATABASE}-shm")


@dataclass(frozen=True, slots=True)
class OpenedBackup:
    """A backup in a scratch folder; digest: SHA-256 of the sealed file."""

    folder: Path
    head: BackupHead
    digest: str


@contextmanager
def opened(path: Path, passphrase: str, *, beside: Path) -> Iterator[OpenedBackup]:
    """Decrypt and unpack into a scratch folder of `beside` that goes away.

    Raises R.921 for a damaged file, R.922 for another passphrase, R.925 for a newer program.
    """
    with tempfile.TemporaryDirectory(dir=beside, prefix=".scratch-") as name:
        folder = Path(name) / "office"
        folder.mkdir(mode=0o700)
        with path.open("rb") as sealed, (Path(name) / "opened.tar").open("w+b") as packed:
            head = open_with_passphrase(sealed, packed, passphrase)
            packed.seek(0)
            office.unpack(packed, folder)
            sealed.seek(0)
            backup = OpenedBackup(folder, head, digest(sealed))
        (Path(name) / "opened.tar").unlink()
        office.require_known_revision(folder / DATABASE)
        yield backup


@dataclass(frozen=True, slots=True)
class MissingRecords:
    """Records first to last of a town that somebody knows and the backup lacks; at: of the last."""

    town: int
    name: str
    first: int
    last: int
    at: str


def missing_records(
    ends: Sequence[ChainEnd], *, present: Path, lists: Sequence[Path]
) -> list[MissingRecords]:
    """What the backup lacks, town by town.

    present: the database that would be replaced; lists: folders with lists of codes.
    """
    known = codes.last_known(lists)
    for end in _ends_of(present):
        if end.seq > known.get(end.township_id, (0, ""))[0]:
            known[end.township_id] = (end.seq, end.at.isoformat(timespec="seconds"))
    return [
        MissingRecords(end.township_id, end.township, end.seq + 1, *known[end.township_id])
        for end in ends
        if known.get(end.township_id, (0, ""))[0] > end.seq
    ]


def _ends_of(database: Path) -> list[ChainEnd]:
    """Where the chains of the present database end; unknown when it cannot be read."""
    if not database.is_file():
        return []
    try:
        return office.ends_of(database)
    except sqlite3.Error:
        return []


def put_in_place(folder: Path, data: Path, *, at: datetime) -> Path | None:
    """Let the office in `folder` be that of the data folder; where the one before lies now."""
    staged = data / _STAGED
    shutil.rmtree(staged, ignore_errors=True)
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    folder.rename(staged)
    settle(data)
    return finish(data, at=at)


def finish(data: Path, *, at: datetime) -> Path | None:
    """Put what is staged in place, name by name; interrupted, it goes on where it was.

    Where the office before lies now; None when nothing was replaced.
    """
    staged, replaced = data / _STAGED, data / f"replaced-{local(at):%Y%m%d-%H%M%S}"
    if not staged.is_dir():
        return None
    names = sorted(path.name for path in staged.iterdir())
    for name in (*_WRITE_AHEAD, *names):
        if (data / name).exists():
            replaced.mkdir(mode=0o700, exist_ok=True)
            (data / name).rename(replaced / name)
        if (staged / name).exists():
            (staged / name).rename(data / name)
    settle(data)
    staged.rmdir()
    return replaced if replaced.exists() else None
