"""Reads of what was published, and the freezing of what is to be published.

freeze.py: the records of one congress as plain values; chain.py: the audit chain as published.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from election.models import Congress, Publication
from election.queries.publication.chain import public_chain
from election.queries.publication.freeze import freeze

__all__ = [
    "Edition",
    "editions",
    "freeze",
    "latest_of_election",
    "package",
    "public_chain",
    "published",
]


@dataclass(frozen=True, slots=True)
class Edition:
    """One published version without its package: what a page needs to find and name it."""

    id: int
    township_id: int
    congress_id: int
    version: int
    published_at: datetime
    reason: str
    audit_head: str
    digest: str


_COLUMNS = (
    Publication.id,
    Publication.township_id,
    Publication.congress_id,
    Publication.version,
    Publication.published_at,
    Publication.reason,
    Publication.audit_head,
    Publication.digest,
)


def published(session: Session) -> Sequence[Publication]:
    """The latest version of every congress's publication, newest first, without the packages."""
    congress = Publication.township_id, Publication.congress_id
    latest = (
        select(*congress, func.max(Publication.version).label("version"))
        .group_by(*congress)
        .subquery()
    )
    query = (
        select(Publication)
        .join(latest, tuple_(*congress, Publication.version) == tuple_(*latest.c))
        .order_by(Publication.published_at.desc())
    )
    return session.scalars(query).all()


def editions(session: Session, congress_id: int) -> list[Edition]:
    """Every published version of a congress, the newest first; one query, no package.

    A reader's address names the congress alone: its row says in which township they lie.
    """
    here = Publication.township_id == Congress.township_id
    query = (
        select(*_COLUMNS)
        .join(Congress, here & (Publication.congress_id == Congress.id))
        .where(Congress.id == congress_id)
        .order_by(Publication.version.desc())
    )
    return [Edition(*row) for row in session.execute(query)]


def latest_of_election(session: Session, election_id: int) -> list[Edition]:
    """The latest version of each published congress of an election, the town's first."""
    query = (
        select(*_COLUMNS)
        .join(Congress, Publication.congress_id == Congress.id)
        .where(Congress.election_id == election_id)
        .order_by(Congress.level.desc(), Publication.version)
    )
    return list({row.congress_id: Edition(*row) for row in session.execute(query)}.values())


def package(session: Session, publication_id: int) -> bytes:
    """The frozen package of one version, as stored."""
    raw = session.scalar(select(Publication.package).where(Publication.id == publication_id))
    if raw is None:
        raise LookupError(publication_id)
    return bytes(raw)
