"""Officers and projects in the session: rulebook sections 11 and 12, OL 14, 25, 29."""

import pytest

from election.rules.results import Case, decide
from election.rules.terms import InputFaults

CASE = {
    "kind": "officers",
    "round": "first",
    "seats": 1,
    "all_deputies": 73,
    "present": 60,
    "issued": 60,
    "returned": 60,
    "void": 0,
}


def ballot(votes, **figures):
    return decide(Case.from_document({**CASE, "votes": votes, **figures}))


def rules(outcome):
    return [step.rule for step in outcome.steps]


def silent_rules(outcome):
    return [step.rule for step in outcome.steps if step.figures.get("law_silent")]


# -- gates ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("present", "reasons"), [(48, ("quorum",)), (49, ())])
def test_two_thirds_of_73_deputies_are_49(present, reasons):
    outcome = ballot({}, present=present, issued=present, returned=present)
    assert outcome.reasons == reasons
    assert outcome.steps[0].figures["least"] == 49


def test_exactly_two_thirds_are_a_quorum():
    assert ballot({}, all_deputies=72, present=48, issued=48, returned=48).valid


def test_without_a_quorum_the_ballot_is_void_by_law():
    outcome = ballot({"甲": 48}, present=48, issued=48, returned=48)
    assert (outcome.valid, outcome.need, outcome.elected, outcome.next) == (
        False,
        None,
        (),
        "rerun_election",
    )
    assert (outcome.next_seats, outcome.flags) == (1, ())
    assert rules(outcome) == ["R11.4", "R11.16", "R11.4"]
    assert outcome.steps[0].text.zh == (
        "全体代表73人，出席48人，须有三分之二以上即至少49人出席，未达到，选举无效。"
    )


def test_the_2021_texts_set_no_quorum():
    few = {"present": 40, "issued": 40, "returned": 40}
    outcome = ballot({"甲": 37}, **few, parameters={"ruleset_version": "2021"})
    assert (outcome.valid, outcome.elected) == (True, ("甲",))
    assert rules(outcome)[0] == "R11.16"


# -- the text of 2015 -------------------------------------------------------------------------

IN_2021 = {"ruleset_version": "2021"}


def articles(outcome):
    return [(step.rule, step.article) for step in outcome.steps[1:]]


def test_in_2021_a_majority_and_a_shortfall_of_officers_follow_the_organic_law_of_2015():
    assert articles(ballot({"甲": 36}, parameters=IN_2021)) == [
        ("R11.10", "OL2015 20; ZTC 22"),
        ("R11.10", "OL2015 20; ZTC 22"),
        ("R11.15", "OL2015 24(2)-(3), 20"),
    ]
    assert articles(ballot({"甲": 36}))[1:] == [
        ("R11.10", "OL 25; ZTC 22"),
        ("R11.10", "OL 25; ZTC 22"),
        ("R11.15", "OL 29(2)-(3), 25"),
    ]


def test_in_2021_a_tie_of_officers_follows_the_organic_law_of_2015():
    level = {"present": 73, "issued": 73, "returned": 73, "seats": 2, "parameters": IN_2021}
    tie = ballot({"A": 55, "B": 45, "C": 45}, **level)
    assert articles(tie)[1:] == [("R11.14", "OL2015 24(1)"), ("R11.14", "OL2015 24(1)")]
    again = ballot({"B": 20, "C": 21}, round="tie_repeat", parameters=IN_2021)
    assert articles(again) == [("R11.14", "OL2015 24(1)")]


def test_in_2021_projects_need_the_majority_of_the_organic_law_of_2015():
    outcome = projects({"P1": 40}, seats=1, parameters=IN_2021)
    assert articles(outcome) == [
        ("R12.6", "law silent"),
        ("R12.7", "OL2015 20; ZTC 22"),
        ("R12.7", "OL2015 20; ZTC 22"),
    ]


