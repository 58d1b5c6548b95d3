"""The candidates of the small town at their pages."""

import re

from sqlalchemy import select

from election.database import db
from election.models import Candidacy
from election.rules.terms import Level
from tests.queries.candidates.office import (
    Town,
)

NUMBER = "330225198005011229"


def text(answer) -> str:
    """The words of a page without its tags, spaces closed up."""
    plain = re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))
    return re.sub(r"\s+", " ", plain)


def key(town: Town, number: int = 1) -> int:
    return town.districts[Level.TOWN, number]


def candidacy_of(town: Town, name: str, number: int = 1) -> Candidacy:
    db.session.expire_all()
    return next(
        row
        for row in db.session.scalars(
            select(Candidacy).where(Candidacy.district_id == key(town, number))
        )
        if row.person.name == name
    )


def lists(town: Town, which: str, level: Level = Level.TOWN) -> str:
    return f"/congresses/{town.congress(level).id}/candidate-lists/{which}"
