"""The published worked cases, one test by the name of each."""

import json
from pathlib import Path

import pytest

from election.rules.results import Case, decide
from tests.rules.results.oracle import answer

FIXTURE = Path(__file__).parents[2] / "fixtures" / "cases" / "results.jsonl"
ROWS = [json.loads(line) for line in FIXTURE.read_text(encoding="utf-8").splitlines()]


def listed(raw):
    """The published outcomes leave out `steps` and the flag LAW_SILENT."""
    flags = [flag for flag in raw["flags"] if flag != "LAW_SILENT"]
    return {**{key: value for key, value in raw.items() if key != "steps"}, "flags": flags}


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_the_worked_case(row):
    assert listed(decide(Case.from_document(row["case"])).to_json()) == row["expected"]


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_the_second_reading_knows_the_worked_case_too(row):
    assert listed(answer(row["case"])) == row["expected"]


def test_ex_50_has_more_votes_than_its_papers_carry_and_says_so_first():
    (row,) = [row for row in ROWS if row["name"] == "EX-50 cut between equal candidates"]
    steps = decide(Case.from_document(row["case"])).steps
    assert [step.rule for step in steps][:2] == ["R8.4", "R8.2"]
    assert steps[0].text.zh == (
        "得票合计1420票，多于有效票698张、每张至多2票所能有的1396票：这些数字不会全对，"
        "须先核对计票单。"
    )
