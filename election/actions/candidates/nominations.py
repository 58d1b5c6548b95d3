"""Acts on nominations: registered, examined, completed, withdrawn; drawn in docs/states.

The audit chain learns how many signatures count and why others do not, never who signed.
"""

from collections import Counter
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.actions import audit
from election.actions.candidates.persons import (
    Particulars,
    known_or_new,
    public_facts,
)
from election.actions.candidates.signatures import (
    Nominators,
    Verdict,
    refresh,
    require_nominators,
    set_verdict,
    sign,
)
from election.models import (
    Candidacy,
    CandidacyStatus,
    Cosigner,
    District,
    Nomination,
    NominationStatus,
)
from election.queries.candidates import nominations as queries
from election.queries.candidates.decisions import left_on
from election.queries.candidates.lists import list_facts
from election.rules.access import Actor, Permission
from election.rules.candidates.nominations import (
    ExitReason,
    NomineePapers,
    check_papers,
)
from election.rules.candidates.states import (
    CandidacyMove,
    NominationMove,
    after_candidacy,
    after_nomination,
    require_explained,
    require_room,
)
from election.rules.elections.stages import require_open
from election.rules.id_numbers import refuse_number
from election.rules.terms import Severity


def receive(
    session: Session,
    district: District,
    *,
    person: Particulars,
    nominators: Nominators,
    received_on: date,
    same_as: int | None = None,
    namesake: bool = False,
    by: Actor,
    at: datetime,
) -> Nomination:
    """Register one nomination as the papers have it; nothing is judged yet.

    Raises R.471 once the list is closed for the district, R.470 or R.480 for a doubtful person,
    InputFault(s) for nominators that cannot be read.
    """
    _require_stage(district)
    require_room(list_facts(session, district))
    require_nominators(session, district, nominators)
    election = queries.election_of(district)
    who = known_or_new(session, election, person, same_as=same_as, namesake=namesake)
    nomination = Nomination(
        township_id=district.township_id,
        district_id=district.id,
        person_id=who.id,
        kind=nominators.kind,
        organisation="、".join(nominators.organisations),
        received_on=received_on,
        status=NominationStatus.RECEIVED,
    )
    session.add(nomination)
    session.flush()
    sign(session, nomination, nominators.signatures)
    _record(session, "nominations.receive", nomination, by=by, at=at, **public_facts(who))
    return nomination


def amend(
    session: Session,
    nomination: Nomination,
    *,
    nominators: Nominators,
    received_on: date,
    by: Actor,
    at: datetime,
) -> None:
    """Correct or complete the papers of a nomination that is not accepted; examined anew then."""
    _require_stage(nomination.district)
    _move(session, nomination, NominationMove.AMEND)
    require_nominators(session, nomination.district, nominators, nomination.id)
    nomination.kind, nomination.received_on = nominators.kind, received_on
    nomination.organisation = "、".join(nominators.organisations)
    nomination.note = ""
    sign(session, nomination, nominators.signatures)
    _record(session, "nominations.amend", nomination, by=by, at=at)


def judge_signature(
    session: Session, cosigner: Cosigner, *, verdict: Verdict, by: Actor, at: datetime
) -> None:
    """Record what the roll says of one signer; whether the signature counts follows from it."""
    nomination = cosigner.nomination
    _require_stage(nomination.district)
    set_verdict(cosigner, verdict)
    refresh(session, nomination)
    _record(
        session,
        "nominations.judge_signature",
        nomination,
        by=by,
        at=at,
        cosigner=cosigner.id,
        verdict=verdict.value,
    )


def accept(
    session: Session,
    nomination: Nomination,
    *,
    papers: NomineePapers,
    note: str,
    by: Actor,
    at: datetime,
) -> Candidacy:
    """Accept a nomination without faults: the person is duly nominated and stands (R5.6).

    Raises R.474 while the papers have errors, R.488 for an alert nobody has explained, R.491 for
    somebody struck off here for want of a vote or for money from abroad.
    """
    _require_stage(nomination.district)
    found = (*refresh(session, nomination).findings, *check_papers(papers))
    errors = sum(one.severity is Severity.ERROR for one in found)
    left = left_on(session, _candidacy(session, nomination))
    _move(session, nomination, NominationMove.ACCEPT, faults=errors, left=left)
    require_explained(sum(one.severity is Severity.ALERT for one in found), note)
    nomination.note = note
    candidacy = _stand(session, nomination)
    _record(
        session,
        "nominations.accept",
        nomination,
        by=by,
        at=at,
        findings=sorted(one.code.id for one in found),
        candidacy=candidacy.code,
        false_particulars=papers.found_false,
    )
    return candidacy


