"""What holds of every ballot: the invariants at the end of rulebook section 9, and more."""

from hypothesis import given
from hypothesis import strategies as st

from election.rules.results import Case, candidate_numbers, decide
from tests.rules.results.cases import cases

COUNTED = ("deputies", "officers", "projects")
FIGURES = ("registered", "all_deputies", "present", "issued", "returned", "void")


def outcome(case):
    return decide(Case.from_document(case))


@given(case=cases(COUNTED))
def test_every_seat_is_filled_held_by_a_tie_or_missing(case):
    said = outcome(case)
    assert len(said.elected) + said.tied_seats + said.missing == (case["seats"] * said.valid)
    assert len(said.elected) <= case["seats"]
    assert said.next_seats == (said.tied_seats + said.missing if said.valid else case["seats"])


@given(case=cases(COUNTED))
def test_seats_are_held_back_only_for_a_true_tie(case):
    said = outcome(case)
    held, tied = said.tied_seats, len(said.tied)
    assert held == tied == 0 or 0 < held < tied
    assert len({case["votes"][name] for name in said.tied}) <= 1
    assert not said.tied or said.missing == 0


@given(case=cases(COUNTED))
def test_whoever_is_elected_reached_the_need_and_nobody_with_more_votes_is_left_out(case):
    said = outcome(case)
    assert all(case["votes"][name] >= said.need for name in said.elected)
    left = set(case["votes"]) - set(said.elected)
    if said.elected:
        assert max((case["votes"][name] for name in left), default=0) <= min(
            case["votes"][name] for name in said.elected
        )


@given(case=cases(), dice=st.randoms(use_true_random=False))
def test_the_order_of_the_input_never_matters(case, dice):
    names = list(case["votes"])
    dice.shuffle(names)
    keys = list(case)
    dice.shuffle(keys)
    shuffled = {**case, "votes": {name: case["votes"][name] for name in names}}
    assert outcome({key: shuffled[key] for key in keys}) == outcome(case)


@given(case=cases())
def test_names_are_sorted_and_nobody_is_both_elected_and_tied(case):
    said = outcome(case)
    assert (list(said.elected), list(said.tied)) == (sorted(said.elected), sorted(said.tied))
    assert not set(said.elected) & set(said.tied)


@given(case=cases(COUNTED), data=st.data())
def test_raising_void_never_elects_anybody_new(case, data):
    # a third of the VALID ballots is meant to fall with them: that base is left out
    rules = {name: v for name, v in case["parameters"].items() if name != "third_basis"}
    raised = {**case, "parameters": rules}
    before = {**raised, "void": data.draw(st.integers(0, case["void"]))}
    assert set(outcome(raised).elected) <= set(outcome(before).elected)


@given(case=cases(COUNTED), factor=st.integers(2, 9))
def test_figures_all_multiplied_elect_the_same_people(case, factor):
    votes = {name: factor * n for name, n in case["votes"].items()}
    scaled = {**case, "votes": votes}
    scaled |= {name: factor * case[name] for name in FIGURES if name in case}
    ours, theirs = outcome(case), outcome(scaled)
    assert (ours.elected, ours.tied, ours.missing, ours.reasons, ours.next) == (
        theirs.elected,
        theirs.tied,
        theirs.missing,
        theirs.reasons,
        theirs.next,
    )


def standing_of(name, outcome):
    """2 elected, 1 tied, 0 neither."""
    return 2 * (name in outcome.elected) + (name in outcome.tied)


@given(case=cases(COUNTED), data=st.data())
def test_more_votes_never_hurt(case, data):
    name = data.draw(st.sampled_from(sorted(case["votes"])))
    fewer = {**case["votes"], name: data.draw(st.integers(0, case["votes"][name]))}
    before, after = outcome({**case, "votes": fewer}), outcome(case)
    assert standing_of(name, after) >= standing_of(name, before)


@given(case=cases(("deputies",), ("first",)))
def test_a_first_ballot_for_one_seat_cannot_end_in_a_tie(case):
    votes = {}
    for name, n in case["votes"].items():
        left = case["returned"] - case["void"] - sum(votes.values())
        votes[name] = min(n, left)
    assert outcome({**case, "seats": 1, "votes": votes}).tied == ()


@given(case=cases(("deputies",), ("first",)))
def test_legally_many_candidates_leave_enough_for_the_further_election(case):
    votes = dict.fromkeys("ABCD"[: candidate_numbers(case["seats"])[0]], 0)
    votes |= {name: n for name, n in case["votes"].items() if not name.startswith("write-in:")}
    legal = outcome({**case, "votes": votes}).next_candidates
    assert legal is None or len(legal.order) >= legal.min


@given(case=cases())
def test_a_void_ballot_elects_nobody(case):
    said = outcome(case)
    assert said.valid is (said.reasons == ())
    assert said.valid or (said.need, said.elected, said.tied, said.next_candidates) == (
        None,
        (),
        (),
        None,
    )


@given(case=cases())
def test_the_law_is_silent_exactly_where_a_step_says_so_in_both_languages(case):
    said = outcome(case)
    zh = any("法律未作规定" in step.text.zh for step in said.steps)
    en = any("the law is silent" in step.text.en for step in said.steps)
    assert zh is en is ("LAW_SILENT" in said.flags)
    assert said.flags == tuple(sorted(said.flags))


@given(case=cases())
def test_every_step_cites_its_rule_and_article_and_leaves_no_place_open(case):
    for step in outcome(case).steps:
        assert step.rule.startswith("R")
        assert step.article
        assert "{" not in step.text.zh + step.text.en
        assert step.text.zh.endswith("。")
        assert step.text.en.endswith((".", "?"))


@given(case=cases())
def test_the_answer_is_plain_json_of_the_promised_shape(case):
    said = outcome(case).to_json()
    assert list(said) == [
        "valid",
        "reasons",
        "need",
        "elected",
        "tied",
        "tied_seats",
        "missing",
        "next",
        "next_seats",
        "next_candidates",
        "flags",
        "steps",
    ]
    assert {type(value) for value in said["flags"] + said["reasons"]} <= {str}
