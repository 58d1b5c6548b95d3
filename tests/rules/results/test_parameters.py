"""Each parameter of a count decides something of it, or is refused with its article."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from election.rules.profile.parameters import PARAMETERS
from election.rules.profile.values import SETTINGS
from election.rules.profile.wording import as_json
from election.rules.results import BallotKind, Case, decide
from election.rules.results.kinds import PARAMETERS_OF
from election.rules.terms import InputFaults

DISTRICT = {"kind": "deputies", "registered": 1000, "issued": 612, "returned": 610, "void": 20}
SESSION = {"all_deputies": 73, "present": 48, "issued": 48, "returned": 48, "void": 0, "seats": 1}
FIRST = {**DISTRICT, "round": "first", "seats": 2, "votes": {"A": 400, "B": 306, "C": 298}}
FURTHER = {**DISTRICT, "round": "further", "seats": 1, "votes": {"B": 203, "C": 200}}
WRITTEN = {**FIRST, "votes": {"A": 400, "write-in:W": 300, "C": 298}}
LEVEL = {**DISTRICT, "round": "tie_repeat", "seats": 1, "votes": {"B": 300, "C": 290}}
OFFICERS = {**SESSION, "kind": "officers", "round": "first", "votes": {"A": 48}}
PROJECTS = {**SESSION, "kind": "projects", "round": "first", "votes": {"P": 30}}
PRESENT = {"present": 73, "issued": 73, "returned": 73}
# parameter, what is chosen, a case whose outcome it changes
CHANGED = [
    ("majority_basis", "RETURNED", FIRST),
    ("third_basis", "ISSUED", FURTHER),
    ("further_election_rounds", None, {**FURTHER, "votes": {"B": 9}}),
    ("further_include_writeins", False, WRITTEN),
    ("tie_repeat_max", 1, {**LEVEL, "votes": {"B": 290, "C": 290}}),
    ("ruleset_version", "2021", OFFICERS),
    (
        "tie_repeat_max",
        1,
        {**OFFICERS, **PRESENT, "round": "tie_repeat", "votes": {"A": 1, "B": 1}},
    ),
    ("all_deputies_basis", "QUOTA", {**OFFICERS, **PRESENT}),
    ("ruleset_version", "2021", PROJECTS),
    (
        "tie_repeat_max",
        1,
        {**PROJECTS, **PRESENT, "round": "tie_repeat", "votes": {"P": 1, "Q": 1}},
    ),
    ("all_deputies_basis", "QUOTA", {**PROJECTS, **PRESENT}),
    ("project.method", "RANK", {**PROJECTS, **PRESENT}),
    ("project.threshold", "PLURALITY", {**PROJECTS, **PRESENT}),
]


def outcome(case, **parameters):
    named = {name.replace("__", "."): value for name, value in parameters.items()}
    return decide(Case.from_document({**case, "parameters": named})).to_json()


def refused(case, parameters):
    with pytest.raises(InputFaults) as faults:
        Case.from_document({**case, "parameters": parameters})
    return {fault.field: fault.text for fault in faults.value.faults}


@pytest.mark.parametrize(("name", "value", "case"), CHANGED)
def test_a_parameter_that_is_taken_changes_the_outcome(name, value, case):
    assert outcome(case) != outcome(case, **{name.replace(".", "__"): value})


@pytest.mark.parametrize("kind", BallotKind)
def test_every_parameter_of_a_kind_is_shown_to_change_it_or_fixed_by_law(kind):
    shown = {name for name, _value, case in CHANGED if case["kind"] == kind}
    assert set(PARAMETERS_OF[kind]) - shown <= {"session_quorum"}


CASES = {
    "deputies": FIRST,
    "officers": OFFICERS,
    "projects": PROJECTS,
    "recall": {"kind": "recall", "registered": 1200, "votes": {"for": 600}},
}


@given(kind=st.sampled_from(sorted(CASES)), parameter=st.sampled_from(PARAMETERS))
def test_a_parameter_without_effect_is_refused_by_its_name(kind, parameter):
    assume(parameter.name not in PARAMETERS_OF[BallotKind(kind)])
    by_law = as_json(SETTINGS[parameter.name][-1].value)
    assert list(refused(CASES[kind], {parameter.name: by_law})) == [f"parameters.{parameter.name}"]


def test_the_article_comes_before_the_want_of_effect():
    said = refused(FIRST, {"nominators_min": 5, "proxy_max": 3, "session_quorum": "1/2"})
    assert said["parameters.nominators_min"].en.endswith("(EL 30; ZJ 34)")
    assert said["parameters.session_quorum"].en.endswith("(OL 14(4))")
    assert said["parameters.proxy_max"].en == (
        'parameter "proxy_max" decides nothing of deputies; use ruleset_version, majority_basis,'
        " third_basis, further_election_rounds, further_include_writeins, tie_repeat_max"
    )
