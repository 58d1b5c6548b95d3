"""Identity numbers (GB 11643-1999): the check digit, the birthday, the mask; R4.1, R5.5."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.rules.id_numbers import (
    birthday_of,
    check_holder,
    check_id_number,
    check_text,
    is_male,
    mask,
    normalise_id_number,
)

EXAMPLE = "11010519491231002X"  # the worked example of the standard
DAY = date(2021, 12, 16)


def codes(number: str) -> list[str]:
    return [one.code.id for one in check_id_number(number)]


def numbered(head: str) -> str:
    """The one number with these 17 digits that passes: found by trying, not by the formula."""
    return next(head + digit for digit in "0123456789X" if not codes(head + digit))


def test_the_example_of_the_standard_is_good() -> None:
    assert codes(EXAMPLE) == []
    assert (birthday_of(EXAMPLE), is_male(EXAMPLE)) == (date(1949, 12, 31), False)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("11010519491231002x", []),
        (" 110105 19491231 002X ", []),
        ("１１０１０５１９４９１２３１００２Ｘ", []),
        ("110105491231002", ["E.491"]),  # fifteen digits
        ("11010519491231002XX", ["E.491"]),
        ("X1010519491231002X", ["E.491"]),
        ("", ["E.491"]),
        ("110105194912310021", ["E.492"]),
        ("110105194912310029", ["E.492"]),
    ],
)
def test_a_number_is_read_in_one_spelling_and_its_digits_are_checked(raw, expected) -> None:
    assert codes(normalise_id_number(raw)) == expected


def test_a_day_that_does_not_exist_is_refused_even_with_a_good_check_digit() -> None:
    heads = ["11010519490230002", "11010519491331002", "11010500000101002"]
    found = {head: {tuple(codes(head + digit)) for digit in "0123456789X"} for head in heads}
    assert found == {head: {("E.492",), ("E.493",)} for head in heads}
    with pytest.raises(ValueError, match="identity"):
        birthday_of("110105194902300020")


@given(place=st.integers(0, 16), digit=st.sampled_from("0123456789"))
def test_one_wrong_digit_never_passes(place: int, digit: str) -> None:
    changed = EXAMPLE[:place] + digit + EXAMPLE[place + 1 :]
    assert (codes(changed) == []) == (changed == EXAMPLE)


@given(place=st.integers(0, 15))
def test_two_neighbours_exchanged_never_pass(place: int) -> None:
    changed = EXAMPLE[:place] + EXAMPLE[place + 1] + EXAMPLE[place] + EXAMPLE[place + 2 :]
    assert (codes(changed) == []) == (changed == EXAMPLE)


@pytest.mark.parametrize(("born", "expected"), [("20031216", []), ("20031217", ["E.494"])])
def test_eighteen_on_election_day_itself_is_enough(born: str, expected: list[str]) -> None:  # EX-08
    number = numbered(f"330225{born}002")
    found = check_holder(number, male=None, birth_month="", election_day=DAY)
    assert [one.code.id for one in found] == expected


def test_sex_and_month_are_compared_where_they_were_entered() -> None:
    number = numbered("33022519800501123")
    for male, month, expected in (
        (True, "1980-05", []),
        (None, "", []),
        (False, "1980-05", ["E.495"]),
        (True, "1980-06", ["E.496"]),
    ):
        found = check_holder(number, male=male, birth_month=month, election_day=DAY)
        assert [one.code.id for one in found] == expected


def test_the_mask_shows_place_and_last_four_only() -> None:
    assert mask(EXAMPLE) == "110105********002X"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("身份证11010519491231002X已核对", ["E.497"]),
        ("11010519491231002x", ["E.497"]),
        ("１１０１０５１９４９１２３１００２Ｘ", ["E.497"]),
        ("电话13800138000，文号象人大〔2021〕12号", []),
        ("110105194912310021", []),  # no identity number: the check digit is wrong
        ("9110105194912310029", []),
    ],
)
def test_a_free_text_with_an_identity_number_is_found(text: str, expected: list[str]) -> None:
    assert [one.code.id for one in check_text(text)] == expected
