"""`backup` and `restore`: a good backup brings the office back; anything else changes nothing."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from election.cli import start as start_module
from election.cli.audit import command as audit
from election.cli.backup import command as backup
from election.cli.restore import command as restore
from election.cli.serving import held
from election.clock import now
from election.exchange.backups import codes
from election.exchange.backups import lock as locks
from election.exchange.backups.lock import Cost
from election.exchange.backups.restore import finish
from election.settings import load
from tests.builders import Office

PASSPHRASE = "四只黄鹂和一本账 1987"


@pytest.fixture
def data(founded: tuple[Path, Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of an office in use."""
    own = tmp_path / "data"
    shutil.copytree(founded[0], own)
    monkeypatch.setenv("XUANBAN_DATA", str(own))
    monkeypatch.setenv("XUANBAN_PASSPHRASE", PASSPHRASE)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(locks, "USUAL", Cost(passes=1, memory=64, lanes=1))
    return own


@pytest.fixture
def file(data: Path, tmp_path: Path) -> Path:
    """A good backup of it."""
    for name in ("tls/authority.pem", "shelf/page.html", "prepared/1-0.zip", "server.lock"):
        (data / name).parent.mkdir(exist_ok=True)
        (data / name).write_text("-")
    path = tmp_path / "stick" / "office.backup"
    path.parent.mkdir()
    assert run(backup, str(path)).exit_code == 0
    return path


def run(command, *arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments), catch_exceptions=False)


def ask(data: Path, question: str) -> list[tuple]:
    with closing(sqlite3.connect(data / "xuanban.sqlite3")) as connection:
        return connection.execute(question).fetchall()


def copy(source: Path, target: Path) -> None:
    """All pages of a database into another, whoever has that one open."""
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a folder; -wal, -shm and the lock come and go with whoever uses it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm", ".lock"))
    }


def last_code(data: Path) -> str:
    return ask(data, "SELECT hash FROM audit_entry ORDER BY seq DESC")[0][0][:32]


def act_once_more(data: Path) -> None:
    """One more act, on paper already: its record is not in an earlier backup."""
    from election.cli.accounts import command as accounts  # noqa: PLC0415

    username = ask(data, "SELECT username FROM official")[0][0]
    assert run(accounts, "reset", username).exit_code == 0


def test_a_backup_is_whole_and_closed_to_others(data: Path, file: Path) -> None:
    done = run(restore, str(file), "--check")
    assert done.exit_code == 0, done.output
    assert last_code(data)[:4] in done.output
    assert file.stat().st_mode & 0o077 == 0
    assert b"SQLite format" not in file.read_bytes()
    left = [path.name for path in (data / "backups").iterdir()]
    assert left == [codes.NAME]  # and no scratch


def test_only_the_public_half_of_the_key_stays_on_the_machine(data: Path, file: Path) -> None:
    stored = (data / "keys" / "backup").read_text()
    assert PASSPHRASE not in stored
    assert '"public"' in stored
    assert "private" not in stored


def test_the_next_backup_needs_no_passphrase(data, file, tmp_path, monkeypatch) -> None:
    monkeypatch.delenv("XUANBAN_PASSPHRASE")
    assert run(backup, str(tmp_path / "next.backup")).exit_code == 0
    monkeypatch.setenv("XUANBAN_PASSPHRASE", PASSPHRASE)
    assert run(restore, str(tmp_path / "next.backup"), "--check").exit_code == 0


def test_on_another_computer_the_office_goes_on(data, file, tmp_path, monkeypatch) -> None:
    other = tmp_path / "other"
    code = last_code(data)
    monkeypatch.setenv("XUANBAN_DATA", str(other))
    done = run(restore, str(file), "--code", " ".join([code[:4], code[4:]]))
    assert done.exit_code == 0, done.output
    names = {path.name for path in other.iterdir()} - {"server.lock"}
    assert names == {"backups", "keys", "tls", "xuanban.sqlite3"}
    assert run(audit, "verify", "--head", code).exit_code == 0
    assert content(data / "keys") == content(other / "keys")
    assert ask(other, "SELECT what, who FROM audit_entry ORDER BY seq DESC")[0] == (
        "backup.restore",
        "console",
    )
    assert ask(other, "SELECT count(*) FROM ticket WHERE ended_at IS NULL") == [(0,)]