def send_back(
    session: Session,
    nomination: Nomination,
    *,
    reason: str,
    papers: NomineePapers | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Send a nomination back to be completed; an accepted one only for faults found in it.

    papers: what lies before the committee, when it was looked at. Raises R.476-R.478.
    """
    _require_stage(nomination.district)
    errors = refresh(session, nomination).errors
    if papers is not None:
        errors += sum(one.severity is Severity.ERROR for one in check_papers(papers))
    was = nomination.status
    _move(session, nomination, NominationMove.SEND_BACK, faults=errors, reason=reason)
    nomination.note = reason
    if was is NominationStatus.ACCEPTED:
        _unlist(session, nomination, reason, by=by, at=at)
    _record(session, "nominations.send_back", nomination, by=by, at=at)


def withdraw(
    session: Session, nomination: Nomination, *, reason: str, by: Actor, at: datetime
) -> None:
    """Record that the nominators took a nomination back, or the nominee declined.

    Raises R.450 when the person stands on the published list, R.476 without a reason.
    """
    _require_stage(nomination.district)
    was = nomination.status
    _move(session, nomination, NominationMove.WITHDRAW, reason=reason)
    nomination.note = reason
    if was is NominationStatus.ACCEPTED:
        _unlist(session, nomination, reason, by=by, at=at)
    _record(session, "nominations.withdraw", nomination, by=by, at=at)


def _require_stage(district: District) -> None:
    require_open("nominations", queries.election_of(district).stage)


def _move(
    session: Session,
    nomination: Nomination,
    move: NominationMove,
    *,
    faults: int = 0,
    reason: str = "",
    left: ExitReason | None = None,
) -> None:
    after = after_nomination(
        nomination.status.value,
        move,
        faults=faults,
        reason=reason,
        left=left,
        facts=list_facts(session, nomination.district),
    )
    nomination.status = NominationStatus(after)


def _stand(session: Session, nomination: Nomination) -> Candidacy:
    """The candidacy of an accepted nomination: made, or taken up again."""
    candidacy = _candidacy(session, nomination)
    if candidacy is None:
        candidacy = Candidacy(
            township_id=nomination.township_id,
            district_id=nomination.district_id,
            person_id=nomination.person_id,
            status=CandidacyStatus.PRELIMINARY,
        )
        session.add(candidacy)
        session.flush()
        return candidacy
    facts = list_facts(session, nomination.district)
    after = after_candidacy(
        candidacy.status.value, CandidacyMove.LIST, left=left_on(session, candidacy), facts=facts
    )
    if candidacy.status is CandidacyStatus.WITHDRAWN:
        candidacy.reason, candidacy.decided_at, candidacy.decided_by = "", None, None
    candidacy.status = CandidacyStatus(after)
    return candidacy


def _unlist(
    session: Session, nomination: Nomination, reason: str, *, by: Actor, at: datetime
) -> None:
    """Take the person off when no accepted nomination is left; before the first list only."""
    candidacy = _candidacy(session, nomination)
    if candidacy is None or candidacy.status is not CandidacyStatus.PRELIMINARY:
        return
    left = session.scalar(
        select(Nomination.id).where(
            Nomination.district_id == nomination.district_id,
            Nomination.person_id == nomination.person_id,
            Nomination.id != nomination.id,
            Nomination.status == NominationStatus.ACCEPTED,
        )
    )
    if left is not None:
        return
    facts = list_facts(session, nomination.district)
    candidacy.status = CandidacyStatus(
        after_candidacy(candidacy.status.value, CandidacyMove.UNLIST, facts=facts)
    )
    candidacy.reason, candidacy.decided_at, candidacy.decided_by = reason, at, by.number


def _candidacy(session: Session, nomination: Nomination) -> Candidacy | None:
    return session.scalar(
        select(Candidacy).where(
            Candidacy.township_id == nomination.township_id,
            Candidacy.district_id == nomination.district_id,
            Candidacy.person_id == nomination.person_id,
        )
    )


def _record(
    session: Session,
    what: str,
    nomination: Nomination,
    *,
    by: Actor,
    at: datetime,
    **more: Any,  # noqa: ANN401 - JSON
) -> None:
    refuse_number(nomination.note, nomination.organisation)
    reasons = Counter(one.reason for one in nomination.cosigners if not one.valid)
    data = {
        "district": nomination.district.code,
        "person": f"p{nomination.person_id}",
        "kind": nomination.kind.value,
        "organisation": nomination.organisation,
        "received_on": nomination.received_on.isoformat(),
        "status": nomination.status.value,
        "note": nomination.note,
        "signatures": {
            "counting": sum(one.valid for one in nomination.cosigners),
            "not_counting": dict(sorted(reasons.items())),
        },
        **more,
    }
    audit.record(
        session,
        by=by,
        under=Permission.NOMINATE,
        what=what,
        subject=f"n{nomination.id}",
        data=data,
        at=at,
    )
