"""The audit log as people read it: who by name, what and on which thing in words."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from election.clock import SHANGHAI
from election.models import AuditEntry, Election, Nomination, Official, Plan, PollingPlace
from election.rules.acts import act_words
from election.rules.citations import chinese_number
from election.rules.terms import Level, Text
from election.rules.words import words_of

_ROUND = re.compile(r"(county|town)-(\d+)-r(\d+)(?:/(.+))?")
_MACHINE = {
    "0": Text("系统（无人登录）", "nobody signed in"),
    "console": Text("本机命令", "this machine"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Which records; empty means all. kind: how a kind begins ("count."), who: a number."""

    day: date | None = None
    who: str = ""
    kind: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One record in words; page: (endpoint, its arguments) of the thing, None where it has none."""

    seq: int
    at: datetime
    who: Text
    role: str
    act: Text
    subject: Text
    page: tuple[str, Mapping[str, int]] | None


def chosen(township_id: int, filters: Filters) -> Select[AuditEntry]:
    """The records, newest first."""
    query = select(AuditEntry).where(AuditEntry.township_id == township_id)
    if filters.day:
        start = datetime.combine(filters.day, time(), SHANGHAI)
        query = query.where(AuditEntry.at >= start, AuditEntry.at < start + timedelta(days=1))
    if filters.who:
        query = query.where(AuditEntry.who == filters.who)
    if filters.kind:
        query = query.where(AuditEntry.what.startswith(filters.kind, autoescape=True))
    if filters.subject:
        query = query.where(AuditEntry.subject.contains(filters.subject, autoescape=True))
    return query.order_by(AuditEntry.seq.desc())


def people(session: Session, township_id: int) -> dict[str, str]:
    """Number -> name of everybody who ever had an account, in the order of their numbers."""
    query = select(Official.number, Official.name).where(Official.township_id == township_id)
    return {row.number: row.name for row in session.execute(query.order_by(Official.id))}


def lines(session: Session, township_id: int, entries: Sequence[AuditEntry]) -> list[LogLine]:
    """These records in words; what they are about is looked up for all of them at once."""
    names = people(session, township_id)
    things = _Things(session, entries, names)
    return [
        LogLine(
            seq=entry.seq,
            at=entry.at,
            who=_MACHINE.get(entry.who) or _plain(names.get(entry.who, entry.who)),
            role=entry.role,
            act=act_words(entry.what),
            subject=things.words(entry),
            page=things.page(entry),
        )
        for entry in entries
    ]


class _Things:
    """What the subjects of some records are called now, and where they are shown."""

    def __init__(
        self, session: Session, entries: Sequence[AuditEntry], names: Mapping[str, str]
    ) -> None:
        self.names = names
        self.elections = _named(session, Election, Election.title, _numbers(entries, _of_election))
        self.plans = _named(session, Plan, Plan.name, _numbers(entries, _of_plan))
        self.nominations = self._nominees(session, _numbers(entries, _of_nomination))
        codes = select(PollingPlace.election_id, PollingPlace.code, PollingPlace.name)
        self.places: dict[tuple[object, str], str] = {
            (row[0], row[1]): row[2] for row in session.execute(codes)
        }

    def words(self, entry: AuditEntry) -> Text:
        subject, data = entry.subject, entry.data
        sheet = _ROUND.fullmatch(subject)
        if sheet:
            return self._round(sheet, data.get("election"))
        if entry.what.startswith("accounts."):
            return _plain(self.names.get(subject, "—"))
        if entry.what.startswith("districts."):
            return _plain(self.plans.get(_of_plan(entry)) or str(_of(data, "plan", "name")))
        if entry.what.startswith("nominations."):
            return _plain(self.nominations.get(_of_nomination(entry), "—"))
        if entry.what in ("units.add", "units.change"):
            return _plain(f"{_of(data, 'unit', 'name')}（{subject}）")
        named = self.elections.get(_of_election(entry))
        return _plain(named or subject)

    def page(self, entry: AuditEntry) -> tuple[str, Mapping[str, int]] | None:
        plan, nomination, election = _of_plan(entry), _of_nomination(entry), _of_election(entry)
        if plan in self.plans:
            return "districts.plan", {"plan_id": plan}
        if nomination in self.nominations:
            return "candidates.nomination", {"nomination_id": nomination}
        if election in self.elections:
            return "elections.show", {"election_id": election}
        return None

    def _round(self, sheet: re.Match[str], election: object) -> Text:
        level, district, number, place = sheet.groups()
        name = self.places.get((election, place), place) if place else ""
        words = words_of(Level(level))
        at_place = f"，{name}" if place else "", f", {name}" if place else ""
        return Text(
            f"{words.zh}第{district}选区 第{chinese_number(int(number))}次投票{at_place[0]}",
            f"{words.en}, district {district}, ballot {number}{at_place[1]}",
        )

    @staticmethod
    def _nominees(session: Session, keys: set[int]) -> dict[int, str]:
        rows = session.scalars(select(Nomination).where(Nomination.id.in_(keys)))
        return {row.id: row.person.name for row in rows}


def _named(session: Session, model: Any, name: Any, keys: set[int]) -> dict[int, str]:  # noqa: ANN401 - any model
    query = select(model.id, name).where(model.id.in_(keys))
    return {row[0]: row[1] for row in session.execute(query)}


def _numbers(entries: Iterable[AuditEntry], number: Callable[[AuditEntry], int]) -> set[int]:
    return {number(entry) for entry in entries} - {0}


def _of_election(entry: AuditEntry) -> int:
    """The number of the election a record is about; 0 for none."""
    whole = ("election.", "units.", "place.", "roll.", "count.open")
    if isinstance(entry.data.get("election"), int):
        return int(entry.data["election"])
    if entry.what.startswith("publication."):
        return _number(entry.subject.partition("/")[0])
    return _number(entry.subject) if entry.what.startswith(whole) else 0


def _of_plan(entry: AuditEntry) -> int:
    return _number(entry.subject) if entry.what.startswith("districts.") else 0


def _of_nomination(entry: AuditEntry) -> int:
    own = entry.what.startswith("nominations.")
    return _number(entry.subject.removeprefix("n")) if own else 0


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0


def _of(data: Mapping[str, Any], *path: str) -> object:
    """A value inside the data of a record; a dash where it is not there."""
    value: object = data
    for name in path:
        value = value.get(name, "—") if isinstance(value, Mapping) else "—"
    return value


def _plain(text: str) -> Text:
    return Text(text, text)
