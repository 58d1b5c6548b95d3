"""Who is elected deputy: rulebook sections 8 and 9, EL 44-45, ZJ 48-49."""

import pytest

from election.rules.results import Case, candidate_numbers, decide

FIRST = {
    "kind": "deputies",
    "round": "first",
    "seats": 2,
    "registered": 1000,
    "issued": 600,
    "returned": 600,
    "void": 0,
}


def ballot(votes, **figures):
    return decide(Case.from_document({**FIRST, "votes": votes, **figures}))


def rules(outcome):
    return [step.rule for step in outcome.steps]


def silent_rules(outcome):
    return [step.rule for step in outcome.steps if step.figures.get("law_silent")]


# -- validity -------------------------------------------------------------------------------


def test_exactly_half_of_the_voters_is_not_enough_ex_27():
    outcome = ballot({"A": 250}, registered=1000, issued=500, returned=500)
    assert (outcome.valid, outcome.reasons) == (False, ("turnout",))
    assert (outcome.need, outcome.next, outcome.next_seats) == (None, "rerun_election", 2)
    assert rules(outcome) == ["R8.2", "R8.3", "R9.12"]


def test_one_more_than_half_of_the_voters_is_enough_ex_27():
    outcome = ballot({"A": 251}, registered=1000, issued=501, returned=501)
    assert (outcome.valid, outcome.need, outcome.elected) == (True, 251, ("A",))


@pytest.mark.parametrize(("issued", "valid"), [(499, False), (500, True)])
def test_half_of_an_odd_number_of_voters_rounds_up_ex_27(issued, valid):
    assert ballot({}, registered=999, issued=issued, returned=issued).valid is valid


def test_turnout_counts_the_papers_issued_even_where_the_majority_counts_those_returned():
    outcome = ballot(
        {}, registered=1000, issued=501, returned=400, parameters={"majority_basis": "RETURNED"}
    )
    assert (outcome.valid, outcome.need) == (True, 201)


def test_who_took_part_decides_when_the_papers_returned_are_not_more_than_half():
    outcome = ballot({"A": 300, "B": 90}, seats=1, issued=501, returned=500)
    assert (outcome.valid, outcome.elected, outcome.flags) == (True, ("A",), ("LAW_SILENT",))
    assert silent_rules(outcome) == ["R8.6"]
    assert outcome.steps[1].text.zh == (
        "“参加投票”如按收回选票500张计算，没有超过登记选民1000名的半数（至少501名），选举无效；"
        "以哪个数为准，对此法律未作规定，按默认规则R8.2处理，须由选举委员会作出决定并记录。"
    )
    assert outcome.steps[1].text.en == (
        'Were "those who took part" the 500 ballots returned, they would not be more than half of'
        " the 1000 voters (at least 501) and the election would be void. On this the law is silent;"
        " default rule R8.2 was applied, and the election committee must decide and record it."
    )


@pytest.mark.parametrize(
    ("registered", "issued", "returned", "silent"),
    [
        (1000, 501, 501, []),
        (1000, 501, 500, ["R8.6"]),
        (999, 500, 499, ["R8.6"]),
        (1000, 500, 499, []),
    ],
)
def test_only_a_turnout_that_hangs_on_the_base_is_pointed_out(registered, issued, returned, silent):
    outcome = ballot({"A": 300, "B": 299}, registered=registered, issued=issued, returned=returned)
    assert silent_rules(outcome) == silent


@pytest.mark.parametrize("round_", ["further", "tie_repeat"])
def test_the_base_of_the_turnout_is_pointed_out_in_every_round(round_):
    outcome = ballot({"A": 300, "B": 100}, round=round_, seats=1, issued=501, returned=500)
    assert (outcome.valid, silent_rules(outcome)) == (True, ["R8.6"])


def test_one_paper_more_than_issued_voids_the_election_ex_28():
    outcome = ballot({"A": 400}, registered=800, issued=600, returned=601)
    assert (outcome.reasons, outcome.elected) == (("returned_exceeds_issued",), ())
    assert outcome.flags == ()


