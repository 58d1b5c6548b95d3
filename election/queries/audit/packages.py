"""Stored result packages against the chain: what left the house cannot be unsaid in it."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.models import Publication
from election.queries.audit.stored import UNREADABLE

_AUDIT = "audit.jsonl"
_DAMAGED = (*UNREADABLE, zipfile.BadZipFile, EOFError, NotImplementedError, OSError)
Misfit = tuple[str, str, str]


def misfits(session: Session, chains: Mapping[int, Mapping[int, str]]) -> Iterator[Misfit]:
    """(where, zh, en) for each package whose head or records the chain does not hold.

    chains: township -> seq -> hash. One package is in memory at a time.
    """
    keys = select(Publication.township_id, Publication.id).order_by(Publication.id)
    for township_id, number in session.execute(keys).all():
        where = f"publication {number}"
        try:
            head, records = _published(session, township_id, number)
        except _DAMAGED:
            yield where, "公布的成果包无法读取", "the published package cannot be read"
            continue
        yield from _compare(where, head, records, chains.get(township_id, {}))


def _published(session: Session, township_id: int, number: int) -> tuple[str, dict[int, str]]:
    """The head a package was published with, and seq -> hash of its records."""
    query = select(Publication.audit_head, Publication.package).where(
        Publication.township_id == township_id, Publication.id == number
    )
    head, package = session.execute(query).one()
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        lines = archive.read(_AUDIT).decode().splitlines()
    records = [json.loads(line) for line in lines if line]
    return head, {record["seq"]: record["hash"] for record in records}


def _compare(
    where: str, head: str, records: Mapping[int, str], chain: Mapping[int, str]
) -> Iterator[Misfit]:
    changed = [seq for seq, value in records.items() if chain.get(seq) != value]
    if changed:
        seq = min(changed)
        yield (
            where,
            f"公布的成果包中第{seq}条记录与记录链不符",
            f"record {seq} of the published package is another one in the chain",
        )
    last = records.get(max(records, default=0))
    if head != last or head not in chain.values():
        yield (
            where,
            "公布时的链头不在记录链中",
            "the head it was published with is not there",
        )
