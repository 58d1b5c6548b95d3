"""Exact figures of districts: as a paper rounds them, and judged as the rules judge."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from election.rules import rounding
from election.rules.districts.checks import deviation
from tests.js.conftest import Scripts
from tests.js.towns import as_fraction

_WHOLE = st.integers(0, 10**12)
_OVER, _UNDER = st.integers(-(10**9), 10**9), st.integers(1, 10**6)


@given(over=_OVER, under=_UNDER, places=st.integers(1, 4))
@settings(max_examples=300)
def test_a_page_rounds_as_a_paper_does(
    scripts: Scripts, over: int, under: int, places: int
) -> None:
    assert scripts.decimal(over, under, places) == rounding.decimal(Fraction(over, under), places)


def test_halves_go_away_from_zero(scripts: Scripts) -> None:
    assert [scripts.decimal(over, 20, 1) for over in (5, 7, -5, -1, 0)] == [
        "0.3",
        "0.4",
        "-0.3",
        "-0.1",
        "0.0",
    ]
    assert [scripts.shortDecimal(over, 20) for over in (20, 21, 1999)] == ["1", "1.1", "100"]


@given(over=_OVER, under=_UNDER)
@settings(max_examples=100)
def test_a_deviation_has_the_sign_and_mark_the_tables_have(
    scripts: Scripts, over: int, under: int
) -> None:
    text = rounding.percent(Fraction(over, under), 1, sign=True)
    assert scripts.deviationText(over, under, "ok") == text
    assert scripts.deviationText(over, under, "warn") == f"{text} ▲"
    assert scripts.deviationText(over, under, "alert") == f"{text} ▲▲"


def test_what_rounds_to_nothing_has_no_sign(scripts: Scripts) -> None:
    texts = [scripts.deviationText(over, 10_000, "ok") for over in (-5, -4, 0, 4, 5)]
    assert texts == ["-0.1%", "0.0%", "0.0%", "0.0%", "+0.1%"]


@given(people=_WHOLE, seats=st.integers(1, 99), total=st.integers(1, 10**12), all_seats=_UNDER)
@settings(max_examples=200)
def test_a_deviation_is_the_one_of_the_rules(
    scripts: Scripts, people: int, seats: int, total: int, all_seats: int
) -> None:
    district = {"people": people, "seats": seats, "units": 1}
    off = scripts.deviation(district, {"people": total, "seats": all_seats})
    assert as_fraction(off) == deviation(people, seats, total, all_seats)


def test_what_is_not_known_has_no_deviation(scripts: Scripts) -> None:
    district, area = {"people": 5, "seats": 1, "units": 1}, {"people": 9, "seats": 3}
    assert scripts.deviation(district, area) is not None
    for lacking in ({"people": None}, {"seats": 0}, {"seats": None}, {"units": 0}):
        assert scripts.deviation(district | lacking, area) is None
    for lacking in ({"people": None}, {"people": 0}, {"seats": 0}):
        assert scripts.deviation(district, area | lacking) is None


@given(over=_OVER, under=_UNDER)
@settings(max_examples=100)
def test_the_band_changes_only_beyond_a_limit(scripts: Scripts, over: int, under: int) -> None:
    off = abs(Fraction(over, under))
    band = "alert" if off > Fraction(3, 10) else "warn" if off > Fraction(1, 5) else "ok"
    assert scripts.band(over, under, {"warn": [1, 5], "alert": [3, 10]}) == band
