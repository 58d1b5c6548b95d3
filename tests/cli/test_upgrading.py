"""An office of an earlier release: migrated on a copy, checked, or left exactly as it was."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command as alembic
from click.testing import CliRunner, Result

from election.cli import start
from election.cli.audit import command as audit
from election.cli.db import command as db_command
from election.database import db
from election.migrations import configuration, newest
from tests.builders import Office
from tests.conftest import make_app

OLD = "0003"


@pytest.fixture
def data(founded: tuple[Path, Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of an office that an earlier release made."""
    own = tmp_path / "data"
    shutil.copytree(founded[0], own)
    monkeypatch.setenv("XUANBAN_DATA", str(own))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    app = make_app(own)
    with app.app_context():
        alembic.downgrade(configuration(), OLD)
        db.session.remove()
        db.engine.dispose()
    return own


def upgrade() -> Result:
    return CliRunner().invoke(db_command, ["upgrade"])


def test_a_start_says_that_it_upgraded(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "require_free", lambda _settings: None)
    monkeypatch.setattr(start, "set_up", lambda: None)
    monkeypatch.setattr(start, "_serve", lambda *_arguments: None)
    assert f"{OLD} -> {newest()}" in CliRunner().invoke(start.command).output
    assert "->" not in CliRunner().invoke(start.command).output


def revision(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


def change(data: Path, statement: str) -> list[str]:
    """The content of the database after a statement."""
    with closing(sqlite3.connect(data / "xuanban.sqlite3")) as connection:
        connection.execute(statement)
        connection.commit()
    return content(data)


def content(data: Path) -> list[str]:
    """Every table and row, as statements."""
    with closing(sqlite3.connect(data / "xuanban.sqlite3")) as connection:
        return list(connection.iterdump())


AN_ELECTION = (
    "INSERT INTO election"
    " (id, township_id, title, election_day, kind, profile_name, overrides, stage, version)"
    " SELECT 1, id, 'the town', '2026-12-08', 'general', '2025-zhejiang', '{}', '%s', 1"
    " FROM township"
)


def test_an_older_office_is_migrated_and_whole_and_the_older_one_stays_beside(data: Path) -> None:
    done = upgrade()
    assert done.exit_code == 0, done.output
    assert f"{OLD} -> {newest()}" in done.output
    assert revision(data / "xuanban.sqlite3") == newest()
    before = data / f"xuanban.sqlite3.before-{OLD}"
    assert revision(before) == OLD
    assert before.stat().st_mode & 0o077 == 0
    assert CliRunner().invoke(audit, ["verify"]).exit_code == 0
    assert [path for path in (data / "backups").iterdir() if path.is_dir()] == []


def test_a_database_that_does_not_pass_its_check_stays_as_it_was(data: Path) -> None:
    before = change(data, "UPDATE official SET name = 'somebody else'")
    refused = upgrade()
    assert refused.exit_code == 1
    assert "official" in refused.output
    assert content(data) == before


@pytest.mark.parametrize("stage", ["counting", "closed", "polling"])
def test_no_upgrade_while_a_count_is_open(data: Path, stage: str) -> None:
    """An election put in by hand is in no chain: what is not refused here fails its check."""
    before = change(data, AN_ELECTION % stage)
    refused = upgrade()
    assert refused.exit_code == 1
    assert ("a count is open" in refused.output) is (stage == "counting")
    assert content(data) == before


def test_a_migration_that_breaks_leaves_the_old_database(data: Path, monkeypatch) -> None:
    def broken() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("election.cli.upgrading.upgrade", broken)
    assert upgrade().exit_code != 0
    assert revision(data / "xuanban.sqlite3") == OLD
