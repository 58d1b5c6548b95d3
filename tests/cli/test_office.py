"""An installation that cannot be used: one clear line, exit 2, nothing made and nothing lost."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from election.cli.audit import command as audit
from election.cli.db import command as db
from election.cli.exports import command as export
from election.cli.start import command as start
from election.keys import NAMES
from tests.builders import Office


@pytest.fixture
def data(founded: tuple[Path, Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of an office in use."""
    own = tmp_path / "data"
    shutil.copytree(founded[0], own)
    monkeypatch.setenv("XUANBAN_DATA", str(own))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr("election.cli.start.require_free", lambda _settings: None)
    return own


def run(command, *arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


def refused(command, *arguments: str) -> str:
    """The one line of a refusal; exit 2 and no trace."""
    done = run(command, *arguments)
    assert done.exit_code == 2, (done.exit_code, done.output, done.exception)
    assert len(done.output.splitlines()) == 1, done.output
    return done.output


def test_an_office_that_lost_its_keys_gets_no_new_ones(data: Path) -> None:
    shutil.rmtree(data / "keys")
    for command, *arguments in ((audit, "verify"), (db, "upgrade"), (start,)):
        line = refused(command, *arguments)
        assert str(data / "keys") in line
        assert "XUANBAN_DATA" in line
    assert not (data / "keys").exists()


def test_one_lost_key_is_named(data: Path) -> None:
    (data / "keys" / "index").unlink()
    assert "（index）" in refused(audit, "verify")
    assert not (data / "keys" / "index").exists()


def test_a_damaged_key_is_refused(data: Path) -> None:
    (data / "keys" / "encryption").write_bytes(b"short")
    assert "encryption" in refused(audit, "verify")


def test_a_database_without_any_official_may_have_new_keys(data: Path) -> None:
    with closing(sqlite3.connect(data / "xuanban.sqlite3")) as connection:
        for table in ("ticket", "operation", "official"):
            connection.execute(f"DELETE FROM {table}")
        connection.commit()
    shutil.rmtree(data / "keys")
    assert run(db, "upgrade").exit_code == 0
    assert sorted(path.name for path in (data / "keys").iterdir()) == sorted(NAMES)


def test_without_tables_the_way_out_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XUANBAN_DATA", str(tmp_path / "new"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    for command, *arguments in (
        (audit, "verify"),
        (export, "results", "--format", "zip", "--output", str(tmp_path / "out")),
    ):
        assert "python -m election db upgrade" in refused(command, *arguments)
    assert run(db, "upgrade").exit_code == 0
    assert run(audit, "verify").exit_code == 0


def set_revision(data: Path, revision: str) -> None:
    with closing(sqlite3.connect(data / "xuanban.sqlite3")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [revision])
        connection.commit()


def test_a_database_of_an_older_version_is_told_how_to_become_newer(data: Path) -> None:
    set_revision(data, "0001")
    line = refused(audit, "verify")
    assert "0001" in line
    assert "python -m election db upgrade" in line


def test_a_database_of_a_newer_program_is_one_sentence(data: Path) -> None:
    set_revision(data, "9999")
    for command, *arguments in ((audit, "verify"), (db, "upgrade"), (start,)):
        line = refused(command, *arguments)
        assert "9999" in line
        assert "newer Xuanban" in line
        assert "db upgrade" not in line


@pytest.mark.parametrize("url", ["nonsense", "oracle-of-delphi://x", "postgresql://h:port/x"])
def test_an_address_that_cannot_be_read_is_told(
    data: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    line = refused(audit, "verify")
    assert line.startswith("DATABASE_URL: ")
    assert url not in line  # it may hold a password


def test_a_server_that_does_not_answer_is_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:1/none")
    line = refused(audit, "verify")
    assert "DATABASE_URL" in line
    assert "secret" not in line


def test_a_data_folder_that_cannot_be_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XUANBAN_DATA", str(tmp_path / "file" / "data"))
    for command, *arguments in ((audit, "verify"), (start,)):
        assert refused(command, *arguments).startswith("XUANBAN_DATA: ")


def test_a_port_that_is_no_number_is_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XUANBAN_PORT", "http")
    assert refused(start).startswith("XUANBAN_PORT: ")


def test_a_file_that_is_no_database_is_told(data: Path) -> None:
    for rest in ("", "-wal", "-shm"):
        (data / f"xuanban.sqlite3{rest}").unlink(missing_ok=True)
    (data / "xuanban.sqlite3").write_bytes(
        b"not a database, but long enough to be read as one" * 99
    )
    assert "备份" in refused(audit, "verify")


def test_a_locked_database_is_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = data / "xuanban.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}?timeout=0")
        assert "另一个程序" in refused(audit, "verify")
