"""The sample's plans: a proposal of the planner, adopted by the committee."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from election.actions import plans
from election.cli.sample.moments import now
from election.cli.sample.plans import COUNTY, TOWN
from election.database import transaction
from election.models import DistrictKind, Election
from election.queries import units as unit_queries
from election.queries.boards import Drawn
from election.rules.access import Actor
from election.rules.terms import Level


def draw(election_id: int, *, by: Actor) -> None:
    """Adopt a plan for each congress; county districts are made of whole town districts."""
    with transaction() as session:
        basis = unit_queries.basis(unit_queries.of_election(session, election_id))
        for congress in session.get_one(Election, election_id).congresses:
            drawn = list(_drawn(session, election_id, congress.level))
            plan = plans.store_proposal(
                session, congress, name="方案一", drawn=drawn, basis=basis,
                found={"seed": 0, "source": "calc districts"}, by=by, at=now(),
            )  # fmt: skip
            plans.adopt(
                session, plan, decision_reference="样例：选举委员会第二次会议决定",
                acknowledged=True, by=by, at=now(),
            )  # fmt: skip


def _drawn(session: Session, election_id: int, level: Level) -> Iterator[Drawn]:
    ids = {row.values.code: row.id for row in unit_queries.of_election(session, election_id)}
    for number, (seats, codes) in enumerate(_shape(level), start=1):
        parts = tuple((ids[code], 0, None) for code in codes)
        yield Drawn(number, seats, DistrictKind.RESIDENCE, parts)


def _shape(level: Level) -> list[tuple[int, tuple[str, ...]]]:
    if level is Level.TOWN:
        return list(TOWN)
    return [
        (seats, tuple(code for number in numbers for code in TOWN[number - 1][1]))
        for seats, numbers in COUNTY
    ]
