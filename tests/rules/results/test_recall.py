"""The recall of a deputy: EL 52-53, ZJ 56, R10.3."""

import pytest

from election.rules.results import Case, decide


def recall(registered, votes):
    raw = {"kind": "recall", "seats": 1, "registered": registered, "votes": {"for": votes}}
    return decide(Case.from_document(raw))


@pytest.mark.parametrize(
    ("registered", "votes", "elected"),
    [
        (1200, 600, ()),
        (1200, 601, ("recalled",)),
        (1200, 590, ()),  # though 650 took part
        (1201, 600, ()),
        (1201, 601, ("recalled",)),
    ],
)
def test_a_recall_takes_more_than_half_of_all_voters_ex_61(registered, votes, elected):
    outcome = recall(registered, votes)
    assert (outcome.valid, outcome.need, outcome.elected) == (True, 601, elected)


def test_nothing_follows_a_recall():
    outcome = recall(1200, 600)
    assert (outcome.next, outcome.next_seats, outcome.missing, outcome.flags) == (None, 0, 0, ())
    assert outcome.next_candidates is None


@pytest.mark.parametrize(
    ("votes", "zh", "en"),
    [
        (600, "罢免未通过。", "The recall fails."),
        (601, "罢免通过。", "The recall passes."),
    ],
)
def test_the_step_says_the_figures(votes, zh, en):
    (step,) = recall(1200, votes).steps
    assert (step.rule, step.article) == ("R10.3", "EL 52-53; ZJ 56")
    assert step.text.zh == f"全选区登记选民1200名，过半数为601票；赞成罢免{votes}票，{zh}"
    assert step.text.en == (
        "1200 voters are registered; more than half of all of them is 601 votes."
        f" For the recall: {votes}. {en}"
    )


def test_a_recall_needs_no_seats_in_the_case():
    raw = {"kind": "recall", "registered": 10, "votes": {"for": 6}}
    assert decide(Case.from_document(raw)).elected == ("recalled",)
