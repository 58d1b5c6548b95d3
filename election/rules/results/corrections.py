"""The correction of a certified result: its certificate is withdrawn by two people (T1, T48).

asked -> granted | declined. Whoever decides on certifying asks, naming the committee's decision; a
scrutineer, another person, compares it with the sheets and grants or declines. A certificate that
was withdrawn stays on file as it stood; the round is counted, signed and certified anew.
Source: EL 46; ZJ 50; R9.14, R9.16. The law names no procedure, so the committee decides in writing.
"""

from enum import StrEnum

from election.rules.results.codes import (
    ASKED_ALREADY,
    FOLLOWED,
    NO_CERTIFICATE,
    NOT_REASONED,
    SAME_PERSON,
)
from election.rules.terms import RuleViolation, Text


class WithdrawalState(StrEnum):
    """Where an asked withdrawal stands."""

    ASKED = "asked"
    GRANTED = "granted"
    DECLINED = "declined"


def require_asking(
    *, certified: bool, pending: bool, reason: str, reference: str, follower: Text | None
) -> None:
    """Whether a withdrawal may be asked for; follower: what a later round with records is called.

    Raises R.632-R.634, R.636.
    """
    if not certified:
        raise RuleViolation(NO_CERTIFICATE)
    if pending:
        raise RuleViolation(ASKED_ALREADY)
    if not reason.strip() or not reference.strip():
        raise RuleViolation(NOT_REASONED)
    require_unfollowed(follower)


def require_second(*, asked_by: str, by: str) -> None:
    """Raise R.635 unless another person decides than the one who asked."""
    if asked_by == by:
        raise RuleViolation(SAME_PERSON)


def require_unfollowed(follower: Text | None) -> None:
    """Raise R.636 when a vote was held after the round; follower: what that round is called."""
    if follower is not None:
        raise RuleViolation(FOLLOWED, round=follower)


def require_certain(*, pending: bool) -> None:
    """Raise R.634 while a withdrawal of the certificate waits: nothing is built on it."""
    if pending:
        raise RuleViolation(ASKED_ALREADY)
