"""Reads of the roll: the voters of each district, by congress."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from election.models import District
from election.queries.elections.progress import adopted_districts
from election.rules.roll import voters_known
from election.rules.terms import Level


@dataclass(frozen=True, slots=True)
class CongressRoll:
    """The districts of one congress by number; voters: of all of them, None while one is open."""

    level: Level
    districts: Sequence[District]
    voters: int | None


def rolls(session: Session, election_id: int) -> list[CongressRoll]:
    """The roll of every congress of an election that has an adopted plan."""
    rows = session.scalars(adopted_districts(election_id).order_by(District.number)).all()
    by_level = [(level, [row for row in rows if row.congress.level is level]) for level in Level]
    return [
        CongressRoll(level, districts, voters_known([row.registered for row in districts]))
        for level, districts in by_level
        if districts
    ]
