"""Figures that cannot be are refused, every one by its name, all together."""

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.rules.profile import profile
from election.rules.results import BallotKind, Case, RoundRule, decide
from election.rules.terms import InputFaults

DISTRICT = {
    "kind": "deputies",
    "round": "first",
    "seats": 2,
    "registered": 1000,
    "issued": 600,
    "returned": 600,
    "void": 100,
    "votes": {"A": 400, "B": 300},
}
SESSION = {
    "kind": "officers",
    "round": "first",
    "seats": 1,
    "all_deputies": 73,
    "present": 60,
    "issued": 60,
    "returned": 60,
    "void": 0,
    "votes": {"A": 40},
}
PROJECTS = {**SESSION, "kind": "projects", "seats": 2, "votes": {"P1": 60, "P2": 60, "P3": 0}}
RECALL = {"kind": "recall", "seats": 1, "registered": 1200, "votes": {"for": 600}}


def faults(raw):
    with pytest.raises(InputFaults) as caught:
        Case.from_document(raw)
    return caught.value.faults


def fields(raw):
    return [fault.field for fault in faults(raw)]


def without(raw, *names):
    return {key: value for key, value in raw.items() if key not in names}


def test_a_case_is_read_as_it_stands():
    case = Case.from_document(
        {**DISTRICT, "attempt": 2, "parameters": {"majority_basis": "RETURNED"}}
    )
    assert (case.kind, case.round, case.seats, case.attempt) == (
        BallotKind.DEPUTIES,
        RoundRule.FIRST,
        2,
        2,
    )
    assert (case.registered, case.issued, case.returned, case.void) == (1000, 600, 600, 100)
    assert (case.all_deputies, case.present) == (None, None)
    assert (dict(case.votes), case.profile.word("majority_basis")) == (
        {"A": 400, "B": 300},
        "RETURNED",
    )
    assert Case.from_document(DISTRICT).attempt == 1
    assert (
        Case.from_document(RECALL).seats,
        Case.from_document(without(RECALL, "seats")).seats,
    ) == (1, 1)


@pytest.mark.parametrize(
    "name", ["registered", "issued", "returned", "void", "seats", "round", "votes"]
)
def test_a_missing_figure_of_a_district_is_named(name):
    assert fields(without(DISTRICT, name)) == [name]


@pytest.mark.parametrize(
    "name", ["all_deputies", "present", "issued", "returned", "void", "seats", "round", "votes"]
)
@pytest.mark.parametrize("case", [SESSION, PROJECTS], ids=["officers", "projects"])
def test_a_missing_figure_of_a_session_is_named(case, name):
    assert fields(without(case, name)) == [name]


@pytest.mark.parametrize(("name", "field"), [("registered", "registered"), ("votes", "votes")])
def test_a_missing_figure_of_a_recall_is_named(name, field):
    assert fields(without(RECALL, name)) == [field]


@pytest.mark.parametrize("value", [3.0, 1e9, "12", True, None, [1], {"a": 1}, float("nan")])
@pytest.mark.parametrize("name", ["registered", "issued", "returned", "void", "seats", "attempt"])
def test_what_is_not_a_whole_number_is_refused_by_name(name, value):
    (fault,) = faults({**DISTRICT, name: value})
    assert fault.field == name
    assert fault.text.en.endswith(
        "is not a whole number; write digits without quotes or point, as 12"
    )


def test_the_refused_value_is_shown_as_the_file_wrote_it():
    sentences = {
        value: faults({**DISTRICT, "void": value})[0].text.zh for value in (True, "12", 3.0)
    }
    assert sentences == {
        True: "true不是整数；应写阿拉伯数字，不带引号和小数点，如12",
        "12": '"12"不是整数；应写阿拉伯数字，不带引号和小数点，如12',
        3.0: "3.0不是整数；应写阿拉伯数字，不带引号和小数点，如12",
    }


