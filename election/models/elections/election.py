"""One polling exercise and the congresses it elects."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from election.models.base import CODE, LINE, NAME, Model, Versioned
from election.models.township import Township
from election.models.types import words
from election.rules.elections.kinds import ElectionKind, PopulationBasis
from election.rules.elections.phases import Phase
from election.rules.profile import Profile, recorded_profile
from election.rules.terms import Level
from election.tenant import Tenant, join_on, reference


class Election(Tenant, Versioned, Model):
    """One election in one township.

    profile_name: the law of its day. overrides: parameter -> {"value": ..., "decision": {...}};
    what earlier versions stored has a "reason" instead.
    """

    __tablename__ = "election"
    title: Mapped[str] = mapped_column(NAME)
    election_day: Mapped[date]
    kind: Mapped[ElectionKind] = mapped_column(words(ElectionKind), default=ElectionKind.GENERAL)
    profile_name: Mapped[str] = mapped_column(CODE)
    overrides: Mapped[dict[str, Any]] = mapped_column(default=dict)
    phase: Mapped[Phase] = mapped_column("stage", words(Phase, "stage"), default=Phase.SET_UP)
    township: Mapped[Township] = relationship(lazy="joined", innerjoin=True)
    congresses: Mapped[list["Congress"]] = relationship(
        primaryjoin=join_on("Congress.election_id", "Election"),
        back_populates="election",
        order_by="Congress.level.desc()",
        lazy="selectin",
    )

    @property
    def profile(self) -> Profile:
        """The law in force for this election, and what was decided where it leaves room."""
        raw = {name: override["value"] for name, override in self.overrides.items()}
        return recorded_profile(raw, name=self.profile_name)


class Congress(Tenant, Versioned, Model):
    """A body elected: the county's or the town's congress, for one term."""

    __tablename__ = "congress"
    __table_args__ = (
        UniqueConstraint("township_id", "election_id", "level", name="uq_congress_level"),
        CheckConstraint("approved_seats > 0", name="seats_positive"),
        CheckConstraint("population IS NULL OR population >= 0", name="population_counted"),
        Index("ix_congress_number", "id"),  # a public address names the congress alone
        reference("election_id", "election"),
    )

    election_id: Mapped[int]
    level: Mapped[Level] = mapped_column(words(Level))
    name: Mapped[str] = mapped_column(
        NAME
    )  # 象山县第十九届人民代表大会: name and term are separate
    term: Mapped[int]
    approved_seats: Mapped[int]  # seats this township elects
    decision_reference: Mapped[str] = mapped_column(LINE)
    population: Mapped[int | None]  # of the whole area, for the formula; unknown is not zero
    population_basis: Mapped[PopulationBasis] = mapped_column(
        words(PopulationBasis), default=PopulationBasis.HUKOU
    )
    population_date: Mapped[date | None]
    population_source: Mapped[str] = mapped_column(LINE, default="")
    population_confirmed: Mapped[bool] = mapped_column(default=False)
    election: Mapped[Election] = relationship(
        primaryjoin=join_on("Congress.election_id", "Election"),
        back_populates="congresses",
        lazy="joined",
        innerjoin=True,
    )


class Milestone(Tenant, Model):
    """The day a step of the calendar was really done, for one congress."""

    __tablename__ = "milestone"
    __table_args__ = (
        UniqueConstraint("township_id", "congress_id", "key", name="uq_milestone_key"),
        reference("congress_id", "congress"),
    )

    congress_id: Mapped[int]
    key: Mapped[str] = mapped_column(CODE)
    done_on: Mapped[date]
    note: Mapped[str] = mapped_column(LINE, default="")
