"""Rounds: one ballot of one district, and who stands on it."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from election.models.base import CODE, LINE, Model, Versioned
from election.models.candidates.candidacy import Candidacy
from election.models.districts.plan import District
from election.models.types import words
from election.rules.districts.checks import MOST_SEATS
from election.rules.results.kinds import RoundKind
from election.tenant import Tenant, join_on, reference

if TYPE_CHECKING:
    from election.models.counting.sheet import CountSheet


class Round(Tenant, Versioned, Model):
    """One ballot of one district. counts_as: the rule that decides it (a rerun repeats a kind)."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("township_id", "district_id", "number", name="uq_round_number"),
        CheckConstraint(f"seats BETWEEN 1 AND {MOST_SEATS}", name="seats_legal"),
        CheckConstraint("attempt >= 1", name="attempt_counted"),
        Index("ix_round_previous", "township_id", "previous_id"),
        reference("district_id", "district"),
        reference("previous_id", "round"),
    )

    district_id: Mapped[int]
    number: Mapped[int]
    kind: Mapped[RoundKind] = mapped_column(words(RoundKind))
    counts_as: Mapped[str] = mapped_column(CODE)  # first | tie_repeat | further
    attempt: Mapped[int] = mapped_column(default=1)
    seats: Mapped[int]
    polling_day: Mapped[date]
    previous_id: Mapped[int | None]
    decision: Mapped[str] = mapped_column(LINE, default="")  # the committee's, where law is silent
    district: Mapped[District] = relationship(
        primaryjoin=join_on("Round.district_id", "District"), lazy="joined", innerjoin=True
    )
    candidates: Mapped[list["RoundCandidate"]] = relationship(
        primaryjoin=join_on("RoundCandidate.round_id", "Round"),
        back_populates="round",
        order_by="RoundCandidate.position",
        lazy="selectin",
    )
    sheets: Mapped[list["CountSheet"]] = relationship(
        primaryjoin=join_on("CountSheet.round_id", "Round"),
        back_populates="round",
        order_by="CountSheet.id",
    )

    @property
    def code(self) -> str:
        """Stable public id within a result package: town-3-r1."""
        return f"{self.district.code}-r{self.number}"


class RoundCandidate(Tenant, Model):
    """Who stands on the ballot of a round, in which place."""

    __tablename__ = "round_candidate"
    __table_args__ = (
        UniqueConstraint("township_id", "round_id", "candidacy_id", name="uq_round_candidate"),
        Index("ix_round_candidate_candidacy", "township_id", "candidacy_id"),
        reference("round_id", "round"),
        reference("candidacy_id", "candidacy"),
    )

    round_id: Mapped[int]
    candidacy_id: Mapped[int]
    position: Mapped[int]
    round: Mapped[Round] = relationship(
        primaryjoin=join_on("RoundCandidate.round_id", "Round"), back_populates="candidates"
    )
    candidacy: Mapped[Candidacy] = relationship(
        primaryjoin=join_on("RoundCandidate.candidacy_id", "Candidacy"),
        lazy="joined",
        innerjoin=True,
    )