def test_a_long_value_is_cut():
    (fault,) = faults({**DISTRICT, "void": "9" * 40})
    assert fault.text.zh == f'"{"9" * 38}…不是整数；应写阿拉伯数字，不带引号和小数点，如12'
    (longest,) = faults({**DISTRICT, "void": "选" * 38})
    assert longest.text.en.startswith(f'"{"选" * 38}" is not')
    (short,) = faults({**DISTRICT, "void": "9" * 38})
    assert short.text.zh.startswith(f'"{"9" * 38}"不是整数')


@pytest.mark.parametrize("name", ["registered", "issued", "returned", "void"])
def test_negative_figures_are_refused(name):
    faults_found = [(one.field, one.text.en) for one in faults({**DISTRICT, name: -1})]
    assert faults_found == [(name, "must not be less than 0")]


def test_zero_is_a_figure():
    nobody = dict.fromkeys(("registered", "issued", "returned", "void"), 0)
    assert Case.from_document({**DISTRICT, **nobody, "votes": {"A": 0}}).registered == 0


def test_figures_end_at_18_digits():
    assert fields({**DISTRICT, "registered": 10**18}) == ["registered"]
    assert Case.from_document({**DISTRICT, "registered": 10**18 - 1}).registered == 10**18 - 1


@pytest.mark.parametrize("attempt", [0, -1])
def test_attempts_count_from_one(attempt):
    assert fields({**DISTRICT, "attempt": attempt}) == ["attempt"]


@pytest.mark.parametrize("seats", [0, 4, 5])
def test_a_district_has_one_to_three_seats(seats):
    assert fields({**DISTRICT, "seats": seats}) == ["seats"]


@pytest.mark.parametrize("seats", [1, 2, 3])
def test_each_legal_number_of_seats_is_read(seats):
    assert Case.from_document({**DISTRICT, "seats": seats, "votes": {}}).seats == seats


def test_a_session_fills_any_number_of_places_but_none():
    assert Case.from_document({**SESSION, "seats": 9}).seats == 9
    assert fields({**SESSION, "seats": 0}) == ["seats"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"void": 601, "votes": {}}, "void"),
        ({"issued": 1001}, "issued"),
        ({"votes": {"A": 601}}, "votes.A"),
        ({"votes": {"A": 600, "B": 421}}, "votes"),
    ],
)
def test_figures_of_a_district_that_contradict_each_other(change, field):
    assert fields({**DISTRICT, **change}) == [field]


@pytest.mark.parametrize(
    "change",
    [
        {"void": 600, "votes": {}},
        {"issued": 1000},
        {"returned": 601},  # more than issued: that is an outcome, not a fault
        {"votes": {"A": 600, "B": 400}},
        {"votes": {"A": 600}},
        {"votes": {}},
    ],
)
def test_figures_at_their_limit_are_possible(change):
    assert Case.from_document({**DISTRICT, **change}).kind is BallotKind.DEPUTIES


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"issued": 61, "returned": 60}, "issued"),
        ({"present": 74}, "present"),
        ({"votes": {"A": 40, "B": 22}}, "votes"),
    ],
)
def test_figures_of_a_session_that_contradict_each_other(change, field):
    assert fields({**SESSION, **change}) == [field]
    assert Case.from_document({**SESSION, "present": 73, "votes": {"A": 40, "B": 20}}).present == 73


def test_papers_that_are_all_void_carry_no_vote():
    assert fields({**DISTRICT, "void": 600, "votes": {"A": 1}}) == ["votes"]


def test_void_papers_beyond_the_returned_ones_are_one_fault_and_not_two():
    assert fields({**DISTRICT, "void": 601}) == ["void"]


def test_the_sentence_names_both_figures():
    said = [fault.text.zh for fault in faults({**DISTRICT, "votes": {"A": 601, "B": 420}})]
    assert said == [
        "得票601多于收回的选票600张",
        "得票合计1021，多于有效票500张×每张至多2个=最多1000",
    ]
    said = faults({**DISTRICT, "votes": {"A": 600, "B": 421}})[0].text.en
    assert said == "1021 votes in all exceed 500 valid papers x 2 marks = 1000"


