"""The checks of a count sheet: each at its boundary, all at once, with fields and numbers."""

import pytest

from election.rules.codes import codes_of
from election.rules.counting import (
    PaperAccount,
    SheetShape,
    balance,
    check_proxies,
    check_sheet,
    look_alikes,
    writeins,
)
from election.rules.counting.balances import candidate_balance, marked_papers, valid_papers
from election.rules.counting.codes import figures
from election.rules.terms import Finding, Text
from tests.builders import head_figures

ONE = SheetShape(("A",), seats=1, allows_writeins=True)
TWO_SEATS = SheetShape(("A", "B", "C"), seats=2, allows_writeins=True)
REPEAT = SheetShape(("A", "B"), seats=1, allows_writeins=False)


def place(
    issued: int, returned: int, void: int = 0, blank: int = 0, **lines: int
) -> dict[str, int]:
    """A balanced sheet of one candidate A; further items by keyword, "writein_W" as "writein:W"."""
    items = {name.replace("_", ":"): figure for name, figure in lines.items()}
    said = items.get("for:A", 0) + items.get("against:A", 0)
    heads = head_figures(issued=issued, returned=returned, void=void, blank=blank)
    answers = {"for:A": 0, "against:A": 0, "abstain:A": max(returned - void - said, 0)}
    return {**heads, **answers, **items}


def hepu_sheet() -> dict[str, int]:
    """The place of EX-29 with every figure sound: 600 valid papers, 1104 of 1180 votes used."""
    return {
        **head_figures(issued=612, returned=610, void=10, blank=10),
        "for:A": 400,
        "against:A": 100,
        "abstain:A": 100,
        "for:B": 306,
        "against:B": 200,
        "abstain:B": 94,
        "for:C": 298,
        "against:C": 250,
        "abstain:C": 52,
        "writein:D": 100,
    }


def found(
    shape: SheetShape,
    sheet: dict[str, int],
    registered: int | None = None,
    account: PaperAccount | None = None,
    names: dict[str, str] | None = None,
) -> list[Finding]:
    return check_sheet(shape, sheet, registered=registered, account=account, names=names)


def ids(findings: list[Finding]) -> list[str]:
    return [fault.code.id for fault in findings]


def test_a_sound_sheet_with_its_roll_and_ballot_account_has_no_finding() -> None:
    account = PaperAccount(printed=650, spoiled_replaced=3, unused=35, checked_in=550, proxy=62)
    assert found(TWO_SEATS, hepu_sheet(), 1000, account) == []


