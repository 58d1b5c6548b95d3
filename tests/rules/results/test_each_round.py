"""Further elections and repeat votes of deputies: rulebook R9.3-R9.13, EL 45, ZJ 49."""

import pytest

from tests.rules.results.test_deputies import ballot, rules, silent_rules

# -- further election -----------------------------------------------------------------------------


def further(votes, **figures):
    figures = {
        "round": "further",
        "seats": 1,
        "registered": 1100,
        "issued": 640,
        "returned": 636,
        **figures,
    }
    return ballot(votes, **figures)


@pytest.mark.parametrize(
    ("votes", "elected"),
    [
        ({"B": 330, "C": 290}, ("B",)),
        ({"B": 212, "C": 211}, ("B",)),
        ({"B": 211, "C": 210}, ()),
    ],
)
def test_one_third_of_the_papers_is_enough_ex_45(votes, elected):
    """R9.6."""
    outcome = further(votes)
    assert (outcome.need, outcome.elected) == (212, elected)


@pytest.mark.parametrize(("returned", "need"), [(636, 212), (637, 213), (638, 213), (639, 213)])
def test_a_third_is_rounded_up(returned, need):
    assert further({}, returned=returned).need == need


def test_a_seat_still_missing_stays_vacant_in_zhejiang_ex_45():
    outcome = further({"B": 211, "C": 210})
    assert (outcome.missing, outcome.next, outcome.next_seats) == (1, "vacant", 1)
    assert (outcome.next_candidates, rules(outcome)[-1]) == (None, "R9.7")


@pytest.mark.parametrize(
    ("rounds", "attempt", "following"),
    [
        (1, 1, "vacant"),
        (1, 2, "vacant"),
        (None, 1, "further_election"),
        (None, 9, "further_election"),
    ],
)
def test_where_the_rules_allow_more_rounds_the_seat_is_voted_on_again(rounds, attempt, following):
    outcome = further(
        {"B": 211, "C": 210}, attempt=attempt, parameters={"further_election_rounds": rounds}
    )
    assert outcome.next == following
    assert (outcome.next_candidates is None) is (following == "vacant")


def test_a_second_further_election_lists_the_order_of_this_ballot_and_says_so():
    outcome = further({"B": 211, "C": 210}, parameters={"further_election_rounds": None})
    assert outcome.next_candidates.order == ("B", "C")
    assert (outcome.flags, silent_rules(outcome)) == (("LAW_SILENT",), ["R9.5"])


def test_the_base_of_the_third_follows_its_parameter():
    for basis, need in (("ISSUED", 214), ("RETURNED", 212), ("VALID", 192)):
        outcome = further({}, void=60, parameters={"third_basis": basis})
        assert outcome.need == need


@pytest.mark.parametrize(("basis", "elected"), [("RETURNED", ("B",)), ("ISSUED", ())])
def test_a_base_of_the_third_that_decides_is_flagged(basis, elected):
    outcome = further({"B": 212, "C": 211}, parameters={"third_basis": basis})
    assert (outcome.elected, outcome.flags) == (elected, ("LAW_SILENT",))
    (said,) = [step for step in outcome.steps if step.rule == "R8.7"]
    assert said.text.zh == (
        "三分之一按发出选票计为214票，按收回选票计为212票，按有效选票计为212票，结果不同；"
        f"以哪个数为准，对此法律未作规定，按参数third_basis={basis}处理，须由选举委员会作出决定并记录。"
    )


def test_a_tie_in_the_further_election_is_repeated_by_default_ex_47():
    outcome = further({"B": 250, "C": 250}, issued=600, returned=600)
    assert (outcome.tied, outcome.next, outcome.next_seats) == (("B", "C"), "tie_repeat_vote", 1)
    assert (outcome.flags, silent_rules(outcome)) == (("LAW_SILENT",), ["R9.4"])


def test_too_few_voters_void_the_further_election_by_default_ex_48():
    outcome = further({"B": 300, "C": 200}, issued=520, returned=520)
    assert (outcome.reasons, outcome.flags) == (("turnout",), ("LAW_SILENT",))
    assert silent_rules(outcome) == ["R9.8"]


def test_too_many_papers_void_the_further_election_by_law():
    assert further({}, issued=640, returned=641).flags == ()


def test_empty_boxes_elect_nobody_however_small_a_third_of_nothing_is():
    outcome = further({"B": 0, "C": 0}, returned=0)
    assert (outcome.need, outcome.elected, outcome.missing) == (1, (), 1)
    void = further({"B": 0}, returned=9, void=9, parameters={"third_basis": "VALID"})
    assert (void.need, void.elected) == (1, ())


# -- repeat vote ------------------------------------------------------------------------------


def repeat(votes, **figures):
    figures = {"round": "tie_repeat", "seats": 1, "registered": 900, **figures}
    return ballot(votes, **figures)


def test_the_higher_count_wins_a_repeat_vote_without_a_majority():
    outcome = repeat({"B": 100, "C": 101})
    assert (outcome.need, outcome.elected, outcome.next) == (1, ("C",), None)
    assert (outcome.flags, rules(outcome)) == ((), ["R9.4", "R8.3", "R9.3"])


