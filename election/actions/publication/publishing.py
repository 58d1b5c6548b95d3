"""Acts of publication: the chain commits to the files, then the package that holds them is stored.

Both happen in one transaction, and nothing may be recorded in between: the package ends with the
record that commits to it. Its own act; a correction is a new version with a reason (R9.14; D11).
"""

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from election.actions import audit
from election.actions.act import Act
from election.models import AuditEntry, Congress, Publication, Township
from election.queries.results.corrections import waiting
from election.rules.access import Permission
from election.rules.elections.phases import require_open
from election.rules.publication import Frozen, missing
from election.rules.publication.codes import CHANGED_MEANWHILE, NO_REASON, NOT_SETTLED
from election.rules.results.corrections import require_certain
from election.rules.terms import RuleViolation

FREEZE, PUBLISH = "publication.freeze", "publication.publish"


def hold(session: Session, township_id: int) -> None:
    """Stop every other act of the township until this transaction ends."""
    session.execute(select(Township.id).where(Township.id == township_id).with_for_update())


def next_version(session: Session, congress: Congress) -> int:
    """1, or one more than the latest published version."""
    latest = select(func.max(Publication.version)).where(Publication.congress_id == congress.id)
    return (session.scalar(latest) or 0) + 1


def commit_to(
    act: Act, congress: Congress, frozen: Frozen, *, files: Mapping[str, str], reason: str
) -> str:
    """Write the digests of what is about to be published into the chain; its new head.

    frozen: the congress as read in this transaction; files: name -> SHA-256. Raises R.711 while
    anything is missing, R.713 for a correction without a reason.
    """
    require_open("publication", congress.election.phase)
    require_certain(pending=bool(waiting(act.session, congress)))
    faults = missing(frozen, congress.election.profile)
    if faults:
        raise RuleViolation(NOT_SETTLED, faults=len(faults), first=faults[0].cause)
    version = next_version(act.session, congress)
    if version > 1 and not reason.strip():
        raise RuleViolation(NO_REASON, version=version)
    data = {"congress": frozen.id, "version": version, "files": dict(files)}
    act.record(under=Permission.PUBLISH, what=FREEZE, subject=f"{frozen.id}/v{version}", data=data)
    audit.seal(act.session)
    return _last(act.session, act.by.township_id).hash


def publish(
    act: Act, congress: Congress, *, package: bytes, audit_head: str, reason: str
) -> Publication:
    """Store the package as the next public version of a congress.

    audit_head: the head the package ends with, as commit_to returned it. Raises R.712 when the
    chain has gone on since, or its last record does not commit to this congress and version.
    """
    version = next_version(act.session, congress)
    key = f"{congress.election_id}/{congress.level.value}"
    last = _last(act.session, act.by.township_id)
    freeze_record = (FREEZE, key, version, audit_head)
    if (last.what, last.data.get("congress"), last.data.get("version"), last.hash) != freeze_record:
        raise RuleViolation(CHANGED_MEANWHILE)
    row = Publication(
        township_id=congress.township_id,
        congress_id=congress.id,
        version=version,
        published_at=act.at,
        published_by=act.by.number,
        reason=reason.strip(),
        audit_head=audit_head,
        digest=sha256(package).hexdigest(),
        package=package,
    )
    act.session.add(row)
    data = {
        "congress": key,
        "version": version,
        "digest": row.digest,
        "audit_head": audit_head,
        "reason": row.reason,
    }
    act.record(under=Permission.PUBLISH, what=PUBLISH, subject=f"{key}/v{version}", data=data)
    audit.seal(act.session)  # a second congress published in this transaction is chained after it
    return row


def _last(session: Session, township_id: int) -> AuditEntry:
    query = select(AuditEntry).where(AuditEntry.township_id == township_id)
    return session.scalars(query.order_by(AuditEntry.seq.desc()).limit(1)).one()
