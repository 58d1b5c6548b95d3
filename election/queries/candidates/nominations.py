"""Reads of nominations: what is wrong with each, which signatures count, who is known already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from election.models import (
    Cosigner,
    District,
    Election,
    Nomination,
    NominationKind,
    NominationStatus,
    Person,
    Plan,
    PlanStatus,
    Sex,
)
from election.models.types import blind_index
from election.queries.elections.progress import milestones
from election.queries.elections.readiness import district_name
from election.rules.candidates.codes.nominations import (
    NOT_ON_ROLL,
    OTHER_DISTRICT_SIGNER,
)
from election.rules.candidates.nominations import (
    JointCheck,
    OrganisationAct,
    Signer,
    check_joint,
    check_nomination_day,
    check_organisation,
)
from election.rules.candidates.signatures import (
    Signature,
    read_signature,
    who_is_who,
)
from election.rules.candidates.standing import Standing, check_double_candidacy
from election.rules.id_numbers import check_holder
from election.rules.names import check_name
from election.rules.terms import Fact, Finding, Severity, Text

_ELSEWHERE = "elsewhere"  # a district the office did not name
_ANOTHER = Text("其他选区", "another district")


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature as stored: whether it counts, and why not."""

    cosigner: Cosigner
    signature: Signature
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class NominationCheck:
    """A nomination examined as things stand now. valid: signatures that count (0 without any)."""

    nomination: Nomination
    lines: tuple[SignatureLine, ...]
    valid: int
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """What keeps it from being accepted."""
        return sum(one.severity is Severity.ERROR for one in self.findings)

    @property
    def alerts(self) -> int:
        """What somebody must decide in writing."""
        return sum(one.severity is Severity.ALERT for one in self.findings)


def election_of(district: District) -> Election:
    """The election a district belongs to."""
    return district.plan.congress.election


def is_adopted(district: District) -> bool:
    """Whether its plan is the adopted one: only there people are nominated."""
    return district.plan.status is PlanStatus.ADOPTED


def organisations(nomination: Nomination) -> tuple[str, ...]:
    """The organisations of one nomination, alone or jointly."""
    return tuple(name for name in nomination.organisation.split("、") if name)


def id_number_index(number: str) -> str:
    """The blind index by which identity numbers are matched."""
    return blind_index(f"id_number:{number}")


def person_by_number(session: Session, election: Election, number: str) -> Person | None:
    """The person of this election who has this identity number."""
    return session.scalar(
        select(Person).where(
            Person.township_id == election.township_id,
            Person.election_id == election.id,
            Person.id_number_index == id_number_index(number),
        )
    )


def persons_called(session: Session, election: Election, name: str) -> Sequence[Person]:
    """Everybody of this election with this name."""
    return session.scalars(
        select(Person)
        .where(
            Person.township_id == election.township_id,
            Person.election_id == election.id,
            Person.name == name,
        )
        .order_by(Person.id)
    ).all()


def of_person(session: Session, person: Person) -> Sequence[Nomination]:
    """All nominations of one person, the district loaded."""
    return session.scalars(
        select(Nomination)
        .where(Nomination.township_id == person.township_id, Nomination.person_id == person.id)
        .options(selectinload(Nomination.district))
        .order_by(Nomination.received_on, Nomination.id)
    ).all()


def of_district(session: Session, district: District) -> Sequence[Nomination]:
    """The nominations of one district in the order they came, signatures loaded."""
    return session.scalars(
        select(Nomination)
        .where(
            Nomination.township_id == district.township_id, Nomination.district_id == district.id
        )
        .options(selectinload(Nomination.cosigners))
        .order_by(Nomination.received_on, Nomination.id)
    ).all()


def signatures_of(nominations: Iterable[Nomination]) -> list[Signature]:
    """Every signature under these nominations."""
    return [read_signature(one.signer) for each in nominations for one in each.cosigners]


def check(session: Session, nomination: Nomination) -> NominationCheck:
    """What is wrong with one nomination."""
    return check_district(session, nomination.district)[nomination.id]


def check_district(session: Session, district: District) -> dict[int, NominationCheck]:
    """Every nomination of a district examined; by id, in the order they came.

    A withdrawn one is looked at for its own sake only: it weighs on no other.
    """
    nominations = of_district(session, district)
    joint = _joint(nominations, district)
    elsewhere = _standings(session, nominations, district)
    roll = milestones(session, district.plan.congress_id).get("roll_published")
    checks = {}
    for one in nominations:
        lines, found = joint[one.id]
        findings = [
            *_person_findings(one.person, election_of(district)),
            *found.findings,
            *_organisation_findings(one, nominations, district.seats),
            *_double_findings(one, elsewhere, district),
        ]
        if roll is not None:
            profile = election_of(district).profile
            findings += check_nomination_day(one.received_on, roll.done_on, profile=profile)
        checks[one.id] = NominationCheck(one, lines, len(found.valid), tuple(findings))
    return checks


def _person_findings(person: Person, election: Election) -> list[Finding]:
    found = check_name(person.name)
    if person.id_number:
        male = None if person.sex is None else person.sex is Sex.MALE
        found += check_holder(
            person.id_number,
            male=male,
            birth_month=person.birth_month,
            election_day=election.election_day,
        )
    return found


_NO_SIGNATURES = JointCheck((), (), enough=True, findings=())