def test_no_article_of_2022_is_cited_in_2021():
    for kind in ("officers", "projects"):
        for round_ in ("first", "further", "tie_repeat"):
            for votes in ({"A": 50}, {"A": 40, "B": 40, "C": 40}, {"A": 0}):
                articles = ballot(votes, seats=2, kind=kind, round=round_, parameters=IN_2021)
                assert [s.article for s in articles.steps if s.article.startswith("OL ")] == []


def test_between_the_texts_the_law_is_that_of_the_sessions_day():
    few = {"present": 48, "issued": 48, "returned": 48}
    before, after = ({"ruleset_version": day} for day in ("2022-03-11", "2022-03-12"))
    assert ballot({"甲": 48}, **few, parameters=before).elected == ("甲",)
    assert ballot({"甲": 48}, **few, parameters=after).reasons == ("quorum",)


@pytest.mark.parametrize("version", ["2021", "2025+"])
def test_a_quorum_is_the_laws_and_no_parameter(version):
    chosen = {"ruleset_version": version, "session_quorum": "1/2"}
    with pytest.raises(InputFaults) as refused:
        ballot({}, parameters=chosen)
    assert [fault.field for fault in refused.value.faults] == ["parameters.session_quorum"]


# -- impossible and unlikely sums -------------------------------------------------------------


def test_votes_above_what_the_papers_of_a_session_carry_are_impossible():
    for impossible in (
        lambda: ballot({"A": 31, "B": 30}, seats=1),
        lambda: projects({"P1": 70, "P2": 70, "P3": 2}, seats=2),
    ):
        with pytest.raises(InputFaults) as refused:
            impossible()
        assert [fault.field for fault in refused.value.faults] == ["votes"]


def test_more_papers_than_issued_void_the_ballot_by_the_election_measures():
    outcome = ballot({}, returned=61)
    assert (outcome.reasons, outcome.flags) == (("returned_exceeds_issued",), ("LAW_SILENT",))
    assert rules(outcome) == ["R11.4", "R11.16", "R11.16"]
    assert outcome.steps[1].text.zh == (
        "发出选票60张，收回选票61张，收回的多于发出的，选举无效。对此法律未作规定，"
        "按选举办法的通例（默认规则R11.16）处理，须由大会作出决定并记录。"
    )


def test_no_quorum_comes_before_too_many_papers():
    outcome = ballot({}, present=48, issued=48, returned=49)
    assert outcome.reasons == ("quorum", "returned_exceeds_issued")
    assert rules(outcome)[-1] == "R11.4"


# -- officers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("votes", "elected"), [(36, ()), (37, ("甲",))])
def test_a_single_candidate_needs_a_majority_of_all_deputies_ex_53(votes, elected):
    outcome = ballot({"甲": votes})
    assert (outcome.need, outcome.elected) == (37, elected)


def test_the_need_does_not_fall_with_attendance():
    outcome = ballot({"甲": 37}, present=73, issued=73, returned=73)
    assert outcome.need == ballot({"甲": 37}).need == 37
    assert outcome.steps[2].text.zh == (
        "全体代表73人（按在职代表计，参数all_deputies_basis），过半数为37票，与出席人数无关。"
    )


@pytest.mark.parametrize(
    ("deputies", "basis", "need", "said"),
    [(70, "IN_OFFICE", 36, "在职代表"), (73, "QUOTA", 37, "代表名额")],
)
def test_vacancies_count_by_the_basis_given_ex_59(deputies, basis, need, said):
    outcome = ballot({}, all_deputies=deputies, parameters={"all_deputies_basis": basis})
    assert (outcome.need, outcome.steps[2].figures["basis"].zh) == (need, said)


def test_a_tie_for_the_second_vice_post_is_repeated_by_law_ex_56():
    outcome = ballot({"A": 55, "B": 45, "C": 45}, seats=2, present=73, issued=73, returned=73)
    assert (outcome.elected, outcome.tied, outcome.tied_seats) == (("A",), ("B", "C"), 1)
    assert (outcome.next, outcome.flags, rules(outcome)[-1]) == ("tie_repeat_vote", (), "R11.14")


