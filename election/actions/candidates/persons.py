"""Acts on the persons nominated: known again or new, and their particulars corrected.

Identity numbers are stored encrypted with a blind index; the audit chain learns only whether there
is one.
"""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from election.actions.act import Act
from election.models import Candidacy, District, Election, Milestone, Person, Plan, Sex
from election.queries.candidates.lists import FIRST_LIST, NOMINATED
from election.queries.candidates.nominations import (
    id_number_index,
    person_by_number,
    persons_called,
)
from election.rules.access import Permission
from election.rules.candidates.codes.refusals import OTHER_HOLDER, SAME_NAME_UNDECIDED
from election.rules.candidates.states import require_explained
from election.rules.elections.phases import require_open
from election.rules.id_numbers import refuse_number
from election.rules.terms import RuleViolation


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What the papers say of a person. id_number: 18 digits, already checked, or None."""

    name: str
    sex: Sex
    birth_month: str = ""
    nationality: str = ""
    education: str = ""
    party: str = ""
    occupation: str = ""
    id_number: str | None = None


def known_or_new(
    session: Session,
    election: Election,
    papers: Particulars,
    *,
    same_as: int | None,
    namesake: bool,
) -> Person:
    """The person the papers speak of, found by identity number or by the office's own word.

    same_as: id of the registered person of this name; namesake: it is another person. Raises R.470
    when neither is said and the name is known, R.480 when number and name do not belong together.
    """
    by_number = person_by_number(session, election, papers.id_number) if papers.id_number else None
    if by_number is not None:
        return _completed(session, by_number, papers)
    called = {row.id: row for row in persons_called(session, election, papers.name)}
    if same_as is not None and same_as in called:
        return _completed(session, called[same_as], papers)
    if called and not namesake:
        raise RuleViolation(SAME_NAME_UNDECIDED, name=papers.name)
    person = Person(township_id=election.township_id, election_id=election.id)
    _write(person, papers)
    session.add(person)
    session.flush()
    return person


def _completed(session: Session, person: Person, papers: Particulars) -> Person:
    """Fill what was not known of a registered person; what was known stays."""
    if person.name != papers.name or (
        papers.id_number and person.id_number and person.id_number != papers.id_number
    ):
        raise RuleViolation(OTHER_HOLDER, name=person.name)
    for field, value in asdict(papers).items():
        if value and not getattr(person, field):
            setattr(person, field, value)
    if person.id_number:
        person.id_number_index = id_number_index(person.id_number)
    session.flush()
    return person


def _write(person: Person, papers: Particulars) -> None:
    for field, value in asdict(papers).items():
        setattr(person, field, value)
    person.id_number_index = id_number_index(papers.id_number) if papers.id_number else None


def public_facts(person: Person) -> dict[str, Any]:
    """A person as the audit chain may know them: never the identity number (E.497)."""
    refuse_number(person.name, person.education, person.party, person.occupation)
    return {
        "person": f"p{person.id}",
        "name": person.name,
        "sex": person.sex.value if person.sex else None,
        "birth_month": person.birth_month,
        "nationality": person.nationality,
        "education": person.education,
        "party": person.party,
        "occupation": person.occupation,
        "stroke_override": person.stroke_override,
        "has_id_number": person.id_number is not None,
    }


def change_person(
    act: Act, person: Person, papers: Particulars, *, stroke_override: int | None, reason: str
) -> None:
    """Correct the particulars, or enter the strokes of the surname as somebody counted them.

    Once the first list with this person is published a reason is needed (R.488): the list changes.
    Raises R.480 when the number is registered for somebody else.
    """
    election = act.session.get_one(Election, person.election_id)
    require_open("candidates", election.phase)
    require_explained(int(is_listed(act.session, person)), reason)
    if papers.id_number:
        holder = person_by_number(act.session, election, papers.id_number)
        if holder is not None and holder.id != person.id:
            raise RuleViolation(OTHER_HOLDER, name=holder.name)
    refuse_number(reason)
    before = public_facts(person)
    _write(person, papers)
    person.stroke_override = stroke_override
    act.record(
        under=Permission.NOMINATE,
        what="candidates.change_person",
        subject=f"p{person.id}",
        data={"before": before, "after": public_facts(person), "reason": reason},
    )


def is_listed(session: Session, person: Person) -> bool:
    """Whether the person stands on a first list that is published."""
    query = (
        select(Candidacy.id)
        .join(District, Candidacy.district_id == District.id)
        .join(Plan, District.plan_id == Plan.id)
        .where(
            Candidacy.person_id == person.id,
            Candidacy.status.in_(NOMINATED),
            exists().where(Milestone.congress_id == Plan.congress_id, Milestone.key == FIRST_LIST),
        )
    )
    return session.scalar(query.limit(1)) is not None