def _joint(
    nominations: Sequence[Nomination], district: District
) -> Mapping[int, tuple[tuple[SignatureLine, ...], JointCheck]]:
    """The signatures of every joint nomination, each judged by what was signed before it."""
    voters = who_is_who(signatures_of(nominations))
    signed: dict[Signature, set[int]] = {}  # voter -> persons co-signed so far
    checks: dict[int, tuple[tuple[SignatureLine, ...], JointCheck]] = {}
    for one in nominations:
        if one.kind is not NominationKind.JOINT:
            checks[one.id] = ((), _NO_SIGNATURES)
            continue
        already = {str(v): len(people - {one.person_id}) for v, people in signed.items()}
        lines, found = _judge(one, voters, already, district)
        checks[one.id] = (lines, found)
        if one.status is not NominationStatus.WITHDRAWN:
            for line in lines:
                if line.finding is None:
                    signed.setdefault(voters[line.signature], set()).add(one.person_id)
    return checks


def _judge(
    nomination: Nomination,
    voters: Mapping[Signature, Signature],
    already: Mapping[str, int],
    district: District,
) -> tuple[tuple[SignatureLine, ...], JointCheck]:
    """One sheet: its lines in order, and the rule's answer with names of districts in words."""
    rows = [(one, read_signature(one.signer)) for one in nomination.cosigners]
    signers = [
        Signer(str(voters[signature]), _registered(row, district)) for row, signature in rows
    ]
    found = check_joint(
        signers,
        already=already,
        seats=district.seats,
        district=district.code,
        profile=election_of(district).profile,
    )
    told = tuple(
        _retold(one, district=district_name(district), registered=_ANOTHER)
        for one in found.findings
    )
    by_place = {one.fields[0]: one for one in told}
    lines = tuple(
        SignatureLine(row, signature, by_place.get(f"signers.{place}"))
        for place, (row, signature) in enumerate(rows, start=1)
    )
    return lines, replace(found, findings=told)


def _registered(row: Cosigner, district: District) -> str | None:
    """Where the signer is a voter, as far as the office has looked it up on the roll."""
    known = {NOT_ON_ROLL.id: None, OTHER_DISTRICT_SIGNER.id: _ELSEWHERE}
    return known.get(row.reason, district.code)


def _organisation_findings(
    nomination: Nomination, nominations: Sequence[Nomination], seats: int
) -> list[Finding]:
    """The caps of organisations, as far as they concern this nomination."""
    if nomination.kind is not NominationKind.ORGANISATION:
        return []
    mine = tuple(sorted(organisations(nomination)))
    acts: dict[tuple[tuple[str, ...], date], list[str]] = {}
    for one in _weighing(nomination, nominations):
        if one.kind is NominationKind.ORGANISATION:
            act = (tuple(sorted(organisations(one))), one.received_on)
            acts.setdefault(act, []).append(str(one.person_id))
    found = check_organisation(
        [OrganisationAct(names, tuple(people)) for (names, _day), people in acts.items()],
        seats=seats,
    )
    place = f"acts.{list(acts).index((mine, nomination.received_on)) + 1}"
    return [one for one in found if _concerns(one, place, mine)]


def _concerns(found: Finding, place: str, mine: Sequence[str]) -> bool:
    """Whether a finding over a district's acts speaks of this act or of its organisations."""
    if found.fields != ("acts",):
        return found.fields == (place,)
    return "who" not in found.facts or found.facts["who"] in mine


def _weighing(nomination: Nomination, nominations: Sequence[Nomination]) -> list[Nomination]:
    """The nominations that count beside this one; itself always among them.

    Beside an accepted one only accepted ones: what comes later cannot make it faulty. Beside an
    open one every one that is not withdrawn: which of them stays is not for the order of clicks.
    """
    accepted = nomination.status is NominationStatus.ACCEPTED
    return [
        one
        for one in nominations
        if one is nomination
        or (
            one.status is NominationStatus.ACCEPTED
            if accepted
            else one.status is not NominationStatus.WITHDRAWN
        )
    ]


def _standings(
    session: Session, nominations: Sequence[Nomination], district: District
) -> Sequence[Nomination]:
    """What the same persons are nominated for in other districts of the same congress."""
    people = {one.person_id for one in nominations}
    return session.scalars(
        select(Nomination)
        .join(District, Nomination.district_id == District.id)
        .join(Plan, District.plan_id == Plan.id)
        .where(
            Nomination.township_id == district.township_id,
            Nomination.person_id.in_(people),
            Plan.congress_id == district.plan.congress_id,
            Nomination.district_id != district.id,
        )
        .options(selectinload(Nomination.district))
    ).all()


def _double_findings(
    nomination: Nomination, elsewhere: Sequence[Nomination], district: District
) -> list[Finding]:
    own = [one for one in elsewhere if one.person_id == nomination.person_id]
    places = [district, *(one.district for one in _weighing(nomination, own))]
    level = district.plan.congress.level
    person = f"p{nomination.person_id}"
    found = check_double_candidacy(
        [Standing(person, level, place.code) for place in places],
        profile=election_of(district).profile,
    )
    names = [district_name(one) for one in sorted(set(places), key=lambda one: one.number)]
    told = Text("、".join(n.zh for n in names), ", ".join(n.en for n in names))
    return [_retold(one, person=nomination.person.name, districts=told) for one in found]


def _retold(found: Finding, **facts: Fact) -> Finding:
    """The finding with words for people in place of codes, where it has these facts."""
    known = {name: fact for name, fact in facts.items() if name in found.facts}
    return replace(found, facts={**found.facts, **known})