def test_as_many_papers_as_issued_are_in_order():
    assert ballot({}, registered=800, issued=600, returned=600).valid


def test_both_reasons_stand_when_both_hold_turnout_first():
    outcome = ballot({}, registered=1000, issued=400, returned=401)
    assert outcome.reasons == ("turnout", "returned_exceeds_issued")
    assert outcome.steps[-1].text.zh == (
        "本次选举无效，应选2名须重新选举；已计的票数存档备查，不作为当选依据。"
    )


# -- first ballot -----------------------------------------------------------------------------


def test_void_papers_stay_in_the_base_ex_29():
    outcome = ballot({"A": 400, "B": 306, "C": 298}, issued=612, returned=610, void=20)
    assert (outcome.need, outcome.elected, outcome.missing) == (307, ("A",), 1)
    assert outcome.flags == ("BASIS_SENSITIVE", "LAW_SILENT")
    assert outcome.steps[2].text.zh == "发出选票612张，过半数为307票；弃权票和废票计入基数。"
    assert outcome.steps[2].text.en == (
        "612 ballots issued: more than half is 307 votes; blank and void papers count in the base."
    )


def test_the_step_of_a_basis_that_decides_names_the_parameter_and_the_other_result():
    outcome = ballot({"A": 400, "B": 306, "C": 298}, issued=612, returned=610, void=20)
    (said,) = [step for step in outcome.steps if step.rule == "R8.6"]
    assert said.text.zh == (
        "“参加投票的选民”如按收回选票610张计算，过半数为306票，结果不同，"
        "当选：A（400票）、B（306票）；得票相等：无。以哪个数为准，"
        "对此法律未作规定，按参数majority_basis=ISSUED处理，须由选举委员会作出决定并记录。"
    )
    assert said.text.en == (
        'Were "those who took part" the 610 ballots returned, more than half would be 306 votes'
        " and the result another: elected: A (400), B (306); level: none. On this the law is"
        " silent; parameter majority_basis=ISSUED was applied, and the election committee must"
        " decide and record it."
    )


def test_under_the_other_basis_b_is_elected_and_the_flag_stays_ex_29():
    outcome = ballot(
        {"A": 400, "B": 306, "C": 298},
        issued=612,
        returned=610,
        void=20,
        parameters={"majority_basis": "RETURNED"},
    )
    assert (outcome.need, outcome.elected, outcome.next) == (306, ("A", "B"), None)
    assert outcome.flags == ("BASIS_SENSITIVE", "LAW_SILENT")


def test_a_basis_that_changes_the_need_but_nobodys_fate_raises_no_flag():
    outcome = ballot({"A": 400, "B": 308}, issued=612, returned=610)
    assert (outcome.elected, outcome.flags) == (("A", "B"), ())


def test_a_basis_that_only_makes_a_tie_is_flagged_too():
    level = {"A": 400, "B": 306, "C": 306}
    outcome = ballot(level, issued=612, returned=610)
    assert (outcome.elected, outcome.tied, outcome.missing) == (("A",), (), 1)
    assert outcome.flags == ("BASIS_SENSITIVE", "LAW_SILENT")


@pytest.mark.parametrize(("votes", "elected"), [(300, ()), (301, ("A",))])
def test_half_of_the_papers_is_no_majority(votes, elected):
    assert ballot({"A": votes}, seats=1).elected == elected


@pytest.mark.parametrize(("issued", "need"), [(600, 301), (601, 301), (602, 302)])
def test_the_need_is_half_the_base_rounded_down_and_one(issued, need):
    assert ballot({}, issued=issued, returned=issued).need == need


def test_more_majorities_than_seats_the_higher_counts_win():
    outcome = ballot({"A": 380, "B": 331, "C": 330})
    assert (outcome.elected, outcome.tied, outcome.next) == (("A", "B"), (), None)
    assert rules(outcome) == ["R8.2", "R8.3", "R8.5", "R9.2"]


