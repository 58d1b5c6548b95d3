"""One function reads a whole number wherever one is typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.rules.figures import plain_digits, whole_number


@given(number=st.integers(0, 10**15 - 1), wide=st.lists(st.booleans(), min_size=15, max_size=15))
def test_digits_of_both_widths_say_the_same_number(number: int, wide: list[bool]) -> None:
    plain = str(number)
    typed = "".join(
        chr(ord(digit) + 0xFEE0) if is_wide else digit
        for digit, is_wide in zip(plain, wide, strict=False)
    )
    assert unicodedata.normalize("NFKC", typed) == plain == plain_digits(typed)
    assert whole_number(f"　{typed} ", 15) == number


@pytest.mark.parametrize("text", ["", " ", "3.0", "1e9", "-1", "+1", "1,0", "1_0", "1 0", "³", "③"])
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert whole_number(text, 15) is None


@given(st.text(max_size=6))
def test_whatever_is_read_was_written_in_digits(text: str) -> None:
    digits = unicodedata.normalize("NFKC", text.strip())
    if whole_number(text, 6) is not None:
        assert digits.isascii()
        assert int(digits) == whole_number(text, 6)


def test_too_many_digits_are_no_number() -> None:
    assert (whole_number("０012", 4), whole_number("00012", 4)) == (12, None)
    assert whole_number("9" * 10_000, 1000) is None
