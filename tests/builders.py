"""An office for tests: a town, officials of every role, an election; all through real acts.

Later stages are seeded row by row with `seed`, which stores rows under one audit entry, so that a
test of one stage need not walk through all the stages before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from election.actions import accounts
from election.actions.act import Act
from election.actions.elections import set_up
from election.database import db, transaction
from election.models import Congress, Election, Official, PopulationBasis
from election.rules.access import Actor, Role
from election.rules.counting import Papers
from election.rules.terms import Level

AT = datetime(2021, 12, 16, 12, 0, tzinfo=UTC)
ELECTION_DAY = date(2021, 12, 16)
# two of those roles of which a count needs two different people
_OFFICIALS: tuple[tuple[Role, str], ...] = (
    (Role.DIRECTOR, "director"),
    (Role.REGISTRAR, "registrar"),
    (Role.REVIEWER, "reviewer"),
    (Role.STATION_OFFICER, "station"),
    (Role.TELLER, "teller1"),
    (Role.TELLER, "teller2"),
    (Role.TELLER, "teller3"),
    (Role.SCRUTINEER, "scrutineer1"),
    (Role.SCRUTINEER, "scrutineer2"),
    (Role.PUBLISHER, "publisher"),
    (Role.AUDITOR, "auditor"),
)


def head_figures(**papers: int) -> dict[str, int]:
    """The figures in the head of a count sheet; one that a test does not name is 0."""
    return {**dict.fromkeys((head.value for head in Papers), 0), **papers}


@dataclass(frozen=True, slots=True)
class Person:
    """An official with the password nobody else knows."""

    id: int
    username: str
    password: str
    actor: Actor


@dataclass(slots=True)
class Office:
    """The town and its officials."""

    township_id: int
    people: dict[Role, list[Person]] = field(default_factory=dict)

    def of(self, role: Role, which: int = 0) -> Person:
        """The nth official of a role."""
        return self.people[role][which]

    def actor(self, role: Role, which: int = 0) -> Actor:
        """Who acts, for calls of actions."""
        return self.of(role, which).actor


def found_office(code: str = "330225103", name: str = "鹤浦镇") -> Office:
    """A town with one administrator and the officials above; passwords need no change."""
    with transaction() as session:
        town = accounts.found_township(session, code=code, name=name, county="象山县", at=AT)
        first, password = accounts.first_administrator(
            session, town, username=f"admin-{code}", name="管理员", at=AT
        )
        first.must_change_password = False
        _record(session, first.as_actor(), "test.seed")
        office = Office(town.id, {Role.ADMINISTRATOR: [_person(first, password)]})
        by = first.as_actor()
        for role, username in _OFFICIALS:
            made, secret = accounts.add_official(
                Act(session, by, AT),
                username=f"{username}-{code}",
                name=username,
                roles=[role],
                must_change_password=False,
            )
            office.people.setdefault(role, []).append(_person(made, secret))
    return office


def an_election(office: Office, *, title: str = "鹤浦镇2021年换届选举") -> int:
    """An election of both congresses on 16 December 2021, in set-up: 15 county, 73 town seats."""
    director = office.actor(Role.DIRECTOR)
    with transaction() as session:
        election = set_up.create(Act(session, director, AT), title=title, election_day=ELECTION_DAY)
        for level, name, term, seats, population in (
            (Level.COUNTY, "象山县人民代表大会", 19, 15, None),
            (Level.TOWN, "鹤浦镇人民代表大会", 19, 73, 42_600),
        ):
            set_up.set_congress(
                Act(session, director, AT),
                election,
                level=level,
                name=name,
                term=term,
                approved_seats=seats,
                decision_reference="象人大常〔2021〕1号",
                population=population,
                population_basis=PopulationBasis.HUKOU,
                population_date=None,
                population_source="",
                population_confirmed=False,
            )
        return election.id


def congress_of(election_id: int, level: Level) -> Congress:
    """The congress of a level, in the current session."""
    election = db.session.get_one(Election, election_id)
    return next(c for c in election.congresses if c.level is level)


def seed(office: Office, rows: Sequence[Any]) -> None:
    """Store rows directly, under one audit entry: a shortcut into a later stage."""
    with transaction() as session:
        session.add_all(rows)
        _record(session, office.actor(Role.DIRECTOR), "test.seed")


def _record(session: Session, by: Actor, what: str) -> None:
    Act(session, by, AT).record(under=None, what=what, subject="-", data={})


def _person(row: Official, password: str) -> Person:
    return Person(row.id, row.username, password, row.as_actor())
