"""The page of the backups, and their age on every staff page."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from election.clock import now
from election.database import db
from election.exchange.backups import lock as locks
from election.exchange.backups.lock import Cost, stored_lock
from election.exchange.backups.make import backups_in, make_everywhere
from election.exchange.backups.state import BackupState, TargetState, targets_of, write_state
from election.jobs.backups import BackupKeeper
from election.models import AuditEntry
from election.rules.access import Role
from election.settings import load
from election.web import backups as page
from tests.client import StrictClient

PASSPHRASE = "四只黄鹂和一本账 1987"
SET = {"passphrase": PASSPHRASE, "again": PASSPHRASE}


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "USUAL", Cost(passes=1, memory=64, lanes=1))


@pytest.fixture
def data(app: Flask) -> Path:
    return Path(app.config["XUANBAN_DATA"])


def text(client: StrictClient, path: str = "/backups") -> str:
    return client.get(path).get_data(as_text=True)


def last_act() -> str:
    db.session.rollback()
    newest = select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)
    return db.session.scalars(newest).one().what


def made(data: Path, *, minutes: int) -> None:
    """A state in which the last good backup is so many minutes old."""
    at = (now() - timedelta(minutes=minutes)).isoformat(timespec="seconds")
    write_state(data, BackupState(begun=at, targets=[TargetState(str(data), "x", at, 1)]))


def test_only_an_administrator_keeps_backups(client: StrictClient) -> None:
    client.sign_in(Role.DIRECTOR)
    client.get("/backups", status=403)
    client.post("/backups/now", {}, status=403)


def test_the_passphrase_is_set_by_an_act_that_does_not_hold_it(client, data) -> None:
    client.sign_in(Role.ADMINISTRATOR)
    client.post("/backups/passphrase", SET)
    lock = stored_lock(data)
    assert lock is not None
    assert lock.key_for(PASSPHRASE)
    assert last_act() == "backup.lock"
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).one()
    assert entry.data["public"] == lock.public
    assert PASSPHRASE not in str(entry.data)


@pytest.mark.parametrize(
    "fields",
    [{"passphrase": "short", "again": "short"}, {"passphrase": PASSPHRASE, "again": "other"}],
    ids=["short", "different"],
)
def test_a_bad_passphrase_is_told_and_not_set(client, data, fields) -> None:
    client.sign_in(Role.ADMINISTRATOR)
    client.post("/backups/passphrase", fields, status=422)
    assert stored_lock(data) is None


def test_two_folders_get_the_same_backup_and_one_that_is_gone_stops_nothing(
    client, data, tmp_path
) -> None:
    client.sign_in(Role.ADMINISTRATOR)
    client.post("/backups/passphrase", SET)
    first, second = tmp_path / "disk", tmp_path / "stick"
    first.mkdir()
    client.post("/backups/folders", {"first": str(first), "second": str(second)}, status=422)
    second.mkdir()
    client.post("/backups/folders", {"first": str(first), "second": str(second)})
    assert last_act() == "backup.targets"
    settings = load({"XUANBAN_DATA": str(data)})
    state = make_everywhere(settings, at=now())
    assert [target.problem for target in state.targets] == ["", ""]
    [one], [other] = backups_in(first).values(), backups_in(second).values()
    assert one.read_bytes() == other.read_bytes()
    shutil.rmtree(first)
    state = make_everywhere(settings, at=now() + timedelta(seconds=2))
    assert [bool(target.problem) for target in state.targets] == [True, False]
    assert len(backups_in(second)) == 2
    assert state.targets[0].problem in text(client)


@pytest.mark.parametrize(
    "folders",
    [{"first": "relative"}, {"first": "/no/such/folder"}, {"first": "{}", "second": "{}"}],
)
def test_a_folder_that_cannot_be_is_refused(client, data, folders) -> None:
    client.sign_in(Role.ADMINISTRATOR)
    fields = {name: path.format(data) for name, path in folders.items()}
    client.post("/backups/folders", fields, status=422)
    assert targets_of(data) == [data / "backups"]


@pytest.mark.slow
def test_a_backup_made_and_checked_from_the_page(client, data) -> None:
    client.sign_in(Role.ADMINISTRATOR)
    client.post("/backups/passphrase", SET)
    client.post("/backups/now", {})
    assert "备份完好" in text(client)
    [file] = backups_in(data / "backups").values()
    client.post("/backups/check", {"file": str(file), "opening": PASSPHRASE})
    assert "核对通过" in text(client)
    wrong = client.post("/backups/check", {"file": str(file), "opening": "x" * 12}, status=422)
    assert "口令打不开" in wrong.get_data(as_text=True)
    client.post("/backups/check", {"file": "/etc/passwd", "opening": PASSPHRASE}, status=422)


def test_without_a_passphrase_no_backup_is_made_and_it_says_so(client, monkeypatch) -> None:
    client.sign_in(Role.ADMINISTRATOR)
    client.post("/backups/now", {})
    assert "还没有设置备份口令" in text(client)


def test_the_age_stands_on_every_staff_page_and_is_red_when_old(client, data, monkeypatch) -> None:
    client.sign_in(Role.TELLER)
    assert "还没有备份" in text(client, "/elections")
    made(data, minutes=10)
    quiet = text(client, "/elections")
    assert "最近备份" in quiet
    assert "text-danger fw-bold" not in quiet
    monkeypatch.setattr(page, "a_count_is_open", lambda: True)
    assert "text-danger fw-bold" in text(client, "/elections")
    made(data, minutes=2)
    assert "text-danger fw-bold" not in text(client, "/elections")
    made(data, minutes=60 * 27)
    monkeypatch.setattr(page, "a_count_is_open", lambda: False)
    assert "text-danger fw-bold" in text(client, "/elections")


def test_visitors_see_nothing_of_backups(client) -> None:
    assert "备份" not in text(client, "/")


def test_the_printed_page_holds_the_code_and_the_command(client, data) -> None:
    client.sign_in(Role.ADMINISTRATOR)
    client.post("/backups/passphrase", SET)
    paper = text(client, "/backups/paper")
    assert "scripts/run --restore" in paper
    assert str(data / "backups") in paper


@pytest.mark.slow
def test_the_worker_makes_a_backup_when_one_is_due_and_not_before(client, app, data) -> None:
    keeper = BackupKeeper(app)
    assert not keeper.look()  # no passphrase yet
    client.sign_in(Role.ADMINISTRATOR)
    client.post("/backups/passphrase", SET)
    assert keeper.look()
    assert len(backups_in(data / "backups")) == 1
    assert not keeper.look()


def test_a_damaged_state_is_no_state(client, data) -> None:
    client.sign_in(Role.TELLER)
    (data / "backups").mkdir(exist_ok=True)
    for damaged in ("", "{", "[]", json.dumps({"begun": "x"}), json.dumps({"targets": [1]})):
        (data / "backups" / "state.json").write_text(damaged)
        assert "还没有备份" in text(client, "/elections")
