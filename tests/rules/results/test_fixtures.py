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