BOUNDARIES = [
    # what, shape, sheet, registered, account, codes
    ("returned as issued", ONE, place(100, 100), None, None, []),
    ("one more returned than issued", ONE, place(100, 101), None, None, ["A.311"]),
    ("issued to all registered", ONE, place(100, 100), 100, None, []),
    ("one more issued than registered", ONE, place(101, 100), 100, None, ["E.312"]),
    ("one more returned than registered", ONE, place(100, 101), 100, None, ["A.311", "W.345"]),
    ("all papers void", ONE, place(90, 90, 90), None, None, ["W.342"]),
    ("one more void than returned", ONE, place(90, 90, 91), None, None, ["E.313", "W.342"]),
    ("all valid papers blank", ONE, place(90, 90, 0, 90), None, None, ["W.343"]),
    (
        "one more blank than valid",
        ONE,
        place(100, 100, 2, 99, abstain_A=98),
        None,
        None,
        ["E.314", "E.317", "W.343"],
    ),
    (
        "answers one below valid",
        ONE,
        place(100, 100, for_A=60, abstain_A=39),
        None,
        None,
        ["E.315"],
    ),
    (
        "answers one above valid",
        ONE,
        place(100, 100, for_A=60, abstain_A=41),
        None,
        None,
        ["E.315"],
    ),
    ("as many blank as abstain", ONE, place(100, 100, 0, 2, for_A=98), None, None, []),
    (
        "one more blank than abstain",
        ONE,
        place(100, 100, 0, 2, for_A=97, against_A=2),
        None,
        None,
        ["E.317"],
    ),
    ("every choice used", ONE, place(100, 100, 0, 2, for_A=40, writein_W=58), None, None, []),
    (
        "one choice too many",
        ONE,
        place(100, 100, 0, 2, for_A=41, writein_W=58),
        None,
        None,
        ["E.316"],
    ),
    (
        "write-in on every marked paper",
        TWO_SEATS,
        hepu_sheet() | {"writein:D": 176},
        None,
        None,
        [],
    ),
    (
        "two choices each, one too many",
        TWO_SEATS,
        hepu_sheet() | {"writein:D": 177},
        None,
        None,
        ["E.316"],
    ),
    (
        "a write-in as often as marked papers",
        ONE,
        place(100, 100, 0, 2, writein_W=98),
        None,
        None,
        [],
    ),
    (
        "a write-in on a blank paper",
        ONE,
        place(100, 100, 0, 2, writein_W=99),
        None,
        None,
        ["E.316", "E.321"],
    ),
    (
        "a name at zero in a repeat vote",
        REPEAT,
        dict.fromkeys(REPEAT.items(), 0) | {"writein:W": 0},
        None,
        None,
        ["E.323"],
    ),
    ("a line the form does not have", ONE, place(9, 9) | {"for:Z": 1}, None, None, ["E.303"]),
    ("a name of spaces", ONE, place(9, 9, for_A=1) | {"writein:　": 1}, None, None, ["E.303"]),
    ("no name", ONE, place(9, 9) | {"writein:": 1}, None, None, ["E.303"]),
    ("3 % void", ONE, place(100, 100, 3), None, None, ["W.342"]),
    ("below 3 % void", ONE, place(67, 67, 2), None, None, []),
    ("above 3 % void", ONE, place(66, 66, 2), None, None, ["W.342"]),
    ("one void paper of a few", ONE, place(5, 5, 1), None, None, ["W.342"]),
    ("3 % blank", ONE, place(100, 100, 0, 3), None, None, ["W.343"]),
    ("below 3 % blank", ONE, place(67, 67, 0, 2), None, None, []),
    ("above 3 % blank", ONE, place(66, 66, 0, 2), None, None, ["W.343"]),
    ("2 % missing", ONE, place(50, 49), None, None, ["W.344"]),
    ("below 2 % missing", ONE, place(101, 99), None, None, []),
    ("14 missing of many", ONE, place(1000, 986), None, None, []),
    ("15 missing of many", ONE, place(1000, 985), None, None, ["W.344"]),
    ("nobody voted", ONE, place(0, 0), 40, None, []),
    ("one paper went out, none came back", ONE, place(1, 0), None, None, ["W.341"]),
    (
        "issued as checked in",
        ONE,
        place(100, 100),
        None,
        PaperAccount(checked_in=90, proxy=10),
        [],
    ),
    (
        "one check-in short",
        ONE,
        place(100, 100),
        None,
        PaperAccount(checked_in=90, proxy=9),
        ["E.331"],
    ),
    (
        "one check-in too many",
        ONE,
        place(100, 100),
        None,
        PaperAccount(checked_in=91, proxy=10),
        ["E.331"],
    ),
    ("proxies not known", ONE, place(100, 100), None, PaperAccount(checked_in=90), []),
    (
        "proxies not known, check-ins already all",
        ONE,
        place(100, 100),
        None,
        PaperAccount(checked_in=100),
        [],
    ),
    (
        "proxies not known, check-ins already too many",
        ONE,
        place(100, 100),
        None,
        PaperAccount(checked_in=101),
        ["E.331"],
    ),
    (
        "the stock balances",
        ONE,
        place(100, 100),
        None,
        PaperAccount(printed=120, spoiled_replaced=2, unused=18),
        [],
    ),
    (
        "a paper of the stock is missing",
        ONE,
        place(100, 100),
        None,
        PaperAccount(printed=120, spoiled_replaced=2, unused=17),
        ["W.332"],
    ),
    (
        "unused papers not counted",
        ONE,
        place(100, 100),
        None,
        PaperAccount(printed=120, spoiled_replaced=2),
        [],
    ),
    (
        "printed not known",
        ONE,
        place(100, 100),
        None,
        PaperAccount(spoiled_replaced=2, unused=9),
        [],
    ),
    (
        "more replaced than the account knows",
        ONE,
        place(9, 9) | {"replaced": 3},
        None,
        PaperAccount(spoiled_replaced=2),
        ["W.334"],
    ),
    (
        "as many replaced as the account knows",
        ONE,
        place(9, 9) | {"replaced": 2},
        None,
        PaperAccount(spoiled_replaced=2),
        [],
    ),
    ("more issued than printed", ONE, place(100, 100), None, PaperAccount(printed=99), ["W.332"]),
    ("the greatest figure", ONE, place(999_999, 999_999), None, None, []),
    ("a figure too great", ONE, place(1_000_000, 100), None, None, ["E.302"]),
    ("a negative figure", ONE, place(9, 9) | {"void": -1}, None, None, ["E.302"]),
    ("a figure that is a truth value", ONE, place(1, 1) | {"void": False}, None, None, ["E.302"]),
    ("a figure with a point", ONE, place(3, 3) | {"issued": 3.0}, None, None, ["E.302"]),
    ("a negative roll", ONE, place(3, 3), -1, None, ["E.302"]),
    ("a negative account", ONE, place(3, 3), None, PaperAccount(printed=3, unused=-1), ["E.302"]),
]


