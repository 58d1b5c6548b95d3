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
from election.rules.candidates.codes.nominations import NOT_ON_ROLL, OTHER_DISTRICT_SIGNER
from election.rules.candidates.nominations import (
    JointCheck,
    OrganisationAct,
    Signer,
    check_joint,
    check_nomination_day,
    check_organisation,
)
from election.rules.candidates.signatures import Signature, read_signature, who_is_who
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
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def alerts(self) -> int:
        """What somebody must decide in writing."""
        return sum(finding.severity is Severity.ALERT for finding in self.findings)


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
    return [
        read_signature(cosigner.signer)
        for nomination in nominations
        for cosigner in nomination.cosigners
    ]


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
    for nomination in nominations:
        lines, judged = joint[nomination.id]
        findings = [
            *_person_findings(nomination.person, election_of(district)),
            *judged.findings,
            *_organisation_findings(nomination, nominations, district.seats),
            *_double_findings(nomination, elsewhere, district),
        ]
        if roll is not None:
            profile = election_of(district).profile
            findings += check_nomination_day(nomination.received_on, roll.done_on, profile=profile)
        checks[nomination.id] = NominationCheck(
            nomination, lines, len(judged.valid), tuple(findings)
        )
    return checks


def _person_findings(person: Person, election: Election) -> list[Finding]:
    findings = check_name(person.name)
    if person.id_number:
        male = None if person.sex is None else person.sex is Sex.MALE
        findings += check_holder(
            person.id_number,
            male=male,
            birth_month=person.birth_month,
            election_day=election.election_day,
        )
    return findings


_NO_SIGNATURES = JointCheck((), (), enough=True, findings=())


def _joint(
    nominations: Sequence[Nomination], district: District
) -> Mapping[int, tuple[tuple[SignatureLine, ...], JointCheck]]:
    """The signatures of every joint nomination, each judged by what was signed before it."""
    voters = who_is_who(signatures_of(nominations))
    signed: dict[Signature, set[int]] = {}  # voter -> persons co-signed so far
    checks: dict[int, tuple[tuple[SignatureLine, ...], JointCheck]] = {}
    for nomination in nominations:
        if nomination.kind is not NominationKind.JOINT:
            checks[nomination.id] = ((), _NO_SIGNATURES)
            continue
        already = {str(v): len(people - {nomination.person_id}) for v, people in signed.items()}
        lines, judged = _judge(nomination, voters, already, district)
        checks[nomination.id] = (lines, judged)
        if nomination.status is not NominationStatus.WITHDRAWN:
            for line in lines:
                if line.finding is None:
                    signed.setdefault(voters[line.signature], set()).add(nomination.person_id)
    return checks


def _judge(
    nomination: Nomination,
    voters: Mapping[Signature, Signature],
    already: Mapping[str, int],
    district: District,
) -> tuple[tuple[SignatureLine, ...], JointCheck]:
    """One sheet: its lines in order, and the rule's answer with names of districts in words."""
    rows = [(cosigner, read_signature(cosigner.signer)) for cosigner in nomination.cosigners]
    signers = [
        Signer(str(voters[signature]), _registered(row, district)) for row, signature in rows
    ]
    judged = check_joint(
        signers,
        already=already,
        seats=district.seats,
        district=district.code,
        profile=election_of(district).profile,
    )
    findings = tuple(
        _in_words(finding, district=district_name(district), registered=_ANOTHER)
        for finding in judged.findings
    )
    by_place = {finding.fields[0]: finding for finding in findings}
    lines = tuple(
        SignatureLine(row, signature, by_place.get(f"signers.{place}"))
        for place, (row, signature) in enumerate(rows, start=1)
    )
    return lines, replace(judged, findings=findings)


def _registered(row: Cosigner, district: District) -> str | None:
    """Where the signer is a voter, as far as the office has looked it up on the roll."""
    districts = {NOT_ON_ROLL.id: None, OTHER_DISTRICT_SIGNER.id: _ELSEWHERE}
    return districts.get(row.reason, district.code)


def _organisation_findings(
    nomination: Nomination, nominations: Sequence[Nomination], seats: int
) -> list[Finding]:
    """The caps of organisations, as far as they concern this nomination."""
    if nomination.kind is not NominationKind.ORGANISATION:
        return []
    acting = tuple(sorted(organisations(nomination)))
    acts: dict[tuple[tuple[str, ...], date], list[str]] = {}
    for beside in _weighing(nomination, nominations):
        if beside.kind is NominationKind.ORGANISATION:
            act = (tuple(sorted(organisations(beside))), beside.received_on)
            acts.setdefault(act, []).append(str(beside.person_id))
    findings = check_organisation(
        [OrganisationAct(names, tuple(people)) for (names, _day), people in acts.items()],
        seats=seats,
    )
    place = f"acts.{list(acts).index((acting, nomination.received_on)) + 1}"
    return [finding for finding in findings if _concerns(finding, place, acting)]


def _concerns(finding: Finding, place: str, names: Sequence[str]) -> bool:
    """Whether a finding over a district's acts speaks of this act or of its organisations."""
    if finding.fields != ("acts",):
        return finding.fields == (place,)
    return "who" not in finding.facts or finding.facts["who"] in names


def _weighing(nomination: Nomination, nominations: Sequence[Nomination]) -> list[Nomination]:
    """The nominations that count beside this one; itself always among them.

    Beside an accepted one only accepted ones: what comes later cannot make it faulty. Beside an
    open one every one that is not withdrawn: which of them stays is not for the order of clicks.
    """
    accepted = nomination.status is NominationStatus.ACCEPTED
    return [
        beside
        for beside in nominations
        if beside is nomination
        or (
            beside.status is NominationStatus.ACCEPTED
            if accepted
            else beside.status is not NominationStatus.WITHDRAWN
        )
    ]


def _standings(
    session: Session, nominations: Sequence[Nomination], district: District
) -> Sequence[Nomination]:
    """What the same persons are nominated for in other districts of the same congress."""
    people = {nomination.person_id for nomination in nominations}
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
    own_elsewhere = [
        nominated for nominated in elsewhere if nominated.person_id == nomination.person_id
    ]
    districts = {district, *(beside.district for beside in _weighing(nomination, own_elsewhere))}
    level = district.plan.congress.level
    person = f"p{nomination.person_id}"
    findings = check_double_candidacy(
        [Standing(person, level, place.code) for place in districts],
        profile=election_of(district).profile,
    )
    names = [district_name(place) for place in sorted(districts, key=lambda place: place.number)]
    listed = Text("、".join(n.zh for n in names), ", ".join(n.en for n in names))
    return [
        _in_words(finding, person=nomination.person.name, districts=listed) for finding in findings
    ]


def _in_words(finding: Finding, **facts: Fact) -> Finding:
    """The finding with words for people in place of codes, where it has these facts."""
    words = {name: fact for name, fact in facts.items() if name in finding.facts}
    return replace(finding, facts={**finding.facts, **words})
