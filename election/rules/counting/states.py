"""The state machine of a count sheet: two entries by two persons, a third one signs.

Drawn in docs/states/count-sheet.md; each forbidden move has its own refusal (refusals.py).
Persons are counted by the official's number: a second session of somebody is the same person.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from election.rules.access import Role
from election.rules.counting.codes.refusals import (
    ALERTS_UNDECIDED,
    ALREADY_SIGNED,
    CORRECTION_BEYOND,
    DIGEST_DIFFERS,
    ENTRIES_COMPLETE,
    ENTRY_AFTER_SIGNATURE,
    FEWER_THAN_THREE,
    FIGURES_IN_ERROR,
    NOT_DIRECTOR,
    NOT_ENTERED_TWICE,
    NOT_SENT_BACK,
    NOT_SIGNED,
    NOTHING_TO_RESOLVE,
    NOTHING_TO_RETURN,
    NOTHING_TO_SEND_BACK,
    REOPEN_WITHOUT_REASON,
    RESOLUTION_INCOMPLETE,
    RESOLVER_ENTERED,
    RETURN_WITHOUT_REASON,
    RETURNER_ENTERED,
    ROUND_NOT_OPEN,
    SAME_PERSON,
    SENT_BACK_TO_ANOTHER,
    SENT_TO_NOBODY,
    SIGNED_IS_CLOSED,
    SIGNED_WHILE_DIFFERING,
    SIGNED_WITH_ERRORS,
    SIGNER_ENTERED,
    WARNINGS_UNEXPLAINED,
)
from election.rules.terms import Code, RuleViolation


class SheetState(StrEnum):
    """Where a count sheet stands."""

    AWAITING_FIRST = "awaiting_first"  # 待首次录入
    AWAITING_SECOND = "awaiting_second"  # 待第二次录入
    DIFFERING = "differing"  # 两次不一致
    AGREED = "agreed"  # 两次一致，待签字
    SIGNED = "signed"  # 已签字


class SheetMove(StrEnum):
    """What people do to a count sheet."""

    ENTER = "enter"  # a teller enters the whole sheet
    SEND_BACK = "send_back"  # a third person asks one teller to read the differing fields again
    CORRECT = "correct"  # that teller enters these fields again
    RESOLVE = "resolve"  # a third person chooses, per differing field, the side the paper shows
    RETURN_TO_TELLERS = "return_to_tellers"  # both entries are dropped (and kept on file)
    SIGN = "sign"  # a third person signs the figures seen
    REOPEN = "reopen"  # the director opens a new version of a signed sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """What is true at the moment of one move; every person is a person id (the official's number).

    actor: who makes the move; roles: of the actor; entered_by: of the entries in force, in order.
    round_open: the round takes counts. sent_back_to: whose entry is to be read again; None when
    nobody was asked, or has answered since.
    differing: items on which the entries differ before the move; answered: items this move
    enters again or settles; still_differing: items that differ once the move is made.
    errors: E-findings of the figures this move would store or sign; alerts_undecided and
    warnings_unexplained: A- and W-findings nobody has dealt with. digest_seen, digest_now:
    sheet_digest of the page signed and of the figures kept. reason: as written by the actor.
    """

    actor: str
    roles: frozenset[Role] = frozenset()
    entered_by: tuple[str, ...] = ()
    round_open: bool = False
    sent_back_to: str | None = None
    differing: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    still_differing: tuple[str, ...] = ()
    errors: int = 0
    alerts_undecided: int = 0
    warnings_unexplained: int = 0
    digest_seen: str | None = None
    digest_now: str | None = None
    reason: str = ""


_S, _M = SheetState, SheetMove

ARROWS: Mapping[tuple[SheetState, SheetMove], tuple[SheetState, ...]] = {
    (_S.AWAITING_FIRST, _M.ENTER): (_S.AWAITING_SECOND,),
    (_S.AWAITING_SECOND, _M.ENTER): (_S.AGREED, _S.DIFFERING),
    (_S.AWAITING_SECOND, _M.RETURN_TO_TELLERS): (_S.AWAITING_FIRST,),
    (_S.DIFFERING, _M.SEND_BACK): (_S.DIFFERING,),
    (_S.DIFFERING, _M.CORRECT): (_S.AGREED, _S.DIFFERING),
    (_S.DIFFERING, _M.RESOLVE): (_S.AGREED,),
    (_S.DIFFERING, _M.RETURN_TO_TELLERS): (_S.AWAITING_FIRST,),
    (_S.AGREED, _M.RETURN_TO_TELLERS): (_S.AWAITING_FIRST,),
    (_S.AGREED, _M.SIGN): (_S.SIGNED,),
    (_S.SIGNED, _M.REOPEN): (_S.AWAITING_FIRST,),
}
"""(state, move) -> next state; where there are two, the second if the entries still differ."""

NOT_IN_THIS_STATE: Mapping[SheetMove, Mapping[SheetState, Code]] = {
    _M.ENTER: {
        _S.DIFFERING: ENTRIES_COMPLETE,
        _S.AGREED: ENTRIES_COMPLETE,
        _S.SIGNED: ENTRY_AFTER_SIGNATURE,
    },
    _M.SEND_BACK: {
        _S.AWAITING_FIRST: NOTHING_TO_SEND_BACK,
        _S.AWAITING_SECOND: NOTHING_TO_SEND_BACK,
        _S.AGREED: NOTHING_TO_SEND_BACK,
        _S.SIGNED: SIGNED_IS_CLOSED,
    },
    _M.CORRECT: {
        _S.AWAITING_FIRST: NOT_SENT_BACK,
        _S.AWAITING_SECOND: NOT_SENT_BACK,
        _S.AGREED: NOT_SENT_BACK,
        _S.SIGNED: SIGNED_IS_CLOSED,
    },
    _M.RESOLVE: {
        _S.AWAITING_FIRST: NOTHING_TO_RESOLVE,
        _S.AWAITING_SECOND: NOTHING_TO_RESOLVE,
        _S.AGREED: NOTHING_TO_RESOLVE,
        _S.SIGNED: SIGNED_IS_CLOSED,
    },
    _M.RETURN_TO_TELLERS: {
        _S.AWAITING_FIRST: NOTHING_TO_RETURN,
        _S.SIGNED: SIGNED_IS_CLOSED,
    },
    _M.SIGN: {
        _S.AWAITING_FIRST: NOT_ENTERED_TWICE,
        _S.AWAITING_SECOND: NOT_ENTERED_TWICE,
        _S.DIFFERING: SIGNED_WHILE_DIFFERING,
        _S.SIGNED: ALREADY_SIGNED,
    },
    _M.REOPEN: {
        _S.AWAITING_FIRST: NOT_SIGNED,
        _S.AWAITING_SECOND: NOT_SIGNED,
        _S.DIFFERING: NOT_SIGNED,
        _S.AGREED: NOT_SIGNED,
    },
}
"""The refusal of every (move, state) that has no arrow."""


def _made_an_entry(facts: SheetFacts) -> bool:
    return facts.actor in facts.entered_by


def _no_reason(facts: SheetFacts) -> bool:
    return not facts.reason.strip()


def _in_error(facts: SheetFacts) -> bool:
    return facts.errors > 0


def _not_the_differing(facts: SheetFacts) -> bool:
    return sorted(facts.answered) != sorted(facts.differing)


def _unlike_what_was_seen(facts: SheetFacts) -> bool:
    return facts.digest_seen is None or facts.digest_seen != facts.digest_now


GUARDS: Mapping[SheetMove, tuple[tuple[Callable[[SheetFacts], bool], Code], ...]] = {
    _M.ENTER: (
        (lambda f: not f.round_open, ROUND_NOT_OPEN),
        (_made_an_entry, SAME_PERSON),
        (_in_error, FIGURES_IN_ERROR),
    ),
    _M.SEND_BACK: (
        (_made_an_entry, RETURNER_ENTERED),
        (lambda f: f.sent_back_to not in f.entered_by, SENT_TO_NOBODY),
    ),
    _M.CORRECT: (
        (lambda f: f.sent_back_to is None, NOT_SENT_BACK),
        (lambda f: f.actor != f.sent_back_to, SENT_BACK_TO_ANOTHER),
        (_not_the_differing, CORRECTION_BEYOND),
        (_in_error, FIGURES_IN_ERROR),
    ),
    _M.RESOLVE: (
        (_made_an_entry, RESOLVER_ENTERED),
        (_not_the_differing, RESOLUTION_INCOMPLETE),
        (_in_error, FIGURES_IN_ERROR),
    ),
    _M.RETURN_TO_TELLERS: (
        (_made_an_entry, RETURNER_ENTERED),
        (_no_reason, RETURN_WITHOUT_REASON),
    ),
    _M.SIGN: (
        (_made_an_entry, SIGNER_ENTERED),
        (lambda f: len(set(f.entered_by)) < 2, FEWER_THAN_THREE),  # the last guard
        (_unlike_what_was_seen, DIGEST_DIFFERS),
        (_in_error, SIGNED_WITH_ERRORS),
        (lambda f: f.alerts_undecided > 0, ALERTS_UNDECIDED),
        (lambda f: f.warnings_unexplained > 0, WARNINGS_UNEXPLAINED),
    ),
    _M.REOPEN: (
        (lambda f: Role.DIRECTOR not in f.roles, NOT_DIRECTOR),
        (_no_reason, REOPEN_WITHOUT_REASON),
    ),
}
"""What forbids a move that the state allows, in the order in which it is said."""


def next_state(state: SheetState, move: SheetMove, facts: SheetFacts) -> SheetState:
    """The state after this move.

    Raises RuleViolation R.361-R.389 for a move the state or the facts forbid; nothing is changed
    then. Whatever the moves, a signed sheet has two persons behind its entries and a third behind
    its signature. Source: EL 43; ZJ 47; house rules T1-T5.
    """
    targets = ARROWS.get((state, move))
    if targets is None:
        raise _refusal(NOT_IN_THIS_STATE[move][state], facts)
    for forbidden, code in GUARDS[move]:
        if forbidden(facts):
            raise _refusal(code, facts)
    return targets[-1] if facts.still_differing else targets[0]


def _refusal(code: Code, facts: SheetFacts) -> RuleViolation:
    return RuleViolation(
        code,
        errors=facts.errors,
        alerts=facts.alerts_undecided,
        warnings=facts.warnings_unexplained,
        differing=", ".join(facts.differing),
    )
