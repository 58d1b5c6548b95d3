"""The bricks of districts."""

from typing import Any

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from election.models.base import CODE, NAME, Model, Versioned, later
from election.models.types import words
from election.rules.units.kinds import NeighbourKind, UnitKind
from election.tenant import Tenant, reference


class Unit(Tenant, Versioned, Model):
    """A village, community or workplace. A population not known is NULL, never zero.

    outline: the shape as the text of a GeoJSON geometry, in the coordinates of x and y; it may be
    large and is read only where it is asked for (queries.units.of_election, outlines=True).
    voter_groups: [{"name", "population"}] in order, along which a big unit may be split (R2.9).
    county_only: its people vote for the county congress and not for the town's (R2.10); NULL
    stands for no.
    """

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("township_id", "election_id", "code", name="uq_unit_code"),
        CheckConstraint("hukou_population >= 0", name="hukou_counted"),
        CheckConstraint("resident_population >= 0", name="resident_counted"),
        reference("election_id", "election"),
    )

    election_id: Mapped[int]
    code: Mapped[str] = mapped_column(CODE)
    name: Mapped[str] = mapped_column(NAME)
    kind: Mapped[UnitKind] = mapped_column(words(UnitKind), default=UnitKind.VILLAGE)
    hukou_population: Mapped[int | None]
    resident_population: Mapped[int | None]
    x: Mapped[float | None]
    y: Mapped[float | None]
    outline: Mapped[str | None] = mapped_column(Text, deferred=True, info=later())
    voter_groups: Mapped[list[Any] | None] = mapped_column(info=later())
    county_only: Mapped[bool | None] = mapped_column(info=later())


class Neighbour(Tenant, Model):
    """Two units that touch; stored once, smaller id first."""

    __tablename__ = "neighbour"
    __table_args__ = (
        UniqueConstraint("township_id", "a_id", "b_id", name="uq_neighbour_pair"),
        Index("ix_neighbour_election", "township_id", "election_id"),
        Index("ix_neighbour_b", "township_id", "b_id"),
        CheckConstraint("a_id < b_id", name="pair_ordered"),
        reference("election_id", "election"),
        reference("a_id", "unit", ondelete="CASCADE"),
        reference("b_id", "unit", ondelete="CASCADE"),
    )

    election_id: Mapped[int]
    a_id: Mapped[int]
    b_id: Mapped[int]
    kind: Mapped[NeighbourKind] = mapped_column(words(NeighbourKind), default=NeighbourKind.LAND)
