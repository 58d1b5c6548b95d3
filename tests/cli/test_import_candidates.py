"""`import candidates`: nominations from a table through the act of the page, all or nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from election.cli.imports import command
from election.database import db
from election.models import Nomination, Person
from election.queries.audit import verify
from election.rules.elections.phases import Phase
from tests.builders import Office
from tests.queries.candidates.office import Town, a_town, by_organisation, receive

Run = Callable[..., Result]
HEAD = "选区,姓名,性别,出生年月,身份证号码,推荐单位,联名人,联名人数,收到日期,同名\n"
NUMBER = "330225198005011229"  # a made-up woman born on 1 May 1980
TEN = "；".join(f"选民,{n}" for n in range(1, 11))
GOOD = (
    f"{HEAD}镇级第1选区,王芳,女,1980-05,{NUMBER},镇妇联、镇工会,,,2021-11-26,\n"
    f'town-2,李军,男,1975年3月,,,"{TEN}",10,2021/11/26,\n县级第1选区,王芳,女,,{NUMBER},镇妇联,,,2021年11月26日,\n'
)


@pytest.fixture
def town(office: Office) -> Town:
    return a_town(office)


@pytest.fixture
def run(app: Flask, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("XUANBAN_DATA", app.config["XUANBAN_DATA"])
    monkeypatch.delenv("DATABASE_URL", raising=False)

    def call(text: str, *options: str, encoding: str = "gb18030") -> Result:
        db.session.rollback()
        path = tmp_path / "推荐.csv"
        path.write_text(text, encoding=encoding)
        return CliRunner().invoke(command, ["candidates", str(path), *options])

    return call


def registered() -> list[tuple[str, str, str, int]]:
    """(district, name, organisations, signatures) of every nomination."""
    db.session.rollback()
    db.session.expire_all()
    found = db.session.scalars(select(Nomination).order_by(Nomination.id))
    return [
        (one.district.code, one.person.name, one.organisation, len(one.cosigners)) for one in found
    ]


def places(done: Result) -> list[str]:
    """row:column and code of every line on stderr."""
    lines = (line.split("推荐.csv:")[1] for line in done.stderr.splitlines())
    return [" ".join(line.split(" ")[:2]).replace(": ", " ") for line in lines]


def test_nominations_are_registered_as_the_page_does_it(run: Run) -> None:
    done = run(GOOD, "--json")
    assert done.exit_code == 0, done.output
    assert [row["action"] for row in json.loads(done.stdout)["rows"]] == ["add"] * 3
    assert registered() == [
        ("town-1", "王芳", "镇妇联、镇工会", 0),
        ("town-2", "李军", "", 10),
        ("county-1", "王芳", "镇妇联", 0),
    ]
    people = db.session.scalars(select(Person).order_by(Person.id)).all()
    assert [(one.name, one.birth_month, one.nationality) for one in people] == [
        ("王芳", "1980-05", "汉族"),
        ("李军", "1975-03", "汉族"),
    ]
    assert NUMBER not in done.output
    assert verify(db.session()) == []


def test_the_same_file_again_changes_nothing(run: Run) -> None:
    run(GOOD)
    again = run(GOOD, encoding="utf-8-sig")
    assert again.stdout.splitlines()[-1] == "新增0个、修改0个、跳过3个 / add 0, change 0, skip 3"
    assert len(registered()) == 3


def test_a_dry_run_tries_every_act_and_keeps_nothing(run: Run) -> None:
    done = run(GOOD, "--dry-run")
    assert (done.exit_code, registered()) == (0, [])
    assert done.stdout.splitlines()[-1].startswith("新增3个、修改0个、跳过0个（未保存）")


def test_all_faults_come_together_and_nothing_is_stored(run: Run, town: Town) -> None:
    receive(town, "赵敏", 2, nominators=by_organisation("镇工会"))
    before = registered()
    done = run(
        f"{HEAD}"
        "镇级第9选区,王芳,女,,,镇妇联,,,2021-11-26,\n"
        "第一片,张1,其他,1980-13,123,,,,2099-01-01,\n"
        "town-1,孙强,男,,,镇妇联,选民,,2021-11-26,\n"
        "town-1,胡军,男,,,,选民；选民,3,2021-11-26,\n"
        "town-1,赵敏,女,,,镇妇联,,,2021-11-26,\n"
        "town-1,朱琳,女,,,镇妇联,,,11月26日,也许\n"
    )
    assert (done.exit_code, done.stdout, registered()) == (2, "", before)
    assert places(done) == [
        "2:选区 E.841",
        "3:选区 E.841",
        "3:姓名 E.405",
        "3:性别 E.822",
        "3:出生年月 E.840",
        "3:身份证号码 E.491",
        "3:推荐单位 E.842",
        "3:收到日期 E.839",
        "4:推荐单位 E.842",
        "5:联名人数 E.843",
        "6:姓名 R.470",
        "7:收到日期 E.838",
        "7:同名 E.822",
    ]


def test_a_namesake_and_the_same_person_are_told_apart_by_the_office(run: Run, town: Town) -> None:
    receive(town, "赵敏", 2, nominators=by_organisation("镇工会"))
    same = f"{HEAD}town-1,赵敏,女,,,镇妇联,,,2021-11-26,同一人\n"
    other = f"{HEAD}town-3,赵敏,女,,,镇妇联,,,2021-11-26,另一人\n"
    assert (run(same).exit_code, run(other).exit_code) == (0, 0)
    people = db.session.scalars(select(Person.id).where(Person.name == "赵敏")).all()
    assert len(people) == 2


def test_a_table_without_a_needed_column_or_without_rows_is_said(run: Run) -> None:
    short = run("姓名,性别\n王芳,女\n")
    assert [line.split(" ")[1] for line in short.stderr.splitlines()] == ["E.812", "E.812"]
    assert [line.split(" ")[1] for line in run(HEAD).stderr.splitlines()] == ["E.823"]


def test_nobody_is_added_once_the_stage_is_over(run: Run, office: Office, town: Town) -> None:
    other = a_town(office, phase=Phase.POLLING)
    done = run(GOOD, "--election", str(other.election_id))
    assert (done.exit_code, places(done)[0]) == (2, "2:姓名 R.151")