def test_a_tie_across_the_last_seat_calls_for_a_repeat_vote_ex_38():
    outcome = ballot({"A": 380, "B": 330, "C": 330, "D": 120}, registered=900)
    assert (outcome.need, outcome.elected, outcome.tied) == (301, ("A",), ("B", "C"))
    assert (outcome.tied_seats, outcome.missing, outcome.next) == (1, 0, "tie_repeat_vote")
    assert (outcome.next_seats, outcome.next_candidates, outcome.flags) == (1, None, ())
    assert rules(outcome)[-2:] == ["R9.2", "R9.3"]


def test_a_tie_for_all_seats_elects_nobody_yet():
    outcome = ballot({"A": 330, "B": 330, "C": 330}, seats=2)
    assert (outcome.elected, outcome.tied, outcome.tied_seats) == ((), ("A", "B", "C"), 2)
    assert outcome.next_seats == 2
    assert outcome.steps[3].text.zh == "得票达到301票的有3名，多于应选2名，以得票多的当选：无。"


def test_a_tie_that_does_not_cross_the_cut_needs_nothing():
    assert ballot({"A": 340, "B": 340, "C": 320}).elected == ("A", "B")
    assert ballot({"A": 340, "B": 340, "C": 340}, seats=3).elected == ("A", "B", "C")


def test_a_tie_below_the_majority_is_no_tie():
    outcome = ballot({"A": 380, "B": 290, "C": 290})
    assert (outcome.tied, outcome.missing, outcome.next) == ((), 1, "further_election")


def test_a_person_written_in_with_a_majority_is_elected_ex_41():
    outcome = ballot(
        {"A": 120, "B": 110, "write-in:W": 245}, seats=1, registered=700, issued=480, returned=480
    )
    assert (outcome.need, outcome.elected, outcome.flags) == (241, ("write-in:W",), ())
    assert outcome.steps[-1].text.zh == "得票达到241票的有1名，应选1名，当选：另选人W（245票）。"
    assert outcome.steps[-1].text.en == (
        "Votes needed: 241; reached by: 1; places to fill: 1; elected: W (write-in, 245)."
    )


def test_a_name_with_braces_is_said_as_it_is_written():
    outcome = ballot({"{need}": 400}, seats=1)
    assert outcome.steps[3].text.zh == "得票达到301票的有1名，应选1名，当选：{need}（400票）。"


def test_nobody_over_the_bar_is_said_in_words():
    outcome = ballot({"A": 300, "B": 290}, seats=1)
    assert outcome.steps[3].text.zh == "没有得票达到301票的。"


# -- candidates of the further election ---------------------------------------------------------


def test_the_legal_numbers_of_candidates():
    numbers = {seats: list(candidate_numbers(seats)) for seats in (1, 2, 3)}
    assert numbers == {1: [2], 2: [3, 4], 3: [4, 5, 6]}


def test_one_open_seat_takes_exactly_the_next_two_ex_42():
    outcome = ballot(
        {"A": 420, "B": 340, "C": 330, "D": 200}, registered=1100, issued=700, returned=698
    )
    assert (outcome.need, outcome.elected, outcome.next) == (351, ("A",), "further_election")
    assert outcome.next_candidates.to_json() == {
        "order": ["B", "C", "D"],
        "min": 2,
        "max": 2,
        "cut_tied": False,
    }
    assert outcome.steps[-1].text.zh == (
        "另行选举补足1名，候选人依法为2名，按得票多少的顺序确定：B（340票）、C（330票）、D（200票）。"
    )
    assert outcome.flags == ()


def test_equal_votes_at_the_cut_need_a_decision_ex_50():
    outcome = ballot(
        {"A": 380, "B": 340, "C": 330, "D": 330}, registered=1100, issued=700, returned=698
    )
    assert (outcome.next_candidates.order, outcome.next_candidates.cut_tied) == (
        ("B", "C", "D"),
        True,
    )
    assert (outcome.flags, silent_rules(outcome)) == (("LAW_SILENT",), ["R9.11"])
    assert outcome.steps[-1].text.zh == (
        "候选人限2名，无论取几名都会把得票相等的人分开（C（330票）、D（330票））；由谁作候选人，"
        "对此法律未作规定，按默认规则R9.11处理，须由选举委员会作出决定并记录。"
    )


