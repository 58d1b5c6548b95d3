"""The two publications of a list: their day is recorded with what was wrong on it, never hidden."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from election.actions.act import Act
from election.actions.candidates.candidacies import refuse_errors
from election.actions.elections.set_up import set_milestone
from election.models import (
    Candidacy,
    CandidacyStatus,
    Congress,
    ElectionKind,
    Nomination,
    NominationStatus,
    Person,
)
from election.queries.candidates.lists import (
    FIRST_LIST,
    FORMAL_LIST,
    CongressLine,
    DistrictProgress,
    congress_line,
)
from election.queries.elections.progress import calendar_of
from election.rules.access import Permission
from election.rules.candidates.kinds import Which
from election.rules.candidates.nominations import check_first_list
from election.rules.candidates.standing import check_committee_member
from election.rules.candidates.states import (
    require_explained,
    require_first_list_ready,
    require_formal_list_ready,
)
from election.rules.elections.calendar import check_date
from election.rules.elections.phases import require_open
from election.rules.id_numbers import refuse_number
from election.rules.terms import Finding, Severity

KEYS = {Which.FIRST: FIRST_LIST, Which.FORMAL: FORMAL_LIST}


def publish(
    act: Act,
    congress: Congress,
    which: Which,
    *,
    done_on: date,
    reason: str = "",
    no_member_listed: bool = False,
) -> None:
    """Record that a list of candidates was published on a day; later, to correct the day.

    no_member_listed: the director confirms that nobody listed still sits on the election committee
    (R3.4). Errors and alerts (a late day, a district with too few nominees, unknown strokes) and a
    correction need a reason: R.488. Raises R.479, R.485-R.487, E.439/E.440, E.448.
    """
    require_open("candidates", congress.election.phase)
    line = congress_line(act.session, congress)
    _require_ready(act.session, line, which, done_on)
    refuse_errors(check_committee_member(member=not no_member_listed, accepted=True, listed=True))
    findings = publication_findings(line, which, done_on)
    serious = [f for f in findings if f.severity in (Severity.ERROR, Severity.ALERT)]
    correction = KEYS[which] in line.lists
    refuse_number(reason)
    require_explained(len(serious) + correction, reason)
    set_milestone(act, congress, key=KEYS[which], done_on=done_on, note=reason)
    data = {
        "list": which.value,
        "done_on": done_on.isoformat(),
        "reason": reason,
        "correction": correction,
        "findings": sorted(finding.code.id for finding in findings),
        "districts": _codes_by_district(line, which),
    }
    act.record(
        under=Permission.FIX_LISTS,
        what=f"candidates.publish_{which.value}",
        subject=f"{congress.id}/{KEYS[which]}",
        data=data,
    )


def _codes_by_district(line: CongressLine, which: Which) -> dict[str, list[str]]:
    """Code of a district -> codes of its candidacies in the order of the list."""
    return {
        progress.district.code: [candidacy.code for candidacy in people]
        for progress, people in line.listed(which)
    }


def publication_findings(line: CongressLine, which: Which, done_on: date) -> list[Finding]:
    """What is wrong with publishing a list on this day: the day, women, the numbers, the order."""
    findings = general_findings(line, which, done_on)
    for progress in line.districts:
        findings += district_findings(progress, which)
    return findings


def general_findings(line: CongressLine, which: Which, done_on: date) -> list[Finding]:
    """What is wrong with the list as a whole: its day, the share of women, the organisations."""
    late = check_date(calendar_of(line.congress.election).item(KEYS[which]), done_on)
    return [*([late] if late else []), *line.findings]


def district_findings(progress: DistrictProgress, which: Which) -> list[Finding]:
    """What is wrong with one district of a list; too many nominees is no fault of a first list."""
    wrong = [finding for finding in progress.number if finding.severity is Severity.ERROR]
    return [*(wrong if which is Which.FIRST else ()), *progress.order]


def _require_ready(session: Session, line: CongressLine, which: Which, done_on: date) -> None:
    if which is Which.FORMAL:
        first = line.lists.get(FIRST_LIST)
        require_formal_list_ready(
            first_list=first.done_on if first else None,
            formal_list=done_on,
            not_legal=sum(not progress.legal for progress in line.districts),
            by_election=line.congress.election.kind is ElectionKind.BY_ELECTION,
        )
        return
    require_first_list_ready(undecided=_undecided(session, line))
    names = [candidacy.person.name for _, people in line.listed(which) for candidacy in people]
    refuse_errors(check_first_list(_duly_nominated(session, line), names))


def _undecided(session: Session, line: CongressLine) -> int:
    query = select(func.count()).where(
        Nomination.district_id.in_([progress.district.id for progress in line.districts]),
        Nomination.status == NominationStatus.RECEIVED,
    )
    return session.scalar(query) or 0


def _duly_nominated(session: Session, line: CongressLine) -> list[str]:
    """The name of everybody with an accepted nomination who did not leave lawfully."""
    withdrawn = select(Candidacy.id).where(
        Candidacy.district_id == Nomination.district_id,
        Candidacy.person_id == Nomination.person_id,
        Candidacy.status == CandidacyStatus.WITHDRAWN,
    )
    rows = session.execute(
        select(Nomination.district_id, Person.id, Person.name)
        .join(Person, Nomination.person_id == Person.id)
        .where(
            Nomination.district_id.in_([progress.district.id for progress in line.districts]),
            Nomination.status == NominationStatus.ACCEPTED,
            ~withdrawn.exists(),
        )
        .distinct()
    )
    return [name for _district, _person, name in rows]
