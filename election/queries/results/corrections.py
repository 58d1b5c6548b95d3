"""Reads of certificates that were, or are asked to be, withdrawn."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from election.models import Congress, District, Plan, Round, Withdrawal
from election.queries.counting import in_use
from election.queries.elections.readiness import round_title
from election.queries.results.outcomes import follower
from election.rules.results.corrections import WithdrawalState
from election.rules.terms import Text


def withdrawals(session: Session, round_: Round) -> Sequence[Withdrawal]:
    """Every withdrawal asked for in a round, the latest first."""
    query = select(Withdrawal).where(Withdrawal.round_id == round_.id)
    return session.scalars(query.order_by(Withdrawal.id.desc())).all()


def pending(session: Session, round_: Round) -> Withdrawal | None:
    """The withdrawal that waits for the second person."""
    waiting_rows = (
        row for row in withdrawals(session, round_) if row.state is WithdrawalState.ASKED
    )
    return next(waiting_rows, None)


def counted_follower(session: Session, round_: Round) -> Text | None:
    """What the round is called that was opened after this one, once anything is recorded in it."""
    after = follower(session, round_)
    return round_title(after) if after is not None and in_use(session, after.sheets) else None


def waiting(session: Session, congress: Congress) -> Sequence[Withdrawal]:
    """Every withdrawal in a congress that nobody has decided on, by district."""
    query = select(Withdrawal).where(
        *_of_congress(congress.id), Withdrawal.state == WithdrawalState.ASKED
    )
    return session.scalars(query.order_by(District.number, Withdrawal.id)).all()


def withdrawn_since(session: Session, congress_id: int, moment: datetime) -> tuple[int, ...]:
    """Numbers of the districts of which a certificate was withdrawn after a moment; no figures."""
    query = (
        select(District.number)
        .where(
            *_of_congress(congress_id),
            Withdrawal.state == WithdrawalState.GRANTED,
            Withdrawal.decided_at > moment,
        )
        .distinct()
    )
    return tuple(session.scalars(query.order_by(District.number)))


def _of_congress(congress_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Withdrawal.round_id == Round.id,
        Round.district_id == District.id,
        District.plan_id == Plan.id,
        Plan.congress_id == congress_id,
    )
