"""The sample's plans: kept districts, what the planner proves of them, adopted by the committee."""

from collections.abc import Iterator
from fractions import Fraction

from sqlalchemy.orm import Session

from election.actions.act import Act
from election.actions.districts import plans
from election.cli.sample.moments import now
from election.cli.sample.plans import COUNTY, TOWN
from election.clock import local
from election.database import db, transaction
from election.jobs import planner
from election.models import Congress, DistrictKind, Election
from election.planning.districting import Objective
from election.queries.districts import proposals
from election.queries.districts.boards import DrawnDistrict, require_people
from election.queries.units import table as unit_queries
from election.rules.access import Actor
from election.rules.terms import InputFaults, Level

_SECONDS = 60  # for a proof that takes one or two


def draw(election_id: int, *, by: Actor) -> None:
    """Adopt a plan for each congress; county districts are made of whole town districts."""
    congresses = db.session.get_one(Election, election_id).congresses
    for key in [row.id for row in sorted(congresses, key=lambda row: row.level is Level.COUNTY)]:
        question = _question(key)
        bound = _bound(question)  # no transaction waits for it
        with transaction() as session:
            congress = session.get_one(Congress, key)
            drawn = list(_drawn(session, election_id, congress.level))
            plan = plans.store_proposal(
                Act(session, by, now()),
                congress,
                name="方案一",
                drawn=drawn,
                basis=question.basis,
                planning_record=_search_record(question, _sum(session, congress, drawn), bound),
            )
            plans.adopt(
                Act(session, by, now()),
                plan,
                decision_reference="样例：选举委员会第二次会议决定",
                decided_on=local(now()).date(),
                acknowledged=True,
            )


def _question(congress_id: int) -> proposals.PlannerQuestion:
    """Which plan has the smallest sum of deviations: what the kept districts were found by."""
    congress = db.session.get_one(Congress, congress_id)
    county = congress.level is Level.COUNTY
    source = proposals.TOWN_DISTRICTS if county else proposals.UNITS
    request = proposals.ProposalRequest(
        name="", source=source, objective=Objective.SUM, limit=_SECONDS
    )
    asked_of = proposals.question(db.session(), congress, request)
    db.session.rollback()
    return asked_of


def _bound(question: proposals.PlannerQuestion) -> Fraction | None:
    """What no plan can be below; None where the planner cannot run: the sample needs no proof."""
    try:
        return planner.run(question.request).lower_bound
    except (planner.PlannerDied, InputFaults):
        return None


def _search_record(
    question: proposals.PlannerQuestion, value: Fraction, bound: Fraction | None
) -> dict[str, object]:
    """For record, as a proposal has it, without what differs from start to start."""
    request = question.proposal
    facts = {"source": request.source, "seed": request.seed, "objective": request.objective.value}
    proof = {} if bound is None else {"lower_bound": str(bound), "optimal": value == bound}
    return facts | {"value": str(value)} | proof


def _sum(session: Session, congress: Congress, drawn: list[DrawnDistrict]) -> Fraction:
    """The absolute deviations of the kept districts, weighted by seats, together."""
    rows = unit_queries.of_congress(session, congress)
    by_code = require_people(rows, congress.population_basis)
    people = {row.id: by_code[row.values.code] for row in rows}
    total, seats = sum(people.values()), congress.approved_seats
    held = (
        (district.seats, sum(people[unit] for unit, _, _ in district.parts)) for district in drawn
    )
    return sum(
        (abs(Fraction(persons * seats, total) - own_seats) for own_seats, persons in held),
        Fraction(),
    )


def _drawn(session: Session, election_id: int, level: Level) -> Iterator[DrawnDistrict]:
    ids = {row.values.code: row.id for row in unit_queries.of_election(session, election_id)}
    for number, (seats, codes) in enumerate(_shape(level), start=1):
        parts = tuple((ids[code], 0, None) for code in codes)
        yield DrawnDistrict(number, seats, DistrictKind.RESIDENCE, parts)


def _shape(level: Level) -> list[tuple[int, tuple[str, ...]]]:
    if level is Level.TOWN:
        return list(TOWN)
    return [
        (seats, tuple(code for number in numbers for code in TOWN[number - 1][1]))
        for seats, numbers in COUNTY
    ]
