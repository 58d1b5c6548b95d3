"""A tie that stays: what the committee may decide, and how its decision stands in the outcome."""

from dataclasses import replace
from datetime import date

import pytest

from election.rules.results import BallotKind, Case, RoundRule, decide
from election.rules.results.certified import CertifiedOutcome, Choice, Decision
from election.rules.results.ties import decided
from election.rules.terms import RuleViolation

DECISION = Decision(
    choice=Choice.VACANT,
    reference="选委会〔2021〕11号",
    day=date(2021, 12, 18),
    reason="两次相等。",
)


def outcome(attempt: int = 2, *, b: int = 80, c: int = 80) -> CertifiedOutcome:
    """One seat, two people who were level; the profile allows two repeat votes."""
    ballot = decide(
        Case(
            kind=BallotKind.DEPUTIES,
            round=RoundRule("tie_repeat"),
            attempt=attempt,
            seats=1,
            registered=400,
            issued=300,
            returned=300,
            void=0,
            votes={"B": b, "C": c},
        )
    )
    return CertifiedOutcome.of(ballot)


def decide_so(level: CertifiedOutcome, **other: object) -> CertifiedOutcome:
    decision = replace(DECISION, **other)
    return decided(level, decision, polling_day=date(2021, 12, 16), today=date(2021, 12, 20))


def test_the_decision_stands_beside_the_outcome_and_elects_nobody() -> None:
    """R9.4: the law is silent; the program draws no lots."""
    before, result = outcome().to_json(), decide_so(outcome())
    after = result.to_json()
    assert {name: after[name] for name in before if name not in ("steps", "flags")} == {
        name: before[name] for name in before if name not in ("steps", "flags")
    }
    assert (after["next"], after["elected"], result.due) == ("unresolved_tie", [], "vacant")
    assert after["flags"] == ["LAW_SILENT"]
    step = after["steps"][-1]
    assert (step["rule"], step["article"]) == ("R9.4", "EL 45(3); ZJ 49(2)")
    assert step["text"] == {
        "zh": "余下1名得票相等如何处理，法律未作规定，程序不抽签。"
        "选举委员会2021年12月18日书面决定（选委会〔2021〕11号）：不再投票，名额空缺。"
        "理由：两次相等。",
        "en": "Seats held up by the tie: 1. The law is silent and the program draws no lots."
        " Written decision 选委会〔2021〕11号 of the election committee, 2021-12-18:"
        " no more votes are held and the seats stay vacant. Reason: 两次相等.",
    }


def test_a_later_decision_takes_the_place_of_the_earlier_one_and_of_its_sentence() -> None:
    first = decide_so(outcome())
    second = decide_so(first, choice=Choice.AGAIN)
    assert len(second.steps) == len(first.steps) == len(outcome().steps) + 1
    assert second.committee.choice is Choice.AGAIN


def test_until_the_committee_decides_the_outcome_asks_for_its_decision() -> None:
    assert (outcome().left_to_committee, outcome().due) == (True, "unresolved_tie")
    assert decide_so(outcome(), choice=Choice.AGAIN).due == "tie_repeat_vote"


def test_what_the_law_settles_is_not_left_to_the_committee() -> None:
    for settled in (outcome(b=90), outcome(attempt=1)):
        assert not settled.left_to_committee
        with pytest.raises(RuleViolation) as refused:
            decide_so(settled)
        assert refused.value.code.id == "R.624"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"reference": " "}, "R.625"),
        ({"reason": " "}, "R.625"),
        ({"day": date(2021, 12, 15)}, "R.626"),
        ({"day": date(2021, 12, 21)}, "R.626"),
    ],
)
def test_a_decision_is_written_and_dated_between_the_vote_and_today(other: dict, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        decide_so(outcome(), **other)
    assert refused.value.code.id == code


def test_nobody_level_cannot_vote_again() -> None:
    nobody = replace(outcome(), tied=(), tied_seats=0, missing=1)
    with pytest.raises(RuleViolation) as refused:
        decide_so(nobody, choice=Choice.AGAIN)
    assert refused.value.code.id == "R.627"
    assert decide_so(nobody).due == "vacant"
