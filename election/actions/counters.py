"""Counters of what is no act: wrong passwords, refusals, files taken; forgotten when it is quiet.

Their keys are keyed digests, so that no name and no address can be read from the table.
"""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from election.models import LoginFailure
from election.models.types import blind_index
from election.rules.accounts import REMEMBERED


def key_of(kind: str, of: str) -> str:
    """The key of a counter."""
    return blind_index(f"counter:{kind}:{of}")


def read(session: Session, key: str) -> LoginFailure | None:
    """The counter as it is; None where nothing was counted."""
    return session.scalar(select(LoginFailure).where(LoginFailure.who == key))


def hold(session: Session, key: str, *, at: datetime) -> LoginFailure:
    """The counter, made where there is none; nobody else counts until this transaction ends."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    new = insert(LoginFailure).values(who=key, failures=0, blocked_until=at)
    session.execute(new.on_conflict_do_nothing(index_elements=["who"]))
    query = select(LoginFailure).where(LoginFailure.who == key).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def failures(row: LoginFailure | None, at: datetime) -> int:
    """How many were counted, without a quarter of an hour of quiet between them."""
    return 0 if row is None or row.blocked_until + REMEMBERED < at else row.failures


def forget_old(session: Session, *, at: datetime) -> None:
    """Remove quiet counters that nobody holds."""
    quiet = LoginFailure.blocked_until < at - REMEMBERED
    free = select(LoginFailure.id).where(quiet).with_for_update(skip_locked=True)
    old = delete(LoginFailure).where(LoginFailure.id.in_(free))
    session.execute(old, execution_options={"synchronize_session": False})
