"""Publishing: what will be published is written and drawn first, then stored in one transaction.

The drawing takes seconds and needs no lock; what was drawn can be kept for a preview (prepared.py).
The transaction reads everything anew; when anything differs from what was drawn, nothing is
published. No package is stored that its own verifier refuses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from election.actions.act import Act
from election.actions.publication import publishing as acts
from election.clock import local
from election.exchange.publication.package import (
    Built,
    Draw,
    assemble,
    build,
    commitments,
    draw_here,
    published_on,
)
from election.exchange.publication.verifier.verify import verify
from election.models import Congress, Publication
from election.queries.publication import freeze, public_chain
from election.rules.days import day_text
from election.rules.publication import Frozen, missing
from election.rules.publication.codes import (
    CHANGED_MEANWHILE,
    NOT_SETTLED,
    NOT_VERIFIED,
    PREPARED_BEFORE,
)
from election.rules.terms import RuleViolation


@dataclass(frozen=True, slots=True)
class PublicationDraft:
    """One congress ready to be published, not public yet."""

    congress_id: int
    built: Built


@dataclass(frozen=True, slots=True)
class Settled:
    """What the next version of a congress will say, read but not drawn."""

    congress_id: int
    frozen: Frozen
    version: int


def settled(session: Session, congress: Congress) -> Settled:
    """Read what would be published now. Raises R.711 while anything is missing."""
    frozen = freeze(session, congress)
    faults = missing(frozen, congress.election.profile)
    if faults:
        raise RuleViolation(NOT_SETTLED, faults=len(faults), first=faults[0].cause)
    return Settled(congress.id, frozen, acts.next_version(session, congress))


def drawn(
    content: Settled, *, reason: str, at: datetime, draw: Draw = draw_here
) -> PublicationDraft:
    """Write and draw it; needs no database and stores nothing."""
    built = build(content.frozen, version=content.version, reason=reason.strip(), at=at, draw=draw)
    return PublicationDraft(content.congress_id, built)


def draft(session: Session, congress: Congress, *, reason: str, at: datetime) -> PublicationDraft:
    """Write and draw the next version of a congress; stores nothing. Raises as `settled`."""
    return drawn(settled(session, congress), reason=reason, at=at)


def publish(act: Act, drafts: Sequence[PublicationDraft]) -> list[Publication]:
    """Make the drafts public, all or none, inside the caller's transaction.

    Congresses published together see each other's counts in their chains. Raises R.711-R.715.
    """
    acts.hold(act.session, act.by.township_id)
    published = {draft.built.frozen.id for draft in drafts}
    return [_publish(act, draft, published) for draft in drafts]


def _publish(act: Act, draft: PublicationDraft, published: set[str]) -> Publication:
    congress, built = act.session.get_one(Congress, draft.congress_id), _of_today(act, draft.built)
    frozen = freeze(act.session, congress)
    if frozen != built.frozen or built.version != acts.next_version(act.session, congress):
        raise RuleViolation(CHANGED_MEANWHILE)
    head = acts.commit_to(act, congress, frozen, files=commitments(built), reason=built.reason)
    package = assemble(built, public_chain(act.session, act.by.township_id, published=published))
    faults = verify(package, head)
    if faults:
        raise RuleViolation(NOT_VERIFIED, fault=faults[0])
    return acts.publish(act, congress, package=package, audit_head=head, reason=built.reason)


def _of_today(act: Act, built: Built) -> Built:
    """With the moment of this act; the notice was drawn with its day, so no other day will do."""
    day = local(datetime.fromisoformat(built.published_at)).date()
    if day != local(act.at).date():
        raise RuleViolation(PREPARED_BEFORE, day=day_text(day))
    return published_on(built, act.at)
