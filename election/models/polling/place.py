"""Places where ballots are cast, and how many papers went out and came back."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from election.models.base import CODE, LINE, NAME, Model, Tenant, Versioned
from election.models.districts.plan import District
from election.models.types import words
from election.rules.polling.kinds import PlaceKind


class PollingPlace(Tenant, Versioned, Model):
    """A polling station, an election meeting or a mobile ballot box."""

    __tablename__ = "polling_place"
    __table_args__ = (
        UniqueConstraint("township_id", "election_id", "code", name="uq_polling_place_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    code: Mapped[str] = mapped_column(CODE)
    name: Mapped[str] = mapped_column(NAME)
    kind: Mapped[PlaceKind] = mapped_column(words(PlaceKind), default=PlaceKind.STATION)
    address: Mapped[str] = mapped_column(LINE, default="")
    staff: Mapped[int | None]
    scrutineers: Mapped[int | None]
    districts: Mapped[list["PlaceDistrict"]] = relationship(
        back_populates="place", cascade="all, delete-orphan", order_by="PlaceDistrict.id"
    )


class PlaceDistrict(Tenant, Model):
    """Which district of each congress a place serves: at most one per congress."""

    __tablename__ = "place_district"
    __table_args__ = (
        UniqueConstraint("township_id", "place_id", "congress_id", name="uq_place_district"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("polling_place.id"))
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"))
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"))
    place: Mapped[PollingPlace] = relationship(back_populates="districts")
    district: Mapped[District] = relationship(lazy="joined", innerjoin=True)


class BallotAccount(Tenant, Versioned, Model):
    """Papers of one place in one round: issued = checked_in + proxy. Unknown is NULL."""

    __tablename__ = "ballot_account"
    __table_args__ = (
        UniqueConstraint("township_id", "sheet_id", name="uq_ballot_account_sheet"),
        CheckConstraint("checked_in >= 0 AND proxy >= 0", name="issued_counted"),
        CheckConstraint("printed >= 0", name="printed_counted"),
        CheckConstraint("spoiled >= 0", name="spoiled_counted"),
        CheckConstraint("unused >= 0", name="unused_counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("count_sheet.id"))
    checked_in: Mapped[int]
    proxy: Mapped[int]
    printed: Mapped[int | None]
    spoiled: Mapped[int | None]
    unused: Mapped[int | None]
    kept_by: Mapped[str] = mapped_column(CODE)
