"""`calc apportion`: the promised document, ties with exit 1, every fault with line and column."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from election.cli.calc.apportion import command

ROOT = Path(__file__).parents[2]
FIVE_STATES = "code,population\nA,9061\nB,7179\nC,5259\nD,3319\nE,1182\n"


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, [str(path), *arguments])


@pytest.fixture
def units(tmp_path: Path) -> Path:
    path = tmp_path / "units.csv"
    path.write_text(FIVE_STATES, encoding="utf-8")
    return path


def seats(result: Result) -> list[int]:
    return [unit["seats"] for unit in json.loads(result.stdout)["units"]]


def test_one_json_document_of_the_promised_shape_is_printed(tmp_path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("code,population\nA,1200\nB,650\n", encoding="utf-8")
    result = run(path, "--seats", "3", "--json")
    assert json.loads(result.stdout) == {
        "method": "largest-remainder",
        "seats": 3,
        "quota": {"num": 1850, "den": 3},
        "units": [
            {
                "code": "A",
                "population": 1200,
                "seats": 2,
                "tied": False,
                "persons_per_seat": {"num": 600, "den": 1},
                "deviation": -1 / 37,
            },
            {
                "code": "B",
                "population": 650,
                "seats": 1,
                "tied": False,
                "persons_per_seat": {"num": 650, "den": 1},
                "deviation": 2 / 37,
            },
        ],
        "tied_seats": 0,
        "max_deviation": 2 / 37,
    }
    assert (result.exit_code, result.stderr, result.stdout.count("\n")) == (0, "", 1)


def test_the_command_is_reached_from_the_command_line(units) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "election",
            "calc",
            "apportion",
            str(units),
            "--seats",
            "26",
            "--method",
            "dhondt",
            "--json",
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [unit["seats"] for unit in json.loads(done.stdout)["units"]] == [10, 7, 5, 3, 1]


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("largest-remainder", [9, 7, 5, 4, 1]),
        ("sainte-lague", [9, 8, 5, 3, 1]),
        ("huntington-hill", [9, 7, 6, 3, 1]),
        ("dhondt", [10, 7, 5, 3, 1]),
        ("adams", [9, 7, 5, 3, 2]),
        ("dean", [9, 7, 5, 4, 1]),
    ],
)
def test_every_method_answers_under_its_name(units, method, expected) -> None:
    assert seats(run(units, "--seats", "26", "--method", method, "--json")) == expected


def test_floor_and_cap_are_kept(units) -> None:
    # A is set aside at 8, then E at 2; B 7.29, C 5.34 and D 3.37 share the 16 that are left
    result = run(units, "--seats", "26", "--floor", "2", "--cap", "8", "--json")
    assert (seats(result), result.exit_code) == ([8, 7, 5, 4, 2], 0)


def test_a_tie_for_the_last_seats_exits_1_with_the_document(tmp_path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("code,population\nA,56\nB,8\nC,44\n", encoding="utf-8")
    result = run(path, "--seats", "9", "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, seats(result), document["tied_seats"]) == (1, [4, 0, 3], 2)
    assert [unit["tied"] for unit in document["units"]] == [True, True, True]
    assert document["units"][1]["persons_per_seat"] is None


def test_without_json_the_outcome_is_told_in_lines(tmp_path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("code,population\nA,15\nB,15\nC,10\n", encoding="utf-8")
    result = run(path, "--seats", "3")
    lines = result.stdout.splitlines()
    assert lines[:3] == ["A\t15\t1\t+12.50%", "B\t15\t1\t+12.50%", "C\t10\t1\t-25.00%"]
    assert lines[3].startswith("按整数部分分配2名，余1名按余数大小分配 / ")
    assert (len(lines), result.exit_code) == (4, 0)


def test_without_json_a_tie_names_what_is_held_back(tmp_path) -> None:
    path = tmp_path / "units.csv"
    path.write_text("code,population\nA,5\nB,5\n", encoding="utf-8")
    result = run(path, "--seats", "3")
    assert result.stdout.splitlines()[0] == "A\t5\t1\t+50.00%\t并列待定 tied"
    assert result.stdout.splitlines()[-1] == (
        "保留1名，由选举委员会决定 / 1 seats held back for the election committee"
    )
    assert result.exit_code == 1


def test_the_nineteen_towns_of_xiangshan_are_read_with_their_further_columns() -> None:
    path = ROOT / "docs/examples/xiangshan_towns_census2000.csv"
    result = run(path, "--seats", "236", "--floor", "1", "--json")
    assert seats(result) == [51, 40, 9, 13, 14, 10, 9, 6, 13, 5, 8, 7, 10, 6, 9, 7, 5, 5, 9]
    assert sum(seats(result)) == 236


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_codes_are_read_in_every_usual_encoding(tmp_path, encoding) -> None:
    path = tmp_path / "units.csv"
    path.write_text("code,population\n鹤浦村,20\n樊岙村,10\n", encoding=encoding)
    result = run(path, "--seats", "3", "--json")
    assert [unit["code"] for unit in json.loads(result.stdout)["units"]] == ["鹤浦村", "樊岙村"]


def test_every_bad_row_is_told_at_once_with_file_line_and_column(tmp_path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        "code,population\nA,12\nA,5\n,7\nB,-6\nC,1.5\nD,\nE,约12\nF,1000000000000000\n",
        encoding="utf-8",
    )
    result = run(path, "--seats", "3", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert [line.split(" / ")[1] for line in result.stderr.splitlines()] == [
        'unit code "A" already stands in line 2',
        "the unit code is empty",
        'population "-6" must be a whole number, 0 or more',
        'population "1.5" must be a whole number, 0 or more',
        "the population is empty; what is not known is not 0",
        'population "约12" must be a whole number, 0 or more',
        'population "1000000000000000" must be a whole number, 0 or more',
    ]
    places = [line.split(": ")[0].removeprefix(f"{path}:") for line in result.stderr.splitlines()]
    assert places == [
        "3:code",
        "4:code",
        "5:population",
        "6:population",
        "7:population",
        "8:population",
        "9:population",
    ]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        (
            "code,persons\nA,1\n",
            'column "population" is missing; the header should have code,population',
        ),
        ("code,population\n", "there are no units"),
        ("code,population\nA,0\n", "the total population is 0: there is no proportion to keep"),
    ],
)
def test_a_file_that_cannot_be_used_exits_2(tmp_path, text, english) -> None:
    path = tmp_path / "units.csv"
    path.write_text(text, encoding="utf-8")
    result = run(path, "--seats", "3", "--json")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.rstrip("\n").endswith(f" / {english}")


def test_a_missing_file_exits_2(tmp_path) -> None:
    result = run(tmp_path / "none.csv", "--seats", "3")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["--seats", "0"],
            "--seats: 名额应为1至1000000的整数，不是0 / seats must be 1 to 1000000, not 0",
        ),
        (
            ["--seats", "4", "--floor", "1"],
            "--seats: 名额4名不够：各单元下限合计5名 / 4 seats are too few: the floors take 5",
        ),
        (
            ["--seats", "4", "--method", "adams"],
            "--seats: 名额4名不够：按此方法有人口的单元至少1名，连同下限共需5名 / 4 seats are too "
            "few: this method gives every unit with people at least 1, with the floors "
            "that takes 5",
        ),
        (
            ["--seats", "16", "--cap", "3"],
            "--cap: 名额16名放不下：按上限最多只能分配15名（无人口的单元只得下限） / 16 seats do "
            "not fit: the caps leave room for 15 (a unit without people gets the floor only)",
        ),
        (
            ["--seats", "9", "--floor", "3", "--cap", "2"],
            "--floor: 下限3、上限2矛盾 / floor 3 and cap 2 contradict each other",
        ),
    ],
)
def test_figures_that_cannot_be_kept_exit_2_under_the_name_of_the_option(
    units, arguments, line
) -> None:
    result = run(units, *arguments, "--json")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{line}\n")


@pytest.mark.parametrize(
    "arguments",
    [["--seats", "x"], ["--seats", "3", "--method", "lots"], ["--seats", "3", "--floor", "-1"], []],
)
def test_options_that_cannot_be_read_exit_2(units, arguments) -> None:
    result = run(units, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_row_of_another_width_is_one_fault_among_all_others(units) -> None:
    units.write_text("code,population\nA,10\nB,1,2\nC,x\nD\n,5\n", encoding="utf-8")
    done = run(units, "--seats", "3")
    assert done.exit_code == 2
    assert [line.split(": ")[0].removeprefix(str(units)) for line in done.stderr.splitlines()] == [
        ":3",
        ":4:population",
        ":5",
        ":6:code",
    ]
