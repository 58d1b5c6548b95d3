"""Certified outcomes, and those that were withdrawn."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from election.models.base import CODE, LINE, Model, Versioned
from election.models.counting.round import Round
from election.models.types import words
from election.rules.results.certified import CertifiedOutcome
from election.rules.results.corrections import WithdrawalState
from election.tenant import Tenant, join_on, reference


class Result(Tenant, Versioned, Model):
    """What the committee certified for one round.

    outcome_json: as CertifiedOutcome.to_json tells it; totals: item -> figure, as summed.
    """

    __tablename__ = "result"
    __table_args__ = (
        UniqueConstraint("township_id", "round_id", name="uq_result_round"),
        reference("round_id", "round"),
    )

    round_id: Mapped[int]
    outcome_json: Mapped[dict[str, Any]] = mapped_column("outcome")
    totals: Mapped[dict[str, Any]]
    decision: Mapped[str] = mapped_column(LINE, default="")
    certified_at: Mapped[datetime]
    certified_by: Mapped[str] = mapped_column(CODE)
    round: Mapped[Round] = relationship(
        primaryjoin=join_on("Result.round_id", "Round"), lazy="joined", innerjoin=True
    )

    @property
    def outcome(self) -> CertifiedOutcome:
        """What the committee certified, and decided since."""
        return CertifiedOutcome.from_json(self.outcome_json)


class Withdrawal(Tenant, Versioned, Model):
    """A certificate that somebody asked to withdraw; once granted it stands here as it was.

    certificate: outcome, totals, decision, certified_at, certified_by; NULL until granted.
    """

    __tablename__ = "withdrawal"
    __table_args__ = (
        Index("ix_withdrawal_round", "township_id", "round_id"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="who_and_when"),
        CheckConstraint("(state = 'asked') = (decided_at IS NULL)", name="decided_with_a_date"),
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="two_people"),
        reference("round_id", "round"),
    )

    round_id: Mapped[int]
    state: Mapped[WithdrawalState] = mapped_column(
        words(WithdrawalState), default=WithdrawalState.ASKED
    )
    reason: Mapped[str] = mapped_column(LINE)
    reference: Mapped[str] = mapped_column(LINE)  # of the committee's written decision
    asked_by: Mapped[str] = mapped_column(CODE)
    asked_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(CODE)
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(LINE, default="")  # what the second person found
    certificate: Mapped[dict[str, Any] | None]
    round: Mapped[Round] = relationship(
        primaryjoin=join_on("Withdrawal.round_id", "Round"), lazy="joined", innerjoin=True
    )
