"""The published worked cases, one test by the name of each."""

import json
from pathlib import Path

import pytest

from election.rules.results import Case, decide
from election.rules.terms import InputFaults
from tests.rules.oracle_results import answer

FIXTURE = Path(__file__).parents[1] / "fixtures" / "cases" / "results.jsonl"
ROWS = [json.loads(line) for line in FIXTURE.read_text(encoding="utf-8").splitlines()]
# its 1,420 votes do not fit on 698 valid papers with 2 votes each: the contract refuses them
IMPOSSIBLE = "EX-50 cut between equal candidates"
POSSIBLE = [row for row in ROWS if row["name"] != IMPOSSIBLE]


def listed(said):
    """The published outcomes leave out `steps` and the flag LAW_SILENT."""
    flags = [flag for flag in said["flags"] if flag != "LAW_SILENT"]
    return {**{key: value for key, value in said.items() if key != "steps"}, "flags": flags}


@pytest.mark.parametrize("row", POSSIBLE, ids=[row["name"] for row in POSSIBLE])
def test_the_worked_case(row):
    assert listed(decide(Case.from_json(row["case"])).to_json()) == row["expected"]


@pytest.mark.parametrize("row", POSSIBLE, ids=[row["name"] for row in POSSIBLE])
def test_the_second_reading_knows_the_worked_case_too(row):
    assert listed(answer(row["case"])) == row["expected"]


def test_ex_50_as_published_has_more_votes_than_its_papers_can_carry():
    (row,) = [row for row in ROWS if row["name"] == IMPOSSIBLE]
    with pytest.raises(InputFaults) as caught:
        Case.from_json(row["case"])
    assert [fault.field for fault in caught.value.faults] == ["votes"]


def test_ex_50_with_votes_that_fit_its_papers():
    (row,) = [row for row in ROWS if row["name"] == IMPOSSIBLE]
    case = {**row["case"], "votes": {**row["case"]["votes"], "A": 396}}
    assert listed(decide(Case.from_json(case)).to_json()) == row["expected"]
