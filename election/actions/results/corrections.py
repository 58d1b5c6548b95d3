"""Acts that correct a certified result: the certificate is withdrawn, by two people (T1, T48).

The director, who certifies, asks with the reason and the committee's decision; a scrutineer, who
signs the sheets and may not certify, grants or declines. So neither of them alone can open a
certified figure, and the corrected sheet then passes two tellers and a signature anew. Nothing is
overwritten: the certificate moves as it stood to the file of withdrawals, the signed figures stay
as a note of the sheet, and what was published stays published.
"""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from election.actions.act import Act
from election.actions.counting.rounds import remove
from election.actions.results.certification import dated
from election.clock import local
from election.models import CandidacyStatus, Result, Round, RoundCandidate, Withdrawal
from election.queries.results.corrections import counted_follower, pending
from election.queries.results.outcomes import follower
from election.rules.access import Permission
from election.rules.elections.phases import back_to_count, require_open
from election.rules.results import corrections as rules
from election.rules.results.codes import NO_CERTIFICATE, NOTHING_ASKED
from election.rules.results.corrections import WithdrawalState
from election.rules.results.together import check_day
from election.rules.terms import RuleViolation


def ask_withdrawal(
    act: Act, round_: Round, *, reason: str, reference: str, decided_on: date | None = None
) -> Withdrawal:
    """Ask that the certificate of a round be withdrawn; the round must be on `hold`.

    reference, decided_on: number and day of the committee's written decision. Raises R.151,
    R.632-R.634, R.636, R.643.
    """
    election = round_.district.congress.election
    require_open("results", election.phase)
    if decided_on is not None:
        check_day(decided_on, round_.polling_day, today=local(act.at).date())
    rules.require_asking(
        certified=_result(act.session, round_) is not None,
        pending=pending(act.session, round_) is not None,
        reason=reason,
        reference=reference,
        follower=counted_follower(act.session, round_),
    )
    withdrawal = Withdrawal(
        township_id=round_.township_id,
        round_id=round_.id,
        state=WithdrawalState.ASKED,
        reason=reason.strip(),
        reference=dated(reference, decided_on),
        asked_by=act.by.number,
        asked_at=act.at,
    )
    act.session.add(withdrawal)
    data = {
        "election": election.id,
        "round": round_.code,
        "reason": withdrawal.reason,
        "reference": withdrawal.reference,
    }
    act.record(
        under=Permission.CERTIFY, what="result.ask_withdrawal", subject=round_.code, data=data
    )
    return withdrawal


def decide_withdrawal(act: Act, round_: Round, *, granted: bool, note: str = "") -> Withdrawal:
    """Another person grants or declines what was asked; the round must be on `hold`.

    Granted, the round is uncertified: its sheets may be opened again, a closed election counts
    again, and a round opened after it in which nothing was recorded yet is taken away.
    note: what the second person compared and found. Raises R.151, R.635-R.637.
    """
    election = round_.district.congress.election
    stage = election.phase
    counting = back_to_count(stage)
    withdrawal = pending(act.session, round_)
    if withdrawal is None:
        raise RuleViolation(NOTHING_ASKED)
    rules.require_second(asked_by=withdrawal.asked_by, by=act.by.number)
    withdrawal.state = WithdrawalState.GRANTED if granted else WithdrawalState.DECLINED
    withdrawal.decided_by, withdrawal.decided_at = act.by.number, act.at
    withdrawal.note = note.strip()
    data: dict[str, Any] = {
        "election": election.id,
        "round": round_.code,
        "reason": withdrawal.reason,
        "reference": withdrawal.reference,
        "asked_by": withdrawal.asked_by,
        "note": withdrawal.note,
    }
    if granted:
        withdrawal.certificate = data["withdrawn"] = _take_down(act.session, round_)
        data["removed"] = _remove_follower(act.session, round_)
        election.phase = counting
        data["stage"] = {"from": stage.value, "to": counting.value}
    act.record(
        under=Permission.SIGN_COUNT,
        what="result.withdraw" if granted else "result.decline_withdrawal",
        subject=round_.code,
        data=data,
    )
    return withdrawal


def _result(session: Session, round_: Round) -> Result | None:
    return session.scalar(select(Result).where(Result.round_id == round_.id))


def _take_down(session: Session, round_: Round) -> dict[str, Any]:
    """The certificate as it stood, no longer in force."""
    result = _result(session, round_)
    if result is None:
        raise RuleViolation(NO_CERTIFICATE)
    stood = {
        "outcome": result.outcome_json,
        "totals": result.totals,
        "decision": result.decision,
        "certified_at": result.certified_at.isoformat(timespec="microseconds"),
        "certified_by": result.certified_by,
    }
    session.delete(result)
    session.flush()
    return stood


def _remove_follower(session: Session, round_: Round) -> str | None:
    """Take away the round opened on the strength of the certificate; its code. Raises R.636."""
    rules.require_unfollowed(counted_follower(session, round_))
    after = follower(session, round_)
    if after is None:
        return None
    code, stood = after.code, [row.candidacy for row in after.candidates]
    remove(session, after)
    for candidacy in stood:
        only = select(RoundCandidate.id).where(RoundCandidate.candidacy_id == candidacy.id)
        if candidacy.status is CandidacyStatus.WRITE_IN and session.scalar(only) is None:
            candidacy.status = CandidacyStatus.WITHDRAWN  # stands in no round any more
    return code
