"""What was decided about candidates, read from the audit chain: nothing there is overwritten.

The way of a reduction, the votes of a primary and a confirmed order stand in the entry of the act
that decided them; the latest one counts, the earlier ones stay readable as history.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.models import AuditEntry, Candidacy, CandidacyStatus
from election.rules.candidates.standing import ExitReason

FIX_FORMAL, CONFIRM_ORDER = "candidates.fix_formal", "candidates.confirm_order"
LEAVE = "candidates.leave"


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions in force for one district.

    order: codes of candidacies as somebody confirmed them; votes: of the primary, by code, None
    when there was none; reduction: all that was recorded when the formal candidates were fixed.
    """

    order: tuple[str, ...] = ()
    votes: Mapping[str, int] | None = None
    reduction: Mapping[str, Any] = field(default_factory=dict)


def decisions(session: Session, township_id: int, subjects: Sequence[str]) -> dict[str, Decisions]:
    """Subject of a district -> what was decided there last."""
    rows = session.execute(
        select(AuditEntry.subject, AuditEntry.what, AuditEntry.data)
        .where(
            AuditEntry.township_id == township_id,
            AuditEntry.what.in_((FIX_FORMAL, CONFIRM_ORDER)),
            AuditEntry.subject.in_(subjects),
        )
        .order_by(AuditEntry.seq)
    )
    last = {(subject, what): data for subject, what, data in rows}
    return {subject: _decided(last, subject) for subject in subjects}


def _decided(last: Mapping[tuple[str, str], Mapping[str, Any]], subject: str) -> Decisions:
    fixed = last.get((subject, FIX_FORMAL), {})
    order = last.get((subject, CONFIRM_ORDER), {})
    return Decisions(tuple(order.get("order", ())), fixed.get("votes"), fixed)


def left_on(session: Session, candidacy: Candidacy | None) -> ExitReason | None:
    """The ground on which somebody was struck off who is off the list now; None when never."""
    if candidacy is None or candidacy.status is not CandidacyStatus.WITHDRAWN:
        return None
    data = session.scalar(
        select(AuditEntry.data)
        .where(
            AuditEntry.township_id == candidacy.township_id,
            AuditEntry.what == LEAVE,
            AuditEntry.subject == candidacy.code,
        )
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    )
    return ExitReason(data["ground"]) if data else None


def history(session: Session, township_id: int, subjects: Sequence[str]) -> Sequence[AuditEntry]:
    """Every act on these subjects, the latest first."""
    return session.scalars(
        select(AuditEntry)
        .where(AuditEntry.township_id == township_id, AuditEntry.subject.in_(subjects))
        .order_by(AuditEntry.seq.desc())
    ).all()