def test_what_was_there_is_kept_and_its_wal_harms_nothing(data: Path, file: Path) -> None:
    (data / "xuanban.sqlite3-wal").write_bytes(b"of the old database")
    (data / "xuanban.sqlite3-shm").write_bytes(b"too")
    before = (data / "xuanban.sqlite3").read_bytes()
    done = run(restore, str(file))
    assert done.exit_code == 0, done.output
    assert not (data / "xuanban.sqlite3-wal").exists()
    assert not (data / "xuanban.sqlite3-shm").exists()
    [replaced] = data.glob("replaced-*")
    assert (replaced / "xuanban.sqlite3").read_bytes() == before
    assert run(audit, "verify").exit_code == 0


def test_the_code_of_a_later_paper_refuses_an_older_backup(data: Path, file: Path) -> None:
    act_once_more(data)
    code, before = last_code(data), content(data)
    number = ask(data, "SELECT max(seq) FROM audit_entry")[0][0]
    refused = run(restore, str(file), "--code", code)
    assert refused.exit_code == 1
    assert f"{number} " in refused.output.replace("条", " ")
    assert "accounts.reset_password" in refused.output
    assert content(data) == before
    excused = run(restore, str(file), "--code", code, "--older", "the newer disk is broken")
    assert excused.exit_code == 0, excused.output
    assert f"records {number} to {number} are missing" in excused.output
    act = ask(data, "SELECT data FROM audit_entry ORDER BY seq DESC")[0][0]
    assert "the newer disk is broken" in act
    assert run(audit, "verify", "--head", code).exit_code == 1


def test_the_list_of_codes_says_what_is_missing_when_nothing_else_is_left(
    data, file, tmp_path, monkeypatch
) -> None:
    act_once_more(data)
    number = ask(data, "SELECT max(seq) FROM audit_entry")[0][0]
    newer = tmp_path / "newer.backup"
    assert run(backup, str(newer)).exit_code == 0
    assert f"\t{number}\t" in (tmp_path / codes.NAME).read_text()
    shutil.copy(tmp_path / codes.NAME, file.parent)
    monkeypatch.setenv("XUANBAN_DATA", str(tmp_path / "other"))
    done = run(restore, str(file), "--check")
    assert done.exit_code == 0
    assert f"records {number} to {number} are missing" in done.output


def test_an_old_database_put_in_place_by_hand_is_betrayed(data, file, tmp_path) -> None:
    """To hide acts, or by mistake: the list of codes names the record that is missing."""
    copy(data / "xuanban.sqlite3", tmp_path / "old")
    act_once_more(data)
    number = ask(data, "SELECT max(seq) FROM audit_entry")[0][0]
    assert run(backup, str(file)).exit_code == 0
    assert run(audit, "verify").exit_code == 0
    copy(tmp_path / "old", data / "xuanban.sqlite3")
    found = run(audit, "verify")
    assert found.exit_code == 1
    assert f"record {number} " in found.output
    act_once_more(data)  # another record takes the number: the code still differs
    assert f"record {number} " in run(audit, "verify").output


def test_what_a_restore_lost_is_said_in_its_act_and_no_fault_afterwards(data, file) -> None:
    act_once_more(data)
    assert run(backup, str(file.with_name("newer.backup"))).exit_code == 0
    assert run(restore, str(file), "--older", "the newer one is broken").exit_code == 0
    done = run(audit, "verify")
    assert done.exit_code == 0, done.output


def test_one_command_restores_and_starts(data, file, tmp_path, monkeypatch) -> None:
    """What the printed page says: scripts/run --restore FILE."""
    served: list[str] = []
    monkeypatch.setattr(start_module, "require_free", lambda _settings: None)
    monkeypatch.setattr(start_module, "set_up", lambda: None)
    monkeypatch.setattr(start_module, "_serve", lambda _app, ours: served.append(str(ours.data)))
    monkeypatch.setenv("XUANBAN_DATA", str(tmp_path / "other"))
    done = run(start_module.command, "--restore", str(file))
    assert done.exit_code == 0, done.output
    assert served == [str(tmp_path / "other")]
    assert "password" not in done.output  # no new office, no new log-ins
    assert ask(tmp_path / "other", "SELECT count(*) FROM township") == [(1,)]


