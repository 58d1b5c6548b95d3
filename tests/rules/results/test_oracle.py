"""Two independent readings of the law agree on thousands of random ballots of every kind."""

import pytest
from hypothesis import given

from election.rules.results import Case, decide
from tests.rules.results.cases import Dice, cases, random_case
from tests.rules.results.oracle import answer

EVERY_OUTCOME = {
    "deputies": {
        None,
        "rerun_election",
        "tie_repeat_vote",
        "further_election",
        "vacant",
        "unresolved_tie",
    },
    "officers": {None, "rerun_election", "tie_repeat_vote", "further_election", "unresolved_tie"},
    "projects": {None, "rerun_election", "tie_repeat_vote", "congress_decides", "unresolved_tie"},
    "recall": {None},
}


def outcome(case):
    raw = decide(Case.from_document(case)).to_json()
    del raw["steps"]
    return raw


@pytest.mark.parametrize("kind", EVERY_OUTCOME)
def test_a_naive_second_reading_finds_the_same_outcome(kind):
    dice, naive = Dice(len(kind)), set()
    for _ in range(3000):
        case = random_case(dice, (kind,))
        raw = outcome(case)
        assert raw == answer(case), case
        naive.add(raw["next"])
    assert naive == EVERY_OUTCOME[kind]  # else the comparison would prove too little


@given(case=cases())
def test_a_naive_second_reading_finds_the_same_outcome_where_hypothesis_looks(case):
    assert outcome(case) == answer(case)
