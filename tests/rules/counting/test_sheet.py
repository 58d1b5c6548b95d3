"""The figures of a count sheet: shape, reading, names of items, comparison, sum, digest."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.rules.counting import (
    Papers,
    SheetShape,
    Vote,
    anchor,
    compare,
    item_label,
    parse_figure,
    quoted,
    read_figures,
    sheet_digest,
    total,
    votes_by_person,
    votes_item,
)
from election.rules.terms import InputFault, RuleViolation, Text

WHOLE = {
    "issued": 9,
    "returned": 9,
    "void": 0,
    "blank": 0,
    "for:A": 5,
    "against:A": 2,
    "abstain:A": 2,
}


def test_a_sheet_asks_for_heads_and_three_lines_per_candidate_in_ballot_order() -> None:
    assert SheetShape(("A", "B"), seats=1, allows_writeins=False).items() == (
        *Papers,
        "for:A",
        "against:A",
        "abstain:A",
        "for:B",
        "against:B",
        "abstain:B",
    )


@pytest.mark.parametrize(
    ("candidates", "seats", "field"),
    [(("A",), 0, "seats"), (("A", "A"), 1, "candidates"), (("A", ""), 1, "candidates")],
)
def test_a_form_needs_a_seat_and_distinct_candidates(candidates, seats, field) -> None:
    with pytest.raises(InputFault) as fault:
        SheetShape(candidates, seats, allows_writeins=True)
    assert fault.value.field == field


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("0", 0),
        ("007", 7),
        ("610", 610),
        ("999999", 999_999),
        ("１２", 12),
        ("6１0", 610),
        ("　7 ", 7),
    ],
)
def test_a_figure_is_one_to_six_digits_of_either_width(text, figure) -> None:
    assert parse_figure(text) == figure


@pytest.mark.parametrize(
    "text",
    [
        "3.0",
        "1e9",
        "-1",
        "+1",
        "1,000",
        "1_0",
        "1 7",
        "0x1F",
        "二",
        "³",
        "٣",
        "1000000",
        "0000001",
        "nan",
        "½",
    ],
)
def test_whatever_is_not_digits_alone_is_refused_and_not_guessed_at(text) -> None:
    with pytest.raises(RuleViolation) as refused:
        parse_figure(text)
    assert (refused.value.code.id, refused.value.facts["value"]) == ("E.302", text)


@pytest.mark.parametrize("text", ["", " ", "　"])
def test_an_empty_field_is_unknown_and_no_figure(text) -> None:
    with pytest.raises(RuleViolation) as refused:
        parse_figure(text)
    assert (refused.value.code.id, refused.value.cause.zh) == (
        "E.301",
        "“数字”未填写：空白表示不知道，不等于0",
    )


@given(st.integers(0, 999_999))
def test_every_figure_of_the_form_is_read_back(figure: int) -> None:
    assert parse_figure(str(figure)) == figure


def test_a_form_is_read_whole_with_blank_fields_left_unknown() -> None:
    texts = {"issued": "612", "returned": "6l0", "void": "", "for:A": "1e2" + "0" * 40}
    figures, faults = read_figures(texts, {"A": "王芳"})
    assert figures == {"issued": 612}
    assert [(f.code.id, f.fields) for f in faults] == [
        ("E.302", ("returned",)),
        ("E.302", ("for:A",)),
    ]
    assert faults[1].cause.en == '"1e2' + "0" * 17 + '" cannot be 王芳: for'


@pytest.mark.parametrize(
    ("item", "label"),
    [
        ("void", Text("废票", "void ballots")),
        ("against:A", Text("王芳 反对", "王芳: against")),
        ("for:B", Text("B 赞成", "B: for")),
        ("writein:李:明", Text("另选人李:明得票", "votes for the write-in 李:明")),
        ("odd:B", Text("B odd", "B: odd")),
        ("odd", Text("odd", "odd")),
    ],
)
def test_items_are_called_as_people_call_them(item, label) -> None:
    assert item_label(item, {"A": "王芳"}) == label


@pytest.mark.parametrize("item", [*Papers, *Vote])
def test_every_figure_of_a_sheet_has_words_in_both_languages(item) -> None:
    words = item_label(item)
    assert words.zh not in ("", item.value)
    assert words.en != ""


def test_the_head_of_a_column_is_shorter_than_the_words_of_a_sentence() -> None:
    assert Papers.ISSUED.words == Text("发出选票", "ballots issued")
    assert Papers.ISSUED.column == Text("发出选票", "issued")


def test_votes_are_found_by_the_person_printed_or_written_in() -> None:
    sheet = {**WHOLE, "for:B": 3, "writein:钱多": 4}
    assert votes_by_person(sheet, ("B", "A")) == {"B": 3, "A": 5, "write-in:钱多": 4}
    assert list(votes_by_person(sheet, ("B", "A"))) == ["B", "A", "write-in:钱多"]
    assert (votes_item("A"), votes_item("write-in:钱多")) == ("for:A", "writein:钱多")


def test_names_are_quoted_as_each_language_lists_them() -> None:
    assert quoted(("王芳", "王 芳")) == Text("“王芳”“王 芳”", "“王芳”, “王 芳”")


def test_two_entries_differ_where_a_figure_differs_or_only_one_has_it() -> None:
    first = {"issued": 9, "void": 1, "for:A": 4, "writein:W": 2}
    second = {"issued": 9, "void": 2, "writein:W": 2, "writein:V": 0, "for:A": 4}
    assert compare(first, second) == ("void", "writein:V")
    assert compare(first, dict(reversed(first.items()))) == ()


SHEETS = st.dictionaries(
    st.sampled_from(["issued", "void", "for:A", "writein:W", "writein:V"]), st.integers(0, 50)
)


@given(first=SHEETS, second=SHEETS)
def test_comparing_is_symmetric_and_names_what_makes_the_entries_equal(first, second) -> None:
    differing = compare(first, second)
    assert set(differing) == set(compare(second, first))
    kept = {item: figure for item, figure in first.items() if item not in differing}
    assert kept == {item: figure for item, figure in second.items() if item not in differing}


FULL = st.fixed_dictionaries(
    {item: st.integers(0, 999) for item in WHOLE},
    optional={"writein:李明": st.integers(0, 9), "writein:李 明": st.integers(0, 9)},
)


@given(sheets=st.lists(FULL, min_size=1), data=st.data())
def test_a_total_depends_neither_on_the_order_nor_on_the_grouping_of_places(sheets, data) -> None:
    cut = data.draw(st.integers(1, len(sheets)))
    parts = [total(part) for part in (sheets[:cut], sheets[cut:]) if part]
    assert total(sheets) == total(sheets[::-1]) == total(parts)
    for item, figure in total(sheets).items():
        assert figure == sum(sheet.get(item, 0) for sheet in sheets)


def test_a_total_of_no_place_is_unknown_and_an_incomplete_sheet_is_not_added() -> None:
    assert total([]) == {}
    short = {item: figure for item, figure in WHOLE.items() if item != "void"}
    with pytest.raises(InputFault) as fault:
        total([WHOLE, short])
    assert fault.value.field == "sheets[1].void"
    assert fault.value.text == Text(
        "第2张计票单缺“废票”，不能相加", "sheet 2 has no void ballots: it cannot be added"
    )


def test_the_digest_is_that_of_the_canonical_json_of_place_round_and_sheet() -> None:
    text = '{"place":"p1","round":"town-3-r1","sheet":{"issued":612,"writein:䶮":1}}'
    assert sheet_digest("town-3-r1", "p1", {"writein:䶮": 1, "issued": 612}) == (
        hashlib.sha256(text.encode()).hexdigest()
    )


@given(first=SHEETS, second=SHEETS)
def test_the_digest_commits_to_every_figure(first, second) -> None:
    unchanged = sheet_digest("r", "p", first) == sheet_digest("r", "p", second)
    assert unchanged == (first == second)
    assert sheet_digest("p", "r", first) != sheet_digest("r", "p", first)


def test_the_printed_anchor_is_eight_groups_of_four() -> None:
    assert anchor("0123456789abcdef" * 4) == "0123 4567 89ab cdef 0123 4567 89ab cdef"