@pytest.mark.parametrize("damage", ["flip", "cut", "swap", "nothing"])
def test_a_damaged_backup_changes_nothing(data: Path, file: Path, damage: str) -> None:
    whole, before = file.read_bytes(), content(data)
    middle = len(whole) // 2
    file.write_bytes(
        {
            "flip": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
            "cut": whole[:middle],
            "swap": whole[:1000] + whole[middle:] + whole[1000:middle],
            "nothing": b"",
        }[damage]
    )
    for arguments in (["--check"], []):
        refused = run(restore, str(file), *arguments)
        assert refused.exit_code == 1
        assert len(refused.output.splitlines()) == 1
    assert content(data) == before


def test_another_passphrase_opens_nothing(data, file, monkeypatch) -> None:
    monkeypatch.setenv("XUANBAN_PASSPHRASE", PASSPHRASE + "8")
    refused = run(restore, str(file), "--check")
    assert refused.exit_code == 1
    assert "does not open" in refused.output


def test_a_backup_is_not_made_with_another_passphrase_unasked(data, file, monkeypatch) -> None:
    monkeypatch.setenv("XUANBAN_PASSPHRASE", PASSPHRASE + "8")
    before = file.read_bytes()
    refused = run(backup, str(file))
    assert refused.exit_code == 2
    assert file.read_bytes() == before


@pytest.mark.parametrize("secret", ["", "short"])
def test_without_a_good_passphrase_no_backup_is_begun(data, tmp_path, monkeypatch, secret) -> None:
    monkeypatch.setenv("XUANBAN_PASSPHRASE", secret)
    refused = run(backup, str(tmp_path / "x.backup"))
    assert refused.exit_code == 2
    assert len(refused.output.splitlines()) == 1
    assert not (tmp_path / "x.backup").exists()
    assert not (data / "keys" / "backup").exists()


def test_a_database_changed_past_the_program_is_not_called_a_good_backup(
    data: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(data / "xuanban.sqlite3")) as connection:
        connection.execute("UPDATE official SET name = 'somebody else'")
        connection.commit()
    refused = run(backup, str(tmp_path / "x.backup"))
    assert refused.exit_code == 1
    assert "official" in refused.output
    assert not list(tmp_path.glob("x.backup*"))


def test_a_folder_that_is_not_there_is_told(data: Path, tmp_path: Path) -> None:
    refused = run(backup, str(tmp_path / "no" / "x.backup"))
    assert refused.exit_code == 2
    assert str(tmp_path / "no") in refused.output
    assert run(restore, str(tmp_path / "no.backup"), "--check").exit_code == 2


def test_a_database_of_a_newer_program_is_not_restored(data, file, monkeypatch) -> None:
    monkeypatch.setattr("election.exchange.backups.office.revisions", lambda: frozenset({"0000"}))
    refused = run(restore, str(file), "--check")
    assert refused.exit_code == 1
    assert "newer Xuanban" in refused.output


def test_what_an_interruption_left_half_in_place_is_finished(data: Path, file: Path) -> None:
    """Killed after the keys were in place and the old database was moved away."""
    staged = data / "restore"
    staged.mkdir()
    shutil.copy(data / "xuanban.sqlite3", staged)
    (data / "xuanban.sqlite3").write_bytes(b"the old one")
    finish(data, at=now())
    assert not staged.exists()
    assert run(audit, "verify").exit_code == 0
    [replaced] = data.glob("replaced-*")
    assert (replaced / "xuanban.sqlite3").read_bytes() == b"the old one"


def test_uploads_and_other_files_come_along(data, file, tmp_path, monkeypatch) -> None:
    (data / "uploads").mkdir(exist_ok=True)
    (data / "uploads" / "parked").write_bytes(b"rows")
    (data / "later" / "deep").mkdir(parents=True)
    (data / "later" / "deep" / "名.txt").write_bytes(b"x" * 100_000)
    assert run(backup, str(file)).exit_code == 0
    monkeypatch.setenv("XUANBAN_DATA", str(tmp_path / "other"))
    assert run(restore, str(file)).exit_code == 0
    assert content(tmp_path / "other" / "later") == content(data / "later")
    assert content(tmp_path / "other" / "uploads") == content(data / "uploads")


def test_postgresql_is_told_to_use_its_own_tool(data, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    refused = run(restore, str(tmp_path / "x.backup"))
    assert refused.exit_code == 2
    assert "pg_dump" in refused.output


def test_nothing_is_restored_under_a_running_server(data: Path, file: Path) -> None:
    before = content(data)
    with held(load()):
        refused = run(restore, str(file), "--code", last_code(data))
    assert refused.exit_code != 0
    assert str(data) in refused.output
    assert content(data) == before
