"""The way back for a lone administrator who forgot the password, on the machine itself."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from election.cli.accounts import command
from election.database import db
from election.models import AuditEntry, Official
from election.queries.audit import verify
from election.rules.access import Role
from tests.builders import Office
from tests.client import StrictClient
from tests.conftest import _close, make_app


@pytest.fixture
def data(founded: tuple[Path, Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own = tmp_path / "data"
    shutil.copytree(founded[0], own)
    monkeypatch.setenv("XUANBAN_DATA", str(own))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return own


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


def test_the_new_password_is_printed_once_and_must_be_changed(
    data: Path, founded: tuple[Path, Office]
) -> None:
    office = founded[1]
    app = make_app(data)
    with app.app_context():
        browser = StrictClient(app, office).sign_in(Role.ADMINISTRATOR)
        browser.get("/officials")
        username = office.of(Role.ADMINISTRATOR).username
        done = run("reset", username)
        assert done.exit_code == 0, done.output
        secret = re.search(r": (\S+)$", done.output.splitlines()[0])
        assert secret, done.output
        db.session.remove()  # begin to read anew
        browser.get("/officials", status=303)  # the old login has ended
        again = StrictClient(app, office).http
        old = {"username": username, "password": office.of(Role.ADMINISTRATOR).password}
        assert again.post("/login", data=old).status_code == 422
        new = {"username": username, "password": secret.group(1)}
        assert again.post("/login", data=new).status_code == 303
        assert again.get("/officials").location == "/password"
        _close(app)


def test_the_chain_names_the_console_and_stays_whole(
    data: Path, founded: tuple[Path, Office]
) -> None:
    username = founded[1].of(Role.ADMINISTRATOR).username
    secret = run("reset", username).output
    app = make_app(data)
    with app.app_context():
        what = AuditEntry.what == "accounts.reset_password"
        entry = db.session.scalars(select(AuditEntry).where(what)).one()
        assert (entry.who, entry.data["username"]) == ("console", username)
        assert secret.split()[1] not in str(entry.data)
        assert verify(db.session()) == []
        _close(app)


def test_an_unknown_or_ended_account_is_refused_in_one_line(
    data: Path, founded: tuple[Path, Office]
) -> None:
    assert (run("reset", "nobody").exit_code, len(run("reset", "nobody").output.splitlines())) == (
        2,
        1,
    )
    teller = founded[1].of(Role.TELLER).username
    app = make_app(data)
    with app.app_context():
        db.session.query(Official).filter_by(username=teller).update({"active": False})
        db.session.commit()
        _close(app)
    assert run("reset", teller).exit_code == 2


def test_list_shows_every_account(data: Path, founded: tuple[Path, Office]) -> None:
    lines = run("list").output.splitlines()
    assert len(lines) == sum(len(people) for people in founded[1].people.values())
    assert lines[0].split()[:3] == [
        "1",
        founded[1].of(Role.ADMINISTRATOR).username,
        "administrator",
    ]
