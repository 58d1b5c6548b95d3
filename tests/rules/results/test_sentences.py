"""Every sentence an official or a resident reads, word for word, for ballots of every kind."""

import json
from pathlib import Path

import pytest

from election.rules.results import Case, decide

FIXTURE = Path(__file__).parents[2] / "fixtures" / "cases" / "results_sentences.json"
ROWS = json.loads(FIXTURE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_the_steps_say_it_in_these_words(row):
    steps = decide(Case.from_document(row["case"])).steps
    assert [[s.rule, s.article, s.text.zh, s.text.en] for s in steps] == row["steps"]
