"""Reads of who somebody elected or written in might be in other districts of the same level."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.models import (
    Candidacy,
    CandidacyStatus,
    District,
    Person,
    Plan,
    PlanStatus,
    Result,
    Round,
)
from election.queries.elections.readiness import district_name
from election.rules.counting import WRITE_IN
from election.rules.names import normalise_name
from election.rules.results import Outcome
from election.rules.results.written_in import PersonElsewhere, PersonQuestion

_STANDING = (CandidacyStatus.FORMAL, CandidacyStatus.INACTIVE, CandidacyStatus.WRITE_IN)


def certifying(session: Session, one: Round, outcome: Outcome) -> list[PersonQuestion]:
    """What must be said of the people of an outcome before it is certified.

    Of write-ins who are elected or go into a repeat vote: who they are. Of anybody elected who is
    elected elsewhere, or written in by origin and has the name of somebody elected: which seat.
    """
    elected, tied = outcome.elected, outcome.tied
    written = [who for who in (*elected, *tied) if who.startswith(WRITE_IN)]
    ballot = {row.candidacy.code: row.candidacy for row in one.candidates}
    printed = [ballot[who] for who in elected if who in ballot]
    if not written and not printed:
        return []
    others = elsewhere(session, one.district)
    asked = [_written(who, others, elected=who in elected) for who in written]
    return asked + [q for q in (_printed(row, others) for row in printed) if q is not None]


def standing(others: Iterable[PersonElsewhere], chosen: Iterable[str]) -> list[PersonQuestion]:
    """What must be said of write-ins who are to stand in a further election."""
    rest = list(others)
    return [_written(who, rest, elected=False) for who in chosen if who.startswith(WRITE_IN)]


def elsewhere(session: Session, district: District) -> list[PersonElsewhere]:
    """Everybody who stands or is certified as elected in the other districts of the level."""
    mine = (
        select(District)
        .join(Plan, District.plan_id == Plan.id)
        .where(
            Plan.congress_id == district.plan.congress_id,
            Plan.status == PlanStatus.ADOPTED,
            District.id != district.id,
        )
    )
    districts = {row.id: row for row in session.scalars(mine).unique()}
    people = session.scalars(
        select(Candidacy)
        .where(Candidacy.district_id.in_(districts), Candidacy.status.in_(_STANDING))
        .order_by(Candidacy.id)
    ).all()
    results = session.scalars(
        select(Result)
        .join(Round, Result.round_id == Round.id)
        .where(Round.district_id.in_(districts))
        .order_by(Round.district_id, Round.number)
    ).all()
    won = {who for row in results for who in row.outcome.elected}
    found = [
        _other(
            districts[row.district_id],
            row.code,
            row.person.name,
            f"p{row.person_id}",
            elected=row.code in won,
        )
        for row in people
    ]
    persons = {other.key: other.person for other in found}
    for row in results:
        found += _written_elsewhere(districts[row.round.district_id], row, persons)
    return found


def person_elsewhere(session: Session, key: str | None) -> Person | None:
    """The person behind a key ("town-3/c12"); None for a write-in, who has no record."""
    number = (key or "").partition("/")[2].removeprefix("c")
    candidacy = session.get(Candidacy, int(number)) if number.isdecimal() else None
    return candidacy.person if candidacy else None


def _other(
    district: District, who: str, name: str, person: str, *, elected: bool
) -> PersonElsewhere:
    key = f"{district.code}/{who}"
    return PersonElsewhere(
        key=key, name=name, where=district_name(district), person=person, elected=elected
    )


def _written_elsewhere(
    district: District, result: Result, persons: Mapping[str, str]
) -> Iterable[PersonElsewhere]:
    outcome = result.outcome
    for who in outcome.elected:
        if who.startswith(WRITE_IN):
            same_as = outcome.person(who).same_as
            person = persons.get(same_as, same_as) if same_as else f"{district.code}/{who}"
            yield _other(district, who, who.removeprefix(WRITE_IN), person, elected=True)


def _written(who: str, others: Iterable[PersonElsewhere], *, elected: bool) -> PersonQuestion:
    name, all_ = who.removeprefix(WRITE_IN), list(others)
    return PersonQuestion(
        who=who,
        name=name,
        identify=True,
        elected=elected,
        namesakes=tuple(o for o in all_ if _same_name(o.name, name)),
        seats=tuple(o for o in all_ if o.elected),
    )


def _printed(row: Candidacy, others: Iterable[PersonElsewhere]) -> PersonQuestion | None:
    """Somebody on the ballot who is elected: a question only where a second seat is near."""
    seats = tuple(o for o in others if o.elected)
    me = f"p{row.person_id}"
    mine = {me, f"{row.district.code}/{row.code}"}
    holds = next((o for o in seats if o.person in mine), None)
    by_name = row.status is CandidacyStatus.WRITE_IN and holds is None
    namesakes = tuple(o for o in seats if by_name and _same_name(o.name, row.person.name))
    if holds is None and not namesakes:
        return None
    return PersonQuestion(
        who=row.code,
        name=row.person.name,
        identify=False,
        elected=True,
        namesakes=namesakes,
        holds=holds,
        seats=seats,
    )


def _same_name(one: str, other: str) -> bool:
    return normalise_name(one) == normalise_name(other)