@pytest.mark.parametrize(
    ("attempt", "most", "following"),
    [
        (1, 2, "tie_repeat_vote"),
        (2, 2, "unresolved_tie"),
        (3, 2, "unresolved_tie"),
        (1, 1, "unresolved_tie"),
        (2, 3, "tie_repeat_vote"),
    ],
)
def test_level_again_they_vote_again_until_the_limit(attempt, most, following):
    outcome = repeat({"B": 300, "C": 300}, attempt=attempt, parameters={"tie_repeat_max": most})
    assert (outcome.tied, outcome.tied_seats) == (("B", "C"), 1)
    assert (outcome.next, outcome.next_seats, outcome.flags) == (following, 1, ("LAW_SILENT",))


def test_a_repeat_vote_is_the_first_one_unless_said_otherwise():
    assert repeat({"B": 300, "C": 300}).next == "tie_repeat_vote"


def test_an_unresolved_tie_is_not_drawn_by_lot():
    outcome = repeat({"B": 300, "C": 300}, attempt=2)
    assert outcome.steps[-1].text.zh == (
        "第2次再次投票后B（300票）、C（300票）得票仍相等，余下1名无法确定，不再投票，留待决定，"
        "不由程序抽签；对此法律未作规定，按参数tie_repeat_max=2处理，须由选举委员会作出决定并记录。"
    )


def test_people_level_without_a_vote_stay_tied():
    outcome = repeat({"B": 0, "C": 0})
    assert (outcome.tied, outcome.tied_seats, outcome.missing) == (("B", "C"), 1, 0)
    three = repeat({"B": 9, "C": 0, "D": 0}, seats=2)
    assert (three.elected, three.tied, three.tied_seats) == (("B",), ("C", "D"), 1)


def test_who_has_no_vote_and_no_rival_is_not_elected():
    outcome = repeat({"B": 9, "C": 0}, seats=2)
    assert (outcome.elected, outcome.tied, outcome.missing) == (("B",), (), 1)
    assert (outcome.next, outcome.next_seats) == ("unresolved_tie", 1)
    assert (outcome.next_candidates, silent_rules(outcome)) == (None, ["R9.4"])
    assert (outcome.steps[-1].rule, outcome.steps[-1].article) == ("R9.7", "EL 45(4); ZJ 49(3)")
    assert outcome.steps[-1].text.zh == (
        "得票相等出现在第一次投票的，所缺1名应当另行选举；出现在另行选举的，不再选举，名额空缺。"
        "本次数字看不出属于哪一种，由选举委员会查明后决定。"
    )


def test_seats_left_after_a_repeat_vote_are_voted_on_again_where_further_elections_have_no_limit():
    outcome = repeat({"B": 9, "C": 0}, seats=2, parameters={"further_election_rounds": None})
    assert (outcome.next, outcome.next_seats) == ("further_election", 1)
    assert outcome.next_candidates.order == ("C",)
    assert silent_rules(outcome) == ["R9.4", "R9.5", "R5.13"]


def test_one_vote_is_enough_in_a_repeat_vote():
    assert repeat({"B": 1, "C": 0}).elected == ("B",)


def test_a_write_in_who_stood_level_wins_the_repeat_vote_with_the_higher_count():
    outcome = repeat({"B": 200, "write-in:W": 390})
    assert (outcome.elected, outcome.next, outcome.flags) == (("write-in:W",), None, ())
    assert outcome.steps[2].text.zh == (
        "再次投票只在得票相等的人之间进行，以得票多的当选，得票：另选人W（390票）、B（200票）；"
        "当选：另选人W（390票）。"
    )
    assert outcome.steps[2].text.en == (
        "A repeat vote is among those who were level and the higher count wins; votes:"
        " W (write-in, 390), B (200); elected: W (write-in, 390)."
    )


def test_a_write_in_stays_level_in_a_repeat_vote_like_anybody():
    outcome = repeat({"B": 100, "write-in:W": 100})
    assert (outcome.elected, outcome.tied, outcome.tied_seats) == ((), ("B", "write-in:W"), 1)


def test_the_tied_of_a_first_ballot_can_all_stand_in_its_repeat_vote_write_ins_too():
    first = ballot({"A": 330, "write-in:W": 330, "B": 330}, seats=2)
    assert (first.tied, first.next) == (("A", "B", "write-in:W"), "tie_repeat_vote")
    again = repeat(dict.fromkeys(first.tied, 100) | {"A": 200}, seats=first.next_seats)
    assert (again.elected, again.tied) == (("A",), ("B", "write-in:W"))


@pytest.mark.parametrize(
    ("figures", "reasons", "rule"),
    [
        ({"issued": 450, "returned": 450}, ("turnout",), "R9.4"),
        ({"issued": 600, "returned": 601}, ("returned_exceeds_issued",), "R9.4"),
    ],
)
def test_a_repeat_vote_voided_by_a_gate_is_a_default_and_flagged(figures, reasons, rule):
    outcome = repeat({"B": 100}, **figures)
    assert (outcome.reasons, outcome.next, outcome.next_seats) == (reasons, "rerun_election", 1)
    assert (outcome.flags, silent_rules(outcome)) == (("LAW_SILENT",), [rule])
