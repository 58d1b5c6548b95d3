"""The audit chain as it is published: every record, but the data only of what is public by now."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.models import Congress
from election.queries.audit import entries, public_record

TOLD = ("count.", "result.", "publication.")  # acts whose data holds figures and no person's data


def public_chain(
    session: Session, township_id: int, *, shown: Collection[str]
) -> Iterator[dict[str, Any]]:
    """Every record with its hash, and with `data` for the acts a stranger has to recompute.

    shown: ids ("3/town") of the congresses that are public with this publication. The data of a
    count of any other congress is left out, or its figures would be out before it is published;
    the chain holds without it, because a record's hash is over the digest of its data.
    """
    hidden = _congresses(session, township_id) - set(shown)
    for entry in entries(session, township_id):
        record: dict[str, Any] = {**public_record(entry), "hash": entry.hash}
        if entry.what.startswith(TOLD) and not _told_of(entry.data, hidden):
            record["data"] = entry.data
        yield record


def _congresses(session: Session, township_id: int) -> set[str]:
    rows = session.execute(
        select(Congress.election_id, Congress.level).where(Congress.township_id == township_id)
    )
    return {f"{election}/{level.value}" for election, level in rows}


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
