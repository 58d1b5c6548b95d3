"""The audit chain: appended in the transaction of each act, never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from election.models.base import CODE, LINE, Model, Unaudited
from election.tenant import Tenant


class AuditEntry(Tenant, Unaudited, Model):
    """One act. `data` may be erased at the end of retention; the chain of hashes stays.

    hash: public, for anybody to compute; mac: of the hash, by a key outside the database.
    rows: table -> {row id: digest of the row as the act left it, or null when removed}.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("township_id", "seq", name="uq_audit_entry_seq"),)

    seq: Mapped[int]
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(CODE)
    role: Mapped[str] = mapped_column(CODE)
    what: Mapped[str] = mapped_column(CODE)
    subject: Mapped[str] = mapped_column(LINE)
    data: Mapped[dict[str, Any]]
    rows: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    prev: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(64))
