"""The audit chain: every act appends its entry in its own transaction, or nothing is stored.

The entry's data holds the full new values; `rows` commits to every row the act left behind, so a
later change of any cell shows. A transaction that changes rows without an entry is refused.
Data always ends with a `salt` of its own, 128 random bits as 32 lower-case hex digits: digest and
hash of a record that is published without its data tell nothing that could be guessed and tried.
"""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Mapper, Session, object_session

from election.database import before_commit
from election.models import AuditEntry, Township
from election.models.base import Unaudited, row_digest
from election.models.types import chain_mac
from election.queries.audit import head, public_record
from election.queries.publication.chain import TOLD
from election.rules.access import Actor, Permission
from election.rules.canonical import canonical, sha256
from election.rules.id_numbers import refuse_number

INSTALLATION, SELF = "installation", "self"
_DIGEST = re.compile("[0-9a-f]{64}")
_SALT_BYTES = 16
_CHANGED, _ACTS = "xuanban_changed", "xuanban_acts"


class Unrecorded(Exception):
    """Rows were changed and no act stands for them: a fault of the program."""


@dataclass(frozen=True, slots=True)
class _Act:
    township_id: int
    at: datetime
    who: str
    role: str
    what: str
    subject: str
    data: dict[str, Any]
    rows: dict[str, dict[str, str | None]]


@event.listens_for(Mapper, "after_insert")
@event.listens_for(Mapper, "after_update")
def _written(_mapper: object, _connection: object, row: Any) -> None:  # noqa: ANN401 - any row
    """Note every audited row that was really written."""
    session = object_session(row)
    if session is not None and not isinstance(row, Unaudited) and session.is_modified(row):
        session.info.setdefault(_CHANGED, {})[row.__tablename__, row.id] = row


@event.listens_for(Mapper, "after_delete")
def _removed(_mapper: object, _connection: object, row: Any) -> None:  # noqa: ANN401 - any row
    """Note every audited row that was removed, by an act or as an orphan."""
    session = object_session(row)
    if session is not None and not isinstance(row, Unaudited):
        session.info.setdefault(_CHANGED, {})[row.__tablename__, row.id] = None


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_CHANGED, None)
    session.info.pop(_ACTS, None)


def record(
    session: Session,
    *,
    by: Actor,
    under: Permission | None,
    what: str,
    subject: str,
    data: Mapping[str, Any],
    at: datetime,
) -> None:
    """Write the audit entry of one act; call it last, when everything is changed.

    what: stage and verb ("count.entry"); subject: the thing in its public id; data: JSON, complete.
    under: the right used; None for one's own account, or for the installation itself.
    Raises R.901 without the right, E.497 for an identity number in data that is published later.
    """
    own_role = SELF if by.official_id else INSTALLATION
    role = by.role_for(under).value if under else own_role
    if what.startswith(TOLD):
        refuse_number(*_texts(data))
    session.flush()
    changed = session.info.pop(_CHANGED, {})
    rows: dict[str, dict[str, str | None]] = {}
    for (table, key), row in changed.items():
        rows.setdefault(table, {})[str(key)] = None if row is None else row_digest(row)
    act = _Act(by.township_id, at, by.number, role, what, subject, dict(data), rows)
    session.info.setdefault(_ACTS, []).append(act)


def take_turn(session: Session, township_id: int) -> None:
    """Wait until no other act of this township is under way; the first thing an act does.

    What is checked then still holds when it is stored, as SQLite has it by itself. The key of the
    row stays free: rows of others that refer to the township need not wait.
    """
    if session.get_bind().dialect.name == "sqlite":
        return  # every transaction that writes has waited for the whole file
    session.execute(
        select(Township.id).where(Township.id == township_id).with_for_update(key_share=True)
    )


def _texts(data: object) -> Iterator[str]:
    """Every text somebody may have typed: a digest has figures enough to look like a number."""
    if isinstance(data, str) and not _DIGEST.fullmatch(data):
        yield data
    elif isinstance(data, Mapping):  # a name written in is a key: writein:NAME
        for key, value in data.items():
            yield from (*_texts(key), *_texts(value))
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)


@before_commit
def seal(session: Session) -> None:
    """Chain the acts of this transaction; the township's row is the queue of its writers."""
    acts: list[_Act] = session.info.pop(_ACTS, [])
    unrecorded = session.info.pop(_CHANGED, None)
    if unrecorded:
        raise Unrecorded(", ".join(f"{table} {key}" for table, key in unrecorded))
    for act in acts:
        take_turn(session, act.township_id)
        seq, prev = head(session, act.township_id)
        session.add(_entry(act, seq + 1, prev))
        session.flush()


def _entry(act: _Act, seq: int, prev: str) -> AuditEntry:
    rows = {"rows": sha256(act.rows)} if act.rows else {}
    data = {**act.data, **rows, "salt": secrets.token_hex(_SALT_BYTES)}
    canonical(data)  # a value JSON cannot tell must stop the act, not the verifier years later
    entry = AuditEntry(
        township_id=act.township_id,
        seq=seq,
        at=act.at,
        who=act.who,
        role=act.role,
        what=act.what,
        subject=act.subject,
        data=data,
        rows=act.rows,
        digest=sha256(data),
        prev=prev,
        hash="",
        mac="",
    )
    entry.hash = sha256(public_record(entry))
    entry.mac = chain_mac(entry.township_id, entry.hash)
    return entry
