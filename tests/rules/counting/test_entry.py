"""Reading a count sheet as typed: nothing is guessed, nothing is told of the other entry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.rules.counting import SheetShape, check_sheet, entry
from election.rules.counting.codes.figures import CANDIDATE_UNBALANCED, MISSING, NOT_A_FIGURE
from election.rules.counting.entry import read_lines
from election.rules.terms import finding
from tests.builders import head_figures

SHAPE = SheetShape(("c1", "c2"), 1, allows_writeins=True)
NAMES = {"c1": "王芳", "c2": "李军"}


def _codes(faults) -> list[str]:
    return [fault.code.id for fault in faults]


def test_an_empty_field_is_left_out_and_not_zero() -> None:
    figures, faults = read_lines({"issued": "300", "void": " ", "blank": "0"}, [], NAMES)
    assert (figures, faults) == ({"issued": 300, "blank": 0}, [])


@pytest.mark.parametrize("text", ["约12", "3.0", "1e9", "-1", "+1", "12 3", "1000000", "十"])
def test_what_is_no_plain_figure_is_named_and_not_repaired(text: str) -> None:
    figures, faults = read_lines({"issued": text}, [("钱多", text)], NAMES)
    assert figures == {}
    assert [(f.code.id, f.fields) for f in faults] == [
        ("E.302", ("issued",)),
        ("E.302", ("writein:钱多",)),
    ]


def test_write_in_lines_are_read_as_written_and_blank_ones_skipped() -> None:
    lines = [("钱多", "5"), ("", ""), (" 买买提•艾力 ", "2"), ("  ", " ")]
    figures, faults = read_lines({}, lines, NAMES)
    assert (figures, faults) == ({"writein:钱多": 5, "writein:买买提•艾力": 2}, [])


def test_a_line_with_half_its_fields_or_a_name_twice_is_a_fault() -> None:
    lines = [("钱多", ""), ("", "3"), ("吴晓", "1"), ("吴晓", "2")]
    figures, faults = read_lines({}, lines, NAMES)
    assert figures == {"writein:吴晓": 1}
    assert _codes(faults) == ["E.327", "E.328", "E.326"]


def test_a_name_that_cannot_be_a_name_is_a_fault() -> None:
    _, faults = read_lines({}, [("=1+1", "2"), ("王\u200b芳", "1")], NAMES)
    assert {"E.403", "E.404"} <= set(_codes(faults))


@given(
    st.dictionaries(st.sampled_from(SHAPE.items()), st.text(max_size=8)),
    st.lists(st.tuples(st.text(max_size=6), st.text(max_size=6)), max_size=4),
)
def test_whatever_is_typed_gives_figures_or_faults_for_every_field(texts, lines) -> None:
    figures, faults = read_lines(texts, lines, NAMES)
    named = {name for fault in faults for name in fault.fields}
    for item, text in texts.items():
        assert (item in figures) + (item in named) + (not text.strip()) == 1
    assert all(type(number) is int and 0 <= number <= 999_999 for number in figures.values())


def test_an_error_is_stored_only_when_confirmed_and_what_is_no_figure_never() -> None:
    unbalanced = finding(
        CANDIDATE_UNBALANCED,
        "for:c1",
        candidate="王芳",
        valid=9,
        votes_for=1,
        against=1,
        abstain=1,
        sum=3,
    )
    unreadable = finding(NOT_A_FIGURE, "issued", item="x", value="y")
    missing = finding(MISSING, "blank", item="x")
    assert entry.blocking([unbalanced, missing], confirmed=False) == 2
    assert entry.blocking([unbalanced, missing], confirmed=True) == 0
    assert entry.blocking([unbalanced, unreadable], confirmed=True) == 1


def test_a_warning_never_keeps_an_entry_out() -> None:
    sheet = {
        **head_figures(issued=100, returned=80, void=9, blank=1),
        "for:c1": 40,
        "against:c1": 30,
        "abstain:c1": 1,
        "for:c2": 20,
        "against:c2": 50,
        "abstain:c2": 1,
    }
    findings = check_sheet(SHAPE, sheet, registered=None, account=None)
    assert _codes(findings) == ["W.344", "W.342"]
    assert entry.blocking(findings, confirmed=False) == 0


def test_a_written_in_name_only_the_other_has_is_not_told() -> None:
    entered = {"writein:诸各": 3}
    assert entry.asked_label("writein:诸葛", NAMES, entered).zh == "另选人（姓名或者票数）"
    assert entry.asked_label("writein:诸各", NAMES, entered).zh == "另选人诸各得票"
    assert entry.asked_label("for:c1", NAMES, entered).zh == "王芳 赞成"


def test_fields_are_asked_in_the_order_of_the_paper() -> None:
    differing = ("against:c2", "writein:钱多", "issued")
    assert entry.asked_again(SHAPE, differing) == (("issued", "against:c2"), True)


def test_a_correction_is_compared_with_what_was_asked() -> None:
    requested = ("issued", "writein:吴小")
    staying = {"writein:钱多": 5}
    assert entry.unlike_asked(requested, {"issued": None, "writein:吴晓": 3}, staying) == requested
    more = entry.unlike_asked(requested, {"issued": 1, "writein:钱多": 6}, staying)
    assert sorted(more) == ["issued", "writein:吴小", "writein:钱多"]
    assert entry.unlike_asked(("issued",), {"writein:吴晓": 3}, staying) == ("writein:吴晓",)


def test_two_findings_of_one_sheet_have_two_keys() -> None:
    one = finding(MISSING, "blank", item="x")
    other = finding(MISSING, "void", item="x")
    assert (entry.finding_key(one), entry.finding_key(other)) == ("E.301:blank", "E.301:void")
