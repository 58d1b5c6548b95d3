"""Places where ballots are cast, and how many papers went out and came back."""

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from election.models.base import CODE, LINE, NAME, Model, Versioned
from election.models.districts.plan import District
from election.models.types import words
from election.rules.polling.kinds import PlaceKind
from election.tenant import Tenant, join_on, reference


class PollingPlace(Tenant, Versioned, Model):
    """A polling station, an election meeting or a mobile ballot box."""

    __tablename__ = "polling_place"
    __table_args__ = (
        UniqueConstraint("township_id", "election_id", "code", name="uq_polling_place_code"),
        reference("election_id", "election"),
    )

    election_id: Mapped[int]
    code: Mapped[str] = mapped_column(CODE)
    name: Mapped[str] = mapped_column(NAME)
    kind: Mapped[PlaceKind] = mapped_column(words(PlaceKind), default=PlaceKind.STATION)
    address: Mapped[str] = mapped_column(LINE, default="")
    staff: Mapped[int | None]
    scrutineers: Mapped[int | None]
    districts: Mapped[list["PlaceDistrict"]] = relationship(
        primaryjoin=join_on("PlaceDistrict.place_id", "PollingPlace"),
        back_populates="place",
        cascade="all, delete-orphan",
        order_by="PlaceDistrict.id",
    )


class PlaceDistrict(Tenant, Model):
    """Which district of each congress a place serves: at most one per congress."""

    __tablename__ = "place_district"
    __table_args__ = (
        UniqueConstraint("township_id", "place_id", "congress_id", name="uq_place_district"),
        Index("ix_place_district_congress", "township_id", "congress_id"),
        Index("ix_place_district_district", "township_id", "district_id"),
        reference("place_id", "polling_place"),
        reference("congress_id", "congress"),
        reference("district_id", "district"),
    )

    place_id: Mapped[int]
    congress_id: Mapped[int]
    district_id: Mapped[int]
    place: Mapped[PollingPlace] = relationship(
        primaryjoin=join_on("PlaceDistrict.place_id", "PollingPlace"), back_populates="districts"
    )
    district: Mapped[District] = relationship(
        primaryjoin=join_on("PlaceDistrict.district_id", "District"), lazy="joined", innerjoin=True
    )


class BallotAccount(Tenant, Versioned, Model):
    """Papers of one place in one round: issued = checked_in + proxy. Unknown is NULL."""

    __tablename__ = "ballot_account"
    __table_args__ = (
        UniqueConstraint("township_id", "sheet_id", name="uq_ballot_account_sheet"),
        CheckConstraint("checked_in >= 0 AND proxy >= 0", name="issued_counted"),
        CheckConstraint("printed >= 0", name="printed_counted"),
        CheckConstraint("spoiled >= 0", name="spoiled_counted"),
        CheckConstraint("unused >= 0", name="unused_counted"),
        reference("sheet_id", "count_sheet"),
    )

    sheet_id: Mapped[int]
    checked_in: Mapped[int]
    proxy: Mapped[int]
    printed: Mapped[int | None]
    spoiled: Mapped[int | None]
    unused: Mapped[int | None]
    kept_by: Mapped[str] = mapped_column(CODE)
