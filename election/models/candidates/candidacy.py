"""Persons who are nominated, how they are nominated, and where they stand."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from election.models.base import CODE, LINE, NAME, Model, Versioned
from election.models.districts.plan import District
from election.models.types import EncryptedText, words
from election.rules.candidates.kinds import CandidacyStatus, NominationKind, NominationStatus, Sex
from election.tenant import Tenant, join_on, reference


class Person(Tenant, Versioned, Model):
    """Somebody nominated. The number is optional, encrypted, and matched by a blind index."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint(
            "township_id", "election_id", "id_number_index", name="uq_person_id_number"
        ),
        Index("ix_person_name", "township_id", "election_id", "name"),
        reference("election_id", "election"),
    )

    election_id: Mapped[int]
    name: Mapped[str] = mapped_column(NAME)
    sex: Mapped[Sex | None] = mapped_column(words(Sex))
    nationality: Mapped[str] = mapped_column(NAME, default="")
    birth_month: Mapped[str] = mapped_column(String(7), default="")  # 1970-05, as lists print it
    education: Mapped[str] = mapped_column(NAME, default="")
    party: Mapped[str] = mapped_column(NAME, default="")
    occupation: Mapped[str] = mapped_column(LINE, default="")
    stroke_override: Mapped[int | None]
    id_number: Mapped[str | None] = mapped_column(EncryptedText("person.id_number"))
    id_number_index: Mapped[str | None] = mapped_column(String(64))


class Nomination(Tenant, Versioned, Model):
    """One act of nominating one person in one district."""

    __tablename__ = "nomination"
    __table_args__ = (
        Index("ix_nomination_district", "township_id", "district_id"),
        Index("ix_nomination_person", "township_id", "person_id"),
        reference("district_id", "district"),
        reference("person_id", "person"),
    )

    district_id: Mapped[int]
    person_id: Mapped[int]
    kind: Mapped[NominationKind] = mapped_column(words(NominationKind))
    organisation: Mapped[str] = mapped_column(LINE, default="")
    received_on: Mapped[date]
    status: Mapped[NominationStatus] = mapped_column(
        words(NominationStatus), default=NominationStatus.RECEIVED
    )
    note: Mapped[str] = mapped_column(LINE, default="")
    person: Mapped[Person] = relationship(
        primaryjoin=join_on("Nomination.person_id", "Person"), lazy="joined", innerjoin=True
    )
    district: Mapped[District] = relationship(
        primaryjoin=join_on("Nomination.district_id", "District"), lazy="select"
    )
    cosigners: Mapped[list["Cosigner"]] = relationship(
        primaryjoin=join_on("Cosigner.nomination_id", "Nomination"),
        back_populates="nomination",
        cascade="all, delete-orphan",
        order_by="Cosigner.id",
    )


class Cosigner(Tenant, Model):
    """A voter's signature under a joint nomination, as the paper has it."""

    __tablename__ = "cosigner"
    __table_args__ = (
        UniqueConstraint("township_id", "nomination_id", "signer_index", name="uq_cosigner_once"),
        CheckConstraint("(valid AND reason = '') OR NOT valid", name="reason_if_invalid"),
        reference("nomination_id", "nomination"),
    )

    nomination_id: Mapped[int]
    signer: Mapped[str] = mapped_column(EncryptedText("cosigner.signer"))
    signer_index: Mapped[str] = mapped_column(String(64))
    valid: Mapped[bool]
    reason: Mapped[str] = mapped_column(CODE, default="")  # code of the finding
    nomination: Mapped[Nomination] = relationship(
        primaryjoin=join_on("Cosigner.nomination_id", "Nomination"), back_populates="cosigners"
    )


class Candidacy(Tenant, Versioned, Model):
    """A person standing in one district."""

    __tablename__ = "candidacy"
    __table_args__ = (
        UniqueConstraint("township_id", "district_id", "person_id", name="uq_candidacy_once"),
        Index("ix_candidacy_person", "township_id", "person_id"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="who_and_when"),
        reference("district_id", "district"),
        reference("person_id", "person"),
    )

    district_id: Mapped[int]
    person_id: Mapped[int]
    status: Mapped[CandidacyStatus] = mapped_column(
        words(CandidacyStatus), default=CandidacyStatus.PRELIMINARY
    )
    reason: Mapped[str] = mapped_column(LINE, default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(CODE)
    person: Mapped[Person] = relationship(
        primaryjoin=join_on("Candidacy.person_id", "Person"), lazy="joined", innerjoin=True
    )
    district: Mapped[District] = relationship(
        primaryjoin=join_on("Candidacy.district_id", "District"), lazy="select"
    )

    @property
    def code(self) -> str:
        """Stable public id within a result package: c12."""
        return f"c{self.id}"
