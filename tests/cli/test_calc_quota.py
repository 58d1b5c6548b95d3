"""`calc quota`: the promised shape, refusals with the article, one clear line for bad input."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from election.cli.calc.quota import command

ROOT = Path(__file__).parents[2]
PROMISED = {
    "level": "town",
    "population": 42_000,
    "base": 45,
    "increment": 28,
    "extra": 0,
    "cap": 160,
    "seats": 73,
    "may_be_fewer": False,
    "articles": ["EL 12(1)(4)", "EL 12(2)", "ZJ 15(2)"],
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_one_json_document_of_the_promised_shape_is_printed() -> None:
    result = run("--level", "town", "--population", "42000", "--json")
    document = json.loads(result.stdout)
    assert {key: document[key] for key in PROMISED} == PROMISED
    assert set(document) - set(PROMISED) == {"steps"}
    assert (result.exit_code, result.stderr, result.stdout.count("\n")) == (0, "", 1)


def test_the_command_is_reached_from_the_command_line() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "election",
            "calc",
            "quota",
            "--level",
            "county",
            "--population",
            "1550000",
            "--json",
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["seats"] == 450


def test_without_json_the_steps_are_told_with_their_articles() -> None:
    result = run("--level", "town", "--population", "42000")
    assert result.stdout.splitlines() == [
        "镇的代表名额基数为45名（EL 12(1)(4); ZJ 15(2)）",
        "  base for this kind of area (town): 45 deputies",
        "人口数按户籍人口计算（参数population_basis=HUKOU）；用哪一种人口，法律未作规定"
        "（law silent）",
        "  the population counted is the household-registered population "
        "(parameter population_basis=HUKOU); the law is silent on which one to count",
        "户籍人口42000人，每满1500人可以增加1名，增加28名（EL 12(2)）",
        "  household-registered population 42000: one more for each full 1500, which is 28",
        "按公式最多73名；代表名额由县级人大常委会确定并备案（EL 13; ZJ 16）",
        "  at most 73 by the formula; the number is fixed by the county standing committee and "
        "filed",
        "代表名额 Seats: 73",
    ]
    assert result.exit_code == 0


def test_the_extra_for_a_town_exits_1_with_the_article_on_stderr() -> None:
    result = run("--level", "town", "--population", "25500", "--minority-extra")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("R.101 [EL 12(3); ZJ 15(3)] 镇不能另加5%的代表名额")
    assert result.stderr.count("\n") == 1


def test_with_json_a_refusal_is_one_document_too() -> None:
    result = run(
        "--level", "town", "--kind", "town", "--population", "25500", "--minority-extra", "--json"
    )
    refused = json.loads(result.stdout)["refused"]
    assert (result.exit_code, refused["code"], refused["article"]) == (
        1,
        "R.101",
        "EL 12(3); ZJ 15(3)",
    )
    assert set(refused) == {"code", "rule", "article", "cause", "remedy"}
    assert refused["remedy"]["en"] == "leave the extra out, or correct the kind of area"


@pytest.mark.parametrize(
    ("level", "kind", "population", "seats"),
    [("town", "township", "25500", 65), ("county", "autonomous_county", "300000", 210)],
)
def test_the_extra_is_added_where_the_law_allows_it(
    level: str, kind: str, population: str, seats: int
) -> None:
    result = run(
        "--level", level, "--kind", kind, "--population", population, "--minority-extra", "--json"
    )
    assert (result.exit_code, json.loads(result.stdout)["seats"]) == (0, seats)


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "-5",
        "42,000",
        "42_000",
        "3万",
        "4.2e4",
        "3.0",
        "",
        "一",
        "12345678901",
        "四万",
        "1\n2",
    ],
)
def test_a_population_that_is_no_whole_number_exits_2_in_one_line(text: str) -> None:
    result = run("--level", "town", "--population", text, "--json")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith("--population: ")


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (["--level", "village", "--population", "1"], "--level"),
        (["--level", "TOWN", "--population", "1"], "--level"),
        (["--level", "town", "--kind", "hamlet", "--population", "1"], "--kind"),
        (["--level", "town", "--kind", "county", "--population", "1"], "--kind"),
        (["--level", "county", "--kind", "township", "--population", "1"], "--kind"),
    ],
)
def test_an_unknown_word_or_a_kind_of_the_other_level_exits_2(
    arguments: list[str], option: str
) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith(f"{option}: ")


def test_a_missing_option_exits_2() -> None:
    assert run("--population", "42000").exit_code == 2
    assert run("--level", "town").exit_code == 2
