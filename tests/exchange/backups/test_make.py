"""Making a backup beside an office at work."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from election.clock import now
from election.exchange.backups import files, make
from election.exchange.backups.lock import Lock
from election.exchange.backups.make import backups_in, make_everywhere, make_file
from election.exchange.backups.office import ends_of
from election.exchange.backups.state import read_state
from election.settings import Settings


def test_who_writes_does_not_wait_and_what_is_half_written_is_not_copied(
    settings: Settings, lock: Lock, tmp_path: Path
) -> None:
    database = settings.data / "xuanban.sqlite3"
    with closing(sqlite3.connect(database, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE official SET name = 'half'")  # would not pass the check
        made = make_file(settings, lock, tmp_path / "x.backup", at=now())
        writer.execute("ROLLBACK")
    assert made.ends == ends_of(database)


def test_a_file_that_cannot_be_read_back_gets_no_name(
    settings: Settings, lock: Lock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick that answers "written" and is not: the backup before stays."""
    path = tmp_path / "x.backup"
    make_file(settings, lock, path, at=now())
    before = path.read_bytes()
    seal = make.seal

    def half(packed, file, **facts) -> bytes:
        key = seal(packed, file, **facts)
        file.truncate(file.tell() // 2)
        return key

    monkeypatch.setattr(make, "seal", half)
    with pytest.raises(Exception, match=r"R\.921"):
        make_file(settings, lock, path, at=now())
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.glob("x.backup*")] == ["x.backup"]


def test_a_disk_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "x"
    files.write_whole(path, b"old")

    def fail(file) -> None:
        file.write(b"new")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        files.replace_whole(path, fail)
    assert path.read_bytes() == b"old"
    assert not (tmp_path / "x.tmp").exists()


def test_old_backups_go_and_other_files_stay(settings: Settings, lock: Lock) -> None:
    folder = settings.data / "backups"
    folder.mkdir(exist_ok=True)
    (folder / "xuanban-20200101-000000.backup.mine").write_bytes(b"not ours")
    for minute in range(70):
        (folder / f"xuanban-20201208-{18 + minute // 60:02}{minute % 60:02}00.backup").touch()
    state = make_everywhere(settings, at=now())
    assert state == read_state(settings.data)
    assert state.problem == ""
    # the new one, the nine before it, and the last of the first of the two hours
    assert len(backups_in(folder)) == 11
    assert (folder / "xuanban-20200101-000000.backup.mine").exists()


def test_what_went_wrong_is_remembered_and_the_last_good_one_too(
    settings: Settings, lock: Lock
) -> None:
    good = make_everywhere(settings, at=now() - timedelta(minutes=5))
    with closing(sqlite3.connect(settings.data / "xuanban.sqlite3")) as connection:
        connection.execute("UPDATE official SET name = 'somebody else'")
        connection.commit()
    state = make_everywhere(settings, at=now())
    assert "official" in state.problem
    assert state.last_good == good.last_good
    assert state.begun > good.begun
