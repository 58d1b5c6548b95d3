"""`export results`: what was published, as files in a folder."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from election.cli.exports import command
from election.exchange.publication.verifier.verify import verify
from tests.builders import Office
from tests.exchange.publication.published_town import (
    COUNTY,
    TOWN,
    counted_town,
    published_town,
    stored_packages,
)


@pytest.fixture
def data(
    founded: tuple[Path, Office],
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    own = tmp_path / "data"
    shutil.copytree(published_town(founded, tmp_path_factory), own)
    monkeypatch.setenv("XUANBAN_DATA", str(own))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return own


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(command, ["results", *arguments])
    return done.exit_code, done.output


def test_zip_writes_the_packages_as_published(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("--format", "zip", "--output", str(out))[0] == 0
    found = {path.name: path.read_bytes() for path in out.iterdir()}
    packages = stored_packages(data)
    assert found == {
        "result-town-v1.zip": packages[TOWN],
        "result-county-v1.zip": packages[COUNTY],
    }
    assert [verify(body) for body in found.values()] == [[], []]


def test_csv_writes_one_file_per_table(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("--format", "csv", "--election", "1", "--output", str(out))[0] == 0
    names = ("districts", "candidates", "places", "turnout", "need", "deputies")
    assert {path.name for path in out.iterdir()} == {
        f"result-{level}-v1-{name}.csv" for level in ("town", "county") for name in names
    }
    body = (out / "result-town-v1-districts.csv").read_bytes()
    assert body[:3] == b"\xef\xbb\xbf"
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert rows[0][:3] == ["选区 district", "名称 name", "应选 seats"]
    assert rows[1][5] == "王芳、买买提·艾力"


def test_xlsx_and_json(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("--format", "xlsx", "--output", str(out))[0] == 0
    assert run("--format", "json", "--output", str(out))[0] == 0
    assert (out / "result-town-v1.xlsx").read_bytes()[:2] == b"PK"
    document = json.loads((out / "result-county-v1.json").read_bytes())
    assert document["results"]["districts"]["county-1"]["elected"] == ["c15"]


def test_nothing_published_is_exit_1(
    founded: tuple[Path, Office],
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = tmp_path / "counted"
    shutil.copytree(counted_town(founded, tmp_path_factory), own)
    monkeypatch.setenv("XUANBAN_DATA", str(own))
    code, output = run("--format", "zip", "--output", str(tmp_path / "out"))
    assert (code, output) == (1, "选举1还没有公布结果 / nothing is published of election 1\n")
    assert not (tmp_path / "out").exists()


def test_an_election_that_is_not_there_is_exit_2(data: Path, tmp_path: Path) -> None:
    code, output = run("--format", "zip", "--election", "7", "--output", str(tmp_path / "out"))
    assert code == 2
    there = "1 鹤浦镇2021年换届选举"
    assert output == f"--election: 请指明选举，现有：{there} / name one of: {there}\n"