def test_three_posts_and_more_are_no_fault_in_a_session():
    four = {"A": 50, "B": 50, "C": 50, "D": 50}
    assert ballot(four, seats=4).elected == ("A", "B", "C", "D")


@pytest.mark.parametrize("round_", ["first", "further"])
def test_a_shortfall_of_officers_leads_to_a_further_election_with_the_same_majority(round_):
    outcome = ballot({"A": 55, "B": 36}, seats=2, round=round_)
    assert (outcome.need, outcome.missing, outcome.next) == (37, 1, "further_election")
    assert (outcome.next_seats, outcome.next_candidates, outcome.flags) == (1, None, ())
    assert rules(outcome)[-1] == "R11.15"


def test_a_tie_in_a_further_election_of_officers_is_repeated_by_law():
    votes = {"A": 37, "B": 37, "C": 37}
    outcome = ballot(votes, seats=2, round="further", present=73, issued=73, returned=73)
    assert (outcome.tied, outcome.tied_seats, outcome.flags) == (("A", "B", "C"), 2, ())


def test_the_repeat_vote_of_officers_is_by_plurality():
    outcome = ballot({"B": 20, "C": 21}, round="tie_repeat")
    assert (outcome.need, outcome.elected, outcome.flags) == (1, ("C",), ())


def test_officers_level_again_are_flagged():
    outcome = ballot({"B": 30, "C": 30}, round="tie_repeat", attempt=2)
    assert (outcome.next, outcome.flags) == ("unresolved_tie", ("LAW_SILENT",))
    assert outcome.steps[-1].figures["body"].en == "the congress"


def test_an_officer_without_a_vote_leaves_the_post_to_a_further_election():
    outcome = ballot({"B": 0}, round="tie_repeat")
    assert (outcome.missing, outcome.next, outcome.next_candidates) == (1, "further_election", None)


# -- projects -------------------------------------------------------------------------------------

MARKS = {"P1": 66, "P2": 64, "P3": 60, "P4": 55, "P5": 36, "P6": 35, "P7": 30, "P8": 20}


def projects(votes, **figures):
    figures = {"seats": 6, "present": 70, "issued": 70, "returned": 70, **figures}
    return ballot(votes, kind="projects", **figures)


def test_only_projects_with_a_majority_of_all_deputies_are_chosen_ex_60():
    outcome = projects(MARKS)
    assert (outcome.need, outcome.elected) == (37, ("P1", "P2", "P3", "P4"))
    assert (outcome.missing, outcome.next, outcome.next_seats) == (2, "congress_decides", 2)
    assert (outcome.flags, silent_rules(outcome)) == (("LAW_SILENT",), ["R12.8"])
    assert outcome.steps[-1].text.zh == (
        "入选4项，少于计划的6项，缺2项，再次票决还是减少项目由大会决定；"
        "对此法律未作规定，按默认规则R12.8处理，须由大会作出决定并记录。"
    )


def test_by_plurality_the_first_six_are_chosen_and_the_threshold_is_named():
    outcome = projects(MARKS, parameters={"project.threshold": "PLURALITY"})
    assert (outcome.need, outcome.elected) == (1, ("P1", "P2", "P3", "P4", "P5", "P6"))
    assert (outcome.next, outcome.flags) == (None, ("LAW_SILENT",))
    assert silent_rules(outcome) == ["R12.7"]
    assert outcome.steps[-1].figures["default"].en == "parameter project.threshold=PLURALITY"


def test_a_plurality_that_is_a_majority_needs_no_flag():
    outcome = projects({"P1": 40, "P2": 20}, seats=1, parameters={"project.threshold": "PLURALITY"})
    assert (outcome.elected, outcome.flags) == (("P1",), ())


def test_a_plurality_without_any_vote_chooses_nothing():
    outcome = projects({"P1": 0}, seats=1, parameters={"project.threshold": "PLURALITY"})
    assert (outcome.elected, outcome.missing, outcome.next) == ((), 1, "congress_decides")


