"""Figures on paper: exact, halves away from zero, no minus before a zero."""

from fractions import Fraction

import pytest

from election.rules.rounding import count, decimal, percent, rate


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(1751, 3), 1, "583.7"),
        (Fraction(1, 20), 1, "0.1"),  # a half goes away from zero
        (Fraction(-1, 20), 1, "-0.1"),
        (Fraction(-1, 1000), 1, "0.0"),
        (Fraction(73, 24), 4, "3.0417"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(1_000_000), 1, "1000000.0"),
    ],
)
def test_a_fraction_is_rounded_once_and_exactly(value: Fraction, places: int, text: str) -> None:
    assert decimal(value, places) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(1, 72), "+1.39%"),
        (Fraction(-1, 10), "-10.00%"),
        (Fraction(0), "0.00%"),
        (Fraction(1, 10**6), "0.00%"),
        (Fraction(-1, 10**6), "0.00%"),
    ],
)
def test_a_deviation_has_its_sign_unless_it_shows_as_zero(value: Fraction, text: str) -> None:
    assert percent(value, sign=True) == text


def test_people_are_grouped_in_english_only() -> None:
    assert (count(42600).zh, count(42600).en) == ("42600", "42,600")
    assert (rate(Fraction(5681, 2)).zh, rate(Fraction(5681, 2)).en) == ("2840.5", "2,840.5")
