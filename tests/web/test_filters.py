"""How figures are written on pages."""

from fractions import Fraction

import pytest

from election.rules.rounding import percent as printed
from election.web.filters import percent, tenths


@pytest.mark.parametrize(
    ("value", "plain", "signed"),
    [
        (None, "—", "—"),
        (Fraction(21, 500), "4.2%", "+4.2%"),
        (Fraction(-21, 500), "-4.2%", "-4.2%"),
        (Fraction(0), "0.0%", "0.0%"),
        (Fraction(1, 10**5), "0.0%", "0.0%"),
        (Fraction(-1, 10**5), "0.0%", "0.0%"),
    ],
)
def test_a_share_has_a_sign_unless_it_rounds_to_nothing(
    value: Fraction | None, plain: str, signed: str
) -> None:
    assert (percent(value, 1), percent(value, 1, sign=True)) == (plain, signed)


def test_a_page_rounds_halves_as_paper_does() -> None:
    for value in (Fraction(1, 800), Fraction(-3, 800), Fraction(21, 160)):
        assert percent(value, 2, sign=True) == printed(value, 2, sign=True)
    assert (percent(Fraction(1, 800)), percent(Fraction(-1, 800))) == ("0.13%", "-0.13%")
    assert (tenths(Fraction(42_605, 20)), tenths(None)) == ("2130.3", "—")
