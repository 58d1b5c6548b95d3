"""`audit verify`: the chain link by link, its key, every table, every stored package.

The hashes are public, so whoever can write the database can compute them anew; the MAC beside each
needs a key that is not in there. What was published stands in the packages too.
"""

import hmac
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from election.models import AuditEntry, Township
from election.models.base import row_digest
from election.models.types import chain_mac
from election.queries.audit.chain import public_record
from election.queries.audit.packages import misfits
from election.queries.audit.stored import UNREADABLE, audited_models, in_batches, rows
from election.queries.audit.triggers import foreign_triggers
from election.rules.canonical import ZEROS, sha256

_SALT = re.compile("[0-9a-f]{32}")
_LEAST_OF_HEAD = 32  # hex digits, as printed on paper


@dataclass(frozen=True, slots=True)
class Break:
    """One thing that does not hold: where, and what is wrong there."""

    where: str
    zh: str
    en: str


@dataclass(slots=True)
class _Seen:
    """What the chains say. hashes: township -> seq -> hash; rows: (table, id) -> last digest."""

    hashes: dict[int, dict[int, str]] = field(default_factory=dict)
    rows: dict[tuple[str, str], str | None] = field(default_factory=dict)


def verify(session: Session, *, expected_head: str | None = None) -> list[Break]:
    """Walk every township's chain and compare it with its key, all audited tables and packages.

    expected_head: hash (or its printed anchor) seen on paper; it must stand in some chain.
    """
    seen = _Seen()
    parts: dict[str, Callable[[], Iterator[Break]]] = {
        "database": lambda: _triggers(session),
        "audit_entry": lambda: _chains(session, seen),
        "publication": lambda: _packages(session, seen),
    }
    breaks = [found for where, part in parts.items() for found in _readable(where, part)]
    existing: set[tuple[str, str]] = set()
    for model in audited_models():
        table = str(model.__tablename__)
        breaks += _readable(table, lambda m=model: _compare(session, m, seen, existing))  # type: ignore[misc]
    breaks += _vanished(seen, existing)
    if expected_head is not None:
        breaks += _head(seen, expected_head)
    return breaks


def _readable(where: str, part: Callable[[], Iterator[Break]]) -> Iterator[Break]:
    """What a part finds; a table that cannot be read at all is a finding as well."""
    try:
        yield from part()
    except UNREADABLE as error:
        reason = type(error.orig if isinstance(error, DBAPIError) else error).__name__
        yield Break(where, f"无法读取（{reason}）", f"cannot be read ({reason})")


def _triggers(session: Session) -> Iterator[Break]:
    """The program has none: one that is there changes rows behind its back."""
    for name, table in foreign_triggers(session):
        where = f"trigger {name}"
        yield Break(
            where,
            f"数据库的{table}表上有不属于本程序的触发器",
            f"a trigger on {table} that is not of this program",
        )


def _chains(session: Session, seen: _Seen) -> Iterator[Break]:
    for township_id in session.scalars(select(Township.id).order_by(Township.id)).all():
        yield from _walk(session, township_id, seen)


def _walk(session: Session, township_id: int, seen: _Seen) -> Iterator[Break]:
    """Check one chain link by link; collect what it says the tables hold."""
    prev, number, salted = ZEROS, 0, False
    hashes = seen.hashes.setdefault(township_id, {})
    whole = select(AuditEntry).where(AuditEntry.township_id == township_id)
    for seq, entry in in_batches(session, whole, AuditEntry.seq):
        number += 1
        where = f"audit_entry township {township_id} seq {seq}"
        if seq != number:
            yield Break(where, f"缺少第{number}条记录", f"record {number} is missing")
            number = seq
        if entry is None or not _well_formed(entry):
            yield Break(where, "记录内容无法读取", "the record cannot be read")
            continue
        yield from _link(entry, where, prev)
        prev, salted = entry.hash, salted or "salt" in entry.data
        if salted and not _SALT.fullmatch(str(entry.data.get("salt"))):
            yield Break(where, "记录内容缺少随机盐", "the data has no salt as the ones before")
        hashes[seq] = entry.hash
        for table, changed in entry.rows.items():
            seen.rows.update({(table, key): digest for key, digest in changed.items()})
    if not number:
        yield Break(f"township {township_id}", "没有任何记录", "the chain is empty")


def _well_formed(entry: AuditEntry) -> bool:
    """Whether data is a document and rows is table -> {id: digest or null}."""
    data: object = entry.data
    changed: object = entry.rows
    if not isinstance(data, dict) or not isinstance(changed, dict):
        return False
    return all(isinstance(part, dict) for part in changed.values())


def _link(entry: AuditEntry, where: str, prev: str) -> Iterator[Break]:
    if entry.prev != prev:
        yield Break(where, "与上一条记录不相连", "not linked to the record before")
    if sha256(entry.data) != entry.digest:
        yield Break(where, "记录内容与摘要不符", "the data does not have its digest")
    if (sha256(entry.rows) if entry.rows else None) != entry.data.get("rows"):
        yield Break(where, "行摘要清单被改动", "the list of row digests was changed")
    if sha256(public_record(entry)) != entry.hash:
        yield Break(where, "记录与哈希值不符", "the record does not have its hash")
    if not hmac.compare_digest(chain_mac(entry.township_id, entry.hash), entry.mac):
        yield Break(
            where,
            "记录没有本单位密钥作出的校验码，不是本程序写入的",
            "the record has no MAC by the key of this office: the program did not write it",
        )


def _packages(session: Session, seen: _Seen) -> Iterator[Break]:
    """Every record of every published package must stand in the chain as it is published."""
    for where, zh, en in misfits(session, seen.hashes):
        yield Break(where, zh, en)


def _compare(
    session: Session,
    model: Any,  # noqa: ANN401 - any model
    seen: _Seen,
    existing: set[tuple[str, str]],
) -> Iterator[Break]:
    """Every row of an audited table against the last digest the chain has for it."""
    for number, row in rows(session, model):
        key = (str(model.__tablename__), str(number))
        existing.add(key)
        if seen.rows.get(key) is None:
            yield Break(" ".join(key), "记录链中没有这一行", "the chain knows no such row")
        elif _digest(row) != seen.rows[key]:
            yield Break(" ".join(key), "该行与记录链不符", "the row differs from the chain")


def _digest(row: object) -> str | None:
    try:
        return None if row is None else row_digest(row)
    except UNREADABLE:
        return None


def _vanished(seen: _Seen, existing: set[tuple[str, str]]) -> Iterator[Break]:
    for key, digest in seen.rows.items():
        if digest is not None and key not in existing:
            yield Break(" ".join(key), "该行已不存在", "the row has vanished")


def _head(seen: _Seen, expected: str) -> Iterator[Break]:
    prefix = expected.replace(" ", "").lower()
    hashes = (value for chain in seen.hashes.values() for value in chain.values())
    if len(prefix) < _LEAST_OF_HEAD or not any(value.startswith(prefix) for value in hashes):
        yield Break("head", "纸上的校验码不在记录链中", "the code on paper is not in the chain")
