"""Frozen public copies of results."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from election.models.base import CODE, LINE, Model, Tenant
from election.models.elections.election import Congress


class Publication(Tenant, Model):
    """One published version of one congress's results; a correction is a new version."""

    __tablename__ = "publication"
    __table_args__ = (
        UniqueConstraint("township_id", "congress_id", "version", name="uq_publication_version"),
        CheckConstraint("version = 1 OR reason <> ''", name="correction_with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"))
    version: Mapped[int]
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(CODE)
    reason: Mapped[str] = mapped_column(LINE, default="")
    audit_head: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    package: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    congress: Mapped[Congress] = relationship(lazy="joined", innerjoin=True)
