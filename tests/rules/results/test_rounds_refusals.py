"""Whom a further election may not have, and when nothing follows: R5.13, R9.5, R9.7, EL 45(4)."""

from datetime import date

import pytest

from election.rules.profile import profile
from election.rules.results import Case, Consequence, decide
from election.rules.results.certified import CertifiedOutcome
from election.rules.results.rounds import Held, check_day, plan_next
from election.rules.terms import RuleViolation

DAY = date(2021, 12, 16)
DECISION = "选委会〔2021〕5号"
FIRST = {
    "kind": "deputies",
    "round": "first",
    "seats": 1,
    "registered": 1000,
    "issued": 600,
    "returned": 600,
    "void": 0,
}


def held(votes: dict[str, int], **figures: object) -> Held:
    """A certified round as the law decides it."""
    case = {**FIRST, "votes": votes, **figures}
    return Held(
        counts_as=case["round"],
        attempt=case.get("attempt", 1),
        seats=case["seats"],
        candidates=tuple(name for name in votes if not name.startswith("write-in:")),
        polling_day=DAY,
        votes=votes,
        outcome=CertifiedOutcome.of(decide(Case.from_document(case))),
        names={"B": "乙"},
    )


SHORT = held({"A": 290, "B": 200, "C": 100})


def refusal(round_: Held, *chosen: str, decision: str = "") -> RuleViolation:
    with pytest.raises(RuleViolation) as caught:
        plan_next(round_, chosen=chosen, decision=decision)
    return caught.value


@pytest.mark.parametrize("chosen", [("B", "A", "B"), ("B", "B"), ("A", "B", "B", "C")])
@pytest.mark.parametrize("decision", ["", DECISION])
def test_nobody_stands_twice_in_a_further_election(chosen, decision) -> None:
    refused = refusal(SHORT, *chosen, decision=decision)
    assert (refused.code.id, refused.cause.zh, refused.cause.en) == (
        "R.622",
        "候选人“乙”被重复选定",
        "乙 was chosen more than once",
    )


@pytest.mark.parametrize("decision", ["", DECISION])
def test_a_further_election_without_candidates_is_refused(decision) -> None:
    refused = refusal(SHORT, decision=decision)
    assert (refused.code.id, refused.cause.zh) == ("R.623", "没有选定另行选举的候选人")


def test_where_nobody_is_left_a_decision_alone_makes_no_further_election() -> None:
    nobody = held({"A": 301}, seats=2)
    assert nobody.outcome.next is Consequence.FURTHER_ELECTION
    assert nobody.outcome.next_candidates.order == ()
    assert refusal(nobody, decision=DECISION).code.id == "R.623"


def test_the_tied_stand_in_the_repeat_vote_those_written_in_too() -> None:
    plan = plan_next(held({"A": 330, "write-in:W": 330, "B": 330}, seats=2))
    assert (plan.kind, plan.seats, plan.candidates) == ("tie_repeat", 2, ("A", "B", "write-in:W"))


def test_what_a_repeat_vote_leaves_open_is_for_the_committee_and_opens_no_round() -> None:
    assert refusal(held({"A": 0}, round="tie_repeat"), "A").code.id == "R.611"


def test_a_late_day_says_that_the_law_is_silent() -> None:
    (late,) = check_day(date(2022, 1, 1), DAY, profile=profile())
    assert (late.code.id, late.code.article) == ("W.619", "law silent")
