"""One decision of the committee for many results: it is written, and it follows the votes."""

from collections.abc import Collection
from datetime import date

from election.rules.results.codes import NOT_NUMBERED, NOT_ON_DAY, NOTHING_PLAIN
from election.rules.terms import RuleViolation


def check_decision(
    reference: str, day: date, *, polling_days: Collection[date], today: date
) -> None:
    """Raise R.641-R.643 unless a numbered decision of a possible day certifies at least one result.

    Source: EL 46, ZJ 50 (the committee decides by law whether a result is valid and announces it);
    rulebook R9.14.
    """
    if not polling_days:
        raise RuleViolation(NOTHING_PLAIN)
    if not reference.strip():
        raise RuleViolation(NOT_NUMBERED)
    check_day(day, max(polling_days), today=today)


def check_day(day: date, voted: date, *, today: date) -> None:
    """Raise R.643 unless the committee can have decided on this day: voted, and not to come."""
    if not voted <= day <= today:
        days = {"day": day, "before": voted, "today": today}
        raise RuleViolation(NOT_ON_DAY, **{name: value.isoformat() for name, value in days.items()})
