"""The list of codes beside the backups: where each chain stood whenever one was made.

One line each, readable by people: moment, number of the record, its code, the town's number and
name. It says which records an older backup lacks, also when the newest one is gone, and betrays an
old database that was put in the place of the present one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.exchange.backups.office import ChainEnd
from election.models import AuditEntry
from election.queries.audit import Break
from election.rules.canonical import anchor

NAME = "xuanban-codes.txt"
RESTORED = "backup.restore"


@dataclass(frozen=True, slots=True)
class NotedCode:
    """One line of a list: the record with this number had this code."""

    at: str
    seq: int
    code: str
    township_id: int
    township: str


def append(folder: Path, ends: Sequence[ChainEnd]) -> None:
    """Add where the chains stand now; nothing for a chain that did not move."""
    known = {(noted.township_id, noted.code) for noted in noted_codes(folder)}
    lines = [_line(end) for end in ends if (end.township_id, end.code) not in known]
    if lines:
        with (folder / NAME).open("a", encoding="utf-8", newline="\n") as file:
            file.write("".join(lines))


def noted_codes(folder: Path) -> Iterator[NotedCode]:
    """The lines of the list in a folder; what is no such line is left out."""
    path = folder / NAME
    text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    for line in text.splitlines():
        fields = line.split("\t")
        if len(fields) == 5 and fields[1].isdecimal() and fields[3].isdecimal():
            yield NotedCode(fields[0], int(fields[1]), fields[2], int(fields[3]), fields[4])


def last_known(folders: Sequence[Path]) -> dict[int, tuple[int, str]]:
    """Town -> (number of the last record anybody noted, its moment), from the lists in folders."""
    known: dict[int, tuple[int, str]] = {}
    for folder in folders:
        for noted in noted_codes(folder):
            if noted.seq > known.get(noted.township_id, (0, ""))[0]:
                known[noted.township_id] = (noted.seq, noted.at)
    return known


def lost(session: Session, folders: Sequence[Path]) -> Iterator[Break]:
    """Records that were noted and stand in no chain, unless a restore says they are missing."""
    chains: dict[int, dict[int, str]] = {}
    for folder in folders:
        for noted in noted_codes(folder):
            town = noted.township_id
            if town not in chains:
                chains[town] = _codes_of(session, town)
            in_chain = chains[town].get(noted.seq) == noted.code
            if not in_chain and not _is_excused(session, noted):
                yield Break(
                    f"{NAME} {noted.township} {noted.seq}",
                    f"{noted.at}留下的第{noted.seq}条记录（{noted.code}）不在记录链中",
                    f"record {noted.seq} of {noted.at} ({noted.code}) is missing from the chain",
                )


def _codes_of(session: Session, township_id: int) -> dict[int, str]:
    chain = select(AuditEntry.seq, AuditEntry.hash).where(AuditEntry.township_id == township_id)
    return {seq: anchor(digest) for seq, digest in session.execute(chain)}


def _is_excused(session: Session, noted: NotedCode) -> bool:
    """Whether the act of a restore says that this record was lost with it."""
    restores = select(AuditEntry.data).where(
        AuditEntry.township_id == noted.township_id, AuditEntry.what == RESTORED
    )
    return any(
        part["town"] == noted.township_id and part["first"] <= noted.seq <= part["last"]
        for data in session.scalars(restores)
        for part in data.get("missing", ())
    )


def _line(end: ChainEnd) -> str:
    fields = (
        end.at.isoformat(timespec="seconds"),
        str(end.seq),
        end.code,
        str(end.township_id),
        " ".join(end.township.split()),
    )
    return "\t".join(fields) + "\n"
