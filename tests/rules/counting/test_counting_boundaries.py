"""Each check of a count sheet begins exactly at its boundary."""

import pytest

from election.rules.codes import codes_of
from election.rules.counting import PaperAccount, check_proxies
from election.rules.counting.codes import figures
from tests.rules.counting.count_sheets import (
    ONE,
    REPEAT,
    TWO_SEATS,
    findings_of,
    hepu_sheet,
    ids,
    place,
)

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
    assert ids(findings_of(shape, sheet, registered, account)) == codes


def test_every_code_of_a_figure_is_reached_and_says_its_sentences() -> None:
    faults = [fault for row in BOUNDARIES for fault in findings_of(*row[1:5])]
    faults += findings_of(ONE, {}) + findings_of(
        ONE, place(9, 9) | {"writein:A": 1, "writein:李 明": 1, "writein:李明": 1}
    )
    district = {fault.code for fault in check_proxies(checked_in=1, proxy=4, each=3)}
    assert {fault.code for fault in faults} | district == set(codes_of(figures))
    for fault in faults:
        for text in (*fault.cause.to_json().values(), *fault.remedy.to_json().values()):
            assert "{" not in text
            assert "None" not in text
