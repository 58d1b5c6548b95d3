"""Which round follows: repeat vote, further election, rerun. EL 44-45; ZJ 48-49; R9.3-R9.12."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.rules.codes import codes_of
from election.rules.profile import profile
from election.rules.results import (
    BallotKind,
    Case,
    Consequence,
    RoundRule,
    candidate_numbers,
    decide,
)
from election.rules.results import codes as results_codes
from election.rules.results.certified import CertifiedOutcome
from election.rules.results.rounds import FOLLOWS, Held, check_day, plan_next, proposed
from election.rules.terms import RuleViolation
from tests.rules import drawings

DAY = date(2021, 12, 16)


def _held(
    votes: dict[str, int],
    *,
    seats: int = 1,
    counts_as: str = "first",
    attempt: int = 1,
    issued: int = 600,
    furthers: int = 0,
    **parameters: object,
) -> Held:
    """A certified round with these votes, decided by the law itself."""
    rules = profile(parameters)
    outcome = decide(
        Case(
            kind=BallotKind.DEPUTIES,
            round=RoundRule(counts_as),
            attempt=attempt,
            seats=seats,
            registered=1000,
            issued=issued,
            returned=issued,
            void=0,
            votes=votes,
            profile=rules,
        )
    )
    standing = tuple(name for name in votes if not name.startswith("write-in:"))
    return Held(
        counts_as=counts_as,
        attempt=attempt,
        seats=seats,
        candidates=standing,
        polling_day=DAY,
        votes=votes,
        outcome=CertifiedOutcome.of(outcome),
        furthers_held=furthers,
    )


def _refused(code: str, held: Held, *chosen: str, decision: str = "") -> None:
    with pytest.raises(RuleViolation) as refused:
        plan_next(held, chosen=chosen, decision=decision)
    assert refused.value.code.id == code


def test_nothing_follows_a_full_election() -> None:
    _refused("R.611", _held({"A": 400, "B": 100}))


def test_a_tie_goes_to_a_repeat_vote_of_the_tied_for_the_seats_they_hold_up() -> None:
    """EX-38."""
    plan = plan_next(_held({"A": 380, "B": 330, "C": 330, "D": 120}, seats=2))
    assert (plan.kind, plan.counts_as, plan.attempt) == ("tie_repeat", "tie_repeat", 1)
    assert (plan.seats, plan.candidates) == (1, ("B", "C"))


def test_a_repeat_vote_still_level_is_the_second_attempt_and_then_people_decide() -> None:
    first = _held({"B": 300, "C": 300}, counts_as="tie_repeat")
    assert plan_next(first).attempt == 2
    _refused("R.611", _held({"B": 300, "C": 300}, counts_as="tie_repeat", attempt=2))


def test_a_tie_in_a_further_election_begins_to_count_its_repeat_votes_anew() -> None:
    """EX-47."""
    plan = plan_next(_held({"B": 250, "C": 250}, counts_as="further", furthers=1))
    assert (plan.kind, plan.attempt) == ("tie_repeat", 1)


def test_a_void_election_is_held_again_as_what_it_was() -> None:
    plan = plan_next(_held({"B": 250, "C": 200}, counts_as="further", issued=500, furthers=0))
    assert (plan.kind, plan.counts_as, plan.attempt) == ("rerun", "further", 1)
    assert (plan.seats, plan.candidates) == (1, ("B", "C"))


def test_a_further_election_fills_the_missing_seat_with_the_first_two() -> None:
    """EX-42: exactly B and C; D is excluded."""
    held = _held({"A": 420, "B": 240, "C": 230, "D": 200}, seats=2)
    assert proposed(held) == ("B", "C")
    plan = plan_next(held, chosen=("B", "C"))
    assert (plan.kind, plan.counts_as, plan.attempt, plan.seats) == ("further", "further", 1, 1)
    _refused("R.614", held, "A", "B")
    _refused("R.615", held, "B")
    _refused("R.615", held, "B", "C", "D")
    _refused("R.616", held, "B", "D")
    _refused("R.616", held, "C", "D")


def test_a_cut_through_equal_votes_needs_a_written_decision() -> None:
    """EX-50: one seat, B 340, C and D 330: B plus C or D."""
    held = _held({"A": 420, "B": 240, "C": 230, "D": 230}, seats=2)
    assert proposed(held) == ()
    _refused("R.616", held, "B", "C")
    assert plan_next(held, chosen=("B", "D"), decision="选委会7号").candidates == ("B", "D")


def test_a_written_decision_does_not_change_the_order_of_votes() -> None:
    """R9.5: C and D never pass over B, whatever is decided."""
    held = _held({"A": 420, "B": 240, "C": 230, "D": 200}, seats=2)
    _refused("R.616", held, "C", "D", decision="选委会7号")
    _refused("R.616", held, "B", "D", decision="选委会7号")
    assert plan_next(held, chosen=("B", "C"), decision="选委会7号").candidates == ("B", "C")


def test_who_fell_away_is_passed_over_and_stands_no_more() -> None:
    """R5.20."""
    held = replace(
        _held({"A": 420, "B": 240, "C": 230, "D": 200}, seats=2), inactive=frozenset({"B"})
    )
    assert proposed(held) == ("C", "D")
    assert plan_next(held, chosen=("C", "D")).candidates == ("C", "D")
    _refused("R.614", held, "B", "C")


def test_a_rerun_is_held_without_who_fell_away_and_too_few_need_a_decision() -> None:
    """R5.20: the law is silent; nobody dead or without the vote is put on new ballots."""
    held = _held({"A": 9, "B": 8, "C": 7, "D": 6}, seats=2, issued=400)
    assert held.outcome.due is Consequence.RERUN_ELECTION
    assert plan_next(held).candidates == ("A", "B", "C", "D")
    assert plan_next(replace(held, inactive=frozenset({"B"}))).candidates == ("A", "C", "D")
    two = replace(held, inactive=frozenset({"B", "D"}))
    _refused("R.620", two)
    assert plan_next(two, decision="选委会9号").candidates == ("A", "C")
    level = replace(
        held,
        counts_as="tie_repeat",
        seats=1,
        candidates=("A", "B"),
        outcome=replace(held.outcome, next_seats=1),
        inactive=frozenset({"A"}),
    )
    _refused("R.620", level)


def test_a_rerun_of_a_by_election_needs_no_more_people_than_seats() -> None:
    """R10.11 (EL 57; ZJ 59): in a by-election candidates may equal the seats."""
    held = replace(_held({"A": 9, "B": 8, "C": 7}, seats=2, issued=400), by_election=True)
    equal = replace(held, inactive=frozenset({"B"}))
    assert plan_next(equal).candidates == ("A", "C")
    _refused("R.620", replace(equal, by_election=False))
    _refused("R.620", replace(held, inactive=frozenset({"B", "C"})))


def test_the_committee_leaves_out_who_was_written_in_but_not_who_was_nominated() -> None:
    """R9.10."""
    held = _held({"A": 250, "write-in:W": 200, "B": 100, "C": 40})
    assert plan_next(held, chosen=("A", "B"), decision="选委会8号").candidates == ("A", "B")
    _refused("R.616", held, "A", "B")
    _refused("R.616", held, "A", "C", decision="选委会8号")


def test_the_largest_legal_number_that_parts_nobody_is_proposed() -> None:
    votes = {"A": 250, "B": 240, "C": 230, "D": 220, "E": 210}
    assert proposed(_held(votes, seats=2)) == ("A", "B", "C", "D")
    level = votes | {"E": 220}
    assert proposed(_held(level, seats=2)) == ("A", "B", "C")


def test_somebody_written_in_stands_only_by_a_written_decision() -> None:
    held = _held({"A": 250, "write-in:W": 240, "B": 100})
    _refused("R.617", held, "A", "write-in:W")
    plan = plan_next(held, chosen=("A", "write-in:W"), decision="选委会8号")
    assert plan.candidates == ("A", "write-in:W")


def test_too_few_people_left_is_for_the_committee() -> None:
    held = _held({"A": 250})
    _refused("R.620", held, "A")
    assert plan_next(held, chosen=("A",), decision="选委会9号").candidates == ("A",)


def test_the_further_elections_held_so_far_are_counted() -> None:
    held = _held(
        {"A": 150, "B": 140}, counts_as="further", furthers=1, further_election_rounds=None
    )
    assert plan_next(held, chosen=("A", "B")).attempt == 2
    _refused("R.611", _held({"A": 150, "B": 140}, counts_as="further", furthers=1))


def test_a_refusal_names_people_and_not_ids() -> None:
    held = _held({"c1": 250, "write-in:钱多": 240, "c2": 100})
    named = Held(
        counts_as=held.counts_as,
        attempt=1,
        seats=1,
        candidates=held.candidates,
        polling_day=DAY,
        votes=held.votes,
        outcome=held.outcome,
        names={"c1": "王芳", "c2": "李军"},
    )
    with pytest.raises(RuleViolation) as refused:
        plan_next(named, chosen=("c1", "c2"))
    assert refused.value.cause.zh == ("“钱多”得票不少于已选定的“李军”却未列入")


def test_the_day_of_a_further_election_warns_after_fifteen_days_and_is_never_before() -> None:
    rules = profile()
    assert check_day(DAY, DAY, profile=rules) == []
    assert check_day(date(2021, 12, 31), DAY, profile=rules) == []
    assert [f.code.id for f in check_day(date(2022, 1, 1), DAY, profile=rules)] == ["W.619"]
    with pytest.raises(RuleViolation) as refused:
        check_day(date(2021, 12, 15), DAY, profile=rules)
    assert refused.value.code.id == "R.618"


@given(
    votes=st.dictionaries(st.sampled_from("ABCDEF"), st.integers(0, 100), min_size=1),
    seats=st.integers(1, 2),
)
def test_what_is_proposed_is_always_allowed_without_a_decision(votes, seats) -> None:
    held = _held(votes, seats=seats)
    chosen = proposed(held)
    if chosen:
        plan = plan_next(held, chosen=chosen)
        assert plan.candidates == chosen
        assert len(chosen) in candidate_numbers(plan.seats)
        out = [name for name in held.outcome.next_candidates.order if name not in chosen]
        assert all(votes[name] < min(votes[n] for n in chosen) for name in out)


def test_everybody_is_chosen_once_and_somebody_is() -> None:
    held = _held({"A": 250, "B": 240, "C": 100})
    _refused("R.622", held, "A", "A")
    _refused("R.623", held)


def test_the_drawing_says_what_the_code_does() -> None:
    """docs/states/round.md: from every kind of round the same three outcomes lead to a round."""
    page = drawings.page("round")
    drawn = drawings.arrows(page.partition("What follows")[2])
    kinds = {"first", *FOLLOWS.values()}
    assert sorted(drawn) == sorted(
        (kind, to, asked) for kind in kinds for asked, to in FOLLOWS.items()
    )
    declared = {code.id for code in codes_of(results_codes)}
    assert set(re.findall(r"[RW]\.6\d\d", page)) <= declared
