"""`calc districts`: the promised document, refusals, every fault of both files at once."""

import json
import subprocess
import sys
from pathlib import Path
from shlex import split
from typing import Any

import pytest
from click.testing import CliRunner, Result

from election.cli.calc.districts import command
from election.exchange.units import table
from election.jobs import planner
from election.planning.districting import PlanRequest, ProposedPlan
from election.queries.units.table import UnitRow, UnitValues
from election.rules.units.checks import VoterGroup
from election.rules.units.kinds import UnitKind
from tests.jobs import children

ROOT = Path(__file__).parents[2]
UNITS = (
    "code,name,population,x,y\nA,东村,600,1,2\nB,西村,580,2,2\nC,南村,5000,3,3\nD,北村,320,4,4\n"
)
EDGES = "a,b\nA,B\nB,C\nC,D\nD,A\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "edges.csv").write_text(EDGES, encoding="utf-8")
    return tmp_path


def files_of(folder: Path) -> list[str]:
    return [str(folder / "units.csv"), "--adjacency", str(folder / "edges.csv")]


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, [*files_of(folder), *arguments])


def test_one_json_document_of_the_promised_shape_is_printed(folder) -> None:
    result = run(folder, "--seats", "13", "--json")
    document = json.loads(result.stdout)
    assert document.pop("seconds") >= 0
    assert document.pop("steps") >= 0
    assert document == {
        "objective": "max",
        "value": 0.0,
        "lower_bound": 0.0,
        "optimal": True,
        "districts": [
            {
                "district": 1,
                "seats": 3,
                "population": 1500,
                "units": ["A", "B", "D"],
                "deviation": 0.0,
            },
            {"district": 2, "seats": 3, "population": 1500, "units": ["C#1"], "deviation": 0.0},
            {"district": 3, "seats": 3, "population": 1500, "units": ["C#2"], "deviation": 0.0},
            {"district": 4, "seats": 2, "population": 1000, "units": ["C#3"], "deviation": 0.0},
            {"district": 5, "seats": 2, "population": 1000, "units": ["C#4"], "deviation": 0.0},
        ],
        "splits": [
            {
                "unit": "C",
                "seats": 10,
                "population": 5000,
                "parts": [
                    {"unit": "C#1", "seats": 3, "population": 1500},
                    {"unit": "C#2", "seats": 3, "population": 1500},
                    {"unit": "C#3", "seats": 2, "population": 1000},
                    {"unit": "C#4", "seats": 2, "population": 1000},
                ],
            },
        ],
    }
    assert (result.exit_code, result.stderr, result.stdout.count("\n")) == (0, "", 1)