@pytest.mark.parametrize("round_", ["first", "further", "tie_repeat"])
def test_one_vote_more_than_the_papers_carry_is_impossible_in_every_round(round_):
    whole = {**DISTRICT, "round": round_, "votes": {"A": 600, "B": 400}}
    assert Case.from_document(whole).votes == {"A": 600, "B": 400}
    assert fields({**whole, "votes": {"A": 600, "B": 401}}) == ["votes"]
    sentence = faults({**whole, "votes": {"A": 600, "B": 401}})[0].text.en
    assert sentence == "1001 votes in all exceed 500 valid papers x 2 marks = 1000"


def test_officers_and_projects_are_held_to_their_papers_exactly():
    for case in (SESSION, PROJECTS):
        papers = (case["returned"] - case["void"]) * case["seats"]
        each, rest = divmod(papers + 1, 3)
        votes = {"A": each + (rest > 0), "B": each + (rest > 1), "C": each}
        assert fields({**case, "votes": votes}) == ["votes"]


@given(valid=st.integers(1, 10**6), seats=st.integers(1, 3), over=st.integers(-5, 5))
def test_the_papers_are_the_exact_limit_whatever_the_figures(valid, seats, over):
    each, rest = divmod(max(0, seats * valid + over), seats)
    votes = {f"P{n}": each + (n < rest) for n in range(seats)}
    figures = dict.fromkeys(("registered", "issued", "returned"), 2 * 10**6)
    case = {**DISTRICT, **figures, "void": 2 * 10**6 - valid, "seats": seats, "votes": votes}
    refused = sum(votes.values()) > seats * valid
    assert (fields(case) if refused else Case.from_document(case) and []) == ["votes"] * refused


def test_a_recall_has_no_more_votes_than_voters():
    assert Case.from_document({**RECALL, "votes": {"for": 1200}}).votes == {"for": 1200}
    assert fields({**RECALL, "votes": {"for": 1201}}) == ["votes.for"]


def test_a_recall_takes_votes_for_and_nothing_else():
    assert fields({**RECALL, "votes": {}}) == ["votes.for"]
    assert fields({**RECALL, "votes": {"for": 1, "against": 2}}) == ["votes.against"]
    assert fields({**RECALL, "round": "first", "issued": 3}) == ["round", "issued"]


def test_projects_voted_on_one_by_one_may_carry_a_mark_each():
    one_by_one = {"parameters": {"project.method": "YES_NO"}}
    three = {**PROJECTS, "votes": {"P1": 60, "P2": 60, "P3": 60}}
    assert fields(three) == ["votes"]
    assert fields({**three, "parameters": {"project.method": "RANK"}}) == ["votes"]
    assert len(Case.from_document({**three, **one_by_one}).votes) == 3
    too_many = {"P1": 60, "P2": 60, "P3": 61}
    assert fields({**three, **one_by_one, "votes": too_many}) == ["votes.P3", "votes"]
    assert fields({**three, **one_by_one, "void": 1}) == ["votes"]
    officers = {**SESSION, **one_by_one, "votes": {"A": 40, "B": 22}}
    assert fields(officers) == ["votes", "parameters.project.method"]


def test_the_sum_of_projects_is_not_judged_when_the_method_is_unknown():
    three = {**PROJECTS, "votes": {"P1": 60, "P2": 60, "P3": 60}}
    assert fields({**three, "parameters": {"project.method": "?"}}) == ["parameters.project.method"]


@pytest.mark.parametrize("votes", [None, [], "A", 3])
def test_votes_are_an_object(votes):
    assert fields({**DISTRICT, "votes": votes}) == ["votes"]
    sentence = faults({**DISTRICT, "votes": 3})[0].text.zh
    assert sentence == '缺少得票或格式不对 (3)；应写成 {"姓名":票数}'


