"""What is stored of a certified outcome is read back as it was, with all that people recorded."""

import json
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from election.rules.results import Case, Consequence, decide
from election.rules.results.certified import (
    CertifiedOutcome,
    CertifiedPerson,
    Choice,
    Decision,
    Keeps,
)
from tests.rules.results.cases import cases

OUTCOMES = cases().map(Case.from_document).map(decide)

PERSONS = st.builds(
    CertifiedPerson,
    st.text(max_size=5),
    st.none() | st.just("town-3/c12"),
    st.none() | st.sampled_from(Keeps),
)
DECISIONS = st.builds(
    Decision,
    choice=st.sampled_from(Choice),
    reference=st.just("选委会〔2021〕11号"),
    day=st.dates(),
    reason=st.just("两次相等"),
)


@given(
    ballot=OUTCOMES,
    persons=st.dictionaries(st.sampled_from(["c1", "write-in:马六"]), PERSONS),
    decision=st.none() | DECISIONS,
)
def test_it_is_read_back_from_json_as_it_was(ballot, persons, decision) -> None:
    outcome = replace(CertifiedOutcome.of(ballot), persons=persons, committee=decision)
    stored = json.loads(json.dumps(outcome.to_json()))
    assert CertifiedOutcome.from_json(stored) == outcome
    assert CertifiedOutcome.from_json(stored).to_json() == stored


@given(ballot=OUTCOMES)
def test_without_a_word_of_people_it_is_what_calc_result_tells(ballot) -> None:
    assert CertifiedOutcome.of(ballot).to_json() == ballot.to_json()


@given(ballot=OUTCOMES, choice=st.sampled_from(Choice))
def test_the_decision_of_the_committee_says_what_is_due(ballot, choice) -> None:
    outcome = CertifiedOutcome.of(ballot)
    assert outcome.due is outcome.next
    decision = Decision(choice=choice, reference="1", day=date(2021, 12, 18), reason="-")
    assert replace(outcome, committee=decision).due is Consequence(choice.value)
