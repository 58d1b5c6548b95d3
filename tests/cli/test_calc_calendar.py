"""`calc calendar`: the promised shape, both readings, a table for reading, bad dates."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from election.cli.calc.calendar import command

ROOT = Path(__file__).parents[2]
KEYS = [
    "roll_published",
    "objection_last",
    "nominations_close",
    "first_list_published",
    "late_registration_last",
    "formal_list_published",
    "court_suit_last",
    "roll_frozen",
    "court_ruling",
    "election_day",
    "further_election_last",
    "first_session_last",
]
PROMISED = {
    "key": "roll_published",
    "t": -20,
    "limit": "2021-11-26",
    "safe": "2021-11-25",
    "kind": "at_least_before",
    "article": "EL 28; ZJ 33",
    "actor": "committee",
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["--election-day", *arguments])


@pytest.mark.parametrize(
    ("day", "article"),
    [
        ("2006-12-12", "OL2015 16; ZTC 15"),  # the oldest text known stands for older ones
        ("2021-12-16", "OL2015 16; ZTC 15"),
        ("2022-03-12", "OL 20; ZTC 15"),
        ("2026-12-08", "OL 20; ZTC 15"),
    ],
)
def test_the_first_session_follows_the_organic_law_of_the_day(day: str, article: str) -> None:
    items = json.loads(run(day, "--json").output)["items"]
    assert items[-1]["article"] == article


def test_one_json_document_of_the_promised_shape_is_printed() -> None:
    result = run("2021-12-16", "--json")
    document = json.loads(result.stdout)
    assert (document["election_day"], document["mode"]) == ("2021-12-16", "inclusive")
    assert [item["key"] for item in document["items"]] == KEYS
    first = document["items"][0]
    assert {key: first[key] for key in PROMISED} == PROMISED
    assert (result.exit_code, result.stderr, result.stdout.count("\n")) == (0, "", 1)


def test_the_command_is_reached_from_the_command_line() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "election",
            "calc",
            "calendar",
            "--election-day",
            "2021-12-16",
            "--mode",
            "strict",
            "--json",
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads(done.stdout)
    assert (document["mode"], document["items"][0]["limit"]) == ("strict", "2021-11-25")


def test_a_by_election_leaves_out_what_it_does_not_have() -> None:
    document = json.loads(run("2021-12-16", "--by-election", "--json").stdout)
    keys = [item["key"] for item in document["items"]]
    absent = ("late_registration_last", "first_session_last")
    assert keys == [key for key in KEYS if key not in absent]
    assert document["by_election"] is True
    assert [one["code"] for one in document["findings"]] == ["W.127"]


def test_without_json_a_table_in_order_of_time_is_printed() -> None:
    result = run("2021-12-16", "--by-election")
    lines = result.stdout.splitlines()
    assert re.split("  +", lines[0]) == [
        "期限 Day",
        "最迟 Last legal day",
        "稳妥 Safe day",
        "事项 What",
        "负责 Who",
        "依据 Article",
    ]
    assert re.split("  +", lines[1])[:2] == ["T-12", "2021-12-04 周六 Sat"]
    assert [line.split()[0] for line in lines[1:11]] == [
        "T-12",
        "T-8",
        "T-7",
        "T-7",
        "T-7",
        "T-5",
        "T-2",
        "T-1",
        "T",
        "T+15",
    ]
    assert re.split("  +", lines[9])[1:] == [
        "2021-12-16 周四 Thu",
        "2021-12-16 周四 Thu",
        "选举日 election day",
        "主持补选的机构 body presiding over the by-election",
        "EL 11; ZJ 13",
    ]
    assert lines[11].startswith("W.127 选民名单公布后，2021年12月7日之后提出的申诉不能用满3日")
    assert lines[12].startswith("  after the roll, objections lodged later than 2021-12-07")
    assert (len(lines), result.exit_code) == (13, 0)


def test_the_columns_of_the_table_stand_under_each_other() -> None:
    lines = run("2021-12-16").stdout.splitlines()[:13]

    def column(line: str, sign: str) -> int:
        before = line[: line.index(sign)]
        return sum(2 if ord(char) > 0x2E80 else 1 for char in before)

    assert {column(line, "2021" if "2021" in line else "2022") for line in lines[1:]} == {10}
    articles = ("EL", "ZJ", "SH", "OL")
    starts = {column(line, next(a for a in articles if a in line)) for line in lines[1:]}
    assert starts == {column(lines[0], "依据")}


@pytest.mark.parametrize(
    "text",
    [
        "2021-02-29",
        "2021-13-01",
        "20211216",
        "2021-W50-4",
        "2021/12/16",
        "21-12-16",
        "2021-12-6",
        "２０２１-12-16",
        "2021-12-16T00:00",
        "二〇二一年",
        "",
        "1900-01-01",
        "9999-12-31",
        "0000-01-01",
    ],
)
def test_a_day_that_cannot_be_used_exits_2_in_one_line(text: str) -> None:
    result = run(text, "--json")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith("--election-day: ")


def test_an_unknown_mode_exits_2() -> None:
    result = run("2021-12-16", "--mode", "exclusive")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert result.stderr.startswith("--mode: ")


def test_a_missing_day_exits_2() -> None:
    assert CliRunner().invoke(command, []).exit_code == 2