@pytest.mark.parametrize("value", [1.0, "1", False, None, -1])
def test_each_vote_is_a_whole_number(value):
    assert fields({**DISTRICT, "votes": {"A": value, "B": 1}}) == ["votes.A"]


@pytest.mark.parametrize("name", ["", " ", "write-in:", "write-in:  "])
def test_nobody_is_nameless(name):
    assert fields({**DISTRICT, "votes": {name: 1}}) == [f"votes.{name}"]


@pytest.mark.parametrize("kind", ["deputy", "DEPUTIES", None, 3, ["deputies"]])
def test_an_unknown_kind_is_named(kind):
    assert fields({**DISTRICT, "kind": kind}) == ["kind"]


def test_a_missing_kind_is_named_and_the_figures_are_still_judged():
    assert fields(without(DISTRICT, "kind")) == ["kind"]
    assert fields({**without(DISTRICT, "kind"), "void": 601, "x": 1}) == ["kind", "x", "void"]
    sensible = {**without(SESSION, "kind"), "seats": 9}
    assert fields(sensible) == ["kind"]


@pytest.mark.parametrize("round_", ["second", None, 1, ["first"]])
def test_an_unknown_round_is_named(round_):
    assert fields({**DISTRICT, "round": round_}) == ["round"]


@pytest.mark.parametrize("case", [DISTRICT, SESSION, PROJECTS], ids=["d", "o", "p"])
@pytest.mark.parametrize("round_", list(RoundRule))
def test_every_kind_but_the_recall_has_three_rounds(case, round_):
    assert Case.from_document({**case, "round": round_.value}).round is round_


def test_keys_of_another_kind_and_unknown_keys_are_refused():
    assert fields({**DISTRICT, "present": 3, "colour": "red"}) == ["present", "colour"]
    assert fields({**SESSION, "registered": 3}) == ["registered"]
    assert [one.text.en for one in faults({**RECALL, "void": 3})] == [
        "not a key of recall cases; use kind, seats, votes, parameters, registered"
    ]
    assert faults({"votes": {}, "x": 1})[1].text.en == (
        "not a key of cases; use kind, seats, votes, parameters, round, attempt, registered,"
        " all_deputies, present, issued, returned, void"
    )


def test_unknown_parameters_and_bad_values_are_refused():
    bad = {"majority_basis": "VALID", "speed": 3}
    assert fields({**DISTRICT, "parameters": bad}) == [
        "parameters.majority_basis",
        "parameters.speed",
    ]
    assert fields({**DISTRICT, "parameters": [1]}) == ["parameters"]
    assert Case.from_document({**DISTRICT, "parameters": {}}).profile == profile()


def test_all_faults_of_a_case_come_together():
    raw = {
        "kind": "deputies",
        "round": "later",
        "seats": 4,
        "registered": "1000",
        "issued": 600,
        "returned": 500,
        "void": 501,
        "votes": {"A": 501, "B": 1.5, " ": 0},
        "colour": 1,
        "parameters": {"speed": 1},
    }
    assert fields(raw) == [
        "colour",
        "round",
        "seats",
        "registered",
        "void",
        "votes.B",
        "votes. ",
        "votes.A",
        "parameters.speed",
    ]


def test_a_case_built_by_the_program_is_checked_just_the_same():
    with pytest.raises(InputFaults) as caught:
        Case(
            kind=BallotKind.DEPUTIES,
            round=RoundRule.FIRST,
            seats=1,
            registered=10,
            issued=11,
            returned=1,
            votes={"A": 2},
        )
    assert [fault.field for fault in caught.value.faults] == ["void", "issued", "votes.A"]


def test_a_figure_the_kind_has_not_cannot_be_asked_for():
    with pytest.raises(TypeError, match="present"):
        Case.from_document(DISTRICT).whole("present")


def test_a_case_and_its_outcome_cannot_be_changed_afterwards():
    case = Case.from_document(DISTRICT)
    for thing, name in ((case, "seats"), (decide(case), "elected")):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, name, 3)
