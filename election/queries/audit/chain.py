"""Reads of the audit chain."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from election.models import AuditEntry
from election.rules.canonical import ZEROS

_LAST = (
    select(AuditEntry.seq, AuditEntry.hash)
    .where(AuditEntry.township_id == bindparam("township"))
    .order_by(AuditEntry.seq.desc())
    .limit(1)
)


def head(session: Session, township_id: int) -> tuple[int, str]:
    """Number and hash of the last entry of a township's chain; (0, 64 zeros) before the first."""
    last = session.execute(_LAST, {"township": township_id}).first()
    return (last.seq, last.hash) if last else (0, ZEROS)


def last_acts(
    session: Session, township_id: int, number: str
) -> tuple[datetime | None, datetime | None]:
    """When an official signed in last, and when the last act under the number was (T39)."""
    own_acts = select(AuditEntry.at).where(
        AuditEntry.township_id == township_id, AuditEntry.who == number
    )
    login = AuditEntry.what == "accounts.log_in"
    act = AuditEntry.what.not_in(("accounts.log_in", "accounts.log_out"))
    latest = (
        own_acts.where(condition).order_by(AuditEntry.seq.desc()).limit(1)
        for condition in (login, act)
    )
    signed_in, acted = (session.scalar(query) for query in latest)
    return signed_in, acted


def entries(session: Session, township_id: int) -> Iterator[AuditEntry]:
    """The chain in order, streamed."""
    query = (
        select(AuditEntry)
        .where(AuditEntry.township_id == township_id)
        .order_by(AuditEntry.seq)
        .execution_options(yield_per=500)
    )
    yield from session.scalars(query)


def last_change(session: Session, row: Any) -> AuditEntry | None:  # noqa: ANN401 - any audited row
    """The record of the act that changed this row last; None where the chain knows of none."""
    touched = AuditEntry.rows[row.__tablename__, str(row.id)].as_string()
    query = select(AuditEntry).where(
        AuditEntry.township_id == row.township_id, touched.is_not(None)
    )
    return session.scalar(query.order_by(AuditEntry.seq.desc()).limit(1))


def moment(at: datetime) -> str:
    """A stored moment as the chain writes it: 2021-12-16T12:00:00.000000+00:00."""
    return at.isoformat(timespec="microseconds")


def public_record(entry: AuditEntry) -> dict[str, object]:
    """The record as the chain hashes it: without `hash` and `data`."""
    return {
        "seq": entry.seq,
        "at": moment(entry.at),
        "who": entry.who,
        "role": entry.role,
        "what": entry.what,
        "subject": entry.subject,
        "digest": entry.digest,
        "prev": entry.prev,
    }
