"""Reads of who somebody elected or written in might be in other districts of the same level."""

from collections.abc import Iterable, Mapping, Sequence

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


def certifying(session: Session, round_: Round, outcome: Outcome) -> list[PersonQuestion]:
    """What must be said of the people of an outcome before it is certified.

    Of write-ins who are elected or go into a repeat vote: who they are. Of anybody elected who is
    elected elsewhere, or written in by origin and has the name of somebody elected: which seat.
    """
    elected, tied = outcome.elected, outcome.tied
    written = [who for who in (*elected, *tied) if who.startswith(WRITE_IN)]
    ballot = {row.candidacy.code: row.candidacy for row in round_.candidates}
    printed = [ballot[who] for who in elected if who in ballot]
    if not written and not printed:
        return []
    people = elsewhere(session, round_.district)
    questions = [_written(who, people, elected=who in elected) for who in written]
    return questions + [q for q in (_printed(row, people) for row in printed) if q is not None]


def standing(people: Sequence[PersonElsewhere], chosen: Iterable[str]) -> list[PersonQuestion]:
    """What must be said of write-ins who are to stand in a further election."""
    return [_written(who, people, elected=False) for who in chosen if who.startswith(WRITE_IN)]


def elsewhere(session: Session, district: District) -> list[PersonElsewhere]:
    """Everybody who stands or is certified as elected in the other districts of the level."""
    districts = _other_districts(session, district)
    results = session.scalars(
        select(Result)
        .join(Round, Result.round_id == Round.id)
        .where(Round.district_id.in_(districts))
        .order_by(Round.district_id, Round.number)
    ).all()
    elected = {who for result in results for who in result.outcome.elected}
    people = [
        _elsewhere(
            districts[row.district_id],
            row.code,
            row.person.name,
            f"p{row.person_id}",
            elected=row.code in elected,
        )
        for row in _standing(session, districts)
    ]
    persons = {candidate.key: candidate.person for candidate in people}
    for result in results:
        people += _written_elsewhere(districts[result.round.district_id], result, persons)
    return people


def _other_districts(session: Session, district: District) -> dict[int, District]:
    """Id -> district, the others of the level."""
    query = (
        select(District)
        .join(Plan, District.plan_id == Plan.id)
        .where(
            Plan.congress_id == district.plan.congress_id,
            Plan.status == PlanStatus.ADOPTED,
            District.id != district.id,
        )
    )
    return {row.id: row for row in session.scalars(query).unique()}


def _standing(session: Session, district_ids: Iterable[int]) -> Sequence[Candidacy]:
    return session.scalars(
        select(Candidacy)
        .where(Candidacy.district_id.in_(district_ids), Candidacy.status.in_(_STANDING))
        .order_by(Candidacy.id)
    ).all()


def person_elsewhere(session: Session, key: str | None) -> Person | None:
    """The person behind a key ("town-3/c12"); None for a write-in, who has no record."""
    number = (key or "").partition("/")[2].removeprefix("c")
    candidacy = session.get(Candidacy, int(number)) if number.isdecimal() else None
    return candidacy.person if candidacy else None


def _elsewhere(
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
            yield _elsewhere(district, who, who.removeprefix(WRITE_IN), person, elected=True)


def _written(who: str, people: Sequence[PersonElsewhere], *, elected: bool) -> PersonQuestion:
    name = who.removeprefix(WRITE_IN)
    return PersonQuestion(
        who=who,
        name=name,
        identify=True,
        elected=elected,
        namesakes=tuple(p for p in people if _same_name(p.name, name)),
        seats=tuple(p for p in people if p.elected),
    )


def _printed(row: Candidacy, people: Sequence[PersonElsewhere]) -> PersonQuestion | None:
    """Somebody on the ballot who is elected: a question only where a second seat is near."""
    seats = tuple(p for p in people if p.elected)
    own_keys = {f"p{row.person_id}", f"{row.district.code}/{row.code}"}
    holds = next((seat for seat in seats if seat.person in own_keys), None)
    by_name = row.status is CandidacyStatus.WRITE_IN and holds is None
    namesakes = tuple(seat for seat in seats if by_name and _same_name(seat.name, row.person.name))
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


def _same_name(first: str, second: str) -> bool:
    return normalise_name(first) == normalise_name(second)
