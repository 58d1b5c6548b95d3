"""Who is of age on election day, and where a period of months ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.rules.days import add_months, adult_on

E = date(2021, 12, 16)  # a Thursday; the seed case's last day of elections


days = st.dates(date(1960, 1, 1), date(2200, 12, 31))


# --- age and months ---


@pytest.mark.parametrize(
    ("birth", "adult"),
    [(date(2003, 12, 15), True), (date(2003, 12, 16), True), (date(2003, 12, 17), False)],
)
def test_the_eighteenth_birthday_on_election_day_counts(birth: date, adult: bool) -> None:  # EX-08
    assert adult_on(birth, E) is adult


def test_born_on_29_february_is_adult_on_the_last_day_of_february() -> None:
    leap = date(2004, 2, 29)
    assert [adult_on(leap, date(2022, 2, day)) for day in (27, 28)] == [False, True]


def test_nobody_is_adult_before_being_born() -> None:
    assert not adult_on(date(9999, 1, 1), E)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), days)
def test_an_adult_today_is_an_adult_tomorrow_and_has_lived_18_calendar_years(
    birth: date, election_day: date
) -> None:
    adult = adult_on(birth, election_day)
    assert not adult or adult_on(birth, election_day + timedelta(days=1))
    years = election_day.year - birth.year
    assert adult if years > 18 else not adult if years < 18 else True


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2021, 12, 16), 2, date(2022, 2, 16)),
        (date(2021, 12, 31), 2, date(2022, 2, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2021, 11, 30), 3, date(2022, 2, 28)),
        (date(2021, 10, 31), 1, date(2021, 11, 30)),
        (date(2021, 12, 1), 0, date(2021, 12, 1)),
        (date(2021, 12, 1), 12, date(2022, 12, 1)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_end_of_the_month(
    start: date, months: int, end: date
) -> None:  # Civil Code 202
    assert add_months(start, months) == end
