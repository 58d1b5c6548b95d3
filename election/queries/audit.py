"""Reads of the audit chain, and its verification against the tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, undefer

from election.database import db
from election.models import AuditEntry, Township
from election.models.base import Unaudited, row_digest
from election.rules.canonical import ZEROS, sha256
from election.tenant import Tenant

# what reading a damaged cell can raise: a broken cipher text, date, JSON, word or number
_UNREADABLE = (InvalidTag, ValueError, LookupError, TypeError, AttributeError)
_SALT = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Break:
    """One thing that does not hold: where, and what is wrong there."""

    where: str
    zh: str
    en: str


def head(session: Session, township_id: int) -> tuple[int, str]:
    """Number and hash of the last entry of a township's chain; (0, 64 zeros) before the first."""
    last = session.execute(
        select(AuditEntry.seq, AuditEntry.hash)
        .where(AuditEntry.township_id == township_id)
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    ).first()
    return (last.seq, last.hash) if last else (0, ZEROS)


def last_acts(
    session: Session, township_id: int, number: str
) -> tuple[datetime | None, datetime | None]:
    """When an official signed in last, and when the last act under the number was (T39)."""
    own_acts = select(AuditEntry.at).where(
        AuditEntry.township_id == township_id, AuditEntry.who == number
    )
    login = AuditEntry.what == "accounts.log_in"
    act = AuditEntry.what.not_in(("accounts.log_in", "accounts.log_out"))
    latest = (
        own_acts.where(condition).order_by(AuditEntry.seq.desc()).limit(1)
        for condition in (login, act)
    )
    signed_in, acted = (session.scalar(query) for query in latest)
    return signed_in, acted


def entries(session: Session, township_id: int) -> Iterator[AuditEntry]:
    """The chain in order, streamed."""
    query = (
        select(AuditEntry)
        .where(AuditEntry.township_id == township_id)
        .order_by(AuditEntry.seq)
        .execution_options(yield_per=500)
    )
    yield from session.scalars(query)


def moment(at: datetime) -> str:
    """A stored moment as the chain writes it: 2021-12-16T12:00:00.000000+00:00."""
    return at.isoformat(timespec="microseconds")


def public_record(entry: AuditEntry) -> dict[str, object]:
    """The record as the chain hashes it: without `hash` and `data`."""
    return {
        "seq": entry.seq,
        "at": moment(entry.at),
        "who": entry.who,
        "role": entry.role,
        "what": entry.what,
        "subject": entry.subject,
        "digest": entry.digest,
        "prev": entry.prev,
    }


def verify(session: Session, *, expected_head: str | None = None) -> list[Break]:
    """Walk every township's chain and compare it with all audited tables.

    expected_head: hash (or its printed anchor) seen on paper; it must stand in some chain.
    """
    breaks: list[Break] = []
    hashes: list[str] = []
    last_digests: dict[tuple[str, str], str | None] = {}
    for township_id in session.scalars(select(Township.id).order_by(Township.id)):
        breaks += _walk(session, township_id, last_digests, hashes)
    breaks += _compare(session, last_digests)
    if expected_head is not None:
        prefix = expected_head.replace(" ", "").lower()
        if len(prefix) < 32 or not any(value.startswith(prefix) for value in hashes):
            breaks.append(
                Break("head", "纸上的校验码不在记录链中", "the code on paper is not in the chain")
            )
    return breaks


def _walk(
    session: Session,
    township_id: int,
    last_digests: dict[tuple[str, str], str | None],
    hashes: list[str],
) -> Iterator[Break]:
    """Check one chain link by link; collect what it says the tables hold."""
    prev, number, salted = ZEROS, 0, False
    for seq, entry in _readable(session, township_id):
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
        hashes.append(entry.hash)
        for table, rows in entry.rows.items():
            last_digests.update({(table, key): digest for key, digest in rows.items()})
    if not number:
        yield Break(f"township {township_id}", "没有任何记录", "the chain is empty")


