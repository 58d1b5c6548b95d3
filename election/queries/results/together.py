"""Which results wait only for the committee's yes, so that one decision certifies them all."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.models import Congress, CountSheet, Round, SheetNote, Withdrawal
from election.queries.results.outcomes import RoundCount, counted_by, counts
from election.queries.results.written_in import certifying
from election.rules.canonical import sha256
from election.rules.names import normalise_name


def without_remark(
    session: Session, congress: Congress, *, by: str, today: date
) -> list[RoundCount]:
    """The rounds of a congress that elect everybody and leave nothing to say, in their order.

    Left out is what the committee has to look at: an outcome after which another vote follows, a
    flag, an alert, a sheet signed with an explanation or decision, a certificate withdrawn before,
    a question about a person, somebody elected twice, a count in which official `by` had a part.
    """
    plain = [c for c in counts(session, congress.election) if _is_plain(c, congress, today)]
    remarked = _with_notes(session, plain) | _withdrawn(session, plain)
    names = Counter(name for count in plain for name in _elected(count))
    return [
        count
        for count in plain
        if count.round.id not in remarked
        and all(names[name] == 1 for name in _elected(count))
        and by not in counted_by(session, count.round)
        and count.outcome is not None
        and not certifying(session, count.round, count.outcome)
    ]


def digest_of(together: Sequence[RoundCount]) -> str:
    """What the one decision binds to: every result as seen."""
    return sha256({count.round.code: count.digest for count in together})


def _is_plain(count: RoundCount, congress: Congress, today: date) -> bool:
    """What the figures alone can say: voted, reported, decided by the law, nothing after it."""
    outcome = count.outcome
    return (
        count.round.district.plan.congress_id == congress.id
        and count.complete
        and count.result is None
        and count.round.polling_day <= today
        and outcome is not None
        and outcome.valid
        and outcome.next is None
        and not outcome.flags
        and not count.needs_decision
    )


def _elected(count: RoundCount) -> list[str]:
    elected = count.outcome.elected if count.outcome else ()
    return [normalise_name(count.name(who)) for who in elected]


def _with_notes(session: Session, plain: Sequence[RoundCount]) -> set[int]:
    """Rounds with a sheet that was signed with an explanation or a decision."""
    query = (
        select(CountSheet.round_id)
        .join(SheetNote, SheetNote.sheet_id == CountSheet.id)
        .where(CountSheet.round_id.in_([c.round.id for c in plain]), SheetNote.code != "")
    )
    return set(session.scalars(query))


def _withdrawn(session: Session, plain: Sequence[RoundCount]) -> set[int]:
    keys = [count.round.id for count in plain]
    query = select(Withdrawal.round_id).join(Round, Withdrawal.round_id == Round.id)
    return set(session.scalars(query.where(Withdrawal.round_id.in_(keys))))
