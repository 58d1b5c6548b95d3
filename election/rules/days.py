"""Days: months added, who is of age on a day, and a day as sentences name it."""

from calendar import monthrange
from datetime import date

from election.rules.terms import Text

VOTING_AGE = 18  # EL 4


def add_months(day: date, months: int) -> date:
    """The corresponding day so many months (0 or more) later, or the last day of that month.

    Source: Civil Code 202.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def adult_on(birth: date, election_day: date) -> bool:
    """Whether a person is 18 on election day; the 18th birthday itself counts.

    Born on 29 February: 18 on 28 February, the last day of the period (Civil Code 202).
    Source: EL 4; ZJ 25; rule R4.1.
    """
    if birth > election_day:
        return False
    return add_months(birth, VOTING_AGE * 12) <= election_day


def day_text(day: date) -> Text:
    """A day for sentences: 2021年12月16日, and 2021-12-16 in English."""
    return Text(f"{day.year}年{day.month}月{day.day}日", day.isoformat())
