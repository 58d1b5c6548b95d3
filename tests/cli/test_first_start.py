"""The first start: half a sample is made anew, and no password is stored that nobody saw."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from election.actions import passwords
from election.cli import start
from election.cli.db import command as db
from election.cli.main import main
from election.cli.sample import command as sample
from election.cli.sample.drive import Drive
from election.cli.start import command as start_command

MARK = "sample-unfinished"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder; nothing is served and no port is asked for."""
    folder = tmp_path / "data"
    monkeypatch.setenv("XUANBAN_DATA", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(start, "require_free", lambda _settings: None)
    monkeypatch.setattr(start, "set_up", lambda: None)
    monkeypatch.setattr(start, "_serve", lambda *_arguments: None)
    return folder


def run(command, *arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


def ask(data: Path, question: str) -> list[tuple]:
    with closing(sqlite3.connect(data / "xuanban.sqlite3")) as connection:
        return connection.execute(question).fetchall()


def interrupt(monkeypatch: pytest.MonkeyPatch, command, *arguments: str) -> None:
    """A run that ends in the middle of the sample, after its office was founded."""

    def stop(_drive: Drive) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Drive, "set_up", stop)
        assert run(command, *arguments).exit_code != 0


@pytest.mark.parametrize(
    ("command", "arguments"),
    [(start_command, ["--until", "set_up"]), (sample, ["hepu", "--until", "set_up"])],
    ids=["start", "sample"],
)
def test_an_interrupted_sample_is_made_anew(data, monkeypatch, command, arguments) -> None:
    interrupt(monkeypatch, command, *arguments)
    assert len(ask(data, "SELECT username FROM official")) == 10
    assert (data / MARK).exists()
    again = run(command, *arguments)
    assert again.exit_code == 0, again.output
    assert not (data / MARK).exists()
    assert ask(data, "SELECT count(*) FROM township") == [(1,)]
    assert ask(data, "SELECT count(*) FROM election") == [(1,)]
    stored = dict(ask(data, "SELECT username, password_hash FROM official"))
    printed = dict(
        line.split()[:2]
        for line in again.stdout.splitlines()
        if line.split()[:1] != [] and line.split()[0] in stored
    )
    assert printed.keys() == stored.keys()
    assert passwords.matches(stored["admin"], printed["admin"])


def test_a_clean_office_after_an_interrupted_sample_is_clean(data, monkeypatch) -> None:
    interrupt(monkeypatch, start_command)
    done = run(start_command, "--empty")
    assert done.exit_code == 0, done.output
    assert ask(data, "SELECT username FROM official") == [("admin",)]
    assert ask(data, "SELECT is_sample FROM township") == [(0,)]


def test_a_mark_beside_a_real_office_removes_nothing(data) -> None:
    assert run(start_command, "--empty").exit_code == 0
    before = ask(data, "SELECT password_hash FROM official")
    (data / MARK).touch()
    done = run(start_command)
    assert done.exit_code == 0, done.output
    assert ask(data, "SELECT password_hash FROM official") == before
    assert not (data / MARK).exists()


def test_a_password_that_could_not_be_printed_is_not_stored(data, monkeypatch) -> None:
    def broken(_logins: object) -> None:
        raise BrokenPipeError

    with monkeypatch.context() as patched:
        patched.setattr(start, "_print_logins", broken)
        assert run(start_command, "--empty").exit_code != 0
    assert ask(data, "SELECT count(*) FROM official") == [(0,)]
    assert "admin" in run(start_command, "--empty").output


def test_called_alone_the_program_explains_itself_in_both_languages() -> None:
    alone = run(main)
    assert alone.exit_code == 0
    assert alone.output == run(main, "--help").output
    for name in main.list_commands(None):
        line = next(line for line in alone.output.splitlines() if line.startswith(f"  {name} "))
        assert " / " in line
    assert run(main, "calc").exit_code == 0
    assert "Commands" in run(main, "db").output


def test_the_version_is_one_line() -> None:
    assert run(main, "--version").output.startswith("xuanban ")


def test_a_database_is_made_without_a_sample(data) -> None:
    assert run(db, "upgrade").exit_code == 0
    assert ask(data, "SELECT count(*) FROM township") == [(0,)]
