"""Publishing: what will be published is written and drawn first, then stored in one transaction.

The drawing takes seconds and needs no lock. The transaction reads everything anew; when anything
differs from what was drawn, nothing is published. No package is stored that its own verifier
refuses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from election.actions.act import Act
from election.actions.publication import publishing as acts
from election.exchange.publication.package import Built, assemble, build, commitments
from election.exchange.publication.verifier.verify import verify
from election.models import Congress, Publication
from election.queries.publication import freeze, public_chain
from election.rules.publication import missing
from election.rules.publication.codes import CHANGED_MEANWHILE, NOT_SETTLED, NOT_VERIFIED
from election.rules.terms import RuleViolation


@dataclass(frozen=True, slots=True)
class PublicationDraft:
    """One congress ready to be published, not public yet."""

    congress_id: int
    built: Built


def draft(session: Session, congress: Congress, *, reason: str, at: datetime) -> PublicationDraft:
    """Write and draw the next version of a congress; stores nothing.

    Raises R.711 while anything is missing.
    """
    frozen = freeze(session, congress)
    faults = missing(frozen, congress.election.profile)
    if faults:
        raise RuleViolation(NOT_SETTLED, faults=len(faults), first=faults[0].cause)
    version = acts.next_version(session, congress)
    return PublicationDraft(
        congress.id, build(frozen, version=version, reason=reason.strip(), at=at)
    )


def publish(act: Act, drafts: Sequence[PublicationDraft]) -> list[Publication]:
    """Make the drafts public, all or none, inside the caller's transaction.

    Congresses published together see each other's counts in their chains. Raises R.711-R.714.
    """
    acts.hold(act.session, act.by.township_id)
    published = {draft.built.frozen.id for draft in drafts}
    return [_publish(act, draft, published) for draft in drafts]


def _publish(act: Act, draft: PublicationDraft, published: set[str]) -> Publication:
    congress, built = act.session.get_one(Congress, draft.congress_id), draft.built
    frozen = freeze(act.session, congress)
    if frozen != built.frozen or built.version != acts.next_version(act.session, congress):
        raise RuleViolation(CHANGED_MEANWHILE)
    head = acts.commit_to(act, congress, frozen, files=commitments(built), reason=built.reason)
    package = assemble(built, public_chain(act.session, act.by.township_id, published=published))
    faults = verify(package, head)
    if faults:
        raise RuleViolation(NOT_VERIFIED, fault=faults[0])
    return acts.publish(act, congress, package=package, audit_head=head, reason=built.reason)
