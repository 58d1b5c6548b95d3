"""Polling places: mobile boxes, codes of sheets. Source: ZJ 40(4); rulebook R7.1, R7.2."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.rules.polling.places import (
    PlaceFacts,
    check_district_places,
    check_place,
    sheet_code,
    short_code,
    short_codes,
    typed_code,
)
from election.rules.profile import profile
from election.rules.terms import Level, Text

PROFILE = profile()


def _codes(mobile: bool, staff: int | None, scrutineers: int | None, districts: int = 1, **over):
    facts = PlaceFacts("北岙", mobile, staff, scrutineers, districts)
    rules = profile(over) if over else PROFILE
    return [fault.code.id for fault in check_place(facts, profile=rules)]


@pytest.mark.parametrize(
    ("staff", "scrutineers", "codes"),
    [
        (2, 2, []),
        (2, 1, ["E.502"]),  # EX-25: one scrutineer and one clerk
        (1, 1, ["E.501", "E.502"]),
        (2, 3, ["E.503"]),
        (None, 2, ["W.504"]),
        (2, None, ["W.504"]),
        (1, None, ["W.504", "E.501"]),
    ],
)
def test_a_mobile_box_needs_two_staff_of_whom_two_are_scrutineers(staff, scrutineers, codes):
    assert _codes(True, staff, scrutineers) == codes


def test_a_stricter_plan_asks_for_more() -> None:
    assert _codes(True, 2, 2, mobile_box_min_staff=3) == ["E.501"]


def test_a_station_has_no_least_number_but_its_numbers_must_fit() -> None:
    assert _codes(False, 1, 0) == []
    assert _codes(False, None, None) == []
    assert _codes(False, 1, 2) == ["E.503"]


def test_a_place_without_a_district_is_told() -> None:
    assert _codes(False, 3, 2, districts=0) == ["W.505"]


def test_a_district_with_mobile_boxes_only_is_told() -> None:
    name = Text("镇级第3选区", "Town district 3")
    assert [f.code.id for f in check_district_places(name, [True, True])] == ["W.506"]
    assert check_district_places(name, [True, False]) == []
    assert check_district_places(name, []) == []  # no place at all has its own code


def test_a_sheet_code_names_congress_district_round_and_place() -> None:
    assert sheet_code(Level.TOWN, 3, 1, "S01") == "T03-1-S01"
    assert sheet_code(Level.COUNTY, 12, 2, "M02B") == "C12-2-M02B"


@pytest.mark.parametrize(
    "typed", ["T03-1-S01", "t03-1-s01", " t03 1 s01 ", "Ｔ03－1－S01", "T03—1—S01", "t03_1_s01\n"]
)
def test_a_code_is_found_however_it_is_typed(typed: str) -> None:
    assert typed_code(typed) == "T03-1-S01"


@given(
    level=st.sampled_from(Level),
    district=st.integers(1, 999),
    number=st.integers(1, 9),
    place=st.from_regex(r"\A[0-9A-Z]{1,12}\Z"),
)
def test_typing_the_printed_code_gives_the_printed_code(level, district, number, place) -> None:
    code = sheet_code(level, district, number, place)
    assert typed_code(code.lower()) == code


def test_a_code_without_its_separators_is_the_printed_one() -> None:
    known = short_codes(Level.TOWN, 3, 1, "V1")
    typed = ("town3v1", "T031V1", "t3v1", "镇级３v1", "town-3 / v1", "T03.1.V1")
    assert {short_code(text) for text in typed} <= known
    assert not {short_code(text) for text in ("t32v1", "c3v1", "t3v", "t30v1")} & known


@given(
    st.tuples(
        st.sampled_from(Level),
        st.integers(1, 99),
        st.integers(1, 9),
        st.from_regex(r"\A[0-9A-Z]{1,4}\Z"),
    ),
    st.tuples(
        st.sampled_from(Level),
        st.integers(1, 99),
        st.integers(1, 9),
        st.from_regex(r"\A[0-9A-Z]{1,4}\Z"),
    ),
)
def test_two_sheets_never_share_a_code(one, other) -> None:
    assert (sheet_code(*one) == sheet_code(*other)) == (one == other)