def test_the_command_is_reached_from_the_command_line(folder) -> None:
    options = "--seats 13 --objective sum --max-seats 2 --time-limit 5 --seed 7 --json"
    done = subprocess.run(
        [sys.executable, "-m", "election", "calc", "districts", *files_of(folder), *split(options)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads(done.stdout)
    assert (document["objective"], sum(d["seats"] for d in document["districts"])) == ("sum", 13)
    assert {d["seats"] for d in document["districts"]} <= {1, 2}


def test_the_same_seed_prints_the_same_plan(folder) -> None:
    first, second = (json.loads(run(folder, "--seats", "11", "--json").stdout) for _ in range(2))
    del first["seconds"], second["seconds"]
    assert first == second


def test_the_steps_of_a_plan_print_it_again_whatever_the_time(folder, monkeypatch) -> None:
    asked: list[PlanRequest] = []
    solve = planner.run

    def remember(request: PlanRequest, **options: Any) -> ProposedPlan:
        asked.append(request)
        return solve(request, **options)

    monkeypatch.setattr(planner, "run", remember)
    first = json.loads(run(folder, "--seats", "15", "--json").stdout)
    again = json.loads(run(folder, "--seats", "15", "--steps", "40", "--json").stdout)
    both = run(folder, "--seats", "15", "--steps", "40", "--time-limit", "9", "--json")
    assert (first["optimal"], again["steps"], both.exit_code) == (True, 40, 0)
    assert json.loads(both.stdout)["districts"] == again["districts"]
    limits = [(request.time_limit, request.steps) for request in asked]
    assert limits == [(60.0, None), (None, 40), (9.0, 40)]


def test_without_json_the_plan_is_told_in_lines(folder) -> None:
    result = run(folder, "--seats", "13")
    assert result.stdout.splitlines() == [
        "第1选区\t3名\t1500人\t0.00%\tA、B、D",
        "第2选区\t3名\t1500人\t0.00%\tC#1",
        "第3选区\t3名\t1500人\t0.00%\tC#2",
        "第4选区\t2名\t1000人\t0.00%\tC#3",
        "第5选区\t2名\t1000人\t0.00%\tC#4",
        "max: 0.0000 (>= 0.0000) 已证明最优 / proven optimal\t0步 / steps",
    ]
    assert result.exit_code == 0


def test_four_seats_a_district_exit_1_with_the_article(folder) -> None:
    result = run(folder, "--seats", "13", "--max-seats", "4", "--json")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith("R.214 [EL 25; ZJ 20] 不能按每个选区最多4名划分")
    assert json.loads(result.stdout)["refused"]["code"] == "R.214"


def test_every_fault_of_both_files_is_told_at_once(folder) -> None:
    (folder / "units.csv").write_text(
        "code,name,population\nA,东村,600\nA,西村,5x\n,南村,1\nA#1,北村,7\n", encoding="utf-8"
    )
    (folder / "edges.csv").write_text("a,b\nA,X\nA,A\n,A\n", encoding="utf-8")
    result = run(folder, "--seats", "5", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert [line.replace(f"{folder}/", "") for line in result.stderr.splitlines()] == [
        'units.csv:3:code: 单元编码“A”与第2行重复 / unit code "A" already stands in line 2',
        "units.csv:3:population: 人口数“5x”应为0或正整数 / "
        'population "5x" must be a whole number, 0 or more',
        "units.csv:4:code: 单元编码为空 / the unit code is empty",
        "units.csv:5:code: 单元编码“A#1”会与拆分后的编号混淆 / "
        'unit code "A#1" would be mistaken for a part of another unit',
        'edges.csv:2:b: 单元“X”不在单元表中 / unit "X" is not in the list of units',
        'edges.csv:3:b: 单元“A”与自身相邻 / unit "A" cannot touch itself',
        'edges.csv:4:a: 单元“”不在单元表中 / unit "" is not in the list of units',
    ]


@pytest.mark.parametrize(
    ("file", "header", "column"),
    [("units.csv", "code,population", "name"), ("edges.csv", "a,c", "b")],
)
def test_a_missing_column_exits_2(folder, file, header, column) -> None:
    (folder / file).write_text(f"{header}\nA,1\n", encoding="utf-8")
    result = run(folder, "--seats", "5")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert result.stderr.startswith(f"{folder / file}:1:{column}: ")


def test_an_area_in_more_parts_than_seats_exits_2(folder) -> None:
    (folder / "edges.csv").write_text("a,b\n", encoding="utf-8")
    result = run(folder, "--seats", "3")
    assert (result.exit_code, result.stderr) == (
        2,
        "--seats: 单元互不相连，分成4片，每片至少1名，名额3名不够 / the units fall into 4 "
        "unconnected parts that need a seat each; 3 seats are too few\n",
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["--seats", "x"],
        ["--seats", "0"],
        ["--seats", "5", "--time-limit", "0"],
        ["--seats", "5", "--time-limit", "nan"],
        ["--seats", "5", "--objective", "least"],
        ["--seats", "5", "--seed", "-1"],
        ["--seats", "5", "--max-seats", "0"],
        [],
    ],
)
def test_options_that_cannot_be_used_exit_2(folder, arguments) -> None:
    result = run(folder, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_planner_that_dies_is_one_line_and_no_document(folder, monkeypatch) -> None:
    monkeypatch.setattr(planner, "answer", children.exit_with_7)
    result = run(folder, "--seats", "5", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"{folder / 'units.csv'}: 计算意外中断，没有得出方案，请重试 / the planner ended without a "
        "plan, try again\n"
    )


def test_fixed_choices_are_kept(folder) -> None:
    result = run(
        folder,
        "--seats",
        "13",
        "--together",
        "A,B",
        "--apart",
        "B,D",
        "--alone",
        "D",
        "--min-districts",
        "5",
        "--max-districts",
        "9",
        "--json",
    )
    districts = [(d["units"], d["seats"]) for d in json.loads(result.stdout)["districts"]]
    assert (districts[:2], districts[-1]) == ([(["A", "B"], 2), (["C#1"], 3)], (["D"], 1))


def test_locks_regions_and_splits_are_options_too(folder) -> None:
    result = run(
        folder, "--seats", "13", "--locked", "A,D:3", "--split", "B", "--region", "A, D", "--json"
    )
    document = json.loads(result.stdout)
    assert [s["unit"] for s in document["splits"]] == ["B", "C"]
    assert document["districts"][0]["units"] == ["A", "D"]


def test_choices_that_contradict_each_other_exit_2_under_their_option(folder) -> None:
    result = run(folder, "--seats", "13", "--together", "A,B", "--apart", "A,B", "--split", "X")
    assert (result.exit_code, result.stderr) == (
        2,
        '--split: 固定要求中的单元“X”不在单元表中，请改正编码 / unit "X" of the fixed choices is '
        "not in the list of units; correct its code\n",
    )
    result = run(folder, "--seats", "13", "--together", "A,B", "--apart", "A,B")
    assert result.stderr.startswith("--apart: 单元“A”和“B”既要在一起又要分开，只能取其一 / ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--together", "A"],
        ["--apart", "A,B,C"],
        ["--locked", "A"],
        ["--locked", "A:x"],
        ["--alone", ""],
        ["--region", "A,,B"],
        ["--min-districts", "-1"],
    ],
)
def test_choices_written_wrongly_exit_2(folder, arguments) -> None:
    result = run(folder, "--seats", "13", *arguments)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


def test_a_big_unit_is_split_along_its_voter_groups(folder) -> None:
    (folder / "units.csv").write_text(
        "code,name,population,groups\nA,东村,600,\nB,西村,580,\n"
        "C,南村,2500,一组:1000; 二组:500;三组:1000\nD,北村,320,\n",
        encoding="utf-8",
    )
    document = json.loads(run(folder, "--seats", "8", "--json").stdout)
    assert document["splits"] == [
        {
            "unit": "C",
            "seats": 5,
            "population": 2500,
            "parts": [
                {"unit": "C#1", "seats": 3, "population": 1500, "groups": ["一组", "二组"]},
                {"unit": "C#2", "seats": 2, "population": 1000, "groups": ["三组"]},
            ],
        }
    ]
    (folder / "units.csv").write_text(
        "code,name,population,groups\nA,东村,600,一组\nB,西村,580,\nC,南村,5,\nD,北村,3,\n",
        encoding="utf-8",
    )
    result = run(folder, "--seats", "8")
    assert result.exit_code == 2
    assert "units.csv:2:groups: 选民小组“一组”应写作“一组:120;二组:130”的样子" in result.stderr


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_file_that_export_units_writes_is_read_as_it_is(folder, language) -> None:
    groups = (VoterGroup("一组", 700), VoterGroup("二组", 1_300))
    stored = [
        UnitRow(1, 1, UnitValues("A", "东村", UnitKind.VILLAGE, 500, 450)),
        UnitRow(2, 1, UnitValues("B", "西村", UnitKind.VILLAGE, 2_000, 2_700, voter_groups=groups)),
        UnitRow(3, 1, UnitValues("C", "南村", UnitKind.VILLAGE, 500, None)),
    ]
    (folder / "units.csv").write_bytes(table.export_csv(stored, language))
    (folder / "edges.csv").write_text("a,b\nA,B\nB,C\n", encoding="utf-8")
    document = json.loads(run(folder, "--seats", "6", "--json").stdout)
    assert [(d["units"], d["population"]) for d in document["districts"]] == [
        (["A"], 500),
        (["B#1"], 700),
        (["B#2"], 1_300),
        (["C"], 500),
    ]
    assert run(folder, "--seats", "6", "--basis", "household", "--json").exit_code == 0
    refused = run(folder, "--seats", "6", "--basis", "resident", "--json")
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert "what is not known is not 0" in refused.stderr