def test_equal_votes_above_or_below_the_cut_need_no_decision():
    assert ballot({"A": 200, "B": 200, "C": 150}, seats=1).next_candidates.cut_tied is False
    assert ballot({"A": 200, "B": 150, "C": 100, "D": 100}, seats=1).flags == ()


def test_with_two_open_seats_one_clean_number_is_enough():
    votes = {"A": 300, "B": 200, "C": 100, "D": 100, "E": 50}  # 3 cuts C from D, 4 does not
    assert ballot(votes).next_candidates.cut_tied is False
    votes["E"] = 100  # now 4 cuts too
    assert ballot(votes).next_candidates.cut_tied is True


def test_nothing_is_cut_where_a_legal_number_takes_everybody():
    assert ballot({"A": 200, "B": 200}, seats=1).next_candidates.cut_tied is False
    outcome = ballot({"A": 100, "B": 100, "C": 100, "D": 100})
    assert (outcome.next_candidates.min, outcome.next_candidates.max) == (3, 4)
    assert outcome.next_candidates.cut_tied is False


def test_three_open_seats_take_four_to_six():
    names = dict.fromkeys("ABCDEFG", 100)
    legal = ballot(names, seats=3).next_candidates
    assert (legal.min, legal.max, legal.cut_tied) == (4, 6, True)
    names["G"] = 99
    assert ballot(names, seats=3).next_candidates.cut_tied is False


def test_equal_votes_are_listed_by_name_whatever_the_order_of_input():
    outcome = ballot({"D": 150, "B": 150, "C": 200, "A": 100}, seats=1)
    assert outcome.next_candidates.order == ("C", "B", "D", "A")


def test_a_write_in_among_the_first_by_votes_may_stand_and_is_pointed_out():
    outcome = ballot({"A": 290, "write-in:W": 150, "B": 100}, seats=1)
    assert outcome.next_candidates.order == ("A", "write-in:W", "B")
    assert (outcome.flags, silent_rules(outcome)) == (("LAW_SILENT",), ["R9.10"])
    assert outcome.steps[-1].text.zh == (
        "得票在前的另选人W（150票）不是原候选人，能否列为另行选举候选人，"
        "对此法律未作规定，按参数further_include_writeins=true处理，须由选举委员会作出决定并记录。"
    )


def test_a_write_in_behind_the_legal_number_raises_no_flag():
    assert ballot({"A": 290, "B": 150, "write-in:W": 100}, seats=1).flags == ()


def test_without_write_ins_the_order_drops_them_and_the_default_is_named():
    outcome = ballot(
        {"A": 290, "write-in:W": 150, "B": 100},
        seats=1,
        parameters={"further_include_writeins": False},
    )
    assert outcome.next_candidates.order == ("A", "B")
    assert (outcome.flags, silent_rules(outcome)) == (("LAW_SILENT",), ["R9.10"])
    assert outcome.steps[-1].figures["default"].en == "parameter further_include_writeins=false"


def test_too_few_people_left_is_said_and_left_to_the_committee():
    outcome = ballot({"A": 200}, seats=1)
    assert (outcome.next_candidates.order, silent_rules(outcome)) == (("A",), ["R5.13"])
    assert silent_rules(ballot({"A": 200, "B": 100}, seats=1)) == []


def test_the_further_election_is_for_the_missing_seats_only():
    outcome = ballot({"A": 380, "B": 100, "C": 90, "D": 80}, seats=3)
    assert (outcome.missing, outcome.next_seats) == (2, 2)
    legal = outcome.next_candidates
    assert (legal.order, legal.min, legal.max) == (("B", "C", "D"), 3, 4)
