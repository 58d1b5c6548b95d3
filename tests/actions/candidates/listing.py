"""Acts on candidates, as tests take them."""

import pytest
from sqlalchemy import select

from election.actions.act import Act
from election.database import db, transaction
from election.models import Candidacy, Milestone
from election.rules.access import Role
from election.rules.terms import Level, RuleViolation
from tests.builders import AT
from tests.queries.candidates.office import (
    Town,
)


def refused(code: str):
    return pytest.raises(RuleViolation, match=f"^{code}$".replace(".", r"\."))


def ids(town: Town, number: int = 1) -> dict[str, int]:
    rows = db.session.scalars(
        select(Candidacy).where(Candidacy.district_id == town.districts[Level.TOWN, number])
    )
    return {candidacy.person.name: candidacy.id for candidacy in rows}


def act(town: Town, verb, candidacy_id: int, role: Role = Role.DIRECTOR, **terms) -> None:
    with transaction() as session:
        row = session.get_one(Candidacy, candidacy_id)
        verb(Act(session, town.office.actor(role), AT), row, **terms)


def milestone(town: Town, key: str) -> Milestone | None:
    db.session.expire_all()
    query = select(Milestone).where(
        Milestone.congress_id == town.congress().id, Milestone.key == key
    )
    return db.session.scalar(query)
