"""The state machines of a nomination and of a candidacy; drawn in docs/states/nomination.md.

States are the words the records store. Every forbidden move has its own refusal; the law decides
who may leave a list (rules.candidates.standing.refuse_deletion).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from election.rules.candidates.codes.refusals import (
    ACCEPTED_IS_FIXED,
    ALREADY_ACCEPTED,
    DULY_NOMINATED,
    FAULTS_LEFT,
    FAULTS_NEED_REASON,
    FORMAL_IS_FIXED,
    FORMAL_NOT_AFTER_FIRST,
    INACTIVE_TOO_EARLY,
    LIST_CLOSED,
    LISTED_IS_FIXED,
    NO_FIRST_LIST,
    NO_REASON,
    NOT_ALL_LEGAL,
    NOT_STANDING,
    STRUCK_FOR_GOOD,
    UNDECIDED,
    USE_INACTIVE,
    WITHDRAWN_IS_CLOSED,
)
from election.rules.candidates.standing import ExitReason, refuse_deletion
from election.rules.days import day_text
from election.rules.terms import RuleViolation, Text

RECEIVED, ACCEPTED, INCOMPLETE, WITHDRAWN = "received", "accepted", "incomplete", "withdrawn"
PRELIMINARY, FORMAL, NOT_RETAINED = "preliminary", "formal", "not_retained"
INACTIVE, WRITE_IN = "inactive", "write_in"
NOMINATION_STATES = (RECEIVED, ACCEPTED, INCOMPLETE, WITHDRAWN)
CANDIDACY_STATES = (PRELIMINARY, FORMAL, NOT_RETAINED, WITHDRAWN, INACTIVE, WRITE_IN)
_FOR_GOOD = {
    ExitReason.NO_VOTING_RIGHT: Text("没有选举权", "no right to vote"),
    ExitReason.FOREIGN_FUNDING: Text("接受境外资助", "funding from abroad"),
}


class NominationMove(StrEnum):
    """What is done with a nomination."""

    AMEND = "amend"  # the papers are corrected and examined anew
    ACCEPT = "accept"
    SEND_BACK = "send_back"  # to be completed
    WITHDRAW = "withdraw"  # by the nominators or the nominee


class CandidacyMove(StrEnum):
    """What is done with a candidacy."""

    LIST = "list"  # a nomination of the person was accepted
    UNLIST = "unlist"  # the last accepted nomination was sent back or withdrawn
    LEAVE = "leave"  # struck off on a ground of the law
    RETAIN = "retain"  # becomes a formal candidate
    DROP = "drop"  # reduced by consultation or primary
    DEACTIVATE = "deactivate"
    REINSTATE = "reinstate"  # the mark "inactive" was a mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """What is true of the lists at the moment of a move.

    first_list, formal_list: the days they were published, None before. nominees: persons validly
    nominated in the district now; least: the legal minimum of formal candidates.
    """

    first_list: date | None = None
    formal_list: date | None = None
    nominees: int = 0
    least: int = 0


NOMINATION_ARROWS: dict[tuple[str, NominationMove], str] = {
    (RECEIVED, NominationMove.AMEND): RECEIVED,
    (INCOMPLETE, NominationMove.AMEND): RECEIVED,
    (RECEIVED, NominationMove.ACCEPT): ACCEPTED,
    (INCOMPLETE, NominationMove.ACCEPT): ACCEPTED,
    (RECEIVED, NominationMove.SEND_BACK): INCOMPLETE,
    (INCOMPLETE, NominationMove.SEND_BACK): INCOMPLETE,
    (ACCEPTED, NominationMove.SEND_BACK): INCOMPLETE,
    (RECEIVED, NominationMove.WITHDRAW): WITHDRAWN,
    (INCOMPLETE, NominationMove.WITHDRAW): WITHDRAWN,
    (ACCEPTED, NominationMove.WITHDRAW): WITHDRAWN,
}
CANDIDACY_ARROWS: dict[tuple[str, CandidacyMove], str] = {
    (PRELIMINARY, CandidacyMove.LIST): PRELIMINARY,
    (WITHDRAWN, CandidacyMove.LIST): PRELIMINARY,
    (PRELIMINARY, CandidacyMove.UNLIST): WITHDRAWN,
    (PRELIMINARY, CandidacyMove.LEAVE): WITHDRAWN,
    (FORMAL, CandidacyMove.LEAVE): WITHDRAWN,
    (NOT_RETAINED, CandidacyMove.LEAVE): WITHDRAWN,
    (PRELIMINARY, CandidacyMove.RETAIN): FORMAL,
    (FORMAL, CandidacyMove.RETAIN): FORMAL,
    (NOT_RETAINED, CandidacyMove.RETAIN): FORMAL,
    (PRELIMINARY, CandidacyMove.DROP): NOT_RETAINED,
    (FORMAL, CandidacyMove.DROP): NOT_RETAINED,
    (NOT_RETAINED, CandidacyMove.DROP): NOT_RETAINED,
    (FORMAL, CandidacyMove.DEACTIVATE): INACTIVE,
    (INACTIVE, CandidacyMove.REINSTATE): FORMAL,
}


def require_room(facts: ListFacts) -> None:
    """Raise R.471 when the list is published and this district may not add anybody (R5.6, R5.13).

    A district with fewer nominees than the minimum must go on nominating: there it stays open.
    """
    if facts.first_list and facts.nominees >= facts.least:
        raise RuleViolation(LIST_CLOSED, day=day_text(facts.first_list), least=facts.least)


def require_may_return(past_exit: ExitReason | None) -> None:
    """Raise R.491 for somebody struck off in this district for good: foreign money, no vote.

    past_exit: the ground on which the person left the list before, None when never struck off.
    Source: EL 4, 35; ZJ 25, 38; rules R5.15, R6.1, R6.3.
    """
    if past_exit in _FOR_GOOD:
        raise RuleViolation(STRUCK_FOR_GOOD, ground=_FOR_GOOD[past_exit])


def after_nomination(
    state: str,
    move: NominationMove,
    *,
    faults: int = 0,
    reason: str = "",
    past_exit: ExitReason | None = None,
    facts: ListFacts,
) -> str:
    """The state of a nomination after a move.

    faults: E-findings of the papers as they stand; past_exit: why the nominee left the
    list before (for ACCEPT). Raises R.471-R.478, R.491, or R.450 for a withdrawal after the list.
    Source: EL 30, 32; DR 10; ZJ 34-35; rules R5.1, R5.6, R5.15, R6.3.
    """
    if state == WITHDRAWN:
        raise RuleViolation(WITHDRAWN_IS_CLOSED)
    if move is NominationMove.ACCEPT:
        require_may_return(past_exit)
    _NOMINATION_GUARDS[move](state, faults, reason, facts)
    return NOMINATION_ARROWS[state, move]


def _guard_amend(state: str, _faults: int, _reason: str, _facts: ListFacts) -> None:
    if state == ACCEPTED:
        raise RuleViolation(ACCEPTED_IS_FIXED)


def _guard_accept(state: str, faults: int, _reason: str, facts: ListFacts) -> None:
    if state == ACCEPTED:
        raise RuleViolation(ALREADY_ACCEPTED)
    if faults:
        raise RuleViolation(FAULTS_LEFT, faults=faults)
    require_room(facts)


def _guard_send_back(state: str, faults: int, reason: str, facts: ListFacts) -> None:
    _require_reason(reason)
    if state != ACCEPTED:
        return
    if facts.first_list:
        raise RuleViolation(LISTED_IS_FIXED)
    if not faults:
        raise RuleViolation(DULY_NOMINATED)


def _guard_withdraw(state: str, _faults: int, reason: str, facts: ListFacts) -> None:
    _require_reason(reason)
    listed = state == ACCEPTED and facts.first_list is not None
    refuse_deletion(ExitReason.WITHDRAWN, first_list_published=listed)


_NOMINATION_GUARDS = {
    NominationMove.AMEND: _guard_amend,
    NominationMove.ACCEPT: _guard_accept,
    NominationMove.SEND_BACK: _guard_send_back,
    NominationMove.WITHDRAW: _guard_withdraw,
}


def after_candidacy(
    state: str,
    move: CandidacyMove,
    *,
    ground: ExitReason | None = None,
    past_exit: ExitReason | None = None,
    reason: str = "",
    facts: ListFacts,
) -> str:
    """The state of a candidacy after a move.

    ground: why somebody leaves (LEAVE only); past_exit: why the person left before (LIST
    only). Raises R.449-R.451 for an unlawful way off the list, R.476 without a reason,
    R.481-R.485, R.491.
    Source: EL 32, 35; DR 10; ZJ 35-36; R5.6, R5.15, R5.20, R6.3.
    """
    if move is CandidacyMove.LIST:
        require_may_return(past_exit)
    _CANDIDACY_GUARDS[move](ground, reason, facts)
    if move is CandidacyMove.LIST and state in (FORMAL, NOT_RETAINED, INACTIVE):
        return state  # a second nomination of somebody listed changes nothing
    if (state, move) not in CANDIDACY_ARROWS:
        raise RuleViolation(NOT_STANDING)
    return CANDIDACY_ARROWS[state, move]


def _guard_nothing(_ground: ExitReason | None, _reason: str, _facts: ListFacts) -> None:
    """What a nomination did is guarded there."""


def _guard_leave(ground: ExitReason | None, reason: str, facts: ListFacts) -> None:
    refuse_deletion(ground or ExitReason.OTHER, first_list_published=facts.first_list is not None)
    _require_reason(reason)
    if facts.formal_list:
        raise RuleViolation(USE_INACTIVE)


def _guard_reduction(_ground: ExitReason | None, _reason: str, facts: ListFacts) -> None:
    require_reduction_open(facts)


def _guard_inactive(_ground: ExitReason | None, reason: str, facts: ListFacts) -> None:
    _require_reason(reason)
    if not facts.formal_list:
        raise RuleViolation(INACTIVE_TOO_EARLY)


_CANDIDACY_GUARDS = {
    CandidacyMove.LIST: _guard_nothing,
    CandidacyMove.UNLIST: _guard_nothing,
    CandidacyMove.LEAVE: _guard_leave,
    CandidacyMove.RETAIN: _guard_reduction,
    CandidacyMove.DROP: _guard_reduction,
    CandidacyMove.DEACTIVATE: _guard_inactive,
    CandidacyMove.REINSTATE: _guard_inactive,
}


def require_reduction_open(facts: ListFacts) -> None:
    """Formal candidates are fixed after the first list and before the formal list (R5.9, R5.11).

    Raises R.485 before the first list, R.483 after the formal list.
    """
    if facts.first_list is None:
        raise RuleViolation(NO_FIRST_LIST)
    if facts.formal_list:
        raise RuleViolation(FORMAL_IS_FIXED, day=day_text(facts.formal_list))


def require_first_list_ready(*, undecided: int) -> None:
    """Every nomination is examined before the first list is published (R5.6). Raises R.479."""
    if undecided:
        raise RuleViolation(UNDECIDED, count=undecided)


def require_formal_list_ready(
    *, first_list: date | None, formal_list: date, not_legal: int, by_election: bool = False
) -> None:
    """The formal list comes after the first one and is legal in every district (R5.8, R5.11).

    A by-election has one list: both days may be the same (R10.10). Raises R.485, R.486 or R.487.
    """
    if first_list is None:
        raise RuleViolation(NO_FIRST_LIST)
    if formal_list < first_list or (formal_list == first_list and not by_election):
        raise RuleViolation(
            FORMAL_NOT_AFTER_FIRST, formal=day_text(formal_list), first=day_text(first_list)
        )
    if not_legal:
        raise RuleViolation(NOT_ALL_LEGAL, count=not_legal)


def require_explained(errors: int, reason: str) -> None:
    """A fault that happened is recorded with its explanation, or not at all. Raises R.488."""
    if errors and not reason.strip():
        raise RuleViolation(FAULTS_NEED_REASON, count=errors)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleViolation(NO_REASON)
