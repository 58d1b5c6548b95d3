"""How figures are written on pages."""

from fractions import Fraction

import pytest

from election.web.filters import percent


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