def _readable(session: Session, township_id: int) -> Iterator[tuple[int, AuditEntry | None]]:
    """(seq, entry) in order; None for an entry whose cells no longer hold what they should."""
    in_township = AuditEntry.township_id == township_id
    for seq in session.scalars(
        select(AuditEntry.seq).where(in_township).order_by(AuditEntry.seq)
    ).all():
        query = select(AuditEntry).where(in_township, AuditEntry.seq == seq)
        try:
            yield seq, session.scalars(query).one()
        except _UNREADABLE:
            yield seq, None


def _well_formed(entry: AuditEntry) -> bool:
    """Whether data is a document and rows is table -> {id: digest or null}."""
    data: object = entry.data
    rows: object = entry.rows
    if not isinstance(data, dict) or not isinstance(rows, dict):
        return False
    return all(isinstance(part, dict) for part in rows.values())


def _link(entry: AuditEntry, where: str, prev: str) -> Iterator[Break]:
    if entry.prev != prev:
        yield Break(where, "与上一条记录不相连", "not linked to the record before")
    if sha256(entry.data) != entry.digest:
        yield Break(where, "记录内容与摘要不符", "the data does not have its digest")
    if (sha256(entry.rows) if entry.rows else None) != entry.data.get("rows"):
        yield Break(where, "行摘要清单被改动", "the list of row digests was changed")
    if sha256(public_record(entry)) != entry.hash:
        yield Break(where, "记录与哈希值不符", "the record does not have its hash")


def _compare(session: Session, last_digests: dict[tuple[str, str], str | None]) -> Iterator[Break]:
    """Every row of every audited table against the last digest the chain has for it."""
    existing: set[tuple[str, str]] = set()
    for model in audited_models():
        for row, problem in _rows(session, model):
            key = (str(model.__tablename__), str(row))
            existing.add(key)
            where = f"{key[0]} {key[1]}"
            if key not in last_digests or last_digests[key] is None:
                yield Break(where, "记录链中没有这一行", "the chain knows no such row")
            elif problem != last_digests[key]:
                yield Break(where, "该行与记录链不符", "the row differs from the chain")
    for key, digest in last_digests.items():
        if digest is not None and key not in existing:
            yield Break(f"{key[0]} {key[1]}", "该行已不存在", "the row has vanished")


def _rows(session: Session, model: Any) -> Iterator[tuple[int, str]]:  # noqa: ANN401 - any model
    """(id, digest) of every row; a row that cannot be read has the digest "unreadable"."""
    for whole in _by_township(session, model):
        ids = list(session.scalars(whole.with_only_columns(model.id).order_by(model.id)))
        for start in range(0, len(ids), 500):
            part = whole.where(model.id.in_(ids[start : start + 500]))
            try:
                found = list(session.scalars(part.options(undefer("*"))).unique())
                yield from ((row.id, row_digest(row)) for row in found)
            except _UNREADABLE:
                yield from _one_by_one(session, whole, model, ids[start : start + 500])


def _by_township(session: Session, model: Any) -> Iterator[Select[Any]]:  # noqa: ANN401 - any model
    """The rows of a table, those of one township after those of another: as its keys lead."""
    if not issubclass(model, Tenant):
        yield select(model)
        return
    for township_id in session.scalars(select(model.township_id).distinct()).all():
        yield select(model).where(model.township_id == township_id)


def _one_by_one(
    session: Session,
    whole: Select[Any],
    model: Any,  # noqa: ANN401 - any model
    ids: list[int],
) -> Iterator[tuple[int, str]]:
    for key in ids:
        try:
            row = session.scalars(whole.where(model.id == key)).unique().one()
            yield key, row_digest(row)
        except _UNREADABLE:
            yield key, "unreadable"


def audited_models() -> list[Any]:
    """Every mapped class whose rows the chain commits to."""
    classes = [mapper.class_ for mapper in db.Model.registry.mappers]  # type: ignore[attr-defined]
    return sorted(
        (c for c in classes if not issubclass(c, Unaudited)), key=lambda c: str(c.__tablename__)
    )
