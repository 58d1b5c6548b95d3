"""What an office writes is its owner's alone."""

import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from election.cli.db import command as db
from election.settings import load

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def open_to_others(data: Path) -> list[str]:
    return [str(path) for path in (data, *data.rglob("*")) if rights(path) & 0o077]


def make_office(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XUANBAN_DATA", str(data))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert CliRunner().invoke(db, ["upgrade"]).exit_code == 0


@pytest.fixture(autouse=True)
def _usual_mask():
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_a_new_office_is_closed_to_others(tmp_path, monkeypatch) -> None:
    make_office(tmp_path / "data", monkeypatch)
    assert (tmp_path / "data" / "xuanban.sqlite3").exists()
    assert open_to_others(tmp_path / "data") == []


def test_what_an_earlier_release_left_open_is_closed(tmp_path, monkeypatch) -> None:
    data = tmp_path / "data"
    make_office(data, monkeypatch)
    (data / "uploads").mkdir()
    (data / "uploads" / "parked").write_text("rows")
    (data / "xuanban.sqlite3.before-0001").write_bytes(b"an older copy")
    for path in (data, *data.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    load({"XUANBAN_DATA": str(data)})
    assert open_to_others(data) == []


def test_a_folder_that_holds_other_things_keeps_its_rights(tmp_path, monkeypatch) -> None:
    """/srv or a home as the data folder: the office closes its files, not everybody's folder."""
    (tmp_path / "others.txt").write_text("not ours")
    (tmp_path / "others.txt").chmod(0o644)
    tmp_path.chmod(0o755)
    make_office(tmp_path, monkeypatch)
    load({"XUANBAN_DATA": str(tmp_path)})
    assert rights(tmp_path) == 0o755
    assert rights(tmp_path / "others.txt") == 0o644
    assert rights(tmp_path / "xuanban.sqlite3") == 0o600
