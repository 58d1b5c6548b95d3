"""`import units`: the same reading as the page, one line per fault, all or nothing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from election.cli.imports import command
from election.database import db
from election.queries.audit import verify
from election.queries.units import table as queries
from tests.builders import Office, an_election

GOOD = "编码,名称,户籍人口,相邻单元\nA1,东山村,1200,A2\nA2,西山村,,\n合计,,1200,\n"


@pytest.fixture
def run(app: Flask, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Run the command on a text, over the database of the test's application."""
    monkeypatch.setenv("XUANBAN_DATA", app.config["XUANBAN_DATA"])
    monkeypatch.delenv("DATABASE_URL", raising=False)

    def call(text: str, *options: str) -> Result:
        db.session.rollback()
        path = tmp_path / "单元.csv"
        path.write_text(text, encoding="gb18030")
        return CliRunner().invoke(command, ["units", str(path), *options])

    return call


def codes(election_id: int) -> list[str]:
    db.session.rollback()
    return [row.values.code for row in queries.of_election(db.session(), election_id)]


def test_a_good_file_is_stored_and_said_row_by_row(run, office: Office) -> None:
    election_id = an_election(office)
    done = run(GOOD, "--json")
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    assert (document["added"], document["changed"], document["skipped"]) == (2, 0, 1)
    assert document["rows"][0] == {
        "row": 2,
        "code": "A1",
        "name": "东山村",
        "action": "add",
        "why": None,
        "changes": {
            "code": {"old": None, "new": "A1"},
            "name": {"old": None, "new": "东山村"},
            "kind": {"old": None, "new": "village"},
            "hukou_population": {"old": None, "new": 1200},
            "neighbours": {"old": None, "new": ["A2"]},
        },
    }
    assert codes(election_id) == ["A1", "A2"]
    assert verify(db.session()) == []
    again = run(GOOD)
    assert (again.exit_code, again.stdout.splitlines()[-1]) == (
        0,
        "新增0个、修改0个、跳过3个 / add 0, change 0, skip 3",
    )


def test_a_dry_run_says_what_would_change_and_stores_nothing(run, office: Office) -> None:
    election_id = an_election(office)
    done = run(GOOD, "--dry-run")
    assert (done.exit_code, codes(election_id)) == (0, [])
    assert done.stdout.splitlines()[-1].endswith("(nothing stored)")
    run(GOOD)
    changed = run(GOOD.replace("1200,A2", "1300,A2"), "--dry-run").stdout.splitlines()[0]
    assert changed == "2\tA1\t东山村\t修改 change\t户籍人口 1200→1300"


def test_every_fault_is_one_line_with_row_and_column(run, office: Office) -> None:
    election_id = an_election(office)
    done = run("编码,名称,户籍人口\nA1,东山村,-3\nA1,,x\n")
    assert (done.exit_code, done.stdout, codes(election_id)) == (2, "", [])
    places = [line.split("单元.csv")[1].split(" ")[0] for line in done.stderr.splitlines()]
    assert places == [":2:户籍人口:", ":3:户籍人口:", ":3:编码:", ":3:名称:"]


def test_the_election_must_be_clear(run, office: Office) -> None:
    assert run(GOOD).exit_code == 2
    one, other = an_election(office), an_election(office, title="补选")
    unclear = run(GOOD)
    assert (unclear.exit_code, "补选" in unclear.stderr) == (2, True)
    assert run(GOOD, "--election", str(other)).exit_code == 0
    assert (codes(one), codes(other)) == ([], ["A1", "A2"])
    assert run(GOOD, "--election", "999").exit_code == 2


def test_a_file_that_cannot_be_opened_is_said(run) -> None:
    done = CliRunner().invoke(command, ["units", "/nowhere/x.csv"])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
