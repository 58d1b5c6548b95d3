"""Acts on nominations: registered, examined, completed, withdrawn; drawn in docs/states.

The audit chain learns how many signatures count and why others do not, never who signed.
"""

from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.actions.act import Act
from election.actions.candidates.persons import Particulars, known_or_new, public_facts
from election.actions.candidates.signatures import (
    Nominators,
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
from election.rules.access import Permission
from election.rules.candidates.kinds import SignerVerdict
from election.rules.candidates.nominations import NomineePapers, check_papers
from election.rules.candidates.standing import ExitReason
from election.rules.candidates.states import (
    CandidacyMove,
    NominationMove,
    after_candidacy,
    after_nomination,
    require_explained,
    require_room,
)
from election.rules.elections.phases import require_open
from election.rules.id_numbers import refuse_number
from election.rules.terms import Severity


def receive(
    act: Act,
    district: District,
    *,
    person: Particulars,
    nominators: Nominators,
    received_on: date,
    same_as: int | None = None,
    namesake: bool = False,
) -> Nomination:
    """Register one nomination as the papers have it; nothing is judged yet.

    Raises R.471 once the list is closed for the district, R.470 or R.480 for a doubtful person,
    InputFault(s) for nominators that cannot be read.
    """
    _require_open(district)
    require_room(list_facts(act.session, district))
    require_nominators(act.session, district, nominators)
    election = queries.election_of(district)
    who = known_or_new(act.session, election, person, same_as=same_as, namesake=namesake)
    nomination = Nomination(
        township_id=district.township_id,
        district_id=district.id,
        person_id=who.id,
        kind=nominators.kind,
        organisation="、".join(nominators.organisations),
        received_on=received_on,
        status=NominationStatus.RECEIVED,
    )
    act.session.add(nomination)
    act.session.flush()
    sign(act.session, nomination, nominators.signatures)
    _record(act, "nominations.receive", nomination, **public_facts(who))
    return nomination


def amend(act: Act, nomination: Nomination, *, nominators: Nominators, received_on: date) -> None:
    """Correct or complete the papers of a nomination that is not accepted; examined anew then."""
    _require_open(nomination.district)
    _move(act.session, nomination, NominationMove.AMEND)
    require_nominators(act.session, nomination.district, nominators, nomination.id)
    nomination.kind, nomination.received_on = nominators.kind, received_on
    nomination.organisation = "、".join(nominators.organisations)
    nomination.note = ""
    sign(act.session, nomination, nominators.signatures)
    _record(act, "nominations.amend", nomination)


def judge_signature(act: Act, cosigner: Cosigner, *, verdict: SignerVerdict) -> None:
    """Record what the roll says of one signer; whether the signature counts follows from it."""
    nomination = cosigner.nomination
    _require_open(nomination.district)
    set_verdict(cosigner, verdict)
    refresh(act.session, nomination)
    _record(
        act, "nominations.judge_signature", nomination, cosigner=cosigner.id, verdict=verdict.value
    )


def accept(act: Act, nomination: Nomination, *, papers: NomineePapers, note: str) -> Candidacy:
    """Accept a nomination without faults: the person is duly nominated and stands (R5.6).

    Raises R.474 while the papers have errors, R.488 for an alert nobody has explained, R.491 for
    somebody struck off here for want of a vote or for money from abroad.
    """
    _require_open(nomination.district)
    findings = (*refresh(act.session, nomination).findings, *check_papers(papers))
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    past_exit = left_on(act.session, _candidacy(act.session, nomination))
    _move(act.session, nomination, NominationMove.ACCEPT, faults=errors, past_exit=past_exit)
    require_explained(sum(finding.severity is Severity.ALERT for finding in findings), note)
    nomination.note = note
    candidacy = _stand(act.session, nomination)
    _record(
        act,
        "nominations.accept",
        nomination,
        findings=sorted(finding.code.id for finding in findings),
        candidacy=candidacy.code,
        false_particulars=papers.found_false,
    )
    return candidacy


def send_back(
    act: Act, nomination: Nomination, *, reason: str, papers: NomineePapers | None = None
) -> None:
    """Send a nomination back to be completed; an accepted one only for faults found in it.

    papers: what lies before the committee, when it was looked at. Raises R.476-R.478.
    """
    _require_open(nomination.district)
    errors = refresh(act.session, nomination).errors
    if papers is not None:
        errors += sum(finding.severity is Severity.ERROR for finding in check_papers(papers))
    was = nomination.status
    _move(act.session, nomination, NominationMove.SEND_BACK, faults=errors, reason=reason)
    nomination.note = reason
    if was is NominationStatus.ACCEPTED:
        _unlist(act, nomination, reason)
    _record(act, "nominations.send_back", nomination)


def withdraw(act: Act, nomination: Nomination, *, reason: str) -> None:
    """Record that the nominators took a nomination back, or the nominee declined.

    Raises R.450 when the person stands on the published list, R.476 without a reason.
    """
    _require_open(nomination.district)
    was = nomination.status
    _move(act.session, nomination, NominationMove.WITHDRAW, reason=reason)
    nomination.note = reason
    if was is NominationStatus.ACCEPTED:
        _unlist(act, nomination, reason)
    _record(act, "nominations.withdraw", nomination)


def _require_open(district: District) -> None:
    require_open("nominations", queries.election_of(district).phase)


def _move(
    session: Session,
    nomination: Nomination,
    move: NominationMove,
    *,
    faults: int = 0,
    reason: str = "",
    past_exit: ExitReason | None = None,
) -> None:
    after = after_nomination(
        nomination.status.value,
        move,
        faults=faults,
        reason=reason,
        past_exit=past_exit,
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
        candidacy.status.value,
        CandidacyMove.LIST,
        past_exit=left_on(session, candidacy),
        facts=facts,
    )
    if candidacy.status is CandidacyStatus.WITHDRAWN:
        candidacy.reason, candidacy.decided_at, candidacy.decided_by = "", None, None
    candidacy.status = CandidacyStatus(after)
    return candidacy


def _unlist(act: Act, nomination: Nomination, reason: str) -> None:
    """Take the person off when no accepted nomination is left; before the first list only."""
    candidacy = _candidacy(act.session, nomination)
    if candidacy is None or candidacy.status is not CandidacyStatus.PRELIMINARY:
        return
    accepted_too = act.session.scalar(
        select(Nomination.id).where(
            Nomination.district_id == nomination.district_id,
            Nomination.person_id == nomination.person_id,
            Nomination.id != nomination.id,
            Nomination.status == NominationStatus.ACCEPTED,
        )
    )
    if accepted_too is not None:
        return
    facts = list_facts(act.session, nomination.district)
    candidacy.status = CandidacyStatus(
        after_candidacy(candidacy.status.value, CandidacyMove.UNLIST, facts=facts)
    )
    candidacy.reason, candidacy.decided_at, candidacy.decided_by = reason, act.at, act.by.number


def _candidacy(session: Session, nomination: Nomination) -> Candidacy | None:
    return session.scalar(
        select(Candidacy).where(
            Candidacy.township_id == nomination.township_id,
            Candidacy.district_id == nomination.district_id,
            Candidacy.person_id == nomination.person_id,
        )
    )


def _record(
    act: Act,
    what: str,
    nomination: Nomination,
    **more: Any,  # noqa: ANN401 - JSON
) -> None:
    refuse_number(nomination.note, nomination.organisation)
    reasons = Counter(cosigner.reason for cosigner in nomination.cosigners if not cosigner.valid)
    data = {
        "district": nomination.district.code,
        "person": f"p{nomination.person_id}",
        "kind": nomination.kind.value,
        "organisation": nomination.organisation,
        "received_on": nomination.received_on.isoformat(),
        "status": nomination.status.value,
        "note": nomination.note,
        "signatures": {
            "counting": sum(cosigner.valid for cosigner in nomination.cosigners),
            "not_counting": dict(sorted(reasons.items())),
        },
        **more,
    }
    act.record(under=Permission.NOMINATE, what=what, subject=f"n{nomination.id}", data=data)