def test_projects_level_at_the_cut_are_voted_on_again_by_default():
    outcome = projects({"P1": 60, "P2": 40, "P3": 40}, seats=2)
    assert (outcome.elected, outcome.tied, outcome.next) == (
        ("P1",),
        ("P2", "P3"),
        "tie_repeat_vote",
    )
    assert (outcome.flags, silent_rules(outcome)) == (("LAW_SILENT",), ["R12.8"])
    assert (
        outcome.steps[4].text.zh == "得票达到37票的有3项，多于应选2项，以得票多的入选：P1（60票）。"
    )


def test_projects_without_a_vote_in_a_repeat_are_left_to_the_congress():
    outcome = projects({"P2": 30, "P3": 0}, seats=2, round="tie_repeat")
    assert (outcome.elected, outcome.next, outcome.next_seats) == (("P2",), "congress_decides", 1)


def test_a_repeat_vote_on_projects_below_the_majority_of_all_deputies_is_silent_law():
    outcome = projects({"P2": 36, "P3": 30}, seats=1, round="tie_repeat")
    assert (outcome.need, outcome.elected, outcome.flags) == (1, ("P2",), ("LAW_SILENT",))
    assert (silent_rules(outcome), outcome.steps[-1].article) == (["R12.8"], "law silent")
    assert outcome.steps[-1].text.zh == (
        "再次投票以得票多的入选，P2（36票）没有得到全体代表的过半数（37票）；再次投票是否仍须过半数，"
        "对此法律未作规定，按默认规则R9.4处理，须由大会作出决定并记录。"
    )
    assert outcome.steps[-1].text.en == (
        "In the repeat vote the higher count wins; without a majority of all deputies (37 votes):"
        " P2 (36). Is that majority needed there too? On this the law is silent; default rule R9.4"
        " was applied, and the congress must decide and record it."
    )


def test_a_repeat_vote_on_projects_with_the_majority_of_all_deputies_needs_no_flag():
    outcome = projects({"P2": 37, "P3": 33}, seats=1, round="tie_repeat")
    assert (outcome.elected, outcome.flags) == (("P2",), ())


def test_the_law_itself_lets_the_higher_count_win_a_repeat_vote_of_officers():
    assert ballot({"B": 20, "C": 21}, round="tie_repeat").flags == ()


def test_a_vote_on_projects_is_never_called_an_election():
    void = projects({}, present=48, issued=48, returned=49)
    assert [step.text.zh for step in void.steps] == [
        "全体代表73人，出席48人，须有三分之二以上即至少49人出席，未达到，票决无效。",
        "发出选票48张，收回选票49张，收回的多于发出的，票决无效。对此法律未作规定，"
        "按选举办法的通例（默认规则R11.16）处理，须由大会作出决定并记录。",
        "本次票决无效，应选6项须重新票决；已计的票数存档备查，不作为入选依据。",
    ]
    for votes in (MARKS, dict.fromkeys(MARKS, 40), {"P1": 0}):
        for round_ in ("first", "further", "tie_repeat"):
            steps = projects(votes, round=round_, seats=6).steps
            steps += projects(votes, round=round_, seats=6, returned=71).steps
            sentences = [step.text.zh + step.text.en for step in steps]
            words = ("当选", "选举无效", "重新选举", "elected", "election is void")
            assert [
                (word, sentence) for sentence in sentences for word in words if word in sentence
            ] == []


def test_a_further_vote_on_projects_keeps_the_threshold():
    outcome = projects({"P5": 36}, seats=1, round="further")
    assert (outcome.need, outcome.next) == (37, "congress_decides")


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("APPROVE_UP_TO_N", "每张选票赞成不超过6项，票数为赞成数"),
        ("RANK", "每张选票排出名次，票数为排在前6名的选票数"),
        ("YES_NO", "对各项逐一表决，票数为赞成数"),
    ],
)
def test_the_way_of_voting_on_projects_is_said(method, said):
    outcome = projects(MARKS, parameters={"project.method": method})
    assert (outcome.steps[2].rule, outcome.steps[2].article) == ("R12.6", "law silent")
    assert outcome.steps[2].text.zh == (f"{said}（通行做法，参数project.method={method}）。")
