"""The state machines of nominations and candidacies against their drawing; R5.6, R5.20, R6.3."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.models import CandidacyStatus, NominationStatus
from election.rules.candidates import states as rules
from election.rules.candidates.codes import refusals
from election.rules.candidates.standing import ExitReason
from election.rules.candidates.states import (
    CANDIDACY_ARROWS,
    NOMINATION_ARROWS,
    CandidacyMove,
    ListFacts,
    NominationMove,
    after_candidacy,
    after_nomination,
    require_explained,
    require_first_list_ready,
    require_formal_list_ready,
    require_room,
)
from election.rules.codes import codes_of
from election.rules.terms import RuleViolation
from tests.rules import drawings

DRAWING = drawings.page("nomination")
FIRST, FORMAL = date(2021, 11, 30), date(2021, 12, 8)
BEFORE = ListFacts()
BETWEEN = ListFacts(first_list=FIRST, nominees=3, least=3)
AFTER = ListFacts(first_list=FIRST, formal_list=FORMAL, nominees=3, least=3)
lists = st.sampled_from([BEFORE, BETWEEN, AFTER])
reasons = st.sampled_from(["", " ", "书面材料"])


def refused(code: str):
    return pytest.raises(RuleViolation, match=f"^{re.escape(code)}$")


def drawn(part: int) -> set[tuple[str, str, str]]:
    graph = re.findall(r"```mermaid\n(.*?)```", DRAWING, re.DOTALL)[part]
    return set(drawings.arrows(graph))


def test_the_drawing_of_nominations_is_the_code() -> None:
    assert drawn(0) == {(s, to, m.value) for (s, m), to in NOMINATION_ARROWS.items()}


def test_the_drawing_of_candidacies_is_the_code() -> None:
    assert drawn(1) == {(s, to, m.value) for (s, m), to in CANDIDACY_ARROWS.items()}


def test_the_states_are_the_words_the_records_store() -> None:
    assert set(rules.NOMINATION_STATES) == {status.value for status in NominationStatus}
    assert set(rules.CANDIDACY_STATES) == {status.value for status in CandidacyStatus}


def test_every_refusal_is_in_the_table() -> None:
    table = dict(re.findall(r"^\| (R\.\d+) \| (.*?) \|", DRAWING, re.MULTILINE))
    assert {code.id: code.cause.zh for code in codes_of(refusals)}.items() <= table.items()
    assert set(table) - {code.id for code in codes_of(refusals)} == {"R.449", "R.450", "R.451"}


@given(
    moves=st.lists(
        st.tuples(st.sampled_from(NominationMove), st.integers(0, 1), reasons, lists), max_size=12
    )
)
def test_a_random_walk_of_a_nomination_stays_on_the_arrows(moves) -> None:
    state = rules.RECEIVED
    for move, faults, reason, facts in moves:
        try:
            after = after_nomination(state, move, faults=faults, reason=reason, facts=facts)
        except RuleViolation:
            continue
        assert NOMINATION_ARROWS[state, move] == after
        assert not (state == rules.ACCEPTED and facts.first_list), "a listed person was dropped"
        assert not (move is NominationMove.ACCEPT and faults)
        state = after


@given(
    moves=st.lists(
        st.tuples(st.sampled_from(CandidacyMove), st.sampled_from(ExitReason), reasons, lists),
        max_size=12,
    )
)
def test_a_random_walk_of_a_candidacy_leaves_the_list_on_lawful_grounds_only(moves) -> None:
    state = rules.PRELIMINARY
    for move, ground, reason, facts in moves:
        try:
            after = after_candidacy(state, move, ground=ground, reason=reason, facts=facts)
        except RuleViolation:
            continue
        if move is CandidacyMove.LEAVE:
            lawful = {ExitReason.NO_VOTING_RIGHT, ExitReason.FOREIGN_FUNDING}
            if facts is BEFORE:
                lawful |= {ExitReason.WITHDRAWN}
            else:
                lawful |= {ExitReason.REDUCTION}
            assert ground in lawful
            assert not facts.formal_list
        if rules.INACTIVE in (state, after) and state != after:
            assert facts is AFTER
            assert reason.strip()
        assert after == CANDIDACY_ARROWS.get((state, move), state)
        state = after


@pytest.mark.parametrize(
    ("state", "move", "how", "code"),
    [
        ("withdrawn", NominationMove.ACCEPT, {}, "R.473"),
        ("accepted", NominationMove.AMEND, {}, "R.472"),
        ("accepted", NominationMove.ACCEPT, {}, "R.475"),
        ("received", NominationMove.ACCEPT, {"faults": 2}, "R.474"),
        ("received", NominationMove.ACCEPT, {"facts": BETWEEN}, "R.471"),
        ("received", NominationMove.SEND_BACK, {}, "R.476"),
        ("accepted", NominationMove.SEND_BACK, {"reason": "x"}, "R.477"),
        (
            "accepted",
            NominationMove.SEND_BACK,
            {"reason": "x", "faults": 1, "facts": BETWEEN},
            "R.478",
        ),
        ("received", NominationMove.WITHDRAW, {"reason": " "}, "R.476"),
        ("accepted", NominationMove.WITHDRAW, {"reason": "x", "facts": BETWEEN}, "R.450"),
    ],
)
def test_every_forbidden_move_of_a_nomination_has_its_own_refusal(state, move, how, code) -> None:
    with refused(code):
        after_nomination(state, move, **({"facts": BEFORE} | how))


@pytest.mark.parametrize(
    ("state", "move", "how", "code"),
    [
        ("preliminary", CandidacyMove.LEAVE, {"ground": ExitReason.NEGATIVE_REVIEW}, "R.449"),
        ("preliminary", CandidacyMove.LEAVE, {"ground": ExitReason.OTHER}, "R.449"),
        ("preliminary", CandidacyMove.LEAVE, {}, "R.449"),
        ("preliminary", CandidacyMove.LEAVE, {"ground": ExitReason.REDUCTION}, "R.451"),
        ("preliminary", CandidacyMove.LEAVE, {"ground": ExitReason.NO_VOTING_RIGHT}, "R.476"),
        (
            "formal",
            CandidacyMove.LEAVE,
            {"ground": ExitReason.NO_VOTING_RIGHT, "reason": "x", "facts": AFTER},
            "R.481",
        ),
        (
            "withdrawn",
            CandidacyMove.LEAVE,
            {"ground": ExitReason.FOREIGN_FUNDING, "reason": "x"},
            "R.482",
        ),
        ("write_in", CandidacyMove.LIST, {}, "R.482"),
        ("preliminary", CandidacyMove.RETAIN, {}, "R.485"),
        ("formal", CandidacyMove.DROP, {"facts": AFTER}, "R.483"),
        ("formal", CandidacyMove.DEACTIVATE, {"reason": "x", "facts": BETWEEN}, "R.484"),
        ("formal", CandidacyMove.DEACTIVATE, {"facts": AFTER}, "R.476"),
        ("preliminary", CandidacyMove.DEACTIVATE, {"reason": "x", "facts": AFTER}, "R.482"),
    ],
)
def test_every_forbidden_move_of_a_candidacy_has_its_own_refusal(state, move, how, code) -> None:
    with refused(code):
        after_candidacy(state, move, **({"facts": BEFORE} | how))


@pytest.mark.parametrize("ground", [ExitReason.FOREIGN_FUNDING, ExitReason.NO_VOTING_RIGHT])
def test_who_was_struck_off_for_foreign_money_or_a_lost_vote_is_not_nominated_again(ground) -> None:
    state = after_candidacy(
        rules.PRELIMINARY, CandidacyMove.LEAVE, ground=ground, reason="书面材料", facts=BEFORE
    )
    for facts in (BEFORE, ListFacts(first_list=FIRST, nominees=1, least=3)):
        with refused("R.491"):
            after_candidacy(state, CandidacyMove.LIST, past_exit=ground, facts=facts)
        for nomination in (rules.RECEIVED, rules.INCOMPLETE):
            with refused("R.491"):
                after_nomination(nomination, NominationMove.ACCEPT, past_exit=ground, facts=facts)


def test_the_ground_of_the_law_is_told_before_faults_of_the_papers_and_closed_lists() -> None:
    with refused("R.491"):
        after_nomination(
            rules.RECEIVED,
            NominationMove.ACCEPT,
            faults=2,
            past_exit=ExitReason.FOREIGN_FUNDING,
            facts=BETWEEN,
        )


def test_who_withdrew_or_was_unlisted_may_be_nominated_again() -> None:
    for past_exit in (None, ExitReason.WITHDRAWN):
        listed = after_candidacy(
            rules.WITHDRAWN, CandidacyMove.LIST, past_exit=past_exit, facts=BEFORE
        )
        accepted = after_nomination(
            rules.RECEIVED, NominationMove.ACCEPT, past_exit=past_exit, facts=BEFORE
        )
        assert (listed, accepted) == (rules.PRELIMINARY, rules.ACCEPTED)


def test_an_accepted_nomination_found_faulty_goes_back_before_the_list() -> None:
    state = after_nomination(
        rules.ACCEPTED, NominationMove.SEND_BACK, faults=1, reason="书面材料", facts=BEFORE
    )
    assert state == rules.INCOMPLETE


def test_a_second_nomination_of_a_formal_candidate_changes_nothing() -> None:
    assert after_candidacy("formal", CandidacyMove.LIST, facts=BETWEEN) == "formal"


def test_a_published_list_stays_open_where_nominees_are_too_few() -> None:
    require_room(ListFacts(first_list=FIRST, nominees=2, least=3))
    with refused("R.471"):
        require_room(BETWEEN)


def test_the_first_list_waits_for_every_nomination() -> None:
    require_first_list_ready(undecided=0)
    with refused("R.479"):
        require_first_list_ready(undecided=1)


def test_the_formal_list_comes_after_the_first_in_legal_districts_only() -> None:
    require_formal_list_ready(first_list=FIRST, formal_list=FORMAL, not_legal=0)
    for first, formal, wrong, code in (
        (None, FORMAL, 0, "R.485"),
        (FIRST, FIRST, 0, "R.486"),
        (FORMAL, FIRST, 0, "R.486"),
        (FIRST, FORMAL, 1, "R.487"),
    ):
        with refused(code):
            require_formal_list_ready(first_list=first, formal_list=formal, not_legal=wrong)


def test_a_by_election_publishes_both_on_one_day() -> None:
    require_formal_list_ready(first_list=FIRST, formal_list=FIRST, not_legal=0, by_election=True)
    with refused("R.486"):
        require_formal_list_ready(
            first_list=FORMAL, formal_list=FIRST, not_legal=0, by_election=True
        )


def test_a_fault_is_recorded_with_its_explanation_or_not_at_all() -> None:
    require_explained(0, "")
    require_explained(2, "台风停工")
    with refused("R.488"):
        require_explained(1, " ")
