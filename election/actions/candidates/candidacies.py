"""Acts on single candidates: opinions, leaving, inactive; and the confirmed order of a district.

No act here deletes anybody; every forbidden way off a list is refused with its article.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.actions.act import Act
from election.models import Candidacy, CandidacyStatus, District, Nomination, NominationStatus
from election.planning.strokes import strokes_of
from election.queries.candidates.decisions import CONFIRM_ORDER, LEAVE
from election.queries.candidates.lists import NOMINATED, candidacies, list_facts, subject
from election.queries.candidates.order import listed
from election.queries.results.districts import may_stand_next
from election.rules.access import Actor, Permission
from election.rules.candidates.codes.refusals import NO_REASON, NOT_STANDING, ORDER_INCOMPLETE
from election.rules.candidates.lists import check_stroke_order
from election.rules.candidates.standing import ExitReason
from election.rules.candidates.states import CandidacyMove, after_candidacy
from election.rules.elections.phases import require_open
from election.rules.id_numbers import refuse_number
from election.rules.terms import Finding, RuleViolation, Severity


def review(act: Act, candidacy: Candidacy, *, opinion: str) -> None:
    """Record the opinion of the joint review on somebody who stands; it removes nobody (R6.3)."""
    require_candidates_open(candidacy.district)
    if not opinion.strip():
        raise RuleViolation(NO_REASON)
    if candidacy.status not in (CandidacyStatus.PRELIMINARY, CandidacyStatus.FORMAL):
        raise RuleViolation(NOT_STANDING)
    candidacy.reason = opinion
    _record(act, "candidates.review", candidacy, Permission.REVIEW)


def leave(act: Act, candidacy: Candidacy, *, ground: ExitReason, reason: str) -> None:
    """Take somebody off on a ground of the law; any other ground is refused (R.449-R.451).

    A nominee who withdraws before the first list takes all nominations in the district along.
    """
    require_candidates_open(candidacy.district)
    _move(act, candidacy, CandidacyMove.LEAVE, ground=ground, reason=reason)
    if ground is ExitReason.WITHDRAWN:
        _withdraw_nominations(act.session, candidacy, reason)
    _record(act, LEAVE, candidacy, Permission.FIX_LISTS, ground=ground.value)


def deactivate(act: Act, candidacy: Candidacy, *, reason: str) -> None:
    """Mark a formal candidate inactive: died, lost the vote or withdrew (R5.20)."""
    _require_fall_open(act.session, candidacy)
    _move(act, candidacy, CandidacyMove.DEACTIVATE, reason=reason)
    _record(act, "candidates.deactivate", candidacy, Permission.FIX_LISTS)


def reinstate(act: Act, candidacy: Candidacy, *, reason: str) -> None:
    """Take a mistaken mark "inactive" back, with a reason."""
    _require_fall_open(act.session, candidacy)
    _move(act, candidacy, CandidacyMove.REINSTATE, reason=reason)
    _record(act, "candidates.reinstate", candidacy, Permission.FIX_LISTS)


def confirm_order(act: Act, district: District, order: Sequence[str]) -> None:
    """Confirm who comes first where strokes are equal; order: codes of everybody listed.

    Raises R.490 unless everybody is named once, E.468 when the strokes say otherwise.
    """
    require_candidates_open(district)
    people = [
        candidacy
        for candidacy in candidacies(act.session, [district])[district.id]
        if is_listed(candidacy)
    ]
    rows = {candidacy.code: listed(candidacy) for candidacy in people}
    if sorted(order) != sorted(rows):
        raise RuleViolation(ORDER_INCOMPLETE)
    refuse_errors(check_stroke_order([rows[code] for code in order], strokes_of))
    act.record(
        under=Permission.FIX_LISTS,
        what=CONFIRM_ORDER,
        subject=subject(district),
        data={"order": list(order)},
    )


def refuse_errors(findings: Sequence[Finding]) -> None:
    """Raise the first error as a refusal, in the words of the rule that found it."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        raise RuleViolation(errors[0].code, **errors[0].facts)


def _require_fall_open(session: Session, candidacy: Candidacy) -> None:
    """Raise R.151 while people vote and count: what happens then is the committee's (R5.20)."""
    if not may_stand_next(session, candidacy):
        require_open("fallen_candidates", candidacy.district.congress.election.phase)


def require_candidates_open(district: District) -> None:
    """Raise R.151 outside the phase of nomination."""
    require_open("candidates", district.congress.election.phase)


def is_listed(candidacy: Candidacy) -> bool:
    """Whether somebody stands on the first list: struck-off and written-in people do not."""
    return candidacy.status in NOMINATED


def _move(
    act: Act,
    candidacy: Candidacy,
    move: CandidacyMove,
    *,
    reason: str,
    ground: ExitReason | None = None,
) -> None:
    after = after_candidacy(
        candidacy.status.value,
        move,
        ground=ground,
        reason=reason,
        facts=list_facts(act.session, candidacy.district),
    )
    decide(candidacy, CandidacyStatus(after), reason, by=act.by, at=act.at)


def decide(
    candidacy: Candidacy, status: CandidacyStatus, reason: str, *, by: Actor, at: datetime
) -> None:
    """Write a decision down: what, why, who, when."""
    candidacy.status, candidacy.reason = status, reason
    candidacy.decided_at, candidacy.decided_by = at, by.number


def _withdraw_nominations(session: Session, candidacy: Candidacy, reason: str) -> None:
    rows = session.scalars(
        select(Nomination).where(
            Nomination.township_id == candidacy.township_id,
            Nomination.district_id == candidacy.district_id,
            Nomination.person_id == candidacy.person_id,
            Nomination.status != NominationStatus.WITHDRAWN,
        )
    )
    for nomination in rows:
        nomination.status, nomination.note = NominationStatus.WITHDRAWN, reason


def _record(
    act: Act,
    what: str,
    candidacy: Candidacy,
    under: Permission,
    **more: str,
) -> None:
    refuse_number(candidacy.reason)
    data = {
        "district": candidacy.district.code,
        "person": f"p{candidacy.person_id}",
        "status": candidacy.status.value,
        "reason": candidacy.reason,
        **more,
    }
    act.record(under=under, what=what, subject=candidacy.code, data=data)
