"""Reads of what was published."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from election.models import Publication


def published(session: Session) -> Sequence[Publication]:
    """The latest version of every congress's publication, newest first, without the packages."""
    latest = (
        select(Publication.congress_id, func.max(Publication.version).label("version"))
        .group_by(Publication.congress_id)
        .subquery()
    )
    query = (
        select(Publication)
        .join(
            latest,
            (Publication.congress_id == latest.c.congress_id)
            & (Publication.version == latest.c.version),
        )
        .order_by(Publication.published_at.desc())
    )
    return session.scalars(query).all()
