"""The audit chain as it is published: whole records only of what is public by now."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from election.models import AuditEntry, Congress
from election.queries.audit import entries, public_record

# acts that a stranger has to recompute; their data holds figures and no person's data
TOLD = ("count.", "result.", "publication.", "decision.")


def public_chain(
    session: Session, township_id: int, *, published: Collection[str]
) -> Iterator[dict[str, Any]]:
    """Every record in order: whole, with its data, where a stranger has to recompute it.

    Of all others only {seq, prev, hash}: nobody learns of whom or of what they are, and the chain
    holds without, because the next record commits to the hash.
    published: ids ("3/town") of the congresses that are published with this chain. The counts of
    any other one are withheld as well, of a public one only what came after its latest version:
    figures would be out before they are published.
    """
    other_congresses = _congresses(session, township_id) - set(published)
    public = _last_published(session, township_id)
    for entry in entries(session, township_id):
        hidden = [
            congress_id
            for congress_id in other_congresses
            if public.get(congress_id, 0) < entry.seq
        ]
        if entry.what.startswith(TOLD) and not _told_of(entry.data, hidden):
            yield {**public_record(entry), "hash": entry.hash, "data": entry.data}
        else:
            yield {"seq": entry.seq, "prev": entry.prev, "hash": entry.hash}


def _congresses(session: Session, township_id: int) -> set[str]:
    rows = session.execute(
        select(Congress.election_id, Congress.level).where(Congress.township_id == township_id)
    )
    return {f"{election}/{level.value}" for election, level in rows}


def _last_published(session: Session, township_id: int) -> Mapping[str, int]:
    """Congress -> where in the chain its latest version was published."""
    query = (
        select(AuditEntry.subject, func.max(AuditEntry.seq))
        .where(AuditEntry.township_id == township_id, AuditEntry.what == "publication.publish")
        .group_by(AuditEntry.subject)
        .order_by(func.max(AuditEntry.seq))
    )
    return {subject.rpartition("/v")[0]: seq for subject, seq in session.execute(query)}


def _told_of(data: dict[str, Any], congresses: Collection[str]) -> bool:
    """Whether the data is of a round of one of these congresses.

    Data that does not name its election is taken to be of any election with such a round.
    """
    levels = {code.partition("-")[0] for code in _rounds(data)}
    of = data.get("election")
    return any(
        level in levels and str(of or election) == election
        for election, _, level in (key.partition("/") for key in congresses)
    )


def _rounds(data: object) -> Iterator[str]:
    """Every round code anywhere in the data of a record."""
    if isinstance(data, dict):
        if isinstance(data.get("round"), str):
            yield data["round"]
        for value in data.values():
            yield from _rounds(value)
    elif isinstance(data, list):
        for value in data:
            yield from _rounds(value)
