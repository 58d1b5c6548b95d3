"""Reads of candidates: the lists in stroke order, and how far each district is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from election.models import (
    Candidacy,
    CandidacyStatus,
    Congress,
    District,
    ElectionKind,
    Milestone,
    Nomination,
    NominationKind,
    NominationStatus,
    Plan,
    PlanStatus,
    Sex,
)
from election.queries.candidates.decisions import Decisions, decisions
from election.queries.candidates.order import ordered, votes_that_order
from election.rules.candidates.kinds import NextAct, Which
from election.rules.candidates.lists import check_formal_number, check_nominees, legal_number
from election.rules.candidates.nominations import check_party_total, check_women_share
from election.rules.candidates.states import ListFacts
from election.rules.profile import Profile
from election.rules.terms import Finding, Severity

FIRST_LIST, FORMAL_LIST = "first_list_published", "formal_list_published"
# who stands on which list; who was struck off or written in stands on none
NOMINATED = (
    CandidacyStatus.PRELIMINARY,
    CandidacyStatus.FORMAL,
    CandidacyStatus.NOT_RETAINED,
    CandidacyStatus.INACTIVE,
)
ON_BALLOT = (CandidacyStatus.FORMAL, CandidacyStatus.INACTIVE)


@dataclass(frozen=True, slots=True)
class DistrictProgress:
    """How far one district is. nominees: persons validly nominated; least to most: the law."""

    district: District
    units: tuple[str, ...]
    nominations: Mapping[NominationStatus, int]
    nominees: tuple[Candidacy, ...]  # in list order
    formal: tuple[Candidacy, ...]  # formal and inactive, in list order
    least: int
    most: int
    number: tuple[Finding, ...]  # too few, too many
    order: tuple[Finding, ...]  # what the strokes leave open on the list being made
    next: NextAct

    @property
    def standing(self) -> int:
        """Formal candidates who still stand."""
        return sum(candidacy.status is CandidacyStatus.FORMAL for candidacy in self.formal)

    @property
    def legal(self) -> bool:
        """Whether formal candidates are fixed, in a legal number."""
        wrong = any(finding.severity is Severity.ERROR for finding in self.number)
        return bool(self.formal) and not wrong


@dataclass(frozen=True, slots=True)
class CongressLine:
    """Where the lists of one congress stand, and its districts."""

    congress: Congress
    lists: Mapping[str, Milestone]
    districts: tuple[DistrictProgress, ...]
    findings: tuple[Finding, ...]  # women, organisations

    def listed(self, which: Which) -> list[tuple[DistrictProgress, tuple[Candidacy, ...]]]:
        """The districts with the people of one list, in order."""
        return [
            (line, line.nominees if which is Which.FIRST else line.formal)
            for line in self.districts
        ]


def candidacies(session: Session, districts: Sequence[District]) -> dict[int, list[Candidacy]]:
    """District id -> its candidacies with their persons."""
    keys = [district.id for district in districts]
    by_district: dict[int, list[Candidacy]] = {key: [] for key in keys}
    rows = session.scalars(
        select(Candidacy).where(Candidacy.district_id.in_(keys)).order_by(Candidacy.id)
    )
    for candidacy in rows:
        by_district[candidacy.district_id].append(candidacy)
    return by_district


def districts_of(session: Session, congress_id: int) -> Sequence[District]:
    """The districts of the adopted plan of a congress, with their units."""
    return session.scalars(
        select(District)
        .join(Plan, District.plan_id == Plan.id)
        .where(Plan.congress_id == congress_id, Plan.status == PlanStatus.ADOPTED)
        .options(selectinload(District.assignments))
        .order_by(District.number)
    ).all()


def congress_line(session: Session, congress: Congress) -> CongressLine:
    """The state of one congress; a fixed number of queries whatever the number of districts."""
    districts = districts_of(session, congress.id)
    lists = _lists(session, congress)
    people = candidacies(session, districts)
    counts = _nomination_counts(session, districts)
    decided = decisions(
        session, congress.township_id, [subject(district) for district in districts]
    )
    lines = tuple(
        _line(
            district,
            people[district.id],
            counts.get(district.id, {}),
            decided[subject(district)],
            lists,
        )
        for district in districts
    )
    return CongressLine(congress, lists, lines, _congress_findings(session, congress, lines, lists))


def district_line(session: Session, district: District) -> DistrictProgress:
    """The state of one district."""
    people = candidacies(session, [district])[district.id]
    counts = _nomination_counts(session, [district]).get(district.id, {})
    decided = decisions(session, district.township_id, [subject(district)])
    return _line(
        district, people, counts, decided[subject(district)], _lists(session, district.congress)
    )


def list_facts(session: Session, district: District) -> ListFacts:
    """What is true of the lists now, for the state machines."""
    lists = _lists(session, district.congress)
    people = candidacies(session, [district])[district.id]
    first, formal = lists.get(FIRST_LIST), lists.get(FORMAL_LIST)
    return ListFacts(
        first_list=first.done_on if first else None,
        formal_list=formal.done_on if formal else None,
        nominees=sum(candidacy.status in NOMINATED for candidacy in people),
        least=least_of(district),
    )


def subject(district: District) -> str:
    """How the audit chain names a district: 1/town-3."""
    return f"{district.congress.election_id}/{district.code}"


def by_election(district: District) -> bool:
    """Whether the district votes in a by-election, where no difference is demanded (R10.11)."""
    return district.congress.election.kind is ElectionKind.BY_ELECTION


def least_of(district: District) -> int:
    """The fewest formal candidates the law allows."""
    return district.seats if by_election(district) else legal_number(district.seats)[0]


def _lists(session: Session, congress: Congress) -> dict[str, Milestone]:
    rows = session.scalars(
        select(Milestone).where(
            Milestone.congress_id == congress.id, Milestone.key.in_((FIRST_LIST, FORMAL_LIST))
        )
    )
    return {milestone.key: milestone for milestone in rows}


def _nomination_counts(
    session: Session, districts: Sequence[District]
) -> dict[int, dict[NominationStatus, int]]:
    rows = session.execute(
        select(Nomination.district_id, Nomination.status, func.count())
        .where(Nomination.district_id.in_([district.id for district in districts]))
        .group_by(Nomination.district_id, Nomination.status)
    )
    counts: dict[int, dict[NominationStatus, int]] = {}
    for key, status, count in rows:
        counts.setdefault(key, {})[status] = count
    return counts


def _line(
    district: District,
    people: Sequence[Candidacy],
    counts: Mapping[NominationStatus, int],
    decided: Decisions,
    lists: Mapping[str, Milestone],
) -> DistrictProgress:
    """Order the people of one district and say what is wrong and what comes next."""
    profile = district.congress.election.profile
    nominees, open_first = ordered(
        [candidacy for candidacy in people if candidacy.status in NOMINATED],
        profile=profile,
        confirmed=decided.order,
    )
    formal, open_formal = _formal_list(people, decided, profile)
    standing = sum(candidacy.status is CandidacyStatus.FORMAL for candidacy in formal)
    least, most = least_of(district), legal_number(district.seats)[1]
    number = _number_findings(district, len(nominees), standing, fixed=bool(formal))
    return DistrictProgress(
        district=district,
        units=tuple(sorted({assignment.unit.name for assignment in district.assignments})),
        nominations=counts,
        nominees=nominees,
        formal=formal,
        least=least,
        most=most,
        number=tuple(number),
        order=open_formal if formal else open_first,
        next=_next(counts, len(nominees) < least, formal, number, lists),
    )


def _formal_list(
    people: Sequence[Candidacy], decided: Decisions, profile: Profile
) -> tuple[tuple[Candidacy, ...], tuple[Finding, ...]]:
    """Who stands on the formal list, in order, and what a person must still confirm."""
    on_ballot = [candidacy for candidacy in people if candidacy.status in ON_BALLOT]
    return ordered(
        on_ballot,
        profile=profile,
        confirmed=decided.order,
        votes=votes_that_order(on_ballot, decided, profile),
    )


def _number_findings(
    district: District, nominees: int, standing: int, *, fixed: bool
) -> list[Finding]:
    special = by_election(district)
    if fixed:
        return check_formal_number(district.seats, standing, by_election=special)
    return check_nominees(district.seats, nominees, by_election=special)


def _next(
    counts: Mapping[NominationStatus, int],
    too_few: bool,
    formal: Sequence[Candidacy],
    number: Sequence[Finding],
    lists: Mapping[str, Milestone],
) -> NextAct:
    if FORMAL_LIST in lists:
        return NextAct.DONE
    if counts.get(NominationStatus.RECEIVED):
        return NextAct.EXAMINE
    if too_few:
        return NextAct.NOMINATE
    if FIRST_LIST not in lists:
        return NextAct.PUBLISH_FIRST
    legal = formal and not any(finding.severity is Severity.ERROR for finding in number)
    return NextAct.PUBLISH_FORMAL if legal else NextAct.FIX_FORMAL


def _congress_findings(
    session: Session,
    congress: Congress,
    lines: Sequence[DistrictProgress],
    lists: Mapping[str, Milestone],
) -> tuple[Finding, ...]:
    """Women among the candidates of the list being made; the total of the organisations."""
    profile = congress.election.profile
    formal = FIRST_LIST in lists and any(line.formal for line in lines)
    people = [
        candidacy for line in lines for candidacy in (line.formal if formal else line.nominees)
    ]
    women = sum(candidacy.person.sex is Sex.FEMALE for candidacy in people)
    findings = check_women_share(women, len(people), profile=profile)
    if profile["party_total_cap"] is not None:
        nominated = _by_organisations(session, [line.district for line in lines])
        findings += check_party_total(nominated, congress.approved_seats, profile=profile)
    return tuple(findings)


def _by_organisations(session: Session, districts: Sequence[District]) -> int:
    """Persons put forward by parties and organisations, withdrawn nominations aside."""
    query = select(func.count(func.distinct(Nomination.person_id))).where(
        Nomination.district_id.in_([district.id for district in districts]),
        Nomination.kind == NominationKind.ORGANISATION,
        Nomination.status != NominationStatus.WITHDRAWN,
    )
    return session.scalar(query) or 0
