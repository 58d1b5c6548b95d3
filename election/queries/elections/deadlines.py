"""The deadlines of an election against today: done, so many days left, over, or late."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from election.models import Election
from election.queries.elections.progress import calendar_of, milestones
from election.rules.elections.phases import ORDER, Phase
from election.rules.terms import Text

# what the committee does by a day and puts on record; other days only end a period
_DEEDS = ("roll_published", "first_list_published", "formal_list_published")


class DeadlineState(StrEnum):
    """How a deadline stands today."""

    DONE = "done"
    LATE = "late"
    AHEAD = "ahead"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline. days: from today to the limit, negative once it is over."""

    key: str
    name: Text
    limit: date
    standing: DeadlineState
    days: int


def deadlines(session: Session, election: Election, *, today: date) -> list[Deadline]:
    """All deadlines by their day; one is done when it is done for every congress."""
    recorded = [milestones(session, congress.id).keys() for congress in election.congresses]
    done = set.intersection(*map(set, recorded)) if recorded else set[str]()
    if ORDER.index(election.phase) >= ORDER.index(Phase.COUNTING):
        done.add("election_day")
    items = sorted(calendar_of(election).items, key=lambda item: item.limit)
    return [
        Deadline(
            item.key,
            item.name,
            item.limit,
            _standing(item.key, (item.limit - today).days, done),
            (item.limit - today).days,
        )
        for item in items
    ]


def _standing(key: str, days: int, done: Collection[str]) -> DeadlineState:
    if key in done:
        return DeadlineState.DONE
    if days >= 0:
        return DeadlineState.AHEAD
    return DeadlineState.LATE if key in _DEEDS else DeadlineState.OVER
