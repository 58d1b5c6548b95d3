"""Plans (named districting scenarios), their districts, and which unit is in which district."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from election.models.base import CODE, LINE, NAME, Model, Versioned, later
from election.models.elections.election import Congress
from election.models.types import words
from election.models.units.unit import Unit
from election.rules.districts.kinds import DistrictKind, PlanStatus
from election.tenant import Tenant, join_on, reference


class Plan(Tenant, Versioned, Model):
    """A named way to draw the districts of one congress.

    decided_on: the day the committee decided, as typed; adopted_at: when that was recorded.
    wishes: the office's fixed choices for the planner (planning.districting.Wishes.to_json).
    """

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("township_id", "congress_id", "name", name="uq_plan_name"),
        CheckConstraint(
            "(status = 'adopted') = (adopted_at IS NOT NULL)", name="adopted_with_a_date"
        ),
        CheckConstraint("(adopted_at IS NULL) = (adopted_by IS NULL)", name="who_and_when"),
        reference("congress_id", "congress"),
    )

    congress_id: Mapped[int]
    name: Mapped[str] = mapped_column(NAME)
    status: Mapped[PlanStatus] = mapped_column(words(PlanStatus), default=PlanStatus.DRAFT)
    decision_reference: Mapped[str] = mapped_column(LINE, default="")
    adopted_at: Mapped[datetime | None]
    adopted_by: Mapped[str | None] = mapped_column(CODE)
    decided_on: Mapped[date | None] = mapped_column(info=later())
    wishes: Mapped[dict[str, Any] | None] = mapped_column(info=later())
    congress: Mapped[Congress] = relationship(
        primaryjoin=join_on("Plan.congress_id", "Congress"), lazy="joined", innerjoin=True
    )
    districts: Mapped[list["District"]] = relationship(
        primaryjoin=join_on("District.plan_id", "Plan"),
        back_populates="plan",
        order_by="District.number",
        cascade="all, delete-orphan",
    )


class District(Tenant, Versioned, Model):
    """Units that elect together 1 to 3 deputies. registered: voters on the frozen roll.

    locked: neither the planner nor a hand on the map moves its borders.
    """

    __tablename__ = "district"
    __table_args__ = (
        UniqueConstraint("township_id", "plan_id", "number", name="uq_district_number"),
        CheckConstraint("seats >= 0", name="seats_counted"),
        CheckConstraint("registered >= 0", name="registered_counted"),
        reference("plan_id", "plan"),
    )

    plan_id: Mapped[int]
    number: Mapped[int]
    name: Mapped[str] = mapped_column(NAME, default="")
    kind: Mapped[DistrictKind] = mapped_column(words(DistrictKind), default=DistrictKind.RESIDENCE)
    seats: Mapped[int]
    registered: Mapped[int | None]
    locked: Mapped[bool] = mapped_column(default=False, server_default=false(), info=later(False))
    plan: Mapped[Plan] = relationship(
        primaryjoin=join_on("District.plan_id", "Plan"),
        back_populates="districts",
        lazy="joined",
        innerjoin=True,
    )
    assignments: Mapped[list["Assignment"]] = relationship(
        primaryjoin=join_on("Assignment.district_id", "District"),
        back_populates="district",
        cascade="all, delete-orphan",
        order_by="Assignment.id",
    )

    @property
    def congress(self) -> Congress:
        """The body this district elects to."""
        return self.plan.congress

    @property
    def code(self) -> str:
        """Stable public id within a result package: town-3."""
        return f"{self.plan.congress.level.value}-{self.number}"


class Assignment(Tenant, Model):
    """A unit, or one part of a split unit, in a district. part 0 is the whole unit."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("township_id", "plan_id", "unit_id", "part", name="uq_assignment_part"),
        CheckConstraint("(part = 0) = (population IS NULL)", name="part_counted"),
        Index("ix_assignment_district", "township_id", "district_id"),
        Index("ix_assignment_unit", "township_id", "unit_id"),
        reference("plan_id", "plan"),
        reference("district_id", "district"),
        reference("unit_id", "unit"),
    )

    plan_id: Mapped[int]
    district_id: Mapped[int]
    unit_id: Mapped[int]
    part: Mapped[int] = mapped_column(default=0)
    population: Mapped[int | None]
    district: Mapped[District] = relationship(
        primaryjoin=join_on("Assignment.district_id", "District"), back_populates="assignments"
    )
    unit: Mapped[Unit] = relationship(
        primaryjoin=join_on("Assignment.unit_id", "Unit"), lazy="joined", innerjoin=True
    )
