"""Reads of certificates that were, or are asked to be, withdrawn."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.models import Congress, District, Plan, Round, Withdrawal
from election.rules.corrections import WithdrawalState


def withdrawals(session: Session, one: Round) -> Sequence[Withdrawal]:
    """Every withdrawal asked for in a round, the latest first."""
    query = select(Withdrawal).where(Withdrawal.round_id == one.id)
    return session.scalars(query.order_by(Withdrawal.id.desc())).all()


def pending(session: Session, one: Round) -> Withdrawal | None:
    """The withdrawal that waits for the second person."""
    asked = (row for row in withdrawals(session, one) if row.state is WithdrawalState.ASKED)
    return next(asked, None)


def any_pending(session: Session, congress: Congress) -> bool:
    """Whether a certificate of this congress is under a withdrawal nobody has decided on."""
    query = (
        select(Withdrawal.id)
        .join(Round, Withdrawal.round_id == Round.id)
        .join(District, Round.district_id == District.id)
        .join(Plan, District.plan_id == Plan.id)
        .where(Plan.congress_id == congress.id, Withdrawal.state == WithdrawalState.ASKED)
    )
    return session.scalar(query.limit(1)) is not None
