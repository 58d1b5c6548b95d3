"""Count sheets, entries, and what was decided about them. Nothing is overwritten."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from election.models.base import CODE, LINE, Model, Versioned
from election.models.counting.round import Round
from election.models.polling.place import BallotAccount, PollingPlace
from election.models.types import words
from election.rules.counting import SheetState
from election.rules.counting.kinds import NoteKind
from election.tenant import Tenant, join_on, reference


class CountSheet(Tenant, Versioned, Model):
    """The figures of one place in one round. figures: item -> number once agreed; else NULL."""

    __tablename__ = "count_sheet"
    __table_args__ = (
        UniqueConstraint("township_id", "round_id", "place_id", name="uq_count_sheet_place"),
        Index("ix_count_sheet_place", "township_id", "place_id"),
        CheckConstraint("(signed_at IS NULL) = (signed_by IS NULL)", name="who_and_when"),
        CheckConstraint("(state = 'signed') = (signed_at IS NOT NULL)", name="signed_with_a_date"),
        reference("round_id", "round"),
        reference("place_id", "polling_place"),
    )

    round_id: Mapped[int]
    place_id: Mapped[int]
    state: Mapped[SheetState] = mapped_column(words(SheetState), default=SheetState.AWAITING_FIRST)
    generation: Mapped[int] = mapped_column(default=1)  # grows when both entries are dropped
    figures: Mapped[dict[str, Any] | None]
    digest: Mapped[str | None] = mapped_column(String(64))
    signed_by: Mapped[str | None] = mapped_column(CODE)
    signed_at: Mapped[datetime | None]
    round: Mapped[Round] = relationship(
        primaryjoin=join_on("CountSheet.round_id", "Round"),
        back_populates="sheets",
        lazy="joined",
        innerjoin=True,
    )
    place: Mapped[PollingPlace] = relationship(
        primaryjoin=join_on("CountSheet.place_id", "PollingPlace"), lazy="joined", innerjoin=True
    )
    account: Mapped[BallotAccount | None] = relationship(
        primaryjoin=join_on("BallotAccount.sheet_id", "CountSheet"), lazy="selectin", uselist=False
    )
    entries: Mapped[list["Entry"]] = relationship(
        primaryjoin=join_on("Entry.sheet_id", "CountSheet"),
        back_populates="sheet",
        order_by="Entry.id",
        lazy="selectin",
    )
    notes: Mapped[list["SheetNote"]] = relationship(
        primaryjoin=join_on("SheetNote.sheet_id", "CountSheet"),
        back_populates="sheet",
        order_by="SheetNote.id",
        lazy="selectin",
    )


class Entry(Tenant, Model):
    """What one teller read from the paper. slot 1 or 2; a correction is a new row."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint(
            "township_id", "sheet_id", "generation", "slot", "attempt", name="uq_entry_attempt"
        ),
        CheckConstraint("slot IN (1, 2)", name="slot_legal"),
        Index("ix_entry_sheet", "township_id", "sheet_id"),
        reference("sheet_id", "count_sheet"),
    )

    sheet_id: Mapped[int]
    generation: Mapped[int]
    slot: Mapped[int]
    attempt: Mapped[int]
    person: Mapped[str] = mapped_column(CODE)  # the official's number
    figures: Mapped[dict[str, Any]]
    entered_at: Mapped[datetime]
    sheet: Mapped[CountSheet] = relationship(
        primaryjoin=join_on("Entry.sheet_id", "CountSheet"), back_populates="entries"
    )


class SheetNote(Tenant, Model):
    """Something written about a sheet; never changed."""

    __tablename__ = "sheet_note"
    __table_args__ = (
        Index("ix_sheet_note_sheet", "township_id", "sheet_id"),
        reference("sheet_id", "count_sheet"),
    )

    sheet_id: Mapped[int]
    generation: Mapped[int]
    kind: Mapped[NoteKind] = mapped_column(words(NoteKind))
    code: Mapped[str] = mapped_column(CODE, default="")  # of the finding it answers
    text: Mapped[str] = mapped_column(LINE)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    by: Mapped[str] = mapped_column(CODE)
    at: Mapped[datetime]
    sheet: Mapped[CountSheet] = relationship(
        primaryjoin=join_on("SheetNote.sheet_id", "CountSheet"), back_populates="notes"
    )