@pytest.mark.parametrize(
    ("shape", "sheet", "registered", "account", "codes"),
    [row[1:] for row in BOUNDARIES],
    ids=[row[0] for row in BOUNDARIES],
)
def test_each_check_begins_exactly_at_its_boundary(
    shape, sheet, registered, account, codes
) -> None:
    assert ids(found(shape, sheet, registered, account)) == codes


@pytest.mark.parametrize("item", ONE.items())
def test_a_missing_figure_is_named_and_never_taken_for_zero(item) -> None:
    sheet = place(100, 100, for_A=60)
    del sheet[item]
    assert [(f.code.id, f.fields) for f in found(ONE, sheet)] == [("E.301", (item,))]


def test_votes_that_are_not_known_add_nothing_to_those_that_are() -> None:
    sheet = hepu_sheet() | {"writein:D": 474}
    del sheet["for:B"]
    assert ids(found(TWO_SEATS, sheet)) == ["E.301"]
    assert ids(found(TWO_SEATS, sheet | {"writein:D": 482})) == ["E.301"]
    assert ids(found(TWO_SEATS, sheet | {"writein:D": 483})) == ["E.301", "E.316"]


def test_a_figure_of_endless_digits_is_shown_short() -> None:
    assert found(ONE, place(9, 9) | {"void": 10**30})[0].facts["value"] == "1" + "0" * 19


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
    assert ids(found(REPEAT, sheet, 599)) == [
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
    fault = found(ONE, place(100, 101))[0]
    assert fault.fields == ("returned", "issued")
    assert fault.cause == Text(
        "收回选票101张，多于发出选票100张", "101 papers were returned, more than the 100 issued"
    )


def test_an_unbalanced_candidate_is_shown_with_the_whole_sum_and_its_name() -> None:
    sheet = place(100, 98, 3, for_A=60, against_A=20, abstain_A=14)
    fault = found(ONE, sheet, names={"A": "王芳"})[0]
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
    fault = found(TWO_SEATS, hepu_sheet() | {"writein:D": 177})[0]
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
    short = found(ONE, place(100, 100), account=PaperAccount(checked_in=90, proxy=9))[0]
    open_end = found(ONE, place(100, 100), account=PaperAccount(printed=90))[0]
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
    assert ids(found(ONE, sheet, names={"A": "王芳"})) == codes


def test_written_names_that_look_alike_are_shown_and_not_merged() -> None:
    sheet = place(100, 100) | {"writein:李 明": 5, "writein:李明": 6, "writein:李名": 7}
    faults = found(ONE, sheet)
    assert [(f.code.id, f.fields) for f in faults] == [("W.324", ("writein:李 明", "writein:李明"))]
    assert faults[0].cause.zh.startswith("另选人“李 明”“李明”只有")
    assert writeins(sheet) == {"李 明": 5, "李明": 6, "李名": 7}
    assert look_alikes(["乙", "甲　", "甲", "甲 "]) == [("甲", "甲 ", "甲　")]


def test_every_code_of_a_figure_is_reached_and_says_its_sentences() -> None:
    faults = [fault for row in BOUNDARIES for fault in found(*row[1:5])]
    faults += found(ONE, {}) + found(
        ONE, place(9, 9) | {"writein:A": 1, "writein:李 明": 1, "writein:李明": 1}
    )
    district = {fault.code for fault in check_proxies(checked_in=1, proxy=4, each=3)}
    assert {fault.code for fault in faults} | district == set(codes_of(figures))
    for fault in faults:
        for text in (*fault.cause.to_json().values(), *fault.remedy.to_json().values()):
            assert "{" not in text
            assert "None" not in text


@pytest.mark.parametrize(("proxy", "codes"), [(0, []), (300, []), (301, ["A.333"])])
def test_a_district_has_at_most_three_proxies_for_each_voter_who_came_r7_12(proxy, codes):
    found = check_proxies(checked_in=100, proxy=proxy, each=3)
    assert [one.code.id for one in found] == codes
    assert [one.facts["most"] for one in found] == [300] * len(codes)
