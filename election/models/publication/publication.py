"""Frozen public copies of results."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from election.models.base import CODE, LINE, Model
from election.models.elections.election import Congress
from election.tenant import Tenant, join_on, reference


class Publication(Tenant, Model):
    """One published version of one congress's results; a correction is a new version."""

    __tablename__ = "publication"
    __table_args__ = (
        UniqueConstraint("township_id", "congress_id", "version", name="uq_publication_version"),
        CheckConstraint("version = 1 OR reason <> ''", name="correction_with_reason"),
        reference("congress_id", "congress"),
    )

    congress_id: Mapped[int]
    version: Mapped[int]
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(CODE)
    reason: Mapped[str] = mapped_column(LINE, default="")
    audit_head: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    package: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    congress: Mapped[Congress] = relationship(
        primaryjoin=join_on("Publication.congress_id", "Congress"), lazy="joined", innerjoin=True
    )
