"""Stored rows in batches; what cannot be read is a finding, not a fault of the program."""

from collections.abc import Iterator, Sequence
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Select, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import InstrumentedAttribute, Session, undefer

from election.database import db
from election.models.base import Unaudited
from election.tenant import Tenant

BATCH = 500
Key = InstrumentedAttribute[Any]
UNREADABLE = (InvalidTag, ValueError, LookupError, TypeError, AttributeError, DBAPIError)
"""What reading a damaged cell can raise: a broken cipher text, date, JSON, word, number, letter."""


def audited_models() -> list[Any]:
    """Every mapped class whose rows the chain commits to."""
    classes = [mapper.class_ for mapper in db.Model.registry.mappers]  # type: ignore[attr-defined]
    return sorted(
        (c for c in classes if not issubclass(c, Unaudited)), key=lambda c: str(c.__tablename__)
    )


def rows(session: Session, model: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - any model
    """(id, row) of every row of a table; None for a row that cannot be read."""
    for whole in _by_township(session, model):
        yield from in_batches(session, whole, model.id)


def in_batches(session: Session, whole: Select[Any], key: Key) -> Iterator[tuple[Any, Any]]:
    """(key, row) in the order of the key, a few hundred rows a statement."""
    keys = session.scalars(whole.with_only_columns(key).order_by(key)).all()
    for start in range(0, len(keys), BATCH):
        part = keys[start : start + BATCH]
        try:
            loaded = _load(session, whole, key, part)
        except UNREADABLE:
            yield from _singly(session, whole, key, part)
        else:
            yield from loaded


def _load(
    session: Session,
    whole: Select[Any],
    key: Key,
    part: Sequence[Any],
) -> list[tuple[Any, Any]]:
    query = whole.where(key.in_(part)).order_by(key).options(undefer("*"))
    return [(getattr(row, key.key), row) for row in session.scalars(query).unique()]


def _singly(
    session: Session,
    whole: Select[Any],
    key: Key,
    part: Sequence[Any],
) -> Iterator[tuple[Any, Any]]:
    for value in part:
        try:
            yield from _load(session, whole, key, [value])
        except UNREADABLE:
            yield value, None


def _by_township(session: Session, model: Any) -> Iterator[Select[Any]]:  # noqa: ANN401 - any model
    """The rows of a table, those of one township after those of another: as its keys lead."""
    if not issubclass(model, Tenant):
        yield select(model)
        return
    for township_id in session.scalars(select(model.township_id).distinct()).all():
        yield select(model).where(model.township_id == township_id)
