"""The checks of a count sheet: all at once, with fields and numbers."""

import pytest

from election.rules.counting import (
    PaperAccount,
    balance,
    check_proxies,
    look_alikes,
    writeins,
)
from election.rules.counting.balances import candidate_balance, marked_papers, valid_papers
from election.rules.terms import Text
from tests.builders import head_figures
from tests.rules.counting.count_sheets import (
    ONE,
    REPEAT,
    TWO_SEATS,
    findings_of,
    hepu_sheet,
    ids,
    place,
)


def test_a_sound_sheet_with_its_roll_and_ballot_account_has_no_finding() -> None:
    account = PaperAccount(printed=650, spoiled_replaced=3, unused=35, checked_in=550, proxy=62)
    assert findings_of(TWO_SEATS, hepu_sheet(), 1000, account) == []


@pytest.mark.parametrize("item", ONE.items())
def test_a_missing_figure_is_named_and_never_taken_for_zero(item) -> None:
    sheet = place(100, 100, for_A=60)
    del sheet[item]
    assert [(f.code.id, f.fields) for f in findings_of(ONE, sheet)] == [("E.301", (item,))]


def test_votes_that_are_not_known_add_nothing_to_those_that_are() -> None:
    sheet = hepu_sheet() | {"writein:D": 474}
    del sheet["for:B"]
    assert ids(findings_of(TWO_SEATS, sheet)) == ["E.301"]
    assert ids(findings_of(TWO_SEATS, sheet | {"writein:D": 482})) == ["E.301"]
    assert ids(findings_of(TWO_SEATS, sheet | {"writein:D": 483})) == ["E.301", "E.316"]


def test_a_figure_of_endless_digits_is_shown_short() -> None:
    assert findings_of(ONE, place(9, 9) | {"void": 10**30})[0].facts["value"] == "1" + "0" * 19


def test_all_faults_of_a_sheet_come_back_together() -> None:
    sheet = {
        **head_figures(issued=600, returned=601, void=10),
        "for:A": 300,
        "against:A": 300,
        "abstain:A": 10,
        "for:B": -1,
        "against:B": 1,
        "writein:C": 5,
    }
    del sheet["blank"]
    assert ids(findings_of(REPEAT, sheet, 599)) == [
        "E.301",
        "E.301",
        "E.302",
        "A.311",
        "E.312",
        "E.315",
        "E.323",
        "W.345",
    ]


def test_a_fault_names_its_fields_and_both_numbers_in_both_languages() -> None:
    fault = findings_of(ONE, place(100, 101))[0]
    assert fault.fields == ("returned", "issued")
    assert fault.cause == Text(
        "收回选票101张，多于发出选票100张", "101 papers were returned, more than the 100 issued"
    )


def test_an_unbalanced_candidate_is_shown_with_the_whole_sum_and_its_name() -> None:
    sheet = place(100, 98, 3, for_A=60, against_A=20, abstain_A=14)
    fault = findings_of(ONE, sheet, names={"A": "王芳"})[0]
    assert fault.fields == ("for:A", "against:A", "abstain:A", "returned", "void")
    assert fault.facts == {
        "candidate": "王芳",
        "valid": 95,
        "votes_for": 60,
        "against": 20,
        "abstain": 14,
        "sum": 94,
    }


def test_too_many_choices_are_shown_with_what_the_papers_can_carry() -> None:
    fault = findings_of(TWO_SEATS, hepu_sheet() | {"writein:D": 177})[0]
    assert fault.facts == {"chosen": 1181, "most": 1180, "marked": 590, "seats": 2}
    assert fault.fields == (
        "for:A",
        "for:B",
        "for:C",
        "writein:D",
        "returned",
        "void",
        "blank",
    )


def test_a_ballot_account_that_does_not_balance_shows_the_equation() -> None:
    short = findings_of(ONE, place(100, 100), account=PaperAccount(checked_in=90, proxy=9))[0]
    open_end = findings_of(ONE, place(100, 100), account=PaperAccount(printed=90))[0]
    assert short.facts == {"equation": "100 ≠ 90 + 9 = 99"}
    assert open_end.facts == {"equation": "90 < 100 + ? + ?"}
    assert balance(610, 20, 590).equation() == "610 = 20 + 590"
    assert (balance(None, 1).equation(), balance(None, 1).holds()) == ("? = 1", None)


def test_sums_of_contradicting_figures_are_unknown() -> None:
    assert valid_papers({"returned": 9, "void": 9}) == 0
    assert valid_papers({"returned": 9, "void": 10}) is None
    assert marked_papers({"returned": 9, "void": 1, "blank": 8}) == 0
    assert marked_papers({"returned": 9, "void": 1, "blank": 9}) is None
    assert candidate_balance({"returned": 9, "void": 1, "for:A": 3}, "A").holds() is None


@pytest.mark.parametrize(
    ("written", "codes"),
    [("王芳", ["W.322"]), ("王 芳", ["W.322"]), ("王芬", []), ("A", [])],
)
def test_a_written_name_like_that_of_a_candidate_is_pointed_out(written, codes) -> None:
    sheet = place(100, 100, for_A=60) | {f"writein:{written}": 5}
    assert ids(findings_of(ONE, sheet, names={"A": "王芳"})) == codes


def test_written_names_that_look_alike_are_shown_and_not_merged() -> None:
    sheet = place(100, 100) | {"writein:李 明": 5, "writein:李明": 6, "writein:李名": 7}
    faults = findings_of(ONE, sheet)
    assert [(f.code.id, f.fields) for f in faults] == [("W.324", ("writein:李 明", "writein:李明"))]
    assert faults[0].cause.zh.startswith("另选人“李 明”“李明”只有")
    assert writeins(sheet) == {"李 明": 5, "李明": 6, "李名": 7}
    assert look_alikes(["乙", "甲　", "甲", "甲 "]) == [("甲", "甲 ", "甲　")]


@pytest.mark.parametrize(("proxy", "codes"), [(0, []), (300, []), (301, ["A.333"])])
def test_a_district_has_at_most_three_proxies_for_each_voter_who_came_r7_12(proxy, codes):
    found = check_proxies(checked_in=100, proxy=proxy, each=3)
    assert [one.code.id for one in found] == codes
    assert [one.facts["most"] for one in found] == [300] * len(codes)
